//! What Go says about texts that are no JSON. Places are numbers of bytes from the start of the whole text.

use crate::Error;
use crate::error::END_OF_JSON;
use crate::quote::{is_print, quote, quote_char};

/// The text ends inside a value.
#[cold]
pub(super) fn end_of_text(text: &[u8]) -> Error {
    Error::json(END_OF_JSON, text.len())
}

/// Nesting beyond the limit.
#[cold]
pub(super) fn too_deep(at: usize) -> Error {
    Error::json("exceeded max depth", at + 1)
}

/// The character at `at`, which must be there: `invalid character 'c' <context>`.
#[cold]
pub(super) fn unexpected(text: &[u8], at: usize, context: &str) -> Error {
    let rest = text.get(at..).unwrap_or_default();
    let first = rest
        .get(..4)
        .unwrap_or(rest)
        .utf8_chunks()
        .next()
        .and_then(|chunk| chunk.valid().chars().next());
    let (shown, length) = match first {
        Some(c) => (quote_char(c), c.len_utf8()),
        None => (
            format!("'\\x{:x}'", rest.first().copied().unwrap_or_default()),
            1,
        ),
    };
    Error::json(format!("invalid character {shown} {context}"), at + length)
}

/// The escape at `at`, of which Go shows `length` bytes or as many as there are.
#[cold]
pub(super) fn bad_escape(text: &[u8], at: usize, length: usize) -> Error {
    let end = text.len().min(at + length);
    let what = text.get(at..end).unwrap_or_default();
    let readable = std::str::from_utf8(what).ok().filter(|what| {
        what.chars()
            .all(|c| c != '`' && c != '\u{FFFD}' && c != ' ' && is_print(c))
    });
    let shown = readable.map_or_else(|| quote(what), |what| format!("`{what}`"));
    Error::json(format!("invalid escape sequence {shown} in string"), end)
}

/// The first number that no float64 can hold, with its place below the top: the steps from the inside out.
pub(super) struct TooLarge {
    pub(super) number: String,
    pub(super) steps: Vec<String>,
}

impl TooLarge {
    /// Go takes what is below the names of mappings for a field, and what is below the numbers of lists for none.
    pub(super) fn error(mut self) -> Error {
        self.steps.reverse();
        let field = self.steps.join(".");
        let last = field.rsplit('.').next().unwrap_or_default();
        let into = if field.is_empty() {
            "Go value".to_owned()
        } else if !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()) {
            format!(".{field}")
        } else {
            format!("Go struct field .{field}")
        };
        let number = self.number;
        Error::new(
            format!("json: cannot unmarshal number {number} into {into} of type float64"),
            None,
        )
    }
}

/// A name as a step of a JSON pointer.
pub(super) fn step(name: &str) -> String {
    // Go's slashes between the steps become dots; those inside are escaped already.
    name.replace('~', "~0").replace('/', "~1")
}
