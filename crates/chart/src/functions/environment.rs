//! What functions get from outside a template.

use std::cell::RefCell;
use std::collections::HashMap;

use gotpl::{Context, Error, Text};
use jiff::Timestamp;
use regex::bytes::Regex;

use super::random::Random;
use crate::Warning;

/// The outside world of one render: handed to [`gotpl::TemplateSet::execute`].
#[derive(Debug)]
pub(crate) struct Environment {
    /// `helm lint`: `required` and `fail` do not fail.
    pub(crate) lint: bool,
    /// The time `now` tells; read once, so that a render has one.
    pub(crate) now: Timestamp,
    /// What Helm would log.
    pub(crate) log: RefCell<Vec<Warning>>,
    pub(super) random: RefCell<Random>,
    /// How often `include` runs each template at the moment.
    pub(super) including: RefCell<HashMap<Text, usize>>,
    /// Compiled regular expressions; charts use the same ones in loops.
    pub(super) regexes: RefCell<HashMap<Text, Regex>>,
}

impl Default for Environment {
    /// The machine's clock and its random numbers.
    fn default() -> Self {
        Self {
            lint: false,
            now: Timestamp::now(),
            log: RefCell::default(),
            random: RefCell::new(Random::new()),
            including: RefCell::default(),
            regexes: RefCell::default(),
        }
    }
}

impl Environment {
    /// The machine's clock and its random numbers; with `lint` nothing fails on purpose.
    pub(crate) fn new(lint: bool) -> Self {
        Self {
            lint,
            ..Self::default()
        }
    }

    /// The environment of a running execution.
    pub(super) fn of<'a>(context: &Context<'a>) -> Result<&'a Self, Error> {
        context
            .environment()
            .ok_or_else(|| Error::message("the execution was started without an environment"))
    }
}
