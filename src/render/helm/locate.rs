//! Where the chart is: on the disk, else in a repository or a registry.

use std::path::{Component, Path, PathBuf};

use chart::{Chart, Error, Warning};

use super::{HelmTemplate, Out, Stop, other};
use crate::ports::charts::ChartRepository;
use crate::render::dependency::ChartFromAfar;

/// What Helm takes `--devel` for.
const DEVEL: &str = ">0.0.0-0";

/// A chart that was found.
pub(super) enum Located {
    /// On the disk.
    Path(PathBuf),
    /// Elsewhere: the package.
    Package(Vec<u8>),
}

impl Located {
    /// The chart; when there is none, what was said about it on the way is told all the same.
    pub(super) fn load(&self, out: &mut Out) -> Result<Chart, Error> {
        let loaded = match self {
            Self::Path(path) => chart::load_logged(path),
            Self::Package(bytes) => chart::load_archive_logged(bytes),
        };
        loaded.map_err(|not_loaded| {
            for warning in &not_loaded.warnings {
                out.push(warning);
            }
            not_loaded.error
        })
    }
}

/// Finds the chart that a word names.
pub(super) async fn chart(
    call: &HelmTemplate,
    reference: &str,
    charts: &dyn ChartRepository,
    out: &mut Out,
) -> Result<Located, Stop> {
    let reference = reference.trim();
    let repository = call.repo.as_deref().filter(|url| !url.is_empty());
    if repository.is_none() {
        let path = clean(&call.folder.join(reference));
        if path.exists() && !reference.is_empty() {
            let checked = match &call.trust {
                Some(trust) => Some(trust.check_file(&path)?),
                None => None,
            };
            let shown = path.to_string_lossy().into_owned();
            out.push(&Warning::debug("Chart path").with("path", shown));
            // What was checked is what is rendered, whatever becomes of the file.
            return Ok(checked.map_or(Located::Path(path), Located::Package));
        }
        if reference.starts_with('.') || Path::new(reference).is_absolute() {
            return Err(Error::PathNotFound(reference.to_owned()).into());
        }
    }
    out.push(&Warning::debug("set up default downloader cache"));
    let version = match call.version.trim() {
        "" if call.devel => DEVEL,
        version => version,
    };
    let chart = ChartFromAfar {
        reference,
        version,
        repository,
        access: &call.access,
        repository_config: &call.repository_config,
        trust: call.trust.as_ref(),
    };
    Ok(Located::Package(chart.fetch(charts, out).await?))
}

/// Helm reads the files of a TLS client even when it downloads nothing.
pub(super) fn check_client_files(call: &HelmTemplate) -> Result<(), Error> {
    let readable = |what: &str, file: &String| {
        std::fs::read(call.folder.join(file)).map(drop).map_err(|source| {
            other(format!(
                "missing registry client: can't create TLS config for client: {what} file: {}: {}",
                chart::go_quote(file),
                Error::Io {
                    operation: "open",
                    path: file.into(),
                    source
                }
            ))
        })
    };
    if let Some([certificate, key]) = &call.client_certificate {
        readable("unable to read cert", certificate)?;
        readable("unable to read key", key)?;
    }
    if let Some(file) = &call.ca_file {
        readable("can't read CA", file)?;
    }
    Ok(())
}

/// A path without `.` and `..`, by its text alone as Go's `filepath.Abs`.
pub(in crate::render) fn clean(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut cleaned, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir => _ = cleaned.pop(),
            part => cleaned.push(part),
        }
        cleaned
    })
}
