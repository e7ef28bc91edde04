//! Where a pack comes from: the program itself, a folder, or a folder of a Git repository. Whatever it is, its files are read into
//! memory, checked, and never run.

mod address;
mod contents;
mod loaded;
mod names;
mod place;

pub use address::{PackAddress, PackSpec};
pub use contents::{built_in_sample, sample_path};
pub(super) use contents::{of_folder, of_program, of_repository, programs};
pub(super) use loaded::Loaded;
pub use loaded::check_pack_name;
pub(super) use names::{fault, twins};
pub(super) use place::Step;
