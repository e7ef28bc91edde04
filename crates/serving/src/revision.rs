//! The name of a revision, from its content.
//!
//! Equal content has an equal name in every environment: a Git revert brings back a revision instead of making one.

use serde_json::Value;
use sha2::{Digest, Sha256};

/// Hexadecimal digits of the hash in a name.
pub const HASH_DIGITS: usize = 12;
/// Kubernetes names of this kind are DNS labels.
pub const NAME_LIMIT: usize = 63;

/// The first twelve hexadecimal digits of the SHA-256 over the canonical JSON of a `spec.template`, its name left out.
pub fn template_hash(template: &Value) -> String {
    let mut text = String::new();
    let mut unnamed = template.clone();
    if let Some(metadata) = unnamed.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.remove("name");
    }
    write_canonical(&unnamed, &mut text);
    let digest = Sha256::digest(text.as_bytes());
    let mut hash = String::with_capacity(HASH_DIGITS);
    for byte in &digest[..HASH_DIGITS / 2] {
        hash.push(hex_digit(byte >> 4));
        hash.push(hex_digit(byte & 0xf));
    }
    hash
}

/// The name of the revision that `template` makes of `service`: the one that it gives, or `<service>-<hash>`.
///
/// A long service name is cut, so that the whole stays a DNS label.
pub fn revision_name(service: &str, template: &Value) -> String {
    if let Some(name) = template.pointer("/metadata/name").and_then(Value::as_str)
        && !name.is_empty()
    {
        return name.to_owned();
    }
    let room = NAME_LIMIT - HASH_DIGITS - 1;
    let stem: String = service.chars().take(room).collect();
    format!("{}-{}", stem.trim_end_matches('-'), template_hash(template))
}

fn hex_digit(value: u8) -> char {
    char::from_digit(u32::from(value), 16).unwrap_or('0')
}

/// JSON with sorted keys and without white space.
fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|&(key, _)| key);
            text.push('{');
            for (index, (key, value)) in entries.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write_canonical(value, text);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_canonical(item, text);
            }
            text.push(']');
        }
        scalar => text.push_str(&scalar.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn equal_content_has_an_equal_name() {
        let one = json!({"metadata": {"annotations": {"a": "1", "b": "2"}}, "spec": {"containers": [{"image": "x"}]}});
        let same = json!({"spec": {"containers": [{"image": "x"}]}, "metadata": {"annotations": {"b": "2", "a": "1"}}});
        let other = json!({"spec": {"containers": [{"image": "y"}]}, "metadata": {"annotations": {"b": "2", "a": "1"}}});
        assert_eq!(revision_name("shop", &one), revision_name("shop", &same));
        assert_ne!(revision_name("shop", &one), revision_name("shop", &other));
        assert_eq!(template_hash(&one).len(), HASH_DIGITS);
    }

    #[test]
    fn the_hash_is_over_canonical_json() {
        // printf '{"a":[1,"x"],"b":null}' | sha256sum
        assert_eq!(
            template_hash(&json!({"b": null, "a": [1, "x"]})),
            "854ef06dc57f"
        );
    }

    #[test]
    fn a_name_of_its_own_does_not_enter_the_hash() {
        let named = json!({"metadata": {"name": "shop-v7", "labels": {}}, "spec": {}});
        let unnamed = json!({"metadata": {"labels": {}}, "spec": {}});
        assert_eq!(template_hash(&named), template_hash(&unnamed));
        assert_eq!(revision_name("shop", &named), "shop-v7");
    }

    #[test]
    fn long_names_stay_labels() {
        let name = revision_name(&"s".repeat(63), &json!({}));
        assert_eq!(name.len(), NAME_LIMIT);
    }
}
