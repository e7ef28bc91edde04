//! Writes a promotion into the activity that it belongs to, as jx does.

use serde_json::Value;

use crate::activity::model::{CommitStatus, CoreStep, PromoteStep, PullRequestStep, UpdateStep};
use crate::activity::{RunIdentity, Status, by_hand, derive};
use crate::context::Context;
use crate::env_vars;
use crate::gitops::Promotion;
use crate::ports::activities::{RunFilter, StoreError};
use crate::ports::forge::PullRequest;

/// How many runs are looked through for the one that made the release.
const SEARCHED: usize = 200;

/// The step of one promotion in one activity.
pub(super) struct Recorder<'a> {
    context: &'a Context<'a>,
    /// `None`: the record cannot be used, which was said once.
    activity: Option<String>,
    /// What was recorded of an activity that is this promotion and nothing else.
    begun: Option<Value>,
    environment: String,
    url: String,
}

impl<'a> Recorder<'a> {
    /// The activity of the pipeline step that runs this command, else the one that made the release, else a new one.
    pub(super) fn new(context: &'a Context<'a>, promotion: &Promotion) -> Self {
        let named = context
            .process
            .var(env_vars::LANDFALL_ACTIVITY)
            .filter(|name| !name.is_empty());
        let (activity, begun) = match Self::find(context, promotion, named) {
            Ok(found) => found,
            Err(error) => {
                context.ui.warn(unrecorded(&error));
                (None, None)
            }
        };
        let request = promotion.request();
        Self {
            url: format!(
                "http://{}.{}.localhost:{}",
                request.app, request.namespace, context.settings.port.value
            ),
            environment: promotion.environment().name.to_string(),
            activity,
            begun,
            context,
        }
    }

    /// The activity to write into, and what was recorded of it if it was made for that.
    fn find(
        context: &Context<'_>,
        promotion: &Promotion,
        named: Option<&str>,
    ) -> Result<(Option<String>, Option<Value>), StoreError> {
        if let Some(name) = named {
            return Ok((Some(name.to_owned()), None));
        }
        if let Some(name) = releasing(context, promotion)? {
            return Ok((Some(name), None));
        }
        let begun = new_activity(context, promotion)?;
        let name = begun["metadata"]["name"].as_str().map(str::to_owned);
        Ok((name, Some(begun)))
    }

    /// The pull request is open.
    pub(super) fn opened(&self, pull: &PullRequest, is_automatic: bool) {
        let status = if is_automatic {
            Status::Running
        } else {
            Status::WaitingForApproval
        };
        self.write(&PromoteStep {
            core: self.core(status.clone()),
            pull_request: Some(PullRequestStep {
                core: self.core(status),
                pull_request_url: pull.url.clone(),
                ..PullRequestStep::default()
            }),
            ..self.step()
        });
    }

    /// It is merged, and the environment begins to change.
    pub(super) fn merged(&self, pull: &PullRequest) {
        self.write(&PromoteStep {
            core: self.core(Status::Running),
            pull_request: Some(PullRequestStep {
                core: self.core(Status::Succeeded),
                pull_request_url: pull.url.clone(),
                merge_commit_sha: pull
                    .merge_commit
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            }),
            ..self.step()
        });
    }

    /// The environment has the version; `statuses` are those of the merge commit.
    pub(super) fn done(&self, statuses: Vec<CommitStatus>) {
        let update = (!statuses.is_empty()).then(|| UpdateStep {
            core: self.core(Status::Succeeded),
            statuses,
        });
        self.write(&PromoteStep {
            core: self.core(Status::Succeeded),
            update,
            application_url: self.url.clone(),
            ..self.step()
        });
        self.end(&Status::Succeeded, "");
    }

    /// It ended otherwise.
    pub(super) fn failed(&self, why: &str) {
        self.write(&PromoteStep {
            core: CoreStep {
                message: why.to_owned(),
                ..self.core(Status::Failed)
            },
            ..self.step()
        });
        self.end(&Status::Failed, why);
    }

    /// Ends an activity that is this promotion and nothing else.
    fn end(&self, status: &Status, message: &str) {
        let Some(begun) = &self.begun else {
            return;
        };
        let now = self.context.ports.clock.now();
        let ended = by_hand::finished(begun, status, message, now);
        if let Err(error) = self.context.ports.activities.record(&ended) {
            self.context.ui.warn(unrecorded(&error));
        }
    }

    fn step(&self) -> PromoteStep {
        PromoteStep {
            environment: self.environment.clone(),
            ..PromoteStep::default()
        }
    }

    fn core(&self, status: Status) -> CoreStep {
        CoreStep::new("", status, self.context.ports.clock.now())
    }

    /// The record is a view of what Git has: without it the promotion goes on, and says so.
    fn write(&self, step: &PromoteStep) {
        let Some(activity) = &self.activity else {
            return;
        };
        let result = self
            .context
            .ports
            .activities
            .record_promotion(activity, step);
        if let Err(error) = result {
            self.context.ui.warn(unrecorded(&error));
        }
    }
}

fn unrecorded(error: &StoreError) -> String {
    format!("the promotion is not recorded in its activity: {error}")
}

/// The newest activity that released this version of the app: one of the app's repository, else, as for an app in a folder of a
/// repository with several, one that is named after the app.
fn releasing(context: &Context<'_>, promotion: &Promotion) -> Result<Option<String>, StoreError> {
    let request = promotion.request();
    let version = request.version.to_string();
    let release = format!("{}-release", request.app);
    for text in [Some(request.app.clone()), None] {
        let runs = context.ports.activities.list(&RunFilter {
            text,
            limit: Some(SEARCHED),
            ..RunFilter::default()
        })?;
        let found = runs.iter().rev().map(|run| derive(run, None)).find(|run| {
            let is_its = run.spec.git_repository == request.app || run.spec.context == release;
            is_its && run.spec.version == version
        });
        if let Some(activity) = found {
            return Ok(Some(activity.metadata.name));
        }
    }
    Ok(None)
}

/// An activity for a promotion that no pipeline runs, as it is recorded when it begins.
fn new_activity(context: &Context<'_>, promotion: &Promotion) -> Result<Value, StoreError> {
    let request = promotion.request();
    let mut identity = RunIdentity {
        owner: context.settings.org.value.clone(),
        repository: request.app.clone(),
        branch: "promote".to_owned(),
        ..RunIdentity::default()
    };
    let activities = &context.ports.activities;
    identity.build = activities.next_build(&identity.pipeline())?;
    let version = request.version.to_string();
    // No owner: where a person has to merge, it goes on without this process.
    let begun = by_hand::begun(&identity, &version, None, context.ports.clock.now());
    activities.record(&begun)?;
    Ok(begun)
}
