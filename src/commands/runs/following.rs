//! The activities that match a filter, kept up to date from the store.

use std::time::{Duration, Instant};

use super::activity_of;
use crate::activity::PipelineActivity;
use crate::activity::events::{Activities, ActivityEvent, Report};
use crate::context::Context;
use crate::ports::activities::{RunFilter, RunRecord, StoreError};

/// Events that are read at once.
const BATCH: usize = 256;

/// How often unfinished runs are looked at though nothing was recorded: their process may have died.
const CHECK_OWNERS: Duration = Duration::from_secs(2);

/// Follows the runs that match; the fold behind every watch.
#[derive(Debug)]
pub(in crate::commands) struct Following<'a> {
    context: &'a Context<'a>,
    filter: RunFilter,
    only: Option<String>,
    narrow: bool,
    seq: u64,
    activities: Activities,
    owners_checked: Option<Instant>,
}

impl<'a> Following<'a> {
    /// Nothing was read yet. With `narrow` the past is left out: of each pipeline only the newest run and
    /// those that have not ended are taken up.
    pub(in crate::commands) fn new(
        context: &'a Context<'a>,
        filter: RunFilter,
        narrow: bool,
    ) -> Self {
        Self {
            context,
            filter,
            only: None,
            narrow,
            seq: 0,
            activities: Activities::default(),
            owners_checked: None,
        }
    }

    /// Follows one run alone.
    pub(in crate::commands) fn of_run(context: &'a Context<'a>, run: &str) -> Self {
        Self {
            only: Some(run.to_owned()),
            ..Self::new(context, RunFilter::default(), false)
        }
    }

    fn matches(&self, record: &RunRecord) -> bool {
        let is_it = self.only.as_ref().is_none_or(|only| *only == record.name);
        is_it && self.filter.matches(record)
    }

    /// The activities as they are known, oldest first.
    pub(in crate::commands) fn activities(&self) -> impl Iterator<Item = &PipelineActivity> {
        self.activities.iter()
    }

    /// Reads what is new and returns what it changed. The first time that is everything.
    pub(in crate::commands) fn poll(&mut self) -> Result<Vec<ActivityEvent>, StoreError> {
        if self.owners_checked.is_none() {
            return self.first();
        }
        let store = &*self.context.ports.activities;
        let mut changes = Vec::new();
        loop {
            let events = store.events_since(self.seq, BATCH)?;
            for event in &events {
                self.seq = event.seq;
                let record = if event.deleted {
                    None
                } else {
                    store.get(&event.run)?
                };
                let activity = match &record {
                    Some(record) if !self.matches(record) => continue,
                    Some(record) => Some(activity_of(self.context, record)),
                    None => None,
                };
                // The record may be newer than the event; then its own event is still to come and changes nothing.
                let report = Report {
                    seq: record.map_or(event.seq, |record| record.seq),
                    run: event.run.clone(),
                    activity,
                };
                changes.extend(self.activities.apply(report));
            }
            if events.len() < BATCH {
                break;
            }
        }
        if self
            .owners_checked
            .is_none_or(|at| at.elapsed() >= CHECK_OWNERS)
        {
            changes.extend(self.check_owners()?);
        }
        Ok(changes)
    }

    fn first(&mut self) -> Result<Vec<ActivityEvent>, StoreError> {
        let store = &*self.context.ports.activities;
        // Before the list: what is recorded in between is read twice, not missed.
        self.seq = store.latest_seq()?;
        let mut records = match &self.only {
            Some(run) => store.get(run)?.into_iter().collect(),
            None => store.list(&self.filter)?,
        };
        if self.narrow {
            keep_the_present(self.context, &mut records);
        }
        self.owners_checked = Some(Instant::now());
        Ok(records
            .into_iter()
            .filter_map(|record| {
                let activity = Some(activity_of(self.context, &record));
                self.activities.apply(Report {
                    seq: record.seq,
                    run: record.name,
                    activity,
                })
            })
            .collect())
    }

    fn check_owners(&mut self) -> Result<Vec<ActivityEvent>, StoreError> {
        self.owners_checked = Some(Instant::now());
        let open = self
            .activities
            .iter()
            .filter(|activity| !activity.spec.status.is_terminal());
        let open: Vec<String> = open.map(|activity| activity.status.run.clone()).collect();
        let mut changes = Vec::new();
        for run in open {
            if let Some(record) = self.context.ports.activities.get(&run)? {
                let activity = Some(activity_of(self.context, &record));
                changes.extend(self.activities.apply(Report {
                    seq: record.seq,
                    run,
                    activity,
                }));
            }
        }
        Ok(changes)
    }
}

/// Leaves out ended runs that a newer one of the same pipeline has followed.
fn keep_the_present(context: &Context<'_>, records: &mut Vec<RunRecord>) {
    let pipelines: Vec<String> = records
        .iter()
        .map(|record| record.pipeline.clone())
        .collect();
    let mut index = 0;
    records.retain(|record| {
        let is_newest = !pipelines[index + 1..].contains(&record.pipeline);
        index += 1;
        is_newest || !activity_of(context, record).spec.status.is_terminal()
    });
}
