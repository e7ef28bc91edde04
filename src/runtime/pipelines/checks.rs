//! Who runs the checks of a promotion's pull request: the resident where there is one, else this very process.

use std::sync::Arc;

use async_trait::async_trait;

use super::PipelineService;
use crate::ports::checks::{CheckError, CheckRunner};
use crate::ports::forge::{ForgeEvent, PullRequest, Repository};
use crate::ports::platform::Platform;

/// Checks through the resident, or here.
#[derive(Debug)]
pub struct PipelineChecks {
    service: PipelineService,
    platform: Arc<dyn Platform>,
    may_start: bool,
}

impl PipelineChecks {
    /// Checks on that service; `may_start`: the resident may be started in the background.
    pub fn new(service: PipelineService, platform: Arc<dyn Platform>, may_start: bool) -> Self {
        Self {
            service,
            platform,
            may_start,
        }
    }

    /// The events of a pull request that nobody has handled.
    fn events(
        &self,
        repository: &Repository,
        pull: &PullRequest,
    ) -> Result<Vec<ForgeEvent>, CheckError> {
        let reference = format!("refs/pull/{}/head", pull.number);
        let events = self
            .service
            .forge
            .events()
            .map_err(|error| failed(repository, pull, &error))?;
        let is_its = |event: &ForgeEvent| {
            event.repository == repository.name
                && event
                    .updates
                    .iter()
                    .any(|update| update.reference.as_str() == reference)
        };
        Ok(events.into_iter().filter(is_its).collect())
    }
}

#[async_trait]
impl CheckRunner for PipelineChecks {
    async fn ensure(&self, repository: &Repository, pull: &PullRequest) -> Result<(), CheckError> {
        if self.is_resident().await {
            self.platform.nudge().await;
            return Ok(());
        }
        if self.may_start && self.platform.start(None).await.is_ok() {
            return Ok(());
        }
        for event in self.events(repository, pull)? {
            self.service
                .handle(&event)
                .await
                .map_err(|error| failed(repository, pull, &error))?;
        }
        Ok(())
    }

    async fn is_resident(&self) -> bool {
        self.platform.status().await.is_ok()
    }
}

fn failed(
    repository: &Repository,
    pull: &PullRequest,
    error: &dyn std::error::Error,
) -> CheckError {
    CheckError {
        pull: pull.reference(&repository.name),
        reason: error.to_string(),
    }
}
