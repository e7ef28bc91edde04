//! Questions. Each has an answer without a terminal: a flag, or a default in batch mode.

use dialoguer::{Confirm, Input, MultiSelect, Select};

use super::Ui;
use crate::failure::{Code, Exit, Explain, Failure, Kind};

/// An answer was needed and could not be asked for.
#[derive(Debug, thiserror::Error)]
#[error("{question} needs an answer, and there is no terminal to ask on")]
pub struct CannotAsk {
    question: String,
    flag: String,
}

impl Explain for CannotAsk {
    fn code(&self) -> Option<Code> {
        Some(Code::CANNOT_ASK)
    }

    fn kind(&self) -> Kind {
        Kind::Usage
    }

    fn exit(&self) -> Exit {
        Exit::Usage
    }

    fn hints(&self) -> Vec<String> {
        vec![format!("give {}", self.flag)]
    }
}

impl Ui {
    /// Whether a person is there who may be asked.
    pub fn can_ask(&self) -> bool {
        self.can_ask && !self.options.batch
    }

    /// Asks yes or no. `flag` is what a script gives instead; in batch mode the answer is `default`.
    ///
    /// # Errors
    /// [`CannotAsk`] without a terminal, or an interrupted prompt.
    pub fn confirm(&self, question: &str, default: bool, flag: &str) -> Result<bool, Failure> {
        if self.options.batch {
            return Ok(default);
        }
        self.require_terminal(question, flag)?;
        Confirm::new()
            .with_prompt(question)
            .default(default)
            .interact()
            .map_err(interrupted)
    }

    /// Asks for a text; in batch mode the answer is `default`.
    ///
    /// # Errors
    /// As [`Ui::confirm`].
    pub fn ask(&self, question: &str, default: &str, flag: &str) -> Result<String, Failure> {
        if self.options.batch {
            return Ok(default.to_owned());
        }
        self.require_terminal(question, flag)?;
        Input::new()
            .with_prompt(question)
            .default(default.to_owned())
            .interact_text()
            .map_err(interrupted)
    }

    /// Asks for one of `choices`; returns its index.
    ///
    /// # Errors
    /// As [`Ui::confirm`], and in batch mode too: there is no default among equals.
    pub fn choose(&self, question: &str, choices: &[String], flag: &str) -> Result<usize, Failure> {
        self.require_terminal(question, flag)?;
        Select::new()
            .with_prompt(question)
            .items(choices)
            .default(0)
            .interact()
            .map_err(interrupted)
    }

    /// Asks for any number of `choices`, all of which are chosen at first; returns their indexes.
    ///
    /// # Errors
    /// As [`Ui::choose`].
    pub fn choose_several(
        &self,
        question: &str,
        choices: &[String],
        flag: &str,
    ) -> Result<Vec<usize>, Failure> {
        self.require_terminal(question, flag)?;
        MultiSelect::new()
            .with_prompt(question)
            .items(choices)
            .defaults(&vec![true; choices.len()])
            .interact()
            .map_err(interrupted)
    }

    fn require_terminal(&self, question: &str, flag: &str) -> Result<(), Failure> {
        if self.can_ask {
            return Ok(());
        }
        Err(CannotAsk {
            question: format!("\"{question}\""),
            flag: flag.to_owned(),
        }
        .into())
    }
}

fn interrupted(error: dialoguer::Error) -> Failure {
    Failure::from(anyhow::Error::new(error))
        .context("the question was not answered")
        .exit(Exit::Interrupted)
}
