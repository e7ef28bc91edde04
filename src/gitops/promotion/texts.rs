//! The words of commits and pull requests.

use super::Promotion;

impl Promotion {
    /// `chore: promote shop to version 1.2.0`, as jx has it.
    pub(super) fn title(&self) -> String {
        format!(
            "chore: promote {} to version {}",
            self.request.app, self.request.version
        )
    }

    pub(super) fn commit_message(&self) -> String {
        format!("{}\n\n{}\n", self.title(), self.intent.trailer())
    }

    pub(super) fn merge_message(&self, number: u64) -> String {
        format!(
            "Merge pull request #{number} from {}\n\n{}\n\n{}\n",
            self.branch,
            self.title(),
            self.intent.trailer()
        )
    }

    pub(super) fn body(&self, from: Option<&str>, note: Option<&str>) -> String {
        let from = from.map_or_else(
            || "It is new there.".to_owned(),
            |from| format!("It is at {from} there now."),
        );
        let note = note.map(|note| format!("{note}\n\n")).unwrap_or_default();
        format!(
            "Promotes {} to version {} in {} (namespace {}). {from}\n\n{note}{}\n",
            self.request.app,
            self.request.version,
            self.environment.name,
            self.request.namespace,
            self.intent.marker()
        )
    }
}
