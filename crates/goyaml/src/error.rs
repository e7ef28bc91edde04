//! The one error of the readers: Go's own text, with the place where it is known.

/// Why a text is not the YAML or JSON that Go's libraries accept.
///
/// `Display` is the text that Go's library prints, for example
/// `yaml: line 2: mapping values are not allowed in this context`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    message: String,
    line: Option<usize>,
    offset: Option<usize>,
}

impl Error {
    /// An error with Go's full text and, where Go names one, the 1-based line.
    pub(crate) fn new(message: impl Into<String>, line: Option<usize>) -> Self {
        Self {
            message: message.into(),
            line,
            offset: None,
        }
    }

    /// A syntax error of JSON, which showed when so many bytes had been read.
    pub(crate) fn json(message: impl Into<String>, offset: usize) -> Self {
        Self {
            message: message.into(),
            line: None,
            offset: Some(offset),
        }
    }

    /// A go-yaml error without a line: the text gets its `yaml: ` prefix here.
    pub(crate) fn yaml(message: impl std::fmt::Display) -> Self {
        Self::new(format!("yaml: {message}"), None)
    }

    /// The full text.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The line that the text names, as go-yaml counts (its parser errors are one line short of its scanner errors).
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// For texts that are no JSON, the number of bytes up to the end of what is wrong: `Offset` of Go's `json.SyntaxError`.
    pub fn offset(&self) -> Option<usize> {
        self.offset
    }

    /// Whether a JSON text ended too early.
    pub fn is_end_of_json(&self) -> bool {
        self.offset.is_some() && self.message == END_OF_JSON
    }
}

/// What Go says about JSON that ends too early.
pub(crate) const END_OF_JSON: &str = "unexpected end of JSON input";
