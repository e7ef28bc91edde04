//! What happened in a repository, and the variables that it gives to pipelines.

use std::collections::BTreeMap;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventKind {
    /// A branch or a tag was pushed: the full name, such as `refs/heads/main`.
    Push {
        /// The reference.
        reference: String,
    },
    /// A pull request was opened or has new commits.
    PullRequest {
        /// Its number.
        number: u64,
        /// The branch that is to be merged.
        source_branch: String,
        /// The branch that it goes to.
        target_branch: String,
    },
}

/// An event of one repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// The repository's owner.
    pub owner: String,
    /// The repository's name.
    pub repository: String,
    /// Where Git reaches it.
    pub url: String,
    /// The commit that runs.
    pub revision: String,
    /// The first line of its message.
    pub title: String,
    /// Who pushed.
    pub sender: String,
}

impl Event {
    /// `push` or `pull_request`: what `on-event` compares with.
    pub fn name(&self) -> &'static str {
        match self.kind {
            EventKind::Push { .. } => "push",
            EventKind::PullRequest { .. } => "pull_request",
        }
    }

    /// The full name of what was pushed, or of the branch that a pull request goes to.
    pub fn target_reference(&self) -> String {
        match &self.kind {
            EventKind::Push { reference } => reference.clone(),
            EventKind::PullRequest { target_branch, .. } => format!("refs/heads/{target_branch}"),
        }
    }

    /// The branch, or the tag, without `refs/heads/` or `refs/tags/`.
    pub fn branch(&self) -> String {
        let reference = self.target_reference();
        let short = reference
            .strip_prefix("refs/heads/")
            .or_else(|| reference.strip_prefix("refs/tags/"));
        short.unwrap_or(&reference).to_owned()
    }

    /// The pull request's number.
    pub fn pull_request(&self) -> Option<u64> {
        match self.kind {
            EventKind::Push { .. } => None,
            EventKind::PullRequest { number, .. } => Some(number),
        }
    }

    /// The values of `{{ name }}` (source: pipelines-as-code docs/content/docs/guides/creating-pipelines, dynamic variables).
    pub fn variables(&self) -> BTreeMap<&'static str, String> {
        let target = self.branch();
        let mut variables = BTreeMap::from([
            ("event", self.name().to_owned()),
            ("event_type", self.name().to_owned()),
            ("repo_name", self.repository.clone()),
            ("repo_owner", self.owner.clone()),
            ("repo_url", self.url.clone()),
            ("revision", self.revision.clone()),
            ("sender", self.sender.clone()),
            ("source_url", self.url.clone()),
            ("target_branch", target.clone()),
            ("target_namespace", "default".to_owned()),
        ]);
        match &self.kind {
            EventKind::Push { reference } => {
                variables.insert("source_branch", target.clone());
                if reference.starts_with("refs/tags/") {
                    variables.insert("git_tag", target);
                }
            }
            EventKind::PullRequest {
                number,
                source_branch,
                ..
            } => {
                variables.insert("source_branch", source_branch.clone());
                variables.insert("pull_request_number", number.to_string());
            }
        }
        variables
    }
}

/// Whether a commit message asks for no pipeline: `[skip ci]`, `[ci skip]`, `[skip tkn]`, `[tkn skip]`.
pub fn skips_pipelines(message: &str) -> bool {
    ["[skip ci]", "[ci skip]", "[skip tkn]", "[tkn skip]"]
        .iter()
        .any(|mark| message.contains(mark))
}
