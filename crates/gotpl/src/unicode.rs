//! Classes of characters as Go knows them. Rust's own tables are of a newer Unicode and draw other lines.

mod tables;

use tables::{ALPHANUMERIC, PRINTABLE};

/// Whether a character can be part of a name: a letter, a digit or the underscore.
pub(crate) fn is_alphanumeric(character: char) -> bool {
    if character.is_ascii() {
        character == '_' || character.is_ascii_alphanumeric()
    } else {
        contains(ALPHANUMERIC, character)
    }
}

/// Whether Go's `strconv.IsPrint` holds: letters, marks, numbers, punctuation, symbols and the ASCII space.
pub fn is_print(character: char) -> bool {
    match character {
        ' '..='~' => true,
        '\0'..='\x7f' => false,
        _ => contains(PRINTABLE, character),
    }
}

fn contains(table: &[(u32, u32)], character: char) -> bool {
    let code = u32::from(character);
    let after = table.partition_point(|(first, _)| *first <= code);
    after
        .checked_sub(1)
        .and_then(|at| table.get(at))
        .is_some_and(|(_, last)| code <= *last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_fractions_are_no_part_of_a_name() {
        for character in ['a', 'Z', '0', '_', 'é', '日', '٣', 'ª'] {
            assert!(is_alphanumeric(character), "{character}");
        }
        for character in ['-', ' ', '½', '²', 'Ⅷ', '\u{301}', '\u{93e}', '☺'] {
            assert!(!is_alphanumeric(character), "{character}");
        }
    }

    #[test]
    fn what_is_newer_than_go_is_not_printable() {
        for character in ['a', ' ', 'é', '☺', '\u{301}', '\u{1f600}', '\u{fffd}'] {
            assert!(is_print(character), "{character:?}");
        }
        for character in [
            '\0',
            '\x7f',
            '\u{a0}',
            '\u{ad}',
            '\u{2028}',
            '\u{e000}',
            '\u{1fae9}',
            '\u{10ffff}',
        ] {
            assert!(!is_print(character), "{character:?}");
        }
    }
}
