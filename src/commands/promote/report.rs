//! What a promotion answers.

use std::fmt::Write as _;

use serde::Serialize;

use crate::context::Context;
use crate::failure::Failure;
use crate::gitops::{Outcome, PlannedFile, Promotion};
use crate::ports::forge::PullRequest;
use crate::ports::git::CommitId;
use crate::ui::output::{OutputArgs, OutputFormat};

/// How one promotion ended; the JSON that scripts rely on.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Report {
    app: String,
    version: String,
    environment: String,
    /// `None` before anything is known, and in a dry run.
    pub(super) outcome: Option<Outcome>,
    pull_request: Option<PullReport>,
    files: Vec<String>,
    #[serde(skip)]
    reference: String,
    #[serde(skip)]
    plan: Vec<PlannedFile>,
    #[serde(skip)]
    repository: String,
    /// Whether it is open because a person has to decide.
    #[serde(skip)]
    pub(super) waits_for_a_person: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PullReport {
    url: String,
    head: CommitId,
    merge_commit: Option<CommitId>,
}

impl Report {
    pub(super) fn of(promotion: &Promotion) -> Self {
        let request = promotion.request();
        Self {
            app: request.app.clone(),
            version: request.version.to_string(),
            environment: promotion.environment().name.to_string(),
            outcome: None,
            pull_request: None,
            files: Vec::new(),
            reference: String::new(),
            plan: Vec::new(),
            repository: promotion.repository().name.to_string(),
            waits_for_a_person: false,
        }
    }

    /// Takes over what is known of the pull request.
    pub(super) fn pull(&mut self, promotion: &Promotion, pull: &PullRequest) {
        self.reference = pull.reference(&promotion.repository().name);
        self.pull_request = Some(PullReport {
            url: pull.url.clone(),
            head: pull.head.clone(),
            merge_commit: pull.merge_commit.clone(),
        });
    }

    pub(super) fn files(&mut self, files: Vec<String>) {
        self.files = files;
    }

    pub(super) fn plan(&mut self, plan: Vec<PlannedFile>) {
        self.files = plan.iter().map(|file| file.path.clone()).collect();
        self.plan = plan;
    }

    pub(super) fn is_unchanged(&self) -> bool {
        self.outcome == Some(Outcome::Unchanged)
    }

    /// What a person types who decides.
    pub(super) fn how_to_merge(&self) -> String {
        format!(
            "a person decides: `landfall promote {} --version {} --env {} --merge` merges it when its checks pass",
            self.app, self.version, self.environment
        )
    }

    /// One line for people.
    fn line(&self) -> String {
        let Self {
            app,
            version,
            environment,
            reference,
            ..
        } = self;
        match self.outcome {
            Some(Outcome::Merged) => format!("{environment}: {app} {version} merged ({reference})"),
            Some(Outcome::Open) => format!("{environment}: {app} {version} waits in {reference}"),
            Some(Outcome::Unchanged) => format!("{environment}: {app} {version} unchanged"),
            Some(Outcome::Superseded) => format!("{environment}: {app} {version} superseded"),
            Some(Outcome::Refused) => format!("{environment}: {app} {version} refused"),
            None => format!(
                "{environment}: {app} {version} would change {}",
                self.repository
            ),
        }
    }
}

/// Prints the answer: an object for one environment, a list for several, or lines.
pub(super) fn print(
    context: &Context<'_>,
    output: OutputArgs,
    dry_run: bool,
    reports: &[Report],
) -> Result<(), Failure> {
    match (output.output, reports) {
        (Some(OutputFormat::Name), _) => {
            let references = reports.iter().map(|report| &report.reference);
            let opened = references.filter(|reference| !reference.is_empty());
            context.ui.names("pullrequest", opened)?;
        }
        (None | Some(OutputFormat::Wide), _) => {
            let mut text = String::new();
            for report in reports {
                text.push_str(&report.line());
                text.push('\n');
                if dry_run {
                    for file in &report.plan {
                        text.push_str(&diff(file));
                    }
                }
            }
            context.ui.answer(&text)?;
        }
        (Some(format), [one]) => context.ui.document(format, one)?,
        (Some(_), []) => {}
        (Some(format), several) => context.ui.list(format, several)?,
    }
    Ok(())
}

/// A file of a plan as a diff: a promotion changes single lines, so lines are compared one by one.
fn diff(file: &PlannedFile) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let Some(before) = &file.before else {
        let _ = writeln!(text, "--- /dev/null\n+++ b/{}", file.path);
        for line in file.after.lines() {
            let _ = writeln!(text, "+{line}");
        }
        return text;
    };
    let _ = writeln!(text, "--- a/{0}\n+++ b/{0}", file.path);
    for (index, (before, after)) in before.lines().zip(file.after.lines()).enumerate() {
        if before != after {
            let line = index + 1;
            let _ = writeln!(text, "@@ -{line} +{line} @@\n-{before}\n+{after}");
        }
    }
    text
}
