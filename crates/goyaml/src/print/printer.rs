//! The printer's state: indentation, column, what stands around the next node.

use std::borrow::Cow;

use super::scalar::{Analysis, ScalarForm};
use crate::keys::{KeyOrder, sort_by_key};
use crate::limits::{MAX_PRINTED_SIMPLE_KEY_BYTES, MAX_SIMPLE_KEY_CHARS};
use crate::resolve::{Resolved, is_base60_float, resolve};
use crate::{Error, json, number};

/// Which of Go's two printers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// go-yaml v2 behind sigs.k8s.io/yaml (`toYaml`): folds at column 80, lists in mappings are not indented.
    V2,
    /// go-yaml v3 with an indentation of 2 (`toYamlPretty`): never folds, lists are indented.
    V3,
}

/// An open collection and the indentation outside it.
#[derive(Debug, Clone, Copy)]
enum Frame {
    List(isize),
    Map(isize),
    /// `[]` or `{}`, already written.
    Empty,
}

/// Writes one YAML document, called in the order of the text.
///
/// A collection is `begin_list(n)`, `n` values, `end_list()`; or `begin_map(n)`, `n` times `key` and a value,
/// `end_map()`. Keys are written in the order given: [`Printer::sort_by_key`] knows Go's.
#[derive(Debug)]
pub struct Printer {
    pub(super) out: String,
    pub(super) style: Style,
    pub(super) column: usize,
    pub(super) indent: isize,
    /// The last character was white space.
    pub(super) whitespace: bool,
    /// Only indentation and indicators stand on this line.
    pub(super) indention: bool,
    frames: Vec<Frame>,
}

const INDENT: isize = 2;

impl Printer {
    /// A printer at the start of a document.
    pub fn new(style: Style) -> Self {
        Self {
            out: String::new(),
            style,
            column: 0,
            indent: -1,
            whitespace: true,
            indention: true,
            frames: Vec::new(),
        }
    }

    /// Ends the document and gives its text.
    pub fn finish(mut self) -> String {
        self.write_indent();
        self.out
    }

    /// Sorts pairs by their keys as Go prints them.
    pub fn sort_by_key<T>(&self, pairs: &mut Vec<T>, key: impl Fn(&T) -> &str + Copy) {
        let order = match self.style {
            Style::V2 => KeyOrder::V2,
            Style::V3 => KeyOrder::V3,
        };
        sort_by_key(pairs, order, key);
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.plain("null");
    }

    /// Writes a boolean.
    pub fn bool(&mut self, value: bool) {
        self.plain(if value { "true" } else { "false" });
    }

    /// Writes an integer.
    pub fn int(&mut self, value: i64) {
        self.plain(&value.to_string());
    }

    /// Writes an unsigned integer.
    pub fn uint(&mut self, value: u64) {
        self.plain(&value.to_string());
    }

    /// Writes a float; in `toYaml` a whole one looks like an integer, because it went through JSON.
    ///
    /// # Errors
    /// A number that JSON does not have, in style `V2`.
    pub fn float(&mut self, value: f64) -> Result<(), Error> {
        if self.style == Style::V3 {
            let text = match number::format_go(value).as_str() {
                "+Inf" => ".inf".to_owned(),
                "-Inf" => "-.inf".to_owned(),
                "NaN" => ".nan".to_owned(),
                text => text.to_owned(),
            };
            self.plain(&text);
            return Ok(());
        }
        if !value.is_finite() {
            return Err(Error::new(
                format!(
                    "error marshaling into JSON: {}",
                    json::unsupported_number(value)
                ),
                None,
            ));
        }
        let text = number::format_json(value);
        match resolve(&text) {
            Resolved::Int(value) => self.int(value),
            Resolved::Uint(_) => self.plain(&text),
            _ => self.plain(&number::format_go(value)),
        }
        Ok(())
    }

    /// Writes a string.
    ///
    /// # Errors
    /// In style `V2`, a string with a character that the JSON step does not survive (U+007F..U+009F, U+FFFE, U+FFFF).
    pub fn string(&mut self, text: &str) -> Result<(), Error> {
        let text = self.through_json(text)?;
        self.before_node();
        self.scalar(&text, false);
        Ok(())
    }

    /// Begins a list of `len` items.
    pub fn begin_list(&mut self, len: usize) {
        self.before_node();
        if len == 0 {
            self.empty("[", "]");
            return;
        }
        let in_map = matches!(self.frames.last(), Some(Frame::Map(_)));
        let outside = self.indent;
        let indentless = self.style == Style::V2 && in_map && !self.indention;
        self.increase_indent(false, indentless);
        self.frames.push(Frame::List(outside));
    }

    /// Ends the list.
    pub fn end_list(&mut self) {
        self.end();
    }

    /// Begins a mapping of `len` pairs.
    pub fn begin_map(&mut self, len: usize) {
        self.before_node();
        if len == 0 {
            self.empty("{", "}");
            return;
        }
        let outside = self.indent;
        self.increase_indent(false, false);
        self.frames.push(Frame::Map(outside));
    }

    /// Writes a key; its value comes next.
    ///
    /// # Errors
    /// As [`Printer::string`]; in style `V2` also a key that the JSON step does not read as one: with U+0085, or longer than
    /// 1,024 characters in JSON. (Go's message may name a line, which is known only with the whole value: see
    /// [`to_yaml`](crate::to_yaml).)
    pub fn key(&mut self, key: &str) -> Result<(), Error> {
        let key = self.key_through_json(key)?;
        self.write_indent();
        let simple =
            key.len() <= MAX_PRINTED_SIMPLE_KEY_BYTES && !Analysis::of(&key, self.style).multiline;
        if simple {
            self.scalar(&key, true);
            self.indicator(":", false, false, false);
        } else {
            self.indicator("?", true, false, true);
            self.scalar(&key, false);
            self.write_indent();
            self.indicator(":", true, false, true);
        }
        Ok(())
    }

    /// Ends the mapping.
    pub fn end_map(&mut self) {
        self.end();
    }

    fn end(&mut self) {
        if let Some(Frame::List(outside) | Frame::Map(outside)) = self.frames.pop() {
            self.indent = outside;
        }
    }

    fn empty(&mut self, open: &str, close: &str) {
        self.indicator(open, true, true, false);
        self.indicator(close, false, false, false);
        self.frames.push(Frame::Empty);
    }

    /// What the surrounding collection writes in front of an item.
    fn before_node(&mut self) {
        if let Some(Frame::List(_)) = self.frames.last() {
            self.write_indent();
            self.indicator("-", true, false, true);
        }
    }

    fn plain(&mut self, text: &str) {
        self.before_node();
        self.with_scalar_indent(|printer| printer.write_plain(text, true));
    }

    fn scalar(&mut self, text: &str, simple_key: bool) {
        let analysis = Analysis::of(text, self.style);
        let form = form(text, analysis, simple_key);
        self.with_scalar_indent(|printer| match form {
            ScalarForm::Plain => printer.write_plain(text, !simple_key),
            ScalarForm::SingleQuoted => printer.write_single_quoted(text, !simple_key),
            ScalarForm::DoubleQuoted => printer.write_double_quoted(text, !simple_key),
            ScalarForm::Literal => printer.write_literal(text),
        });
    }

    fn with_scalar_indent(&mut self, write: impl FnOnce(&mut Self)) {
        let outside = self.indent;
        self.increase_indent(true, false);
        write(self);
        self.indent = outside;
    }

    /// What a key looks like after the JSON step, which only reads keys on one line of limited length.
    fn key_through_json<'t>(&self, key: &'t str) -> Result<Cow<'t, str>, Error> {
        if self.style == Style::V2
            && (key.len() > MAX_SIMPLE_KEY_CHARS / 6 || key.contains('\u{85}'))
        {
            let mut quoted = String::new();
            json::escape_json(&mut quoted, key, true);
            if key.contains('\u{85}') || quoted.chars().count() > MAX_SIMPLE_KEY_CHARS {
                return Err(Error::yaml("did not find expected ',' or '}'"));
            }
        }
        self.through_json(key)
    }

    /// What a string looks like after Go's JSON printer and go-yaml's reader.
    fn through_json<'t>(&self, text: &'t str) -> Result<Cow<'t, str>, Error> {
        if self.style == Style::V3 || text.is_ascii() && !text.contains('\u{7F}') {
            return Ok(Cow::Borrowed(text));
        }
        if text.contains(['\u{FFFE}', '\u{FFFF}'])
            || text
                .chars()
                .any(|c| matches!(c, '\u{7F}'..='\u{9F}' if c != '\u{85}'))
        {
            return Err(Error::yaml("control characters are not allowed"));
        }
        if text.contains('\u{85}') {
            // The reader folds this line break inside the quotes.
            let quoted = json::to_json(&crate::Value::from(text))?;
            if let crate::Value::String(read) = crate::from_yaml(quoted.as_bytes())? {
                return Ok(Cow::Owned(read));
            }
        }
        Ok(Cow::Borrowed(text))
    }

    fn increase_indent(&mut self, flow: bool, indentless: bool) {
        if self.indent < 0 {
            self.indent = if flow { INDENT } else { 0 };
        } else if !indentless {
            self.indent += INDENT;
        }
    }

    pub(super) fn put_break(&mut self) {
        self.out.push('\n');
        self.column = 0;
        if self.style == Style::V3 {
            self.indention = true;
        }
    }

    pub(super) fn put(&mut self, c: char) {
        self.out.push(c);
        self.column += 1;
    }

    pub(super) fn write_indent(&mut self) {
        let indent = self.indent.max(0) as usize;
        if !self.indention || self.column > indent || (self.column == indent && !self.whitespace) {
            self.put_break();
        }
        let missing = indent.saturating_sub(self.column);
        self.out.extend(std::iter::repeat_n(' ', missing));
        self.column += missing;
        self.whitespace = true;
        self.indention = true;
    }

    pub(super) fn indicator(
        &mut self,
        text: &str,
        need_whitespace: bool,
        is_whitespace: bool,
        is_indention: bool,
    ) {
        if need_whitespace && !self.whitespace {
            self.put(' ');
        }
        self.out.push_str(text);
        self.column += text.len();
        self.whitespace = is_whitespace;
        self.indention = self.indention && is_indention;
    }
}

/// `stringv` of encode.go, then `select_scalar_style` of emitterc.go.
fn form(text: &str, analysis: Analysis, simple_key: bool) -> ScalarForm {
    let mut form = if text.contains('\n') {
        ScalarForm::Literal
    } else if resolve(text) == Resolved::String && !is_base60_float(text) {
        ScalarForm::Plain
    } else {
        ScalarForm::DoubleQuoted
    };
    if simple_key && analysis.multiline {
        form = ScalarForm::DoubleQuoted;
    }
    if form == ScalarForm::Plain && (!analysis.plain || (text.is_empty() && simple_key)) {
        form = ScalarForm::SingleQuoted;
    }
    if form == ScalarForm::SingleQuoted && !analysis.single_quoted {
        form = ScalarForm::DoubleQuoted;
    }
    if form == ScalarForm::Literal && (!analysis.block || simple_key) {
        form = ScalarForm::DoubleQuoted;
    }
    form
}
