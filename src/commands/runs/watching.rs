//! The loop of every watch: draws what changes until the end, Ctrl-C, or the reader's going.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::Following;
use crate::activity::events::{ActivityEvent, EventKind};
use crate::activity::model::ActivitySpec;
use crate::activity::{PipelineActivity, Status};
use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::ui::{ActivityTable, Screen};

/// How often the store is asked for news.
const POLL: Duration = Duration::from_millis(100);

/// How often a terminal is drawn anew though nothing changed: ages grow.
const REDRAW: Duration = Duration::from_secs(1);

/// How activities are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::commands) enum Show {
    /// The table.
    Table,
    /// The table with more columns.
    Wide,
    /// One event a line, as JSON.
    Events,
}

/// One watch.
#[derive(Debug)]
pub(in crate::commands) struct Watch<'a> {
    /// What to show.
    pub(in crate::commands) following: Following<'a>,
    /// How to show it.
    pub(in crate::commands) show: Show,
    /// Whether to end, with the worst outcome, when everything that was shown has ended.
    pub(in crate::commands) until_ended: bool,
    /// What is said while nothing is there to be shown.
    pub(in crate::commands) waiting_for: String,
}

impl Watch<'_> {
    /// Shows changes until the end.
    pub(in crate::commands) async fn run(mut self, context: &Context<'_>) -> Result<Exit, Failure> {
        tokio::select! {
            biased;
            _ = tokio::signal::ctrl_c() => Ok(Exit::Interrupted),
            result = self.follow(context) => result,
        }
    }

    async fn follow(&mut self, context: &Context<'_>) -> Result<Exit, Failure> {
        let mut drawing = Drawing::new(context, self.show);
        let mut said = false;
        loop {
            let changes = self.following.poll()?;
            drawing.update(context, &self.following, changes).await?;
            let mut shown = self.following.activities().peekable();
            if shown.peek().is_none() && !said {
                said = true;
                context.ui.say(&self.waiting_for);
            }
            if self.until_ended
                && let Some(exit) = verdict(shown)
            {
                return Ok(exit);
            }
            if context.ui.reader_is_gone() {
                return Ok(Exit::BrokenPipe);
            }
            tokio::time::sleep(POLL).await;
        }
    }
}

/// The worst outcome of activities that have all ended; `None` if one has not, or if there is none.
pub(in crate::commands) fn verdict<'a>(
    activities: impl IntoIterator<Item = &'a PipelineActivity>,
) -> Option<Exit> {
    let mut worst = None;
    for activity in activities {
        let exit = match &activity.spec.status {
            status if !status.is_terminal() => return None,
            Status::Succeeded => Exit::Done,
            Status::Cancelled => Exit::RunCancelled,
            _ => Exit::RunFailed,
        };
        let rank = |exit: &Exit| match exit {
            Exit::Done => 0,
            Exit::RunCancelled => 1,
            _ => 2,
        };
        worst = worst.into_iter().chain([exit]).max_by_key(rank);
    }
    worst
}

/// Where the changes go.
enum Drawing {
    /// Over the last drawing.
    Screen {
        screen: Screen,
        table: ActivityTable,
        drawn: Option<Instant>,
    },
    /// Below the last block, as jx does: each activity whenever something of it is different.
    Blocks {
        table: ActivityTable,
        printed: HashMap<String, ActivitySpec>,
    },
    /// One line each.
    Events,
}

impl Drawing {
    fn new(context: &Context<'_>, show: Show) -> Self {
        let table = ActivityTable::new(context.ui.is_colored(), show == Show::Wide);
        match show {
            Show::Events => Self::Events,
            _ if context.ui.is_terminal() => Self::Screen {
                screen: Screen::default(),
                table,
                drawn: None,
            },
            _ => Self::Blocks {
                table,
                printed: HashMap::new(),
            },
        }
    }

    async fn update(
        &mut self,
        context: &Context<'_>,
        following: &Following<'_>,
        changes: Vec<ActivityEvent>,
    ) -> Result<(), Failure> {
        let now = context.ports.clock.now();
        let text = match self {
            Self::Screen {
                screen,
                table,
                drawn,
            } => {
                let is_due = drawn.is_none_or(|at| at.elapsed() >= REDRAW);
                let mut shown = following.activities().peekable();
                if (changes.is_empty() && !is_due) || (shown.peek().is_none() && drawn.is_none()) {
                    return Ok(());
                }
                *drawn = Some(Instant::now());
                let text = table.whole(shown, now);
                return screen
                    .draw(context.ui, &text)
                    .await
                    .map_err(|error| anyhow::Error::new(error).into());
            }
            Self::Blocks { table, printed } => {
                let different: Vec<&PipelineActivity> = changes
                    .iter()
                    .filter(|event| event.kind != EventKind::Deleted)
                    .map(|event| &event.object)
                    .filter(|activity| {
                        let old =
                            printed.insert(activity.status.run.clone(), activity.spec.clone());
                        old.as_ref() != Some(&activity.spec)
                    })
                    .collect();
                if different.is_empty() {
                    return Ok(());
                }
                table.blocks(different, now)
            }
            Self::Events => {
                let lines: Result<Vec<String>, _> = changes
                    .iter()
                    .map(|event| Ok(serde_json::to_string(event)? + "\n"))
                    .collect();
                lines
                    .map_err(|error: serde_json::Error| anyhow::Error::new(error))?
                    .concat()
            }
        };
        let printed = context.ui.answer_patiently(&text).await;
        printed.map_err(|error| anyhow::Error::new(error).into())
    }
}

#[cfg(test)]
mod tests {
    use super::Status::{Aborted, Cancelled, Failed, Pending, Running, Succeeded, TimedOut, Unset};
    use super::*;

    #[test]
    fn the_worst_end_counts_and_only_once_all_have_ended() {
        let of = |statuses: &[Status]| {
            let activities: Vec<PipelineActivity> = statuses
                .iter()
                .map(|status| {
                    let mut activity = PipelineActivity::default();
                    activity.spec.status = status.clone();
                    activity
                })
                .collect();
            verdict(&activities)
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[Unset]), None);
        assert_eq!(of(&[Failed, Running]), None);
        assert_eq!(of(&[Succeeded, Pending]), None);
        assert_eq!(of(&[Succeeded, Succeeded]), Some(Exit::Done));
        assert_eq!(of(&[Cancelled, Succeeded]), Some(Exit::RunCancelled));
        assert_eq!(of(&[Failed, Cancelled]), Some(Exit::RunFailed));
        assert_eq!(of(&[Succeeded, TimedOut]), Some(Exit::RunFailed));
        assert_eq!(of(&[Aborted]), Some(Exit::RunFailed));
    }
}
