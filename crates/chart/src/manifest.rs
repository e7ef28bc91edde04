//! Rendered text to Kubernetes documents and hooks (`pkg/release/v1/util`).

use std::fmt::Write as _;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use goyaml::Value;

use crate::decode::{self, Decoded};
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

/// Splits and sorts rendered files, which come in the order of their paths (`SortManifests`).
///
/// # Errors
/// A document that is no YAML or no mapping with the usual head.
pub(crate) fn sort(
    outputs: &[Output],
    profile: Profile,
    log: &mut Vec<Warning>,
) -> Result<Sorted, Error> {
    let mut documents = Vec::new();
    for Output { path, text, .. } in outputs {
        let base = path.rsplit('/').next().unwrap_or(path);
        if base.starts_with('_') {
            continue;
        }
        let (mut counted, mut line) = (0, 0);
        for document in split(text) {
            let start = document.as_ptr() as usize - text.as_ptr() as usize;
            line += newlines(&text[counted..start]);
            counted = start;
            documents.push((path, line, document));
        }
    }
    let mut sorted = Sorted::default();
    let heads = heads(&documents);
    for ((path, line, document), head) in documents.into_iter().zip(heads) {
        let head = head.map_err(|cause| Error::Manifest {
            path: path.clone(),
            cause,
            rendered: everything(outputs),
        })?;
        add((path, line), document, head, &mut sorted, log);
    }
    sorted
        .manifests
        .sort_by(|a, b| kind_order::compare(profile, &a.kind, &b.kind));
    sorted
        .hooks
        .sort_by(|a, b| kind_order::compare(profile, &a.manifest.kind, &b.manifest.kind));
    Ok(sorted)
}

fn newlines(text: &[u8]) -> usize {
    text.split(|byte| *byte == b'\n').skip(1).count()
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

/// From how many bytes on the documents are read on all cores: below, a thread costs more than it saves.
const MANY_BYTES: usize = 64 << 10;

/// The heads of documents, in their order. Most of the time that a large chart takes goes into reading its documents.
fn heads(documents: &[(&String, usize, &[u8])]) -> Vec<Decoded<Head>> {
    let bytes: usize = documents.iter().map(|(.., document)| document.len()).sum();
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let workers = if bytes < MANY_BYTES {
        1
    } else {
        cores.min(documents.len())
    };
    if workers == 1 {
        return documents
            .iter()
            .map(|(.., document)| Head::read(document))
            .collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut read = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some((.., document)) = documents.get(index) else {
                return read;
            };
            read.push((index, Head::read(document)));
        }
    };
    let mut read = thread::scope(|scope| {
        let helpers: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let mut read = work();
        for helper in helpers {
            read.extend(helper.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        read
    });
    read.sort_by_key(|(index, _)| *index);
    read.into_iter().map(|(_, head)| head).collect()
}

fn add(
    (path, line): (&str, usize),
    document: &[u8],
    head: Head,
    sorted: &mut Sorted,
    log: &mut Vec<Warning>,
) {
    let annotation = head
        .annotations
        .iter()
        .find(|(key, _)| key == "helm.sh/hook")
        .map(|(_, value)| value.clone());
    let weight = head
        .annotations
        .iter()
        .find(|(key, _)| key == "helm.sh/hook-weight");
    let weight = weight
        .and_then(|(_, weight)| weight.parse().ok())
        .unwrap_or(0);
    let manifest = Manifest {
        path: path.to_owned(),
        api_version: head.api_version,
        kind: head.kind,
        name: head.name,
        // The YAML reader took it, so it is UTF-8.
        content: String::from_utf8_lossy(document).into_owned(),
        line,
    };
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

/// The documents of a text: lines that *begin* with `---` separate, blank documents do not count (`SplitManifests`).
pub(crate) fn split(text: &[u8]) -> Vec<&[u8]> {
    let text = trim_start(text);
    let mut documents = Vec::new();
    let mut start = 0;
    let mut line = 0;
    loop {
        if text[line..].starts_with(b"---") {
            documents.push(&text[start..line]);
            let blanks = text[line + 3..]
                .iter()
                .take_while(|byte| matches!(byte, b' ' | b'\t'))
                .count();
            start = line + 3 + blanks;
        }
        match text[line..].iter().position(|byte| *byte == b'\n') {
            Some(end) => line += end + 1,
            None => break,
        }
    }
    documents.push(&text[start..]);
    documents
        .into_iter()
        .map(trim_start)
        .filter(|document| !document.is_empty())
        .collect()
}

/// The documents of a text, as Helm splits its own output for `--show-only`.
pub fn split_documents(text: &str) -> Vec<&str> {
    // The text is cut in front of ASCII characters and behind white space, so the parts are UTF-8 too.
    split(text.as_bytes())
        .into_iter()
        .filter_map(|document| std::str::from_utf8(document).ok())
        .collect()
}

/// Go's `TrimLeftFunc(unicode.IsSpace)`.
fn trim_start(text: &[u8]) -> &[u8] {
    let valid = text.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let blank = valid.len() - valid.trim_start().len();
    &text[blank..]
}

/// What every document has to say about itself.
#[derive(Debug, Default)]
struct Head {
    api_version: String,
    kind: String,
    name: String,
    annotations: Vec<(String, String)>,
}

/// Go's text for the type of `metadata`.
const METADATA_TYPE: &str = r#"struct { Name string "json:\"name\""; Annotations map[string]string "json:\"annotations\"" }"#;

impl Head {
    fn read(document: &[u8]) -> Decoded<Self> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        split(text.as_bytes())
            .into_iter()
            .map(|document| std::str::from_utf8(document).unwrap())
            .collect()
    }

    #[test]
    fn documents_are_split_at_line_starts() {
        assert_eq!(
            texts("\n---\na: 1\n---  \n\n--- b: 2\n"),
            ["a: 1\n", "b: 2\n"]
        );
        assert_eq!(texts("a: ---\n"), ["a: ---\n"]);
        assert_eq!(texts("a: 1\n---"), ["a: 1\n"]);
        assert_eq!(texts(" \n"), Vec::<&str>::new());
        assert_eq!(texts("---- a"), ["- a"]);
    }

    fn sorted(files: &[(&str, &str)]) -> Result<(Vec<String>, Vec<String>), String> {
        let files: Vec<_> = files
            .iter()
            .map(|(path, text)| Output {
                path: (*path).to_owned(),
                text: text.as_bytes().to_vec(),
                lines: Vec::new(),
            })
            .collect();
        let sorted =
            sort(&files, Profile::Helm43, &mut Vec::new()).map_err(|error| error.to_string())?;
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
            ("_d", "kind: ["),
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
