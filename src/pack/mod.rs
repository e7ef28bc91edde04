//! Language build packs: what they are, which one fits a repository, and what importing with one would write.
//!
//! Packs are data. They never run code at import. [`Catalog`] knows them, [`detect`] chooses one, [`plan()`] decides what an
//! import does, [`write()`] does the part of it that is files. [`adopt`] is about charts that are there already.

mod above;
pub mod adopt;
mod app_file;
mod apply;
mod catalog;
pub mod check;
mod condition;
pub mod detect;
mod error;
mod facts;
mod fate;
mod image;
mod leftovers;
mod links;
mod model;
mod pending;
mod plan;
mod record;
mod rendered;
mod site;
mod source;
pub mod upgrade;
mod values;
mod variable;

pub use above::{Need, needs_above};
pub use app_file::{AppFile, AppFileError};
pub use apply::{WriteError, write};
pub use catalog::{BUILT_IN, Catalog};
pub use condition::Condition;
pub use error::PackError;
pub use facts::Fact;
pub use links::{Link, Obstacle};
pub use model::{Artifact, FileRule, Pack, PackFile, PackItem, Role, Variable};
pub use pending::{Before, Pending};
pub use plan::{
    Action, DEFAULT_PORT, ImportPlan, PlanFile, PlanInput, PlanPack, PlanRemote, PreparedImport,
    plan,
};
pub use record::{
    ImportRecord, PATH as RECORD_PATH, read as read_record, read_all as read_records,
};
pub use rendered::{RenderedFile, render_files};
pub use site::{BadFolder, Site};
pub use source::{PackAddress, PackSpec, built_in_sample, check_pack_name, sample_path};
pub use values::PlanValue;
pub use variable::VariableType;
