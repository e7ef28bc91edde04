//! Files to a chart (`pkg/chart/v2/loader`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::limits::MAX_SUBCHART_DEPTH;
use crate::model::{Chart, File};
use crate::{Error, Lock, Metadata, Warning, archive, decode, folder, values};

/// Loads a chart folder or a packed chart.
///
/// # Errors
/// Helm's texts: no Chart.yaml, broken YAML, rules of the metadata, broken subcharts, limits of [`crate::limits`].
pub fn load(path: &Path) -> Result<Chart, Error> {
    let metadata = fs::metadata(path).map_err(|error| Error::io("stat", path, error))?;
    if metadata.is_dir() {
        return load_folder(path);
    }
    let bytes = fs::read(path).map_err(|error| Error::io("open", path, error))?;
    archive::ensure(&path.to_string_lossy(), &bytes)?;
    let files = archive::read(&bytes).map_err(|error| match error {
        Error::Other(text) if text == "gzip: invalid header" => {
            let path = path.display();
            Error::other(format!(
                "file '{path}' does not appear to be a valid chart file (details: {text})"
            ))
        }
        _ => Error::other("unable to load chart archive"),
    })?;
    check_api_version(&files)?;
    from_files(files, Vec::new(), 0)
}

/// Loads a packed chart from memory.
///
/// # Errors
/// As [`load`].
pub fn load_archive(bytes: &[u8]) -> Result<Chart, Error> {
    let files = archive::read(bytes)?;
    check_api_version(&files)?;
    from_files(files, Vec::new(), 0)
}

/// The files of a packed chart and the chart's name, for those who put it into a folder (`Expand`).
///
/// # Errors
/// Helm's texts for archives that are broken or would leave their folder, and for a chart without a name.
pub fn unpack(bytes: &[u8]) -> Result<(String, Vec<File>), Error> {
    let files = archive::read(bytes)?;
    let mut metadata = Metadata::default();
    for file in files.iter().filter(|file| &*file.name == "Chart.yaml") {
        metadata = Metadata::default();
        metadata
            .read(&file.data)
            .map_err(|cause| Error::document("cannot load Chart.yaml", cause))?;
    }
    if metadata.name.is_empty() {
        return Err(Error::other("chart name not specified"));
    }
    Ok((metadata.name, files))
}

fn load_folder(path: &Path) -> Result<Chart, Error> {
    let folder = std::path::absolute(path).map_err(|error| Error::io("getwd", path, error))?;
    let folder = clean(&folder);
    let chart_file = folder.join("Chart.yaml");
    let text = fs::read(&chart_file).map_err(|error| Error::NoChart {
        path: chart_file.clone(),
        cause: Box::new(Error::io("open", &chart_file, error)),
    })?;
    api_version(&text)?;
    load_any_generation(&folder)
}

/// Loads a chart folder without a look at its `apiVersion` first, as `helm lint` does.
///
/// # Errors
/// As [`load`].
pub(crate) fn load_any_generation(folder: &Path) -> Result<Chart, Error> {
    let mut warnings = Vec::new();
    let files = folder::read(folder, &mut warnings)?;
    from_files(files, warnings, 0)
}

/// An absolute path without `.` and `..`, by its text alone as Go's `filepath.Clean`.
fn clean(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut cleaned, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir => _ = cleaned.pop(),
            part => cleaned.push(part),
        }
        cleaned
    })
}

fn check_api_version(files: &[File]) -> Result<(), Error> {
    match files.iter().find(|file| &*file.name == "Chart.yaml") {
        Some(file) => api_version(&file.data),
        None => Err(Error::other(
            "unable to detect chart version, no Chart.yaml found",
        )),
    }
}

/// Refuses charts of other generations.
fn api_version(text: &[u8]) -> Result<(), Error> {
    let failed = |cause: String| Error::document("cannot load Chart.yaml", cause);
    let version = match decode::yaml(text).map_err(failed)? {
        goyaml::Value::Null => String::new(),
        goyaml::Value::Map(map) => {
            let field = map
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case("apiVersion"));
            field
                .map_or(Ok(String::new()), |(_, value)| {
                    decode::text(value, ".apiVersion")
                })
                .map_err(failed)?
        }
        other => return Err(failed(decode::wrong_value(&other, "loader.chartBase"))),
    };
    match version.as_str() {
        "v1" | "v2" | "" => Ok(()),
        // Helm loads its experimental generation and then refuses to install it.
        "v3" => Err(Error::other("invalid chart apiVersion")),
        _ => Err(Error::other("unsupported chart version")),
    }
}

/// Builds a chart from its files.
fn from_files(files: Vec<File>, warnings: Vec<Warning>, depth: usize) -> Result<Chart, Error> {
    if depth > MAX_SUBCHART_DEPTH {
        return Err(Error::other(format!(
            "charts are nested deeper than {MAX_SUBCHART_DEPTH}"
        )));
    }
    let mut chart = Chart {
        warnings,
        ..Chart::default()
    };
    let mut has_metadata = false;
    // An archive may hold several; later ones are read over the first.
    for file in files.iter().filter(|file| &*file.name == "Chart.yaml") {
        chart
            .metadata
            .read(&file.data)
            .map_err(|cause| Error::document("cannot load Chart.yaml", cause))?;
        if chart.metadata.api_version.is_empty() {
            "v1".clone_into(&mut chart.metadata.api_version);
        }
        has_metadata = true;
    }
    let mut subcharts: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for file in files {
        has_metadata |= place(&mut chart, &mut subcharts, file)?;
    }
    if !has_metadata {
        return Err(Error::other("Chart.yaml file is missing"));
    }
    chart.metadata.validate()?;
    for (name, files) in subcharts {
        if name.starts_with(['_', '.']) {
            continue;
        }
        let dependency = subchart(&name, files, depth + 1).map_err(|cause| Error::Subchart {
            name,
            parent: chart.metadata.name.clone(),
            cause: Box::new(cause),
        })?;
        chart.dependencies.push(dependency);
    }
    Ok(chart)
}

/// Puts one file where it belongs; true when it stands for metadata.
fn place(
    chart: &mut Chart,
    subcharts: &mut BTreeMap<String, Vec<File>>,
    file: File,
) -> Result<bool, Error> {
    let name = file.name.clone();
    match &*name {
        "Chart.yaml" => {}
        "Chart.lock" => chart.lock = Some(read_lock(&file)?),
        "values.yaml" => {
            chart.values = values::read(&file.data)
                .map_err(|cause| Error::document("cannot load values.yaml", cause))?;
            chart.values_text = Some(file.data);
        }
        "values.schema.json" => chart.schema = Some(file.data),
        "requirements.yaml" => {
            requirements(chart, &file)?;
            return Ok(true);
        }
        "requirements.lock" => {
            chart.lock = Some(read_lock(&file)?);
            if chart.metadata.api_version == "v1" {
                chart.files.push(file);
            } else {
                chart.warnings.push(Warning::info(
                    "Warning: Dependency locking is handled in Chart.lock since apiVersion \"v2\". We recommend migrating to Chart.lock.",
                ));
            }
        }
        path if path.starts_with("templates/") => chart.templates.push(file),
        path if path.starts_with("charts/") && extension(path) != "prov" => {
            let inner = &path["charts/".len()..];
            let entry = inner.split('/').next().unwrap_or(inner);
            let file = File {
                name: inner.into(),
                data: file.data,
            };
            subcharts.entry(entry.to_owned()).or_default().push(file);
        }
        _ => chart.files.push(file),
    }
    Ok(false)
}

fn requirements(chart: &mut Chart, file: &File) -> Result<(), Error> {
    if chart.metadata.api_version != "v1" {
        chart.warnings.push(Warning::info(
            "Warning: Dependencies are handled in Chart.yaml since apiVersion \"v2\". We recommend migrating dependencies to Chart.yaml.",
        ));
    }
    chart
        .metadata
        .read(&file.data)
        .map_err(|cause| Error::document("cannot load requirements.yaml", cause))?;
    if chart.metadata.api_version == "v1" {
        chart.files.push(file.clone());
    }
    Ok(())
}

fn read_lock(file: &File) -> Result<Lock, Error> {
    Lock::read(&file.data)
        .map_err(|cause| Error::document(format!("cannot load {}", file.name), cause))
}

/// What follows the last dot of the last name, as Go's `path.Ext`, which is exact about case.
fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// An entry of charts/: a folder or a packed chart.
fn subchart(name: &str, files: Vec<File>, depth: usize) -> Result<Chart, Error> {
    if extension(name) == "tgz" {
        let Some(file) = files.first().filter(|file| &*file.name == name) else {
            let found = files.first().map_or("", |file| &file.name);
            return Err(Error::other(format!("expected {name}, got {found}")));
        };
        return from_files(archive::read(&file.data)?, Vec::new(), depth);
    }
    let inner = files.into_iter().filter_map(|file| {
        let (_, inner) = file.name.split_once('/')?;
        Some(File {
            name: inner.into(),
            data: file.data,
        })
    });
    from_files(inner.collect(), Vec::new(), depth)
}

impl Metadata {
    /// Refuses charts that cannot be installed by themselves.
    pub(crate) fn check_installable(&self) -> Result<(), Error> {
        match self.kind.as_str() {
            "" | "application" => Ok(()),
            kind => Err(Error::other(format!("{kind} charts are not installable"))),
        }
    }
}
