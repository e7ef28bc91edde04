//! The registered environments as the local platform follows them: their heads, and what they hold at a commit.

use std::sync::Arc;

use super::Environments;
use super::content::{RenderedApp, render_environment};
use crate::ports::artifacts::ArtifactStore;
use crate::ports::git::CommitId;
use crate::ports::platform::{EnvironmentContent, EnvironmentHead, EnvironmentSource, SourceError};

/// Reads environments from their repositories, and the charts of their apps from the artifact store.
#[derive(Debug)]
pub struct RegisteredEnvironments {
    environments: Environments,
    artifacts: Arc<dyn ArtifactStore>,
}

impl RegisteredEnvironments {
    /// The environments of that list.
    pub fn new(environments: Environments, artifacts: Arc<dyn ArtifactStore>) -> Self {
        Self {
            environments,
            artifacts,
        }
    }
}

impl EnvironmentSource for RegisteredEnvironments {
    fn heads(&self) -> Result<Vec<EnvironmentHead>, SourceError> {
        self.environments
            .list()?
            .into_iter()
            .map(|environment| {
                let (_, commit) = self.environments.head(&environment)?;
                Ok(EnvironmentHead {
                    name: environment.name.to_string(),
                    commit: commit.to_string(),
                })
            })
            .collect()
    }

    fn content(&self, head: &EnvironmentHead) -> Result<EnvironmentContent, SourceError> {
        let environment = self.environments.get(&head.name)?;
        let path = self.environments.repository(&environment)?.path()?;
        let commit: CommitId = head.commit.parse()?;
        let descriptor = self.environments.descriptor(&environment, &path, &commit)?;
        let files = self.environments.files(&environment, &path, &commit)?;
        let documents: Result<Vec<_>, _> = render_environment(&files, &*self.artifacts)?
            .iter()
            .map(RenderedApp::documents)
            .collect();
        Ok(EnvironmentContent {
            documents: documents?.concat(),
            stand_ins: descriptor.stand_ins,
        })
    }
}
