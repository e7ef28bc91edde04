//! Constraints to versions (`internal/resolver/resolver.go`).

use chart::semver::{Constraint, Version};
use chart::{Dependency, Error};

use super::addresses::{is_file, is_oci, local_path};
use super::update::Sources;
use super::{ChartFolder, load, other};

/// The exact version of every dependency, in their order. A registry's constraint that no tag satisfies stays as it is: the
/// download names it.
pub(super) async fn resolve(
    declared: &[Dependency],
    chart: &ChartFolder,
    sources: &mut Sources<'_>,
) -> Result<Vec<Dependency>, Error> {
    let mut locked = Vec::new();
    let mut missing = Vec::new();
    for dependency in declared {
        let constraint = Constraint::parse(&dependency.version).map_err(|error| {
            other(format!(
                "dependency {:?} has an invalid version/constraint format: {error}",
                dependency.name
            ))
        })?;
        let version = if dependency.repository.is_empty() {
            local_path(
                &format!("charts/{}", dependency.name),
                &chart.shown,
                &chart.path,
            )?;
            Some(dependency.version.clone())
        } else if is_file(&dependency.repository) {
            let path = local_path(&dependency.repository, &chart.shown, &chart.path)?;
            let version = load(&path.to_string_lossy(), &path)?.metadata.version;
            let fits = Version::parse(&version).is_ok_and(|version| constraint.check(&version));
            fits.then_some(version)
        } else if is_oci(&dependency.repository) {
            Some(of_registry(dependency, &constraint, sources).await?)
        } else {
            of_index(dependency, &constraint, sources).await?
        };
        match version {
            Some(version) => locked.push(Dependency {
                name: dependency.name.clone(),
                repository: dependency.repository.clone(),
                version,
                ..Dependency::default()
            }),
            None => missing.push(format!(
                "{:?} (repository {:?}, version {:?})",
                dependency.name, dependency.repository, dependency.version
            )),
        }
    }
    if missing.is_empty() {
        return Ok(locked);
    }
    Err(other(format!(
        "can't get a valid version for {} subchart(s): {}. Make sure a matching chart version exists in the repo, or change the version constraint in Chart.yaml",
        missing.len(),
        missing.join(", ")
    )))
}

async fn of_index(
    dependency: &Dependency,
    constraint: &Constraint,
    sources: &mut Sources<'_>,
) -> Result<Option<String>, Error> {
    let index = sources
        .index(&dependency.repository)
        .await
        .map_err(|error| {
            other(format!(
                "no cached repository for {} found. (try 'helm repo update'): {error}",
                dependency.repository
            ))
        })?;
    let Some(versions) = index.entries.get(&dependency.name) else {
        return Err(other(format!(
            "{} chart not found in repo {}",
            dependency.name, dependency.repository
        )));
    };
    let with_address = versions.iter().filter(|entry| !entry.urls.is_empty());
    Ok(first(
        constraint,
        with_address.map(|entry| entry.version.as_str()),
    ))
}

async fn of_registry(
    dependency: &Dependency,
    constraint: &Constraint,
    sources: &Sources<'_>,
) -> Result<String, Error> {
    if Version::parse(&dependency.version).is_ok() {
        return Ok(dependency.version.clone());
    }
    let tags = sources
        .versions_of_registry(&dependency.repository, &dependency.name)
        .await
        .map_err(|error| {
            other(format!(
                "could not retrieve list of tags for repository {}: {error}",
                dependency.repository
            ))
        })?;
    let found = first(constraint, tags.iter().map(String::as_str));
    Ok(found.unwrap_or_else(|| dependency.version.clone()))
}

/// The first version that satisfies a constraint; they come highest first.
pub(super) fn first<'v>(
    constraint: &Constraint,
    versions: impl IntoIterator<Item = &'v str>,
) -> Option<String> {
    let mut versions = versions.into_iter();
    let fits = |text: &&str| Version::parse(text).is_ok_and(|version| constraint.check(&version));
    versions.find(fits).map(str::to_owned)
}

/// The tags that are versions, highest first, with `+` where the registry has `_`.
pub(super) fn versions_of_tags(tags: &[String]) -> Vec<String> {
    let parse = |tag: &String| Version::parse_strict(&tag.replace('_', "+")).ok();
    let mut versions: Vec<Version> = tags.iter().filter_map(parse).collect();
    versions.sort_by(|a, b| b.compare(a));
    versions.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::versions_of_tags;

    #[test]
    fn tags_that_are_no_versions_are_left_out() {
        let tags = ["latest", "1.0.0", "1.10.0_build.5", "v2.0.0", "1.9.0"].map(str::to_owned);
        assert_eq!(
            versions_of_tags(&tags),
            ["1.10.0+build.5", "1.9.0", "1.0.0"]
        );
    }
}
