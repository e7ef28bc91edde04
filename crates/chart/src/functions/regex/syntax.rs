//! Go's regular expressions written for the `regex` crate.
//!
//! The two differ in what the Perl classes hold (Go: ASCII only), in set operations and nested classes (Go has none), in
//! `\Q..\E`, `\C`, literal braces, and in `\<`, `\>`, which Go takes for plain characters.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::CharIndices;

/// Rewrites an expression.
///
/// # Errors
/// Go's text for what both refuse but word differently, without `error parsing regexp: `.
pub(super) fn translate(expression: &str) -> Result<String, String> {
    let mut translator = Translator {
        expression,
        rest: expression.char_indices().peekable(),
        output: String::with_capacity(expression.len() + 16),
        groups: Vec::new(),
    };
    translator.run()?;
    Ok(translator.output)
}

struct Translator<'e> {
    expression: &'e str,
    rest: Peekable<CharIndices<'e>>,
    output: String,
    /// Where the open groups start.
    groups: Vec<usize>,
}

impl Translator<'_> {
    fn run(&mut self) -> Result<(), String> {
        // What a repetition may repeat: nothing at the start of an expression, group or alternative.
        let mut repeatable = false;
        // The place of a repetition that was just read.
        let mut repetition: Option<usize> = None;
        while let Some((at, character)) = self.rest.next() {
            let repeats = match character {
                '*' | '+' | '?' => true,
                '{' => self.is_repeat(at),
                _ => false,
            };
            if repeats {
                if !repeatable {
                    let operator = self.operator(at);
                    return Err(format!(
                        "missing argument to repetition operator: `{operator}`"
                    ));
                }
                if let Some(first) = repetition {
                    let end = at + self.operator(at).len();
                    let operators = &self.expression[first..end];
                    return Err(format!("invalid nested repetition operator: `{operators}`"));
                }
                self.repeat(at, character)?;
                repetition = Some(at);
                continue;
            }
            repetition = None;
            repeatable = true;
            match character {
                '\\' => self.escape(at)?,
                '[' => self.class(at)?,
                '{' => self.output.push_str(r"\{"),
                '(' => {
                    self.groups.push(at);
                    repeatable = false;
                    self.group(at)?;
                }
                ')' => {
                    if self.groups.pop().is_none() {
                        return Err(format!("unexpected ): `{}`", self.expression));
                    }
                    self.output.push(')');
                }
                '|' => {
                    repeatable = false;
                    self.output.push('|');
                }
                other => self.output.push(other),
            }
        }
        if !self.groups.is_empty() {
            return Err(format!("missing closing ): `{}`", self.expression));
        }
        Ok(())
    }

    fn take_while(&mut self, inside: impl Fn(char) -> bool) {
        while let Some((_, character)) = self.rest.next_if(|(_, character)| inside(*character)) {
            self.output.push(character);
        }
    }

    /// Flags and names of a group.
    fn group(&mut self, at: usize) -> Result<(), String> {
        self.output.push('(');
        let inner = &self.expression[at + 1..];
        if !inner.starts_with('?') {
            return Ok(());
        }
        if inner.starts_with("?P<") || inner.starts_with("?<") {
            let named = !(inner.starts_with("?<=") || inner.starts_with("?<!"));
            if let Some(end) = inner.find('>').filter(|_| named) {
                for _ in 0..inner[..=end].chars().count() {
                    self.rest.next();
                }
                self.output.push_str(&inner[..=end]);
                return Ok(());
            }
        }
        let flags_end = inner.find([':', ')']).unwrap_or(inner.len());
        let flags = &inner[1..flags_end];
        let known = flags
            .chars()
            .all(|flag| matches!(flag, 'i' | 'm' | 's' | 'U' | '-'));
        if !known || flags_end == inner.len() {
            let shown: String = self.expression[at..].chars().take(3).collect();
            return Err(format!("invalid or unsupported Perl syntax: `{shown}`"));
        }
        self.take_while(|character| character != ':' && character != ')');
        if self
            .rest
            .next_if(|(_, character)| *character == ':')
            .is_some()
        {
            self.output.push(':');
        }
        Ok(())
    }

    fn is_repeat(&self, at: usize) -> bool {
        self.repeat_end(at).is_some()
    }

    /// Where `{n}`, `{n,}` or `{n,m}` ends.
    fn repeat_end(&self, at: usize) -> Option<usize> {
        let inner = self.expression[at..].strip_prefix('{')?;
        let close = inner.find('}')?;
        let (low, high) = inner[..close]
            .split_once(',')
            .unwrap_or((&inner[..close], ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        (!low.is_empty() && digits(low) && digits(high)).then_some(at + close + 2)
    }

    /// A repetition with the `?` that makes it lazy.
    fn operator(&self, at: usize) -> &str {
        let end = self.repeat_end(at).unwrap_or(at + 1);
        let lazy = self.expression[end..].starts_with('?');
        &self.expression[at..end + usize::from(lazy)]
    }

    fn repeat(&mut self, at: usize, character: char) -> Result<(), String> {
        const MAX_REPEAT: u32 = 1000;
        let operator = self.operator(at).to_owned();
        if character == '{' {
            let counts = operator
                .trim_start_matches('{')
                .trim_end_matches(['}', '?']);
            let (low, high) = counts.split_once(',').unwrap_or((counts, counts));
            let number = |text: &str| text.parse::<u32>().unwrap_or(u32::MAX);
            let too_many = number(low) > MAX_REPEAT
                || !high.is_empty() && (number(high) > MAX_REPEAT || number(high) < number(low));
            if too_many {
                let shown = operator.trim_end_matches('?');
                return Err(format!("invalid repeat count: `{shown}`"));
            }
        }
        self.output.push_str(&operator);
        for _ in 1..operator.chars().count() {
            self.rest.next();
        }
        Ok(())
    }

    fn escape(&mut self, at: usize) -> Result<(), String> {
        let Some((_, character)) = self.rest.next() else {
            return Err("trailing backslash at end of expression: ``".to_owned());
        };
        match character {
            'd' => self.output.push_str("[0-9]"),
            'D' => self.output.push_str("[^0-9]"),
            'w' => self.output.push_str("[0-9A-Za-z_]"),
            'W' => self.output.push_str("[^0-9A-Za-z_]"),
            's' => self.output.push_str(r"[\t\n\f\r ]"),
            'S' => self.output.push_str(r"[^\t\n\f\r ]"),
            'b' => self.output.push_str(r"(?-u:\b)"),
            'B' => self.output.push_str(r"(?-u:\B)"),
            'C' => self.output.push_str(r"(?s-u:.)"),
            'Q' => self.quoted(),
            'E' => {}
            'A' | 'z' => {
                self.output.push('\\');
                self.output.push(character);
            }
            _ => self.plain_escape(at, character)?,
        }
        Ok(())
    }

    /// `\Q...\E`; without an end it runs to the end of the expression.
    fn quoted(&mut self) {
        while let Some((at, character)) = self.rest.next() {
            if self.expression[at..].starts_with(r"\E") {
                self.rest.next();
                return;
            }
            self.literal(character);
        }
    }

    fn literal(&mut self, character: char) {
        self.output
            .push_str(&regex::escape(character.encode_utf8(&mut [0; 4])));
    }

    /// Escapes that mean a character or a Unicode class, inside and outside of brackets.
    fn plain_escape(&mut self, at: usize, character: char) -> Result<(), String> {
        match character {
            'a' | 'f' | 't' | 'n' | 'r' | 'v' | 'x' | 'p' | 'P' => {
                self.output.push('\\');
                self.output.push(character);
                if matches!(character, 'x' | 'p' | 'P')
                    && self.rest.next_if(|(_, next)| *next == '{').is_some()
                {
                    self.output.push('{');
                    self.take_while(|next| next != '}');
                }
            }
            // Octal needs a leading zero or three digits: a single digit would be a back reference.
            '0' => self.octal(character),
            '1'..='7'
                if self
                    .rest
                    .peek()
                    .is_some_and(|(_, next)| matches!(next, '0'..='7')) =>
            {
                self.octal(character);
            }
            character if character.is_ascii_punctuation() => self.literal(character),
            _ => {
                let end = at + 1 + character.len_utf8();
                return Err(format!(
                    "invalid escape sequence: `{}`",
                    &self.expression[at..end]
                ));
            }
        }
        Ok(())
    }

    fn octal(&mut self, first: char) {
        let mut code = first.to_digit(8).unwrap_or(0);
        for _ in 0..2 {
            let Some((_, digit)) = self.rest.next_if(|(_, next)| matches!(next, '0'..='7')) else {
                break;
            };
            code = code * 8 + digit.to_digit(8).unwrap_or(0);
        }
        // Writing to a String cannot fail.
        let _ = write!(self.output, r"\x{{{code:x}}}");
    }

    fn class(&mut self, start: usize) -> Result<(), String> {
        let missing = |expression: &str| format!("missing closing ]: `{}`", &expression[start..]);
        self.output.push('[');
        if self
            .rest
            .next_if(|(_, character)| *character == '^')
            .is_some()
        {
            self.output.push('^');
        }
        let mut first = true;
        loop {
            let Some((at, character)) = self.rest.next() else {
                return Err(missing(self.expression));
            };
            match character {
                ']' if !first => {
                    self.output.push(']');
                    return Ok(());
                }
                '[' if self.expression[at..].starts_with("[:") => self.named_class(at)?,
                '\\' => self.class_escape(at)?,
                '-' => self.class_dash(first),
                // Brackets and set operators are plain characters for Go.
                '[' | ']' | '&' | '~' => {
                    self.output.push('\\');
                    self.output.push(character);
                }
                other => self.output.push(other),
            }
            first = false;
        }
    }

    /// A dash is a range between two characters and plain at the start and the end.
    fn class_dash(&mut self, first: bool) {
        match self.rest.peek().map(|(_, next)| *next) {
            Some(']') | None => self.output.push_str(r"\-"),
            _ if first => self.output.push_str(r"\-"),
            Some('-') => {
                self.rest.next();
                self.output.push_str(r"-\-");
            }
            _ => self.output.push('-'),
        }
    }

    /// `[:alpha:]`
    fn named_class(&mut self, at: usize) -> Result<(), String> {
        const NAMES: [&str; 14] = [
            "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print",
            "punct", "space", "upper", "word", "xdigit",
        ];
        let Some(end) = self.expression[at..].find(":]") else {
            self.output.push_str(r"\[");
            return Ok(());
        };
        let class = &self.expression[at..at + end + 2];
        let name = class[2..end].trim_start_matches('^');
        if !NAMES.contains(&name) {
            return Err(format!("invalid character class range: `{class}`"));
        }
        self.output.push_str(class);
        for _ in 1..class.chars().count() {
            self.rest.next();
        }
        Ok(())
    }

    fn class_escape(&mut self, at: usize) -> Result<(), String> {
        let Some((_, character)) = self.rest.next() else {
            return Err(format!("missing closing ]: `{}`", &self.expression[at..]));
        };
        match character {
            'd' => self.output.push_str("0-9"),
            'D' => self.output.push_str("[^0-9]"),
            'w' => self.output.push_str("0-9A-Za-z_"),
            'W' => self.output.push_str("[^0-9A-Za-z_]"),
            's' => self.output.push_str(r"\t\n\f\r "),
            'S' => self.output.push_str(r"[^\t\n\f\r ]"),
            _ => self.plain_escape(at, character)?,
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_differences_are_written_out() {
        for (go, rust) in [
            (r"^\d+$", "^[0-9]+$"),
            (r"[\w.-]+", r"[0-9A-Za-z_.\-]+"),
            (r"\bx\B", r"(?-u:\b)x(?-u:\B)"),
            (r"\Qa.b\E*", r"a\.b*"),
            ("a{", r"a\{"),
            ("a{2,3}?", "a{2,3}?"),
            ("[[:alpha:][]", r"[[:alpha:]\[]"),
            ("[]a]", r"[\]a]"),
            (r"\<a\>", "<a>"),
            (r"\x{263a}\pL", r"\x{263a}\pL"),
            ("(?i:a)(?P<n>b)", "(?i:a)(?P<n>b)"),
            ("[a&&b]", r"[a\&\&b]"),
        ] {
            assert_eq!(translate(go).unwrap(), rust, "{go}");
        }
    }

    #[test]
    fn mistakes_have_the_texts_of_go() {
        for (go, problem) in [
            ("[a", "missing closing ]: `[a`"),
            ("(a", "missing closing ): `(a`"),
            ("a)", "unexpected ): `a)`"),
            ("*a", "missing argument to repetition operator: `*`"),
            ("a**", "invalid nested repetition operator: `**`"),
            ("(?=a)", "invalid or unsupported Perl syntax: `(?=`"),
            (r"a\1", r"invalid escape sequence: `\1`"),
            ("a{2000}", "invalid repeat count: `{2000}`"),
            ("a\\", "trailing backslash at end of expression: ``"),
        ] {
            assert_eq!(translate(go).unwrap_err(), problem, "{go}");
        }
    }

    proptest! {
        #[test]
        fn any_expression_is_translated_or_refused(text in r"[a-z0-9\\\[\](){}*+?|^$.:,<>&~é-]{0,20}") {
            let _ = translate(&text);
        }
    }
}
