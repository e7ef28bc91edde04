//! Whether a `PipelineRun` wants an event: `on-event` and `on-target-branch`, both needed, and the files that changed
//! (source: openshift-pipelines/pipelines-as-code `pkg/matcher/annotation_matcher.go`).

use serde_json::Value;

use super::glob::covers;
use super::{Event, PipelineError};

const PREFIX: &str = "pipelinesascode.tekton.dev/";

/// Annotations that decide about a match and that this version does not have. To pass them over would run the wrong thing.
const NOT_THERE_YET: &[&str] = &[
    "on-cel-expression",
    "on-label",
    "on-comment",
    "task",
    "pipeline",
];

/// The annotation that names the files of which one has to change.
pub(super) const PATHS: &str = "on-path-change";

/// The annotation that names the files of which none may change.
const IGNORED_PATHS: &str = "on-path-change-ignore";

/// Whether `run`, read from `path`, is to run for `event`, in which the files `changed` are others than before.
pub(super) fn wants(
    run: &Value,
    path: &str,
    event: &Event,
    changed: &[String],
) -> Result<bool, PipelineError> {
    let annotations = &run["metadata"]["annotations"];
    if let Some(feature) = NOT_THERE_YET
        .iter()
        .find(|name| annotations.get(format!("{PREFIX}{name}")).is_some())
    {
        return Err(PipelineError::NotThereYet {
            path: path.to_owned(),
            feature: format!("{PREFIX}{feature}"),
        });
    }
    let list = |name: &str| -> Result<Vec<String>, PipelineError> {
        match annotations
            .get(format!("{PREFIX}{name}"))
            .and_then(Value::as_str)
        {
            None => Ok(Vec::new()),
            Some(text) => read_list(text).map_err(|why| PipelineError::BadAnnotation {
                path: path.to_owned(),
                annotation: format!("{PREFIX}{name}"),
                value: text.to_owned(),
                why,
            }),
        }
    };
    let events = list("on-event")?;
    let branches = list("on-target-branch")?;
    let target = event.target_reference();
    if !events.iter().any(|name| name == event.name())
        || !branches.iter().any(|pattern| matches(pattern, &target))
    {
        return Ok(false);
    }
    let is_given = |name: &str| annotations.get(format!("{PREFIX}{name}")).is_some();
    let touches = |patterns: &[String]| {
        let covered = |file: &String| patterns.iter().any(|pattern| covers(pattern, file));
        changed.iter().any(covered)
    };
    let (paths, ignored) = (list(PATHS)?, list(IGNORED_PATHS)?);
    Ok((!is_given(PATHS) || touches(&paths)) && !touches(&ignored))
}

/// The files that the runs in a text under `.tekton/` ask about with `on-path-change`, as globs; none where it cannot be read.
pub fn watched_paths(text: &str) -> Vec<String> {
    let documents = tekton::read_documents(text).unwrap_or_default();
    let lists = documents.iter().filter_map(|document| {
        let annotations = &document.value["metadata"]["annotations"];
        let list = annotations.get(format!("{PREFIX}{PATHS}"))?.as_str()?;
        read_list(list).ok()
    });
    lists.flatten().collect()
}

/// `a`, or `[a, b]`; `&#44;` is a comma within a name.
fn read_list(text: &str) -> Result<Vec<String>, String> {
    let text = text.trim();
    let inner = match (text.strip_prefix('['), text.ends_with(']')) {
        (Some(rest), true) => &rest[..rest.len() - 1],
        (None, false) => text,
        _ => return Err("a list needs both brackets".to_owned()),
    };
    let items: Vec<String> = inner
        .split(',')
        .map(|item| item.trim().replace("&#44;", ","))
        .filter(|item| !item.is_empty())
        .collect();
    if items.is_empty() {
        Err("it is empty".to_owned())
    } else {
        Ok(items)
    }
}

/// Whether a glob covers a full reference. A bare name means a branch; `*` goes over slashes, as in Pipelines-as-Code.
fn matches(pattern: &str, reference: &str) -> bool {
    let full = if pattern.starts_with("refs/") {
        pattern.to_owned()
    } else {
        format!("refs/heads/{pattern}")
    };
    covers(&full, reference)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{matches, read_list, wants, watched_paths};
    use crate::pipeline::{Event, EventKind};

    #[test]
    fn the_files_that_changed_decide_where_they_are_named() {
        let event = Event {
            kind: EventKind::Push {
                reference: "refs/heads/main".to_owned(),
            },
            owner: "acme".to_owned(),
            repository: "shop".to_owned(),
            url: String::new(),
            revision: "abc".to_owned(),
            title: String::new(),
            sender: "ada".to_owned(),
        };
        let wanted = |paths: Option<&str>, ignored: Option<&str>, changed: &[&str]| {
            let mut run = json!({"metadata": {"annotations": {
                "pipelinesascode.tekton.dev/on-event": "[push]",
                "pipelinesascode.tekton.dev/on-target-branch": "[main]",
            }}});
            for (name, value) in [
                ("on-path-change", paths),
                ("on-path-change-ignore", ignored),
            ] {
                if let Some(value) = value {
                    run["metadata"]["annotations"][format!("pipelinesascode.tekton.dev/{name}")] =
                        json!(value);
                }
            }
            let changed: Vec<String> = changed.iter().map(ToString::to_string).collect();
            wants(&run, "x.yaml", &event, &changed)
        };
        let cart = Some("[services/cart/**, .tekton/cart/**]");
        assert!(wanted(cart, None, &["README.md", "services/cart/a"]).unwrap());
        assert!(wanted(cart, None, &[".tekton/cart/release.yaml"]).unwrap());
        assert!(!wanted(cart, None, &["services/web/a"]).unwrap());
        // Nothing changes when a branch is pushed that another one has already.
        assert!(!wanted(cart, None, &[]).unwrap());
        assert!(wanted(None, Some("docs/**"), &["a"]).unwrap());
        assert!(wanted(None, Some("docs/**"), &[]).unwrap());
        // One is enough, as in Pipelines-as-Code.
        assert!(!wanted(None, Some("docs/**"), &["a", "docs/b"]).unwrap());
        assert!(!wanted(Some("docs/**"), Some("docs/own/**"), &["docs/own/b"]).unwrap());
        assert!(wanted(Some("[]"), None, &["a"]).is_err());
    }

    #[test]
    fn lists_are_read_as_they_are_written() {
        assert_eq!(
            read_list("[push, pull_request]").unwrap(),
            ["push", "pull_request"]
        );
        assert_eq!(read_list("push").unwrap(), ["push"]);
        assert_eq!(read_list("[a&#44;b]").unwrap(), ["a,b"]);
        assert!(read_list("[push").is_err() && read_list("[]").is_err());
    }

    #[test]
    fn the_paths_that_a_release_watches_are_read() {
        let text = "kind: PipelineRun\nmetadata:\n  annotations:\n    pipelinesascode.tekton.dev/on-path-change: \"[a/**, lib/*]\"\n---\nkind: Task\n";
        assert_eq!(watched_paths(text), ["a/**", "lib/*"]);
        assert!(watched_paths("a: [").is_empty());
    }

    #[test]
    fn globs_cover_full_references() {
        for (pattern, reference, covered) in [
            ("main", "refs/heads/main", true),
            ("main", "refs/tags/main", false),
            ("main", "refs/heads/main2", false),
            ("release-*", "refs/heads/release-1", true),
            ("refs/tags/v*", "refs/tags/v1.0.0", true),
            ("refs/heads/*", "refs/heads/feature/a", true),
            ("m.in", "refs/heads/main", false),
        ] {
            assert_eq!(
                matches(pattern, reference),
                covered,
                "{pattern} {reference}"
            );
        }
    }
}
