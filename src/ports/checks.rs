//! Who runs the checks of a pull request: [`CheckRunner`].

use std::fmt;

use async_trait::async_trait;

use crate::failure::{Explain, Kind};
use crate::ports::forge::{PullRequest, Repository};

/// Makes sure that the pipelines of a pull request run.
#[async_trait]
pub trait CheckRunner: Send + Sync + fmt::Debug {
    /// Called once for a pull request that has no status yet. Where a resident process follows the events of the forge (or may
    /// be started) it returns at once, and that process sets the statuses. Otherwise it runs the pipelines of that event here,
    /// sets the statuses on the head, acknowledges the event, and returns when they have ended.
    ///
    /// # Errors
    /// [`CheckError`]: nobody can run them. A check that fails is a status, not an error.
    async fn ensure(&self, repository: &Repository, pull: &PullRequest) -> Result<(), CheckError>;

    /// Whether a resident process follows the events of the forge, so that waiting for the pipeline of a merge makes sense.
    async fn is_resident(&self) -> bool;
}

/// Nobody can run the checks.
#[derive(Debug, thiserror::Error)]
#[error("cannot run the checks of {pull}: {reason}")]
pub struct CheckError {
    /// The pull request.
    pub pull: String,
    /// Why not.
    pub reason: String,
}

impl Explain for CheckError {
    fn kind(&self) -> Kind {
        Kind::Outside
    }

    fn hints(&self) -> Vec<String> {
        vec!["`landfall up` starts the process that runs them".to_owned()]
    }
}
