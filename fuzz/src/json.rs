//! JSON as Go reads it.
//!
//! Laws: what was read prints and reads back as the same value, in all three forms; a prefix reads as the whole does.

use crate::yaml::like_json;

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let text = crate::text(bytes);
    let prefix = goyaml::from_json_prefix(&text);
    let Ok(value) = goyaml::from_json(&text) else {
        if let Ok((_, length)) = prefix {
            assert!(
                text.is_char_boundary(length),
                "a value ends inside a letter"
            );
        }
        return;
    };
    let (first, length) = prefix.expect("the prefix of a whole value");
    assert_eq!(first, value);
    assert!(text[length..].trim_ascii().is_empty());
    let forms = [
        goyaml::to_json(&value),
        goyaml::to_json_raw(&value),
        goyaml::to_json_pretty(&value, "  "),
    ];
    for printed in forms.into_iter().flatten() {
        let read = goyaml::from_json(&printed)
            .unwrap_or_else(|error| panic!("prints what does not read: {error}\n{printed}"));
        assert_eq!(like_json(&read), like_json(&value), "{printed}");
    }
}
