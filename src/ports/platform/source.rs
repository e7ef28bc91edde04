//! The environments that a platform runs.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;

use crate::manifest::Document;

/// An error of a source, in its own words.
pub type SourceError = Box<dyn Error + Send + Sync>;

/// An environment as its repository has it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentHead {
    /// The environment's name, which is also its namespace.
    pub name: String,
    /// The commit that says what runs there.
    pub commit: String,
}

/// What runs in an environment at one commit.
#[derive(Clone, Debug, Default)]
pub struct EnvironmentContent {
    /// The rendered objects.
    pub documents: Vec<Document>,
    /// Services that run elsewhere: name to `host:port`.
    pub stand_ins: BTreeMap<String, String>,
}

/// The environments to run.
pub trait EnvironmentSource: Send + Sync + fmt::Debug {
    /// The environments and the commits their branches point to. Asked several times a second: reads a few small files.
    ///
    /// # Errors
    /// A list or a repository that cannot be read.
    fn heads(&self) -> Result<Vec<EnvironmentHead>, SourceError>;

    /// The objects of an environment at a commit.
    ///
    /// # Errors
    /// A commit that is not there, charts that do not render.
    fn content(&self, head: &EnvironmentHead) -> Result<EnvironmentContent, SourceError>;
}
