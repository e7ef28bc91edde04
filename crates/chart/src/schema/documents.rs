//! The schema, the metaschemas it may name, and what references between them lead to.

use std::collections::HashMap;

use goyaml::Value;

/// Address that Helm gives a chart's schema.
const OWN_URL: &str = "file:///values.schema.json";

/// Place of the chart's own schema among the documents.
pub(super) const OWN: usize = 0;

/// The published metaschemas by address.
const METASCHEMAS: &[(&str, &str)] = &[
    (
        "http://json-schema.org/draft-04/schema",
        include_str!("../../metaschemas/draft-04.json"),
    ),
    (
        "http://json-schema.org/draft-06/schema",
        include_str!("../../metaschemas/draft-06.json"),
    ),
    (
        "http://json-schema.org/draft-07/schema",
        include_str!("../../metaschemas/draft-07.json"),
    ),
    (
        "https://json-schema.org/draft/2019-09/schema",
        include_str!("../../metaschemas/2019-09.json"),
    ),
    (
        "https://json-schema.org/draft/2019-09/meta/applicator",
        include_str!("../../metaschemas/2019-09/applicator.json"),
    ),
    (
        "https://json-schema.org/draft/2019-09/meta/content",
        include_str!("../../metaschemas/2019-09/content.json"),
    ),
    (
        "https://json-schema.org/draft/2019-09/meta/core",
        include_str!("../../metaschemas/2019-09/core.json"),
    ),
    (
        "https://json-schema.org/draft/2019-09/meta/format",
        include_str!("../../metaschemas/2019-09/format.json"),
    ),
    (
        "https://json-schema.org/draft/2019-09/meta/meta-data",
        include_str!("../../metaschemas/2019-09/meta-data.json"),
    ),
    (
        "https://json-schema.org/draft/2019-09/meta/validation",
        include_str!("../../metaschemas/2019-09/validation.json"),
    ),
    (
        "https://json-schema.org/draft/2020-12/schema",
        include_str!("../../metaschemas/2020-12.json"),
    ),
    (
        "https://json-schema.org/draft/2020-12/meta/applicator",
        include_str!("../../metaschemas/2020-12/applicator.json"),
    ),
    (
        "https://json-schema.org/draft/2020-12/meta/content",
        include_str!("../../metaschemas/2020-12/content.json"),
    ),
    (
        "https://json-schema.org/draft/2020-12/meta/core",
        include_str!("../../metaschemas/2020-12/core.json"),
    ),
    (
        "https://json-schema.org/draft/2020-12/meta/format-annotation",
        include_str!("../../metaschemas/2020-12/format-annotation.json"),
    ),
    (
        "https://json-schema.org/draft/2020-12/meta/format-assertion",
        include_str!("../../metaschemas/2020-12/format-assertion.json"),
    ),
    (
        "https://json-schema.org/draft/2020-12/meta/meta-data",
        include_str!("../../metaschemas/2020-12/meta-data.json"),
    ),
    (
        "https://json-schema.org/draft/2020-12/meta/unevaluated",
        include_str!("../../metaschemas/2020-12/unevaluated.json"),
    ),
    (
        "https://json-schema.org/draft/2020-12/meta/validation",
        include_str!("../../metaschemas/2020-12/validation.json"),
    ),
];

/// A schema document.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) url: String,
    pub(super) schema: Value,
    /// 4, 6, 7, 2019 or 2020.
    pub(super) draft: u16,
}

/// A reference that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum RefError {
    /// Another document: nothing is fetched.
    #[error("failing loading \"{0}\": remote references are not loaded")]
    Remote(String),
    /// A file that is not there; one that is there would not be read either.
    #[error("failing loading \"file://{0}\": open {0}: no such file or directory")]
    NoFile(String),
    /// A place that the document does not have.
    #[error("json-pointer in \"{0}\" not found")]
    NoPlace(String),
    /// A pattern that is no regular expression.
    #[error("invalid regex \"{0}\"")]
    Regex(String),
    /// Deeper than any real schema or value.
    #[error("schema or values are nested too deep")]
    TooDeep,
    /// More work than any real schema asks for.
    #[error("the schema asks for too many checks")]
    TooLong,
}

impl RefError {
    /// A document that is not part of this program.
    fn unloaded(url: &str) -> Self {
        match url.strip_prefix("file://") {
            Some(path) if !std::path::Path::new(path).exists() => Self::NoFile(path.to_owned()),
            _ => Self::Remote(url.to_owned()),
        }
    }
}

/// A schema and the document it stands in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'d> {
    pub(super) document: usize,
    pub(super) schema: &'d Value,
}

#[derive(Debug)]
pub(super) struct Documents {
    documents: Vec<Document>,
    by_url: HashMap<String, usize>,
}

impl Documents {
    /// # Errors
    /// `$schema` names a document that is not published with JSON Schema: nothing is fetched.
    pub(super) fn new(schema: Value) -> Result<Self, RefError> {
        let draft = draft_of(&schema)?;
        let own = Document {
            url: OWN_URL.to_owned(),
            schema,
            draft,
        };
        let generation = match draft {
            2019 => "draft/2019-09/",
            2020 => "draft/2020-12/",
            4 => "draft-04",
            6 => "draft-06",
            _ => "draft-07",
        };
        let mut documents = vec![own];
        for (url, text) in METASCHEMAS
            .iter()
            .filter(|(url, _)| url.contains(generation))
        {
            // The texts are part of this program, and a test reads them all.
            let schema = goyaml::from_json(text).unwrap_or_default();
            documents.push(Document {
                url: (*url).to_owned(),
                schema,
                draft,
            });
        }
        let by_url = documents
            .iter()
            .enumerate()
            .map(|(i, document)| (document.url.clone(), i))
            .collect();
        Ok(Self { documents, by_url })
    }

    pub(super) fn own(&self) -> &Document {
        &self.documents[OWN]
    }

    pub(super) fn get(&self, document: usize) -> &Document {
        &self.documents[document]
    }

    /// The document that the schema itself has to fit.
    pub(super) fn metaschema(&self) -> Option<usize> {
        self.documents.iter().position(|document| {
            document.url.ends_with("/schema") && document.url.starts_with("http")
        })
    }

    pub(super) fn root(&self, document: usize) -> Place<'_> {
        Place {
            document,
            schema: &self.documents[document].schema,
        }
    }

    /// Follows a `$ref`, `$dynamicRef` or `$recursiveRef` from a document.
    pub(super) fn follow(&self, from: usize, reference: &str) -> Result<Place<'_>, RefError> {
        let (url, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let base = if url.is_empty() {
            self.root(from)
        } else {
            self.resource(from, url)?
        };
        let missing = || {
            let url = if url.is_empty() {
                self.documents[from].url.clone()
            } else {
                join(&self.documents[from].url, url)
            };
            RefError::NoPlace(format!("{url}#{fragment}"))
        };
        let schema = if fragment.is_empty() {
            Some(base.schema)
        } else if fragment.starts_with('/') {
            pointer(base.schema, &percent_decode(fragment))
        } else {
            anchor(base.schema, fragment)
        };
        Ok(Place {
            document: base.document,
            schema: schema.ok_or_else(missing)?,
        })
    }

    fn resource(&self, from: usize, url: &str) -> Result<Place<'_>, RefError> {
        let document = &self.documents[from];
        let absolute = join(id_of(&document.schema).unwrap_or(&document.url), url);
        if let Some(&found) = self.by_url.get(&absolute) {
            return Ok(self.root(found));
        }
        let inner = find(&document.schema, &|schema| {
            id_of(schema).is_some_and(|id| id == url || id.trim_end_matches('#') == absolute)
        });
        match inner {
            Some(schema) => Ok(Place {
                document: from,
                schema,
            }),
            None => Err(RefError::unloaded(&absolute)),
        }
    }
}

fn draft_of(schema: &Value) -> Result<u16, RefError> {
    let url = schema
        .get("$schema")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let url = url.trim_end_matches('#');
    let known = url
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    Ok(match known {
        "json-schema.org/draft-04/schema" => 4,
        "json-schema.org/draft-06/schema" => 6,
        "json-schema.org/draft-07/schema" => 7,
        "json-schema.org/draft/2019-09/schema" => 2019,
        "" | "json-schema.org/schema" | "json-schema.org/draft/2020-12/schema" => 2020,
        _ => return Err(RefError::unloaded(&join(OWN_URL, url))),
    })
}

fn id_of(schema: &Value) -> Option<&str> {
    schema
        .get("$id")
        .or_else(|| schema.get("id"))
        .and_then(Value::as_str)
}

/// The address of a reference in a document; enough of RFC 3986 for what schemas use.
fn join(base: &str, url: &str) -> String {
    if url.contains("://") || url.starts_with("urn:") {
        return url.to_owned();
    }
    let base = base.split('#').next().unwrap_or(base);
    if url.starts_with('/') {
        let host = base
            .find("://")
            .and_then(|at| base[at + 3..].find('/').map(|end| at + 3 + end))
            .unwrap_or(base.len());
        return format!("{}{url}", &base[..host]);
    }
    let folder = base.rfind('/').map_or("", |end| &base[..=end]);
    format!("{folder}{url}")
}

fn pointer<'s>(schema: &'s Value, path: &str) -> Option<&'s Value> {
    path.split('/').skip(1).try_fold(schema, |value, token| {
        let token = token.replace("~1", "/").replace("~0", "~");
        match value {
            Value::Map(map) => map.get(&token),
            Value::List(items) => items.get(token.parse::<usize>().ok()?),
            _ => None,
        }
    })
}

fn anchor<'s>(schema: &'s Value, name: &str) -> Option<&'s Value> {
    let named = |schema: &Value, key: &str| schema.get(key).and_then(Value::as_str) == Some(name);
    find(schema, &|schema| {
        named(schema, "$anchor")
            || named(schema, "$dynamicAnchor")
            || id_of(schema).is_some_and(|id| id.strip_prefix('#') == Some(name))
    })
}

/// The first mapping that a condition holds for, outer ones first.
fn find<'s>(value: &'s Value, wanted: &dyn Fn(&Value) -> bool) -> Option<&'s Value> {
    match value {
        Value::Map(_) if wanted(value) => Some(value),
        Value::Map(map) => map.values().find_map(|inner| find(inner, wanted)),
        Value::List(items) => items.iter().find_map(|inner| find(inner, wanted)),
        _ => None,
    }
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let decoded = hex
            .filter(|_| byte == b'%')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(decoded.unwrap_or(byte));
        rest = if decoded.is_some() {
            &after[2..]
        } else {
            after
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_metaschemas_are_json() {
        for (url, text) in METASCHEMAS {
            assert!(goyaml::from_json(text).is_ok(), "{url}");
        }
    }

    #[test]
    fn references() {
        let schema = goyaml::from_json(
            r#"{"$defs": {"a/b": {"x": 1}, "n": {"$anchor": "here", "y": 2}, "i": {"$id": "item.json", "z": 3}}}"#,
        )
        .unwrap();
        let documents = Documents::new(schema).unwrap();
        let keys = |reference: &str| {
            documents.follow(OWN, reference).map(|place| {
                place
                    .schema
                    .as_map()
                    .unwrap()
                    .keys()
                    .last()
                    .unwrap()
                    .clone()
            })
        };
        assert_eq!(keys("#/$defs/a~1b").unwrap(), "x");
        assert_eq!(keys("#here").unwrap(), "y");
        assert_eq!(keys("item.json").unwrap(), "z");
        assert_eq!(
            keys("#/nope"),
            Err(RefError::NoPlace("file:///values.schema.json#/nope".into()))
        );
        assert_eq!(
            keys("http://x/y.json"),
            Err(RefError::Remote("http://x/y.json".into()))
        );
    }

    #[test]
    fn addresses_are_joined() {
        assert_eq!(
            join("https://h/a/schema", "meta/core"),
            "https://h/a/meta/core"
        );
        assert_eq!(join("https://h/a/schema", "/b"), "https://h/b");
    }
}
