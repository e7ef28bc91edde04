//! `{{ name }}` in files under `.tekton/`: text replacement before the YAML is read, as Pipelines-as-Code does it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What stands between double braces without a brace inside.
static PLACEHOLDER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\{\{([^{}]{2,})\}\}").ok());

/// Replaces the known names. Unknown ones stay as they are, so that a Go template in a script survives.
pub(super) fn replace<'t>(
    text: &'t str,
    variables: &BTreeMap<&'static str, String>,
) -> Cow<'t, str> {
    let Some(placeholder) = PLACEHOLDER.as_ref() else {
        return Cow::Borrowed(text);
    };
    placeholder.replace_all(text, |found: &Captures<'_>| {
        variables
            .get(found[1].trim())
            .cloned()
            .unwrap_or_else(|| found[0].to_owned())
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::replace;

    #[test]
    fn known_names_are_replaced_and_others_stay() {
        let variables = BTreeMap::from([
            ("revision", "abc".to_owned()),
            ("sender", "$(rm -rf /)".to_owned()),
        ]);
        for (text, result) in [
            ("a {{ revision }} b {{revision}}", "a abc b abc"),
            ("{{ .Chart.Name }}", "{{ .Chart.Name }}"),
            ("{{ other }}", "{{ other }}"),
            ("{{{ revision }}}", "{abc}"),
            ("{ { revision } }", "{ { revision } }"),
            ("{{ sender }}", "$(rm -rf /)"),
        ] {
            assert_eq!(replace(text, &variables), result);
        }
    }
}
