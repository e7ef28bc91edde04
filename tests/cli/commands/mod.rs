//! Mirrors `src/commands`: one file per subcommand. `tree.rs` notices a forgotten file.

mod completion;
mod config;
mod explain;
mod help;
mod planned;
