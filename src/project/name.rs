//! The name of an app: a DNS label that is also a chart name, a host part and the stem of revision names.

use std::fmt;

use serde::Serialize;

use crate::failure::{Code, Exit, Explain};

/// The name of an app, checked once.
///
/// Shape: lower-case letters, digits and `-`, starting with a letter and not ending with `-` (RFC 1035, which Knative demands of
/// a Service), at most [`AppName::LIMIT`] characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct AppName(String);

/// Why a text is no name of an app.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{given}\" cannot be the name of an app: {reason}")]
pub struct NameError {
    given: String,
    reason: String,
    nearest: Option<AppName>,
}

impl AppName {
    /// A revision is named `<app>-<12 digits>` and has to fit into a label of 63 characters.
    pub const LIMIT: usize = 50;

    /// Reads a name as the user gave it.
    ///
    /// # Errors
    /// Anything that is not of the shape above; the error knows the nearest name that is.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let reason = if text.is_empty() {
            "it is empty".to_owned()
        } else if text.len() > Self::LIMIT {
            format!(
                "it has {} characters, and {} fit",
                text.chars().count(),
                Self::LIMIT
            )
        } else if let Some(bad) = text.chars().find(|c| !is_label_char(*c)) {
            format!("it holds {bad:?}; only a-z, 0-9 and - may stand in a host name")
        } else if !text.starts_with(|c: char| c.is_ascii_lowercase()) {
            "it does not start with a letter".to_owned()
        } else if text.ends_with('-') {
            "it ends with -".to_owned()
        } else {
            return Ok(Self(text.to_owned()));
        };
        Err(NameError {
            given: text.to_owned(),
            reason,
            nearest: Self::from_text(text),
        })
    }

    /// The nearest name to any text: lower-case, every run of other characters one `-`, a leading digit after `app-`.
    /// `None` when nothing usable is left.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut name = String::new();
        for c in text.chars().map(|c| c.to_ascii_lowercase()) {
            if c.is_ascii_lowercase() || c.is_ascii_digit() {
                name.push(c);
            } else if !name.is_empty() && !name.ends_with('-') {
                name.push('-');
            }
        }
        if name.starts_with(|c: char| c.is_ascii_digit()) {
            name.insert_str(0, "app-");
        }
        name.truncate(Self::LIMIT);
        let name = name.trim_end_matches('-');
        (!name.is_empty()).then(|| Self(name.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_label_char(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

impl fmt::Display for AppName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Explain for NameError {
    fn code(&self) -> Option<Code> {
        Some(Code::BAD_NAME)
    }

    fn exit(&self) -> Exit {
        Exit::Usage
    }

    fn hints(&self) -> Vec<String> {
        self.nearest
            .iter()
            .map(|name| format!("use --name {name}"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::AppName;

    #[test]
    fn names_are_read_or_refused_with_the_reason() {
        assert_eq!(AppName::parse("go-demo-6").unwrap().as_str(), "go-demo-6");
        for (text, reason) in [
            ("", "empty"),
            ("Go", "'G'"),
            ("6go", "start with a letter"),
            ("-a", "start with a letter"),
            ("a-", "ends with -"),
            ("a.b", "'.'"),
            ("ä", "'ä'"),
        ] {
            let error = AppName::parse(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{text}: {error}");
        }
        assert!(AppName::parse(&"a".repeat(50)).is_ok());
        assert!(AppName::parse(&"a".repeat(51)).is_err());
    }

    #[test]
    fn names_are_made_from_any_text() {
        for (text, name) in [
            (
                "DemoJenkinsXQuickstartReact",
                Some("demojenkinsxquickstartreact"),
            ),
            ("my_app.v2", Some("my-app-v2")),
            ("6pack", Some("app-6pack")),
            ("--x--", Some("x")),
            ("日本", None),
            ("", None),
        ] {
            assert_eq!(
                AppName::from_text(text).as_ref().map(AppName::as_str),
                name,
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn what_is_made_from_a_text_is_a_name(text in ".{0,80}") {
            if let Some(name) = AppName::from_text(&text) {
                prop_assert_eq!(AppName::parse(name.as_str()), Ok(name.clone()));
                prop_assert_eq!(AppName::from_text(name.as_str()), Some(name));
            }
        }
    }
}
