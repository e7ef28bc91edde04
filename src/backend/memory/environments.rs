//! Environments that are set by hand.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::ports::platform::{EnvironmentContent, EnvironmentHead, EnvironmentSource, SourceError};

/// By name: the commit, and what it holds or why it cannot be read.
type Heads = BTreeMap<String, (String, Result<EnvironmentContent, String>)>;

/// Environments in memory; none at first.
#[derive(Debug, Default)]
pub struct MemoryEnvironments(Mutex<Heads>);

impl MemoryEnvironments {
    fn lock(&self) -> MutexGuard<'_, Heads> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves an environment's branch to `commit`, which holds `content`, or cannot be read for the reason given.
    pub fn set(&self, name: &str, commit: &str, content: Result<EnvironmentContent, String>) {
        self.lock()
            .insert(name.to_owned(), (commit.to_owned(), content));
    }

    /// Takes an environment away.
    pub fn remove(&self, name: &str) {
        self.lock().remove(name);
    }
}

impl EnvironmentSource for MemoryEnvironments {
    fn heads(&self) -> Result<Vec<EnvironmentHead>, SourceError> {
        let head = |(name, (commit, _)): (&String, &(String, _))| EnvironmentHead {
            name: name.clone(),
            commit: commit.clone(),
        };
        Ok(self.lock().iter().map(head).collect())
    }

    fn content(&self, head: &EnvironmentHead) -> Result<EnvironmentContent, SourceError> {
        match self.lock().get(&head.name) {
            Some((_, content)) => Ok(content.clone()?),
            None => Err(format!("there is no environment {}", head.name).into()),
        }
    }
}
