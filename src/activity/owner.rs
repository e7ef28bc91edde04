//! Which process runs a run, and whether it still can.
//!
//! A runner that is killed cannot write that it ended. So each run names its process in the annotation
//! [`OWNER`]: process id, the time it started in the system's own unit, and the id of the system's boot.
//! A process id alone is not enough, ids are used again; the three together are unique.

use std::fmt;

use thiserror::Error;

/// The annotation of a PipelineRun that names the process which runs it; the text of an [`Owner`].
pub const OWNER: &str = "landfall.dev/owner";

/// One process of one boot of one machine, written as `pid:started:boot`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The process id.
    pub pid: u32,
    /// When it started, in whatever unit the system counts; only compared for equality.
    pub started: String,
    /// The id of the system's boot.
    pub boot: String,
}

/// A text that is no owner.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is not of the form pid:started:boot")]
pub struct OwnerError(String);

impl std::str::FromStr for Owner {
    type Err = OwnerError;

    fn from_str(text: &str) -> Result<Self, OwnerError> {
        let malformed = || OwnerError(text.to_owned());
        let mut parts = text.splitn(3, ':');
        let mut next = || {
            parts
                .next()
                .filter(|part| !part.is_empty())
                .ok_or_else(malformed)
        };
        let pid = next()?.parse().map_err(|_| malformed())?;
        Ok(Self {
            pid,
            started: next()?.to_owned(),
            boot: next()?.to_owned(),
        })
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}", self.pid, self.started, self.boot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_reads_back_what_it_wrote() {
        let owner = Owner {
            pid: 4711,
            started: "9921".to_owned(),
            boot: "a-b:c".to_owned(),
        };
        assert_eq!(owner.to_string(), "4711:9921:a-b:c");
        assert_eq!(owner.to_string().parse(), Ok(owner));
    }

    #[test]
    fn a_text_with_a_part_missing_is_no_owner() {
        for text in [
            "",
            "12",
            "12:3",
            "12::boot",
            "x:3:boot",
            "-1:3:boot",
            "12:3:",
        ] {
            assert!(text.parse::<Owner>().is_err(), "{text}");
        }
    }
}
