//! Log bytes as lines that are safe to print. The first byte says in what pieces they come.
//!
//! Laws: the lines do not depend on the pieces; nothing but text and colours is left, without colours not even these; a line is bounded.

use landfall::ui::{LINE_LIMIT, LogLines};

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let Some((size, bytes)) = bytes.split_first() else {
        return;
    };
    for colored in [false, true] {
        let whole = lines([bytes], colored);
        let size = usize::from(*size).max(1);
        assert_eq!(
            lines(bytes.chunks(size), colored),
            whole,
            "pieces of {size}"
        );
        for line in &whole {
            safe(line, colored);
        }
    }
}

fn lines<'a>(pieces: impl IntoIterator<Item = &'a [u8]>, colored: bool) -> Vec<String> {
    let mut lines = Vec::new();
    let mut reader = LogLines::new(colored);
    let mut keep = |line: &str| lines.push(line.to_owned());
    for piece in pieces {
        reader.push(piece, &mut keep);
    }
    reader.finish(&mut keep);
    lines
}

fn safe(line: &str, colored: bool) {
    // A byte that is no UTF-8 becomes three.
    assert!(line.len() <= 3 * LINE_LIMIT + 64);
    let mut rest = line;
    let mut is_styled = false;
    while let Some(at) = rest.find('\u{1b}') {
        assert!(colored, "an escape sequence without colours: {line:?}");
        let code = rest[at..]
            .strip_prefix("\u{1b}[")
            .and_then(|code| code.split_once('m'));
        let (parameters, after) = code.unwrap_or_else(|| panic!("no colour: {line:?}"));
        let is_number = parameters
            .chars()
            .all(|c| c.is_ascii_digit() || ";:".contains(c));
        assert!(is_number, "no colour: {line:?}");
        is_styled = !matches!(parameters, "" | "0");
        rest = after;
    }
    assert!(!is_styled, "the colour goes on behind {line:?}");
    let is_left = |c: char| c.is_control() && c != '\t' && c != '\u{1b}';
    assert!(!line.contains(is_left), "{line:?}");
}
