//! The globs of annotations, as Pipelines-as-Code reads them (source: gobwas/glob, compiled without separators): `*` goes over slashes.

use std::iter::Peekable;
use std::str::Chars;

use regex::Regex;

/// Whether `pattern` covers the whole of `text`. One that cannot be read covers nothing but itself.
pub fn covers(pattern: &str, text: &str) -> bool {
    pattern == text
        || expression(pattern)
            .and_then(|expression| Regex::new(&expression).ok())
            .is_some_and(|glob| glob.is_match(text))
}

/// The glob as a regular expression; `None` when a bracket or a brace is not closed.
fn expression(pattern: &str) -> Option<String> {
    let mut expression = String::from(r"(?s)\A");
    let mut braces = 0_usize;
    let mut rest = pattern.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '*' => expression.push_str(".*"),
            '?' => expression.push('.'),
            '[' => expression.push_str(&class(&mut rest)?),
            '{' => {
                braces += 1;
                expression.push_str("(?:");
            }
            '}' => {
                braces = braces.checked_sub(1)?;
                expression.push(')');
            }
            ',' if braces > 0 => expression.push('|'),
            '\\' => push(&mut expression, rest.next()?),
            other => push(&mut expression, other),
        }
    }
    expression.push_str(r"\z");
    (braces == 0).then_some(expression)
}

/// `[abc]`, `[a-z]`, `[!a-z]`, from behind the first bracket.
fn class(rest: &mut Peekable<Chars<'_>>) -> Option<String> {
    let mut class = String::from("[");
    if rest.next_if_eq(&'!').is_some() {
        class.push('^');
    }
    let mut is_empty = true;
    loop {
        match rest.next()? {
            ']' if !is_empty => break,
            '-' if !is_empty && rest.peek() != Some(&']') => class.push('-'),
            '\\' => push(&mut class, rest.next()?),
            other => push(&mut class, other),
        }
        is_empty = false;
    }
    class.push(']');
    Some(class)
}

fn push(expression: &mut String, character: char) {
    // Within a class, `~` and `&` twice would be operators of the regular expression.
    if "~&-".contains(character) {
        expression.push('\\');
        expression.push(character);
    } else {
        expression.push_str(&regex::escape(character.encode_utf8(&mut [0; 4])));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::covers;

    #[test]
    fn globs_cover_whole_texts() {
        for (pattern, text, covered) in [
            ("services/cart/**", "services/cart/main.go", true),
            ("services/cart/**", "services/cart/a/b/c", true),
            ("services/cart/**", "services/cart2/main.go", false),
            ("services/cart/**", "services/cart", false),
            ("services/cart/**", "x/services/cart/a", false),
            // A single star goes over slashes, too.
            ("docs/*", "docs/a/b.md", true),
            ("*.md", "docs/a.md", true),
            ("docs/?.md", "docs/a.md", true),
            ("docs/?.md", "docs/aa.md", false),
            ("[a-c]/x", "b/x", true),
            ("[!a-c]/x", "b/x", false),
            ("[!a-c]/x", "d/x", true),
            ("{a,b}/x", "b/x", true),
            ("{a,b}/x", "c/x", false),
            (r"a\*", "a*", true),
            (r"a\*", "ab", false),
            ("a.b", "aXb", false),
            ("[", "[", true),
            ("{a", "{a", true),
            ("{a", "a", false),
            ("a]&&~b", "a]&&~b", true),
            ("ä/**", "ä/ö", true),
        ] {
            assert_eq!(covers(pattern, text), covered, "{pattern} {text}");
        }
    }

    proptest! {
        #[test]
        fn a_pattern_covers_itself_and_a_star_everything(text in ".{0,40}") {
            prop_assert!(covers(&text, &text));
            prop_assert!(covers("*", &text));
        }
    }
}
