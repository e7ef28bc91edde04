//! The status words of activities, stages and steps, and how children roll up to a parent.
//!
//! Words and roll-up are those of jx's `ActivityStatusType` (jenkins-x/jx-api
//! `pkg/apis/core/v4beta1` and `jenkins.io/v1`), so that objects written by jx read the same here.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How far an activity, a stage or a step has come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Status {
    /// Nothing is known yet: the empty text, which is left out of JSON.
    #[default]
    Unset,
    /// Not started.
    Pending,
    /// Under way.
    Running,
    /// Ended well.
    Succeeded,
    /// Ended because something in it failed.
    Failed,
    /// Held until a person agrees.
    WaitingForApproval,
    /// Could not be run at all.
    Error,
    /// Ended because what ran it vanished.
    Aborted,
    /// Left out: skipped, or never reached.
    NotExecuted,
    /// Ended because its time was up.
    TimedOut,
    /// Ended because somebody asked for it.
    Cancelled,
    /// A word that this version does not know, kept as it was written.
    Other(String),
}

impl Status {
    /// Returns the word as it is written in objects and tables.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Unset => "",
            Self::Pending => "Pending",
            Self::Running => "Running",
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
            Self::WaitingForApproval => "WaitingForApproval",
            Self::Error => "Error",
            Self::Aborted => "Aborted",
            Self::NotExecuted => "NotExecuted",
            Self::TimedOut => "TimedOut",
            Self::Cancelled => "Cancelled",
            Self::Other(word) => word,
        }
    }

    /// Tells whether nothing was said at all.
    pub fn is_unset(&self) -> bool {
        *self == Self::Unset
    }

    /// Tells whether nothing can follow: the set that jx calls terminated.
    pub fn is_terminal(&self) -> bool {
        matches!(
            self,
            Self::Succeeded
                | Self::Failed
                | Self::Error
                | Self::Aborted
                | Self::TimedOut
                | Self::Cancelled
        )
    }

    /// Rolls `children` up to the status of their parent, which was `current`.
    ///
    /// The order is jx's: a failure beats a timeout beats a cancellation beats "still running"; a parent
    /// succeeds when no child waits. Where no rule applies the parent keeps what it had.
    pub fn roll_up<'a>(current: &Self, children: impl IntoIterator<Item = &'a Self>) -> Self {
        let children: Vec<&Self> = children.into_iter().collect();
        let current = if current.is_unset() {
            Self::Pending
        } else {
            current.clone()
        };
        if children.is_empty() {
            return current;
        }
        let any = |wanted: &[Self]| children.iter().any(|child| wanted.contains(child));
        if any(&[Self::Failed, Self::Error, Self::Aborted]) {
            Self::Failed
        } else if any(&[Self::TimedOut]) {
            Self::TimedOut
        } else if any(&[Self::Cancelled]) {
            Self::Cancelled
        } else if any(&[Self::Running]) {
            Self::Running
        } else if any(&[
            Self::Pending,
            Self::NotExecuted,
            Self::Unset,
            Self::WaitingForApproval,
        ]) {
            current
        } else {
            Self::Succeeded
        }
    }
}

impl From<String> for Status {
    fn from(word: String) -> Self {
        match word.as_str() {
            "" => Self::Unset,
            "Pending" => Self::Pending,
            "Running" => Self::Running,
            "Succeeded" => Self::Succeeded,
            "Failed" => Self::Failed,
            "WaitingForApproval" => Self::WaitingForApproval,
            "Error" => Self::Error,
            "Aborted" => Self::Aborted,
            "NotExecuted" => Self::NotExecuted,
            "TimedOut" => Self::TimedOut,
            "Cancelled" => Self::Cancelled,
            _ => Self::Other(word),
        }
    }
}

impl From<Status> for String {
    fn from(status: Status) -> Self {
        status.as_str().to_owned()
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Status::{self, *};

    #[test]
    fn children_roll_up_in_the_order_of_jx() {
        let table: &[(&Status, &[Status], Status)] = &[
            (&Unset, &[], Pending),
            (&Running, &[], Running),
            (&Unset, &[Running, Failed, TimedOut], Failed),
            (&Running, &[Succeeded, Error], Failed),
            (&Running, &[Succeeded, Aborted], Failed),
            (&Running, &[Running, TimedOut, Cancelled], TimedOut),
            (&Running, &[Running, Cancelled], Cancelled),
            (&Pending, &[Succeeded, Running, Pending], Running),
            (&Running, &[Succeeded, Pending], Running),
            (&Running, &[Succeeded, NotExecuted], Running),
            (&Pending, &[Succeeded, WaitingForApproval], Pending),
            (&Running, &[Succeeded, Succeeded], Succeeded),
            (&Running, &[Other("Odd".to_owned())], Succeeded),
        ];
        for (current, children, expected) in table {
            let rolled = Status::roll_up(current, *children);
            assert_eq!(&rolled, expected, "{current:?} with {children:?}");
        }
    }

    #[test]
    fn every_word_survives_a_round_trip() {
        for word in [
            "",
            "Pending",
            "Running",
            "Succeeded",
            "Failed",
            "WaitingForApproval",
            "Error",
            "Aborted",
            "NotExecuted",
            "TimedOut",
            "Cancelled",
            "SomethingNew",
        ] {
            let status = Status::from(word.to_owned());
            assert_eq!(status.as_str(), word);
            assert_eq!(String::from(status), word);
        }
    }
}
