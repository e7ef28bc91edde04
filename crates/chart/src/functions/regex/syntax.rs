//! Go's regular expressions written for the `regex` crate.
//!
//! The two differ in what the Perl classes hold (Go: ASCII only), in set operations and nested classes (Go has none), in
//! `\Q..\E`, literal braces, in `\<`, `\>`, which Go takes for plain characters, and in names of groups, of which Go may have
//! two alike. Every character comes out escaped where it could mean something, so that only Go's syntax counts.

use std::fmt::Write as _;

use regex::Regex;

/// What `a{n}` may ask for, inner repetitions multiplied.
const MAX_REPEAT: u64 = 1000;

/// How deep groups may be nested.
const MAX_DEPTH: usize = 1000;

/// An expression for the `regex` crate.
#[derive(Debug)]
pub(super) struct Translated {
    pub(super) source: String,
    /// The names of the groups; the first is that of the whole match.
    pub(super) names: Vec<Option<String>>,
}

/// Rewrites an expression.
///
/// # Errors
/// Go's text without `error parsing regexp: `.
pub(super) fn translate(expression: &str) -> Result<Translated, String> {
    let mut translator = Translator {
        expression,
        at: 0,
        output: String::with_capacity(expression.len() + 16),
        names: vec![None],
        groups: vec![Group::default()],
    };
    translator.run()?;
    Ok(Translated {
        source: translator.output,
        names: translator.names,
    })
}

/// What has been read of a group, or of the whole expression.
#[derive(Clone, Copy, Default)]
struct Group {
    /// Whether something is there that a repetition can repeat.
    repeatable: bool,
    /// How many copies the last piece asks for, and the most of any piece.
    last_copies: u64,
    most_copies: u64,
}

impl Group {
    fn piece(&mut self, copies: u64) {
        self.repeatable = true;
        self.last_copies = copies;
        self.most_copies = self.most_copies.max(copies);
    }
}

struct Translator<'e> {
    expression: &'e str,
    at: usize,
    output: String,
    names: Vec<Option<String>>,
    /// The open groups; the first is the whole expression.
    groups: Vec<Group>,
}

/// A repetition as written: `*`, `{2,3}`.
struct Repeat {
    /// Where it ends, without the `?` that makes it lazy.
    end: usize,
    /// The copies of `{n,m}`, `None` for the other operators.
    counts: Option<(Option<u64>, Option<u64>)>,
}

impl<'e> Translator<'e> {
    fn rest(&self) -> &'e str {
        &self.expression[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += character.len_utf8();
        Some(character)
    }

    fn since(&self, start: usize) -> &'e str {
        &self.expression[start..self.at]
    }

    fn group(&mut self) -> &mut Group {
        // The whole expression is never popped.
        if self.groups.is_empty() {
            self.groups.push(Group::default());
        }
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    fn run(&mut self) -> Result<(), String> {
        // Where the repetition just read began: another one must not follow it.
        let mut repetition: Option<usize> = None;
        while let Some(character) = self.peek() {
            if let Some(repeat) = self.repetition(character) {
                let start = self.at;
                self.repeat(&repeat, repetition)?;
                repetition = Some(start);
                continue;
            }
            repetition = None;
            match character {
                '\\' => self.escape()?,
                '[' => {
                    self.class()?;
                    self.group().piece(0);
                }
                '(' => self.open()?,
                ')' => self.close()?,
                '|' => {
                    self.at += 1;
                    self.output.push('|');
                    self.group().repeatable = false;
                }
                '^' | '$' | '.' => {
                    self.at += 1;
                    self.output.push(character);
                    self.group().piece(0);
                }
                other => {
                    self.at += other.len_utf8();
                    self.literal(other);
                    self.group().piece(0);
                }
            }
        }
        if self.groups.len() > 1 {
            return Err(format!("missing closing ): `{}`", self.expression));
        }
        Ok(())
    }

    fn repetition(&self, character: char) -> Option<Repeat> {
        match character {
            '*' | '+' | '?' => Some(Repeat {
                end: self.at + 1,
                counts: None,
            }),
            '{' => {
                let inner = &self.rest()[1..];
                let close = inner.find('}')?;
                let (low, high) = match inner[..close].split_once(',') {
                    None => (&inner[..close], Some(&inner[..close])),
                    Some((low, "")) => (low, None),
                    Some((low, high)) => (low, Some(high)),
                };
                if ![Some(low), high].into_iter().flatten().all(is_count) {
                    return None;
                }
                let number = |text: &str| text.parse().unwrap_or(u64::MAX);
                Some(Repeat {
                    end: self.at + close + 2,
                    counts: Some((Some(number(low)), high.map(number))),
                })
            }
            _ => None,
        }
    }

    fn repeat(&mut self, repeat: &Repeat, previous: Option<usize>) -> Result<(), String> {
        let start = self.at;
        let too_many = |text: &str| Err(format!("invalid repeat count: `{text}`"));
        if let Some((low, high)) = repeat.counts {
            let low = low.unwrap_or(0);
            if low > MAX_REPEAT || high.is_some_and(|high| high > MAX_REPEAT || high < low) {
                return too_many(&self.expression[start..repeat.end]);
            }
        }
        self.at = repeat.end;
        if self.peek() == Some('?') {
            self.at += 1;
        }
        if let Some(first) = previous {
            let shown = self.since(first);
            return Err(format!("invalid nested repetition operator: `{shown}`"));
        }
        if !self.group().repeatable {
            let shown = self.since(start);
            return Err(format!(
                "missing argument to repetition operator: `{shown}`"
            ));
        }
        if let Some((low, high)) = repeat.counts {
            let copies = match high.or(low).unwrap_or(0) {
                // Nothing is left to copy.
                0 if high.is_some() => 0,
                0 => self.group().last_copies,
                count => count.saturating_mul(self.group().last_copies.max(1)),
            };
            let counts = low.max(high).unwrap_or(0);
            if counts >= 2 && copies > MAX_REPEAT {
                return too_many(self.since(start));
            }
            self.group().piece(copies);
        }
        let operator = self.since(start).to_owned();
        self.output.push_str(&operator);
        Ok(())
    }

    fn open(&mut self) -> Result<(), String> {
        if self.groups.len() > MAX_DEPTH {
            return Err(format!(
                "expression nests too deeply: `{}`",
                self.expression
            ));
        }
        let rest = self.rest();
        if !rest.starts_with("(?") {
            self.at += 1;
            self.begin(None);
            return Ok(());
        }
        let name_starts = match rest {
            rest if rest.starts_with("(?P<") && rest.len() > 4 => Some(4),
            rest if rest.starts_with("(?<") && rest.len() > 3 => Some(3),
            _ => None,
        };
        if let Some(start) = name_starts {
            let Some(end) = rest.find('>') else {
                return Err(format!("invalid named capture: `{rest}`"));
            };
            let name = rest.get(start..end).unwrap_or_default().to_owned();
            let valid = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            if name.is_empty() || !name.bytes().all(valid) {
                return Err(format!("invalid named capture: `{}`", &rest[..=end]));
            }
            self.at += end + 1;
            self.begin(Some(name));
            return Ok(());
        }
        self.flags()
    }

    /// Begins a group that captures.
    fn begin(&mut self, name: Option<String>) {
        self.output.push('(');
        self.names.push(name);
        self.groups.push(Group::default());
    }

    /// `(?i-s:` and `(?i-s)`.
    fn flags(&mut self) -> Result<(), String> {
        let start = self.at;
        self.at += 2;
        let (mut on, mut off) = (String::new(), String::new());
        let (mut negative, mut seen) = (false, false);
        while let Some(character) = self.next() {
            match character {
                'i' | 'm' | 's' | 'U' => {
                    seen = true;
                    on.retain(|flag| flag != character);
                    off.retain(|flag| flag != character);
                    if negative { &mut off } else { &mut on }.push(character);
                }
                '-' if !negative => {
                    negative = true;
                    seen = false;
                }
                ':' | ')' if !negative || seen => {
                    let minus = if off.is_empty() { "" } else { "-" };
                    let empty = on.is_empty() && off.is_empty();
                    if character == ':' {
                        self.groups.push(Group::default());
                    } else if empty {
                        return Ok(());
                    }
                    // Writing to a String cannot fail.
                    let _ = write!(self.output, "(?{on}{minus}{off}{character}");
                    return Ok(());
                }
                _ => break,
            }
        }
        let shown = self.since(start);
        Err(format!("invalid or unsupported Perl syntax: `{shown}`"))
    }

    fn close(&mut self) -> Result<(), String> {
        if self.groups.len() < 2 {
            return Err(format!("unexpected ): `{}`", self.expression));
        }
        let inner = self.groups.pop().unwrap_or_default();
        self.at += 1;
        self.output.push(')');
        self.group().piece(inner.most_copies);
        Ok(())
    }

    fn literal(&mut self, character: char) {
        self.output
            .push_str(&regex::escape(character.encode_utf8(&mut [0; 4])));
    }

    /// An escape outside of brackets.
    fn escape(&mut self) -> Result<(), String> {
        let start = self.at;
        let plain = match self.rest().as_bytes().get(1) {
            Some(b'A') => r"\A",
            Some(b'z') => r"\z",
            Some(b'b') => r"(?-u:\b)",
            Some(b'B') => r"(?-u:\B)",
            Some(b'C') => return Err(r"invalid escape sequence: `\C`".to_owned()),
            Some(b'Q') => {
                self.quoted();
                return Ok(());
            }
            _ => "",
        };
        if plain.is_empty() {
            if let Some(class) = self.perl_class() {
                // Writing to a String cannot fail.
                let _ = write!(self.output, "[{class}]");
            } else if !self.unicode_class()? {
                let character = self.character(start)?;
                self.code(character);
            }
        } else {
            self.at += 2;
            self.output.push_str(plain);
        }
        self.group().piece(0);
        Ok(())
    }

    /// `\Q...\E`; without an end it runs to the end of the expression.
    fn quoted(&mut self) {
        let inner = &self.expression[self.at + 2..];
        let (text, after) = inner.split_once(r"\E").unwrap_or((inner, ""));
        self.at = self.expression.len() - after.len();
        for character in text.chars() {
            self.literal(character);
            self.group().piece(0);
        }
    }

    /// `\d` and its kin, as what stands in brackets.
    fn perl_class(&mut self) -> Option<&'static str> {
        let class = match self.rest().as_bytes().get(1)? {
            b'd' => "0-9",
            b'D' => "^0-9",
            b'w' => "0-9A-Za-z_",
            b'W' => "^0-9A-Za-z_",
            b's' => r"\t\n\f\r ",
            b'S' => r"^\t\n\f\r ",
            _ => return None,
        };
        self.at += 2;
        Some(class)
    }

    /// `\pL`, `\p{Greek}`, `\P{^Greek}`.
    fn unicode_class(&mut self) -> Result<bool, String> {
        let rest = self.rest();
        if !rest.starts_with(r"\p") && !rest.starts_with(r"\P") {
            return Ok(false);
        }
        let wrong = |shown: &str| Err(format!("invalid character class range: `{shown}`"));
        let mut negative = rest.starts_with(r"\P");
        let (sequence, name) = match rest[2..].chars().next() {
            None => return wrong(rest),
            Some('{') => {
                let Some(end) = rest.find('}') else {
                    return wrong(rest);
                };
                (&rest[..=end], &rest[3..end])
            }
            Some(letter) => {
                let end = 2 + letter.len_utf8();
                (&rest[..end], &rest[2..end])
            }
        };
        let bare = match name.strip_prefix('^') {
            Some(bare) => {
                negative = !negative;
                bare
            }
            None => name,
        };
        let class = format!(r"\{}{{{bare}}}", if negative { 'P' } else { 'p' });
        // Go has no properties but categories and scripts.
        if bare.is_empty() || bare.contains(['=', ':', '!', '^']) || Regex::new(&class).is_err() {
            return wrong(sequence);
        }
        self.at += sequence.len();
        self.output.push_str(&class);
        Ok(true)
    }

    /// A character, which may be written as an escape; `whole` is where the bracket or the escape began.
    fn character(&mut self, whole: usize) -> Result<u32, String> {
        let start = self.at;
        let Some(first) = self.next() else {
            let shown = &self.expression[whole..];
            return Err(format!("missing closing ]: `{shown}`"));
        };
        if first != '\\' {
            return Ok(u32::from(first));
        }
        let Some(escaped) = self.next() else {
            return Err("trailing backslash at end of expression: ``".to_owned());
        };
        let octal_follows = self.peek().is_some_and(|next| next.is_digit(8));
        let code = match escaped {
            'a' => Some(7),
            'f' => Some(0xc),
            'n' => Some(0xa),
            'r' => Some(0xd),
            't' => Some(9),
            'v' => Some(0xb),
            // A single digit would be a reference to a group.
            '0' => Some(self.octal(0)),
            '1'..='7' if octal_follows => Some(self.octal(escaped.to_digit(8).unwrap_or(0))),
            'x' => self.hexadecimal(),
            other if other.is_ascii() && !other.is_ascii_alphanumeric() => Some(u32::from(other)),
            _ => None,
        };
        code.ok_or_else(|| format!("invalid escape sequence: `{}`", self.since(start)))
    }

    fn octal(&mut self, first: u32) -> u32 {
        let mut code = first;
        for _ in 0..2 {
            let Some(digit) = self.peek().and_then(|next| next.to_digit(8)) else {
                break;
            };
            self.at += 1;
            code = code * 8 + digit;
        }
        code
    }

    /// `41` or `{1F600}`.
    fn hexadecimal(&mut self) -> Option<u32> {
        let digit = |character: Option<char>| character.and_then(|it| it.to_digit(16));
        let first = self.next()?;
        if first != '{' {
            let second = self.next();
            return Some(digit(Some(first))? * 16 + digit(second)?);
        }
        let (mut code, mut digits) = (0, 0);
        loop {
            match self.next()? {
                '}' if digits == 0 => return None,
                '}' => return Some(code),
                next => code = code * 16 + next.to_digit(16)?,
            }
            digits += 1;
            if code > u32::from(char::MAX) {
                return None;
            }
        }
    }

    fn code(&mut self, code: u32) {
        match char::from_u32(code) {
            Some(character) if character.is_ascii_alphanumeric() => self.output.push(character),
            // Writing to a String cannot fail. Half of a surrogate pair is in no text.
            Some(_) => _ = write!(self.output, r"\x{{{code:X}}}"),
            None => self.output.push_str(r"\x{FFFD}"),
        }
    }

    fn class(&mut self) -> Result<(), String> {
        let whole = self.at;
        self.at += 1;
        self.output.push('[');
        if self.peek() == Some('^') {
            self.at += 1;
            self.output.push('^');
        }
        let mut first = true;
        while first || self.peek() != Some(']') {
            first = false;
            if self.named_class()? || self.unicode_class()? {
                continue;
            }
            if let Some(class) = self.perl_class() {
                // Writing to a String cannot fail.
                let _ = write!(self.output, "[{class}]");
                continue;
            }
            let start = self.at;
            let low = self.character(whole)?;
            self.code(low);
            let rest = self.rest().as_bytes();
            if rest.len() >= 2 && rest[0] == b'-' && rest[1] != b']' {
                self.at += 1;
                let high = self.character(whole)?;
                if high < low {
                    let shown = self.since(start);
                    return Err(format!("invalid character class range: `{shown}`"));
                }
                self.output.push('-');
                self.code(high);
            }
        }
        self.at += 1;
        self.output.push(']');
        Ok(())
    }

    /// `[:alpha:]`
    fn named_class(&mut self) -> Result<bool, String> {
        const NAMES: [&str; 14] = [
            "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print",
            "punct", "space", "upper", "word", "xdigit",
        ];
        let rest = self.rest();
        if !rest.starts_with("[:") {
            return Ok(false);
        }
        let Some(end) = rest[2..].find(":]") else {
            return Ok(false);
        };
        let class = &rest[..end + 4];
        let name = &class[2..end + 2];
        if !NAMES.contains(&name.strip_prefix('^').unwrap_or(name)) {
            return Err(format!("invalid character class range: `{class}`"));
        }
        self.at += class.len();
        self.output.push_str(class);
        Ok(true)
    }
}

/// A number of a repetition: digits without a zero in front.
fn is_count(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && !(text.len() > 1 && text.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_differences_are_written_out() {
        for (go, rust) in [
            (r"^\d+$", "^[0-9]+$"),
            (r"[\w.-]+", r"[[0-9A-Za-z_]\x{2E}\x{2D}]+"),
            (r"\bx\B", r"(?-u:\b)x(?-u:\B)"),
            (r"\Qa.b\E*", r"a\.b*"),
            ("a{", r"a\{"),
            ("a{2,3}?", "a{2,3}?"),
            ("[[:alpha:][]", r"[[:alpha:]\x{5B}]"),
            ("[]a]", r"[\x{5D}a]"),
            (r"\<a\>", r"\x{3C}a\x{3E}"),
            (r"\x{263a}\pL", r"\x{263A}\p{L}"),
            ("(?i:a)(?P<n>b)", "(?i:a)(b)"),
            ("[a&&b]", r"[a\x{26}\x{26}b]"),
            ("(?ii-s)a", "(?i-s)a"),
        ] {
            assert_eq!(translate(go).unwrap().source, rust, "{go}");
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
            ("((a{10}){10}){11}", "invalid repeat count: `{11}`"),
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
