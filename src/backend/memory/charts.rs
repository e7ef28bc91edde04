//! Chart repositories that are filled by hand.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use crate::ports::charts::{ChartRepository, FetchError, Freshness, Package, Place, Repository};
use crate::render::dependency::{Index, check_package, package_digest};

#[derive(Debug, Default)]
struct Shelf {
    indexes: BTreeMap<String, String>,
    packages: BTreeMap<String, Vec<u8>>,
    versions: BTreeMap<String, Vec<(String, Vec<u8>)>>,
    /// By the digest of the package.
    provenances: BTreeMap<String, Vec<u8>>,
}

/// Repositories in memory; none at first.
#[derive(Debug, Default)]
pub struct MemoryCharts(Mutex<Shelf>);

impl MemoryCharts {
    fn lock(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the index of a repository.
    pub fn set_index(&self, repository: &str, text: &str) {
        self.lock()
            .indexes
            .insert(repository.to_owned(), text.to_owned());
    }

    /// Puts a package at an address.
    pub fn set_package(&self, url: &str, bytes: &[u8]) {
        self.lock()
            .packages
            .insert(url.to_owned(), bytes.to_owned());
    }

    /// Puts a provenance file beside every copy of a package.
    pub fn set_provenance(&self, package: &[u8], bytes: &[u8]) {
        self.lock()
            .provenances
            .insert(package_digest(package), bytes.to_owned());
    }

    /// Pushes a version of a chart to a registry.
    pub fn push(&self, repository: &str, chart: &str, version: &str, bytes: &[u8]) {
        let mut there = self.lock();
        let versions = there
            .versions
            .entry(format!("{repository}/{chart}"))
            .or_default();
        versions.push((version.replace('+', "_"), bytes.to_owned()));
    }
}

fn missing(what: &str) -> FetchError {
    FetchError::NotFound(format!("{what}: not found"))
}

fn checked(bytes: &[u8]) -> Result<Package, FetchError> {
    check_package(bytes).map_err(|error| FetchError::Refused(error.to_string()))?;
    Ok(Package {
        bytes: bytes.to_owned(),
        ..Package::default()
    })
}

#[async_trait]
impl ChartRepository for MemoryCharts {
    async fn index(&self, repository: &Repository, _: Freshness) -> Result<Index, FetchError> {
        let there = self.lock();
        let text = there
            .indexes
            .get(&repository.url)
            .ok_or_else(|| missing(&repository.url))?;
        Index::read(text.as_bytes()).map_err(|error| FetchError::Refused(error.to_string()))
    }

    async fn tags(&self, repository: &Repository, chart: &str) -> Result<Vec<String>, FetchError> {
        let name = format!("{}/{chart}", repository.url);
        let there = self.lock();
        let versions = there.versions.get(&name).ok_or_else(|| missing(&name))?;
        Ok(versions.iter().map(|(tag, _)| tag.clone()).collect())
    }

    async fn package(&self, repository: &Repository, place: &Place) -> Result<Package, FetchError> {
        let there = self.lock();
        match place {
            Place::Address { url, digest } => {
                let bytes = there.packages.get(url).ok_or_else(|| missing(url))?;
                let hex = package_digest(bytes);
                match digest {
                    Some(digest) if *digest != hex => {
                        Err(FetchError::Refused(format!("the digest is {hex}")))
                    }
                    _ => checked(bytes),
                }
            }
            Place::Version { chart, version } => {
                let tag = version.replace('+', "_");
                let name = format!("{}/{chart}", repository.url);
                let versions = there.versions.get(&name).ok_or_else(|| missing(&name))?;
                let found = versions.iter().find(|(kept, _)| *kept == tag);
                let (_, bytes) = found.ok_or_else(|| missing(&format!("{name}:{tag}")))?;
                checked(bytes)
            }
            // There are no manifests here: a package is its own.
            Place::Manifest { chart, digest } => {
                let name = format!("{}/{chart}", repository.url);
                let versions = there.versions.get(&name).ok_or_else(|| missing(&name))?;
                let is_it = |bytes: &[u8]| format!("sha256:{}", package_digest(bytes)) == *digest;
                let found = versions.iter().find(|(_, bytes)| is_it(bytes));
                let (_, bytes) = found.ok_or_else(|| missing(&format!("{name}@{digest}")))?;
                checked(bytes)
            }
        }
    }

    async fn provenance(
        &self,
        _: &Repository,
        _: &Place,
        package: &Package,
        _: Freshness,
    ) -> Result<Vec<u8>, FetchError> {
        let digest = package_digest(&package.bytes);
        let there = self.lock();
        let found = there.provenances.get(&digest).cloned();
        found.ok_or_else(|| missing(&format!("the provenance of {digest}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::charts::contract::{self, Fixture, packed};

    #[tokio::test]
    async fn the_contract_holds() {
        let charts = MemoryCharts::default();
        let at = |url: &str| Repository {
            url: url.to_owned(),
            ..Repository::default()
        };
        charts.set_index("https://x.example", &contract::index());
        charts.set_package("https://x.example/shop-1.0.0.tgz", &packed("shop", "1.0.0"));
        charts.set_package("https://x.example/broken.tgz", b"x");
        for version in ["1.0.0", "1.1.0+b"] {
            charts.push("oci://r.example", "shop", version, &packed("shop", version));
        }
        contract::holds(&Fixture {
            charts: &charts,
            repository: at("https://x.example"),
            registry: at("oci://r.example"),
        })
        .await;
    }
}
