//! What the index of a repository says about one version of a chart (`FindChartInRepoURL` of `pkg/repo/v1/chartrepo.go`).

use chart::Error;

use super::addresses::resolve;
use super::update::Sources;
use crate::ports::charts::FetchError;

/// Where a version is.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) version: String,
    /// Absolute.
    pub(super) url: String,
    /// Hex digits; indexes need not have one.
    pub(super) digest: Option<String>,
}

/// Why there is none.
#[derive(Debug)]
pub(super) enum Missing {
    /// No index came.
    Index(FetchError),
    /// It has no chart of this name.
    Chart,
    /// It has the chart, not the version.
    Version,
    /// It has the version without an address.
    Address,
    /// The address is none.
    Broken(Error),
}

impl Missing {
    /// In Helm's words for a repository that was named by its address.
    pub(super) fn told(&self, repository: &str, name: &str, version: &str) -> String {
        let what = match version {
            "" => format!("chart {name:?}"),
            version => format!("chart {name:?} version {version:?}"),
        };
        match self {
            Self::Index(error) => format!(
                "looks like {repository:?} is not a valid chart repository or cannot be reached: {error}"
            ),
            Self::Chart | Self::Version => format!("{what} not found in {repository} repository"),
            Self::Address => format!("{what} has no downloadable URLs"),
            Self::Broken(error) => error.to_string(),
        }
    }
}

/// Looks a version up.
pub(super) async fn find(
    repository: &str,
    name: &str,
    version: &str,
    sources: &mut Sources<'_>,
) -> Result<Found, Missing> {
    let index = sources.index(repository).await.map_err(Missing::Index)?;
    let Some(entry) = index.find(name, version) else {
        let is_known = index.entries.contains_key(name);
        return Err(if is_known {
            Missing::Version
        } else {
            Missing::Chart
        });
    };
    let reference = entry.urls.first().ok_or(Missing::Address)?;
    let hex = entry.digest.rsplit(':').next().unwrap_or_default();
    Ok(Found {
        version: entry.version.clone(),
        url: resolve(repository, reference).map_err(Missing::Broken)?,
        digest: Some(hex.to_ascii_lowercase()).filter(|hex| !hex.is_empty()),
    })
}
