//! Log bytes as lines that are safe to print: bounded, valid text, colours only.
//!
//! What a step writes is foreign. Nothing of it may move the cursor, set the title or reach the clipboard
//! (CVE-2021-25743 and its kin): of escape sequences only colours pass, and only onto a terminal.

use super::{Style, Ui};
use std::fmt::Write as _;

/// The longest line that is printed in full: 64 KiB. The rest of a longer one is counted and left out.
pub const LINE_LIMIT: usize = 64 << 10;

/// Cuts one stream of bytes into lines. Holds at most one line.
#[derive(Debug, Default)]
pub struct LogLines {
    line: Vec<u8>,
    /// Bytes of the present line beyond the limit.
    left_out: u64,
    /// The last byte was a carriage return: a line feed right after it belongs to it.
    after_return: bool,
    colored: bool,
}

impl LogLines {
    /// Nothing was read yet. Colours are kept if `colored`.
    pub fn new(colored: bool) -> Self {
        Self {
            colored,
            ..Self::default()
        }
    }

    /// Takes bytes in; hands each line that they complete, without its end, to `print`.
    ///
    /// A lone carriage return ends a line too: progress bars become lines instead of hiding what stood there.
    pub fn push(&mut self, bytes: &[u8], mut print: impl FnMut(&str)) {
        for &byte in bytes {
            let after_return = std::mem::replace(&mut self.after_return, byte == b'\r');
            match byte {
                b'\n' if after_return => {}
                b'\n' | b'\r' => self.finish_line(&mut print),
                _ if self.line.len() < LINE_LIMIT => self.line.push(byte),
                _ => self.left_out += 1,
            }
        }
    }

    /// Hands over a last line that has no end.
    pub fn finish(&mut self, mut print: impl FnMut(&str)) {
        if !self.line.is_empty() || self.left_out > 0 {
            self.finish_line(&mut print);
        }
    }

    fn finish_line(&mut self, print: &mut impl FnMut(&str)) {
        let mut text = safe_text(&self.line, self.colored);
        if self.left_out > 0 {
            // Writing to a String cannot fail.
            let _ = write!(text, " [{} bytes left out]", self.left_out);
        }
        self.line.clear();
        self.left_out = 0;
        print(&text);
    }
}

/// `[task : step]`, as tkn prints it and people search for it.
pub fn log_prefix(ui: &Ui, task: &str, step: &str) -> String {
    ui.paint(Style::Hint, &format!("[{task} : {step}]"))
}

/// Makes a line safe: invalid UTF-8 and control characters are replaced, escape sequences dropped, colours
/// kept if wanted. A line that sets a colour ends without it.
fn safe_text(line: &[u8], colored: bool) -> String {
    let text = String::from_utf8_lossy(line);
    let mut safe = String::with_capacity(text.len());
    let mut is_styled = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\t' => safe.push('\t'),
            '\u{1b}' => {
                if let Some(code) = read_escape(&mut letters)
                    && colored
                {
                    is_styled = !matches!(code.as_str(), "" | "0");
                    let _ = write!(safe, "\u{1b}[{code}m");
                }
            }
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => safe.push('\u{fffd}'),
            letter if letter.is_control() => safe.push('\u{fffd}'),
            letter => safe.push(letter),
        }
    }
    if is_styled {
        safe += "\u{1b}[0m";
    }
    safe
}

/// Reads over an escape sequence whose first byte was read; returns the parameters if it sets colours.
///
/// Forms (ECMA-48): `ESC [ parameters letter`; `ESC ] … BEL` or `ESC ] … ESC \` and likewise for `P X ^ _`;
/// anything else is two characters, or three after `( ) * + # %`.
fn read_escape(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<String> {
    match letters.next()? {
        '[' => {
            let mut parameters = String::new();
            for letter in letters.by_ref() {
                match letter {
                    'm' if parameters
                        .chars()
                        .all(|c| c.is_ascii_digit() || ";:".contains(c)) =>
                    {
                        return Some(parameters);
                    }
                    '\u{40}'..='\u{7e}' => return None,
                    _ => parameters.push(letter),
                }
            }
            None
        }
        ']' | 'P' | 'X' | '^' | '_' => {
            while let Some(letter) = letters.next() {
                if letter == '\u{7}' {
                    break;
                }
                if letter == '\u{1b}' {
                    letters.next_if_eq(&'\\');
                    break;
                }
            }
            None
        }
        '(' | ')' | '*' | '+' | '#' | '%' => {
            letters.next();
            None
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {

    use proptest::prelude::*;

    use super::*;

    fn lines_of(parts: &[&[u8]], colored: bool) -> Vec<String> {
        let mut lines = Vec::new();
        let mut reader = LogLines::new(colored);
        let mut keep = |line: &str| {
            lines.push(line.to_owned());
        };
        for part in parts {
            reader.push(part, &mut keep);
        }
        reader.finish(&mut keep);
        lines
    }

    #[test]
    fn lines_end_at_any_kind_of_line_end_and_over_any_border() {
        let expected = ["one", "two", "", "three", "four"];
        assert_eq!(lines_of(&[b"one\ntwo\r\n\nthree\rfour"], false), expected);
        let bytes: &[&[u8]] = &[b"on", b"e\nt", b"wo\r", b"\n", b"\nthree", b"\r", b"four"];
        assert_eq!(lines_of(bytes, false), expected);
        assert_eq!(lines_of(&[b""], false), [""; 0]);
        assert_eq!(lines_of(&[b"\n"], false), [""]);
    }

    #[test]
    fn a_line_without_end_takes_bounded_memory() {
        let mut reader = LogLines::new(false);
        let megabyte = vec![b'x'; 1 << 20];
        let mut printed = String::new();
        let mut keep = |line: &str| {
            line.clone_into(&mut printed);
        };
        for _ in 0..50 {
            reader.push(&megabyte, &mut keep);
            assert!(reader.line.capacity() <= 2 * LINE_LIMIT);
        }
        reader.push(b"\n", &mut keep);
        let rest = (50 << 20) - LINE_LIMIT;
        assert_eq!(
            printed.len(),
            LINE_LIMIT + format!(" [{rest} bytes left out]").len()
        );
        assert!(printed.ends_with(&format!("x [{rest} bytes left out]")));
    }

    #[test]
    fn of_escape_sequences_only_colours_pass() {
        let text = "a\u{1b}[1;31mred\u{1b}[0m\u{1b}[2J\u{1b}]0;title\u{7}\u{1b}]52;c;eA==\u{1b}\\\u{1b}(Bz\u{8}\u{9b}H\u{202e}";
        let plain = "aredz\u{fffd}\u{fffd}H\u{fffd}";
        assert_eq!(lines_of(&[text.as_bytes()], false), [plain]);
        let colored = "a\u{1b}[1;31mred\u{1b}[0mz\u{fffd}\u{fffd}H\u{fffd}";
        assert_eq!(lines_of(&[text.as_bytes()], true), [colored]);
        assert_eq!(
            lines_of(&[b"\x1b[32mopen"], true),
            ["\u{1b}[32mopen\u{1b}[0m"]
        );
        assert_eq!(
            lines_of(&[b"\xff\xfe ok \x00"], false),
            ["\u{fffd}\u{fffd} ok \u{fffd}"]
        );
    }

    proptest! {
        #[test]
        fn no_bytes_whatever_leave_anything_but_text_and_colours(bytes in prop::collection::vec(
            prop_oneof![any::<u8>(), Just(0x1b), Just(b'['), Just(b']'), Just(b'm')], 0..200)) {
            for line in lines_of(&[&bytes], true) {
                let mut rest = line.as_str();
                while let Some(at) = rest.find('\u{1b}') {
                    let code = rest[at..].strip_prefix("\u{1b}[").and_then(|code| code.split_once('m'));
                    let (parameters, after) = code.expect("a colour");
                    let is_number = parameters.chars().all(|c| c.is_ascii_digit() || ";:".contains(c));
                    prop_assert!(is_number);
                    rest = after;
                }
                let is_left = |c: char| c.is_control() && c != '\t' && c != '\u{1b}';
                let has_control = line.contains(is_left);
                prop_assert!(!has_control);
            }
        }
    }
}
