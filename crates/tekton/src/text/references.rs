//! Finds `$(prefix.name)` in texts.
//!
//! Each function states the regular expression of `pkg/substitution/substitution.go` or `resultref.go` that it does by
//! hand: these run over every text of a run, and hand-written they need no engine.

/// One reference such as `$(params.x)`, `$(params["x"])` or `$(params['x'][*])`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reference<'a> {
    /// The whole text from `$(` to `)`.
    pub whole: &'a str,
    /// What follows the prefix: `x`, `x.key`, `x[*]`.
    pub name: &'a str,
    /// Written with a dot and not in brackets.
    pub dotted: bool,
}

/// All references with a prefix such as `params`: `\$\(PREFIX(\.(.*?)|\["(.*?)"\]|\['(.*?)'\])\)`.
pub(crate) fn references<'a>(text: &'a str, prefix: &str) -> Vec<Reference<'a>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("$(") {
        let from = &rest[start..];
        if let Some(reference) = reference_at(from, prefix) {
            found.push(reference);
            rest = &from[reference.whole.len()..];
        } else {
            rest = &from[2..];
        }
    }
    found
}

fn reference_at<'a>(from: &'a str, prefix: &str) -> Option<Reference<'a>> {
    let tail = from[2..].strip_prefix(prefix)?;
    let (open, close) = match tail.get(..2)? {
        "[\"" => ("[\"", "\"])"),
        "['" => ("['", "'])"),
        other if other.starts_with('.') => (".", ")"),
        _ => return None,
    };
    let name_from = &tail[open.len()..];
    let line = name_from.lines().next().unwrap_or_default();
    let name = &line[..line.find(close)?];
    let length = 2 + prefix.len() + open.len() + name.len() + close.len();
    Some(Reference {
        whole: &from[..length],
        name,
        dotted: open == ".",
    })
}

/// All expressions in their plain form, without `$(` and `)`:
/// `\$\([_a-zA-Z0-9.-]+(\.[_a-zA-Z0-9.-]+)*(\[([0-9]+|\*)\])?\)`.
pub(crate) fn expressions(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("$(") {
        let from = &rest[start + 2..];
        rest = match expression_at(from) {
            Some(expression) => {
                found.push(expression);
                &from[expression.len() + 1..]
            }
            None => from,
        };
    }
    found
}

/// The one expression that a text consists of: `^...$` around the pattern of [`expressions`].
pub(crate) fn exact_expression(text: &str) -> Option<&str> {
    let expression = expression_at(text.strip_prefix("$(")?)?;
    (expression.len() + 3 == text.len()).then_some(expression)
}

fn expression_at(from: &str) -> Option<&str> {
    let name = from
        .find(|c: char| !(c.is_ascii_alphanumeric() || "_.-".contains(c)))
        .filter(|&end| end > 0)?;
    let index = if from[name..].starts_with('[') {
        index_length(&from[name..])?
    } else {
        0
    };
    from[name + index..]
        .starts_with(')')
        .then(|| &from[..name + index])
}

/// The length of `[12]` or `[*]` at the start of a text.
fn index_length(from: &str) -> Option<usize> {
    let inner = &from[1..from.find(']')?];
    let number = !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit());
    (number || inner == "*").then_some(inner.len() + 2)
}

/// Removes every `[i]` and `[*]` (`TrimArrayIndex`).
pub(crate) fn trim_indexes(name: &str) -> String {
    let mut trimmed = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(start) = rest.find('[') {
        trimmed.push_str(&rest[..start]);
        let from = &rest[start..];
        let body = from[1..].trim_start_matches(|c: char| c.is_ascii_digit());
        let body = body.strip_prefix('*').unwrap_or(body);
        if let Some(after) = body.strip_prefix(']') {
            rest = after;
        } else {
            trimmed.push('[');
            rest = &from[1..];
        }
    }
    trimmed + rest
}

/// The number in the first `[i]` of a text (`ExtractIndex`).
pub(crate) fn first_index(text: &str) -> Option<usize> {
    let mut rest = text;
    loop {
        let from = &rest[rest.find('[')? + 1..];
        let digits = from.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && from[digits..].starts_with(']') {
            return from[..digits].parse().ok();
        }
        rest = from;
    }
}

/// Every `$(params.x[i])` in a text, in whatever spelling (`ExtractArrayIndexingParamsExpressions`).
pub(crate) fn array_index_references(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("$(params") {
        let from = &rest[start..];
        let end = from.find(')').map_or(from.len(), |end| end + 1);
        let inner = &from[..end];
        let indexed = inner.strip_suffix("])").and_then(|body| {
            let open = body.rfind('[')?;
            let digits = &body[open + 1..];
            (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(())
        });
        if indexed.is_some() {
            found.push(inner);
            rest = &from[end..];
        } else {
            rest = &from[2..];
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        references(text, "params")
            .into_iter()
            .map(|reference| reference.name)
            .collect()
    }

    #[test]
    fn references_are_found_in_their_three_spellings() {
        assert_eq!(
            names("$(params.x) $(params['a.b']) $(params[\"q\"])"),
            ["x", "a.b", "q"]
        );
        assert_eq!(
            names("$(params.o.key) $(params.l[*]) $(params['l'][0])"),
            ["o.key", "l[*]"]
        );
        assert_eq!(names("$$(params.x)"), ["x"]);
    }

    #[test]
    fn lookalikes_are_no_references() {
        for text in [
            "$( params.x )",
            "${params.x}",
            "$(paramsx.p)",
            "$(params)",
            "$(params.x",
            "$()",
            "$(param.x)",
        ] {
            assert_eq!(names(text), Vec::<&str>::new(), "{text}");
        }
        assert_eq!(names("$(params.p )"), ["p "]);
        assert_eq!(names("$(params.a\n)"), Vec::<&str>::new());
    }

    #[test]
    fn expressions_have_names_dots_and_one_index() {
        assert_eq!(
            expressions("a $(tasks.t.results.r) $(x[*]) $(y[12]) $(z[a]) $(n o) $(date) $()"),
            ["tasks.t.results.r", "x[*]", "y[12]", "date"]
        );
        assert_eq!(exact_expression("$(params.l[*])"), Some("params.l[*]"));
        assert_eq!(exact_expression("x$(params.l[*])"), None);
        assert_eq!(exact_expression("$(params.l)$(params.l)"), None);
    }

    #[test]
    fn indexes_are_trimmed_and_read() {
        assert_eq!(trim_indexes("list[12]"), "list");
        assert_eq!(trim_indexes("list[*].x[a]"), "list.x[a]");
        assert_eq!(first_index("$(params['x'][3])"), Some(3));
        assert_eq!(first_index("$(params.x[*])"), None);
        assert_eq!(
            array_index_references("$(params.l[2]) $(params['l'][0]) $(params.l[*]) $(params.l)"),
            ["$(params.l[2])", "$(params['l'][0])"]
        );
    }
}
