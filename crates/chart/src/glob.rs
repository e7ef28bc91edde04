//! Two kinds of file patterns: Go's `filepath.Match` and gobwas/glob with `/` as separator.

use regex::Regex;

/// A pattern that `filepath.Match` refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("syntax error in pattern")]
pub struct BadPattern;

/// Go's `filepath.Match`: `*` and `?` stop at `/`, `[a-z]` and `[^a-z]` are classes, `\` escapes.
///
/// # Errors
/// A malformed pattern, found only as far as matching got, as in Go.
pub fn path_match(pattern: &str, name: &str) -> Result<bool, BadPattern> {
    let (mut pattern, mut name) = (pattern, name);
    'pattern: while !pattern.is_empty() {
        let (star, chunk, rest) = scan_chunk(pattern);
        pattern = rest;
        if star && chunk.is_empty() {
            return Ok(!name.contains('/'));
        }
        if let Some(after) = match_chunk(chunk, name)?
            && (after.is_empty() || !pattern.is_empty())
        {
            name = after;
            continue;
        }
        if star {
            for (i, c) in name.char_indices() {
                if c == '/' {
                    break;
                }
                if let Some(after) = match_chunk(chunk, &name[i + c.len_utf8()..])? {
                    if pattern.is_empty() && !after.is_empty() {
                        continue;
                    }
                    name = after;
                    continue 'pattern;
                }
            }
        }
        // The rest of the pattern still has to be well formed.
        while !pattern.is_empty() {
            let (_, chunk, rest) = scan_chunk(pattern);
            pattern = rest;
            match_chunk(chunk, "")?;
        }
        return Ok(false);
    }
    Ok(name.is_empty())
}

/// Leading stars, then what stands before the next star.
fn scan_chunk(pattern: &str) -> (bool, &str, &str) {
    let body = pattern.trim_start_matches('*');
    let star = body.len() < pattern.len();
    let mut in_class = false;
    let mut chars = body.char_indices();
    while let Some((i, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '*' if !in_class => return (star, &body[..i], &body[i..]),
            _ => {}
        }
    }
    (star, body, "")
}

/// Matches a chunk without stars at the start of `name`; gives what is left of the name.
fn match_chunk<'n>(chunk: &str, name: &'n str) -> Result<Option<&'n str>, BadPattern> {
    let mut pattern = chunk.chars();
    let mut name = name;
    // Go reads on after a failure to find syntax errors.
    let mut failed = false;
    while let Some(c) = pattern.next() {
        let next = if failed { None } else { name.chars().next() };
        failed |= next.is_none();
        let fits = match c {
            '[' => match_class(&mut pattern, next)?,
            '?' => next.is_some_and(|next| next != '/'),
            '\\' => next == Some(pattern.next().ok_or(BadPattern)?),
            c => next == Some(c),
        };
        failed |= !fits;
        if let Some(next) = next {
            name = &name[next.len_utf8()..];
        }
    }
    Ok((!failed).then_some(name))
}

fn match_class(pattern: &mut std::str::Chars<'_>, next: Option<char>) -> Result<bool, BadPattern> {
    let negated = pattern.as_str().starts_with('^');
    if negated {
        pattern.next();
    }
    let mut found = false;
    let mut ranges = 0;
    loop {
        if pattern.as_str().starts_with(']') && ranges > 0 {
            pattern.next();
            return Ok(next.is_some() && found != negated);
        }
        let low = class_char(pattern)?;
        let mut high = low;
        if pattern.as_str().starts_with('-') {
            pattern.next();
            high = class_char(pattern)?;
        }
        found |= next.is_some_and(|next| (low..=high).contains(&next));
        ranges += 1;
    }
}

fn class_char(pattern: &mut std::str::Chars<'_>) -> Result<char, BadPattern> {
    match pattern.next() {
        None | Some('-' | ']') => Err(BadPattern),
        Some('\\') => pattern
            .next()
            .filter(|_| !pattern.as_str().is_empty())
            .ok_or(BadPattern),
        Some(_) if pattern.as_str().is_empty() => Err(BadPattern),
        Some(c) => Ok(c),
    }
}

/// A gobwas pattern: `*` and `?` stop at `/`, `**` does not, `[abc]`, `[!a-z]`, `{a,b}`, `\` escapes.
#[derive(Debug)]
pub struct Glob(Regex);

impl Glob {
    /// Compiles a pattern; `None` for malformed ones (Helm then takes every file).
    pub fn new(pattern: &str) -> Option<Self> {
        let mut regex = String::from("(?s)^");
        let mut chars = pattern.chars().peekable();
        let mut depth = 0_usize;
        while let Some(c) = chars.next() {
            match c {
                '*' if chars.peek() == Some(&'*') => {
                    chars.next();
                    regex.push_str(".*");
                }
                '*' => regex.push_str("[^/]*"),
                '?' => regex.push_str("[^/]"),
                '{' => {
                    depth += 1;
                    regex.push_str("(?:");
                }
                '}' if depth > 0 => {
                    depth -= 1;
                    regex.push(')');
                }
                ',' if depth > 0 => regex.push('|'),
                '[' => push_class(&mut regex, &mut chars)?,
                '\\' => push_literal(&mut regex, chars.next()?),
                c => push_literal(&mut regex, c),
            }
        }
        if depth > 0 {
            return None;
        }
        regex.push('$');
        Regex::new(&regex).ok().map(Self)
    }

    /// Whether the whole name matches.
    pub fn matches(&self, name: &str) -> bool {
        self.0.is_match(name)
    }
}

fn push_literal(regex: &mut String, c: char) {
    regex.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
}

fn push_class(
    regex: &mut String,
    chars: &mut std::iter::Peekable<std::str::Chars<'_>>,
) -> Option<()> {
    regex.push('[');
    if chars.peek() == Some(&'!') {
        chars.next();
        regex.push('^');
    }
    let first = chars.next()?;
    if chars.peek() == Some(&'-') {
        chars.next();
        let last = chars.next()?;
        if last < first || chars.next()? != ']' {
            return None;
        }
        push_literal(regex, first);
        regex.push('-');
        push_literal(regex, last);
    } else {
        let mut c = first;
        let mut any = false;
        while c != ']' {
            push_class_char(regex, if c == '\\' { chars.next()? } else { c });
            any = true;
            c = chars.next()?;
        }
        if !any {
            return None;
        }
    }
    regex.push(']');
    Some(())
}

fn push_class_char(regex: &mut String, c: char) {
    if matches!(c, '^' | '-' | ']' | '[' | '\\' | '&' | '~') {
        regex.push('\\');
    }
    regex.push(c);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shell_patterns() {
        for (pattern, name, expected) in [
            ("*.txt", "a.txt", Ok(true)),
            ("*.txt", "d/a.txt", Ok(false)),
            ("templates/.?*", "templates/.x", Ok(true)),
            ("templates/.?*", "templates/.", Ok(false)),
            ("a*b*c", "axxbyyc", Ok(true)),
            ("a*b*c", "axxbyycd", Ok(false)),
            ("[a-c]x", "bx", Ok(true)),
            ("[^a-c]x", "bx", Ok(false)),
            ("a\\*", "a*", Ok(true)),
            ("a?c", "a/c", Ok(false)),
            ("", "", Ok(true)),
            ("[", "a", Err(BadPattern)),
            ("[]a]", "]", Err(BadPattern)),
        ] {
            assert_eq!(path_match(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn globs() {
        for (pattern, name, expected) in [
            ("*", "a", true),
            ("*", "d/a", false),
            ("**", "d/a", true),
            ("config/**.yaml", "config/x/y.yaml", true),
            ("config/*.{yaml,json}", "config/a.json", true),
            ("[!a]*", "b1", true),
            ("[a-c]", "d", false),
            ("a.b", "axb", false),
        ] {
            assert_eq!(
                Glob::new(pattern).unwrap().matches(name),
                expected,
                "{pattern} {name}"
            );
        }
        assert!(Glob::new("{a").is_none());
    }
}
