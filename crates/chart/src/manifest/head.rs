//! What a document says about itself: the fields that every one has (`SimpleHead`).

use goyaml::Value;

use crate::decode::{self, Decoded};

/// What every document has to say about itself.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub(super) api_version: String,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) annotations: Vec<(String, String)>,
}

/// Go's text for the type of `metadata`.
const METADATA_TYPE: &str = r#"struct { Name string "json:\"name\""; Annotations map[string]string "json:\"annotations\"" }"#;

impl Head {
    pub(super) fn read(document: &[u8]) -> Decoded<Self> {
        let mut head = Self::default();
        let map = match decode::yaml(document)? {
            Value::Null => return Ok(head),
            Value::Map(map) => map,
            other => return Err(decode::wrong_value(&other, "util.SimpleHead")),
        };
        for (key, value) in &map {
            match key.to_ascii_lowercase().as_str() {
                "apiversion" => head.api_version = decode::text(value, ".apiVersion")?,
                "kind" => head.kind = decode::text(value, ".kind")?,
                "metadata" => match value {
                    Value::Null => {}
                    Value::Map(metadata) => head.read_metadata(metadata)?,
                    other => return Err(decode::wrong_field(other, ".metadata", METADATA_TYPE)),
                },
                _ => {}
            }
        }
        Ok(head)
    }

    fn read_metadata(&mut self, metadata: &goyaml::Map) -> Decoded<()> {
        for (key, value) in metadata {
            match key.to_ascii_lowercase().as_str() {
                "name" => self.name = decode::text(value, ".metadata.name")?,
                "annotations" => {
                    self.annotations = decode::text_map(value, ".metadata.annotations")?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}
