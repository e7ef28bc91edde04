//! The fold of change reports to the current set of activities.
//!
//! Reports may come shuffled, repeated or not at all: each carries a number, and what is older than what is
//! known is left out. So the state only moves forward, and ends at what the newest reports say.

use std::collections::HashMap;

use serde::Serialize;

use super::model::PipelineActivity;

/// What somebody says about one run: the activity as it was at event `seq`, or that it is gone.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The number of the event.
    pub seq: u64,
    /// The run's name: what activities are told apart by.
    pub run: String,
    /// The activity; `None` when it was deleted.
    pub activity: Option<PipelineActivity>,
}

/// What a report changed. This is a line of `-o jsonl --watch`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActivityEvent {
    /// The number of the event in the store.
    pub seq: u64,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: EventKind,
    /// The activity after the change; for a deletion the last one known.
    pub object: PipelineActivity,
}

/// What happened to an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    /// Seen for the first time.
    Added,
    /// Different from before.
    Modified,
    /// Gone.
    Deleted,
}

/// The activities that are known, in the order in which they were first seen.
#[derive(Debug, Default)]
pub struct Activities {
    entries: Vec<Entry>,
    by_run: HashMap<String, usize>,
}

#[derive(Debug)]
struct Entry {
    seq: u64,
    /// `None` once deleted; the entry stays, so that a late report brings nothing back.
    activity: Option<PipelineActivity>,
}

impl Activities {
    /// Takes a report in; returns what it changed for somebody who looks on, if anything.
    pub fn apply(&mut self, report: Report) -> Option<ActivityEvent> {
        let event = |kind, object: &PipelineActivity| ActivityEvent {
            seq: report.seq,
            kind,
            object: object.clone(),
        };
        let Some(&at) = self.by_run.get(&report.run) else {
            self.by_run.insert(report.run, self.entries.len());
            let added = report.activity.as_ref();
            let added = added.map(|activity| event(EventKind::Added, activity));
            self.entries.push(Entry {
                seq: report.seq,
                activity: report.activity,
            });
            return added;
        };
        let entry = self.entries.get_mut(at)?;
        if report.seq < entry.seq {
            return None;
        }
        let event = match (&entry.activity, &report.activity) {
            (None, None) => None,
            (Some(old), None) => Some(event(EventKind::Deleted, old)),
            (None, Some(new)) => Some(event(EventKind::Added, new)),
            (Some(old), Some(new)) if old == new => None,
            (Some(_), Some(new)) => Some(event(EventKind::Modified, new)),
        };
        entry.seq = report.seq;
        entry.activity = report.activity;
        event
    }

    /// Returns the activities that are there, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &PipelineActivity> {
        self.entries
            .iter()
            .filter_map(|entry| entry.activity.as_ref())
    }

    /// Tells whether there is none.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::activity::Status;

    fn report(run: u8, seq: u64, word: Option<u8>) -> Report {
        let activity = word.map(|word| {
            let mut activity = PipelineActivity::default();
            activity.metadata.name = format!("run-{run}");
            activity.spec.status = Status::Other(format!("{word}"));
            activity
        });
        Report {
            seq,
            run: format!("run-{run}"),
            activity,
        }
    }

    /// A feed as a store numbers it, with places to shuffle it to and how often each report comes.
    fn feed() -> impl Strategy<Value = (Vec<Report>, Vec<(u32, usize)>)> {
        let one = (0..3_u8, prop::option::weighted(0.8, 0..4_u8));
        prop::collection::vec(one, 0..30).prop_flat_map(|reports| {
            let reports: Vec<Report> = reports
                .into_iter()
                .enumerate()
                .map(|(index, (run, word))| report(run, index as u64 + 1, word))
                .collect();
            let fates = prop::collection::vec((any::<u32>(), 0..3_usize), reports.len());
            (Just(reports), fates)
        })
    }

    fn state(activities: &Activities) -> BTreeMap<String, PipelineActivity> {
        let pairs = activities
            .iter()
            .map(|one| (one.metadata.name.clone(), one.clone()));
        pairs.collect()
    }

    proptest! {
        #[test]
        fn shuffled_repeated_and_dropped_reports_end_as_the_ordered_ones((reports, fates) in feed()) {
            let mut ordered = Activities::default();
            for report in &reports {
                ordered.apply(report.clone());
            }
            // The newest report of a run always arrives, as the store's followers get it; others may not.
            let mut jumbled: Vec<(u32, Report)> = Vec::new();
            for (index, (report, (place, times))) in reports.iter().zip(fates).enumerate() {
                let is_newest = !reports[index + 1..].iter().any(|later| later.run == report.run);
                for copy in 0..times.max(usize::from(is_newest)) {
                    jumbled.push((place.rotate_left(copy as u32 * 7), report.clone()));
                }
            }
            jumbled.sort_by_key(|(place, _)| *place);
            let mut state_of_jumbled = Activities::default();
            let mut newest: BTreeMap<String, u64> = BTreeMap::new();
            for (_, report) in jumbled {
                let (run, seq) = (report.run.clone(), report.seq);
                let event = state_of_jumbled.apply(report);
                let known = newest.entry(run).or_default();
                // Monotone: what is older than what was known changes nothing.
                prop_assert!(event.is_none() || seq > *known);
                *known = seq.max(*known);
            }
            prop_assert_eq!(state(&ordered), state(&state_of_jumbled));
        }
    }

    #[test]
    fn events_say_what_changed_for_the_one_who_looks_on() {
        let mut activities = Activities::default();
        let mut kind = |report| activities.apply(report).map(|event| event.kind);
        assert_eq!(kind(report(1, 5, Some(0))), Some(EventKind::Added));
        assert_eq!(kind(report(1, 5, Some(0))), None);
        assert_eq!(kind(report(1, 6, Some(0))), None, "nothing to see");
        assert_eq!(kind(report(1, 7, Some(1))), Some(EventKind::Modified));
        assert_eq!(kind(report(1, 6, Some(0))), None, "old news");
        assert_eq!(kind(report(1, 8, None)), Some(EventKind::Deleted));
        assert_eq!(kind(report(1, 7, Some(1))), None, "gone is gone");
        assert_eq!(kind(report(2, 3, None)), None, "never seen, never missed");
        assert!(activities.is_empty());
    }
}
