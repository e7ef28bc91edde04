//! Where charts of others come from: [`ChartRepository`], repositories with an index and OCI registries.

#[cfg(test)]
pub(crate) mod contract;

use std::fmt;
use std::path::PathBuf;

use async_trait::async_trait;

use crate::render::dependency::Index;

/// Repositories of packaged charts. What was fetched once is kept, and stands in when the network is away.
#[async_trait]
pub trait ChartRepository: Send + Sync + fmt::Debug {
    /// The index of an http(s) repository.
    ///
    /// # Errors
    /// [`FetchError`]; of [`Freshness::Kept`], also when none is kept.
    async fn index(
        &self,
        repository: &Repository,
        freshness: Freshness,
    ) -> Result<Index, FetchError>;

    /// The tags of a chart in a registry, as the registry gives them.
    ///
    /// # Errors
    /// [`FetchError`].
    async fn tags(&self, repository: &Repository, chart: &str) -> Result<Vec<String>, FetchError>;

    /// A packaged chart, checked to be one.
    ///
    /// # Errors
    /// [`FetchError`]; also bytes that are no chart, or not those of the digest.
    async fn package(&self, repository: &Repository, place: &Place) -> Result<Package, FetchError>;

    /// The provenance file that lies beside a package: who says that these bytes are the chart. It is not checked here.
    ///
    /// # Errors
    /// [`FetchError`]; of [`Freshness::Kept`], also when none is kept for this very package.
    async fn provenance(
        &self,
        repository: &Repository,
        place: &Place,
        package: &Package,
        freshness: Freshness,
    ) -> Result<Vec<u8>, FetchError>;
}

/// A repository and how to get in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repository {
    /// `https://`, `http://` or `oci://`.
    pub url: String,
    /// How to get in.
    pub access: Access,
}

/// How to get into a repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Access {
    /// Who asks.
    pub login: Option<Login>,
    /// The login also goes to other hosts that an index names.
    pub login_everywhere: bool,
    /// Certificates to trust instead of the system's.
    pub ca_file: Option<PathBuf>,
    /// The client's own certificate and key.
    pub client_certificate: Option<(PathBuf, PathBuf)>,
    /// Do not check the server's certificate.
    pub skip_tls_verify: bool,
    /// Speak http with a registry.
    pub plain_http: bool,
    /// Files with logins of registries, the first that knows the host counts.
    pub login_files: Vec<PathBuf>,
}

/// A name and a password. Neither is printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    username: String,
    password: String,
}

impl Login {
    /// A login; `None` when a part is empty, as Helm has it.
    pub fn new(username: &str, password: &str) -> Option<Self> {
        (!username.is_empty() && !password.is_empty()).then(|| Self {
            username: username.to_owned(),
            password: password.to_owned(),
        })
    }

    /// The name.
    pub fn username(&self) -> &str {
        &self.username
    }

    /// The password: for the wire only.
    pub fn password(&self) -> &str {
        &self.password
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Login(***)")
    }
}

/// Whether to ask the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Ask whether the kept index is still the newest.
    Checked,
    /// Take what is kept.
    Kept,
}

/// Where a package is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// An address, and the SHA-256 that the index gives, if it does.
    Address {
        /// The absolute address.
        url: String,
        /// Hex digits.
        digest: Option<String>,
    },
    /// A version of a chart in a registry.
    Version {
        /// The chart.
        chart: String,
        /// The version; `+` becomes `_` in the tag.
        version: String,
    },
    /// A chart in a registry, by the digest of its manifest: the same for ever.
    Manifest {
        /// The chart.
        chart: String,
        /// `sha256:` and hex digits.
        digest: String,
    },
}

/// A packaged chart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Package {
    /// The `.tgz`.
    pub bytes: Vec<u8>,
    /// Of a registry: the reference without scheme, and the digest of its manifest.
    pub pulled: Option<(String, String)>,
    /// Why the network was not used, when a kept copy stands in for it.
    pub stands_in: Option<String>,
}

/// Why nothing came. Texts carry no login.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// Nobody answered, or not to the end: a kept copy may stand in.
    #[error("{0}")]
    Unreachable(String),
    /// The other side is not proved to be the one that was asked: no kept copy stands in.
    #[error("{0}")]
    Untrusted(String),
    /// The other side does not have it.
    #[error("{0}")]
    NotFound(String),
    /// An answer that cannot be used.
    #[error("{0}")]
    Refused(String),
    /// The cache on this machine.
    #[error("{0}")]
    Cache(String),
}
