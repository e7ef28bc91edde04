//! `PipelineActivity`, `jenkins.io/v1`: the object that jx clusters hold and that our views print.
//!
//! Field names are jx's, odd capitals included. Every field is optional in jx; a field that is unknown
//! here is kept in `other`, so that reading and writing an object loses nothing.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::status::Status;

/// The `apiVersion` of [`PipelineActivity`].
pub const API_VERSION: &str = "jenkins.io/v1";
/// The `kind` of [`PipelineActivity`].
pub const KIND: &str = "PipelineActivity";

/// The record of one pipeline run or promotion.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PipelineActivity {
    /// Always [`API_VERSION`].
    pub api_version: String,
    /// Always [`KIND`].
    pub kind: String,
    /// Name, labels and annotations.
    pub metadata: Metadata,
    /// What happened, in jx's words.
    pub spec: ActivitySpec,
    /// What jx has no words for: see [`ActivityState`].
    pub status: ActivityState,
}

/// The part of Kubernetes' object metadata that views need; the rest is kept in `other`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Metadata {
    /// The resource name, see [`super::identity::RunIdentity::activity_name`].
    pub name: String,
    /// When the object was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creation_timestamp: Option<Timestamp>,
    /// Labels: selectable, short values.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub labels: Map<String, Value>,
    /// Annotations: anything.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub annotations: Map<String, Value>,
    /// Fields that this version does not read.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// `spec` of a [`PipelineActivity`]. In jx the real state stands here, not in `status`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ActivitySpec {
    /// `owner/repository/branch`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pipeline: String,
    /// The build number, as text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub build: String,
    /// The version that was released.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// How far it has come.
    #[serde(skip_serializing_if = "Status::is_unset")]
    pub status: Status,
    /// Why, in one sentence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// When it started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_timestamp: Option<Timestamp>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_timestamp: Option<Timestamp>,
    /// Stages, then previews and promotions, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// Where the repository is.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub git_url: String,
    /// The repository's name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub git_repository: String,
    /// The repository's owner.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub git_owner: String,
    /// The branch, or `PR-<n>`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub git_branch: String,
    /// The commit that ran.
    #[serde(rename = "lastCommitSHA", skip_serializing_if = "String::is_empty")]
    pub last_commit_sha: String,
    /// The first line of that commit's message.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub last_commit_message: String,
    /// Which of a repository's pipelines it was.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub context: String,
    /// Fields that this version does not read.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// `status` of a [`PipelineActivity`]: ours, for programs that want more than jx recorded.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ActivityState {
    /// The released version, where jx itself keeps it in `status`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// The PipelineRun that this is the view of.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub run: String,
    /// Tekton's reason, such as `Completed` or `PipelineRunTimeout`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The pipeline's tasks under their own names, in the order of the stages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<TaskState>,
    /// Fields that this version does not read.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// One task of a run under its own name: what `logs --step` and scripts address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TaskState {
    /// The pipeline task's name.
    pub name: String,
    /// The TaskRun's name; empty if it never started.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub task_run: String,
    /// How far it has come.
    pub status: Status,
    /// Tekton's reason.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// How often it was tried before.
    #[serde(skip_serializing_if = "is_zero")]
    pub retries: usize,
    /// Its steps.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<StepState>,
}

/// One step of a [`TaskState`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StepState {
    /// The step's name.
    pub name: String,
    /// How far it has come.
    pub status: Status,
    /// The exit status of its process, once it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i64>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// One entry of `spec.steps`: exactly one of the three is set, as `kind` says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Step {
    /// `Stage`, `Preview` or `Promote`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// One task of the pipeline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<StageStep>,
    /// One promotion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promote: Option<PromoteStep>,
    /// One preview environment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preview: Option<PreviewStep>,
    /// Fields that this version does not read.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Step {
    /// Returns what every kind of step has; `None` for a kind that this version does not know.
    pub fn core(&self) -> Option<&CoreStep> {
        let stage = self.stage.as_ref().map(|stage| &stage.core);
        let promote = self.promote.as_ref().map(|promote| &promote.core);
        stage
            .or(promote)
            .or_else(|| Some(&self.preview.as_ref()?.core))
    }

    /// Wraps a stage.
    pub fn of_stage(stage: StageStep) -> Self {
        Self {
            kind: "Stage".to_owned(),
            stage: Some(stage),
            ..Self::default()
        }
    }

    /// Wraps a promotion.
    pub fn of_promotion(promote: PromoteStep) -> Self {
        Self {
            kind: "Promote".to_owned(),
            promote: Some(promote),
            ..Self::default()
        }
    }
}

/// What every step has; jx inlines it everywhere.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CoreStep {
    /// Its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What a person should know, shown after the status.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// How far it has come.
    #[serde(skip_serializing_if = "Status::is_unset")]
    pub status: Status,
    /// Why, in one sentence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// When it started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_timestamp: Option<Timestamp>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_timestamp: Option<Timestamp>,
}

impl CoreStep {
    /// Makes a step that is in `status` since `at`, and ended then if the status is terminal.
    pub fn new(name: impl Into<String>, status: Status, at: Timestamp) -> Self {
        Self {
            name: name.into(),
            completed_timestamp: status.is_terminal().then_some(at),
            status,
            started_timestamp: Some(at),
            ..Self::default()
        }
    }

    /// Takes over what `newer` says; what it leaves out stays.
    ///
    /// A step that was ended and runs again is not ended any more.
    fn merge(&mut self, newer: &Self) {
        replace_text(&mut self.name, &newer.name);
        replace_text(&mut self.description, &newer.description);
        replace_text(&mut self.message, &newer.message);
        if self.started_timestamp.is_none() {
            self.started_timestamp = newer.started_timestamp;
        }
        if newer.completed_timestamp.is_some() {
            self.completed_timestamp = newer.completed_timestamp;
        }
        if !newer.status.is_unset() {
            if !newer.status.is_terminal() && self.status.is_terminal() {
                self.started_timestamp = newer.started_timestamp;
                self.completed_timestamp = None;
                self.message.clone_from(&newer.message);
            }
            self.status = newer.status.clone();
        }
    }
}

fn replace_text(old: &mut String, new: &str) {
    if !new.is_empty() {
        new.clone_into(old);
    }
}

/// One task of a pipeline, with its steps.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StageStep {
    /// The stage itself.
    #[serde(flatten)]
    pub core: CoreStep,
    /// Its steps in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<CoreStep>,
}

/// A preview environment of a pull request.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PreviewStep {
    /// The preview itself.
    #[serde(flatten)]
    pub core: CoreStep,
    /// The environment that was made for it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub environment: String,
    /// The pull request it shows.
    #[serde(rename = "pullRequestURL", skip_serializing_if = "String::is_empty")]
    pub pull_request_url: String,
    /// Where the app answers.
    #[serde(rename = "applicationURL", skip_serializing_if = "String::is_empty")]
    pub application_url: String,
}

/// A promotion to one environment. The environment is its key within an activity.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PromoteStep {
    /// The promotion itself.
    #[serde(flatten)]
    pub core: CoreStep,
    /// The environment that is promoted to.
    pub environment: String,
    /// The pull request on the environment's repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pull_request: Option<PullRequestStep>,
    /// What happened after the merge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update: Option<UpdateStep>,
    /// Where the app answers.
    #[serde(rename = "applicationURL", skip_serializing_if = "String::is_empty")]
    pub application_url: String,
}

impl PromoteStep {
    /// Takes over what `newer` says about the same environment; what it leaves out stays.
    pub fn merge(&mut self, newer: &Self) {
        self.core.merge(&newer.core);
        replace_text(&mut self.environment, &newer.environment);
        replace_text(&mut self.application_url, &newer.application_url);
        match (&mut self.pull_request, &newer.pull_request) {
            (Some(old), Some(new)) => {
                old.core.merge(&new.core);
                replace_text(&mut old.pull_request_url, &new.pull_request_url);
                replace_text(&mut old.merge_commit_sha, &new.merge_commit_sha);
            }
            (old @ None, Some(new)) => *old = Some(new.clone()),
            (_, None) => {}
        }
        match (&mut self.update, &newer.update) {
            (Some(old), Some(new)) => {
                old.core.merge(&new.core);
                if !new.statuses.is_empty() {
                    old.statuses.clone_from(&new.statuses);
                }
            }
            (old @ None, Some(new)) => *old = Some(new.clone()),
            (_, None) => {}
        }
    }
}

/// The pull request of a promotion.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PullRequestStep {
    /// Running while it is open, Succeeded once it is merged.
    #[serde(flatten)]
    pub core: CoreStep,
    /// Where it is.
    #[serde(rename = "pullRequestURL", skip_serializing_if = "String::is_empty")]
    pub pull_request_url: String,
    /// The commit that merged it.
    #[serde(rename = "mergeCommitSHA", skip_serializing_if = "String::is_empty")]
    pub merge_commit_sha: String,
}

/// What the environment's repository reported after the merge.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct UpdateStep {
    /// Running until every status is in.
    #[serde(flatten)]
    pub core: CoreStep,
    /// One commit status each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<CommitStatus>,
}

/// One commit status of a merge commit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CommitStatus {
    /// Where to read more.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// `success`, `pending`, `failure` or `error`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub status: String,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + second).expect("a valid time")
    }

    #[test]
    fn an_object_of_jx_reads_and_writes_without_loss() {
        let object = json!({
            "apiVersion": "jenkins.io/v1",
            "kind": "PipelineActivity",
            "metadata": {"name": "acme-shop-master-7", "resourceVersion": "17"},
            "spec": {
                "pipeline": "acme/shop/master", "build": "7", "version": "1.2.3",
                "status": "Succeeded", "lastCommitSHA": "abc", "buildLogsUrl": "gs://logs",
                "steps": [
                    {"kind": "Stage", "stage": {"name": "build", "status": "Succeeded",
                        "steps": [{"name": "Make", "status": "Succeeded"}]}},
                    {"kind": "Promote", "promote": {"name": "p", "environment": "staging",
                        "pullRequest": {"status": "Succeeded", "pullRequestURL": "u", "mergeCommitSHA": "m"},
                        "update": {"statuses": [{"url": "u", "status": "success"}]},
                        "applicationURL": "http://shop"}},
                ],
            },
            "status": {"version": "1.2.3"},
        });
        let activity: PipelineActivity =
            serde_json::from_value(object.clone()).expect("the object reads");
        let promote = activity.spec.steps[1]
            .promote
            .as_ref()
            .expect("a promotion");
        let pull_request = promote.pull_request.as_ref().expect("a pull request");
        assert_eq!(pull_request.merge_commit_sha, "m");
        let written = serde_json::to_value(&activity).expect("the object writes");
        assert_eq!(written, object);
    }

    #[test]
    fn a_later_report_adds_to_a_promotion_and_takes_nothing_away() {
        let mut step = PromoteStep {
            core: CoreStep::new("", Status::Running, at(0)),
            environment: "staging".to_owned(),
            pull_request: Some(PullRequestStep {
                core: CoreStep::new("", Status::Running, at(0)),
                pull_request_url: "url".to_owned(),
                ..PullRequestStep::default()
            }),
            ..PromoteStep::default()
        };
        step.merge(&PromoteStep {
            environment: "staging".to_owned(),
            pull_request: Some(PullRequestStep {
                core: CoreStep {
                    status: Status::Succeeded,
                    completed_timestamp: Some(at(9)),
                    ..CoreStep::default()
                },
                merge_commit_sha: "abc".to_owned(),
                ..PullRequestStep::default()
            }),
            update: Some(UpdateStep::default()),
            ..PromoteStep::default()
        });
        let pull_request = step.pull_request.expect("still there");
        assert_eq!(pull_request.pull_request_url, "url");
        assert_eq!(pull_request.merge_commit_sha, "abc");
        assert_eq!(pull_request.core.status, Status::Succeeded);
        assert_eq!(pull_request.core.started_timestamp, Some(at(0)));
        assert_eq!(pull_request.core.completed_timestamp, Some(at(9)));
        assert_eq!(step.core.status, Status::Running);
        assert!(step.update.is_some());
    }

    #[test]
    fn a_step_that_starts_again_is_not_ended_any_more() {
        let mut step = CoreStep::new("x", Status::Failed, at(3));
        step.merge(&CoreStep::new("", Status::Running, at(8)));
        assert_eq!(step.name, "x");
        assert_eq!(step.started_timestamp, Some(at(8)));
        assert_eq!(step.completed_timestamp, None);
    }
}
