//! The answer in the formats of `-o`.

use std::fmt::{self, Write as _};

use serde::Serialize;
use serde_json::{Value, json};

use super::Ui;
use crate::failure::Failure;

/// The values of `-o`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum OutputFormat {
    /// One JSON document
    Json,
    /// One YAML document
    Yaml,
    /// Names only, one a line
    Name,
    /// The table with more columns
    Wide,
    /// One JSON document a line
    Jsonl,
}

/// `-o`, as every command that answers with objects takes it.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub struct OutputArgs {
    /// Print the answer in this format
    #[arg(short, long, value_name = "FORMAT", value_enum)]
    pub output: Option<OutputFormat>,
}

impl OutputArgs {
    /// Whether errors are to be printed as JSON too.
    pub fn is_json(self) -> bool {
        matches!(self.output, Some(OutputFormat::Json | OutputFormat::Jsonl))
    }
}

impl Ui {
    /// Prints a value as JSON, indented by two, or as YAML.
    ///
    /// # Errors
    /// A value with no such form, or a closed stdout.
    pub fn document<T: Serialize>(&self, format: OutputFormat, value: &T) -> Result<(), Failure> {
        let text = match format {
            OutputFormat::Yaml => crate::yaml::print(value)?,
            OutputFormat::Jsonl => serde_json::to_string(value).map_err(anyhow::Error::new)? + "\n",
            _ => serde_json::to_string_pretty(value).map_err(anyhow::Error::new)? + "\n",
        };
        self.answer(&text)
    }

    /// Prints names as `-o name` has them: `kind/name`, one a line.
    ///
    /// # Errors
    /// A closed stdout.
    pub fn names<T: fmt::Display>(
        &self,
        kind: &str,
        names: impl IntoIterator<Item = T>,
    ) -> Result<(), Failure> {
        let mut text = String::new();
        for name in names {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{kind}/{name}");
        }
        self.answer(&text)
    }

    /// Prints `{"apiVersion":"v1","kind":"List","items":[...]}`; with `jsonl` one item a line.
    ///
    /// # Errors
    /// As [`Ui::document`].
    pub fn list<T: Serialize>(&self, format: OutputFormat, items: &[T]) -> Result<(), Failure> {
        if format == OutputFormat::Jsonl {
            return items
                .iter()
                .try_for_each(|item| self.document(format, item));
        }
        let items = serde_json::to_value(items).map_err(anyhow::Error::new)?;
        let list: Value = json!({"apiVersion": "v1", "kind": "List", "items": items});
        self.document(format, &list)
    }
}
