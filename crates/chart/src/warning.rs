//! Log lines of Helm, collected instead of printed.

use std::fmt;

/// How serious a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Only for those who search for a fault.
    Debug,
    /// Worth knowing.
    Info,
    /// Probably a mistake in the chart or its values.
    Warn,
    /// Comes with a failure.
    Error,
}

/// One line. `Display` is Go's `slog` text without the time: `level=WARN msg="this chart is deprecated"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// How serious.
    pub level: Level,
    /// The text.
    pub message: String,
    /// What it is about, in order.
    pub fields: Vec<(&'static str, String)>,
}

impl Warning {
    /// A line of the level DEBUG.
    pub fn debug(message: &str) -> Self {
        Self {
            level: Level::Debug,
            message: message.to_owned(),
            fields: Vec::new(),
        }
    }

    /// A line of the level WARN.
    pub fn warn(message: &str) -> Self {
        Self {
            level: Level::Warn,
            message: message.to_owned(),
            fields: Vec::new(),
        }
    }

    /// A line of the level INFO.
    pub fn info(message: impl Into<String>) -> Self {
        Self {
            level: Level::Info,
            message: message.into(),
            fields: Vec::new(),
        }
    }

    /// A line of the level ERROR.
    pub fn error(message: &str) -> Self {
        Self {
            level: Level::Error,
            message: message.to_owned(),
            fields: Vec::new(),
        }
    }

    /// Adds a field.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((key, value.into()));
        self
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Debug => "DEBUG",
            Level::Info => "INFO",
            Level::Warn => "WARN",
            Level::Error => "ERROR",
        };
        write!(f, "level={level} msg={}", value(&self.message))?;
        for (key, text) in &self.fields {
            write!(f, " {key}={}", value(text))?;
        }
        Ok(())
    }
}

/// A value as slog's text handler prints it: quoted when empty or when it holds spaces, quotes, `=` or control characters.
fn value(text: &str) -> String {
    let quoted = text.is_empty()
        || text.chars().any(|c| {
            c == '"'
                || c == '='
                || c.is_whitespace()
                || c.is_control()
                || c == char::REPLACEMENT_CHARACTER
        });
    if quoted {
        gotpl::quote::quote(text.as_bytes()).clone()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_look_like_slog() {
        let line = Warning::warn("returned non-bool value")
            .with("path", "a.enabled")
            .with("error", "\"x\" is no table");
        assert_eq!(
            line.to_string(),
            r#"level=WARN msg="returned non-bool value" path=a.enabled error="\"x\" is no table""#
        );
    }
}
