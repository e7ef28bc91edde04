//! Equality of JSON values: numbers by value, whatever their type.

use goyaml::Value;

#[expect(
    clippy::float_cmp,
    reason = "JSON numbers are equal when they are the same number"
)]
pub(super) fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| equal(a, b)))
        }
        (a, b) => match (a.as_f64(), b.as_f64()) {
            (Some(a), Some(b)) => a == b,
            (None, None) => a == b,
            _ => false,
        },
    }
}

/// The first two equal items: the earlier and the later index.
pub(super) fn duplicates(items: &[Value]) -> Option<(usize, usize)> {
    // Sorting by text makes equal items neighbours: no comparison of every pair.
    let mut texts: Vec<(String, usize)> = items
        .iter()
        .enumerate()
        .map(|(i, item)| {
            (
                goyaml::to_json(&crate::decode::floats(item.clone())).unwrap_or_default(),
                i,
            )
        })
        .collect();
    texts.sort();
    texts
        .windows(2)
        .filter(|pair| pair[0].0 == pair[1].0)
        .map(|pair| (pair[0].1, pair[1].1))
        .min_by_key(|pair| pair.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_equal_by_value() {
        assert!(equal(&Value::Int(1), &Value::Float(1.0)));
        assert!(!equal(&Value::Int(1), &Value::from("1")));
        assert!(!equal(&Value::Bool(true), &Value::Int(1)));
    }

    #[test]
    fn the_first_duplicate_is_found() {
        let items = [
            Value::Int(3),
            Value::Int(1),
            Value::Float(1.0),
            Value::Int(3),
        ];
        assert_eq!(duplicates(&items), Some((1, 2)));
        assert_eq!(duplicates(&items[..2]), None);
    }
}
