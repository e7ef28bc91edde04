//! Locked dependencies to packages (`downloadAll` of `pkg/downloader/manager.go`). Nothing is written here.

use std::collections::BTreeSet;
use std::path::Path;

use chart::semver::{Constraint, Version};
use chart::{Dependency, Error};

use super::addresses::{file_name, is_file, is_oci, local_path};
use super::find::{Found, find};
use super::signed::{Ask, Fetched, Unsigned};
use super::update::Sources;
use super::{ChartFolder, Talk, check_package, load, other};
use crate::ports::charts::{FetchError, Package, Place};
use crate::render::provenance::Trust;

/// What signatures are to the packages that are fetched.
#[derive(Debug, Clone, Copy)]
pub(super) enum Signing<'t> {
    /// Nothing.
    Ignored,
    /// A wrong one is an error.
    Checked(&'t Trust),
    /// A missing one is an error too.
    Wanted(&'t Trust),
}

/// A package for charts/.
#[derive(Debug)]
pub(super) struct Downloaded {
    /// The name of its file.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    /// Its provenance, where one was checked.
    pub(super) provenance: Option<Vec<u8>>,
}

/// The packages. A dependency from a folder gets the version that it has there.
pub(super) async fn download(
    locked: &mut [Dependency],
    chart: &ChartFolder,
    sources: &mut Sources<'_>,
    signing: Signing<'_>,
    talk: &mut dyn Talk,
) -> Result<Vec<Downloaded>, Error> {
    talk.line(&format!("Saving {} charts", locked.len()));
    let mut packages: Vec<Downloaded> = Vec::new();
    let mut seen = BTreeSet::new();
    for dependency in locked {
        let package = match one(dependency, chart, sources, signing, &mut seen, talk).await {
            Ok(package) => package,
            Err(error) => {
                talk.line(&format!("Save error occurred:  {error}"));
                return Err(error);
            }
        };
        if let Some(package) = package {
            packages.retain(|there| there.name != package.name);
            packages.push(package);
        }
    }
    Ok(packages)
}

async fn one(
    dependency: &mut Dependency,
    chart: &ChartFolder,
    sources: &mut Sources<'_>,
    signing: Signing<'_>,
    seen: &mut BTreeSet<String>,
    talk: &mut dyn Talk,
) -> Result<Option<Downloaded>, Error> {
    let name = &dependency.name;
    if dependency.repository.is_empty() {
        talk.line(&format!(
            "Dependency {name} did not declare a repository. Assuming it exists in the charts directory"
        ));
        check_local(dependency, chart)?;
        return Ok(None);
    }
    if is_file(&dependency.repository) {
        return from_folder(dependency, chart).map(Some);
    }
    let repository = &dependency.repository;
    if is_oci(repository) {
        talk.line(&format!("Downloading {name} from repo {repository}"));
        let package = from_registry(dependency, sources, signing, talk);
        return package.await.map(Some);
    }
    let (url, digest) = address(dependency, sources).await?;
    if !seen.insert(url.clone()) {
        talk.line(&format!("Already downloaded {name} from repo {repository}"));
        return Ok(None);
    }
    talk.line(&format!("Downloading {name} from repo {repository}"));
    let place = Place::Address {
        url: url.clone(),
        digest,
    };
    let failed = |error: String| other(format!("could not download {url}: {error}"));
    let fetched = sources.package(repository, place, talk).await;
    let fetched = fetched.and_then(|fetched| checked(dependency, fetched));
    let fetched = fetched.map_err(|error| failed(error.to_string()))?;
    let provenance = signed(&fetched, &url, sources, signing, talk).await;
    Ok(Some(Downloaded {
        name: package_name(dependency, &url),
        provenance: provenance.map_err(|error| failed(error.to_string()))?,
        bytes: fetched.package.bytes,
    }))
}

/// A chart that lies unpacked in charts/ only has to satisfy the constraint.
fn check_local(dependency: &Dependency, chart: &ChartFolder) -> Result<(), Error> {
    let name = &dependency.name;
    let shown = chart.shown(&format!("charts/{name}"));
    let found = load(&shown, &chart.path.join("charts").join(name))
        .map_err(|error| other(format!("unable to load chart '{shown}': {error}")))?;
    let constraint = constraint(dependency)?;
    let version = &found.metadata.version;
    let parsed = Version::parse(version).map_err(|error| {
        other(format!(
            "invalid version {} for dependency {name}: {error}",
            dependency.version
        ))
    })?;
    if constraint.check(&parsed) {
        return Ok(());
    }
    Err(other(format!(
        "dependency {name} at version {version} does not satisfy the constraint {}",
        dependency.version
    )))
}

fn constraint(dependency: &Dependency) -> Result<Constraint, Error> {
    Constraint::parse(&dependency.version).map_err(|error| {
        other(format!(
            "dependency {} has an invalid version/constraint format: {error}",
            dependency.name
        ))
    })
}

fn from_folder(dependency: &mut Dependency, chart: &ChartFolder) -> Result<Downloaded, Error> {
    let path = local_path(&dependency.repository, &chart.shown, &chart.path)?;
    let found = load(&path.to_string_lossy(), &path)?;
    let version = found.metadata.version.clone();
    let parsed = Version::parse(&version)?;
    if !constraint(dependency)?.check(&parsed) {
        return Err(other(format!(
            "can't get a valid version for dependency {}",
            dependency.name
        )));
    }
    dependency.version.clone_from(&version);
    let package = chart::pack_folder(&path)?;
    Ok(Downloaded {
        name: format!("{}-{version}.tgz", found.name()),
        bytes: package.bytes,
        provenance: None,
    })
}

async fn from_registry(
    dependency: &Dependency,
    sources: &Sources<'_>,
    signing: Signing<'_>,
    talk: &mut dyn Talk,
) -> Result<Downloaded, Error> {
    let Dependency {
        name,
        version,
        repository,
        ..
    } = dependency;
    let reference = format!("{repository}/{name}");
    let failed = |error: String| other(format!("could not download {reference}: {error}"));
    let version = if Version::parse(version).is_ok() {
        version.clone()
    } else {
        let found = sources.version_of_registry(repository, name, &reference, version);
        found.await.map_err(|error| failed(error.to_string()))?
    };
    let place = Place::Version {
        chart: name.clone(),
        version: version.clone(),
    };
    let fetched = sources.package(repository, place, talk).await;
    let fetched = fetched.and_then(|fetched| {
        let locked = Dependency {
            version: version.clone(),
            ..dependency.clone()
        };
        checked(&locked, fetched)
    });
    let fetched = fetched.map_err(|error| failed(error.to_string()))?;
    announce(&fetched.package, talk);
    let provenance = signed(&fetched, &reference, sources, signing, talk).await;
    Ok(Downloaded {
        name: format!("{name}-{version}.tgz"),
        provenance: provenance.map_err(|error| failed(error.to_string()))?,
        bytes: fetched.package.bytes,
    })
}

/// The provenance of a package, where there is one to check.
async fn signed(
    fetched: &Fetched,
    reference: &str,
    sources: &Sources<'_>,
    signing: Signing<'_>,
    talk: &mut dyn Talk,
) -> Result<Option<Vec<u8>>, Error> {
    let (Signing::Checked(trust) | Signing::Wanted(trust)) = signing else {
        return Ok(None);
    };
    // Helm looks in its cache by the digest of an index alone.
    let ask = match &fetched.place {
        Place::Address {
            digest: Some(_), ..
        } => Ask::Unkept,
        _ => Ask::Always,
    };
    let charts = sources.charts();
    match fetched.signed(trust, ask, charts, talk).await {
        Ok(bytes) => Ok(Some(bytes)),
        Err(Unsigned::Wrong(error)) => Err(error),
        Err(Unsigned::Missing(_)) if matches!(signing, Signing::Wanted(_)) => {
            Err(fetched.missing())
        }
        Err(Unsigned::Missing(error)) => {
            talk.line(&format!(
                "WARNING: Verification not found for {reference}: {error}"
            ));
            Ok(None)
        }
    }
}

/// What a registry gave.
pub(super) fn announce(package: &Package, talk: &mut dyn Talk) {
    let Some((reference, digest)) = &package.pulled else {
        return;
    };
    talk.pulled(&format!("Pulled: {reference}"));
    talk.pulled(&format!("Digest: {digest}"));
    if reference.contains('_') {
        talk.pulled(&format!("{reference} contains an underscore."));
        talk.pulled(UNDERSCORE);
    }
}

/// Helm's words about tags.
const UNDERSCORE: &str = "
OCI artifact references (e.g. tags) do not support the plus sign (+). To support
storing semantic versions, Helm adopts the convention of changing plus (+) to
an underscore (_) in chart version tags when pushing to a registry and back to
a plus (+) when pulling from a registry.";

/// Where the index of a repository says that a version is.
async fn address(
    dependency: &Dependency,
    sources: &mut Sources<'_>,
) -> Result<(String, Option<String>), Error> {
    let Dependency {
        name,
        version,
        repository,
        ..
    } = dependency;
    let failed = |why| {
        other(format!(
            "could not find : chart {name} not found in {repository}: {why}"
        ))
    };
    match find(repository, name, version, sources).await {
        Ok(Found { url, digest, .. }) => Ok((url, digest)),
        Err(missing) => Err(failed(missing.told(repository, name, version))),
    }
}

/// Helm takes any chart at the address; another name or version than the one that was locked would never be found again.
fn checked(dependency: &Dependency, fetched: Fetched) -> Result<Fetched, FetchError> {
    let refused = |why: String| Err(FetchError::Refused(why));
    let (name, version) = match check_package(&fetched.package.bytes) {
        Ok(found) => found,
        Err(error) => return refused(error.to_string()),
    };
    if name != dependency.name {
        return refused(format!(
            "the package holds the chart {name:?}, not {:?}",
            dependency.name
        ));
    }
    let same = match (
        Version::parse(&version),
        Version::parse(&dependency.version),
    ) {
        (Ok(has), Ok(wanted)) => has.compare(&wanted).is_eq(),
        // A constraint was resolved by the index.
        (Ok(_), Err(_)) => true,
        _ => false,
    };
    if same {
        return Ok(fetched);
    }
    refused(format!(
        "the package holds version {version} of {name}, not {}",
        dependency.version
    ))
}

/// The name of the file as the repository has it, where it is one that a chart loads from charts/.
fn package_name(dependency: &Dependency, url: &str) -> String {
    file_name(url)
        .filter(|name| {
            Path::new(name)
                .extension()
                .is_some_and(|extension| extension == "tgz")
                && !name.starts_with(['.', '_'])
                && !name.contains(['/', '\\'])
                && !name.chars().any(char::is_control)
        })
        .unwrap_or_else(|| format!("{}-{}.tgz", dependency.name, dependency.version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_stays_in_its_folder_whatever_the_address_says() {
        let dependency = Dependency {
            name: "a".to_owned(),
            version: "1.0.0".to_owned(),
            ..Dependency::default()
        };
        for (url, expected) in [
            (
                "https://x.example/c/a-1.0.0-signed.tgz",
                "a-1.0.0-signed.tgz",
            ),
            ("https://x.example/download?file=a.tgz", "a-1.0.0.tgz"),
            ("https://x.example/..%2f..%2fa.tgz", "a-1.0.0.tgz"),
            ("https://x.example/.a.tgz", "a-1.0.0.tgz"),
            ("https://x.example/a%0a.tgz", "a-1.0.0.tgz"),
        ] {
            assert_eq!(package_name(&dependency, url), expected, "{url}");
        }
    }
}
