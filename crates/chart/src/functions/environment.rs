//! What functions get from outside a template.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use gotpl::{Context, Error, Text};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::random::Random;
use super::regex::Compiled;
use crate::Warning;

/// A world that is the same in each run: what `now` tells, UTC for local time, and the seed of all that is random.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reproducible {
    /// Any text; each template draws from numbers of its own that follow from it.
    pub seed: String,
    /// What `now` tells.
    pub now: Timestamp,
}

/// The outside world of one render: handed to [`gotpl::TemplateSet::execute`].
#[derive(Debug)]
pub(crate) struct Environment {
    /// `helm lint`: `required` and `fail` do not fail.
    pub(crate) lint: bool,
    /// The time `now` tells; read once, so that a render has one.
    pub(crate) now: Timestamp,
    /// Go's `time.Local`.
    pub(super) local: TimeZone,
    /// What Helm would log.
    pub(crate) log: RefCell<Vec<Warning>>,
    pub(super) random: RefCell<Random>,
    /// How often `include` runs each template at the moment.
    pub(super) including: RefCell<HashMap<Text, usize>>,
    /// Compiled regular expressions; charts use the same ones in loops.
    pub(super) regexes: RefCell<HashMap<Text, Arc<Compiled>>>,
}

impl Default for Environment {
    /// The machine's clock and its random numbers.
    fn default() -> Self {
        Self {
            lint: false,
            now: Timestamp::now(),
            local: TimeZone::system(),
            log: RefCell::default(),
            random: RefCell::default(),
            including: RefCell::default(),
            regexes: RefCell::default(),
        }
    }
}

impl Environment {
    /// The same world in each run, or the machine's; with `lint` nothing fails on purpose.
    pub(crate) fn new(reproducible: Option<&Reproducible>, lint: bool) -> Self {
        let world = Self {
            lint,
            ..Self::default()
        };
        match reproducible {
            None => world,
            Some(fixed) => Self {
                now: fixed.now,
                local: TimeZone::UTC,
                ..world
            },
        }
    }

    /// Begins a template: in a reproducible world its random numbers do not depend on what other templates drew.
    pub(crate) fn begin(&self, template: &str, reproducible: Option<&Reproducible>) {
        if let Some(world) = reproducible {
            *self.random.borrow_mut() = Random::seeded(&world.seed, template);
        }
    }

    /// The environment of a running execution.
    pub(super) fn of<'a>(context: &Context<'a>) -> Result<&'a Self, Error> {
        context
            .environment()
            .ok_or_else(|| Error::message("the execution was started without an environment"))
    }
}
