//! The registered environments as the local platform follows them: their heads, and what they hold at a commit.

use std::sync::Arc;

use super::content::{EnvironmentFiles, render_environment};
use super::{Environment, Environments};
use crate::ports::artifacts::ArtifactStore;
use crate::ports::git::{CommitId, GitObjects};
use crate::ports::platform::{EnvironmentContent, EnvironmentHead, EnvironmentSource, SourceError};

/// Reads environments from their repositories, and the charts of their apps from the artifact store.
#[derive(Debug)]
pub struct RegisteredEnvironments {
    environments: Environments,
    objects: Arc<dyn GitObjects>,
    artifacts: Arc<dyn ArtifactStore>,
}

impl RegisteredEnvironments {
    /// The environments of that list.
    pub fn new(
        environments: Environments,
        objects: Arc<dyn GitObjects>,
        artifacts: Arc<dyn ArtifactStore>,
    ) -> Self {
        Self {
            environments,
            objects,
            artifacts,
        }
    }

    fn files(
        &self,
        environment: &Environment,
        path: &std::path::Path,
        commit: &CommitId,
    ) -> Result<EnvironmentFiles, SourceError> {
        let prefix = environment.path("");
        let mut files = EnvironmentFiles::new();
        for file in self.objects.list_files(path, commit, &environment.dir)? {
            let relative = file.strip_prefix(&prefix).unwrap_or(&file);
            if relative.starts_with("namespaces/")
                && let Some(content) = self.objects.read_file(path, commit, &file)?
            {
                files.insert(relative.to_owned(), content);
            }
        }
        Ok(files)
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
        let files = self.files(&environment, &path, &commit)?;
        Ok(EnvironmentContent {
            documents: render_environment(&files, &*self.artifacts)?,
            stand_ins: descriptor.stand_ins,
        })
    }
}
