//! Rendered text to Kubernetes documents and hooks (`pkg/release/v1/util`).

mod head;
mod reader;
mod split;

use std::fmt::Write as _;

use reader::Document;
pub(crate) use reader::{Sink, read_while};
pub use split::split_documents;

use crate::engine::Output;
use crate::kind_order;
use crate::{Error, Profile, Warning};

/// One rendered document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The template it comes from, as in `# Source:`.
    pub path: String,
    /// `apiVersion`.
    pub api_version: String,
    /// `kind`.
    pub kind: String,
    /// `metadata.name`.
    pub name: String,
    /// The text, without the separator in front.
    pub content: String,
    /// The line of the template's output in which the text begins, counted from 0.
    pub line: usize,
}

/// When a hook runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HookEvent {
    /// Before the first installation.
    PreInstall,
    /// After the first installation.
    PostInstall,
    /// Before removal.
    PreDelete,
    /// After removal.
    PostDelete,
    /// Before an upgrade.
    PreUpgrade,
    /// After an upgrade.
    PostUpgrade,
    /// Before a rollback.
    PreRollback,
    /// After a rollback.
    PostRollback,
    /// On demand.
    Test,
}

/// A document with the annotation `helm.sh/hook`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// The document.
    pub manifest: Manifest,
    /// When it runs.
    pub events: Vec<HookEvent>,
    /// Order among hooks of the same event.
    pub weight: i64,
}

impl Hook {
    /// Whether it is a test.
    pub fn is_test(&self) -> bool {
        self.events.contains(&HookEvent::Test)
    }
}

/// The documents and hooks of rendered files, both in the order in which Kubernetes should get them.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    pub(crate) manifests: Vec<Manifest>,
    pub(crate) hooks: Vec<Hook>,
}

/// Sorts the documents of rendered files, which come in the order of their paths (`SortManifests`).
///
/// # Errors
/// A document that is no YAML or no mapping with the usual head.
pub(crate) fn sort(
    documents: Vec<Document>,
    outputs: &[Output],
    profile: Profile,
    log: &mut Vec<Warning>,
) -> Result<Sorted, Error> {
    let mut sorted = Sorted::default();
    for document in documents {
        match document.head {
            Ok(head) => {
                let manifest = Manifest {
                    path: document.path,
                    api_version: head.api_version,
                    kind: head.kind,
                    name: head.name,
                    content: text(document.text),
                    line: document.line,
                };
                add(manifest, &head.annotations, &mut sorted, log);
            }
            Err(cause) => {
                return Err(Error::Manifest {
                    path: document.path,
                    cause,
                    rendered: everything(outputs),
                });
            }
        }
    }
    sorted
        .manifests
        .sort_by(|a, b| kind_order::compare(profile, &a.kind, &b.kind));
    sorted
        .hooks
        .sort_by(|a, b| kind_order::compare(profile, &a.manifest.kind, &b.manifest.kind));
    Ok(sorted)
}

/// What was rendered, as it is: Helm shows it with `--debug`. Its own order is that of a Go map; this one stays the same.
fn everything(outputs: &[Output]) -> String {
    let mut text = String::new();
    for Output {
        path,
        text: content,
        ..
    } in outputs
    {
        let content = String::from_utf8_lossy(content);
        if !content.trim().is_empty() {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "---\n# Source: {path}\n{content}");
        }
    }
    text
}

/// The YAML reader took it, so it is UTF-8.
fn text(document: Vec<u8>) -> String {
    String::from_utf8(document)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn add(
    manifest: Manifest,
    annotations: &[(String, String)],
    sorted: &mut Sorted,
    log: &mut Vec<Warning>,
) {
    let annotation = |wanted| {
        let found = annotations.iter().find(|(key, _)| key == wanted);
        found.map(|(_, value)| value.as_str())
    };
    let weight = annotation("helm.sh/hook-weight")
        .and_then(|weight| weight.parse().ok())
        .unwrap_or(0);
    let annotation = annotation("helm.sh/hook");
    let Some(annotation) = annotation else {
        sorted.manifests.push(manifest);
        return;
    };
    let events: Option<Vec<_>> = annotation
        .split(',')
        .map(|name| event(&name.trim().to_lowercase()))
        .collect();
    match events {
        Some(events) => sorted.hooks.push(Hook {
            manifest,
            events,
            weight,
        }),
        None => log.push(Warning::info("skipping unknown hooks").with("hookTypes", annotation)),
    }
}

fn event(name: &str) -> Option<HookEvent> {
    Some(match name {
        "pre-install" => HookEvent::PreInstall,
        "post-install" => HookEvent::PostInstall,
        "pre-delete" => HookEvent::PreDelete,
        "post-delete" => HookEvent::PostDelete,
        "pre-upgrade" => HookEvent::PreUpgrade,
        "post-upgrade" => HookEvent::PostUpgrade,
        "pre-rollback" => HookEvent::PreRollback,
        "post-rollback" => HookEvent::PostRollback,
        "test" | "test-success" => HookEvent::Test,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(files: &[(&str, &str)]) -> Result<(Vec<String>, Vec<String>), String> {
        let files: Vec<_> = files
            .iter()
            .map(|(path, text)| Output {
                path: (*path).to_owned(),
                text: text.as_bytes().to_vec(),
                lines: Vec::new(),
            })
            .collect();
        let ((), documents) = read_while(|read| {
            for file in &files {
                read(&file.path, &file.text);
            }
            Ok(())
        })
        .map_err(|error| error.to_string())?;
        let sorted = sort(documents, &files, Profile::Helm43, &mut Vec::new())
            .map_err(|error| error.to_string())?;
        let name = |manifest: &Manifest| format!("{}/{}", manifest.kind, manifest.name);
        Ok((
            sorted.manifests.iter().map(name).collect(),
            sorted
                .hooks
                .iter()
                .map(|hook| name(&hook.manifest))
                .collect(),
        ))
    }

    #[test]
    fn kinds_are_sorted_and_hooks_come_apart() {
        let files = [
            (
                "a",
                "kind: Deployment\nmetadata: {name: d}\n---\nkind: Service\nmetadata: {name: s}\n",
            ),
            (
                "b",
                "kind: Job\nmetadata: {name: h, annotations: {helm.sh/hook: 'pre-install, test'}}\n",
            ),
            (
                "c",
                "kind: Job\nmetadata: {name: u, annotations: {helm.sh/hook: nonsense}}\n",
            ),
            ("e", "kind: Zebra\n---\nkind: Namespace\n"),
        ];
        let (manifests, hooks) = sorted(&files).unwrap();
        assert_eq!(
            manifests,
            ["Namespace/", "Service/s", "Deployment/d", "Zebra/"]
        );
        assert_eq!(hooks, ["Job/h"]);
    }

    #[test]
    fn documents_have_to_look_like_kubernetes() {
        let prefix = "YAML parse error on a: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ";
        for (text, expected) in [
            ("- a\n", "array into Go value of type util.SimpleHead"),
            (
                "kind: [a]\n",
                "array into Go struct field .kind of type string",
            ),
            (
                "metadata: {annotations: {a: [1]}}\n",
                "array into Go struct field .metadata.annotations.a of type string",
            ),
        ] {
            assert_eq!(
                sorted(&[("a", text)]).unwrap_err(),
                format!("{prefix}{expected}")
            );
        }
        assert_eq!(
            sorted(&[("a", "a: [\n")]).unwrap_err(),
            "YAML parse error on a: error converting YAML to JSON: yaml: line 1: did not find expected node content"
        );
    }
}
