//! Scalars: which form a text may take, and how each form is written (`emitterc.go`).

use super::printer::{Printer, Style};
use crate::chars::{at, is_blank, is_blankz, is_break, is_printable, width};

/// Column from which on style `V2` breaks a line at the next single space.
const FOLD_COLUMN: usize = 80;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScalarForm {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
}

/// What a text allows (`yaml_emitter_analyze_scalar`, block context: nothing but empty collections is printed as flow).
#[derive(Debug, Clone, Copy)]
pub(super) struct Analysis {
    pub(super) multiline: bool,
    pub(super) plain: bool,
    pub(super) single_quoted: bool,
    pub(super) block: bool,
}

impl Analysis {
    pub(super) fn of(text: &str, style: Style) -> Self {
        let bytes = text.as_bytes();
        if bytes.is_empty() {
            return Self {
                multiline: false,
                plain: true,
                single_quoted: true,
                block: false,
            };
        }
        let mut indicators = bytes.starts_with(b"---") || bytes.starts_with(b"...");
        let (mut line_breaks, mut special, mut tabs) = (false, false, false);
        let (mut leading, mut trailing_space, mut trailing_break) = (false, false, false);
        let (mut break_space, mut space_break) = (false, false);
        let (mut previous_space, mut previous_break) = (false, false);
        let mut preceded_by_whitespace = true;
        let mut i = 0;
        while i < bytes.len() {
            let byte = bytes[i];
            let next = i + width(byte);
            let followed_by_whitespace = next >= bytes.len() || is_blank(bytes[next]);
            indicators |= match byte {
                b'#' | b',' | b'[' | b']' | b'{' | b'}' | b'&' | b'*' | b'!' | b'|' | b'>'
                | b'\'' | b'"' | b'%' | b'@' | b'`'
                    if i == 0 =>
                {
                    true
                }
                b'?' | b'-' if i == 0 => followed_by_whitespace,
                b':' => followed_by_whitespace,
                b'#' => preceded_by_whitespace,
                _ => false,
            };
            if byte == b'\t' && style == Style::V3 {
                tabs = true;
            } else if !is_printable(bytes, i) {
                special = true;
            }
            let (space, line_break) = (byte == b' ', is_break(bytes, i));
            let last = next >= bytes.len();
            leading |= i == 0 && (space || line_break);
            trailing_space |= last && space;
            trailing_break |= last && line_break;
            break_space |= space && previous_break;
            space_break |= line_break && previous_space;
            line_breaks |= line_break;
            (previous_space, previous_break) = (space, line_break);
            preceded_by_whitespace = is_blankz(bytes, i);
            i = next;
        }
        let quotes_needed = break_space || space_break || special || tabs;
        Self {
            multiline: line_breaks,
            plain: !(leading
                || trailing_space
                || trailing_break
                || quotes_needed
                || line_breaks
                || indicators),
            single_quoted: !quotes_needed,
            block: !(trailing_space || space_break || special),
        }
    }
}

impl Printer {
    /// One character of the text; gives the place behind it.
    fn write(&mut self, text: &str, i: usize) -> usize {
        let next = i + width(text.as_bytes()[i]);
        self.out.push_str(&text[i..next]);
        self.column += 1;
        next
    }

    fn write_break(&mut self, text: &str, i: usize) -> usize {
        if text.as_bytes()[i] == b'\n' {
            self.put_break();
            return i + 1;
        }
        let next = self.write(text, i);
        self.column = 0;
        if self.style == Style::V3 {
            self.indention = true;
        }
        next
    }

    fn folds_here(&self, allow_breaks: bool, after_space: bool) -> bool {
        self.style == Style::V2 && allow_breaks && !after_space && self.column > FOLD_COLUMN
    }

    pub(super) fn write_plain(&mut self, text: &str, allow_breaks: bool) {
        if !self.whitespace && (self.style == Style::V2 || !text.is_empty()) {
            self.put(' ');
        }
        self.write_words(text, allow_breaks, false);
        if self.style == Style::V2 || !text.is_empty() {
            self.whitespace = false;
        }
        self.indention = false;
    }

    pub(super) fn write_single_quoted(&mut self, text: &str, allow_breaks: bool) {
        self.indicator("'", true, false, false);
        self.write_words(text, allow_breaks, true);
        self.indicator("'", false, false, false);
        self.whitespace = false;
        self.indention = false;
    }

    /// The body of plain and single quoted scalars.
    fn write_words(&mut self, text: &str, allow_breaks: bool, quoted: bool) {
        let bytes = text.as_bytes();
        let (mut spaces, mut breaks) = (false, false);
        let mut i = 0;
        while i < bytes.len() {
            if bytes[i] == b' ' {
                let inner = !quoted || (i > 0 && i < bytes.len() - 1);
                if inner && self.folds_here(allow_breaks, spaces) && at(bytes, i + 1) != b' ' {
                    self.write_indent();
                    i += 1;
                } else {
                    i = self.write(text, i);
                }
                spaces = true;
            } else if is_break(bytes, i) {
                if !breaks && bytes[i] == b'\n' {
                    self.put_break();
                }
                i = self.write_break(text, i);
                self.indention = true;
                breaks = true;
            } else {
                if breaks {
                    self.write_indent();
                }
                if quoted && bytes[i] == b'\'' {
                    self.put('\'');
                }
                i = self.write(text, i);
                self.indention = false;
                (spaces, breaks) = (false, false);
            }
        }
    }

    pub(super) fn write_double_quoted(&mut self, text: &str, allow_breaks: bool) {
        let bytes = text.as_bytes();
        // go-yaml asks for the mark at the start of the text, wherever it stands: then everything is escaped.
        let escape_all = bytes.starts_with(&[0xEF, 0xBB, 0xBF]);
        self.indicator("\"", true, false, false);
        let mut spaces = false;
        for (i, c) in text.char_indices() {
            if escape_all || !is_printable(bytes, i) || is_break(bytes, i) || c == '"' || c == '\\'
            {
                self.write_escape(c);
                spaces = false;
            } else if c == ' ' {
                if self.folds_here(allow_breaks, spaces) && i > 0 && i < bytes.len() - 1 {
                    self.write_indent();
                    if at(bytes, i + 1) == b' ' {
                        self.put('\\');
                    }
                } else {
                    self.put(' ');
                }
                spaces = true;
            } else {
                self.put(c);
                spaces = false;
            }
        }
        self.indicator("\"", false, false, false);
        self.whitespace = false;
        self.indention = false;
    }

    fn write_escape(&mut self, c: char) {
        let short = match c {
            '\0' => "0",
            '\x07' => "a",
            '\x08' => "b",
            '\t' => "t",
            '\n' => "n",
            '\x0B' => "v",
            '\x0C' => "f",
            '\r' => "r",
            '\x1B' => "e",
            '"' => "\"",
            '\\' => "\\",
            '\u{85}' => "N",
            '\u{A0}' => "_",
            '\u{2028}' => "L",
            '\u{2029}' => "P",
            _ => "",
        };
        let code = u32::from(c);
        let escape = match code {
            _ if !short.is_empty() => format!("\\{short}"),
            0..=0xFF => format!("\\x{code:02X}"),
            0x100..=0xFFFF => format!("\\u{code:04X}"),
            _ => format!("\\U{code:08X}"),
        };
        self.column += escape.len();
        self.out.push_str(&escape);
    }

    pub(super) fn write_literal(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.indicator("|", true, false, false);
        if bytes.first() == Some(&b' ') || is_break(bytes, 0) {
            self.indicator("2", false, false, false);
        }
        self.write_chomping(text);
        self.put_break();
        self.indention = true;
        self.whitespace = true;
        let mut breaks = true;
        let mut i = 0;
        while i < bytes.len() {
            if is_break(bytes, i) {
                i = self.write_break(text, i);
                self.indention = true;
                breaks = true;
            } else {
                if breaks {
                    self.write_indent();
                }
                i = self.write(text, i);
                self.indention = false;
                breaks = false;
            }
        }
    }

    /// `-` when no line break ends the text, `+` when more than one does or it is nothing else.
    fn write_chomping(&mut self, text: &str) {
        let is_break = |c: char| matches!(c, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}');
        let mut from_end = text.chars().rev();
        let hint = match (from_end.next().is_some_and(is_break), from_end.next()) {
            (false, _) => "-",
            (true, None) => "+",
            (true, Some(before)) if is_break(before) => "+",
            (true, Some(_)) => return,
        };
        self.indicator(hint, false, false, false);
    }
}
