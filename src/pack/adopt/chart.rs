//! The files of one chart of the repository, read for what they say and not rendered.

use serde_json::Value;

use crate::project::Project;

use super::condition::Condition;
use super::error::AdoptError;
use super::template::Template;

/// A chart's values and templates.
#[derive(Debug)]
pub(super) struct ChartFiles {
    /// The folder of its templates, relative to the repository.
    pub(super) templates_path: String,
    /// Where its values are.
    pub(super) values_path: String,
    /// Its values as they are written; empty when there are none.
    pub(super) values_text: String,
    /// What they mean.
    pub(super) values: Value,
    pub(super) templates: Vec<Template>,
}

/// An object that a template makes.
#[derive(Debug)]
pub(super) struct Object<'c> {
    pub(super) template: &'c Template,
    /// Where its `kind:` stands.
    pub(super) offset: usize,
    kind: String,
    api: String,
    /// When it is rendered.
    pub(super) condition: Condition,
}

impl Object<'_> {
    /// `templates/ksvc.yaml:3`, from the repository.
    pub(super) fn place(&self) -> String {
        format!("{}:{}", self.template.path, self.template.line(self.offset))
    }

    pub(super) fn is_knative_service(&self) -> bool {
        self.kind == "Service" && self.api.contains("serving.knative.dev/")
    }

    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind == kind
    }
}

impl ChartFiles {
    /// Reads the chart in `folder`.
    ///
    /// # Errors
    /// Values that are no UTF-8, no YAML, or no mapping.
    pub(super) fn read(project: &Project, folder: &str) -> Result<Self, AdoptError> {
        let top = project.folder(folder);
        let values_path = top.in_project("values.yaml");
        let values_text = project.read(&values_path).unwrap_or_default();
        let values = values(&values_path, &values_text)?;
        let is_template = |path: &str| {
            path.starts_with("templates/")
                && !path.starts_with("templates/tests/")
                && [".yaml", ".yml", ".tpl"]
                    .iter()
                    .any(|end| path.ends_with(end))
        };
        let templates = top
            .below()
            .filter(|path| is_template(path))
            .filter_map(|path| {
                let path = top.in_project(path);
                let text = project.read(&path)?;
                Some(Template::new(path, text))
            })
            .collect();
        Ok(Self {
            templates_path: top.in_project("templates"),
            values_path,
            values_text,
            values,
            templates,
        })
    }

    /// The objects of all templates, in the order of files.
    pub(super) fn objects(&self) -> Vec<Object<'_>> {
        let mut objects = Vec::new();
        for template in &self.templates {
            for (offset, kind) in template.lines_with("kind:") {
                if !starts_line(&template.text, offset) {
                    continue;
                }
                objects.push(Object {
                    template,
                    offset,
                    kind: kind.trim_matches(['"', '\'']).to_owned(),
                    api: api(template, offset),
                    condition: self.condition(template, offset),
                });
            }
        }
        objects
    }

    /// What must hold for the text at an offset to be rendered; what stands in a `define`, where that is included.
    fn condition(&self, template: &Template, offset: usize) -> Condition {
        let (condition, define) = template.condition(offset);
        let Some(define) = define else {
            return condition;
        };
        let sites = self.templates.iter().flat_map(|other| {
            let sites: Vec<Condition> = other
                .includes(&define)
                .map(|site| other.condition(site).0)
                .collect();
            sites
        });
        Condition::All(vec![condition, Condition::Any(sites.collect())])
    }
}

fn values(path: &str, text: &str) -> Result<Value, AdoptError> {
    let wrong = |why: String| AdoptError::Values {
        path: path.to_owned(),
        why,
    };
    // The project reads text generously; what it replaced would be lost by an edit.
    if text.contains('\u{fffd}') {
        return Err(wrong("it is not UTF-8".to_owned()));
    }
    let value = goyaml::from_yaml(text.as_bytes()).map_err(|error| wrong(error.to_string()))?;
    let json = goyaml::to_json(&value).map_err(|error| wrong(error.to_string()))?;
    let value: Value = serde_json::from_str(&json).map_err(|error| wrong(error.to_string()))?;
    match value {
        Value::Null => Ok(Value::Object(serde_json::Map::new())),
        Value::Object(_) => Ok(value),
        _ => Err(wrong("a mapping is expected".to_owned())),
    }
}

fn starts_line(text: &str, offset: usize) -> bool {
    offset == 0 || text[..offset].ends_with('\n')
}

/// The `apiVersion:` of the document that an offset lies in; the nearest one where there are several.
fn api(template: &Template, offset: usize) -> String {
    let text = &template.text;
    let start = text[..offset].rfind("\n---").unwrap_or(0);
    let end = text[offset..]
        .find("\n---")
        .map_or(text.len(), |at| offset + at);
    template
        .lines_with("apiVersion:")
        .filter(|(at, _)| (start..end).contains(at) && starts_line(text, *at))
        .min_by_key(|(at, _)| at.abs_diff(offset))
        .map(|(_, api)| api.trim_matches(['"', '\'']).to_owned())
        .unwrap_or_default()
}
