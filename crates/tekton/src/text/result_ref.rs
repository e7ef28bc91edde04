//! References to results: `tasks.<task>.results.<result>`, with `[i]`, `[*]` or `.key`
//! (`pkg/internal/resultref/resultref.go`).

use super::references::{first_index, trim_indexes};

/// A reference to a result of a task or step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResultRef {
    /// The pipeline task or step.
    pub source: String,
    /// The result's name.
    pub result: String,
    /// The index, if one item is asked for.
    pub index: Option<usize>,
    /// The key, if one entry is asked for.
    pub key: Option<String>,
}

/// Whether an expression has the form of a reference to a task's result.
pub(crate) fn looks_like_result_ref(expression: &str) -> bool {
    let parts: Vec<_> = expression.split('.').collect();
    parts.len() >= 4 && matches!(parts[0], "tasks" | "finally") && parts[2] == "results"
}

/// The references to task results among expressions; others are left out.
pub(crate) fn result_refs<'a>(expressions: impl IntoIterator<Item = &'a str>) -> Vec<ResultRef> {
    expressions
        .into_iter()
        .filter(|e| looks_like_result_ref(e))
        .filter_map(parse)
        .collect()
}

/// The references to step results among expressions.
pub(crate) fn step_result_refs<'a>(
    expressions: impl IntoIterator<Item = &'a str>,
) -> Vec<ResultRef> {
    expressions
        .into_iter()
        .filter(|expression| {
            let parts: Vec<_> = expression.split('.').collect();
            parts.len() >= 4 && parts[0] == "steps" && parts[2] == "results"
        })
        .filter_map(parse)
        .collect()
}

fn parse(expression: &str) -> Option<ResultRef> {
    let parts: Vec<_> = expression.split('.').collect();
    let source = parts[1].to_owned();
    match parts.len() {
        4 => Some(ResultRef {
            source,
            result: trim_indexes(parts[3]),
            index: first_index(parts[3]),
            key: None,
        }),
        5 => Some(ResultRef {
            source,
            result: parts[3].to_owned(),
            index: None,
            key: Some(parts[4].to_owned()),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_referred_to_whole_by_index_and_by_key() {
        let refs = result_refs([
            "tasks.t.results.r",
            "tasks.t.results.l[2]",
            "tasks.t.results.o.k",
            "params.x",
        ]);
        let seen: Vec<_> = refs
            .iter()
            .map(|r| (r.result.as_str(), r.index, r.key.as_deref()))
            .collect();
        assert_eq!(
            seen,
            [
                ("r", None, None),
                ("l", Some(2), None),
                ("o", None, Some("k"))
            ]
        );
        assert!(!looks_like_result_ref("tasks.t.status"));
        assert_eq!(
            step_result_refs(["steps.s.results.v", "tasks.s.results.v"]).len(),
            1
        );
    }
}
