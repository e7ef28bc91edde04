//! `landfall describe pack`

use std::fmt::Write as _;

use serde::Serialize;

use super::super::pack::source::open_folder_or;
use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::pack::{Catalog, Pack, Role, Variable};
use crate::ui::output::{OutputArgs, OutputFormat};
use crate::ui::{Table, wrap};

/// Describe a pack: what it writes, its variables, its parents
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  landfall describe pack go
  landfall describe pack ./crystal -o json
  landfall describe pack https://git.example.com/acme/packs//crystal@v1")]
pub struct PackArgs {
    /// Its name, folder, or address and revision
    #[arg(value_name = "PACK")]
    pack: String,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

#[derive(Serialize)]
struct Described {
    name: String,
    description: String,
    extends: Vec<String>,
    source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    commit: Option<String>,
    digest: String,
    built: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    unbuilt: Option<String>,
    sample: usize,
    variables: Vec<DescribedVariable>,
    files: Vec<DescribedFile>,
}

#[derive(Serialize)]
struct DescribedVariable {
    name: String,
    r#type: String,
    about: String,
    default: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prompt: Option<String>,
    accepts: String,
}

#[derive(Serialize)]
struct DescribedFile {
    path: String,
    from: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<String>,
}

pub(super) fn run(context: &Context<'_>, args: &PackArgs) -> Result<Exit, Failure> {
    let catalog = Catalog::load(context.settings.packs.value.as_deref())?;
    let pack = open_folder_or(context, &catalog, &args.pack)?;
    match args.output.output {
        Some(OutputFormat::Name) => context.ui.names("pack", [&pack.name])?,
        None | Some(OutputFormat::Wide) => context.ui.answer(&text(&pack))?,
        Some(format) => context.ui.document(format, &described(&pack))?,
    }
    Ok(Exit::Done)
}

fn described(pack: &Pack) -> Described {
    Described {
        name: pack.name.clone(),
        description: pack.description.clone(),
        extends: pack.lineage.iter().skip(1).cloned().collect(),
        source: pack.source.clone(),
        commit: pack.commit.clone(),
        digest: pack.digest.clone(),
        built: pack.unbuilt.is_none(),
        unbuilt: pack.unbuilt.clone(),
        sample: pack.sample.len(),
        variables: pack.variables.iter().map(described_variable).collect(),
        files: files(pack),
    }
}

fn described_variable(variable: &Variable) -> DescribedVariable {
    DescribedVariable {
        name: variable.name.clone(),
        r#type: variable.kind.to_string(),
        about: variable.about.clone(),
        default: variable.default.clone(),
        from: variable.from.clone(),
        prompt: variable.prompt.clone(),
        accepts: variable.expected(),
    }
}

fn files(pack: &Pack) -> Vec<DescribedFile> {
    pack.files
        .iter()
        .map(|item| DescribedFile {
            path: item.target.clone(),
            from: item.origin.clone(),
            role: item.role.map(|role| match role {
                Role::Chart => "chart",
                Role::Dockerfile => "dockerfile",
            }),
            when: item.when.as_ref().map(ToString::to_string),
        })
        .collect()
}

const WIDTH: usize = 80;

/// Where values begin: a digest beside it fits.
const INDENT: usize = 9;

fn text(pack: &Pack) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{:<INDENT$}{}",
            format!("{name}:"),
            wrap(value, WIDTH - INDENT, INDENT)
        );
    };
    line("Name", &pack.name);
    line("About", &pack.description);
    line("Extends", &or_none(&pack.lineage[1..].join(", ")));
    line("Source", &pack.source);
    if let Some(commit) = &pack.commit {
        line("Commit", commit);
    }
    line("Digest", &pack.digest);
    line(
        "Built",
        &pack
            .unbuilt
            .as_ref()
            .map_or("yes".to_owned(), |why| format!("no: {why}")),
    );
    line(
        "Sample",
        &or_none(&match pack.sample.len() {
            0 => String::new(),
            files => crate::ui::count(files, "file"),
        }),
    );
    text.push_str("\nVariables:\n");
    for variable in &pack.variables {
        let mut facts = vec![variable.expected()];
        if !variable.default.is_empty() {
            facts.push(format!("default {}", variable.default));
        }
        if let Some(from) = &variable.from {
            facts.push(format!("from {from}"));
        }
        if variable.prompt.is_some() {
            facts.push("asked".to_owned());
        }
        let head = format!("{}  ({})", variable.name, facts.join("; "));
        let head = wrap(&head, WIDTH - 6, 6).replacen(' ', "  ", 1);
        let _ = writeln!(text, "  {head}");
        let _ = writeln!(text, "      {}", wrap(&variable.about, WIDTH - 6, 6));
    }
    text.push_str("\nFiles:\n");
    let mut table = Table::new(["PATH", "ROLE", "FROM", "WHEN"]);
    for file in files(pack) {
        let from = file.from.split("/files/").next().unwrap_or_default();
        let from = from.rsplit('/').next().unwrap_or(from).to_owned();
        table.row([
            file.path,
            file.role.unwrap_or("<none>").to_owned(),
            from,
            file.when.unwrap_or_else(|| "always".to_owned()),
        ]);
    }
    for line in table.print_within(Some(WIDTH - 2)).lines() {
        let _ = writeln!(text, "  {line}");
    }
    text
}

fn or_none(text: &str) -> String {
    if text.is_empty() {
        "<none>".to_owned()
    } else {
        text.to_owned()
    }
}
