//! Regular expressions: Go's syntax (RE2) on the `regex` crate.

mod syntax;

use std::borrow::Cow;
use std::sync::Arc;

use gotpl::{Context, Error, Function, INT, List, Text, Type, Value};
use regex::{Captures, Regex, RegexBuilder};

use super::args::{bytes, int, str, text};
use super::strings::check_size;
use super::{Environment, Result};

const SS: &[Type] = &[Type::String, Type::String];
const SSS: &[Type] = &[Type::String, Type::String, Type::String];
const SSI: &[Type] = &[Type::String, Type::String, INT];

/// How large a compiled expression may be.
const MAX_COMPILED_BYTES: usize = 10 << 20;

/// How deep the crate may nest; Go's own limit is checked before.
const MAX_NESTING: u32 = 4000;

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
fn compiled(context: &Context<'_>, args: &[Value]) -> Result<Arc<Compiled>> {
    let environment = Environment::of(context)?;
    let expression = text(args, 0);
    if let Some(compiled) = environment.regexes.borrow().get(&expression) {
        return Ok(Arc::clone(compiled));
    }
    let Some(source) = expression.as_str() else {
        return Err(Error::message(format!(
            "error parsing regexp: invalid UTF-8: `{expression}`"
        )));
    };
    let compiled = Arc::new(Compiled::new(source)?);
    environment
        .regexes
        .borrow_mut()
        .insert(expression, Arc::clone(&compiled));
    Ok(compiled)
}

/// Compiles an expression outside of a template; the error is Go's text.
pub(crate) fn go_regex(expression: &str) -> std::result::Result<Regex, String> {
    let compiled = Compiled::new(expression).map_err(|error| error.to_string())?;
    Ok(compiled.regex)
}

/// An expression that is ready to be used.
#[derive(Debug)]
pub(super) struct Compiled {
    regex: Regex,
    /// The names of the groups, of which two may be alike.
    names: Vec<Option<String>>,
}

impl Compiled {
    fn new(expression: &str) -> Result<Self> {
        let failed = |problem: String| Error::message(format!("error parsing regexp: {problem}"));
        let translated = syntax::translate(expression).map_err(failed)?;
        let regex = RegexBuilder::new(&translated.source)
            .size_limit(MAX_COMPILED_BYTES)
            .nest_limit(MAX_NESTING)
            .build();
        match regex {
            Ok(regex) => Ok(Self {
                regex,
                names: translated.names,
            }),
            Err(_) => Err(failed(format!("expression too large: `{expression}`"))),
        }
    }

    /// What Go finds one after the other: nothing is found inside a character.
    fn found<'t>(&'t self, text: &'t Searched<'_>) -> impl Iterator<Item = Captures<'t>> {
        let found = self.regex.captures_iter(&text.characters);
        found.filter(|found| {
            found
                .get(0)
                .is_none_or(|whole| text.characters.is_char_boundary(whole.start()))
        })
    }
}

/// A text to search. A byte that is no UTF-8 counts as one U+FFFD, as in Go.
struct Searched<'t> {
    original: &'t [u8],
    characters: Cow<'t, str>,
}

impl<'t> Searched<'t> {
    fn new(original: &'t [u8]) -> Self {
        let characters = match std::str::from_utf8(original) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(gotpl::decode_lossy(original)),
        };
        Self {
            original,
            characters,
        }
    }

    /// The bytes between two places of `characters`.
    fn part(&self, start: usize, end: usize) -> &'t [u8] {
        if let Cow::Borrowed(text) = &self.characters {
            return &text.as_bytes()[start..end];
        }
        let before = self.original_length(0, start);
        let length = self.original_length(start, end);
        self.original
            .get(before..before + length)
            .unwrap_or_default()
    }

    /// How many bytes of the original the characters between two places come from, where not all are UTF-8.
    fn original_length(&self, start: usize, end: usize) -> usize {
        let (mut at, mut length, mut from) = (0, 0, 0);
        let mut rest = self.original;
        for character in self.characters.chars() {
            let invalid = character == char::REPLACEMENT_CHARACTER
                && !rest.starts_with("\u{fffd}".as_bytes());
            let width = if invalid { 1 } else { character.len_utf8() };
            if at >= start && at < end {
                from += width;
            }
            at += character.len_utf8();
            length += width;
            rest = self.original.get(length..).unwrap_or_default();
        }
        from
    }
}

fn matches(context: &Context<'_>, args: &[Value]) -> Result {
    let compiled = compiled(context, args)?;
    let text = Searched::new(bytes(args, 1));
    Ok(compiled.regex.is_match(&text.characters).into())
}

fn find(context: &Context<'_>, args: &[Value]) -> Result {
    let compiled = compiled(context, args)?;
    let text = Searched::new(bytes(args, 1));
    let found = compiled.regex.find(&text.characters);
    Ok(found
        .map_or_else(Text::default, |found| {
            Text::from(text.part(found.start(), found.end()))
        })
        .into())
}

fn find_all(context: &Context<'_>, args: &[Value]) -> Result {
    let compiled = compiled(context, args)?;
    let text = Searched::new(bytes(args, 1));
    let limit = usize::try_from(int(args, 2)).unwrap_or(usize::MAX);
    let found = compiled.found(&text).take(limit).filter_map(|found| {
        let whole = found.get(0)?;
        Some(Text::from(text.part(whole.start(), whole.end())))
    });
    let found: Vec<Text> = found.collect();
    if found.is_empty() {
        return Ok(Value::List(Arc::new(List::nil(&Type::String))));
    }
    Ok(Value::strings(found))
}

fn replace(context: &Context<'_>, args: &[Value]) -> Result {
    let template = str(args, 2);
    replace_with(context, args, |compiled, text, found, output| {
        expand(compiled, text, &template, found, output);
    })
}

fn replace_literal(context: &Context<'_>, args: &[Value]) -> Result {
    replace_with(context, args, |_, _, _, output| {
        output.extend_from_slice(bytes(args, 2));
    })
}

fn replace_with(
    context: &Context<'_>,
    args: &[Value],
    put: impl Fn(&Compiled, &Searched<'_>, &Captures<'_>, &mut Vec<u8>),
) -> Result {
    let compiled = compiled(context, args)?;
    let text = Searched::new(bytes(args, 1));
    let mut output = Vec::new();
    let mut end = 0;
    for found in compiled.found(&text) {
        let Some(whole) = found.get(0) else { continue };
        output.extend_from_slice(text.part(end, whole.start()));
        put(&compiled, &text, &found, &mut output);
        end = whole.end();
        check_size("regexReplaceAll", Some(output.len()))?;
    }
    output.extend_from_slice(text.part(end, text.characters.len()));
    Ok(Text::from_bytes(output).into())
}

/// Puts the groups in for `$1`, `${name}`; a dollar that names nothing stays.
fn expand(
    compiled: &Compiled,
    text: &Searched<'_>,
    template: &str,
    found: &Captures<'_>,
    output: &mut Vec<u8>,
) {
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('$') {
        output.extend_from_slice(before.as_bytes());
        if let Some(after) = after.strip_prefix('$') {
            output.push(b'$');
            rest = after;
            continue;
        }
        let Some((name, after)) = reference(after) else {
            output.push(b'$');
            rest = after;
            continue;
        };
        rest = after;
        let numbered = name.bytes().all(|byte| byte.is_ascii_digit())
            && !(name.len() > 1 && name.starts_with('0'));
        let group = if numbered {
            name.parse().ok().and_then(|index: usize| found.get(index))
        } else {
            let named = compiled.names.iter().enumerate();
            named
                .filter(|(_, known)| known.as_deref() == Some(name))
                .find_map(|(index, _)| found.get(index))
        };
        if let Some(group) = group {
            output.extend_from_slice(text.part(group.start(), group.end()));
        }
    }
    output.extend_from_slice(rest.as_bytes());
}

/// The name after a dollar and what follows it.
fn reference(text: &str) -> Option<(&str, &str)> {
    let (inner, braces) = match text.strip_prefix('{') {
        Some(inner) => (inner, true),
        None => (text, false),
    };
    let end = inner
        .find(|character: char| !(character.is_alphanumeric() || character == '_'))
        .unwrap_or(inner.len());
    let (name, after) = inner.split_at(end);
    if name.is_empty() {
        return None;
    }
    if braces {
        return after.strip_prefix('}').map(|after| (name, after));
    }
    Some((name, after))
}

/// `Regexp.Split`.
fn split(context: &Context<'_>, args: &[Value]) -> Result {
    let compiled = compiled(context, args)?;
    let count = int(args, 2);
    let text = Searched::new(bytes(args, 1));
    if count == 0 {
        return Ok(Value::List(Arc::new(List::nil(&Type::String))));
    }
    let length = text.characters.len();
    if !bytes(args, 0).is_empty() && length == 0 {
        return Ok(Value::strings([""]));
    }
    let limit = usize::try_from(count).unwrap_or(usize::MAX);
    let mut parts: Vec<Text> = Vec::new();
    let (mut start, mut end) = (0, 0);
    for found in compiled.found(&text).take(limit) {
        let Some(whole) = found.get(0) else { continue };
        if parts.len() + 1 == limit {
            break;
        }
        end = whole.start();
        if whole.end() != 0 {
            parts.push(Text::from(text.part(start, end)));
        }
        start = whole.end();
    }
    if end != length {
        parts.push(Text::from(text.part(start, length)));
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
