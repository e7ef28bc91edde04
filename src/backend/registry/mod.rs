//! Chart repositories and registries of others, over HTTP, with a cache on disk.
//!
//! - `cache.rs`: what was fetched, by digest, checked on every read.
//! - `oci.rs`: the registry's protocol; `image_index.rs`: which package its documents lead to.
//! - `logins.rs`, `helper.rs`: where its logins are, which are `secret.rs`; `challenge.rs`: how it asks for them.

mod cache;
mod challenge;
mod helper;
mod image_index;
mod logins;
mod oci;
mod secret;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use async_trait::async_trait;

use self::cache::{Cache, Kept, KeptPackage};
use self::helper::Helpers;
use super::http::{Credential, Get, Http, HttpError, Limits, Tls, shown};
use crate::ports::charts::{
    Access, ChartRepository, FetchError, Freshness, Login, Package, Place, Repository,
};
use crate::render::dependency::{Index, check_package, package_digest};
use crate::render::provenance::PROVENANCE_LIMIT;

/// The most that an index may weigh; the YAML reader takes no more.
const INDEX_LIMIT: u64 = 64 << 20;

/// The most that a packaged chart may weigh: 20 MiB, as Helm has it for what it fetches.
const PACKAGE_LIMIT: u64 = 20 << 20;

/// What packages are asked for as.
const PACKAGE_TYPES: &str = "application/gzip,application/octet-stream";

/// The real ones. Making it does no work.
#[derive(Debug)]
pub struct RemoteCharts {
    http: Http,
    cache: Cache,
    helpers: Helpers,
}

impl RemoteCharts {
    /// With a cache in this folder; `environment` is for the helpers that keep logins.
    pub fn new(cache: PathBuf, limits: Limits, environment: BTreeMap<OsString, OsString>) -> Self {
        Self {
            http: Http::new(limits),
            cache: Cache::new(cache),
            helpers: Helpers::new(environment),
        }
    }

    fn registry<'a>(
        &'a self,
        repository: &'a Repository,
        chart: &str,
    ) -> Result<oci::Registry<'a>, FetchError> {
        oci::Registry::open(&self.http, &self.helpers, repository, chart)
    }

    /// The index over HTTP: unchanged ones are not sent again.
    async fn fresh_index(&self, repository: &Repository) -> Result<Index, FetchError> {
        let url = index_url(&repository.url)?;
        let kept = self.cache.index(&url);
        let mut headers = Vec::new();
        if let Some(kept) = &kept {
            let known = [
                ("if-none-match", &kept.etag),
                ("if-modified-since", &kept.modified),
            ];
            headers.extend(
                known
                    .into_iter()
                    .filter_map(|(name, value)| Some((name, value.clone()?))),
            );
        }
        let get = Get {
            url: url.clone(),
            headers,
            credential: credential(&repository.access),
            credential_everywhere: repository.access.login_everywhere,
            form: None,
            tls: tls(&repository.access),
            limit: INDEX_LIMIT,
        };
        let answer = self.http.get(&get).await?;
        if let (304, Some(kept)) = (answer.status, kept) {
            return read_index(&kept.bytes);
        }
        if answer.status != 200 {
            return Err(failed_status(&url, answer.status, &answer.status_text));
        }
        let index = read_index(&answer.body)?;
        let header = |name: &str| answer.header(name).map(str::to_owned);
        let kept = Kept {
            etag: header("etag"),
            modified: header("last-modified"),
            bytes: answer.body.clone(),
        };
        self.cache.keep_index(&url, &kept)?;
        Ok(index)
    }

    async fn package_at(
        &self,
        repository: &Repository,
        url: &str,
        digest: Option<&str>,
    ) -> Result<Package, FetchError> {
        if let Some(digest) = digest
            && (digest.len() != 64 || !digest.bytes().all(|byte| byte.is_ascii_hexdigit()))
        {
            return Err(FetchError::Refused(format!(
                "the index gives {digest:?} as digest, which is none"
            )));
        }
        if let Some(bytes) = digest.and_then(|digest| self.cache.blob(digest)) {
            return Ok(Package {
                bytes,
                ..Package::default()
            });
        }
        let body = match self.file(repository, url, PACKAGE_LIMIT).await {
            Ok(body) => body,
            Err(FetchError::Unreachable(why)) => {
                // What is kept is known by its address alone; where there is a digest, it is another one.
                let kept = self.cache.package(url).filter(|_| digest.is_none());
                let stands_in = |kept: KeptPackage| Package {
                    bytes: kept.bytes,
                    pulled: None,
                    stands_in: Some(why.clone()),
                };
                return kept.map(stands_in).ok_or(FetchError::Unreachable(why));
            }
            Err(error) => return Err(error),
        };
        let found = package_digest(&body);
        if let Some(digest) = digest.filter(|digest| **digest != found) {
            return Err(FetchError::Refused(format!(
                "the package has the digest {found}, the index says {digest}"
            )));
        }
        check(&body)?;
        self.cache.keep_package(url, &body, None)?;
        Ok(Package {
            bytes: body,
            ..Package::default()
        })
    }

    /// What lies at an address that belongs to a repository. The login goes along where it may.
    async fn file(
        &self,
        repository: &Repository,
        url: &str,
        limit: u64,
    ) -> Result<Vec<u8>, FetchError> {
        let is_own = is_same_origin(&repository.url, url);
        let get = Get {
            url: url.to_owned(),
            headers: vec![("accept", PACKAGE_TYPES.to_owned())],
            credential: credential(&repository.access)
                .filter(|_| is_own || repository.access.login_everywhere),
            credential_everywhere: repository.access.login_everywhere,
            form: None,
            tls: tls(&repository.access),
            limit,
        };
        let answer = self.http.get(&get).await?;
        match answer.status {
            200 => Ok(answer.body),
            status => Err(failed_status(url, status, &answer.status_text)),
        }
    }
}

#[async_trait]
impl ChartRepository for RemoteCharts {
    async fn index(
        &self,
        repository: &Repository,
        freshness: Freshness,
    ) -> Result<Index, FetchError> {
        match freshness {
            Freshness::Checked => self.fresh_index(repository).await,
            Freshness::Kept => match self.cache.index(&index_url(&repository.url)?) {
                Some(kept) => read_index(&kept.bytes),
                None => Err(FetchError::NotFound(format!(
                    "no index of {} is kept on this machine",
                    shown(&repository.url)
                ))),
            },
        }
    }

    async fn tags(&self, repository: &Repository, chart: &str) -> Result<Vec<String>, FetchError> {
        self.registry(repository, chart)?.tags().await
    }

    async fn package(&self, repository: &Repository, place: &Place) -> Result<Package, FetchError> {
        match place {
            Place::Address { url, digest } => {
                self.package_at(repository, url, digest.as_deref()).await
            }
            Place::Version { chart, version } => {
                let registry = self.registry(repository, chart)?;
                registry.package(version, &self.cache).await
            }
            Place::Manifest { chart, digest } => {
                let registry = self.registry(repository, chart)?;
                registry.package_of(digest, &self.cache).await
            }
        }
    }

    async fn provenance(
        &self,
        repository: &Repository,
        place: &Place,
        package: &Package,
        freshness: Freshness,
    ) -> Result<Vec<u8>, FetchError> {
        if freshness == Freshness::Kept {
            return self.cache.provenance(&package.bytes).ok_or_else(|| {
                FetchError::NotFound("no provenance of the package is kept".to_owned())
            });
        }
        let bytes = match place {
            Place::Address { url, .. } => {
                let url = format!("{url}.prov");
                self.file(repository, &url, PROVENANCE_LIMIT).await?
            }
            Place::Version { chart, .. } | Place::Manifest { chart, .. } => {
                let Some((_, manifest)) = &package.pulled else {
                    return Err(FetchError::NotFound(
                        "the package has no manifest".to_owned(),
                    ));
                };
                let registry = self.registry(repository, chart)?;
                registry.provenance_of(manifest).await?
            }
        };
        self.cache.keep_provenance(&package.bytes, &bytes)?;
        Ok(bytes)
    }
}

/// Nothing that is no safe chart is kept or handed on.
fn check(bytes: &[u8]) -> Result<(), FetchError> {
    check_package(bytes)
        .map(drop)
        .map_err(|error| FetchError::Refused(format!("the package cannot be used: {error}")))
}

fn read_index(bytes: &[u8]) -> Result<Index, FetchError> {
    Index::read(bytes).map_err(|error| FetchError::Refused(error.to_string()))
}

/// `index.yaml` below the repository's address, whose query stays.
fn index_url(repository: &str) -> Result<String, FetchError> {
    let mut url = url::Url::parse(repository).map_err(|error| {
        FetchError::Refused(format!(
            "invalid chart URL format: {}: {error}",
            shown(repository)
        ))
    })?;
    let path = format!("{}/index.yaml", url.path().trim_end_matches('/'));
    url.set_path(&path);
    Ok(url.to_string())
}

fn is_same_origin(a: &str, b: &str) -> bool {
    match (url::Url::parse(a), url::Url::parse(b)) {
        (Ok(a), Ok(b)) => a.origin() == b.origin(),
        _ => false,
    }
}

fn credential(access: &Access) -> Option<Credential> {
    access.login.as_ref().map(basic)
}

fn basic(login: &Login) -> Credential {
    Credential::Basic(login.username().to_owned(), login.password().to_owned())
}

fn tls(access: &Access) -> Tls {
    Tls {
        ca_file: access.ca_file.clone(),
        client_certificate: access.client_certificate.clone(),
        skip_verify: access.skip_tls_verify,
    }
}

/// A gateway that says that nobody is behind it.
fn is_away(status: u16) -> bool {
    matches!(status, 502..=504)
}

fn failed_status(url: &str, status: u16, text: &str) -> FetchError {
    let text = format!("failed to fetch {} : {text}", shown(url));
    match status {
        404 | 410 => FetchError::NotFound(text),
        _ if is_away(status) => FetchError::Unreachable(text),
        _ => FetchError::Refused(text),
    }
}

impl From<HttpError> for FetchError {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::Unreachable { .. } => Self::Unreachable(error.to_string()),
            HttpError::Untrusted { .. } => Self::Untrusted(error.to_string()),
            error => Self::Refused(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests;
