//! jx's table of activities, column for column (jenkins-x/jx `pkg/cmd/get/get_activity.go`), and that of pipelines.
//!
//! One space between columns, the durations right-aligned. Unlike jx no line ends in spaces.

use std::time::Duration;

use jiff::Timestamp;

use super::{Align, Style, Table, duration, paint};
use crate::activity::rows::{Row, Span, rows};
use crate::activity::{PipelineActivity, Status};

/// Draws activities. Remembers the widths of what it drew, so that blocks printed one after the other line up.
#[derive(Debug, Clone)]
pub struct ActivityTable {
    colored: bool,
    wide: bool,
    widths: Vec<usize>,
    has_heading: bool,
}

impl ActivityTable {
    /// Nothing is drawn yet. `wide` adds the run and the commit.
    pub fn new(colored: bool, wide: bool) -> Self {
        Self {
            colored,
            wide,
            widths: Vec::new(),
            has_heading: false,
        }
    }

    /// Returns the whole table: heading and every activity, as it is at `now`.
    pub fn whole<'a>(
        &mut self,
        activities: impl IntoIterator<Item = &'a PipelineActivity>,
        now: Timestamp,
    ) -> String {
        self.has_heading = false;
        self.widths.clear();
        self.blocks(activities, now)
    }

    /// Returns the lines of some activities to be printed below those before; the first time with the heading.
    pub fn blocks<'a>(
        &mut self,
        activities: impl IntoIterator<Item = &'a PipelineActivity>,
        now: Timestamp,
    ) -> String {
        let mut table = self.empty();
        for activity in activities {
            for row in rows(activity) {
                let mut cells = self.cells(&row, now);
                if self.wide {
                    let commit = activity.spec.last_commit_sha.get(..8);
                    let of_run = [activity.status.run.as_str(), commit.unwrap_or_default()];
                    let of_run = if row.depth == 0 { of_run } else { [""; 2] };
                    cells.splice(3..3, of_run.map(str::to_owned));
                }
                table.row(cells);
            }
        }
        self.widths = table.widths();
        // The last column is never filled up, so its width is nobody's business.
        self.widths.pop();
        if self.has_heading {
            return table.print_rows();
        }
        self.has_heading = true;
        table.print()
    }

    fn empty(&self) -> Table {
        let table = if self.wide {
            Table::new(["STEP", "STARTED AGO", "DURATION", "RUN", "COMMIT", "STATUS"])
        } else {
            Table::new(["STEP", "STARTED AGO", "DURATION", "STATUS"])
        };
        table
            .gap(1)
            .align(1, Align::Right)
            .align(2, Align::Right)
            .at_least(self.widths.clone())
    }

    fn cells(&self, row: &Row, now: Timestamp) -> Vec<String> {
        vec![
            format!("{}{}", "  ".repeat(row.depth), one_line(&row.label)),
            row.started.map_or_else(String::new, |at| between(at, now)),
            match (row.started, row.completed) {
                (Some(started), Some(completed)) => between(started, completed),
                _ => String::new(),
            },
            self.status_cell(row),
        ]
    }

    fn status_cell(&self, row: &Row) -> String {
        let mut cell = self.paint_status(&row.status);
        if !cell.is_empty() {
            cell.push(' ');
        }
        for span in &row.details {
            cell += &match span {
                Span::Plain(text) => one_line(text),
                Span::Value(text) => paint(Style::Good, &one_line(text), self.colored),
                Span::State(text) => {
                    let style = match text.as_str() {
                        "Success" => Style::Good,
                        "Error" | "Failed" | "Failure" => Style::Bad,
                        _ => Style::Active,
                    };
                    paint(style, &one_line(text), self.colored)
                }
            };
        }
        cell
    }

    fn paint_status(&self, status: &Status) -> String {
        let text = one_line(status.as_str());
        match status_style(status) {
            Some(style) => paint(style, &text, self.colored),
            None => text,
        }
    }
}

/// The colour of a status; none for most.
pub fn status_style(status: &Status) -> Option<Style> {
    match status {
        Status::Failed | Status::Error => Some(Style::Bad),
        Status::Succeeded => Some(Style::Good),
        Status::Running => Some(Style::Active),
        _ => None,
    }
}

/// Returns the table of pipelines from the newest activity of each.
pub fn pipeline_table<'a>(
    newest: impl IntoIterator<Item = &'a PipelineActivity>,
    now: Timestamp,
    colored: bool,
) -> String {
    let mut table = Table::new(["NAME", "LAST_BUILD", "STATUS", "STARTED_AGO", "DURATION"]);
    for activity in newest {
        let spec = &activity.spec;
        let status = spec.status.as_str();
        let ended = spec.started_timestamp.zip(spec.completed_timestamp);
        table.row([
            one_line(&spec.pipeline),
            one_line(&spec.build),
            status_style(&spec.status)
                .map_or_else(|| one_line(status), |style| paint(style, status, colored)),
            spec.started_timestamp
                .map_or_else(String::new, |at| between(at, now)),
            ended.map_or_else(String::new, |(from, to)| between(from, to)),
        ]);
    }
    table.print()
}

/// The time from one instant to another; none at all if a clock went back.
fn between(from: Timestamp, to: Timestamp) -> String {
    duration(Duration::try_from(to.duration_since(from)).unwrap_or_default())
}

/// Names and messages come from repositories and servers: nothing of them may move the cursor or break the line.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|letter| {
            if letter.is_control() {
                '\u{fffd}'
            } else {
                letter
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn now() -> Timestamp {
        "2026-11-01T12:05:10Z".parse().unwrap()
    }

    /// The example of jx's own output, as an object.
    fn shop() -> PipelineActivity {
        let times = |from: &str, to: &str| {
            let time = |clock: &str| format!("2026-11-01T{clock}Z");
            json!({"startedTimestamp": time(from), "completedTimestamp": time(to), "status": "Succeeded"})
        };
        let with = |mut core: serde_json::Value, more: serde_json::Value| {
            let fields = more.as_object().unwrap().clone();
            core.as_object_mut().unwrap().extend(fields);
            core
        };
        let pull_request = with(
            times("12:03:05", "12:04:25"),
            json!({"pullRequestURL": "https://forge/1", "mergeCommitSHA": "0123abc"}),
        );
        let update = with(
            times("12:04:25", "12:04:45"),
            json!({"statuses": [{"url": "https://forge/2", "status": "success"}]}),
        );
        let build = with(
            times("12:00:12", "12:00:53"),
            json!({"name": "Build Make Build"}),
        );
        serde_json::from_value(json!({"spec": with(times("12:00:00", "12:04:30"), json!({
            "pipeline": "acme/shop/master", "build": "7", "version": "1.2.3",
            "steps": [
                {"kind": "Stage", "stage": with(times("12:00:00", "12:03:02"),
                    json!({"name": "from build pack", "steps": [build]}))},
                {"kind": "Promote", "promote": with(times("12:03:05", "12:04:55"), json!({
                    "environment": "staging", "pullRequest": pull_request, "update": update,
                    "applicationURL": "http://shop.staging"}))},
            ],
        }))}))
        .unwrap()
    }

    #[test]
    fn the_table_is_that_of_jx() {
        // The longest cell of the column decides, here one of another activity.
        let mut long = PipelineActivity::default();
        long.spec.pipeline = "acme/long-repository/main".to_owned();
        long.spec.build = "12".to_owned();
        let text = ActivityTable::new(false, false).whole([&shop(), &long], now());
        insta::assert_snapshot!(text, @r"
        STEP                          STARTED AGO DURATION STATUS
        acme/shop/master #7                 5m10s    4m30s Succeeded Version: 1.2.3
          from build pack                   5m10s     3m2s Succeeded
            Build Make Build                4m58s      41s Succeeded
          Promote: staging                   2m5s    1m50s Succeeded
            PullRequest                      2m5s    1m20s Succeeded  PullRequest: https://forge/1 Merge SHA: 0123abc
            Update                            45s      20s Succeeded  Status: Success at: https://forge/2
            Promoted                          45s      20s Succeeded  Application is at: http://shop.staging
        acme/long-repository/main #12
        ");
    }

    #[test]
    fn a_promotion_before_its_update_has_no_such_rows() {
        // jx itself crashes on an application URL without an update.
        let mut activity = shop();
        activity.spec.steps[1].promote.as_mut().unwrap().update = None;
        let text = ActivityTable::new(false, false).whole([&activity], now());
        assert!(
            !text.contains("Update") && !text.contains("Promoted"),
            "{text}"
        );
    }

    #[test]
    fn what_runs_has_no_duration_and_ages_are_never_negative() {
        let mut activity = shop();
        activity.spec.steps.clear();
        activity.spec.version.clear();
        activity.spec.status = Status::Running;
        activity.spec.completed_timestamp = None;
        activity.spec.started_timestamp = Some("2026-11-02T00:00:00Z".parse().unwrap());
        insta::assert_snapshot!(ActivityTable::new(false, false).whole([&activity], now()), @r"
        STEP                STARTED AGO DURATION STATUS
        acme/shop/master #7          0s          Running
        ");
    }

    #[test]
    fn blocks_have_one_heading_and_columns_only_grow() {
        let mut table = ActivityTable::new(false, false);
        let mut short = shop();
        short.spec.steps.clear();
        let mut shorter = short.clone();
        shorter.spec.pipeline = "a/b/c".to_owned();
        let mut text = table.blocks([&shorter], now());
        text += &table.blocks([&short], now());
        text += &table.blocks([&shorter], now());
        insta::assert_snapshot!(text, @r"
        STEP     STARTED AGO DURATION STATUS
        a/b/c #7       5m10s    4m30s Succeeded Version: 1.2.3
        acme/shop/master #7       5m10s    4m30s Succeeded Version: 1.2.3
        a/b/c #7                  5m10s    4m30s Succeeded Version: 1.2.3
        ");
    }

    #[test]
    fn wide_adds_the_run_and_the_commit() {
        let mut activity = shop();
        activity.spec.steps.truncate(1);
        activity.status.run = "shop-master-7".to_owned();
        activity.spec.last_commit_sha = "0123456789abcdef".to_owned();
        insta::assert_snapshot!(ActivityTable::new(false, true).whole([&activity], now()), @r"
        STEP                 STARTED AGO DURATION RUN           COMMIT   STATUS
        acme/shop/master #7        5m10s    4m30s shop-master-7 01234567 Succeeded Version: 1.2.3
          from build pack          5m10s     3m2s                        Succeeded
            Build Make Build       4m58s      41s                        Succeeded
        ");
    }

    #[test]
    fn colours_stand_around_words_and_values_only() {
        let mut activity = shop();
        activity.spec.steps.clear();
        let text = ActivityTable::new(true, false).whole([&activity], now());
        let line = text.lines().nth(1).unwrap();
        let end = "\u{1b}[32mSucceeded\u{1b}[0m Version: \u{1b}[32m1.2.3\u{1b}[0m";
        assert!(line.ends_with(end), "{line:?}");
    }

    #[test]
    fn foreign_text_cannot_move_the_cursor() {
        let mut activity = shop();
        activity.spec.steps.clear();
        activity.spec.pipeline = "a\u{1b}[2J\nb".to_owned();
        activity.spec.version = "\u{9b}2J\r".to_owned();
        let text = ActivityTable::new(false, false).whole([&activity], now());
        assert_eq!(text.lines().count(), 2, "{text:?}");
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\r']), "{text:?}");
    }
}
