//! Parses and runs the templates of a release (`pkg/engine/engine.go`).

use std::sync::Arc;

use gotpl::{MissingKey, Origins, Parsed, TemplateSet};
use memchr::memmem;

use crate::functions::Environment;
use crate::manifest::Sink;
use crate::objects::Templates;
use crate::{Error, RenderOptions, Warning, invalid, trace};

/// What Go prints for a missing value, and Helm deletes wherever it stands.
const NO_VALUE: &[u8] = b"<no value>";

/// What one template wrote.
#[derive(Debug, Clone, Default)]
pub struct Output {
    /// The template.
    pub path: String,
    /// Its text.
    pub text: Vec<u8>,
    /// The places that wrote each line of the text, if that was asked for.
    pub lines: Vec<Origins>,
}

/// Renders all templates; the result is in the order of the paths. `done` gets each file at once.
///
/// # Errors
/// A template that does not parse or fails, in Helm's layout.
pub(crate) fn run(
    templates: &Templates,
    options: &RenderOptions,
    done: Sink<'_>,
) -> Result<Vec<Output>, Error> {
    run_apart(templates, options, false, done)?.0
}

/// Renders all templates as `helm lint` does: `required` and `fail` only log.
///
/// # Errors
/// As [`run`].
pub(crate) fn run_to_lint(
    templates: &Templates,
    log: &mut Vec<Warning>,
) -> Result<Vec<Output>, Error> {
    let (outputs, lines) = run_apart(templates, &RenderOptions::default(), true, &|_, _| {})?;
    log.extend(lines);
    outputs
}

/// What templates wrote or why not, and what Helm would log until then.
type Logged = (Result<Vec<Output>, Error>, Vec<Warning>);

fn run_apart(
    templates: &Templates,
    options: &RenderOptions,
    lint: bool,
    done: Sink<'_>,
) -> Result<Logged, Error> {
    let started = gotpl::run_with_stack(|| {
        let environment = Environment::new(options.reproducible.as_ref(), lint);
        let outputs = run_here(templates, options, &environment, done);
        (outputs, environment.log.take())
    });
    started
        .map_err(|error| Error::other(format!("cannot start a thread for the templates: {error}")))
}

fn run_here(
    templates: &Templates,
    options: &RenderOptions,
    environment: &Environment,
    done: Sink<'_>,
) -> Result<Vec<Output>, Error> {
    let reproducible = options.reproducible.as_ref();
    let templates = templates.in_order();
    // Every template of every chart is in one set: a later definition of a name replaces an earlier one.
    let functions = options.profile.functions();
    let mut set = TemplateSet::new("gotpl", functions.clone(), MissingKey::Zero);
    for (path, template) in &templates {
        let text = invalid::hide(&template.text);
        let parsed = match &options.cache {
            Some(cache) => cache.parse(path, &text, &functions),
            None => Parsed::new(path, &text, &functions),
        };
        set.add_parsed(&parsed.map_err(|error| trace::parse_error(path, error))?);
    }
    let set = Arc::new(set);
    let mut files = Vec::with_capacity(templates.len());
    for (path, template) in &templates {
        if path
            .rsplit('/')
            .next()
            .is_some_and(|base| base.starts_with('_'))
        {
            continue;
        }
        environment.begin(path, reproducible);
        let dot = template.dot(path);
        let written = if options.trace {
            let traced = set.trace(path, &dot, environment);
            traced.map(|(text, trace)| (text, trace.lines))
        } else {
            let text = set.execute(path, &dot, environment);
            text.map(|text| (text, Vec::new()))
        };
        let (text, lines) = written.map_err(|error| trace::exec_error(path, error))?;
        let text = without_no_value(&invalid::show(text.as_bytes()));
        done(path, &text);
        files.push(Output {
            path: (*path).to_owned(),
            text,
            lines,
        });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Deletes every `<no value>`.
fn without_no_value(text: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(text.len());
    let mut from = 0;
    for at in memmem::find_iter(text, NO_VALUE) {
        kept.extend_from_slice(&text[from..at]);
        from = at + NO_VALUE.len();
    }
    kept.extend_from_slice(&text[from..]);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_is_deleted_everywhere() {
        assert_eq!(without_no_value(b"a<no value>b<<no value>c<no"), b"ab<c<no");
    }
}
