//! The user's values: files and `--set` flags in Helm's order, whatever the order on the command line.

use goyaml::{Map, Value};

use super::{merge_maps, read};
use crate::Error;
use crate::set::{self, Mode};

/// Reads a file named on the command line.
pub type Reader<'r> = &'r dyn Fn(&str) -> Result<Vec<u8>, Error>;

/// What the user gave, flag by flag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layers {
    /// `-f`, `--values`.
    pub files: Vec<String>,
    /// `--set-json`.
    pub json: Vec<String>,
    /// `--set`.
    pub set: Vec<String>,
    /// `--set-string`.
    pub strings: Vec<String>,
    /// `--set-file`.
    pub contents: Vec<String>,
    /// `--set-literal`.
    pub literals: Vec<String>,
}

/// Merges the layers (`Options.MergeValues`).
///
/// # Errors
/// A file that cannot be read or is no mapping, a flag that does not parse; with Helm's texts.
pub fn merge(layers: &Layers, reader: Reader<'_>) -> Result<Map, Error> {
    let mut values = Map::new();
    for file in &layers.files {
        let map = read(&reader(file)?)
            .map_err(|cause| Error::document(format!("failed to parse {file}"), cause))?;
        merge_maps(&mut values, map);
    }
    for text in &layers.json {
        json(text, &mut values)?;
    }
    let flags = [
        ("--set", &layers.set, Mode::Typed),
        ("--set-string", &layers.strings, Mode::Text),
        ("--set-file", &layers.contents, Mode::File(reader)),
        ("--set-literal", &layers.literals, Mode::Literal),
    ];
    for (flag, texts, mode) in flags {
        for text in texts {
            set::apply(text, mode, &mut values).map_err(|cause| Error::Set { flag, cause })?;
        }
    }
    Ok(values)
}

/// `--set-json`: a whole object, or `name=json` pairs.
fn json(text: &str, values: &mut Map) -> Result<(), Error> {
    let trimmed = text.trim();
    if trimmed.starts_with('{') {
        let Ok(Value::Map(map)) = goyaml::from_json(trimmed).map(crate::decode::floats) else {
            return Err(Error::other(format!(
                "failed parsing --set-json data JSON: {text}"
            )));
        };
        merge_maps(values, map);
        return Ok(());
    }
    set::apply(text, Mode::Json, values)
        .map_err(|_| Error::other(format!("failed parsing --set-json data {text}")))
}
