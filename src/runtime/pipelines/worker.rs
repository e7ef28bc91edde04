//! The resident's share: looks for events of the forge and has them handled.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use async_trait::async_trait;
use tokio::task::JoinSet;

use super::{EventError, PipelineService};
use crate::ports::forge::ForgeEvent;
use crate::ports::platform::SourceError;
use crate::runtime::{BackgroundTask, TaskContext};

/// How often the spool is looked at when nobody nudges.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// Events of different references that are handled at once. A release waits for the runs of its promotions, so there
/// must be room for those.
const AT_ONCE: usize = 16;

/// An event that failed is tried again after this long.
const TRY_AGAIN: Duration = Duration::from_secs(10);

/// Runs the pipelines of events while the resident lives.
#[derive(Debug)]
pub struct PipelineWorker(PipelineService);

impl PipelineWorker {
    /// A worker on that service.
    pub fn new(service: PipelineService) -> Self {
        Self(service)
    }
}

#[async_trait]
impl BackgroundTask for PipelineWorker {
    fn name(&self) -> &'static str {
        "pipelines"
    }

    async fn run(&self, context: TaskContext) -> Result<(), SourceError> {
        let mut service = self.0.clone();
        service.environment.insert(
            crate::env_vars::LANDFALL_PORT.to_owned(),
            context.port.to_string(),
        );
        crate::activity::mark_orphans(&*service.activities, &*service.owners, service.clock.now())?;
        let mut running: JoinSet<(ForgeEvent, Result<(), EventError>)> = JoinSet::new();
        let mut busy = Busy::default();
        loop {
            for event in service.forge.events()? {
                if running.len() < AT_ONCE && busy.take(&event) {
                    let service = service.clone();
                    running.spawn(async move {
                        let handled = service.handle(&event).await;
                        (event, handled)
                    });
                }
            }
            tokio::select! {
                () = context.ended() => return Ok(()),
                () = context.nudged() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
                Some(done) = running.join_next(), if !running.is_empty() => {
                    let (event, handled) = done?;
                    busy.give_back(&event, handled.is_err());
                    if let Err(error) = handled {
                        report(&event, &error);
                    }
                }
            }
        }
    }
}

/// Says on the resident's log what could not be handled.
fn report(event: &ForgeEvent, error: &EventError) {
    let line = format!(
        "event {} of {}: {error}; it is tried again\n",
        event.id, event.repository
    );
    // A log that cannot be written is no reason to stop.
    let _ = std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes());
}

/// What is being handled: events by id, and references, so that one branch is handled in order.
#[derive(Debug, Default)]
struct Busy {
    events: BTreeSet<String>,
    references: BTreeSet<String>,
    not_before: BTreeMap<String, tokio::time::Instant>,
}

impl Busy {
    /// Whether the event may start now; it counts as begun then.
    fn take(&mut self, event: &ForgeEvent) -> bool {
        let waits = self
            .not_before
            .get(&event.id)
            .is_some_and(|at| *at > tokio::time::Instant::now());
        let references = references(event);
        if waits
            || self.events.contains(&event.id)
            || references.iter().any(|one| self.references.contains(one))
        {
            return false;
        }
        self.events.insert(event.id.clone());
        self.references.extend(references);
        true
    }

    fn give_back(&mut self, event: &ForgeEvent, failed: bool) {
        self.events.remove(&event.id);
        for reference in references(event) {
            self.references.remove(&reference);
        }
        self.not_before.remove(&event.id);
        if failed {
            self.not_before
                .insert(event.id.clone(), tokio::time::Instant::now() + TRY_AGAIN);
        }
    }
}

fn references(event: &ForgeEvent) -> Vec<String> {
    event
        .updates
        .iter()
        .map(|update| format!("{} {}", event.repository, update.reference))
        .collect()
}
