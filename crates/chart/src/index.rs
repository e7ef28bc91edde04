//! The index.yaml of a chart repository (`pkg/repo/v1/index.go`): strict about its shape, entries that are no charts passed over.

use std::collections::BTreeMap;

use goyaml::node::{Kind, NodeId};
use goyaml::{Document, Map, Value};

use crate::decode::{self, Decoded};
use crate::dependency::DEPENDENCY_FIELDS;
use crate::semver::{Constraint, Version};
use crate::{Error, Metadata, Warning};

/// A repository's charts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Index {
    /// Versions by name of the chart, highest first.
    pub entries: BTreeMap<String, Vec<IndexEntry>>,
    /// Entries that were passed over.
    pub warnings: Vec<Warning>,
}

/// One version of a chart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndexEntry {
    /// The version as written.
    pub version: String,
    /// Where the package is; relative addresses are below the repository's.
    pub urls: Vec<String>,
    /// SHA-256 of the package in hex; empty where the repository does not say.
    pub digest: String,
}

impl Index {
    /// Reads an index, YAML or JSON.
    ///
    /// # Errors
    /// Helm's texts: empty, no YAML, keys twice, unknown fields, no `apiVersion`.
    pub fn read(text: &[u8]) -> Result<Self, Error> {
        if text.is_empty() {
            return Err(Error::other("empty index.yaml file"));
        }
        let value = decode_index(text).map_err(Error::Other)?;
        let map = match value {
            Value::Null => Map::new(),
            Value::Map(map) => map,
            other => return Err(Error::Other(decode::wrong_value(&other, "repo.IndexFile"))),
        };
        let mut index = Self::default();
        let mut api_version = String::new();
        for (key, value) in &map {
            match key.to_ascii_lowercase().as_str() {
                "apiversion" => {
                    api_version = decode::text(value, ".apiVersion").map_err(Error::Other)?;
                }
                "entries" => index.read_entries(value).map_err(Error::Other)?,
                _ => {}
            }
        }
        if api_version.is_empty() {
            return Err(Error::other("no API version specified"));
        }
        Ok(index)
    }

    fn read_entries(&mut self, value: &Value) -> Decoded<()> {
        let charts = match value {
            Value::Null => return Ok(()),
            Value::Map(charts) => charts,
            other => {
                let wanted = "map[string]repo.ChartVersions";
                return Err(decode::wrong_field(other, ".entries", wanted));
            }
        };
        for (name, versions) in charts {
            let items = decode::list(versions, ".entries", "repo.ChartVersions")?;
            let mut found: Vec<(Version, IndexEntry)> = Vec::new();
            for item in items {
                match entry(item)? {
                    Ok(entry) => found.push(entry),
                    Err(why) => self.warnings.push(
                        Warning::warn("skipping loading invalid entry for chart")
                            .with("name", name)
                            .with("error", why),
                    ),
                }
            }
            found.sort_by(|(a, _), (b, _)| b.compare(a));
            let found = found.into_iter().map(|(_, entry)| entry).collect();
            self.entries.insert(name.clone(), found);
        }
        Ok(())
    }

    /// The version of a chart that `wanted` names: the very text, else the highest that satisfies it as a constraint.
    pub fn find(&self, name: &str, wanted: &str) -> Option<&IndexEntry> {
        let versions = self.entries.get(name)?;
        let constraint = Constraint::parse(if wanted.is_empty() { "*" } else { wanted }).ok()?;
        let satisfies = |entry: &&IndexEntry| {
            Version::parse(&entry.version).is_ok_and(|version| constraint.check(&version))
        };
        versions
            .iter()
            .find(|entry| !wanted.is_empty() && entry.version == wanted)
            .or_else(|| versions.iter().find(satisfies))
    }
}

/// One entry: what is used of it, or why Helm would pass over it.
fn entry(value: &Value) -> Decoded<Result<(Version, IndexEntry), String>> {
    let map = match value {
        Value::Null => return Ok(Err("empty entry".to_owned())),
        Value::Map(map) => map,
        other => return Err(decode::wrong_field(other, ".entries", "repo.ChartVersion")),
    };
    let mut metadata = Metadata::default();
    let mut found = IndexEntry::default();
    for (key, value) in map {
        match key.to_ascii_lowercase().as_str() {
            "urls" => found.urls = decode::texts(value, ".urls")?,
            "digest" => found.digest = decode::text(value, ".digest")?,
            _ => metadata.read_field(key, value)?,
        }
    }
    if metadata.api_version.is_empty() {
        "v1".clone_into(&mut metadata.api_version);
    }
    match metadata.validate() {
        // Some repositories drop the alias, which tells such dependencies apart.
        Err(error)
            if !error
                .to_string()
                .starts_with("validation: more than one dependency with name or alias") =>
        {
            return Ok(Err(error.to_string()));
        }
        _ => {}
    }
    found.version = metadata.version;
    match Version::parse(&found.version) {
        Ok(version) => Ok(Ok((version, found))),
        Err(error) => Ok(Err(error.to_string())),
    }
}

/// JSON as Go takes it; anything else as strict YAML.
fn decode_index(text: &[u8]) -> Decoded<Value> {
    if let Ok(text) = std::str::from_utf8(text)
        && text.trim_start().starts_with('{')
        && let Ok(value) = goyaml::from_json(text)
    {
        return Ok(value);
    }
    let value = decode::yaml(text)?;
    if let Ok(text) = std::str::from_utf8(text)
        && let Ok(Some(document)) = goyaml::document(text)
        && let Some((line, key)) = repeated_key(&document)
    {
        let key = gotpl::quote::quote(key.as_bytes());
        return Err(format!(
            "error converting YAML to JSON: yaml: unmarshal errors:\n  line {line}: key {key} already set in map"
        ));
    }
    match unknown_field(&value) {
        Some(field) => Err(format!(
            "error unmarshaling JSON: while decoding JSON: json: unknown field {}",
            gotpl::quote::quote(field.as_bytes())
        )),
        None => Ok(value),
    }
}

/// The first key that stands twice in one mapping, with its line.
fn repeated_key(document: &Document) -> Option<(usize, String)> {
    let mut waiting: Vec<NodeId> = vec![document.root()];
    let mut first: Option<(usize, String)> = None;
    while let Some(id) = waiting.pop() {
        match &document.node(id).kind {
            Kind::Mapping { pairs, .. } => {
                let mut seen = std::collections::HashSet::new();
                for (key, value) in pairs {
                    if let Some(text) = document.scalar(*key)
                        && text != "<<"
                        && !seen.insert(text)
                    {
                        let line = document.node(*key).start.line + 1;
                        if first.as_ref().is_none_or(|(found, _)| line < *found) {
                            first = Some((line, text.to_owned()));
                        }
                    }
                    waiting.push(*value);
                }
            }
            Kind::Sequence { items, .. } => waiting.extend(items),
            _ => {}
        }
    }
    first
}

/// Fields of an index file.
const INDEX: &[&str] = &[
    "serverinfo",
    "apiversion",
    "generated",
    "entries",
    "publickeys",
    "annotations",
];

/// Fields of one version.
const ENTRY: &[&str] = &[
    "name",
    "home",
    "sources",
    "version",
    "description",
    "keywords",
    "maintainers",
    "icon",
    "apiversion",
    "condition",
    "tags",
    "appversion",
    "deprecated",
    "annotations",
    "kubeversion",
    "dependencies",
    "type",
    "urls",
    "created",
    "removed",
    "digest",
    "checksum",
    "engine",
    "tillerversion",
    "url",
];

/// The first field that Go's strict decoder does not know.
fn unknown_field(index: &Value) -> Option<&str> {
    fn of<'v>(value: &'v Value, known: &[&str]) -> Option<&'v str> {
        let lower = |key: &str| key.to_ascii_lowercase();
        let mut keys = value.as_map()?.keys();
        let unknown = keys.find(|key| !known.contains(&lower(key).as_str()))?;
        Some(unknown)
    }
    fn items<'v>(value: &'v Value, key: &str) -> &'v [Value] {
        value.get(key).and_then(Value::as_list).unwrap_or_default()
    }
    let entries = index.get("entries").and_then(Value::as_map);
    let versions = entries
        .into_iter()
        .flat_map(Map::values)
        .flat_map(|versions| versions.as_list().unwrap_or_default());
    of(index, INDEX).or_else(|| {
        versions.into_iter().find_map(|version| {
            of(version, ENTRY)
                .or_else(|| {
                    items(version, "dependencies")
                        .iter()
                        .find_map(|item| of(item, DEPENDENCY_FIELDS))
                })
                .or_else(|| {
                    let known = ["name", "email", "url"];
                    items(version, "maintainers")
                        .iter()
                        .find_map(|item| of(item, &known))
                })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "apiVersion: v1\nentries:\n  a:\n  - name: a\n    version: 1.2.0\n    urls: [a-1.2.0.tgz]\n    digest: 0a\n  \
                         - name: a\n    version: 1.10.0\n    urls: [a-1.10.0.tgz]\n  - null\n  - name: a\n    version: one\n";

    #[test]
    fn versions_are_sorted_and_what_is_no_chart_is_passed_over() {
        let index = Index::read(INDEX.as_bytes()).unwrap();
        let versions: Vec<_> = index.entries["a"]
            .iter()
            .map(|entry| &*entry.version)
            .collect();
        assert_eq!(versions, ["1.10.0", "1.2.0"]);
        assert_eq!(index.warnings.len(), 2);
        assert_eq!(index.find("a", "~1.2").unwrap().digest, "0a");
        assert_eq!(index.find("a", "").unwrap().version, "1.10.0");
        assert_eq!(index.find("a", "2.x"), None);
        assert_eq!(index.find("b", ""), None);
    }

    #[test]
    fn json_is_read_too() {
        let index = Index::read(
            br#"{"apiVersion":"v1","entries":{"a":[{"name":"a","version":"1.0.0","x":1}]}}"#,
        );
        assert_eq!(index.unwrap().entries["a"].len(), 1);
    }

    #[test]
    fn what_is_no_index_is_refused_with_helms_words() {
        for (text, expected) in [
            ("", "empty index.yaml file"),
            ("entries: {}\n", "no API version specified"),
            (
                "<html>\n<body>not here</body>\n",
                "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go value of type repo.IndexFile",
            ),
            (
                "apiVersion: v1\nentries: {}\nentries: {}\n",
                "error converting YAML to JSON: yaml: unmarshal errors:\n  line 3: key \"entries\" already set in map",
            ),
            (
                "apiVersion: v1\nentries:\n  a:\n  - name: a\n    colour: red\n",
                "error unmarshaling JSON: while decoding JSON: json: unknown field \"colour\"",
            ),
        ] {
            assert_eq!(
                Index::read(text.as_bytes()).unwrap_err().to_string(),
                expected,
                "{text}"
            );
        }
    }
}
