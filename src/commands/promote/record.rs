//! Writes a promotion into the activity that it belongs to, as jx does.

use serde_json::json;

use crate::activity::model::{
    API_VERSION, CommitStatus, CoreStep, KIND, PromoteStep, PullRequestStep, UpdateStep,
};
use crate::activity::{Status, derive, identity};
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
        let activity = named.map_or_else(
            || find_or_make(context, promotion),
            |name| Ok(name.to_owned()),
        );
        let activity = activity
            .map_err(|error| context.ui.warn(unrecorded(&error)))
            .ok();
        let request = promotion.request();
        Self {
            url: format!(
                "http://{}.{}.localhost:{}",
                request.app, request.namespace, context.settings.port.value
            ),
            environment: promotion.environment().name.to_string(),
            activity,
            context,
        }
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

fn find_or_make(context: &Context<'_>, promotion: &Promotion) -> Result<String, StoreError> {
    match releasing(context, promotion)? {
        Some(name) => Ok(name),
        None => new_activity(context, promotion),
    }
}

/// The newest activity that released this version of the app.
fn releasing(context: &Context<'_>, promotion: &Promotion) -> Result<Option<String>, StoreError> {
    let request = promotion.request();
    let runs = context.ports.activities.list(&RunFilter {
        text: Some(request.app.clone()),
        limit: Some(SEARCHED),
        ..RunFilter::default()
    })?;
    let version = request.version.to_string();
    Ok(runs
        .iter()
        .rev()
        .map(|run| derive(run, None))
        .find(|activity| {
            activity.spec.git_repository == request.app && activity.spec.version == version
        })
        .map(|activity| activity.metadata.name))
}

/// An activity for a promotion that no pipeline runs.
fn new_activity(context: &Context<'_>, promotion: &Promotion) -> Result<String, StoreError> {
    let request = promotion.request();
    let owner = &context.settings.org.value;
    let pipeline = format!("{owner}/{}/promote", request.app);
    let build = context.ports.activities.next_build(&pipeline)?;
    let name = identity::valid_name(&format!("{owner}-{}-promote-{build}", request.app));
    let now = context.ports.clock.now();
    let activity = json!({
        "apiVersion": API_VERSION,
        "kind": KIND,
        "metadata": {"name": name, "creationTimestamp": now},
        "spec": {
            "pipeline": pipeline,
            "build": build.to_string(),
            "version": request.version,
            "startedTimestamp": now,
            "gitOwner": owner,
            "gitRepository": request.app,
            "gitBranch": "promote",
        },
    });
    context.ports.activities.record(&activity)?;
    Ok(name)
}
