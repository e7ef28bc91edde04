//! A chart that is not on the disk (`LocateChart` of `pkg/action/install.go`, `pkg/downloader/chart_downloader.go`).
//!
//! Helm takes `repository/chart` from the index that it fetched last, whatever its age. Here the index is asked for again,
//! unless the kept one has the very version: then nothing is asked that is kept.

use std::path::Path;

use chart::semver::Version;
use chart::{Error, Warning};
use url::Url;

use super::addresses::{are_equal, is_oci, without_login};
use super::download::announce;
use super::find::{Found, Missing, find};
use super::repositories::{self, Named};
use super::signed::{Ask, Fetched, Unsigned};
use super::update::{Sources, check_scheme};
use super::{Talk, other};
use crate::ports::charts::{
    Access, ChartRepository, FetchError, Freshness, Login, Place, Repository,
};
use crate::render::provenance::Trust;

/// Which chart.
#[derive(Debug, Clone, Copy)]
pub struct ChartFromAfar<'c> {
    /// `oci://…`, an address of a package, `repository/chart`, or with a repository the chart's name.
    pub reference: &'c str,
    /// A version or a constraint; empty is the highest.
    pub version: &'c str,
    /// The address of the repository.
    pub repository: Option<&'c str>,
    /// How to get in.
    pub access: &'c Access,
    /// Helm's repositories.yaml.
    pub repository_config: &'c Path,
    /// Who has to have signed it.
    pub trust: Option<&'c Trust>,
}

impl ChartFromAfar<'_> {
    /// The packaged chart.
    ///
    /// # Errors
    /// Helm's texts, without logins.
    pub async fn fetch(
        &self,
        charts: &dyn ChartRepository,
        talk: &mut dyn Talk,
    ) -> Result<Vec<u8>, Error> {
        let fetched = if let Some(repository) = self.repository {
            self.in_repository(repository, charts, talk).await?
        } else if is_oci(self.reference) {
            self.in_registry(self.reference, self.version, charts, talk)
                .await?
        } else {
            self.on_the_web(charts, talk).await?
        };
        announce(&fetched.package, talk);
        if let Some(trust) = self.trust {
            let signed = fetched.signed(trust, Ask::Unkept, charts, talk).await;
            signed.map_err(|why| match why {
                Unsigned::Missing(_) => fetched.missing(),
                Unsigned::Wrong(error) => error,
            })?;
        }
        Ok(fetched.package.bytes)
    }

    /// `--repo`.
    async fn in_repository(
        &self,
        repository: &str,
        charts: &dyn ChartRepository,
        talk: &mut dyn Talk,
    ) -> Result<Fetched, Error> {
        let (url, login) = without_login(repository);
        if is_oci(&url) {
            return Err(other(format!(
                "looks like {url:?} is not a valid chart repository or cannot be reached: it is a registry, which has no index; name the chart as {}/{}",
                url.trim_end_matches('/'),
                self.reference
            )));
        }
        check_scheme(&url)?;
        let mut access = self.access.clone();
        access.login = access.login.or(login);
        let (name, version) = (self.reference, self.version);
        let told = |missing: Missing| match missing {
            Missing::Broken(error) => other(format!("failed to make chart URL absolute: {error}")),
            missing => other(missing.told(&url, name, version)),
        };
        let repository = Repository {
            url: url.clone(),
            access,
        };
        self.in_index(name, repository, told, charts, talk).await
    }

    /// `http://…/chart.tgz`, or `repository/chart`.
    async fn on_the_web(
        &self,
        charts: &dyn ChartRepository,
        talk: &mut dyn Talk,
    ) -> Result<Fetched, Error> {
        let known = repositories::load(self.repository_config)?;
        let (reference, login) = without_login(self.reference);
        match parts(&reference) {
            (Some("http" | "https"), host, path) if !host.is_empty() && !path.is_empty() => {
                self.at_address(&reference, login, &known, charts, talk)
                    .await
            }
            (Some(scheme), host, path) if !host.is_empty() && !path.is_empty() => {
                Err(other(format!("scheme {scheme:?} not supported")))
            }
            (_, _, path) => match path.split_once('/') {
                Some((repository, name)) => {
                    self.in_named(repository, name, &known, charts, talk).await
                }
                None => Err(other(format!(
                    "non-absolute URLs should be in form of repo_name/path_to_chart, got: {reference}"
                ))),
            },
        }
    }

    async fn at_address(
        &self,
        url: &str,
        login: Option<Login>,
        known: &[Named],
        charts: &dyn ChartRepository,
        talk: &mut dyn Talk,
    ) -> Result<Fetched, Error> {
        let repository = if let Some(owner) = owner(url, known, charts).await {
            self.let_in(owner)
        } else {
            let mut access = self.access.clone();
            access.login = access.login.or(login);
            Repository {
                url: url.to_owned(),
                access,
            }
        };
        let place = Place::Address {
            url: url.to_owned(),
            digest: None,
        };
        let owner = repository.url.clone();
        let sources = self.sources(charts, repository, Freshness::Checked);
        let package = sources.package(&owner, place, talk).await;
        package.map_err(|error| told(&error))
    }

    async fn in_named(
        &self,
        repository: &str,
        name: &str,
        known: &[Named],
        charts: &dyn ChartRepository,
        talk: &mut dyn Talk,
    ) -> Result<Fetched, Error> {
        let Some(named) = known.iter().find(|named| named.name == repository) else {
            return Err(other(format!("repo {repository} not found")));
        };
        if named.repository.url.is_empty() {
            return Err(other(format!("no URL found for repository {repository}")));
        }
        check_scheme(&named.repository.url)?;
        let version = self.version;
        let reference = format!("{repository}/{name}");
        let not_found = |why: &str| {
            other(format!(
                "chart {name:?} matching {version} not found in {repository} index. (try 'helm repo update'): {why}"
            ))
        };
        let missing = |missing: Missing| match missing {
            Missing::Index(error) => other(format!(
                "no cached repo found. (try 'helm repo update'): {error}"
            )),
            Missing::Chart => not_found("no chart name found"),
            Missing::Version => not_found(&format!("no chart version found for {name}-{version}")),
            Missing::Address => other(format!("chart {reference:?} has no downloadable URLs")),
            Missing::Broken(_) => other(format!("invalid chart URL format: {reference}")),
        };
        self.in_index(name, self.let_in(named), missing, charts, talk)
            .await
    }

    /// A version that an index names.
    async fn in_index(
        &self,
        name: &str,
        repository: Repository,
        missing: impl Fn(Missing) -> Error,
        charts: &dyn ChartRepository,
        talk: &mut dyn Talk,
    ) -> Result<Fetched, Error> {
        let url = repository.url.clone();
        if Version::parse(self.version).is_ok() {
            let mut sources = self.sources(charts, repository.clone(), Freshness::Kept);
            if let Ok(found) = find(&url, name, self.version, &mut sources).await
                && found.version == self.version
                && found.digest.is_some()
                && !is_oci(&found.url)
            {
                match sources.package(&url, place(found), talk).await {
                    // The repository may have another one by now.
                    Err(FetchError::Refused(_) | FetchError::NotFound(_)) => {}
                    package => return package.map_err(|error| told(&error)),
                }
            }
        }
        let mut sources = self.sources(charts, repository, Freshness::Checked);
        let found = find(&url, name, self.version, &mut sources).await;
        let found = found.map_err(missing)?;
        if !self.version.is_empty() && found.version != self.version && !is_range(self.version) {
            let line = Warning::warn(
                "unable to find exact version requested; falling back to closest available version",
            );
            let line = line
                .with("chart", name)
                .with("requested", self.version)
                .with("selected", found.version.as_str());
            talk.log(&line.to_string());
        }
        if is_oci(&found.url) {
            return self.in_registry(&found.url, "", charts, talk).await;
        }
        let package = sources.package(&url, place(found), talk).await;
        package.map_err(|error| told(&error))
    }

    /// A chart of a registry, by tag, digest, both or neither (`ValidateReference` of `pkg/registry/client.go`).
    async fn in_registry(
        &self,
        reference: &str,
        version: &str,
        charts: &dyn ChartRepository,
        talk: &mut dyn Talk,
    ) -> Result<Fetched, Error> {
        let parts = Reference::parse(reference)?;
        let version = match (version, parts.tag.as_str()) {
            ("", tag) => tag,
            (version, tag) if !tag.is_empty() && tag != version => {
                return Err(other(format!(
                    "chart reference and version mismatch: {version} is not {tag}"
                )));
            }
            (version, _) => version,
        };
        let sources = Sources::new(charts, Vec::new(), self.access.clone(), Freshness::Checked);
        let url = &parts.repository;
        let tagged = |version: &str| Place::Version {
            chart: parts.chart.clone(),
            version: version.to_owned(),
        };
        if let Some(digest) = &parts.digest {
            if !version.is_empty() {
                let repository = Repository {
                    url: url.clone(),
                    access: self.access.clone(),
                };
                // A tag that is not there is none to compare.
                let package = charts.package(&repository, &tagged(version)).await;
                let pulled = package.ok().and_then(|package| package.pulled);
                if let Some((_, found)) = pulled.filter(|(_, found)| found != digest) {
                    return Err(other(format!(
                        "chart reference digest mismatch: {found} is not {digest}"
                    )));
                }
            }
            let place = Place::Manifest {
                chart: parts.chart.clone(),
                digest: digest.clone(),
            };
            let package = sources.package(url, place, talk).await;
            return package.map_err(|error| told(&error));
        }
        let version = if Version::parse(version).is_ok() {
            version.to_owned()
        } else {
            let found = sources.version_of_registry(url, &parts.chart, reference, version);
            found.await?
        };
        let package = sources.package(url, tagged(&version), talk).await;
        package.map_err(|error| told(&error))
    }

    /// One repository, and registries.
    fn sources<'a>(
        &self,
        charts: &'a dyn ChartRepository,
        repository: Repository,
        freshness: Freshness,
    ) -> Sources<'a> {
        let named = Named {
            name: String::new(),
            repository,
        };
        Sources::new(charts, vec![named], self.access.clone(), freshness)
    }

    /// What was added under a name comes before the flags.
    fn let_in(&self, named: &Named) -> Repository {
        let mut repository = named.repository.clone();
        let access = &mut repository.access;
        if access.login.is_none() {
            access.login.clone_from(&self.access.login);
            access.login_everywhere = self.access.login_everywhere;
        }
        if access.ca_file.is_none() && access.client_certificate.is_none() {
            access.ca_file.clone_from(&self.access.ca_file);
            access
                .client_certificate
                .clone_from(&self.access.client_certificate);
        }
        access.skip_tls_verify |= self.access.skip_tls_verify;
        repository
    }
}

fn place(found: Found) -> Place {
    Place::Address {
        url: found.url,
        digest: found.digest,
    }
}

fn told(error: &FetchError) -> Error {
    other(error.to_string())
}

/// The added repository whose index names an address: its login is for it.
async fn owner<'k>(
    url: &str,
    known: &'k [Named],
    charts: &dyn ChartRepository,
) -> Option<&'k Named> {
    for named in known {
        let index = charts.index(&named.repository, Freshness::Kept).await;
        let entries = index
            .iter()
            .flat_map(|index| index.entries.values().flatten());
        let mut addresses = entries.flat_map(|entry| &entry.urls);
        if addresses.any(|address| are_equal(address, url)) {
            return Some(named);
        }
    }
    None
}

/// Scheme, host and path of what may be an address.
fn parts(reference: &str) -> (Option<&str>, &str, &str) {
    let Some((scheme, rest)) = reference.split_once("://") else {
        return (None, "", reference);
    };
    if Url::parse(reference).is_err() && !rest.starts_with('/') {
        return (None, "", reference);
    }
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    match rest.find('/') {
        Some(at) => (Some(scheme), &rest[..at], &rest[at..]),
        None => (Some(scheme), rest, ""),
    }
}

/// Whether Helm takes a version for a constraint that may choose (`isVersionRange` of `pkg/repo/v1/index.go`).
fn is_range(version: &str) -> bool {
    let core = version.split(['-', '+']).next().unwrap_or_default();
    version.contains(['^', '~', '<', '>', '=', '!', '*'])
        || version.contains("||")
        || version.contains(" - ")
        || core.contains(['x', 'X'])
}

/// A chart of a registry as it is named.
#[derive(Debug, PartialEq, Eq)]
struct Reference {
    /// `oci://host/path`
    repository: String,
    chart: String,
    /// With `_` for `+`; empty without one.
    tag: String,
    digest: Option<String>,
}

impl Reference {
    fn parse(text: &str) -> Result<Self, Error> {
        let invalid = |why: String| other(format!("invalid reference: {why}"));
        let rest = text.strip_prefix("oci://").unwrap_or(text);
        let rest = rest.split(['?', '#']).next().unwrap_or_default();
        let Some((host, path)) = rest.split_once('/') else {
            return Err(invalid("missing registry or repository".to_owned()));
        };
        if host.contains('@') {
            // What stands there may be a password.
            return Err(invalid(
                "a registry's login is not part of its address; use --username and --password"
                    .to_owned(),
            ));
        }
        let (path, digest) = match path.rsplit_once('@') {
            Some((path, digest)) => (path, Some(digest.to_owned())),
            None => (path, None),
        };
        let (path, tag) = match path.rsplit_once(':') {
            Some((path, tag)) if !tag.contains('/') => (path, tag.replace('+', "_")),
            _ => (path, String::new()),
        };
        let (folder, chart) = match path.rsplit_once('/') {
            Some((folder, chart)) => (format!("/{folder}"), chart),
            None => (String::new(), path),
        };
        if chart.is_empty() {
            return Err(invalid(format!("invalid repository {path:?}")));
        }
        Ok(Self {
            repository: format!("oci://{host}{folder}"),
            chart: chart.to_owned(),
            tag,
            digest,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_have_tags_and_digests() {
        for (text, expected) in [
            ("oci://r.example:5000/a/b", "oci://r.example:5000/a b  "),
            ("oci://r.example/b:1.0.0+c", "oci://r.example b 1.0.0_c "),
            (
                "oci://r.example/b@sha256:0a",
                "oci://r.example b  sha256:0a",
            ),
            (
                "oci://r.example/b:1@sha256:0a",
                "oci://r.example b 1 sha256:0a",
            ),
        ] {
            let found = Reference::parse(text).unwrap();
            let digest = found.digest.unwrap_or_default();
            let shown = [found.repository, found.chart, found.tag, digest].join(" ");
            assert_eq!(shown, expected, "{text}");
        }
        for text in [
            "oci://r.example",
            "oci://ada:canary@r.example/a",
            "oci://r.example/",
        ] {
            let error = Reference::parse(text).unwrap_err().to_string();
            assert!(!error.contains("canary"), "{error}");
        }
    }

    #[test]
    fn ranges_are_told_from_versions() {
        for (version, expected) in [
            ("1.0.0", false),
            ("1.0", false),
            ("1.0.0-x", false),
            ("1.x", true),
            ("^1", true),
            ("1 - 2", true),
        ] {
            assert_eq!(is_range(version), expected, "{version}");
        }
    }
}
