//! Where the output of steps is read: [`LogSource`].

use thiserror::Error;

use crate::failure::{Code, Explain, Kind};
use crate::files::FileError;

/// The kept output of pipeline steps, as bytes.
///
/// Reading is by position, so that a follower holds no more than it prints. Whether more will come is not
/// the log's business: the record of the run says whether the step has ended.
pub trait LogSource: Send + Sync + std::fmt::Debug {
    /// Returns up to `limit` bytes of a log from the position `from` on.
    ///
    /// `None`: nothing was written yet, there is no such log. Empty: nothing beyond `from`, so far.
    fn read(&self, log: &LogKey, from: u64, limit: usize) -> Result<Option<Vec<u8>>, LogError>;

    /// Returns the number of bytes in a log; `None` if there is no such log.
    fn size(&self, log: &LogKey) -> Result<Option<u64>, LogError>;

    /// Deletes every log of a run. Fine if there is none.
    fn delete(&self, run: &str) -> Result<(), LogError>;
}

/// Which log: of one step of one task of one run.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LogKey {
    /// The run's name.
    pub run: String,
    /// The pipeline task's name; with its index for one of a matrix (`test-0`).
    pub task: String,
    /// The step's name; `unnamed-<n>` for the n-th (from 0) if it has none, as Tekton calls it.
    pub step: String,
    /// Which try of the task, from 1; `None` for the last one.
    pub earlier_try: Option<usize>,
}

impl LogKey {
    /// Names the log of a step's last try.
    pub fn new(run: &str, task: &str, step: &str) -> Self {
        Self {
            run: run.to_owned(),
            task: task.to_owned(),
            step: step.to_owned(),
            earlier_try: None,
        }
    }

    /// Returns the name of its file: `<task>-<step>.txt`, and `<task>-<step>.try<n>.txt` for an earlier try.
    ///
    /// Writers and readers on disk agree on it; it is also what `start pipeline --logs DIR` writes.
    pub fn file_name(&self) -> String {
        match self.earlier_try {
            None => format!("{}-{}.txt", self.task, self.step),
            Some(number) => format!("{}-{}.try{number}.txt", self.task, self.step),
        }
    }
}

/// Why a log could not be read or deleted.
#[derive(Debug, Error)]
pub enum LogError {
    /// A name that is no plain file name.
    #[error("cannot find a log: \"{0}\" is no plain name")]
    BadName(String),
    /// The file system refused.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Explain for LogError {
    fn code(&self) -> Option<Code> {
        match self {
            Self::BadName(_) => None,
            Self::File(error) => error.code(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::BadName(_) => Kind::User,
            Self::File(error) => error.kind(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::BadName(_) => Vec::new(),
            Self::File(error) => error.hints(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_an_earlier_try_has_its_number() {
        let mut key = LogKey::new("run", "build", "compile");
        assert_eq!(key.file_name(), "build-compile.txt");
        key.earlier_try = Some(2);
        assert_eq!(key.file_name(), "build-compile.try2.txt");
    }
}
