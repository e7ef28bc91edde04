//! Git: the git program for checkouts and remotes, git2 for the object database.

mod checkout;
mod index;
mod locks;
mod objects;
mod packs;
mod program;
mod push;
mod refusal;
mod texts;
mod writable;

use std::collections::BTreeMap;
use std::ffi::OsString;

use program::Program;

use crate::ports::interrupt::Interrupt;

pub use objects::ObjectDatabase;
pub use packs::GitPacks;

/// The git program of this machine as a [`Git`](crate::ports::git::Git). Making one does nothing; it is looked for on
/// first use.
#[derive(Debug)]
pub struct GitProgram {
    program: Program,
}

impl GitProgram {
    /// The git that `environment` (the caller's) leads to; its children stop when `interrupt` is raised.
    pub fn new(environment: BTreeMap<OsString, OsString>, interrupt: Interrupt) -> Self {
        Self {
            program: Program::new(environment, interrupt),
        }
    }
}
