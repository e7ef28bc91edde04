//! Whether a `PipelineRun` wants an event: `on-event` and `on-target-branch`, both needed
//! (source: openshift-pipelines/pipelines-as-code `pkg/matcher/annotation_matcher.go`).

use regex::Regex;
use serde_json::Value;

use super::{Event, PipelineError};

const PREFIX: &str = "pipelinesascode.tekton.dev/";

/// Annotations that decide about a match and that this version does not have. To pass them over would run the wrong thing.
const NOT_THERE_YET: &[&str] = &[
    "on-cel-expression",
    "on-path-change",
    "on-path-change-ignore",
    "on-label",
    "on-comment",
    "task",
    "pipeline",
];

/// Whether `run`, read from `path`, is to run for `event`.
pub(super) fn wants(run: &Value, path: &str, event: &Event) -> Result<bool, PipelineError> {
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
    Ok(events.iter().any(|name| name == event.name())
        && branches.iter().any(|pattern| matches(pattern, &target)))
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
    if full == reference {
        return true;
    }
    let mut expression = String::from("^");
    for character in full.chars() {
        match character {
            '*' => expression.push_str(".*"),
            '?' => expression.push('.'),
            other => expression.push_str(&regex::escape(&other.to_string())),
        }
    }
    expression.push('$');
    Regex::new(&expression).is_ok_and(|glob| glob.is_match(reference))
}

#[cfg(test)]
mod tests {
    use super::{matches, read_list};

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
