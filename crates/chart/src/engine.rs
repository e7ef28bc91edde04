//! Parses and runs the templates of a release (`pkg/engine/engine.go`).

use std::sync::Arc;

use gotpl::{MissingKey, TemplateSet};

use crate::functions::{self, Environment};
use crate::objects::Templates;
use crate::{Error, Warning, invalid, trace};

/// What Go prints for a missing value, and Helm deletes wherever it stands.
const NO_VALUE: &[u8] = b"<no value>";

/// Renders all templates; the result is in the order of the paths.
///
/// # Errors
/// A template that does not parse or fails, in Helm's layout.
pub(crate) fn run(templates: &Templates) -> Result<Rendered, Error> {
    run_apart(templates, false).map(|(files, _)| files)
}

/// Renders all templates as `helm lint` does: `required` and `fail` only log.
///
/// # Errors
/// As [`run`].
pub(crate) fn run_to_lint(
    templates: &Templates,
    log: &mut Vec<Warning>,
) -> Result<Rendered, Error> {
    let (files, lines) = run_apart(templates, true)?;
    log.extend(lines);
    Ok(files)
}

/// Rendered files by path.
type Rendered = Vec<(String, Vec<u8>)>;

fn run_apart(templates: &Templates, lint: bool) -> Result<(Rendered, Vec<Warning>), Error> {
    let started = gotpl::run_with_stack(|| run_here(templates, lint));
    started.map_err(|error| {
        Error::other(format!("cannot start a thread for the templates: {error}"))
    })?
}

fn run_here(templates: &Templates, lint: bool) -> Result<(Rendered, Vec<Warning>), Error> {
    let templates = templates.in_order();
    // Every template of every chart is in one set: a later definition of a name replaces an earlier one.
    let mut set = TemplateSet::new("gotpl", functions::functions(), MissingKey::Zero);
    for (path, template) in &templates {
        let text = invalid::hide(&template.text);
        set.parse(path, &text)
            .map_err(|error| trace::parse_error(path, error))?;
    }
    let set = Arc::new(set);
    let environment = Environment::new(lint);
    let mut files = Vec::with_capacity(templates.len());
    for (path, template) in &templates {
        if path
            .rsplit('/')
            .next()
            .is_some_and(|base| base.starts_with('_'))
        {
            continue;
        }
        let text = set
            .execute(path, &template.dot(path), &environment)
            .map_err(|error| trace::exec_error(path, error))?;
        files.push((
            (*path).to_owned(),
            without_no_value(&invalid::show(text.as_bytes())),
        ));
    }
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok((files, environment.log.take()))
}

/// Deletes every `<no value>`.
fn without_no_value(text: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = find(rest, NO_VALUE) {
        kept.extend_from_slice(&rest[..at]);
        rest = &rest[at + NO_VALUE.len()..];
    }
    kept.extend_from_slice(rest);
    kept
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    while let Some(at) = text[from..].iter().position(|byte| *byte == first) {
        if text[from + at..].starts_with(wanted) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_is_deleted_everywhere() {
        assert_eq!(without_no_value(b"a<no value>b<<no value>c<no"), b"ab<c<no");
    }
}
