//! In-memory implementations of ports, for tests.

pub mod activities;
pub mod environments;
