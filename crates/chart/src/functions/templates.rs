//! Helm's functions that know the templates: `include`, `tpl`, `required`, `fail`, `lookup` (`pkg/engine/engine.go`).

use gotpl::{Context, Error, Function, Text, TextError, Type, Value};

use super::args::{any, text};
use super::{Environment, Result};
use crate::Warning;

/// What Helm puts around the text of `required` and `fail`, to find it again in the error.
const FAIL_START: &str = "HELM_ERR_START";
/// The end of the same.
const FAIL_END: &str = "HELM_ERR_END";

/// How deep `include` may nest one name.
const MAX_INCLUDES: usize = 1000;

/// The name that `tpl` parses its text under.
pub(super) const TPL_NAME: &str = "gotpl";

/// What Go prints for no value, and Helm deletes.
const NO_VALUE: &str = "<no value>";

const S: Type = Type::String;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::fixed("include", &[S, Type::Any], include),
    Function::fixed("tpl", &[S, Type::Any], tpl),
    Function::fixed("required", &[S, Type::Any], required),
    Function::fixed("fail", &[S], fail),
    // Without a cluster there is nothing to find.
    Function::fixed("lookup", &[S, S, S, S], |_, _| {
        Ok(Value::map([] as [(&str, Value); 0]))
    }),
    // Helm asks the DNS only when told to.
    Function::fixed("getHostByName", &[S], |_, _| Ok("".into())),
];

fn include(context: &Context<'_>, args: &[Value]) -> Result {
    let environment = Environment::of(context)?;
    let name = text(args, 0);
    {
        let mut including = environment.including.borrow_mut();
        let depth = including.entry(name.clone()).or_default();
        if *depth > MAX_INCLUDES {
            return Err(Error::message(format!(
                "rendering template has a nested reference name: {name}: unable to execute template"
            )));
        }
        *depth += 1;
    }
    let result = context.execute(&name, any(args, 1));
    if let Some(depth) = environment.including.borrow_mut().get_mut(&name) {
        *depth -= 1;
    }
    result.map(Value::from)
}

fn tpl(context: &Context<'_>, args: &[Value]) -> Result {
    let template = text(args, 0);
    let quoted = || gotpl::quote::quote(template.as_bytes());
    // Most texts are none.
    if !template.as_bytes().windows(2).any(|pair| pair == b"{{") {
        return Ok(without_no_value(template.clone()).into());
    }
    match context.execute_text(TPL_NAME, &template, any(args, 1)) {
        Ok(text) => Ok(without_no_value(text).into()),
        Err(TextError::Parse(error)) => Err(Error::wrap(
            format!("cannot parse template {}: ", quoted()),
            error,
        )),
        Err(TextError::Run(error)) => Err(Error::wrap(
            format!("error during tpl function execution for {}: ", quoted()),
            error,
        )),
    }
}

/// Deletes what Go prints for no value, wherever it stands.
fn without_no_value(text: Text) -> Text {
    match text.as_str() {
        Some(plain) if plain.contains(NO_VALUE) => plain.replace(NO_VALUE, "").into(),
        _ => text,
    }
}

fn required(context: &Context<'_>, args: &[Value]) -> Result {
    let value = any(args, 1);
    // Helm has two words for it in its log.
    let logged = match value {
        Value::Nil | Value::Absent => "missing required value",
        Value::Str(text) if text.is_empty() => "missing required values",
        _ => return Ok(value.clone()),
    };
    failure(context, &text(args, 0), Warning::warn(logged))
}

fn fail(context: &Context<'_>, args: &[Value]) -> Result {
    failure(context, &text(args, 0), Warning::info("funcMap fail"))
}

/// Fails; `helm lint` only logs.
fn failure(context: &Context<'_>, message: &Text, logged: Warning) -> Result {
    let environment = Environment::of(context)?;
    if environment.lint {
        let line = logged.with("message", message.to_string());
        environment.log.borrow_mut().push(line);
        return Ok("".into());
    }
    Err(Error::message(format!("{FAIL_START}{message}{FAIL_END}")))
}
