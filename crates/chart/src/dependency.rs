//! The nested parts of Chart.yaml: dependencies and maintainers (`pkg/chart/v2/dependency.go`).

use gotpl::Value as GoValue;
use goyaml::Value;

use crate::Error;
use crate::decode::{self, Decoded};
use crate::metadata::{invalid, quoted, sanitize};

/// The fields of a dependency in Chart.yaml; a strict reader refuses others.
pub(crate) const DEPENDENCY_FIELDS: &[&str] = &[
    "name",
    "version",
    "repository",
    "condition",
    "tags",
    "enabled",
    "import-values",
    "alias",
];

/// A person or team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Maintainer {
    /// Name.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Web address.
    pub url: String,
}

/// A declared dependency.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dependency {
    /// Name of the chart; the alias once dependencies are processed, as in Helm.
    pub name: String,
    /// Version constraint.
    pub version: String,
    /// Where it comes from.
    pub repository: String,
    /// Comma separated paths of values that switch it.
    pub condition: String,
    /// Names under `tags` that switch it.
    pub tags: Vec<String>,
    /// Whether it takes part.
    pub enabled: bool,
    /// What is taken over from its values.
    pub import_values: Vec<Value>,
    /// Another name for it.
    pub alias: String,
}

impl Maintainer {
    pub(super) fn read(value: &Value) -> Decoded<Option<Self>> {
        let map = match value {
            Value::Null => return Ok(None),
            Value::Map(map) => map,
            other => return Err(decode::wrong_field(other, ".maintainers", "v2.Maintainer")),
        };
        let mut maintainer = Self::default();
        for (key, value) in map {
            match key.to_ascii_lowercase().as_str() {
                "name" => maintainer.name = decode::text(value, ".maintainers.name")?,
                "email" => maintainer.email = decode::text(value, ".maintainers.email")?,
                "url" => maintainer.url = decode::text(value, ".maintainers.url")?,
                _ => {}
            }
        }
        Ok(Some(maintainer))
    }
}

impl Dependency {
    pub(super) fn read(value: &Value) -> Decoded<Option<Self>> {
        let map = match value {
            Value::Null => return Ok(None),
            Value::Map(map) => map,
            other => return Err(decode::wrong_field(other, ".dependencies", "v2.Dependency")),
        };
        let mut found = Self::default();
        for (key, value) in map {
            match key.to_ascii_lowercase().as_str() {
                "name" => found.name = decode::text(value, ".dependencies.name")?,
                "version" => found.version = decode::text(value, ".dependencies.version")?,
                "repository" => found.repository = decode::text(value, ".dependencies.repository")?,
                "condition" => found.condition = decode::text(value, ".dependencies.condition")?,
                "tags" => found.tags = decode::texts(value, ".dependencies.tags")?,
                "enabled" => found.enabled = decode::boolean(value, ".dependencies.enabled")?,
                "import-values" => {
                    let items =
                        decode::list(value, ".dependencies.import-values", "[]interface {}")?;
                    found.import_values = items.iter().cloned().map(decode::floats).collect();
                }
                "alias" => found.alias = decode::text(value, ".dependencies.alias")?,
                _ => {}
            }
        }
        Ok(Some(found))
    }

    pub(super) fn validate(&mut self) -> Result<(), Error> {
        let single = [
            &mut self.name,
            &mut self.version,
            &mut self.repository,
            &mut self.condition,
        ];
        single.into_iter().chain(&mut self.tags).for_each(sanitize);
        let alias_fits = self
            .alias
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        if alias_fits {
            Ok(())
        } else {
            let name = quoted(&self.name);
            Err(invalid(format!(
                "dependency {name} has disallowed characters in the alias"
            )))
        }
    }

    pub(super) fn to_template(&self) -> GoValue {
        let imports = self
            .import_values
            .iter()
            .map(crate::values::to_template)
            .collect();
        GoValue::map([
            ("Name", GoValue::from(self.name.as_str())),
            ("Version", GoValue::from(self.version.as_str())),
            ("Repository", GoValue::from(self.repository.as_str())),
            ("Condition", GoValue::from(self.condition.as_str())),
            (
                "Tags",
                GoValue::list(
                    self.tags
                        .iter()
                        .map(|tag| GoValue::from(tag.as_str()))
                        .collect(),
                ),
            ),
            ("Enabled", GoValue::Bool(self.enabled)),
            ("ImportValues", GoValue::list(imports)),
            ("Alias", GoValue::from(self.alias.as_str())),
        ])
    }
}
