//! What Helm does not say: keys set twice, kinds that the Kubernetes version does not serve, what Knative refuses.

use std::fs;
use std::path::Path;

use chart::KubeVersion;

use super::{Finding, minor};
use crate::manifest::{Document, api, lint};

/// All findings of a chart, in the order of its files.
pub(super) fn find(
    folder: &Path,
    rendered: &[(String, Vec<u8>)],
    version: &KubeVersion,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let values = text_of(&folder.join("values.yaml"));
    let mut file = File::new("values.yaml", &values, None);
    file.duplicates(&mut found);
    for (path, text) in rendered {
        if !matches!(
            Path::new(path).extension().and_then(|end| end.to_str()),
            Some("yaml" | "yml")
        ) {
            continue;
        }
        let source = text_of(&folder.join(path));
        let text = String::from_utf8_lossy(text);
        file = File::new(path, &text, Some(&source));
        file.duplicates(&mut found);
        file.objects(version, &mut found);
    }
    let mut crds: Vec<_> = fs::read_dir(folder.join("crds"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| [".yaml", ".yml"].iter().any(|end| name.ends_with(end)))
        .collect();
    crds.sort();
    for name in crds {
        let path = format!("crds/{name}");
        let text = text_of(&folder.join(&path));
        file = File::new(&path, &text, None);
        file.duplicates(&mut found);
        file.objects(version, &mut found);
    }
    found
}

fn text_of(path: &Path) -> String {
    let bytes = fs::read(path).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One file, or what a template rendered to.
struct File<'f> {
    path: &'f str,
    /// Documents with the line each begins on, from 0.
    documents: Vec<(usize, String)>,
    lines: Vec<&'f str>,
    /// The template, where the text was rendered from one.
    source: Option<Vec<&'f str>>,
}

impl<'f> File<'f> {
    fn new(path: &'f str, text: &'f str, source: Option<&'f str>) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let mut documents = vec![(0, String::new())];
        for (number, line) in lines.iter().enumerate() {
            if line.starts_with("---") {
                documents.push((number + 1, String::new()));
            } else if let Some((_, document)) = documents.last_mut() {
                document.push_str(line);
                document.push('\n');
            }
        }
        Self {
            path,
            documents,
            lines,
            source: source.map(|source| source.lines().collect()),
        }
    }

    /// A finding at a line and a column, both from 0, of the text; of the template, where it has the same line once.
    fn finding(&self, line: usize, column: usize, text: String) -> Finding {
        let mut finding = Finding {
            path: self.path.to_owned(),
            line: line + 1,
            column: column + 1,
            is_rendered: false,
            text,
        };
        let (Some(source), Some(shown)) = (&self.source, self.lines.get(line)) else {
            return finding;
        };
        let wanted = shown.trim();
        let mut same = source
            .iter()
            .enumerate()
            .filter(|(_, line)| line.trim() == wanted);
        match (same.next(), same.next()) {
            (Some((number, line)), None) => {
                let indent = |line: &str| line.len() - line.trim_start().len();
                finding.line = number + 1;
                finding.column = (column + indent(line) + 1)
                    .saturating_sub(indent(shown))
                    .max(1);
            }
            _ => finding.is_rendered = true,
        }
        finding
    }

    fn duplicates(&self, found: &mut Vec<Finding>) {
        for (first, document) in &self.documents {
            for twice in chart::duplicate_keys(document) {
                let text = format!(
                    "the key \"{}\" is set again; its value of line {} is lost",
                    twice.key,
                    first + twice.first_line
                );
                found.push(self.finding(first + twice.line - 1, twice.column - 1, text));
            }
        }
    }

    fn objects(&self, version: &KubeVersion, found: &mut Vec<Finding>) {
        for (first, document) in &self.documents {
            let Ok(value) = goyaml::from_yaml(document.as_bytes()) else {
                continue;
            };
            let Some(object) = goyaml::to_json(&value)
                .ok()
                .and_then(|json| serde_json::from_str::<serde_json::Value>(&json).ok())
            else {
                continue;
            };
            let text = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
            let (api_version, kind) = (text("apiVersion"), text("kind"));
            if let Some(problem) = unserved(&api_version, &kind, version) {
                let (line, column) = place(document, "apiVersion");
                found.push(self.finding(first + line, column, problem));
            }
            let object = Document {
                app: String::new(),
                version: String::new(),
                source: self.path.to_owned(),
                object,
            };
            for problem in lint::lint(&object) {
                let field = problem.message.split(':').next().unwrap_or_default();
                let (line, column) = place(document, field);
                let verdict = if problem.is_refused {
                    "Knative would refuse it"
                } else {
                    "Knative takes it, but"
                };
                let text = format!("{verdict}: {}", problem.message);
                found.push(self.finding(first + line, column, text));
            }
        }
    }
}

/// Where a document sets a field: the last name of a path such as `annotation a/b` or `ports[0].name`; else its `kind`, else its top.
fn place(document: &str, field: &str) -> (usize, usize) {
    let name = field.rsplit([' ', '.']).next().unwrap_or(field);
    let whole = field.rsplit(' ').next().unwrap_or(field);
    let at = |name: &str| {
        document.lines().enumerate().find_map(|(number, line)| {
            let start = line.trim_start().trim_start_matches(['-', ' ', '"', '\'']);
            let rest = start.strip_prefix(name)?;
            let fits = rest.trim_start_matches(['"', '\'']).starts_with(':');
            (fits && !name.is_empty()).then(|| (number, line.len() - start.len()))
        })
    };
    at(whole)
        .or_else(|| at(name))
        .or_else(|| at(name.split('[').next().unwrap_or(name)))
        .or_else(|| at("kind"))
        .unwrap_or_default()
}

/// Why this Kubernetes does not serve a kind; `None` when it does, or when the kind is not one of its own.
fn unserved(api_version: &str, kind: &str, version: &KubeVersion) -> Option<String> {
    let version = minor(version)?;
    let lifetime = api::lifetime(api_version, kind)?;
    if lifetime.is_served(version) {
        return None;
    }
    let why = match (lifetime.removed, lifetime.introduced) {
        (Some((major, number)), _) if (major, number) <= version => {
            format!("it was removed in {major}.{number}")
        }
        (_, Some((major, number))) => format!("it comes with {major}.{number}"),
        _ => return None,
    };
    let instead = lifetime
        .replacement
        .map(|instead| format!("; use {instead}"))
        .unwrap_or_default();
    let (major, number) = version;
    Some(format!(
        "{api_version} {kind} is not served by Kubernetes {major}.{number}: {why}{instead}"
    ))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use chart::Capabilities;

    use super::find;

    #[test]
    fn findings_name_the_line_of_the_template_where_it_has_one() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("templates")).unwrap();
        fs::write(folder.path().join("values.yaml"), "a: 1\n---\nb: 1\nb: 2\n").unwrap();
        let template = "{{ if true }}\napiVersion: policy/v1beta1\nkind: PodDisruptionBudget\n{{ end }}\nx: {{ 1 }}\nx: 2\n";
        fs::write(folder.path().join("templates/a.yaml"), template).unwrap();
        let rendered = "\napiVersion: policy/v1beta1\nkind: PodDisruptionBudget\n\nx: 1\nx: 2\n---\n\
             apiVersion: serving.knative.dev/v1\nkind: Service\nspec:\n  template:\n    spec:\n      timeoutSeconds: 900\n      containers: [{}]\n";
        let rendered = [("templates/a.yaml".to_owned(), rendered.as_bytes().to_vec())];
        let version = Capabilities::default().kube_version;
        let found: Vec<String> = find(folder.path(), &rendered, &version)
            .into_iter()
            .map(|found| {
                let mark = if found.is_rendered { "*" } else { "" };
                format!(
                    "{}:{}:{}{mark} {}",
                    found.path, found.line, found.column, found.text
                )
            })
            .collect();
        insta::assert_snapshot!(found.join("\n"), @r#"
        values.yaml:4:1 the key "b" is set again; its value of line 3 is lost
        templates/a.yaml:6:1 the key "x" is set again; its value of line 5 is lost
        templates/a.yaml:2:1 policy/v1beta1 PodDisruptionBudget is not served by Kubernetes 1.37: it was removed in 1.25; use policy/v1 PodDisruptionBudget
        templates/a.yaml:13:7* Knative would refuse it: timeoutSeconds: 900 is more than 600, the most that a cluster allows by default
        "#);
    }
}
