//! What `landfall render` means by its argument.

use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::failure::Failure;
use crate::files;
use crate::gitops::content::EnvironmentFiles;
use crate::gitops::read_folder;

use super::super::environments::environments;

/// What is rendered.
pub(super) enum Target {
    /// A chart: a folder or an archive.
    Chart(PathBuf),
    /// All apps of an environment.
    Environment(EnvironmentFiles),
}

/// A path that is there comes before the name of an app, and that before the name of an environment. A folder is an environment, a chart, or a repository with one
/// chart in `charts/`.
pub(super) fn choose(context: &Context<'_>, argument: &Path) -> Result<Target, Failure> {
    let path = context.current_dir().join(argument);
    if !path.exists()
        && let Some(name) = argument.to_str().filter(|name| !name.contains(['/', '.']))
    {
        let chart = context.current_dir().join("charts").join(name);
        if chart.join("Chart.yaml").is_file() {
            return Ok(Target::Chart(chart));
        }
        let known = environments(context).list()?;
        if known.iter().any(|one| one.name.as_str() == name) {
            return registered(context, name);
        }
        let mut names = names(&charts(context.current_dir())?);
        names.extend(known.iter().map(|one| one.name.to_string()));
        return Err(Failure::not_found(
            "chart, app or environment",
            name,
            &names,
        ));
    }
    if path.is_dir() && !path.join("Chart.yaml").is_file() {
        if let Some(files) = read_folder(&path)? {
            return Ok(Target::Environment(files));
        }
        match charts(&path)?.as_slice() {
            [] => {}
            [chart] => return Ok(Target::Chart(chart.clone())),
            several => {
                let names = names(several).join(", ");
                return Err(
                    Failure::usage(format!("there are several charts here: {names}"))
                        .hint("name one: `landfall render CHART`"),
                );
            }
        }
    }
    Ok(Target::Chart(argument.to_owned()))
}

/// An environment as its repository has it now.
fn registered(context: &Context<'_>, name: &str) -> Result<Target, Failure> {
    let environments = environments(context);
    let environment = environments.get(name)?;
    let (repository, head) = environments.head(&environment)?;
    let files = environments.files(&environment, &repository.path()?, &head)?;
    Ok(Target::Environment(files))
}

fn charts(repository: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut charts = files::list_dir(&repository.join("charts"))?;
    charts.retain(|chart| chart.join("Chart.yaml").is_file());
    Ok(charts)
}

fn names(charts: &[PathBuf]) -> Vec<String> {
    charts
        .iter()
        .filter_map(|chart| Some(chart.file_name()?.to_str()?.to_owned()))
        .collect()
}
