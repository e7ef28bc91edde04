//! Names of releases (`validate_name.go`).

use std::sync::Arc;

use gotpl::{MissingKey, TemplateSet, Value};

use crate::Error;
use crate::functions::{self, Environment};

/// Longest release name.
const MAX_RELEASE_NAME: usize = 53;

/// Checks a release name as Helm does before it renders.
///
/// # Errors
/// Helm's text with its regular expression.
pub(crate) fn check_release(name: &str) -> Result<(), Error> {
    let fits = name.len() <= MAX_RELEASE_NAME && name.split('.').all(is_label);
    if fits {
        return Ok(());
    }
    let text = if name.is_empty() {
        "no name provided".to_owned()
    } else {
        format!(
            "invalid release name, must match regex ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ \
             and the length must not be longer than {MAX_RELEASE_NAME}"
        )
    };
    let name = gotpl::quote::quote(name.as_bytes());
    Err(Error::ReleaseName(format!("release name {name}: {text}")))
}

/// The name that a template gives (`--name-template`).
///
/// # Errors
/// A template that does not parse or fails, with Go's text.
pub fn release_name(template: &str) -> Result<String, Error> {
    let failed = |error: gotpl::Error| Error::Template {
        text: error.to_string(),
        cause: None,
    };
    let mut set = TemplateSet::new("name-template", functions::functions(), MissingKey::Invalid);
    set.parse("name-template", template).map_err(failed)?;
    let text = Arc::new(set)
        .execute("name-template", &Value::Nil, &Environment::default())
        .map_err(failed)?;
    Ok(text.to_str().into_owned())
}

fn is_label(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.bytes().all(|byte| inner(byte) || byte == b'-')
        && text.bytes().next().is_some_and(inner)
        && text.bytes().next_back().is_some_and(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn release_names() {
        for (name, fits) in [
            ("a", true),
            ("a.b-c", true),
            ("A", false),
            ("-a", false),
            ("a_b", false),
            ("", false),
            ("a..b", false),
        ] {
            assert_eq!(check_release(name).is_ok(), fits, "{name}");
        }
        assert!(check_release(&"x".repeat(54)).is_err());
    }
}
