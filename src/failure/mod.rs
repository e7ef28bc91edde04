//! What a command fails with: kind, stable code, exit code, error chain and hints. Built at one border, drawn by `ui`.

mod code;
mod exit;

use std::error::Error;
use std::fmt;
use std::io;

use crate::files;

pub use code::Code;
pub use exit::Exit;

/// Whose move it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The user can mend it: a name, a state of the repository.
    User,
    /// A settings file or variable is wrong.
    Config,
    /// The command line is wrong.
    Usage,
    /// Something outside landfall failed: git, a build, the disk.
    Outside,
    /// landfall itself is at fault.
    Internal,
}

/// Implemented by typed errors that know more than their text.
pub trait Explain {
    /// The stable code, when the error has one.
    fn code(&self) -> Option<Code> {
        None
    }

    /// Whose move it is.
    fn kind(&self) -> Kind {
        Kind::User
    }

    /// The exit code.
    fn exit(&self) -> Exit {
        Exit::Failed
    }

    /// The next steps, each one a sentence without a full stop.
    fn hints(&self) -> Vec<String> {
        Vec::new()
    }
}

/// A failed command.
pub struct Failure {
    kind: Kind,
    code: Option<Code>,
    exit: Exit,
    error: anyhow::Error,
    hints: Vec<String>,
}

impl Failure {
    /// A failure with this text and nothing else known: kind `User`, exit code 1.
    pub fn new(message: impl Into<String>) -> Self {
        Self::from(anyhow::Error::msg(message.into()))
    }

    /// A command or feature of the product that this version does not have.
    pub fn not_there_yet(what: &str) -> Self {
        Self::new(format!("{what} is not there yet"))
            .code(Code::NOT_THERE_YET)
            .exit(Exit::Usage)
    }

    /// A wrong command line.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(message).kind(Kind::Usage).exit(Exit::Usage)
    }

    /// An object that does not exist, with the nearest of the `known` names as a hint.
    pub fn not_found(what: &str, name: &str, known: &[String]) -> Self {
        let failure = Self::new(format!("no {what} is called \"{name}\""))
            .code(Code::NOT_FOUND)
            .exit(Exit::NotFound);
        match near_names(name, known).as_slice() {
            [] if known.is_empty() => failure.hint(format!("there is no {what} yet")),
            [] => failure.hint(format!("known: {}", known.join(", "))),
            near => failure.hint(format!("did you mean {}?", near.join(" or "))),
        }
    }

    /// Sets whose move it is.
    #[must_use]
    pub fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// Sets the stable code.
    #[must_use]
    pub fn code(mut self, code: Code) -> Self {
        self.code = Some(code);
        self
    }

    /// Sets the exit code.
    #[must_use]
    pub fn exit(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    /// Adds a next step.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        let hint = hint.into();
        if !self.hints.contains(&hint) {
            self.hints.push(hint);
        }
        self
    }

    /// Says what was being done, in front of the cause.
    #[must_use]
    pub fn context(mut self, doing: impl fmt::Display + Send + Sync + 'static) -> Self {
        self.error = self.error.context(doing);
        self
    }

    /// The exit code.
    pub fn exit_code(&self) -> Exit {
        self.exit
    }

    /// The stable code.
    pub fn stable_code(&self) -> Option<Code> {
        self.code
    }

    /// Whose move it is.
    pub fn blame(&self) -> Kind {
        self.kind
    }

    /// The next steps.
    pub fn hints(&self) -> &[String] {
        &self.hints
    }

    /// Whether the reader of standard output went away: a quiet end, not an error.
    pub fn is_broken_pipe(&self) -> bool {
        self.error.chain().any(|cause| {
            cause
                .downcast_ref::<std::io::Error>()
                .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
        })
    }

    /// The error's text and those of its causes, without repeats: a cause whose text the line above already holds is left out.
    pub fn chain(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for cause in self.error.chain() {
            let text = cause.to_string();
            // The line above may say in plain words what the system says in its own.
            let plain = cause.downcast_ref::<io::Error>().map(files::plain);
            let is_said = lines.last().is_some_and(|above| {
                above.contains(&text) || plain.is_some_and(|plain| above.ends_with(&plain))
            });
            if !is_said {
                lines.push(text);
            }
        }
        lines
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Failure")
            .field("kind", &self.kind)
            .field("code", &self.code)
            .field("exit", &self.exit)
            .field("chain", &self.chain())
            .field("hints", &self.hints)
            .finish_non_exhaustive()
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self {
            kind: Kind::User,
            code: None,
            exit: Exit::Failed,
            error,
            hints: Vec::new(),
        }
    }
}

impl<E> From<E> for Failure
where
    E: Error + Explain + Send + Sync + 'static,
{
    fn from(error: E) -> Self {
        Self {
            kind: error.kind(),
            code: error.code(),
            exit: error.exit(),
            hints: error.hints(),
            error: anyhow::Error::new(error),
        }
    }
}

/// Names within a third of their length of `name` by edit distance, nearest first, at most three.
pub fn near_names(name: &str, known: &[String]) -> Vec<String> {
    let length = name.chars().count();
    let mut near: Vec<(usize, &String)> = known
        .iter()
        .filter_map(|candidate| {
            let own = candidate.chars().count();
            let most = (own / 3).max(1);
            let is_begun = candidate.starts_with(name) && !name.is_empty();
            // The distance is at least this; the table that finds it is as large as both together, which a hostile name makes huge.
            if length.abs_diff(own) > most && !is_begun {
                return None;
            }
            let distance = strsim::damerau_levenshtein(name, candidate);
            (distance <= most || is_begun).then_some((distance, candidate))
        })
        .collect();
    near.sort();
    near.into_iter()
        .take(3)
        .map(|(_, candidate)| candidate.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Exit, Failure, near_names};

    fn names(known: &[&str]) -> Vec<String> {
        known.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn one_edit_away_is_always_suggested() {
        let known = names(&["staging", "production", "go"]);
        assert_eq!(near_names("stagin", &known), ["staging"]);
        assert_eq!(near_names("prodution", &known), ["production"]);
        assert_eq!(near_names("og", &known), ["go"]);
        assert!(near_names("elsewhere", &known).is_empty());
    }

    #[test]
    fn a_cause_that_repeats_its_context_is_said_once() {
        let error = anyhow::anyhow!("no such file").context("cannot read a.yaml: no such file");
        assert_eq!(
            Failure::from(error).chain(),
            ["cannot read a.yaml: no such file"]
        );
    }

    #[test]
    fn not_found_names_the_nearest() {
        let failure = Failure::not_found("environment", "stagin", &names(&["staging"]));
        assert_eq!(failure.exit_code(), Exit::NotFound);
        assert_eq!(failure.hints(), ["did you mean staging?"]);
    }
}
