//! The decision: what a promotion does, given what is there. Pure.

use jiff::Timestamp;

use super::super::{Intent, PromoteError, Strategy};
use super::Promotion;
use super::snapshot::Snapshot;

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// Nothing: the version is there.
    Unchanged,
    /// Change the version.
    Edit,
}

impl Promotion {
    /// Decides, or says who is against it.
    ///
    /// # Errors
    /// [`PromoteError::Refused`], [`PromoteError::Superseded`], [`PromoteError::Closed`], or a version line that was changed by
    /// hand into something that is no version.
    pub(super) fn decide(
        &self,
        snapshot: &Snapshot,
        now: Timestamp,
    ) -> Result<Decision, PromoteError> {
        let wanted = &self.request.version;
        if let Some(current) = &snapshot.current {
            if current.text == wanted.to_string() {
                return Ok(Decision::Unchanged);
            }
            if current.version.is_none() {
                return Err(PromoteError::Conflict {
                    file: self.chart_path(),
                    line: current.line,
                    commit: snapshot.main.short().to_owned(),
                    why: format!("\"{}\" is no version", current.text),
                });
            }
        }
        self.permitted(snapshot, now)?;
        let there = snapshot
            .current
            .as_ref()
            .and_then(|current| current.version.clone());
        let on_its_way = snapshot
            .open
            .as_ref()
            .and_then(|pull| Intent::of_body(&pull.body))
            .map(|intent| intent.version().clone());
        let newest = [there, on_its_way].into_iter().flatten().max();
        if let Some(newest) = newest
            && newest > *wanted
            && !self.request.allow_downgrade
        {
            return Err(self.superseded(newest));
        }
        if let Some(closed) = &snapshot.closed
            && snapshot.open.is_none()
            && !self.request.reopen
        {
            return Err(PromoteError::Closed {
                pull: closed.reference(&self.repository.name),
                by: closed.ended_by.clone(),
            });
        }
        Ok(Decision::Edit)
    }

    /// Whether the environment, the hold and the policy let this version in.
    fn permitted(&self, snapshot: &Snapshot, now: Timestamp) -> Result<(), PromoteError> {
        if self.environment.promotion == Strategy::Never {
            let hint = "environments.yaml says Never; `landfall get environments` lists the others";
            return Err(self.refused("nothing is promoted there", Some(hint.to_owned())));
        }
        if let Some(setting) = snapshot.descriptor.unknown_setting() {
            let reason = format!("environment.yaml says `{setting}`, which is not there yet");
            return Err(self.refused(reason, None));
        }
        if let Some(rule) = snapshot.policy.unknown_rule() {
            let reason = format!("its policy has the rule `{rule}`, which is not there yet");
            return Err(self.refused(reason, None));
        }
        let held = snapshot
            .hold
            .as_ref()
            .and_then(|hold| hold.refuses(&self.request.version, now));
        if let Some(reason) = held {
            let file =
                super::super::layout::own::hold_file(&self.request.namespace, &self.request.app);
            let hint = format!(
                "remove {} by a pull request to let it go",
                self.environment.path(&file)
            );
            return Err(self.refused(reason, Some(hint)));
        }
        Ok(())
    }
}
