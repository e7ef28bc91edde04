//! What the store fails with.

use std::path::PathBuf;

use thiserror::Error;

use crate::failure::{Code, Exit, Explain, Kind};

/// Why the store could not do it.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The value is nothing that is recorded.
    #[error("cannot record {found}: only a named PipelineRun, TaskRun or PipelineActivity is")]
    NotAnObject {
        /// What it was.
        found: String,
    },
    /// Another run has that name.
    #[error("cannot record run {name}: another run of that name is recorded already")]
    NameTaken {
        /// The name of both.
        name: String,
    },
    /// There is no such run.
    #[error("no activity is called \"{name}\"")]
    NotFound {
        /// The name that was asked for.
        name: String,
    },
    /// The file is damaged or no database.
    #[error("cannot read {}: the file is damaged or no database", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the library says.
        source: Cause,
    },
    /// The file is a database of some other program.
    #[error("cannot read {}: this database belongs to another program", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a newer landfall.
    #[error(
        "cannot read {}: a newer landfall wrote it (format {found}, known up to {known})",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest format known here.
        known: i64,
    },
    /// Other processes held the file for too long.
    #[error("cannot {doing} {}: other processes keep it busy", path.display())]
    Busy {
        /// What was tried.
        doing: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// Anything else: no space, no permission.
    #[error("cannot {doing} {}", path.display())]
    Failed {
        /// What was tried: read, write.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the library says.
        source: Cause,
    },
}

impl Explain for StoreError {
    fn code(&self) -> Option<Code> {
        match self {
            Self::NotAnObject { .. } | Self::NameTaken { .. } => None,
            Self::NotFound { .. } => Some(Code::NOT_FOUND),
            Self::Failed { .. } => Some(Code::FILE),
            _ => Some(Code::RECORD),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::NotAnObject { .. } => Kind::Internal,
            Self::NameTaken { .. } | Self::NotFound { .. } => Kind::User,
            _ => Kind::Outside,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::NotFound { .. } => Exit::NotFound,
            Self::Busy { .. } => Exit::Temporary,
            _ => Exit::Failed,
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Damaged { path, .. } => format!(
                "move {} away to begin a new record; nothing that runs depends on it",
                path.display()
            ),
            Self::Newer { .. } => "use the newer landfall for this LANDFALL_HOME".to_owned(),
            Self::Foreign { .. } => "check LANDFALL_HOME".to_owned(),
            Self::Busy { .. } => "run the same command again".to_owned(),
            _ => return Vec::new(),
        };
        vec![hint]
    }
}

/// An underlying error whose type is the implementation's own business.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;
