//! An activity as the rows of jx's table (jenkins-x/jx `pkg/cmd/get/get_activity.go`): a tree, flattened.

use jiff::Timestamp;

use super::model::{CoreStep, PipelineActivity, PreviewStep, PromoteStep, Step};
use super::status::Status;

/// One line of the table, before anything is aligned or coloured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How deep it stands in the tree.
    pub depth: usize,
    /// The first column.
    pub label: String,
    /// When it started.
    pub started: Option<Timestamp>,
    /// When it ended.
    pub completed: Option<Timestamp>,
    /// The status word.
    pub status: Status,
    /// What follows the status word.
    pub details: Vec<Span>,
}

/// A piece of text after the status word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// As it is.
    Plain(String),
    /// An address, a commit or a version: what people copy.
    Value(String),
    /// The state of a commit status, to be coloured by what it means.
    State(String),
}

/// Returns the rows of an activity: itself, then its steps in order, each with its children below it.
pub fn rows(activity: &PipelineActivity) -> Vec<Row> {
    let spec = &activity.spec;
    let mut rows = vec![Row {
        depth: 0,
        label: label(activity),
        started: spec.started_timestamp,
        completed: spec.completed_timestamp,
        status: spec.status.clone(),
        details: activity_details(activity),
    }];
    for step in &spec.steps {
        push_step(&mut rows, step);
    }
    rows
}

/// The pipeline and the build, and which app's run it is where a repository holds several.
fn label(activity: &PipelineActivity) -> String {
    let spec = &activity.spec;
    if spec.build.is_empty() {
        return spec.pipeline.clone();
    }
    let of_app = ["-release", "-pull-request"]
        .iter()
        .any(|end| spec.context.ends_with(end));
    let context = if of_app {
        format!(" {}", spec.context)
    } else {
        String::new()
    };
    format!("{} #{}{context}", spec.pipeline, spec.build)
}

fn activity_details(activity: &PipelineActivity) -> Vec<Span> {
    let spec = &activity.spec;
    let version = [&spec.version, &activity.status.version]
        .into_iter()
        .find(|version| !version.is_empty());
    let mut details = Vec::new();
    if let Some(version) = version {
        details.push(plain("Version: "));
        details.push(Span::Value(version.clone()));
    }
    // A run that could not begin has no step that failed: its reason stands nowhere else.
    let never_began = spec.status == Status::Failed && spec.steps.is_empty();
    let ended_early = never_began || matches!(spec.status, Status::Aborted | Status::Error);
    if ended_early && !spec.message.is_empty() {
        let space = if details.is_empty() { "" } else { " " };
        details.push(Span::Plain(format!("{space}{}", spec.message)));
    }
    details
}

fn push_step(rows: &mut Vec<Row>, step: &Step) {
    if let Some(stage) = &step.stage {
        let unnamed = if stage.core.name.is_empty() {
            "Stage"
        } else {
            ""
        };
        rows.push(row(1, unnamed, &stage.core, Vec::new()));
        for step in &stage.steps {
            rows.push(row(2, "", step, Vec::new()));
        }
    } else if let Some(preview) = &step.preview {
        push_preview(rows, preview);
    } else if let Some(promote) = &step.promote {
        push_promotion(rows, promote);
    }
}

fn push_preview(rows: &mut Vec<Row>, preview: &PreviewStep) {
    let shown = [&preview.pull_request_url, &preview.environment];
    let shown = shown.into_iter().find(|text| !text.is_empty());
    let details = shown.map_or_else(Vec::new, |text| vec![plain(" "), Span::Value(text.clone())]);
    rows.push(row(1, "Preview", &preview.core, details));
    if !preview.application_url.is_empty() {
        let details = vec![plain(" "), Span::Value(preview.application_url.clone())];
        let core = CoreStep {
            name: String::new(),
            description: String::new(),
            ..preview.core.clone()
        };
        rows.push(row(2, "Preview Application", &core, details));
    }
}

fn push_promotion(rows: &mut Vec<Row>, promote: &PromoteStep) {
    let label = format!("Promote: {}", promote.environment);
    rows.push(row(1, &label, &promote.core, Vec::new()));
    if let Some(pull_request) = &promote.pull_request {
        let mut details = Vec::new();
        push_named(
            &mut details,
            " PullRequest: ",
            &pull_request.pull_request_url,
        );
        push_named(&mut details, " Merge SHA: ", &pull_request.merge_commit_sha);
        rows.push(row(2, "PullRequest", &pull_request.core, details));
    }
    let Some(update) = &promote.update else {
        return;
    };
    let mut details = Vec::new();
    for status in &update.statuses {
        if !status.url.is_empty() && !status.status.is_empty() {
            details.push(plain(" Status: "));
            details.push(Span::State(title_case(&status.status)));
            details.push(plain(" at: "));
            details.push(Span::Value(status.url.clone()));
        }
    }
    rows.push(row(2, "Update", &update.core, details));
    if !promote.application_url.is_empty() {
        let mut details = Vec::new();
        push_named(
            &mut details,
            " Application is at: ",
            &promote.application_url,
        );
        rows.push(row(2, "Promoted", &update.core, details));
    }
}

fn row(depth: usize, label: &str, core: &CoreStep, details: Vec<Span>) -> Row {
    let label = match (label.is_empty(), core.name.is_empty()) {
        (false, false) => format!("{label}:{}", core.name),
        (true, false) => core.name.clone(),
        (_, true) => label.to_owned(),
    };
    let description = (!core.description.is_empty()).then(|| plain(&core.description));
    Row {
        depth,
        label,
        started: core.started_timestamp,
        completed: core.completed_timestamp,
        status: core.status.clone(),
        details: description.into_iter().chain(details).collect(),
    }
}

fn push_named(details: &mut Vec<Span>, name: &str, value: &str) {
    if !value.is_empty() {
        details.push(plain(name));
        details.push(Span::Value(value.to_owned()));
    }
}

fn plain(text: &str) -> Span {
    Span::Plain(text.to_owned())
}

fn title_case(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}
