//! Where the chart is: on the disk. Repositories and registries are not there yet.

use std::path::{Component, Path, PathBuf};

use chart::{Error, Warning};

use super::{HelmTemplate, Refused, Stop, other};

/// Finds the chart that a word names.
pub(super) fn chart(
    call: &HelmTemplate,
    reference: &str,
    log: &mut Vec<Warning>,
) -> Result<PathBuf, Stop> {
    let reference = reference.trim();
    let refused = |what: &str, hint| {
        Stop::Refused(Refused {
            what: what.to_owned(),
            hint,
        })
    };
    if call.repo.as_deref().is_some_and(|url| !url.is_empty()) {
        return Err(refused("--repo", "download the chart first"));
    }
    let path = clean(&call.folder.join(reference));
    if path.exists() && !reference.is_empty() {
        if call.verify {
            check_signature(&path)?;
            return Err(refused(
                "--verify",
                "signatures of charts are not checked here",
            ));
        }
        return Ok(path);
    }
    if reference.starts_with('.') || Path::new(reference).is_absolute() {
        return Err(Error::PathNotFound(reference.to_owned()).into());
    }
    if let Some((scheme @ ("http" | "https" | "oci"), _)) = reference.split_once("://") {
        return Err(refused(
            &format!("a chart from {scheme}://"),
            "download the chart first",
        ));
    }
    log.push(Warning::debug("set up default downloader cache"));
    Err(match reference.split_once('/') {
        Some((repository, _)) => other(format!("repo {repository} not found")),
        None => other(format!(
            "non-absolute URLs should be in form of repo_name/path_to_chart, got: {reference}"
        )),
    }
    .into())
}

/// What Helm asks of a chart before it looks at the signature itself.
fn check_signature(path: &Path) -> Result<(), Error> {
    if path.is_dir() {
        return Err(other("unpacked charts cannot be verified"));
    }
    let name = path.to_string_lossy();
    if path
        .extension()
        .is_none_or(|extension| !extension.eq_ignore_ascii_case("tgz"))
    {
        return Err(other("chart must be a tgz file"));
    }
    let signature = format!("{name}.prov");
    match std::fs::metadata(&signature) {
        Ok(_) => Ok(()),
        Err(source) => Err(other(format!(
            "could not load provenance file {signature}: {}",
            Error::Io {
                operation: "stat",
                path: signature.clone().into(),
                source
            }
        ))),
    }
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
