//! The settings files: `.landfall/config.yaml` in a repository, `config.yaml` in the user's configuration folder.

use std::path::PathBuf;

use serde::Deserialize;

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What it says.
    pub settings: FileSettings,
}

/// What a settings file can hold. All values are text, so that errors can name them as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FileSettings {
    /// Where local state lives.
    pub home: Option<String>,
    /// The owner of new repositories.
    pub org: Option<String>,
    /// The gateway's port.
    #[serde(deserialize_with = "scalar")]
    pub port: Option<String>,
    /// A folder of packs.
    pub packs: Option<String>,
    /// Where environments run.
    pub platform: Option<String>,
    /// When to colour.
    pub color: Option<String>,
}

/// A text or a whole number, as text: people write `port: 8080`.
fn scalar<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    struct Scalar;
    impl serde::de::Visitor<'_> for Scalar {
        type Value = Option<String>;

        fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            formatter.write_str("a text or a number")
        }

        fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
            Ok(Some(value.to_owned()))
        }

        fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
            Ok(Some(value.to_string()))
        }

        fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
            Ok(Some(value.to_string()))
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    }
    deserializer.deserialize_any(Scalar)
}
