//! Chart.yaml: what it holds, how it is read and checked (`pkg/chart/v2/metadata.go`, `dependency.go`).

use std::any::Any;

use gotpl::{Entries, Object, Type, Value as GoValue};
use goyaml::Value;

use crate::Error;
use crate::decode::{self, Decoded};
use crate::dependency::{Dependency, Maintainer};
use crate::semver::Version;

/// The fields of Chart.yaml.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata {
    /// Name of the chart.
    pub name: String,
    /// Project page.
    pub home: String,
    /// Source addresses.
    pub sources: Vec<String>,
    /// Version of the chart.
    pub version: String,
    /// One sentence.
    pub description: String,
    /// Words to search for.
    pub keywords: Vec<String>,
    /// Who looks after it; `None` for an empty entry.
    pub maintainers: Vec<Option<Maintainer>>,
    /// Address of a picture.
    pub icon: String,
    /// `v1` or `v2`.
    pub api_version: String,
    /// Condition that enables the chart.
    pub condition: String,
    /// Tags that enable the chart.
    pub tags: String,
    /// Version of what the chart installs.
    pub app_version: String,
    /// No longer looked after.
    pub deprecated: bool,
    /// Free annotations.
    pub annotations: Vec<(String, String)>,
    /// Constraint on the Kubernetes version.
    pub kube_version: String,
    /// Dependencies; `None` for an empty entry.
    pub dependencies: Vec<Option<Dependency>>,
    /// Whether there is a list of dependencies, empty or not.
    pub declares_dependencies: bool,
    /// `application` or `library`.
    pub kind: String,
}

impl Metadata {
    /// Reads a Chart.yaml or requirements.yaml over what is already there.
    ///
    /// # Errors
    /// The text of sigs.k8s.io/yaml.
    pub(crate) fn read(&mut self, text: &[u8]) -> Decoded<()> {
        let map = match decode::yaml(text)? {
            Value::Null => return Ok(()),
            Value::Map(map) => map,
            other => return Err(decode::wrong_value(&other, "v2.Metadata")),
        };
        for (key, value) in &map {
            self.read_field(key, value)?;
        }
        Ok(())
    }

    /// One field. Go's JSON takes names in any case.
    pub(crate) fn read_field(&mut self, key: &str, value: &Value) -> Decoded<()> {
        let lower = key.to_ascii_lowercase();
        let text = |name: &str| decode::text(value, name);
        match lower.as_str() {
            "name" => self.name = text(".name")?,
            "home" => self.home = text(".home")?,
            "sources" => self.sources = decode::texts(value, ".sources")?,
            "version" => self.version = text(".version")?,
            "description" => self.description = text(".description")?,
            "keywords" => self.keywords = decode::texts(value, ".keywords")?,
            "maintainers" => {
                let items = decode::list(value, ".maintainers", "[]*v2.Maintainer")?;
                self.maintainers = decode::items(items, ".maintainers", Maintainer::read)?;
            }
            "icon" => self.icon = text(".icon")?,
            "apiversion" => self.api_version = text(".apiVersion")?,
            "condition" => self.condition = text(".condition")?,
            "tags" => self.tags = text(".tags")?,
            "appversion" => self.app_version = text(".appVersion")?,
            "deprecated" => self.deprecated = decode::boolean(value, ".deprecated")?,
            "annotations" => self.annotations = decode::text_map(value, ".annotations")?,
            "kubeversion" => self.kube_version = text(".kubeVersion")?,
            "dependencies" => {
                let items = decode::list(value, ".dependencies", "[]*v2.Dependency")?;
                self.dependencies = decode::items(items, ".dependencies", Dependency::read)?;
                self.declares_dependencies = !value.is_null();
            }
            "type" => self.kind = text(".type")?,
            _ => {}
        }
        Ok(())
    }

    /// Cleans the texts and checks the rules.
    pub(crate) fn validate(&mut self) -> Result<(), Error> {
        let single = [
            &mut self.name,
            &mut self.description,
            &mut self.home,
            &mut self.icon,
            &mut self.condition,
            &mut self.tags,
            &mut self.app_version,
            &mut self.kube_version,
        ];
        for text in single
            .into_iter()
            .chain(&mut self.sources)
            .chain(&mut self.keywords)
        {
            sanitize(text);
        }
        self.check_names()?;
        for maintainer in &mut self.maintainers {
            match maintainer {
                Some(Maintainer { name, email, url }) => {
                    [name, email, url].into_iter().for_each(sanitize);
                }
                None => return Err(invalid("maintainers must not contain empty or null nodes")),
            }
        }
        let mut known = Vec::new();
        for dependency in &mut self.dependencies {
            let Some(dependency) = dependency else {
                return Err(invalid("dependencies must not contain empty or null nodes"));
            };
            dependency.validate()?;
            let key = if dependency.alias.is_empty() {
                &dependency.name
            } else {
                &dependency.alias
            };
            if known.contains(key) {
                let key = quoted(key);
                return Err(invalid(format!(
                    "more than one dependency with name or alias {key}"
                )));
            }
            known.push(key.clone());
        }
        Ok(())
    }

    fn check_names(&self) -> Result<(), Error> {
        let name = quoted(&self.name);
        if self.api_version.is_empty() {
            return Err(invalid("chart.metadata.apiVersion is required"));
        }
        if self.name.is_empty() {
            return Err(invalid("chart.metadata.name is required"));
        }
        if self.name == "." || self.name == ".." {
            return Err(invalid(format!(
                "chart.metadata.name {name} is not allowed"
            )));
        }
        if self.name.contains('/') {
            return Err(invalid(format!("chart.metadata.name {name} is invalid")));
        }
        if self.version.is_empty() {
            return Err(invalid("chart.metadata.version is required"));
        }
        if Version::parse(&self.version).is_err() {
            return Err(invalid(format!(
                "chart.metadata.version {} is invalid",
                quoted(&self.version)
            )));
        }
        match self.kind.as_str() {
            "" | "application" | "library" => Ok(()),
            _ => Err(invalid(
                "chart.metadata.type must be application or library",
            )),
        }
    }

    /// Whether the chart only lends templates to others.
    pub fn is_library(&self) -> bool {
        self.kind.eq_ignore_ascii_case("library")
    }

    /// `.Chart` of a template.
    pub(crate) fn to_template(&self, is_root: bool) -> GoValue {
        let text = |text: &String| GoValue::from(text.as_str());
        let texts = |items: &[String]| GoValue::list(items.iter().map(text).collect());
        let annotations = if self.annotations.is_empty() {
            GoValue::object(NoAnnotations)
        } else {
            let entries = self.annotations.iter();
            let entries: Entries = entries
                .map(|(key, value)| (key.as_str().into(), text(value)))
                .collect();
            GoValue::map_of(STRINGS, entries)
        };
        let maintainers = self.maintainers.iter().flatten().map(|maintainer| {
            GoValue::map([
                ("Name", text(&maintainer.name)),
                ("Email", text(&maintainer.email)),
                ("URL", text(&maintainer.url)),
            ])
        });
        GoValue::map([
            ("Name", text(&self.name)),
            ("Home", text(&self.home)),
            ("Sources", texts(&self.sources)),
            ("Version", text(&self.version)),
            ("Description", text(&self.description)),
            ("Keywords", texts(&self.keywords)),
            ("Maintainers", GoValue::list(maintainers.collect())),
            ("Icon", text(&self.icon)),
            ("APIVersion", text(&self.api_version)),
            ("Condition", text(&self.condition)),
            ("Tags", text(&self.tags)),
            ("AppVersion", text(&self.app_version)),
            ("Deprecated", GoValue::Bool(self.deprecated)),
            ("Annotations", annotations),
            ("KubeVersion", text(&self.kube_version)),
            (
                "Dependencies",
                GoValue::list(
                    self.dependencies
                        .iter()
                        .flatten()
                        .map(Dependency::to_template)
                        .collect(),
                ),
            ),
            ("Type", text(&self.kind)),
            ("IsRoot", GoValue::Bool(is_root)),
        ])
    }
}

/// `map[string]string`.
const STRINGS: Type = Type::Map(&Type::String);

/// The annotations of a chart without any: Go has a nil map there, which is `null` in JSON and YAML.
#[derive(Debug)]
struct NoAnnotations;

impl Object for NoAnnotations {
    fn type_of(&self) -> Type {
        STRINGS
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn plain(&self) -> Option<GoValue> {
        Some(GoValue::map_of(STRINGS, Entries::new()))
    }

    fn json(&self) -> Option<GoValue> {
        Some(GoValue::Nil)
    }
}

pub(super) fn invalid(text: impl Into<String>) -> Error {
    Error::Validation(text.into())
}

pub(super) fn quoted(text: &str) -> String {
    gotpl::quote::quote(text.as_bytes())
}

/// White space becomes a space, what cannot be printed goes.
pub(super) fn sanitize(text: &mut String) {
    if text
        .chars()
        .all(|c| c == ' ' || (!c.is_whitespace() && gotpl::quote::is_print(c)))
    {
        return;
    }
    *text = text
        .chars()
        .filter_map(|c| {
            if c.is_whitespace() {
                Some(' ')
            } else {
                Some(c).filter(|c| gotpl::quote::is_print(*c))
            }
        })
        .collect();
}
