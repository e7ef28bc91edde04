//! The post-receive hook: a few lines of sh that write one file, so that a push never waits for a pipeline.

use std::path::Path;

use crate::files::{self, FileError, WriteOptions};
use crate::ports::forge::RepositoryName;

/// The hook. It finds the spool from its own place, so that the whole state folder can be moved.
const SCRIPT: &str = include_str!("post-receive.sh");

/// Writes the hook of the repository `name` at `path`, unless it is there already.
pub(super) fn install(path: &Path, name: &RepositoryName) -> Result<(), FileError> {
    let hook = path.join("hooks/post-receive");
    let script = SCRIPT.replace("@REPOSITORY@", &name.to_string());
    if files::read_text_if_there(&hook)?.as_deref() == Some(script.as_str()) {
        return Ok(());
    }
    let options = WriteOptions {
        mode: Some(0o755),
        durable: false,
    };
    files::write_atomic(&hook, script.as_bytes(), options)
}
