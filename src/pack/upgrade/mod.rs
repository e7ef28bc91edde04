//! Upgrades: what a newer pack changes, merged into what the user made of the older one.
//!
//! Three versions of each file meet: `base`, as the recorded pack wrote it; `ours`, as the repository has it; `theirs`, as the newer
//! pack writes it with the recorded values. [`plan()`] decides, [`Journal`] lets what was decided survive a kill, [`Bases`] finds the
//! first version again.

mod base;
mod decide;
mod journal;
mod plan;
mod values;

pub use base::Bases;
pub use journal::{Journal, JournalError};
pub use plan::{
    Ours, PreparedUpgrade, UpgradeAction, UpgradeFile, UpgradeInput, UpgradePlan, Write, paths,
    plan,
};
pub use values::{ChangedValue, upgraded_values};

#[cfg(test)]
mod tests;
