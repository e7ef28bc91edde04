//! Upper and lower case, and the cases of names (github.com/huandu/xstrings 1.5, goutils).

use gotpl::{Function, Type};

use super::args::str;

const S: &[Type] = &[Type::String];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::fixed("upper", S, |_, args| Ok(map(&str(args, 0), upper).into())),
    Function::fixed("lower", S, |_, args| Ok(map(&str(args, 0), lower).into())),
    Function::fixed("title", S, |_, args| Ok(title(&str(args, 0)).into())),
    Function::fixed("untitle", S, |_, args| Ok(untitle(&str(args, 0)).into())),
    Function::fixed("swapcase", S, |_, args| Ok(swapcase(&str(args, 0)).into())),
    Function::fixed("camelcase", S, |_, args| {
        Ok(pascal_case(&str(args, 0)).into())
    }),
    Function::fixed("snakecase", S, |_, args| {
        Ok(lower_case(&str(args, 0), '_').into())
    }),
    Function::fixed("kebabcase", S, |_, args| {
        Ok(lower_case(&str(args, 0), '-').into())
    }),
];

fn map(text: &str, change: fn(char) -> char) -> String {
    text.chars().map(change).collect()
}

/// Go maps character to character: what would become several stays.
fn upper(character: char) -> char {
    let mut mapped = character.to_uppercase();
    match (mapped.next(), mapped.next()) {
        (Some(one), None) => one,
        _ => character,
    }
}

fn lower(character: char) -> char {
    let mut mapped = character.to_lowercase();
    match (mapped.next(), mapped.next()) {
        (Some(one), None) => one,
        // İ: Go's simple mapping is a plain i.
        _ if character == '\u{130}' => 'i',
        _ => character,
    }
}

/// The title case, which differs from the upper case for four letters that are drawn as two.
fn title_case(character: char) -> char {
    match character {
        '\u{1c4}'..='\u{1c6}' => '\u{1c5}',
        '\u{1c7}'..='\u{1c9}' => '\u{1c8}',
        '\u{1ca}'..='\u{1cc}' => '\u{1cb}',
        '\u{1f1}'..='\u{1f3}' => '\u{1f2}',
        other => upper(other),
    }
}

/// The letters that are a capital and a small one, drawn as one.
fn is_title_case(character: char) -> bool {
    matches!(
        character,
        '\u{1c5}' | '\u{1c8}' | '\u{1cb}' | '\u{1f2}'
            | '\u{1f88}'..='\u{1f8f}' | '\u{1f98}'..='\u{1f9f}' | '\u{1fa8}'..='\u{1faf}'
            | '\u{1fbc}' | '\u{1fcc}' | '\u{1ffc}'
    )
}

fn title(text: &str) -> String {
    let mut previous = ' ';
    let is_separator = |character: char| {
        !(character.is_alphanumeric() || character == '_')
            && (character.is_ascii() || character.is_whitespace())
    };
    text.chars()
        .map(|character| {
            let changed = if is_separator(previous) {
                title_case(character)
            } else {
                character
            };
            previous = character;
            changed
        })
        .collect()
}

fn untitle(text: &str) -> String {
    let mut next = true;
    text.chars()
        .map(|character| {
            if character.is_whitespace() {
                next = true;
                character
            } else if std::mem::take(&mut next) {
                lower(character)
            } else {
                character
            }
        })
        .collect()
}

fn swapcase(text: &str) -> String {
    let mut after_space = true;
    text.chars()
        .map(|character| {
            if character.is_uppercase() || is_title_case(character) {
                after_space = false;
                lower(character)
            } else if character.is_lowercase() {
                if std::mem::take(&mut after_space) {
                    title_case(character)
                } else {
                    upper(character)
                }
            } else {
                after_space = character.is_whitespace();
                character
            }
        })
        .collect()
}

fn is_connector(character: char) -> bool {
    character == '-' || character == '_' || character.is_whitespace()
}

/// `xstrings.ToPascalCase`.
fn pascal_case(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    // Connectors at the start stay.
    while let Some(connector) = characters.next_if(|character| is_connector(*character)) {
        if characters.peek().is_none() {
            // The only one is written once more, as there.
            result.push(connector);
            result.push(connector);
            return result;
        }
        result.push(connector);
    }
    let Some(first) = characters.next() else {
        return result;
    };
    let mut in_upper = first.is_uppercase();
    let mut current = upper(first);
    for next in characters {
        let previous = std::mem::replace(&mut current, next);
        if is_connector(current) && is_connector(previous) {
            result.push(previous);
            continue;
        }
        if is_connector(previous) {
            in_upper = current.is_uppercase();
            current = upper(current);
            continue;
        }
        if in_upper {
            if current.is_uppercase() {
                current = lower(current);
            } else {
                in_upper = false;
            }
        }
        result.push(previous);
    }
    result.push(current);
    result
}

/// The kinds of words that xstrings cuts a name into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Invalid,
    Number,
    Upper,
    Alphabet,
    Connector,
    Punctuation,
    Other,
}

fn is_alphabet(character: char) -> bool {
    // xstrings leaves Chinese characters out.
    let cjk = matches!(
        character,
        '\u{4e00}'..='\u{9fcc}' | '\u{3400}'..='\u{4d85}' | '\u{20000}'..='\u{2b81d}'
    );
    character.is_alphabetic() && !cjk
}

fn is_punctuation(character: char) -> bool {
    match character {
        '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~' => false,
        character if character.is_ascii() => character.is_ascii_punctuation(),
        other => matches!(
            other,
            '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}'
                | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}'
        ),
    }
}

/// The first word of a text and its length in bytes.
fn next_word(text: &str) -> (Word, usize) {
    let run = |from: &str, inside: &dyn Fn(char) -> bool| -> usize {
        from.chars()
            .take_while(|character| inside(*character))
            .map(char::len_utf8)
            .sum()
    };
    let Some(first) = text.chars().next() else {
        return (Word::Invalid, 0);
    };
    let small = |character: char| is_alphabet(character) && !character.is_uppercase();
    if is_connector(first) {
        return (Word::Connector, run(text, &is_connector));
    }
    if is_punctuation(first) {
        return (Word::Punctuation, run(text, &is_punctuation));
    }
    if first.is_uppercase() {
        let capitals = run(text, &char::is_uppercase);
        let rest = &text[capitals..];
        if capitals == first.len_utf8() {
            return (Word::Upper, capitals + run(rest, &small));
        }
        // The S of "HTTPStatus" begins the next word.
        if rest.starts_with(is_alphabet) {
            let last = text[..capitals]
                .chars()
                .next_back()
                .map_or(0, char::len_utf8);
            return (Word::Upper, capitals - last);
        }
        return (Word::Upper, capitals);
    }
    if is_alphabet(first) {
        return (Word::Alphabet, run(text, &small));
    }
    if first.is_numeric() {
        return (Word::Number, run(text, &char::is_numeric));
    }
    let other = |character: char| {
        !(is_connector(character)
            || is_alphabet(character)
            || character.is_numeric()
            || is_punctuation(character))
    };
    (Word::Other, run(text, &other))
}

/// Takes words off the front of a name.
struct Words<'t>(&'t str);

impl<'t> Words<'t> {
    fn next(&mut self) -> (Word, &'t str) {
        let (word, length) = next_word(self.0);
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        (word, text)
    }
}

/// `xstrings.ToSnakeCase` and `ToKebabCase`.
fn lower_case(text: &str, connector: char) -> String {
    let mut result = String::with_capacity(text.len() + 8);
    let mut words = Words(text);
    let (mut kind, mut word) = words.next();
    while !words.0.is_empty() {
        if kind != Word::Connector {
            push_lower(&mut result, kind, word, connector);
        }
        let (previous, last) = (kind, word);
        (kind, word) = words.next();
        match previous {
            Word::Number => {
                while matches!(kind, Word::Alphabet | Word::Number) {
                    push_lower(&mut result, kind, word, connector);
                    (kind, word) = words.next();
                }
                if !matches!(kind, Word::Invalid | Word::Punctuation | Word::Connector) {
                    result.push(connector);
                }
            }
            Word::Connector => push_lower(&mut result, previous, last, connector),
            Word::Punctuation => {}
            _ if kind != Word::Number => {
                if !matches!(kind, Word::Connector | Word::Punctuation) {
                    result.push(connector);
                }
            }
            _ if words.0.is_empty() => {}
            _ => {
                let number = word;
                (kind, word) = words.next();
                // A number belongs to the word before it: "Bld4Floor" is "bld4_floor".
                if kind != Word::Alphabet {
                    push_lower(&mut result, Word::Number, number, connector);
                    if !matches!(kind, Word::Connector | Word::Punctuation) {
                        result.push(connector);
                    }
                    continue;
                }
                // Unless small letters follow: "HTTP2xx" is "http_2xx".
                result.push(connector);
                push_lower(&mut result, Word::Number, number, connector);
                while matches!(kind, Word::Alphabet | Word::Number) {
                    push_lower(&mut result, kind, word, connector);
                    (kind, word) = words.next();
                }
                if !matches!(kind, Word::Invalid | Word::Connector | Word::Punctuation) {
                    result.push(connector);
                }
            }
        }
    }
    push_lower(&mut result, kind, word, connector);
    result
}

fn push_lower(result: &mut String, kind: Word, word: &str, connector: char) {
    match kind {
        Word::Connector => result.extend(word.chars().map(|_| connector)),
        Word::Upper => result.extend(word.chars().map(lower)),
        _ => result.push_str(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_change_case_as_xstrings_documents() {
        for (text, snake) in [
            ("FirstName", "first_name"),
            ("HTTPServer", "http_server"),
            ("NoHTTPS", "no_https"),
            ("GO_PATH", "go_path"),
            ("GO PATH", "go_path"),
            ("GO-PATH", "go_path"),
            ("http2xx", "http_2xx"),
            ("HTTP20xOK", "http_20x_ok"),
            ("Duration2m3s", "duration_2m3s"),
            ("Bld4Floor3rd", "bld4_floor_3rd"),
        ] {
            assert_eq!(lower_case(text, '_'), snake);
        }
        for (text, pascal) in [
            ("some_words", "SomeWords"),
            ("http_server", "HttpServer"),
            ("_complex__case_", "_Complex_Case_"),
            ("some words", "SomeWords"),
            ("GOLANG_IS_GREAT", "GolangIsGreat"),
            ("aB cD_e-f", "ABCDEF"),
            ("a", "A"),
        ] {
            assert_eq!(pascal_case(text), pascal, "{text}");
        }
    }
}
