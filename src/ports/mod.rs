//! The traits through which the domain meets the outside. Implementations live in `backend`, `runner` and `runtime`.

pub mod activities;
pub mod artifacts;
pub mod clock;
pub mod git;
pub mod interrupt;
pub mod logs;

use std::sync::Arc;

use clock::Clock;

/// The outside as a command gets it: chosen once from the settings, opened only when used.
#[derive(Debug, Clone)]
pub struct Ports {
    /// The time of day.
    pub clock: Arc<dyn Clock>,
}
