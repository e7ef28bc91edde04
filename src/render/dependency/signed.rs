//! Packages that somebody has to have signed: `--verify` for what is fetched (`pkg/downloader/chart_downloader.go`).

use chart::Error;

use super::addresses::file_name;
use super::download::announce;
use super::{Talk, other};
use crate::ports::charts::{ChartRepository, FetchError, Freshness, Package, Place, Repository};
use crate::render::provenance::Trust;

/// A package and where it came from.
#[derive(Debug)]
pub(super) struct Fetched {
    pub(super) package: Package,
    pub(super) repository: Repository,
    pub(super) place: Place,
}

/// Why a package does not count.
#[derive(Debug)]
pub(super) enum Unsigned {
    /// There is no provenance.
    Missing(FetchError),
    /// It is none for this package, or of nobody who is trusted. In Helm's words.
    Wrong(Error),
}

/// When the other side is asked for a provenance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// Unless one is kept that came with the same bytes.
    Unkept,
    /// Always; a kept one stands in where nobody answers.
    Always,
}

impl Fetched {
    /// The provenance, checked.
    pub(super) async fn signed(
        &self,
        trust: &Trust,
        ask: Ask,
        charts: &dyn ChartRepository,
        talk: &mut dyn Talk,
    ) -> Result<Vec<u8>, Unsigned> {
        let find =
            |freshness| charts.provenance(&self.repository, &self.place, &self.package, freshness);
        let check = |bytes: &[u8]| trust.check(&self.file_name(), &self.package.bytes, bytes);
        let mut kept = None;
        if ask == Ask::Unkept
            && let Ok(bytes) = find(Freshness::Kept).await
        {
            match check(&bytes) {
                Ok(()) => return Ok(bytes),
                Err(wrong) => kept = Some((bytes, wrong)),
            }
        }
        let bytes = match (find(Freshness::Checked).await, kept) {
            // It may have been signed anew.
            (Ok(bytes), Some((before, wrong))) if bytes == before => {
                return Err(Unsigned::Wrong(wrong));
            }
            (Ok(bytes), _) => bytes,
            (Err(_), Some((_, wrong))) => return Err(Unsigned::Wrong(wrong)),
            (Err(missing @ FetchError::Unreachable(_)), None) => {
                let kept = find(Freshness::Kept).await;
                kept.map_err(|_| Unsigned::Missing(missing))?
            }
            (Err(missing), None) => return Err(Unsigned::Missing(missing)),
        };
        announce(&self.package, talk);
        check(&bytes).map_err(Unsigned::Wrong)?;
        Ok(bytes)
    }

    /// Helm's word for a provenance that did not come.
    pub(super) fn missing(&self) -> Error {
        let address = chart::go_quote(&format!("{}.prov", self.address()));
        other(format!("failed to fetch provenance {address}"))
    }

    /// As Helm names it.
    pub(super) fn address(&self) -> String {
        match (&self.place, &self.package.pulled) {
            (Place::Address { url, .. }, _) => url.clone(),
            (_, Some((reference, _))) => format!("oci://{reference}"),
            (Place::Version { chart, version }, None) => {
                format!("{}/{chart}:{version}", self.repository.url)
            }
            (Place::Manifest { chart, digest }, None) => {
                format!("{}/{chart}@{digest}", self.repository.url)
            }
        }
    }

    /// The name of the file as its provenance has it.
    fn file_name(&self) -> String {
        if let Place::Address { url, .. } = &self.place {
            return file_name(url).unwrap_or_default();
        }
        let address = self.address();
        let last = address.rsplit('/').next().unwrap_or_default();
        match last.rsplit_once(':') {
            Some((name, tag)) => format!("{name}-{tag}.tgz"),
            None => last.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_has_the_name_that_helm_looks_for() {
        let place = |version: &str| Place::Version {
            chart: "shop".to_owned(),
            version: version.to_owned(),
        };
        let address = |url: &str| Place::Address {
            url: url.to_owned(),
            digest: None,
        };
        for (place, pulled, expected) in [
            (address("https://x.example/a%2Bb.tgz?c=d"), None, "a+b.tgz"),
            (place("1.0.0"), None, "shop-1.0.0.tgz"),
            (
                place("1.0.0+b"),
                Some("r.example:5000/c/shop:1.0.0_b"),
                "shop-1.0.0_b.tgz",
            ),
            (
                place("1.0.0"),
                Some("r.example/c/shop@sha256:0a"),
                "shop@sha256-0a.tgz",
            ),
        ] {
            let fetched = Fetched {
                package: Package {
                    pulled: pulled.map(|reference| (reference.to_owned(), String::new())),
                    ..Package::default()
                },
                repository: Repository::default(),
                place,
            };
            assert_eq!(fetched.file_name(), expected);
        }
    }
}
