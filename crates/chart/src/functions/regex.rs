//! Regular expressions: Go's syntax (RE2) on the `regex` crate.

mod syntax;

use gotpl::{Context, Error, Function, INT, Text, Type, Value};
use regex::bytes::{NoExpand, Regex, RegexBuilder};

use super::args::{bytes, int, str, text};
use super::{Environment, Result};

const SS: &[Type] = &[Type::String, Type::String];
const SSS: &[Type] = &[Type::String, Type::String, Type::String];
const SSI: &[Type] = &[Type::String, Type::String, INT];

/// How large a compiled expression may be.
const MAX_COMPILED_BYTES: usize = 10 << 20;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::fixed("regexMatch", SS, |context, args| {
        Ok(matches(context, args).unwrap_or_else(|_| false.into()))
    }),
    Function::fixed("mustRegexMatch", SS, matches),
    Function::fixed("regexFind", SS, |context, args| {
        or_panic(args, find(context, args))
    }),
    Function::fixed("mustRegexFind", SS, find),
    Function::fixed("regexFindAll", SSI, |context, args| {
        or_panic(args, find_all(context, args))
    }),
    Function::fixed("mustRegexFindAll", SSI, find_all),
    Function::fixed("regexReplaceAll", SSS, |context, args| {
        or_panic(args, replace(context, args))
    }),
    Function::fixed("mustRegexReplaceAll", SSS, replace),
    Function::fixed("regexReplaceAllLiteral", SSS, |context, args| {
        or_panic(args, replace_literal(context, args))
    }),
    Function::fixed("mustRegexReplaceAllLiteral", SSS, replace_literal),
    Function::fixed("regexSplit", SSI, |context, args| {
        or_panic(args, split(context, args))
    }),
    Function::fixed("mustRegexSplit", SSI, split),
    Function::fixed("regexQuoteMeta", &[Type::String], |_, args| {
        Ok(quote_meta(args))
    }),
];

/// `regexp.MustCompile` panics with the expression in front.
fn or_panic(args: &[Value], result: Result) -> Result {
    result.map_err(|error| {
        let expression = str(args, 0);
        let shown = if expression.contains('`') {
            gotpl::quote::quote(expression.as_bytes())
        } else {
            format!("`{expression}`")
        };
        Error::message(format!("regexp: Compile({shown}): {error}"))
    })
}

/// The compiled expression of the first argument.
fn compiled(context: &Context<'_>, args: &[Value]) -> Result<Regex> {
    let environment = Environment::of(context)?;
    let expression = text(args, 0);
    if let Some(regex) = environment.regexes.borrow().get(&expression) {
        return Ok(regex.clone());
    }
    let Some(source) = expression.as_str() else {
        return Err(Error::message(format!(
            "error parsing regexp: invalid UTF-8: `{expression}`"
        )));
    };
    let regex = compile(source)?;
    environment
        .regexes
        .borrow_mut()
        .insert(expression, regex.clone());
    Ok(regex)
}

fn compile(expression: &str) -> Result<Regex> {
    let translated = syntax::translate(expression)
        .map_err(|problem| Error::message(format!("error parsing regexp: {problem}")))?;
    RegexBuilder::new(&translated)
        .octal(true)
        .size_limit(MAX_COMPILED_BYTES)
        .build()
        .map_err(|error| Error::message(format!("error parsing regexp: {}", last_line(&error))))
}

/// Compiles an expression outside of a template; the error is Go's text.
pub(crate) fn go_regex(expression: &str) -> std::result::Result<Regex, String> {
    compile(expression).map_err(|error| error.to_string())
}

/// The crate draws the expression over several lines; the last one says what is wrong.
fn last_line(error: &regex::Error) -> String {
    let text = error.to_string();
    text.lines()
        .last()
        .unwrap_or_default()
        .trim_start_matches("error: ")
        .to_owned()
}

fn matches(context: &Context<'_>, args: &[Value]) -> Result {
    Ok(compiled(context, args)?.is_match(bytes(args, 1)).into())
}

fn find(context: &Context<'_>, args: &[Value]) -> Result {
    let found = compiled(context, args)?;
    let found = found.find(bytes(args, 1));
    Ok(found
        .map_or_else(Text::default, |found| Text::from(found.as_bytes()))
        .into())
}

fn find_all(context: &Context<'_>, args: &[Value]) -> Result {
    let regex = compiled(context, args)?;
    let limit = usize::try_from(int(args, 2)).unwrap_or(usize::MAX);
    let found = regex.find_iter(bytes(args, 1)).take(limit);
    Ok(Value::strings(
        found.map(|found| Text::from(found.as_bytes())),
    ))
}

fn replace(context: &Context<'_>, args: &[Value]) -> Result {
    let regex = compiled(context, args)?;
    let replaced = regex.replace_all(bytes(args, 1), bytes(args, 2));
    Ok(Text::from_bytes(replaced.into_owned()).into())
}

fn replace_literal(context: &Context<'_>, args: &[Value]) -> Result {
    let regex = compiled(context, args)?;
    let replaced = regex.replace_all(bytes(args, 1), NoExpand(bytes(args, 2)));
    Ok(Text::from_bytes(replaced.into_owned()).into())
}

/// `Regexp.Split`.
fn split(context: &Context<'_>, args: &[Value]) -> Result {
    let regex = compiled(context, args)?;
    let (text, count) = (bytes(args, 1), int(args, 2));
    if count == 0 {
        return Ok(Value::strings(Vec::<Text>::new()));
    }
    if !bytes(args, 0).is_empty() && text.is_empty() {
        return Ok(Value::strings([""]));
    }
    let limit = usize::try_from(count).unwrap_or(usize::MAX);
    let mut parts: Vec<Text> = Vec::new();
    let (mut start, mut end) = (0, 0);
    for found in regex.find_iter(text).take(limit) {
        if parts.len() + 1 == limit {
            break;
        }
        end = found.start();
        if found.end() != 0 {
            parts.push(Text::from(&text[start..end]));
        }
        start = found.end();
    }
    if end != text.len() {
        parts.push(Text::from(&text[start..]));
    }
    Ok(Value::strings(parts))
}

fn quote_meta(args: &[Value]) -> Value {
    let mut quoted = Vec::new();
    for byte in bytes(args, 0) {
        if br"\.+*?()|[]{}^$".contains(byte) {
            quoted.push(b'\\');
        }
        quoted.push(*byte);
    }
    Text::from_bytes(quoted).into()
}
