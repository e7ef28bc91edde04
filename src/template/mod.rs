//! Handlebars for files that end in `.hbs`: strict, without HTML escaping, with helpers that write YAML and JSON safely.

use handlebars::{
    Context, Handlebars, Helper, HelperResult, Output, RenderContext, RenderErrorReason,
    ScopedJson, no_escape,
};
use serde::Serialize;
use serde_json::Value;

/// A template that cannot be rendered.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {message}")]
pub struct TemplateError {
    /// What the template is called.
    pub name: String,
    /// Line, column and what is wrong.
    pub message: String,
}

/// Renders templates. A name that no value has is an error, never an empty text.
#[derive(Debug)]
pub struct Templates(Handlebars<'static>);

impl Default for Templates {
    fn default() -> Self {
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        registry.register_escape_fn(no_escape);
        registry.register_helper("quote", Box::new(quote));
        registry.register_helper("json", Box::new(json));
        registry.register_helper("lines", Box::new(Lines));
        Self(registry)
    }
}

impl Templates {
    /// Renders `text` with `values`; `name` is what errors call it.
    ///
    /// # Errors
    /// Bad syntax, or a name that `values` does not have.
    pub fn render<T: Serialize>(
        &self,
        name: &str,
        text: &str,
        values: &T,
    ) -> Result<String, TemplateError> {
        self.0.render_template(text, values).map_err(|error| {
            let (place, what) = match error.reason() {
                RenderErrorReason::TemplateError(inner) => {
                    let what = inner.reason().to_string();
                    let what = what.lines().next().unwrap_or_default();
                    // What else could have stood there is a list of the parser's own words.
                    let what = what.split(": expected").next().unwrap_or_default();
                    (inner.pos(), what.to_owned())
                }
                RenderErrorReason::MissingVariable(Some(name)) => {
                    let place = error.line_no.zip(error.column_no);
                    (place, format!("no value is called {name}"))
                }
                reason => (error.line_no.zip(error.column_no), reason.to_string()),
            };
            let place = place.map_or(String::new(), |(line, column)| format!("{line}:{column}: "));
            TemplateError {
                name: name.to_owned(),
                message: format!("{place}{what}"),
            }
        })
    }
}

fn parameter<'a>(
    helper: &'a Helper<'_>,
    name: &'static str,
) -> Result<&'a Value, RenderErrorReason> {
    helper
        .param(0)
        .map(handlebars::PathAndJson::value)
        .ok_or(RenderErrorReason::ParamNotFoundForIndex(name, 0))
}

/// A value as a quoted text, in the form that YAML and JSON share.
fn quote(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let value = parameter(helper, "quote")?;
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    out.write(&Value::String(text).to_string())?;
    Ok(())
}

/// A value as JSON on one line, which is YAML too.
fn json(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    out.write(&parameter(helper, "json")?.to_string())?;
    Ok(())
}

/// The lines of a text as a list, for `#each`; an empty text has none.
struct Lines;

impl handlebars::HelperDef for Lines {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, handlebars::RenderError> {
        let lines: Vec<Value> = parameter(helper, "lines")?
            .as_str()
            .unwrap_or_default()
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(Value::from)
            .collect();
        Ok(ScopedJson::Derived(Value::Array(lines)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Templates;

    #[test]
    fn values_are_written_as_they_are_and_quoted_on_request() {
        let templates = Templates::default();
        let values = json!({"name": "a\"b <c>", "list": ["x", "y z"], "text": "one\n\ntwo\n", "port": 80, "empty": ""});
        let render = |text: &str| templates.render("t", text, &values).unwrap();
        assert_eq!(render("{{name}}"), "a\"b <c>");
        assert_eq!(
            render("{{quote name}} {{quote port}}"),
            "\"a\\\"b <c>\" \"80\""
        );
        assert_eq!(render("{{json list}}"), "[\"x\",\"y z\"]");
        assert_eq!(
            render("{{#each (lines text)}}-{{this}};{{/each}}"),
            "-one;-two;"
        );
        assert_eq!(
            render("{{#if empty}}a{{else}}b{{/if}}{{#each (lines empty)}}x{{/each}}"),
            "b"
        );
        assert_eq!(render("\\{{ revision }} {{port}}"), "{{ revision }} 80");
    }

    #[test]
    fn a_missing_name_and_bad_syntax_are_errors_with_the_place() {
        let templates = Templates::default();
        let error = templates
            .render("Dockerfile.hbs", "a\n{{nmae}}", &json!({"name": 1}))
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("Dockerfile.hbs: 2:") && error.contains("nmae"),
            "{error}"
        );
        assert!(templates.render("t", "{{#if a}}", &json!({})).is_err());
    }
}
