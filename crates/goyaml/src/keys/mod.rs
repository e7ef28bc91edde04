//! The order of keys in go-yaml's output: natural, not by bytes.

mod unicode;

use std::cmp::Ordering;

/// go-yaml v2 and v3 differ in one rule: a letter against a non-letter behind a digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyOrder {
    V2,
    V3,
}

/// Sorts by key. Go's comparison is not transitive for keys such as `08`, `0x1f` and `1`, so std's sorts, which may panic on
/// that, are not for it: this is a merge sort that takes any answers.
pub(crate) fn sort_by_key<T>(items: &mut Vec<T>, order: KeyOrder, key: impl Fn(&T) -> &str + Copy) {
    let sorted = items
        .windows(2)
        .all(|pair| !less(key(&pair[1]), key(&pair[0]), order));
    if sorted {
        return;
    }
    let mut right = items.split_off(items.len() / 2);
    sort_by_key(items, order, key);
    sort_by_key(&mut right, order, key);
    let left = std::mem::take(items);
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let next = if less(key(b), key(a), order) {
            right.next()
        } else {
            left.next()
        };
        items.extend(next);
    }
    items.extend(left);
    items.extend(right);
}

/// `keyList.Less` of go-yaml's `sorter.go` for strings.
fn less(a: &str, b: &str, order: KeyOrder) -> bool {
    // Most keys differ in ASCII and need no copies.
    let common = a
        .bytes()
        .zip(b.bytes())
        .take_while(|(x, y)| x == y && x.is_ascii())
        .count();
    let (rest_a, rest_b) = (&a.as_bytes()[common..], &b.as_bytes()[common..]);
    match (rest_a.first(), rest_b.first()) {
        (_, None) => return false,
        (None, Some(_)) => return true,
        (Some(x), Some(y)) if x.is_ascii_alphabetic() && y.is_ascii_alphabetic() => return x < y,
        _ => {}
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    less_chars(&a, &b, order)
}

fn less_chars(a: &[char], b: &[char], order: KeyOrder) -> bool {
    let Some(i) = a.iter().zip(b).position(|(x, y)| x != y) else {
        return a.len() < b.len();
    };
    let digits = i > 0 && is_digit(a[i - 1]);
    match (is_letter(a[i]), is_letter(b[i])) {
        (true, true) => return a[i] < b[i],
        (true, false) | (false, true) => {
            return if order == KeyOrder::V3 && digits {
                is_letter(a[i])
            } else {
                is_letter(b[i])
            };
        }
        (false, false) => {}
    }
    // Leading zeros inside a number count as digits of it.
    let seed = i64::from(
        (a[i] == '0' || b[i] == '0')
            && a[..i]
                .iter()
                .rev()
                .take_while(|c| is_digit(**c))
                .any(|c| *c != '0'),
    );
    let (number_a, end_a) = number(&a[i..], seed);
    let (number_b, end_b) = number(&b[i..], seed);
    match number_a.cmp(&number_b).then(end_a.cmp(&end_b)) {
        Ordering::Less => true,
        Ordering::Greater => false,
        Ordering::Equal => a[i] < b[i],
    }
}

/// Go's `unicode.IsDigit`.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || (!c.is_ascii() && is_in(c, unicode::DIGITS))
}

/// Go's `unicode.IsLetter`.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && is_in(c, unicode::LETTERS))
}

fn is_in(c: char, runs: &[(u32, u32)]) -> bool {
    let code = u32::from(c);
    let place = runs.partition_point(|(_, last)| *last < code);
    runs.get(place).is_some_and(|(first, _)| *first <= code)
}

fn number(text: &[char], seed: i64) -> (i64, usize) {
    let digits = text.iter().take_while(|c| is_digit(**c)).count();
    let value = text[..digits].iter().fold(seed, |value, c| {
        value
            .wrapping_mul(10)
            .wrapping_add(i64::from(u32::from(*c)) - i64::from(u32::from('0')))
    });
    (value, digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(keys: &[&'static str], order: KeyOrder) -> Vec<&'static str> {
        let mut keys = keys.to_vec();
        sort_by_key(&mut keys, order, |key| key);
        keys
    }

    #[test]
    fn numbers_inside_keys_count_as_numbers() {
        assert_eq!(
            sorted(&["a10", "a2", "b", "B", "10", "2"], KeyOrder::V2),
            ["2", "10", "B", "a2", "a10", "b"]
        );
        assert_eq!(
            sorted(&["a-b", "ab", "a.b", "a"], KeyOrder::V2),
            ["a", "a-b", "a.b", "ab"]
        );
    }

    #[test]
    fn v3_puts_letters_behind_digits_first() {
        assert_eq!(sorted(&["a1-x", "a1b"], KeyOrder::V2), ["a1-x", "a1b"]);
        assert_eq!(sorted(&["a1-x", "a1b"], KeyOrder::V3), ["a1b", "a1-x"]);
    }

    #[test]
    fn digits_of_other_scripts_are_digits_and_number_letters_are_no_letters() {
        assert_eq!(sorted(&["01", "\u{663}"], KeyOrder::V2), ["01", "\u{663}"]);
        assert_eq!(sorted(&["a", "\u{2167}"], KeyOrder::V2), ["\u{2167}", "a"]);
        assert_eq!(sorted(&["\u{AA}", "-"], KeyOrder::V2), ["-", "\u{AA}"]);
    }

    #[test]
    fn an_order_that_contradicts_itself_does_not_panic() {
        let keys: Vec<&'static str> =
            ["08", "0x1f", "1", "2", "01", "1e3", "0x", "10", "9"].repeat(20);
        assert_eq!(sorted(&keys, KeyOrder::V2).len(), keys.len());
    }
}
