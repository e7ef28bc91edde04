//! Errors with Go's texts.

use std::fmt;

/// Why a template could not be parsed or executed.
///
/// `Display` is Go's one-line text, the causes included. The parts are kept apart so that a caller can lay them out anew.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    message: String,
    cause: Option<Error>,
}

/// Where an error arose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// In the text of a template, before anything ran.
    Parse {
        /// The name under which the text was parsed.
        template: String,
        /// The line, counted from 1.
        line: usize,
    },
    /// While a template ran.
    Exec {
        /// The name under which the text was parsed, usually a file.
        template: String,
        /// The line, counted from 1.
        line: usize,
        /// The byte in the line, counted from 0.
        column: usize,
        /// The name of the template that ran, such as that of a `define`.
        executing: String,
        /// The expression, printed from the tree.
        at: String,
    },
    /// In a function; no place in a template of its own.
    Message,
}

impl Error {
    /// An error of a function: text only.
    pub fn message(message: impl Into<String>) -> Self {
        Self::build(ErrorKind::Message, message.into(), None)
    }

    /// Text in front of another error, as `fmt.Errorf("...: %w")` makes it. The text ends where the cause begins.
    pub fn wrap(message: impl Into<String>, cause: Self) -> Self {
        Self::build(ErrorKind::Message, message.into(), Some(cause))
    }

    pub(crate) fn build(kind: ErrorKind, message: String, cause: Option<Self>) -> Self {
        Self(Box::new(Inner {
            kind,
            message,
            cause,
        }))
    }

    /// Where it arose.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The own text: without the place, and without the cause, which follows it in `Display`.
    pub fn text(&self) -> &str {
        &self.0.message
    }

    /// The error below this one.
    pub fn cause(&self) -> Option<&Self> {
        self.0.cause.as_ref()
    }

    /// This error and the ones below it, outermost first.
    pub fn chain(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |error| error.cause())
    }
}

impl From<String> for Error {
    fn from(message: String) -> Self {
        Self::message(message)
    }
}

impl From<&str> for Error {
    fn from(message: &str) -> Self {
        Self::message(message)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for error in self.chain() {
            match error.kind() {
                ErrorKind::Message => {}
                ErrorKind::Parse { template, line } => write!(f, "template: {template}:{line}: ")?,
                ErrorKind::Exec {
                    template,
                    line,
                    column,
                    executing,
                    at,
                } => write!(
                    f,
                    "template: {template}:{line}:{column}: executing {} at <{at}>: ",
                    crate::quote::quote(executing.as_bytes())
                )?,
            }
            f.write_str(error.text())?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The text of the cause is part of this error's text: a second print would repeat it.
        None
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // Recursive templates build chains as deep as the limit: unlink them one by one.
        let mut next = self.cause.take();
        while let Some(mut error) = next {
            next = error.0.cause.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_that_of_go() {
        let inner = Error::build(
            ErrorKind::Exec {
                template: "c/templates/_h.tpl".into(),
                line: 2,
                column: 10,
                executing: "h".into(),
                at: ".a.b".into(),
            },
            "nil pointer evaluating interface {}.b".into(),
            None,
        );
        let outer = Error::wrap("error calling include: ", inner);
        assert_eq!(
            outer.to_string(),
            "error calling include: template: c/templates/_h.tpl:2:10: executing \"h\" at <.a.b>: \
             nil pointer evaluating interface {}.b"
        );
        assert_eq!(outer.chain().count(), 2);
    }
}
