//! [`MemoryActivities`]: an [`ActivityStore`] that forgets everything at the end.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use crate::activity::PromoteStep;
use crate::ports::activities::{
    ActivityStore, Change, ObjectKey, RunFilter, RunIndex, RunRecord, StoreError, StoreEvent,
    has_ended,
};

/// The record of runs in memory, safe to share between threads.
#[derive(Debug, Default)]
pub struct MemoryActivities(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    seq: u64,
    builds: BTreeMap<String, u64>,
    /// Runs in the order of their first record; `object` is null while only TaskRuns are known.
    runs: Vec<RunRecord>,
    events: Vec<StoreEvent>,
}

impl MemoryActivities {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The position of a run by either name.
    fn find(&self, name: &str) -> Option<usize> {
        let by = |wanted: fn(&RunRecord) -> &str| {
            self.runs
                .iter()
                .rposition(|run| !run.object.is_null() && wanted(run) == name)
        };
        by(|run| &run.name).or_else(|| by(|run| &run.activity))
    }

    fn append(&mut self, run: &str, deleted: bool) -> u64 {
        self.seq += 1;
        let activity = self.find(run).map_or(run, |at| &self.runs[at].activity);
        let event = StoreEvent {
            seq: self.seq,
            run: run.to_owned(),
            activity: activity.to_owned(),
            deleted,
        };
        self.events.retain(|event| event.run != run);
        self.events.push(event);
        if let Some(at) = self.runs.iter().position(|known| known.name == run) {
            self.runs[at].seq = self.seq;
        }
        self.seq
    }
}

/// Puts `object` into `slot`, unless that would change nothing or undo an end. True: it was written.
fn put(slot: &mut Value, object: &Value) -> Result<(), Change> {
    if slot == object {
        return Err(Change::Unchanged);
    }
    if has_ended(slot) && !has_ended(object) {
        return Err(Change::Stale);
    }
    *slot = object.clone();
    Ok(())
}

impl ActivityStore for MemoryActivities {
    fn record(&self, object: &Value) -> Result<Change, StoreError> {
        let key = ObjectKey::of(object)?;
        let mut state = self.state();
        let at = state.runs.iter().position(|run| run.name == key.run);
        let at = at.unwrap_or_else(|| {
            state.runs.push(RunRecord {
                name: key.run.clone(),
                ..RunRecord::default()
            });
            state.runs.len() - 1
        });
        let run = &mut state.runs[at];
        let old = if key.is_run() {
            Some(&mut run.object)
        } else {
            let same_name = |known: &&mut Value| known["metadata"]["name"] == key.name.as_str();
            run.task_runs.iter_mut().find(same_name)
        };
        let is_new = old.as_ref().is_none_or(|old| old.is_null());
        match old {
            Some(old) => {
                let uid = old["metadata"]["uid"].as_str();
                if uid.is_some() && key.uid.is_some() && uid != key.uid.as_deref() {
                    return Err(StoreError::NameTaken { name: key.name });
                }
                if let Err(change) = put(old, object) {
                    return Ok(change);
                }
            }
            None => run.task_runs.push(object.clone()),
        }
        if key.is_run() {
            let index = RunIndex::of(object);
            (run.activity, run.pipeline, run.build) = (index.activity, index.pipeline, index.build);
            if is_new {
                // A run counts from its own record on, not from a TaskRun that came early.
                let run = state.runs.remove(at);
                state.runs.push(run);
            }
        }
        let seq = state.append(&key.run, false);
        Ok(if is_new {
            Change::Added(seq)
        } else {
            Change::Modified(seq)
        })
    }

    fn next_build(&self, pipeline: &str) -> Result<u64, StoreError> {
        let mut state = self.state();
        let number = state.builds.entry(pipeline.to_owned()).or_default();
        *number += 1;
        Ok(*number)
    }

    fn record_promotion(&self, activity: &str, step: &PromoteStep) -> Result<(), StoreError> {
        let mut state = self.state();
        let Some(at) = state.find(activity) else {
            return Err(StoreError::NotFound {
                name: activity.to_owned(),
            });
        };
        let run = &mut state.runs[at];
        let mut known = run.promotions.iter_mut();
        match known.find(|known| known.environment == step.environment) {
            Some(known) => known.merge(step),
            None => run.promotions.push(step.clone()),
        }
        let name = run.name.clone();
        state.append(&name, false);
        Ok(())
    }

    fn list(&self, filter: &RunFilter) -> Result<Vec<RunRecord>, StoreError> {
        let state = self.state();
        let runs = state.runs.iter().filter(|run| !run.object.is_null());
        let mut runs: Vec<RunRecord> = runs.filter(|run| filter.matches(run)).cloned().collect();
        if let Some(limit) = filter.limit {
            runs.drain(..runs.len().saturating_sub(limit));
        }
        Ok(runs)
    }

    fn get(&self, name: &str) -> Result<Option<RunRecord>, StoreError> {
        let state = self.state();
        Ok(state.find(name).map(|at| state.runs[at].clone()))
    }

    fn events_since(&self, seq: u64, limit: usize) -> Result<Vec<StoreEvent>, StoreError> {
        let state = self.state();
        let newer = state.events.iter().filter(|event| event.seq > seq);
        Ok(newer.take(limit).cloned().collect())
    }

    fn latest_seq(&self) -> Result<u64, StoreError> {
        Ok(self.state().seq)
    }

    fn delete(&self, run: &str) -> Result<(), StoreError> {
        let mut state = self.state();
        let at = state.find(run).filter(|at| state.runs[*at].name == run);
        let Some(at) = at else {
            return Err(StoreError::NotFound {
                name: run.to_owned(),
            });
        };
        state.append(run, true);
        state.runs.remove(at);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::MemoryActivities;
    use crate::ports::activities::contract;

    #[test]
    fn the_contract_of_the_store_holds() {
        contract::holds(&|| Box::new(MemoryActivities::default()));
    }
}
