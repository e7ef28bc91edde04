//! The story that `landfall demo` tells: a sample app goes from its first commit to production in a scratch folder.
//!
//! Each scene types what a user would type, by running this very program as a child, and reports what came out.
//!
//! - [`Sample`]: which app, in the first language whose tools are there.
//! - [`Scratch`]: the folder, the children in it, and the end of both.
//! - [`story`]: the scenes.
//! - [`load`]: the open-loop driver that counts every lost request.

pub mod load;
mod sample;
mod scratch;
pub mod story;

pub use sample::Sample;
pub use scratch::{DemoError, Scratch};
