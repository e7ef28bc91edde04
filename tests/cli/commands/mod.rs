//! Mirrors `src/commands`: one file per subcommand. `tree.rs` notices a forgotten file.

mod apply;
mod changelog;
mod completion;
mod config;
mod create_environment;
mod detect;
mod explain;
mod gc_activities;
mod get_activities;
mod get_applications;
mod get_pipelines;
mod help;
mod import;
mod logs;
mod next_version;
mod planned;
mod promote;
mod render;
pub(crate) mod runs;
mod serve_static;
mod start_pipeline;
mod stop_pipeline;
mod template;
mod up;
mod watch;
