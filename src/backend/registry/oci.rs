//! A chart's repository in an OCI registry (source: opencontainers/distribution-spec spec.md; helm/helm pkg/registry).

use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use url::Url;

use super::cache::Cache;
use super::challenge::{self, Challenge};
use super::helper::Helpers;
use super::image_index::{ACCEPTED, Document, Survey};
use super::secret::Secret;
use super::{Credential, Get, Http, PACKAGE_LIMIT, Tls, basic, check, is_away, logins, shown, tls};
use crate::backend::http::{Answer, Form};
use crate::ports::charts::{Access, FetchError, Package, Repository};
use crate::render::dependency::package_digest;
use crate::render::provenance::PROVENANCE_LIMIT;

/// The most that a manifest, a page of tags or a token may weigh.
const DOCUMENT_LIMIT: u64 = 4 << 20;

/// What we are called where an identity token is changed for another one.
const CLIENT: &str = "landfall";

/// The most pages of tags that are read.
const MAX_PAGES: usize = 1_000;

/// One chart's repository.
#[derive(Debug)]
pub(super) struct Registry<'a> {
    http: &'a Http,
    helpers: &'a Helpers,
    access: &'a Access,
    /// `host:port`, as it was given.
    host: String,
    /// `path/chart`.
    path: String,
    /// `https://host:port/v2/path/chart`.
    base: Url,
    /// What the registry took the last time.
    granted: Mutex<Option<Credential>>,
}

impl<'a> Registry<'a> {
    pub(super) fn open(
        http: &'a Http,
        helpers: &'a Helpers,
        repository: &'a Repository,
        chart: &str,
    ) -> Result<Self, FetchError> {
        let refused = || {
            FetchError::Refused(format!(
                "invalid reference {:?}",
                format!("{}/{chart}", repository.url)
            ))
        };
        let rest = repository.url.strip_prefix("oci://").ok_or_else(refused)?;
        let full = format!("{}/{chart}", rest.trim_end_matches('/'));
        let (host, path) = full.split_once('/').ok_or_else(refused)?;
        if host.is_empty() || host.contains('@') {
            return Err(refused());
        }
        if !is_repository(path) {
            return Err(FetchError::Refused(format!(
                "invalid reference: invalid repository {path:?}"
            )));
        }
        let scheme = if repository.access.plain_http {
            "http"
        } else {
            "https"
        };
        // Docker's registry has another name than its images.
        let server = if host == "docker.io" {
            "registry-1.docker.io"
        } else {
            host
        };
        let base = Url::parse(&format!("{scheme}://{server}/v2/{path}")).map_err(|_| refused())?;
        Ok(Self {
            http,
            helpers,
            access: &repository.access,
            host: host.to_owned(),
            path: path.to_owned(),
            base,
            granted: Mutex::default(),
        })
    }

    fn at(&self, rest: &str) -> Result<Url, FetchError> {
        let address = format!("{}/{rest}", self.base);
        Url::parse(&address)
            .map_err(|error| FetchError::Refused(format!("invalid address {address:?}: {error}")))
    }

    /// Every tag, page by page.
    pub(super) async fn tags(&self) -> Result<Vec<String>, FetchError> {
        let mut tags = Vec::new();
        let mut next = Some(self.at("tags/list")?);
        for _ in 0..MAX_PAGES {
            let Some(url) = next else {
                return Ok(tags);
            };
            let answer = self.get(&url, "application/json", DOCUMENT_LIMIT).await?;
            expect_ok(&answer, &url, &format!("{}/{}", self.host, self.path))?;
            let page = json(&answer, &url)?;
            let names = page["tags"]
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default();
            tags.extend(
                names
                    .iter()
                    .filter_map(|tag| tag.as_str().map(str::to_owned)),
            );
            next = next_page(&answer, &url)?;
        }
        Err(FetchError::Refused(format!(
            "{} has more than {MAX_PAGES} pages of tags",
            shown(self.base.as_str())
        )))
    }

    /// A version's package: the manifest names it, its digest proves it. Without network, the one that was kept.
    pub(super) async fn package(
        &self,
        version: &str,
        cache: &Cache,
    ) -> Result<Package, FetchError> {
        let tag = version.replace('+', "_");
        let reference = format!("{}/{}:{tag}", self.host, self.path);
        if !is_tag(&tag) {
            return Err(FetchError::Refused(format!(
                "{reference}: invalid reference: invalid tag {tag:?}"
            )));
        }
        let kept_as = format!("oci://{reference}");
        match self.fetch(&tag, &reference, cache).await {
            Ok((bytes, manifest)) => {
                cache.keep_package(&kept_as, &bytes, Some(manifest.clone()))?;
                Ok(Package {
                    bytes,
                    pulled: Some((reference, manifest)),
                    stands_in: None,
                })
            }
            Err(error @ FetchError::Unreachable(_)) => match cache.package(&kept_as) {
                Some(kept) => Ok(Package {
                    bytes: kept.bytes,
                    pulled: kept.manifest.map(|manifest| (reference, manifest)),
                    stands_in: Some(error.to_string()),
                }),
                None => Err(error),
            },
            Err(error) => Err(error),
        }
    }

    /// The package of a manifest. One that is kept needs no network: it cannot have changed.
    pub(super) async fn package_of(
        &self,
        digest: &str,
        cache: &Cache,
    ) -> Result<Package, FetchError> {
        let reference = format!("{}/{}@{digest}", self.host, self.path);
        if !digest.strip_prefix("sha256:").is_some_and(is_sha256) {
            return Err(FetchError::Refused(format!(
                "invalid reference: invalid digest {digest:?}"
            )));
        }
        let kept_as = format!("oci://{reference}");
        let kept = cache.package(&kept_as);
        let kept = kept.filter(|kept| kept.manifest.as_deref() == Some(digest));
        let bytes = if let Some(kept) = kept {
            kept.bytes
        } else {
            let (bytes, found) = self.fetch(digest, &reference, cache).await?;
            if found != digest {
                return Err(FetchError::Refused(format!(
                    "{reference}: the manifest has the digest {found}"
                )));
            }
            cache.keep_package(&kept_as, &bytes, Some(found))?;
            bytes
        };
        Ok(Package {
            bytes,
            pulled: Some((reference, digest.to_owned())),
            stands_in: None,
        })
    }

    /// The provenance that a manifest names. It is that of the package whose manifest it is, even if the tag went on.
    pub(super) async fn provenance_of(&self, manifest: &str) -> Result<Vec<u8>, FetchError> {
        let reference = format!("{}/{}@{manifest}", self.host, self.path);
        let root = self.document(manifest, &reference).await?;
        let hex = self.survey(root, &reference).await?.provenance()?;
        self.blob(&hex, &reference, "provenance", PROVENANCE_LIMIT)
            .await
    }

    /// A blob that has to have its digest.
    async fn blob(
        &self,
        hex: &str,
        reference: &str,
        what: &str,
        limit: u64,
    ) -> Result<Vec<u8>, FetchError> {
        let url = self.at(&format!("blobs/sha256:{hex}"))?;
        let answer = self.get(&url, "*/*", limit).await?;
        expect_ok(&answer, &url, reference)?;
        let found = package_digest(&answer.body);
        if found == hex {
            return Ok(answer.body);
        }
        Err(FetchError::Refused(format!(
            "{reference}: the {what} has the digest {found}, the manifest says {hex}"
        )))
    }

    async fn fetch(
        &self,
        tag_or_digest: &str,
        reference: &str,
        cache: &Cache,
    ) -> Result<(Vec<u8>, String), FetchError> {
        let root = self.document(tag_or_digest, reference).await?;
        let manifest = root.digest.clone();
        let hex = self.survey(root, reference).await?.package(reference)?;
        if let Some(bytes) = cache.blob(&hex) {
            return Ok((bytes, manifest));
        }
        let bytes = self.blob(&hex, reference, "package", PACKAGE_LIMIT).await?;
        check(&bytes)?;
        Ok((bytes, manifest))
    }

    /// A manifest or an index of them.
    async fn document(&self, tag_or_digest: &str, reference: &str) -> Result<Document, FetchError> {
        let url = self.at(&format!("manifests/{tag_or_digest}"))?;
        let answer = self.get(&url, ACCEPTED, DOCUMENT_LIMIT).await?;
        let what = format!("failed to perform \"FetchReference\" on source: {reference}");
        expect_ok(&answer, &url, &what)?;
        let digest = format!("sha256:{}", package_digest(&answer.body));
        if let Some(said) = answer.header("docker-content-digest")
            && said.starts_with("sha256:")
            && said != digest
        {
            return Err(FetchError::Refused(format!(
                "{reference}: the manifest has the digest {digest}, the registry says {said}"
            )));
        }
        let content = json(&answer, &url)?;
        Ok(Document::new(
            answer.header("content-type"),
            content,
            digest,
        ))
    }

    /// Looks at a manifest, or at all that an index leads to.
    async fn survey(&self, root: Document, reference: &str) -> Result<Survey, FetchError> {
        let mut survey = Survey::default();
        let mut open = survey.add(&root, reference)?;
        while let Some(digest) = open.pop() {
            let document = self.document(&digest, reference).await?;
            if document.digest != digest {
                return Err(FetchError::Refused(format!(
                    "{reference}: the manifest has the digest {}, the index says {digest}",
                    document.digest
                )));
            }
            open.extend(survey.add(&document, reference)?);
        }
        Ok(survey)
    }

    /// Asks; when the registry wants to know who asks, tells it and asks again.
    async fn get(&self, url: &Url, accept: &str, limit: u64) -> Result<Answer, FetchError> {
        let granted = self
            .granted
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let mut get = Get {
            url: url.to_string(),
            headers: vec![("accept", accept.to_owned())],
            credential: granted,
            credential_everywhere: false,
            form: None,
            tls: tls(self.access),
            limit,
        };
        let answer = self.http.get(&get).await?;
        if answer.status != 401 {
            return Ok(answer);
        }
        let Some(challenge) = challenge::parse(answer.headers("www-authenticate")) else {
            return Ok(answer);
        };
        let Some(credential) = self.credential(challenge).await? else {
            return Ok(answer);
        };
        get.credential = Some(credential.clone());
        *self.granted.lock().unwrap_or_else(PoisonError::into_inner) = Some(credential);
        Ok(self.http.get(&get).await?)
    }

    async fn credential(&self, challenge: Challenge) -> Result<Option<Credential>, FetchError> {
        let server = self.base.host_str().unwrap_or_default();
        let host = match self.base.port() {
            Some(port) => format!("{server}:{port}"),
            None => server.to_owned(),
        };
        let secret = match &self.access.login {
            Some(login) => Some(Secret::Login(login.clone())),
            None => logins::find(&self.access.login_files, &host, self.helpers).await?,
        };
        let login = secret.as_ref().and_then(Secret::login).map(basic);
        let (realm, service, scope) = match challenge {
            Challenge::Basic => return Ok(login),
            Challenge::Bearer {
                realm,
                service,
                scope,
            } => (realm, service, scope),
        };
        let refused = |why: &str| {
            FetchError::Refused(format!(
                "{host} sends to {} for a token: {why}",
                shown(&realm)
            ))
        };
        let mut url = Url::parse(&realm).map_err(|_| refused("that is no address"))?;
        if url.scheme() != "https" && self.base.scheme() == "https" {
            return Err(refused("a token is asked for over https alone"));
        }
        let scope = scope.unwrap_or_else(|| format!("repository:{}:pull", self.path));
        let mut get = Get {
            tls: tls_of_realm(self.access, &self.base, &url),
            limit: DOCUMENT_LIMIT,
            ..Get::default()
        };
        if let Some(Secret::Identity { token, .. }) = secret {
            // source: distribution/distribution docs/content/spec/auth/oauth.md
            let form = [
                ("grant_type", "refresh_token".to_owned()),
                ("refresh_token", token),
                ("service", service.unwrap_or_default()),
                ("client_id", CLIENT.to_owned()),
                ("scope", scope),
            ];
            get.form = Some(Form::new(&form));
        } else {
            if let Some(service) = &service {
                url.query_pairs_mut().append_pair("service", service);
            }
            url.query_pairs_mut().append_pair("scope", &scope);
            get.credential = login;
        }
        get.url = url.to_string();
        let answer = self.http.get(&get).await?;
        if answer.status != 200 {
            return Err(refused(&format!("it answers {}", answer.status_text)));
        }
        let document = json(&answer, &url)?;
        let token = document["token"]
            .as_str()
            .or_else(|| document["access_token"].as_str());
        let token = token
            .filter(|token| !token.is_empty())
            .ok_or_else(|| refused("it gives none"))?;
        Ok(Some(Credential::Bearer(token.to_owned())))
    }
}

/// An answer that is none of what was asked for, as Helm words it.
fn expect_ok(answer: &Answer, url: &Url, what: &str) -> Result<(), FetchError> {
    match answer.status {
        200 => Ok(()),
        404 => Err(FetchError::NotFound(format!("{what}: not found"))),
        status => {
            let text = format!(
                "GET \"{}\": response status code {status}: {}",
                shown(url.as_str()),
                answer.status_text
            );
            Err(if is_away(status) {
                FetchError::Unreachable(text)
            } else {
                FetchError::Refused(text)
            })
        }
    }
}

/// Our own certificate is shown to the registry alone; what is trusted is trusted for its realm as well.
fn tls_of_realm(access: &Access, base: &Url, realm: &Url) -> Tls {
    let mut tls = tls(access);
    if base.origin() != realm.origin() {
        tls.client_certificate = None;
    }
    tls
}

fn json(answer: &Answer, url: &Url) -> Result<Value, FetchError> {
    serde_json::from_slice(&answer.body).map_err(|_| {
        FetchError::Refused(format!(
            "GET \"{}\": the answer is no JSON",
            shown(url.as_str())
        ))
    })
}

pub(super) fn is_sha256(hex: &str) -> bool {
    let is_digit = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    hex.len() == 64 && hex.bytes().all(is_digit)
}

/// The address of the next page (RFC 8288), which has to be on the same server.
fn next_page(answer: &Answer, url: &Url) -> Result<Option<Url>, FetchError> {
    for link in answer.headers("link").flat_map(|header| header.split(',')) {
        let Some((target, rest)) = link
            .trim()
            .strip_prefix('<')
            .and_then(|link| link.split_once('>'))
        else {
            continue;
        };
        if !rest.contains("rel=\"next\"") && !rest.contains("rel=next") {
            continue;
        }
        return match url.join(target) {
            Ok(next) if next.origin() == url.origin() => Ok(Some(next)),
            _ => Err(FetchError::Refused(format!(
                "{}: the next page of tags is on another server",
                shown(url.as_str())
            ))),
        };
    }
    Ok(None)
}

/// Names of repositories as the specification has them.
fn is_repository(path: &str) -> bool {
    !path.is_empty()
        && path.len() <= 255
        && path.split('/').all(|part| {
            let ends = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
            part.starts_with(ends)
                && part.ends_with(ends)
                && part
                    .chars()
                    .all(|c| ends(c) || matches!(c, '.' | '_' | '-'))
                && !part.contains("..")
        })
}

/// Tags as the specification has them.
fn is_tag(tag: &str) -> bool {
    !tag.is_empty()
        && tag.len() <= 128
        && tag.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && tag
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_reference_that_could_leave_its_place_is_refused() {
        let http = Http::default();
        let helpers = Helpers::new(BTreeMap::new());
        for (url, chart) in [
            ("oci://r.example/a", "../x"),
            ("oci://r.example/a", "b/../c"),
            ("oci://r.example/a?x=", "b"),
            ("oci://user@r.example/a", "b"),
            ("oci:///a", "b"),
            ("oci://r.example/A", "b"),
        ] {
            let repository = Repository {
                url: url.to_owned(),
                ..Repository::default()
            };
            assert!(
                Registry::open(&http, &helpers, &repository, chart).is_err(),
                "{url} {chart}"
            );
        }
        assert!(is_tag("1.0.0-rc.1_b") && !is_tag("../x") && !is_tag("a b"));
    }
}
