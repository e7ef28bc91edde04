//! The files under `.tekton/`, and the runs that they hold.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::{Event, PipelineError, matching, placeholder};

/// Where pipelines lie in a repository.
pub const FOLDER: &str = ".tekton";

/// What lies under `.tekton/`, folders below it included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PipelineFiles {
    /// Path from the repository's root to text.
    files: BTreeMap<String, String>,
}

/// A run that an event starts.
#[derive(Debug, Clone, PartialEq)]
pub struct PreparedRun {
    /// The name that the `PipelineRun` has in its file, such as `release`.
    pub name: String,
    /// Where it stands.
    pub path: String,
    /// The `PipelineRun`, placeholders replaced.
    pub run: Value,
    /// Every other object of the files: pipelines, tasks, and what else they may name.
    pub objects: Vec<Value>,
}

/// The documents of all files.
struct Contents {
    /// Runs with the path of their file.
    runs: Vec<(String, Value)>,
    /// Everything else.
    objects: Vec<Value>,
}

impl PipelineFiles {
    /// Takes files by their path from the root; those that are no YAML by name are passed over.
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let is_yaml = |path: &str| {
            let extension = Path::new(path).extension();
            extension.is_some_and(|extension| extension == "yaml" || extension == "yml")
        };
        Self {
            files: files
                .into_iter()
                .filter(|(path, _)| is_yaml(path))
                .collect(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Whether any of them may ask which files have changed.
    pub fn ask_for_changes(&self) -> bool {
        self.files
            .values()
            .any(|text| text.contains(matching::PATHS))
    }

    /// The runs that `event` starts, in the order of paths; `changed` are the files that are others than before, for those who
    /// [ask](Self::ask_for_changes).
    ///
    /// # Errors
    /// A file that cannot be read fails them all, as it does with Pipelines-as-Code.
    pub fn matching(
        &self,
        event: &Event,
        changed: &[String],
    ) -> Result<Vec<PreparedRun>, PipelineError> {
        let mut prepared = Vec::new();
        let Contents { runs, objects } = self.read(event)?;
        for (path, run) in runs {
            if matching::wants(&run, &path, event, changed)? {
                prepared.push(PreparedRun {
                    name: name_of(&run),
                    path,
                    run,
                    objects: objects.clone(),
                });
            }
        }
        Ok(prepared)
    }

    /// The run called `name`, or in the file whose name without its ending that is, whatever it wants to match: what a person starts.
    /// Of several the one of `app`, then one whose own name it is, then one of no app.
    ///
    /// # Errors
    /// A file that cannot be read, none of that name, or several among which nothing chooses.
    pub fn named(
        &self,
        name: &str,
        app: Option<&str>,
        event: &Event,
    ) -> Result<PreparedRun, PipelineError> {
        let Contents { runs, objects } = self.read(event)?;
        let folder = app.map(|app| format!("{FOLDER}/{app}/"));
        let rank = |path: &str, run: &Value| {
            let (folder_of, file) = path.rsplit_once('/').unwrap_or(("", path));
            let is_file = file.rsplit_once('.').is_some_and(|(stem, _)| stem == name);
            let is_run = name_of(run) == name;
            let is_own = folder.as_ref().is_some_and(|own| path.starts_with(own));
            match (is_own, is_run, is_file) {
                (_, false, false) => None,
                (true, ..) => Some(0),
                (false, true, _) => Some(1),
                (false, false, true) => Some(if folder_of == FOLDER { 2 } else { 3 }),
            }
        };
        let mut found: Vec<(u8, String, Value)> = runs
            .into_iter()
            .filter_map(|(path, run)| Some((rank(&path, &run)?, path, run)))
            .collect();
        found.sort_by_key(|(rank, ..)| *rank);
        if let [(3, ..), (3, ..), ..] = found.as_slice() {
            return Err(PipelineError::Several {
                name: name.to_owned(),
                found: found.iter().map(|(_, _, run)| name_of(run)).collect(),
            });
        }
        let Some((_, path, run)) = found.into_iter().next() else {
            return Err(PipelineError::Missing {
                what: format!("PipelineRun called \"{name}\""),
                folder: FOLDER.to_owned(),
            });
        };
        Ok(PreparedRun {
            name: name_of(&run),
            path,
            run,
            objects,
        })
    }

    /// All documents with placeholders replaced: runs with their paths, and the rest.
    fn read(&self, event: &Event) -> Result<Contents, PipelineError> {
        let variables = event.variables();
        let mut runs: Vec<(String, Value)> = Vec::new();
        let mut objects = Vec::new();
        for (path, text) in &self.files {
            let text = placeholder::replace(text, &variables);
            let documents =
                tekton::read_documents(&text).map_err(|error| PipelineError::Broken {
                    path: path.clone(),
                    message: error.to_string(),
                })?;
            for document in documents {
                let value = document.value;
                if value["kind"] != "PipelineRun" {
                    objects.push(value);
                    continue;
                }
                let name = name_of(&value);
                if let Some((other, _)) = runs.iter().find(|(_, run)| name_of(run) == name) {
                    return Err(PipelineError::Twice {
                        path: path.clone(),
                        name,
                        other: other.clone(),
                    });
                }
                runs.push((path.clone(), value));
            }
        }
        Ok(Contents { runs, objects })
    }
}

/// `metadata.name`, else `metadata.generateName` without its hyphen.
fn name_of(run: &Value) -> String {
    let metadata = &run["metadata"];
    let name = metadata["name"]
        .as_str()
        .or_else(|| metadata["generateName"].as_str())
        .unwrap_or_default();
    name.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{PipelineError, PipelineFiles};
    use crate::pipeline::{Event, EventKind};

    const RELEASE: &str = "apiVersion: tekton.dev/v1
kind: PipelineRun
metadata:
  name: release
  annotations:
    pipelinesascode.tekton.dev/on-event: \"[push]\"
    pipelinesascode.tekton.dev/on-target-branch: \"[main]\"
spec:
  pipelineRef:
    name: go
  params:
    - name: revision
      value: \"{{ revision }}\"
";

    fn push(reference: &str) -> Event {
        Event {
            kind: EventKind::Push {
                reference: reference.to_owned(),
            },
            owner: "acme".to_owned(),
            repository: "shop".to_owned(),
            url: "/forge/acme/shop.git".to_owned(),
            revision: "abc".to_owned(),
            title: "feat: x".to_owned(),
            sender: "ada".to_owned(),
        }
    }

    fn files(files: &[(&str, &str)]) -> PipelineFiles {
        PipelineFiles::new(
            files
                .iter()
                .map(|(path, text)| ((*path).to_owned(), (*text).to_owned())),
        )
    }

    #[test]
    fn a_push_starts_the_runs_that_want_it_with_all_objects() {
        let files = files(&[
            (
                ".tekton/pipelines/go.yaml",
                "kind: Pipeline\nmetadata: {name: go}\n",
            ),
            (".tekton/release.yaml", RELEASE),
            (".tekton/README.md", "{{"),
        ]);
        let runs = files.matching(&push("refs/heads/main"), &[]).unwrap();
        assert_eq!(runs.len(), 1);
        assert_eq!(runs[0].name, "release");
        assert_eq!(runs[0].run["spec"]["params"][0]["value"], "abc");
        assert_eq!(runs[0].objects[0]["metadata"]["name"], "go");
        assert!(
            files
                .matching(&push("refs/heads/other"), &[])
                .unwrap()
                .is_empty()
        );
        assert!(
            files
                .matching(&push("refs/tags/main"), &[])
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            files
                .named("release", None, &push("refs/heads/other"))
                .unwrap()
                .name,
            "release"
        );
    }

    #[test]
    fn each_app_of_a_repository_has_a_release_of_its_own() {
        let of = |app: &str| RELEASE.replace("name: release", &format!("name: {app}-release"));
        let (cart, web) = (of("cart"), of("web"));
        let mut all = vec![
            (".tekton/cart/release.yaml", cart.as_str()),
            (".tekton/web/release.yaml", web.as_str()),
        ];
        let named = |all: &[(&str, &str)], name: &str, app: Option<&str>| {
            let run = files(all).named(name, app, &push("refs/heads/main"));
            run.map(|run| run.name).map_err(|error| error.to_string())
        };
        assert_eq!(named(&all, "release", Some("web")).unwrap(), "web-release");
        assert_eq!(named(&all, "web-release", None).unwrap(), "web-release");
        assert_eq!(
            named(&all, "release", None).unwrap_err(),
            "several PipelineRuns are in files called release: cart-release, web-release"
        );
        all.push((".tekton/release.yaml", RELEASE));
        assert_eq!(named(&all, "release", None).unwrap(), "release");
        assert_eq!(
            named(&all, "release", Some("cart")).unwrap(),
            "cart-release"
        );
    }

    #[test]
    fn one_broken_file_fails_them_all_by_name() {
        let files = files(&[
            (".tekton/a.yaml", "a: [\n"),
            (".tekton/release.yaml", RELEASE),
        ]);
        let error = files.matching(&push("refs/heads/main"), &[]).unwrap_err();
        assert!(error.to_string().starts_with(".tekton/a.yaml: "), "{error}");
    }

    #[test]
    fn what_would_match_otherwise_is_refused_and_not_passed_over() {
        let cel = RELEASE.replace("on-event: \"[push]\"", "on-cel-expression: \"true\"");
        let error = files(&[(".tekton/release.yaml", &cel)])
            .matching(&push("refs/heads/main"), &[])
            .unwrap_err();
        assert!(
            matches!(error, PipelineError::NotThereYet { .. }),
            "{error}"
        );
        let twice = files(&[(".tekton/a.yaml", RELEASE), (".tekton/b.yaml", RELEASE)]);
        assert!(matches!(
            twice.matching(&push("refs/heads/main"), &[]),
            Err(PipelineError::Twice { .. })
        ));
    }
}
