//! Keeps the environments what their repositories say.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};

use crate::ports::platform::{EnvironmentHead, EnvironmentSource, PlatformError};

use super::estate::Estate;

/// How often the branches are looked at without being told.
const LOOK: Duration = Duration::from_millis(500);

/// Follows the environment repositories.
#[derive(Debug)]
pub(super) struct Reconciler {
    source: Arc<dyn EnvironmentSource>,
    estate: Arc<Estate>,
    /// Commits that were tried, well or not, so that a bad one is not tried twice a second.
    tried: tokio::sync::Mutex<HashMap<String, String>>,
}

impl Reconciler {
    pub(super) fn new(source: Arc<dyn EnvironmentSource>, estate: Arc<Estate>) -> Self {
        Self {
            source,
            estate,
            tried: tokio::sync::Mutex::default(),
        }
    }

    /// Looks until told to end.
    pub(super) async fn run(
        self: Arc<Self>,
        nudged: Arc<Notify>,
        mut ended: watch::Receiver<bool>,
    ) {
        loop {
            self.look().await;
            tokio::select! {
                () = nudged.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
                _ = ended.wait_for(|ended| *ended) => return,
            }
        }
    }

    /// Applies every environment whose branch has moved.
    async fn look(&self) {
        // A list that cannot be read now is read next time; what runs goes on.
        let Ok(heads) = self.heads().await else {
            return;
        };
        let names: Vec<String> = heads.iter().map(|head| head.name.clone()).collect();
        self.estate.keep_only(&names);
        let mut tried = self.tried.lock().await;
        for head in heads {
            if tried.get(&head.name) != Some(&head.commit) {
                tried.insert(head.name.clone(), head.commit.clone());
                // The problem is noted in the estate.
                let _ = self.bring(head, false).await;
            }
        }
    }

    /// Applies one environment now, at a commit or where its branch is, and tries failed releases once more.
    pub(super) async fn apply(
        &self,
        environment: &str,
        commit: Option<&str>,
    ) -> Result<String, PlatformError> {
        let cannot = |problem: String| PlatformError::CannotApply {
            environment: environment.to_owned(),
            problem,
        };
        let heads = self.heads().await.map_err(cannot)?;
        let known = || heads.iter().map(|head| head.name.clone()).collect();
        let head = heads
            .iter()
            .find(|head| head.name == environment)
            .ok_or_else(|| PlatformError::UnknownEnvironment {
                name: environment.to_owned(),
                known: known(),
            })?;
        // Waits for a look that is under way, so that the two do not cross.
        let mut tried = self.tried.lock().await;
        tried.insert(head.name.clone(), head.commit.clone());
        let commit = commit.map_or_else(|| head.commit.clone(), str::to_owned);
        let wanted = EnvironmentHead {
            name: head.name.clone(),
            commit: commit.clone(),
        };
        self.bring(wanted, true).await.map_err(cannot)?;
        Ok(commit)
    }

    async fn heads(&self) -> Result<Vec<EnvironmentHead>, String> {
        let source = Arc::clone(&self.source);
        match tokio::task::spawn_blocking(move || source.heads()).await {
            Ok(heads) => heads.map_err(|error| chain(error.as_ref())),
            Err(error) => Err(error.to_string()),
        }
    }

    async fn bring(&self, head: EnvironmentHead, again: bool) -> Result<(), String> {
        let (source, estate) = (Arc::clone(&self.source), Arc::clone(&self.estate));
        let name = head.name.clone();
        let brought = tokio::task::spawn_blocking(move || {
            let content = source
                .content(&head)
                .map_err(|error| chain(error.as_ref()))?;
            estate.apply(&head.name, &head.commit, &content, again);
            Ok(())
        })
        .await;
        let brought = brought.unwrap_or_else(|error| Err(error.to_string()));
        if let Err(problem) = &brought {
            self.estate.set_problem(&name, problem.clone());
        }
        brought
    }
}

/// An error with its causes in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let part = error.to_string();
        if !text.contains(&part) {
            text = format!("{text}: {part}");
        }
        cause = error.source();
    }
    text
}
