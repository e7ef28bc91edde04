//! Mirrors `src/commands`: one file per subcommand. `tree.rs` notices a forgotten file.

mod changelog;
mod completion;
mod config;
mod explain;
mod help;
mod next_version;
mod planned;
mod promote;
mod start;
mod template;
