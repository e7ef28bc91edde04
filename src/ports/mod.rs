//! The traits through which the domain meets the outside. Implementations live in `backend`, `runner` and `runtime`.

pub mod activities;
pub mod artifacts;
pub mod charts;
pub mod checks;
pub mod clock;
pub mod forge;
pub mod git;
pub mod image_builder;
pub mod interrupt;
pub mod logs;
pub mod packs;
pub mod platform;
pub mod runner;

use std::sync::Arc;

use activities::{ActivityStore, Owners};
use artifacts::ArtifactStore;
use charts::ChartRepository;
use checks::CheckRunner;
use clock::Clock;
use forge::Forge;
use git::{Git, GitObjects};
use image_builder::ImageBuilder;
use interrupt::Interrupt;
use logs::LogSource;
use packs::{PackRepository, TextMerge};
use platform::{Host, Platform};
use runner::Runner;

/// The outside as a command gets it: chosen once from the settings, opened only when used.
#[derive(Debug, Clone)]
pub struct Ports {
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// The record of runs and promotions.
    pub activities: Arc<dyn ActivityStore>,
    /// The output of pipeline steps.
    pub logs: Arc<dyn LogSource>,
    /// Which processes live.
    pub owners: Arc<dyn Owners>,
    /// Where pipelines run.
    pub runner: Arc<dyn Runner>,
    /// Checkouts and remotes.
    pub git: Arc<dyn Git>,
    /// Object databases of repositories on this machine.
    pub objects: Arc<dyn GitObjects>,
    /// Repositories and pull requests.
    pub forge: Arc<dyn Forge>,
    /// Who runs the checks of pull requests; `None`: nobody but a process that was started otherwise.
    pub checks: Option<Arc<dyn CheckRunner>>,
    /// Charts and images.
    pub artifacts: Arc<dyn ArtifactStore>,
    /// Where charts of others come from.
    pub charts: Arc<dyn ChartRepository>,
    /// Where packs of others come from.
    pub packs: Arc<dyn PackRepository>,
    /// Merges of texts.
    pub texts: Arc<dyn TextMerge>,
    /// Who builds a Dockerfile.
    pub image_builder: Arc<dyn ImageBuilder>,
    /// Where environments run.
    pub platform: Arc<dyn Platform>,
    /// Makes this process the local platform.
    pub host: Arc<dyn Host>,
    /// Raised when the user wants everything to stop.
    pub interrupt: Interrupt,
}
