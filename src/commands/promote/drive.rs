//! One promotion from its proposal to its end: the waiting around [`Promotion`].

use std::time::{Duration, Instant};

use super::PromoteArgs;
use super::record::Recorder;
use super::report::Report;
use crate::activity::model::CommitStatus;
use crate::context::Context;
use crate::failure::Failure;
use crate::gitops::{Cause, Outcome, PromoteError, Promotion, Proposal, Step, Update};
use crate::ports::forge::PullRequest;

/// How often a waiting promotion looks. A look reads a few small files.
const LOOK: Duration = Duration::from_millis(100);

/// The first pause between tries that met changes by others; it doubles, and each is cut at random.
const FIRST_PAUSE: Duration = Duration::from_millis(20);

/// How long a pause can get.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// Says what would change.
pub(super) fn plan(promotion: &Promotion, report: &mut Report) -> Result<(), Failure> {
    match promotion.plan() {
        Ok(Proposal::Planned { files, .. }) => report.plan(files),
        Ok(_) => report.outcome = Some(Outcome::Unchanged),
        Err(error) => return Err(ended(error, report)),
    }
    Ok(())
}

/// Does it, and waits as far as the arguments say.
pub(super) async fn promote(
    context: &Context<'_>,
    args: &PromoteArgs,
    promotion: &Promotion,
    report: &mut Report,
) -> Result<(), Failure> {
    let pull = match propose(promotion) {
        Ok(Proposal::Open { pull, files }) => {
            report.files(files);
            pull
        }
        Ok(_) => {
            report.outcome = Some(Outcome::Unchanged);
            return Ok(());
        }
        Err(error) => return Err(ended(error, report)),
    };
    report.pull(promotion, &pull);
    report.outcome = Some(Outcome::Open);
    let recorder = Recorder::new(context, promotion);
    let is_automatic = promotion.is_automatic();
    recorder.opened(&pull, is_automatic);
    report.waits_for_a_person = !is_automatic;
    if args.no_wait || !is_automatic {
        return Ok(());
    }
    let deadline = Instant::now() + args.timeout;
    let mut drive = Drive {
        context,
        promotion,
        recorder: &recorder,
        deadline,
    };
    match drive.until_the_end(pull, report).await {
        Ok(()) => Ok(()),
        Err(error) => {
            if !matches!(error, PromoteError::TimedOut { .. }) {
                recorder.failed(&error.to_string());
            }
            Err(ended(error, report))
        }
    }
}

/// Sorts an error into the outcome that scripts see.
fn ended(error: PromoteError, report: &mut Report) -> Failure {
    match &error {
        PromoteError::Superseded { .. } => report.outcome = Some(Outcome::Superseded),
        PromoteError::Refused { .. } => report.outcome = Some(Outcome::Refused),
        _ => {}
    }
    error.into()
}

fn propose(promotion: &Promotion) -> Result<Proposal, PromoteError> {
    promotion.propose(|attempt| std::thread::sleep(pause(attempt)))
}

/// Between nothing and `FIRST_PAUSE * 2^attempt`: processes that met once do not meet again.
fn pause(attempt: usize) -> Duration {
    let doublings = u32::try_from(attempt.min(10)).unwrap_or(10);
    let longest = (FIRST_PAUSE * 2u32.pow(doublings)).min(LONGEST_PAUSE);
    let mut seed = std::hash::DefaultHasher::new();
    std::hash::Hash::hash(&(std::process::id(), attempt, Instant::now()), &mut seed);
    let part = std::hash::Hasher::finish(&seed) % 1000;
    longest.mul_f64(part as f64 / 1000.0)
}

struct Drive<'a> {
    context: &'a Context<'a>,
    promotion: &'a Promotion,
    recorder: &'a Recorder<'a>,
    deadline: Instant,
}

impl Drive<'_> {
    async fn until_the_end(
        &mut self,
        pull: PullRequest,
        report: &mut Report,
    ) -> Result<(), PromoteError> {
        let Some(merged) = self.until_merged(pull, report).await? else {
            return Ok(());
        };
        report.pull(self.promotion, &merged);
        report.outcome = Some(Outcome::Merged);
        self.recorder.merged(&merged);
        self.until_updated(&merged).await
    }

    /// Waits for the merge; `None` when there is nothing to merge any more.
    async fn until_merged(
        &mut self,
        mut pull: PullRequest,
        report: &mut Report,
    ) -> Result<Option<PullRequest>, PromoteError> {
        let name = pull.reference(&self.promotion.repository().name);
        let progress = self.context.ui.progress(format!("{name}: opened"));
        let mut seen = pull.head.clone();
        let mut is_ensured = false;
        loop {
            match self.promotion.advance(pull.number, &mut seen)? {
                Step::Merged(pull) => return Ok(Some(pull)),
                Step::Open(_) => return Ok(None),
                Step::Redo => {
                    if let Proposal::Open { pull: again, files } = propose(self.promotion)? {
                        report.pull(self.promotion, &again);
                        report.files(files);
                        seen.clone_from(&again.head);
                        pull = again;
                        is_ensured = false;
                    } else {
                        report.outcome = Some(Outcome::Unchanged);
                        return Ok(None);
                    }
                }
                Step::Waiting(cause) => {
                    progress.message(format!("{name}: waiting for {cause}"));
                    if cause == Cause::NoChecksYet && !is_ensured {
                        is_ensured = true;
                        self.ensure_checks(&pull).await;
                        continue;
                    }
                    self.pause(&name, &cause.to_string()).await?;
                }
            }
        }
    }

    /// Waits for the environment's own pipeline, where somebody runs it.
    async fn until_updated(&mut self, merged: &PullRequest) -> Result<(), PromoteError> {
        let Some(commit) = &merged.merge_commit else {
            self.recorder.done(Vec::new());
            return Ok(());
        };
        let environment = &self.promotion.environment().name;
        let progress = self
            .context
            .ui
            .progress(format!("{environment}: applying {}", commit.short()));
        let is_followed = match &self.context.ports.checks {
            Some(checks) => checks.is_resident().await,
            None => false,
        };
        loop {
            match self.promotion.update(commit)? {
                Update::None => {
                    self.recorder.done(Vec::new());
                    return Ok(());
                }
                Update::Done => {
                    let statuses = self
                        .context
                        .ports
                        .forge
                        .statuses(self.promotion.repository(), commit)?;
                    self.recorder.done(
                        statuses
                            .into_iter()
                            .map(|status| CommitStatus {
                                url: status.target,
                                status: status.state.to_string(),
                            })
                            .collect(),
                    );
                    return Ok(());
                }
                Update::Failed(checks) => {
                    let request = self.promotion.request();
                    return Err(PromoteError::UpdateFailed {
                        environment: environment.to_string(),
                        app: request.app.clone(),
                        version: request.version.clone(),
                        checks,
                    });
                }
                Update::Waiting(names) => {
                    if !is_followed {
                        self.context.ui.say(format!(
                            "{environment} takes it when the local platform runs: `landfall up`"
                        ));
                        return Ok(());
                    }
                    let cause = if names.is_empty() {
                        "the environment to be changed".to_owned()
                    } else {
                        names.join(", ")
                    };
                    progress.message(format!("{environment}: waiting for {cause}"));
                    let name = merged.reference(&self.promotion.repository().name);
                    self.pause(&name, &cause).await?;
                }
            }
        }
    }

    async fn ensure_checks(&self, pull: &PullRequest) {
        let Some(checks) = &self.context.ports.checks else {
            return;
        };
        let repository = self.promotion.repository();
        if let Err(error) = checks.ensure(repository, pull).await {
            // Somebody else may still run them: the wait has an end of its own.
            self.context.ui.warn(error);
        }
    }

    async fn pause(&self, name: &str, cause: &str) -> Result<(), PromoteError> {
        if Instant::now() >= self.deadline {
            return Err(PromoteError::TimedOut {
                pull: name.to_owned(),
                cause: cause.to_owned(),
            });
        }
        tokio::time::sleep(LOOK).await;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_PAUSE, pause};

    #[test]
    fn pauses_stay_within_their_limit() {
        assert!((0..100).all(|attempt| pause(attempt) <= LONGEST_PAUSE));
    }
}
