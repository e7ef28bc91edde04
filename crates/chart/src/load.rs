//! Files to a chart (`pkg/chart/v2/loader`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::generation::{Generation, refuse_third};
use crate::limits::MAX_SUBCHART_DEPTH;
use crate::model::{Chart, File};
use crate::{Error, Lock, Metadata, NotLoaded, Warning, archive, folder, values};

/// Loads a chart folder or a packed chart.
///
/// # Errors
/// Helm's texts: no Chart.yaml, broken YAML, rules of the metadata, broken subcharts, limits of [`crate::limits`].
pub fn load(path: &Path) -> Result<Chart, Error> {
    Ok(load_logged(path)?)
}

/// [`load`] for those who show Helm's log: an error comes with the lines in front of it.
///
/// # Errors
/// As [`load`].
pub fn load_logged(path: &Path) -> Result<Chart, NotLoaded> {
    collect(|warnings| {
        let metadata = fs::metadata(path).map_err(|error| Error::io("stat", path, error))?;
        if metadata.is_dir() {
            return load_folder(path, warnings);
        }
        let bytes = fs::read(path).map_err(|error| Error::io("open", path, error))?;
        archive::ensure(&path.to_string_lossy(), &bytes)?;
        let files = archive::read(&bytes).map_err(|error| {
            // Other faults of an archive are not told apart.
            not_packed(path, error).unwrap_or_else(|_| Error::other("unable to load chart archive"))
        })?;
        from_packed(files, warnings)
    })
}

/// Loads a packed chart from memory.
///
/// # Errors
/// As [`load`].
pub fn load_archive(bytes: &[u8]) -> Result<Chart, Error> {
    Ok(load_archive_logged(bytes)?)
}

/// [`load_archive`] for those who show Helm's log.
///
/// # Errors
/// As [`load`].
pub fn load_archive_logged(bytes: &[u8]) -> Result<Chart, NotLoaded> {
    collect(|warnings| from_packed(archive::read(bytes)?, warnings))
}

/// Loads a chart folder or a packed chart without a look at its `apiVersion` first, as `helm lint` and `helm dependency` do.
///
/// # Errors
/// As [`load`].
pub fn load_any_generation(path: &Path) -> Result<Chart, NotLoaded> {
    collect(|warnings| {
        let metadata = fs::metadata(path).map_err(|error| Error::io("stat", path, error))?;
        let files = if metadata.is_dir() {
            folder::read(&absolute(path)?, warnings)?
        } else {
            let bytes = fs::read(path).map_err(|error| Error::io("open", path, error))?;
            archive::ensure(&path.to_string_lossy(), &bytes)?;
            archive::read(&bytes)
                .map_err(|error| not_packed(path, error).unwrap_or_else(|error| error))?
        };
        from_files(files, Generation::Second, warnings, 0)
    })
}

/// Gives the lines to the chart, or to the error.
fn collect(
    load: impl FnOnce(&mut Vec<Warning>) -> Result<Chart, Error>,
) -> Result<Chart, NotLoaded> {
    let mut warnings = Vec::new();
    match load(&mut warnings) {
        Ok(mut chart) => {
            chart.warnings = warnings;
            Ok(chart)
        }
        Err(error) => Err(NotLoaded { error, warnings }),
    }
}

/// What is said of a file that only looks packed; another error comes back.
fn not_packed(path: &Path, error: Error) -> Result<Error, Error> {
    match error {
        Error::Other(text) if text == "gzip: invalid header" => {
            let path = path.display();
            Ok(Error::other(format!(
                "file '{path}' does not appear to be a valid chart file (details: {text})"
            )))
        }
        error => Err(error),
    }
}

fn from_packed(files: Vec<File>, warnings: &mut Vec<Warning>) -> Result<Chart, Error> {
    let file = files.iter().find(|file| &*file.name == "Chart.yaml");
    let file =
        file.ok_or_else(|| Error::other("unable to detect chart version, no Chart.yaml found"))?;
    let generation = Generation::of(&file.data)?;
    of_generation(files, generation, warnings)
}

fn of_generation(
    files: Vec<File>,
    generation: Generation,
    warnings: &mut Vec<Warning>,
) -> Result<Chart, Error> {
    let chart = from_files(files, generation, warnings, 0)?;
    match generation {
        Generation::Second => Ok(chart),
        Generation::Third => Err(refuse_third(&chart, warnings)),
    }
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

fn load_folder(path: &Path, warnings: &mut Vec<Warning>) -> Result<Chart, Error> {
    let folder = absolute(path)?;
    let chart_file = folder.join("Chart.yaml");
    let text = fs::read(&chart_file).map_err(|error| Error::NoChart {
        path: chart_file.clone(),
        cause: Box::new(Error::io("open", &chart_file, error)),
    })?;
    let generation = Generation::of(&text)?;
    of_generation(folder::read(&folder, warnings)?, generation, warnings)
}

fn absolute(path: &Path) -> Result<PathBuf, Error> {
    let path = std::path::absolute(path).map_err(|error| Error::io("getwd", path, error))?;
    Ok(clean(&path))
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

/// Builds a chart from its files.
fn from_files(
    files: Vec<File>,
    generation: Generation,
    warnings: &mut Vec<Warning>,
    depth: usize,
) -> Result<Chart, Error> {
    if depth > MAX_SUBCHART_DEPTH {
        return Err(Error::other(format!(
            "charts are nested deeper than {MAX_SUBCHART_DEPTH}"
        )));
    }
    let mut chart = Chart::default();
    let mut has_metadata = false;
    // An archive may hold several; later ones are read over the first.
    for file in files.iter().filter(|file| &*file.name == "Chart.yaml") {
        chart
            .metadata
            .read(&file.data)
            .map_err(|cause| generation.reword(Error::document("cannot load Chart.yaml", cause)))?;
        if chart.metadata.api_version.is_empty() {
            generation
                .default_version()
                .clone_into(&mut chart.metadata.api_version);
        }
        has_metadata = true;
    }
    let mut subcharts: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for file in files {
        has_metadata |= match (generation, &*file.name) {
            // The third generation knows nothing of the first one's files.
            (Generation::Third, "requirements.yaml" | "requirements.lock") => {
                chart.files.push(file);
                false
            }
            _ => place(&mut chart, &mut subcharts, warnings, file)
                .map_err(|error| generation.reword(error))?,
        };
    }
    if !has_metadata {
        return Err(Error::other("Chart.yaml file is missing"));
    }
    chart.metadata.validate()?;
    for (name, files) in subcharts {
        if name.starts_with(['_', '.']) {
            continue;
        }
        let parent = chart.metadata.name.clone();
        if extension(&name) == "tgz"
            && let Some(file) = files.first().filter(|file| *file.name != *name)
        {
            let found = &file.name;
            return Err(Error::other(format!(
                "error unpacking subchart tar in {parent}: expected {name}, got {found}"
            )));
        }
        let dependency = subchart(&name, files, generation, warnings, depth + 1);
        let dependency = dependency.map_err(|cause| Error::Subchart {
            name,
            parent,
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
    warnings: &mut Vec<Warning>,
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
            requirements(chart, warnings, &file)?;
            return Ok(true);
        }
        "requirements.lock" => {
            chart.lock = Some(read_lock(&file)?);
            if chart.metadata.api_version == "v1" {
                chart.files.push(file);
            } else {
                warnings.push(Warning::info(
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

fn requirements(chart: &mut Chart, warnings: &mut Vec<Warning>, file: &File) -> Result<(), Error> {
    if chart.metadata.api_version != "v1" {
        warnings.push(Warning::info(
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
fn subchart(
    name: &str,
    files: Vec<File>,
    generation: Generation,
    warnings: &mut Vec<Warning>,
    depth: usize,
) -> Result<Chart, Error> {
    if extension(name) == "tgz" {
        let packed = files.first().map_or(&[][..], |file| &file.data);
        return from_files(archive::read(packed)?, generation, warnings, depth);
    }
    let inner = files.into_iter().filter_map(|file| {
        let (_, inner) = file.name.split_once('/')?;
        Some(File {
            name: inner.into(),
            data: file.data,
        })
    });
    from_files(inner.collect(), generation, warnings, depth)
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
