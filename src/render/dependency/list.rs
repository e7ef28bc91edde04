//! `helm dependency list` (`pkg/action/dependency.go`).

use std::path::PathBuf;

use chart::semver::{Constraint, Version};
use chart::{Chart, Dependency, Error};

use super::table::table;
use super::{ChartFolder, Talk, ended, file_name as name, load_told, log_warnings};
use crate::files;

/// One call of `helm dependency list`.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// CHART as typed.
    pub words: Vec<String>,
    /// `--max-col-width`.
    pub max_column_width: usize,
    /// The folder that paths are relative to.
    pub folder: PathBuf,
}

impl List {
    /// Prints the table; whether the status is 0.
    pub fn run(&self, talk: &mut dyn Talk) -> bool {
        let result = self.print(talk);
        ended(result, talk)
    }

    fn print(&self, talk: &mut dyn Talk) -> Result<(), Error> {
        let folder = ChartFolder::new("list", &self.words, &self.folder)?;
        let chart = load_told(&folder, talk)?;
        if !chart.metadata.declares_dependencies {
            talk.line(&format!(
                "WARNING: no dependencies at {}",
                folder.shown("charts")
            ));
            return Ok(());
        }
        let entries = files::list_dir(&folder.path.join("charts")).unwrap_or_default();
        let header = ["NAME", "VERSION", "REPOSITORY", "STATUS"].map(str::to_owned);
        let declared = || chart.metadata.dependencies.iter().flatten();
        let rows = declared().map(|dependency| {
            let status = status(dependency, &chart, &entries);
            let Dependency {
                name,
                version,
                repository,
                ..
            } = dependency.clone();
            [name, version, repository, status.to_owned()]
        });
        let rows: Vec<_> = std::iter::once(header).chain(rows).collect();
        talk.line(&table(&rows, self.max_column_width));
        talk.line("");
        for path in &entries {
            let shown = || format!("{:?}", folder.shown(&format!("charts/{}", name(path))));
            if !path.is_dir() && path.extension().is_none_or(|extension| extension != "tgz") {
                continue;
            }
            let loaded = chart::load_any_generation(path);
            log_warnings(&loaded, talk);
            match loaded {
                Err(_) => talk.line(&format!("WARNING: {} is not a chart.", shown())),
                Ok(found) => {
                    if declared().all(|dependency| dependency.name != found.name()) {
                        talk.line(&format!("WARNING: {} is not in Chart.yaml.", shown()));
                    }
                }
            }
        }
        Ok(())
    }
}

/// What charts/ holds for a dependency: packages first, then what was loaded with the chart.
fn status(dependency: &Dependency, parent: &Chart, entries: &[PathBuf]) -> &'static str {
    let pattern = format!("{}-*.tgz", dependency.name);
    let mut packages = Vec::new();
    for path in entries {
        match chart::glob::path_match(&pattern, &name(path)) {
            Ok(true) => packages.push(path),
            Ok(false) => {}
            Err(_) => return "bad pattern",
        }
    }
    if chart::glob::path_match(&pattern, "").is_err() {
        return "bad pattern";
    }
    if packages.len() > 1 {
        packages.retain(|path| {
            let stem = name(path);
            let version = stem
                .strip_suffix(".tgz")
                .and_then(|stem| stem.strip_prefix(&format!("{}-", dependency.name)));
            version.is_some_and(|version| Version::parse_strict(version).is_ok())
        });
        if packages.len() > 1 {
            return "too many matches";
        }
    }
    if let [package] = packages.as_slice()
        && package.exists()
    {
        return match chart::load_any_generation(package) {
            Err(_) => "corrupt",
            Ok(chart) if chart.name() != dependency.name => "misnamed",
            Ok(chart) => mismatch(dependency, &chart).unwrap_or("ok"),
        };
    }
    let mut loaded = parent.dependencies.iter().rev();
    match loaded.find(|chart| chart.name() == dependency.name) {
        None => "missing",
        Some(chart) => mismatch(dependency, chart).unwrap_or("unpacked"),
    }
}

/// What is wrong with the version of a chart that is there.
fn mismatch(dependency: &Dependency, chart: &Chart) -> Option<&'static str> {
    let version = &chart.metadata.version;
    if *version == dependency.version {
        return None;
    }
    let (Ok(constraint), Ok(version)) = (
        Constraint::parse(&dependency.version),
        Version::parse(version),
    ) else {
        return Some("invalid version");
    };
    (!constraint.check(&version)).then_some("wrong version")
}
