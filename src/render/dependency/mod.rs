//! `helm dependency`: what it prints, what it writes and how it ends (`pkg/cmd/dependency*.go`, `pkg/downloader/manager.go`,
//! `internal/resolver/resolver.go` of helm.sh/helm/v4 4.3.1).
//!
//! - [`List`]: the table (`list.rs`, `table.rs`).
//! - [`Update`]: `update` and `build` (`update.rs`): names of repositories (`repositories.rs`), constraints to versions
//!   (`resolve.rs`), packages (`download.rs`), and `charts/` at last, all at once (`charts_folder.rs`).
//! - [`ChartFromAfar`]: one chart that is not on the disk (`afar.rs`). What an index says about a version is in `find.rs`; whether
//!   somebody signed a package, in `signed.rs`.

mod addresses;
mod afar;
mod charts_folder;
mod download;
mod find;
mod list;
mod repositories;
mod resolve;
mod signed;
mod table;
mod update;

use std::path::{Path, PathBuf};

use chart::{Chart, Error, NotLoaded};
use sha2::{Digest as _, Sha256};

pub use afar::ChartFromAfar;
pub use chart::Index;
pub use list::List;
pub use update::{Call, Update};

/// Where the command's words go, line by line as they come: standard output and standard error.
pub trait Talk {
    /// A line of the answer.
    fn line(&mut self, line: &str);

    /// A line of the log.
    fn log(&mut self, line: &str);

    /// A line about what a registry gave: with some commands it is part of the answer, with others of the log.
    fn pulled(&mut self, line: &str) {
        self.line(line);
    }
}

/// The folder of a chart: as it was typed, and as it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ChartFolder {
    shown: String,
    path: PathBuf,
}

impl ChartFolder {
    /// The one word of the command line, `.` without one.
    fn new(command: &str, words: &[String], current: &Path) -> Result<Self, Error> {
        let typed = match words {
            [] => ".",
            [word] => word,
            _ => {
                return Err(other(format!(
                    "\"helm dependency {command}\" accepts at most 1 argument\n\nUsage:  helm dependency {command} CHART [flags]"
                )));
            }
        };
        Ok(Self {
            shown: addresses::clean(typed),
            path: current.join(typed),
        })
    }

    /// `charts/` or what is in it, as Helm prints it.
    fn shown(&self, name: &str) -> String {
        addresses::clean(&format!("{}/{name}", self.shown))
    }
}

fn other(text: impl Into<String>) -> Error {
    Error::Other(text.into())
}

/// Loads a chart as Helm does for dependencies, whatever its generation; texts show a file as it was typed, a folder in full.
fn load(shown: &str, path: &Path) -> Result<Chart, NotLoaded> {
    chart::load_any_generation(path).map_err(|not_loaded| {
        if path.is_dir() {
            return not_loaded;
        }
        let text = not_loaded.error.to_string();
        NotLoaded {
            error: other(text.replace(&*path.to_string_lossy(), shown)),
            ..not_loaded
        }
    })
}

/// Loads the chart that a command is about, and says what was odd about it.
fn load_told(folder: &ChartFolder, talk: &mut dyn Talk) -> Result<Chart, Error> {
    let loaded = load(&folder.shown, &folder.path);
    log_warnings(&loaded, talk);
    Ok(loaded?)
}

/// The last part of a path.
fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// Says what was odd about a chart, whether it was loaded or not.
fn log_warnings(loaded: &Result<Chart, NotLoaded>, talk: &mut dyn Talk) {
    let warnings = match loaded {
        Ok(chart) => &chart.warnings,
        Err(not_loaded) => &not_loaded.warnings,
    };
    for warning in warnings {
        talk.log(&warning.to_string());
    }
}

/// Runs a command to its end: an error is a last line of the log, in Helm's form.
fn ended(result: Result<(), Error>, talk: &mut dyn Talk) -> bool {
    if let Err(error) = &result {
        talk.log(&format!("Error: {error}"));
    }
    result.is_ok()
}

/// Whether bytes are a packaged chart that can be unpacked safely: its name and version.
///
/// # Errors
/// What is wrong with it.
pub fn check_package(bytes: &[u8]) -> Result<(String, String), Error> {
    let chart = chart::load_archive(bytes)?;
    Ok((chart.metadata.name, chart.metadata.version))
}

/// SHA-256 of bytes in lower-case hex, as indexes and registries give it.
pub fn package_digest(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
