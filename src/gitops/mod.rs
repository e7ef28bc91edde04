//! Environment repositories: what they hold, how a promotion changes them, and who may say no.
//!
//! - [`Environment`], [`Environments`]: the registered environments; `staging` and `production` are made on first use.
//! - [`layout`]: how an environment repository is laid out, one file per layout.
//! - [`Promotion`]: one version of one app on its way into one environment. [`Promotion::propose`] opens the pull
//!   request, [`Promotion::advance`] looks once at how far it is; whoever waits does so outside.
//!
//! Nothing is kept beside Git: a rerun finds its own work by the branch and by the intent in commits and pull requests.

mod changes;
pub mod content;
mod descriptor;
mod edit;
mod environment;
mod error;
mod folder;
mod guard;
mod intent;
pub mod layout;
mod promotion;
mod registry;
mod scaffold;
mod source;

pub use changes::changed_apps;
pub use descriptor::{CHART_HOST, Descriptor, chart_repository};
pub use environment::{Environment, EnvironmentName, Strategy};
pub use error::{EnvironmentError, PromoteError};
pub use folder::read_folder;
pub use guard::{Hold, Policy};
pub use intent::Intent;
pub use promotion::{
    Cause, Outcome, PlannedFile, Promotion, Proposal, Request, Step, Tools, Update,
};
pub use registry::{Environments, Installed, NewEnvironment};
pub use source::RegisteredEnvironments;
