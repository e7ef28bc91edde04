//! In-memory implementations of ports, for tests.

pub mod activities;
pub mod charts;
pub mod environments;
