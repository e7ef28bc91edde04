//! Where the streams of a step go: into its log, and into the files that the step names for them.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::Stdio;
use std::thread::{self, JoinHandle};

use super::copy::{Stream, copy};
use super::mask::Masker;
use super::open_log;
use super::request::Request;

/// The two streams, and the thread that copies them where something has to be done with them.
pub(super) struct Outputs {
    pub(super) stdout: Stdio,
    pub(super) stderr: Stdio,
    pub(super) copier: Option<JoinHandle<()>>,
}

impl Outputs {
    /// Opens them; the log itself where nothing has to be done.
    ///
    /// # Errors
    /// A file that cannot be written, in words.
    pub(super) fn open(request: &Request, log: &File) -> Result<Self, String> {
        let cannot = |error: io::Error| format!("cannot write the log: {error}");
        let has_files = request.stdout_file.is_some() || request.stderr_file.is_some();
        if request.masked.is_empty() && !has_files {
            return Ok(Self {
                stdout: log.try_clone().map_err(cannot)?.into(),
                stderr: log.try_clone().map_err(cannot)?.into(),
                copier: None,
            });
        }
        let mut streams = Vec::new();
        let mut pipe = |file: Option<&Path>| {
            let (from, writer) = io::pipe().map_err(cannot)?;
            streams.push(Stream {
                from,
                file: file.map(|file| open_file(request, file)).transpose()?,
                masker: Masker::new(&request.masked),
            });
            Ok::<_, String>(writer)
        };
        let stdout = pipe(request.stdout_file.as_deref())?;
        // One pipe for both keeps what is written in order.
        let stderr = if has_files {
            pipe(request.stderr_file.as_deref())?
        } else {
            stdout.try_clone().map_err(cannot)?
        };
        let log = log.try_clone().map_err(cannot)?;
        Ok(Self {
            stdout: stdout.into(),
            stderr: stderr.into(),
            copier: Some(thread::spawn(move || copy(streams, log))),
        })
    }
}

/// What is there is kept: both streams, and several steps, may write into one file.
fn open_file(request: &Request, path: &Path) -> Result<File, String> {
    let path = Path::new(&request.working_dir).join(path);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .map_err(|error| format!("error creating parent directory: {error}"))?;
    }
    open_log(&path).map_err(|error| format!("error opening {}: {error}", path.display()))
}
