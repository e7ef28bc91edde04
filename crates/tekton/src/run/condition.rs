//! The one condition of a run: `Succeeded`.

/// Whether the condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It succeeded.
    True,
    /// It failed.
    False,
    /// It still runs.
    Unknown,
}

impl Status {
    /// The word in a status.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::True => "True",
            Self::False => "False",
            Self::Unknown => "Unknown",
        }
    }
}

/// The `Succeeded` condition of a PipelineRun or TaskRun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Whether it succeeded.
    pub status: Status,
    /// One word.
    pub reason: String,
    /// A sentence.
    pub message: String,
}

impl Condition {
    /// It still runs.
    pub(crate) fn unknown(reason: &str, message: impl Into<String>) -> Self {
        Self {
            status: Status::Unknown,
            reason: reason.to_owned(),
            message: message.into(),
        }
    }

    /// It failed.
    pub(crate) fn failed(reason: &str, message: impl Into<String>) -> Self {
        Self {
            status: Status::False,
            reason: reason.to_owned(),
            message: message.into(),
        }
    }

    /// It succeeded.
    pub(crate) fn succeeded(reason: &str, message: impl Into<String>) -> Self {
        Self {
            status: Status::True,
            reason: reason.to_owned(),
            message: message.into(),
        }
    }

    /// It has ended.
    pub fn is_done(&self) -> bool {
        self.status != Status::Unknown
    }
}

/// Marks a message as caused by what the user wrote (`pipelineErrors.WrapUserError`).
pub(crate) fn user_error(message: impl std::fmt::Display) -> String {
    format!("[User error] {message}")
}
