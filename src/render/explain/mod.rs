//! Why a rendered document says what it says: [`lines()`] leads from a printed line to the places in templates that wrote it,
//! [`values`] from a value to the files and flags that set it.

pub mod lines;
mod path;
pub mod values;

pub use lines::{Line, lines};
pub use path::ValuePath;
pub use values::{Explanation, Source, explain};
