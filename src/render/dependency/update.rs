//! `helm dependency update` and `build` (`pkg/downloader/manager.go`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chart::semver::Constraint;
use chart::{Chart, Dependency, Error, Lock, Warning};
use futures_util::future::join_all;
use jiff::Timestamp;

use super::addresses::{are_equal, is_file, is_oci, scheme};
use super::charts_folder::ChartsFolder;
use super::download::{Signing, download};
use super::repositories::{self, Named, resolve_names};
use super::resolve::{first, resolve, versions_of_tags};
use super::signed::Fetched;
use super::{ChartFolder, Index, Talk, ended, load_told, other};
use crate::files;
use crate::ports::charts::{Access, ChartRepository, FetchError, Freshness, Place, Repository};
use crate::render::provenance::Trust;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// `update`: constraints are resolved anew.
    Update,
    /// `build`: as the lock says, if there is one.
    Build,
}

/// One call.
#[derive(Debug, Clone)]
pub struct Update {
    /// Which.
    pub call: Call,
    /// CHART as typed.
    pub words: Vec<String>,
    /// `--skip-refresh`.
    pub skip_refresh: bool,
    /// Helm's repositories.yaml.
    pub repository_config: PathBuf,
    /// How to get into registries.
    pub registry: Access,
    /// `--verify`: who has to have signed what is fetched.
    pub trust: Option<Trust>,
    /// The folder that paths are relative to.
    pub folder: PathBuf,
    /// The time that the lock gets.
    pub now: Timestamp,
}

impl Update {
    /// Does it; whether the status is 0.
    pub async fn run(&self, charts: &dyn ChartRepository, talk: &mut dyn Talk) -> bool {
        let result = self.perform(charts, talk).await;
        ended(result, talk)
    }

    /// Does it; the error is not told yet.
    pub(in crate::render) async fn perform(
        &self,
        charts: &dyn ChartRepository,
        talk: &mut dyn Talk,
    ) -> Result<(), Error> {
        let command = match self.call {
            Call::Update => "update",
            Call::Build => "build",
        };
        let folder = ChartFolder::new(command, &self.words, &self.folder)?;
        match std::fs::metadata(&folder.path) {
            Ok(data) if data.is_dir() => {}
            Ok(_) => return Err(other("only unpacked charts can be updated")),
            Err(source) => {
                let cause = Error::Io {
                    operation: "stat",
                    path: folder.shown.clone().into(),
                    source,
                };
                return Err(other(format!("could not find {}: {cause}", folder.shown)));
            }
        }
        let chart = load_told(&folder, talk)?;
        let mut sources = Sources::new(
            charts,
            repositories::load(&self.repository_config)?,
            self.registry.clone(),
            if self.skip_refresh {
                Freshness::Kept
            } else {
                Freshness::Checked
            },
        );
        match (self.call, &chart.lock) {
            (Call::Build, Some(lock)) => {
                self.build(&chart, lock, &folder, &mut sources, talk).await
            }
            _ => self.update(&chart, &folder, &mut sources, talk).await,
        }
    }

    /// An update wants signatures; a build checks those that there are.
    fn signing(&self) -> Signing<'_> {
        match (&self.trust, self.call) {
            (None, _) => Signing::Ignored,
            (Some(trust), Call::Update) => Signing::Wanted(trust),
            (Some(trust), Call::Build) => Signing::Checked(trust),
        }
    }

    async fn update(
        &self,
        chart: &Chart,
        folder: &ChartFolder,
        sources: &mut Sources<'_>,
        talk: &mut dyn Talk,
    ) -> Result<(), Error> {
        if !chart.metadata.declares_dependencies {
            return Ok(());
        }
        let mut declared: Vec<Dependency> = declared(chart);
        resolve_names(&mut declared, &sources.named, folder)?;
        let unnamed = sources.unnamed(&declared)?;
        let charts = ChartsFolder::open(folder)?;
        if !self.skip_refresh {
            if !unnamed.is_empty() {
                talk.line("Getting updates for unmanaged Helm repositories...");
                sources.refresh(&unnamed, talk).await;
            }
            sources.refresh_named(talk).await?;
        }
        let mut locked = resolve(&declared, folder, sources).await?;
        let packages = download(&mut locked, folder, sources, self.signing(), talk).await?;
        charts.replace(&packages, &local(&locked), talk)?;
        let digest = chart::requirements_digest(&declared, &locked)?;
        if chart
            .lock
            .as_ref()
            .is_some_and(|lock| lock.digest == digest)
        {
            return Ok(());
        }
        let lock = Lock {
            generated: self.now.to_string(),
            digest,
            dependencies: locked,
        };
        write_lock(folder, &lock, chart.metadata.api_version == "v1")
    }

    async fn build(
        &self,
        chart: &Chart,
        lock: &Lock,
        folder: &ChartFolder,
        sources: &mut Sources<'_>,
        talk: &mut dyn Talk,
    ) -> Result<(), Error> {
        let mut declared = declared(chart);
        // Helm 2 made its digest before names were replaced.
        let old = chart::requirements_digest_v2(&declared)?;
        resolve_names(&mut declared, &sources.named, folder)?;
        if chart::requirements_digest(&declared, &lock.dependencies)? != lock.digest {
            if chart.metadata.api_version != "v1" {
                return Err(other(
                    "the lock file (Chart.lock) is out of sync with the dependencies file (Chart.yaml). Please update the dependencies with 'helm dependency update'",
                ));
            }
            talk.log(&Warning::info(OLD_DIGEST).to_string());
            if old != lock.digest {
                return Err(other(
                    "the lock file (requirements.lock) is out of sync with the dependencies file (requirements.yaml). Please update the dependencies",
                ));
            }
        }
        let mut locked = lock.dependencies.clone();
        sources.unnamed(&locked)?;
        let charts = ChartsFolder::open(folder)?;
        if !self.skip_refresh {
            sources.refresh_named(talk).await?;
        }
        let packages = download(&mut locked, folder, sources, self.signing(), talk).await?;
        charts.replace(&packages, &local(&locked), talk)
    }
}

/// Said before a digest of Helm 2 is tried.
const OLD_DIGEST: &str =
    "warning: a valid Helm v3 hash was not found. Checking against Helm v2 hash...";

fn declared(chart: &Chart) -> Vec<Dependency> {
    chart
        .metadata
        .dependencies
        .iter()
        .flatten()
        .cloned()
        .collect()
}

/// The dependencies that lie in charts/ without a repository.
fn local(locked: &[Dependency]) -> Vec<String> {
    let local = locked
        .iter()
        .filter(|dependency| dependency.repository.is_empty());
    local.map(|dependency| dependency.name.clone()).collect()
}

fn write_lock(folder: &ChartFolder, lock: &Lock, is_old: bool) -> Result<(), Error> {
    let name = if is_old {
        "requirements.lock"
    } else {
        "Chart.lock"
    };
    let path = folder.path.join(name);
    if let Ok(target) = std::fs::read_link(&path) {
        return Err(other(format!(
            "the {name} file is a symlink to {:?}",
            target.to_string_lossy()
        )));
    }
    let text = lock.to_yaml()?;
    files::write_atomic(&path, text.as_bytes(), files::WriteOptions::default())
        .map_err(|error| other(error.to_string()))
}

/// Where charts come from in one call: each index is asked for once.
#[derive(Debug)]
pub(super) struct Sources<'a> {
    charts: &'a dyn ChartRepository,
    named: Vec<Named>,
    registry: Access,
    freshness: Freshness,
    indexes: BTreeMap<String, Index>,
    /// The repositories that gave no index when they were asked: the kept one stands in.
    silent: BTreeSet<String>,
    /// The repositories where somebody else may have answered: nothing stands in.
    untrusted: BTreeMap<String, FetchError>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(
        charts: &'a dyn ChartRepository,
        named: Vec<Named>,
        registry: Access,
        freshness: Freshness,
    ) -> Self {
        Self {
            charts,
            named,
            registry,
            freshness,
            indexes: BTreeMap::new(),
            silent: BTreeSet::new(),
            untrusted: BTreeMap::new(),
        }
    }

    /// The repository of an address: with the login of the one that was added, if it was.
    fn repository(&self, url: &str) -> Repository {
        if is_oci(url) {
            return Repository {
                url: url.to_owned(),
                access: self.registry.clone(),
            };
        }
        let named = self.named.iter();
        let mut found = named.filter(|named| are_equal(&named.repository.url, url));
        found.next().map_or_else(
            || Repository {
                url: url.to_owned(),
                access: Access::default(),
            },
            |named| named.repository.clone(),
        )
    }

    /// The addresses that nobody added under a name.
    fn unnamed(&self, dependencies: &[Dependency]) -> Result<Vec<Repository>, Error> {
        let mut unnamed: Vec<Repository> = Vec::new();
        for dependency in dependencies {
            let url = &dependency.repository;
            if url.is_empty() || is_file(url) || is_oci(url) {
                continue;
            }
            let is_named = |named: &Named| are_equal(&named.repository.url, url);
            let is_there =
                |there: &Repository| there.url.trim_end_matches('/') == url.trim_end_matches('/');
            if self.named.iter().any(is_named) || unnamed.iter().any(is_there) {
                continue;
            }
            check_scheme(url)?;
            unnamed.push(self.repository(url));
        }
        Ok(unnamed)
    }

    /// Asks for the newest index of every repository that was added.
    async fn refresh_named(&mut self, talk: &mut dyn Talk) -> Result<(), Error> {
        if self.named.is_empty() {
            return Ok(());
        }
        talk.line("Hang tight while we grab the latest from your chart repositories...");
        let mut repositories: Vec<Repository> = Vec::new();
        for named in &self.named {
            check_scheme(&named.repository.url)?;
            repositories.push(named.repository.clone());
        }
        self.refresh(&repositories, talk).await;
        talk.line("Update Complete. ⎈Happy Helming!⎈");
        Ok(())
    }

    async fn refresh(&mut self, repositories: &[Repository], talk: &mut dyn Talk) {
        let asked = repositories
            .iter()
            .map(|repository| self.charts.index(repository, Freshness::Checked));
        let answers = join_all(asked).await;
        for (repository, answer) in repositories.iter().zip(answers) {
            let named = self.named.iter();
            let mut named = named.filter(|named| named.repository == *repository);
            let name = named.next().map(|named| named.name.as_str());
            let what = format!("{:?} chart repository", name.unwrap_or(&repository.url));
            match answer {
                Ok(index) => {
                    talk.line(&format!("...Successfully got an update from the {what}"));
                    self.indexes.insert(repository.url.clone(), index);
                }
                Err(error) => {
                    if matches!(error, FetchError::Untrusted(_)) {
                        let url = repository.url.clone();
                        self.untrusted.insert(url, error.clone());
                    } else {
                        self.silent.insert(repository.url.clone());
                    }
                    let address =
                        name.map_or_else(String::new, |_| format!(" ({})", repository.url));
                    talk.line(&format!(
                        "...Unable to get an update from the {what}{address}:\n\t{error}"
                    ));
                }
            }
        }
    }

    /// The index of a repository: as it was fetched in this call, else the kept one, else a new one where one may ask.
    pub(super) async fn index(&mut self, url: &str) -> Result<&Index, FetchError> {
        let repository = self.repository(url);
        if let Some(error) = self.untrusted.get(&repository.url) {
            return Err(error.clone());
        }
        if !self.indexes.contains_key(&repository.url) {
            let freshness = if self.silent.contains(&repository.url) {
                Freshness::Kept
            } else {
                self.freshness
            };
            let mut answer = self.charts.index(&repository, freshness).await;
            if matches!(answer, Err(FetchError::Unreachable(_))) {
                let kept = self.charts.index(&repository, Freshness::Kept).await;
                answer = kept.or(answer);
            }
            self.indexes.insert(repository.url.clone(), answer?);
        }
        let index = self.indexes.get(&repository.url);
        index.ok_or_else(|| FetchError::Refused("no index".to_owned()))
    }

    /// The versions of a chart in a registry, highest first.
    pub(super) async fn versions_of_registry(
        &self,
        url: &str,
        chart: &str,
    ) -> Result<Vec<String>, FetchError> {
        let tags = self.charts.tags(&self.repository(url), chart).await?;
        Ok(versions_of_tags(&tags))
    }

    /// The version of a chart in a registry that `wanted` names: the very text, else the highest that satisfies it.
    pub(super) async fn version_of_registry(
        &self,
        url: &str,
        chart: &str,
        reference: &str,
        wanted: &str,
    ) -> Result<String, Error> {
        let versions = self.versions_of_registry(url, chart).await;
        let versions = versions.map_err(|error| other(error.to_string()))?;
        if versions.is_empty() {
            return Err(other(format!(
                "unable to locate any tags in provided repository: {reference}"
            )));
        }
        if versions.iter().any(|version| version == wanted) {
            return Ok(wanted.to_owned());
        }
        let constraint = Constraint::parse(if wanted.is_empty() { "*" } else { wanted })?;
        let found = first(&constraint, versions.iter().map(String::as_str));
        found.ok_or_else(|| {
            other(format!(
                "could not locate a version matching provided version string {wanted}"
            ))
        })
    }

    /// A package; a kept one that stands in for the network is told.
    pub(super) async fn package(
        &self,
        url: &str,
        place: Place,
        talk: &mut dyn Talk,
    ) -> Result<Fetched, FetchError> {
        let repository = self.repository(url);
        let package = self.charts.package(&repository, &place).await?;
        if let Some(why) = &package.stands_in {
            talk.log(&format!("warning: using the kept package: {why}"));
        }
        Ok(Fetched {
            package,
            repository,
            place,
        })
    }

    /// Where packages come from.
    pub(super) fn charts(&self) -> &'a dyn ChartRepository {
        self.charts
    }
}

pub(super) fn check_scheme(url: &str) -> Result<(), Error> {
    match scheme(url).as_str() {
        "http" | "https" => Ok(()),
        scheme => Err(other(format!(
            "could not find protocol handler for: {scheme}"
        ))),
    }
}
