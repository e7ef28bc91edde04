//! Where releases are kept: [`ArtifactStore`], packaged charts and images. Both are immutable once they are in.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::failure::{Code, Exit, Explain, Kind};
use crate::files::FileError;
use crate::release::Version;

/// The host of images that this machine keeps; Knative resolves no tags for it (source: knative/serving
/// config/core/configmaps/deployment.yaml, `registries-skipping-tag-resolving`).
pub const LOCAL_REGISTRY: &str = "dev.local";

/// Packaged charts and images of one user. Safe to use from several processes at once: everything is written beside its
/// place and renamed when it is complete.
pub trait ArtifactStore: Send + Sync + fmt::Debug {
    /// Keeps a packaged chart.
    ///
    /// # Errors
    /// [`ArtifactError::Immutable`] when another package of that name and version is there; the same bytes are fine.
    fn put_chart(&self, name: &str, version: &Version, package: &[u8])
    -> Result<(), ArtifactError>;

    /// A packaged chart; `None` when that version is not there.
    fn chart(&self, name: &str, version: &Version) -> Result<Option<Vec<u8>>, ArtifactError>;

    /// The versions of a chart, highest first; none when there is no such chart.
    fn chart_versions(&self, name: &str) -> Result<Vec<Version>, ArtifactError>;

    /// Every chart with its versions, in the order of names.
    fn charts(&self) -> Result<BTreeMap<String, Vec<Version>>, ArtifactError>;

    /// Keeps an image and returns what it is called from now on. The same content gets the same name.
    ///
    /// # Errors
    /// A file that cannot be read, or a link that leads out of the image.
    fn put_image(&self, image: &NewImage) -> Result<ImageReference, ArtifactError>;

    /// A kept image; `None` when it is not there.
    fn image(&self, reference: &ImageReference) -> Result<Option<StoredImage>, ArtifactError>;
}

/// An image to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImage {
    /// The app.
    pub app: String,
    /// How it starts.
    pub config: ImageConfig,
    /// Its files.
    pub files: Vec<ImageFile>,
}

/// How an image starts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageConfig {
    /// The program and its arguments; a relative program is found among the files.
    pub command: Vec<String>,
    /// Variables of every instance.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
    /// The port that the app listens on where `PORT` does not say so.
    #[serde(default)]
    pub port: Option<u16>,
    /// The path that answers 2xx when the app is well.
    #[serde(default)]
    pub health: Option<String>,
}

/// One file of a new image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageFile {
    /// Where it lies now: a file or a symbolic link.
    pub source: PathBuf,
    /// Where it lies in the image: relative, with `/`.
    pub path: String,
}

/// A kept image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredImage {
    /// Its name.
    pub reference: ImageReference,
    /// How it starts.
    pub config: ImageConfig,
    /// The folder that holds its files. Nobody writes there.
    pub files: PathBuf,
}

/// The name of a kept image: `dev.local/<app>@sha256:<64 hex digits>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageReference {
    app: String,
    digest: String,
}

impl ImageReference {
    /// The image of `app` with that SHA-256 in lower-case hex.
    ///
    /// # Errors
    /// [`ArtifactError::BadReference`] for names and digests that could not be a folder.
    pub fn new(app: &str, digest: &str) -> Result<Self, ArtifactError> {
        let is_hex = digest.len() == 64
            && digest
                .bytes()
                .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if is_hex && is_chart_name(app) {
            return Ok(Self {
                app: app.to_owned(),
                digest: digest.to_owned(),
            });
        }
        Err(ArtifactError::BadReference {
            reference: format!("{LOCAL_REGISTRY}/{app}@sha256:{digest}"),
        })
    }

    /// The app.
    pub fn app(&self) -> &str {
        &self.app
    }

    /// `dev.local/<app>`.
    pub fn repository(&self) -> String {
        format!("{LOCAL_REGISTRY}/{}", self.app)
    }

    /// The hex digits.
    pub fn hex(&self) -> &str {
        &self.digest
    }

    /// `sha256:<hex>`.
    pub fn digest(&self) -> String {
        format!("sha256:{}", self.digest)
    }
}

impl FromStr for ImageReference {
    type Err = ArtifactError;

    fn from_str(text: &str) -> Result<Self, ArtifactError> {
        let parts = text
            .strip_prefix(LOCAL_REGISTRY)
            .and_then(|rest| rest.strip_prefix('/'))
            .and_then(|rest| rest.split_once("@sha256:"));
        match parts {
            // A tag beside the digest says nothing that the digest does not.
            Some((app, digest)) => {
                Self::new(app.split_once(':').map_or(app, |(app, _)| app), digest)
            }
            None => Err(ArtifactError::BadReference {
                reference: text.to_owned(),
            }),
        }
    }
}

impl fmt::Display for ImageReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{LOCAL_REGISTRY}/{}@sha256:{}",
            self.app, self.digest
        )
    }
}

/// Whether a text can name a chart or an app: what Helm and a folder both take (source: helm/helm
/// pkg/chart/v2/metadata.go, `ValidName`), in one path segment.
pub fn is_chart_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 250
        && !name.starts_with('.')
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// Why an artifact could not be kept or found.
#[derive(Debug, Error)]
pub enum ArtifactError {
    /// Another package is there under that name.
    #[error("chart {name} {version} is released already, with other content")]
    Immutable {
        /// The chart.
        name: String,
        /// The version.
        version: Version,
    },
    /// A name that is no chart's.
    #[error("\"{name}\" cannot name a chart")]
    BadName {
        /// The name.
        name: String,
    },
    /// A text that names no local image.
    #[error("\"{reference}\" names no local image")]
    BadReference {
        /// The text.
        reference: String,
    },
    /// A file of an image is missing, is no file, or leads out of the image.
    #[error("cannot put {} into the image: {why}", path.display())]
    BadFile {
        /// Where it lies.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// What is kept is not what was put in.
    #[error("{} is damaged: {why}", path.display())]
    Damaged {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The file system refused.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Explain for ArtifactError {
    fn code(&self) -> Option<Code> {
        match self {
            Self::File(error) => error.code(),
            _ => Some(Code::ARTIFACT),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::File(error) => error.kind(),
            Self::Damaged { .. } => Kind::Outside,
            _ => Kind::User,
        }
    }

    fn exit(&self) -> Exit {
        if matches!(self, Self::Immutable { .. }) {
            Exit::Conflict
        } else {
            Exit::Failed
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Immutable { .. } => {
                vec!["a release never changes: make a new one with a new commit".to_owned()]
            }
            Self::Damaged { path, .. } => {
                vec![format!(
                    "remove {} and run the release pipeline of that commit again",
                    path.display()
                )]
            }
            Self::File(error) => error.hints(),
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ImageReference;

    #[test]
    fn a_reference_is_read_as_it_is_printed() {
        let text = format!("dev.local/shop@sha256:{}", "0a".repeat(32));
        let reference: ImageReference = text.parse().unwrap();
        assert_eq!(
            (reference.to_string(), reference.app()),
            (text.clone(), "shop")
        );
        let tagged = text.replace('@', ":1.0.0@");
        assert_eq!(tagged.parse::<ImageReference>().unwrap(), reference);
    }

    #[test]
    fn what_could_leave_its_folder_is_refused() {
        let digest = "0a".repeat(32);
        for text in [
            format!("dev.local/../x@sha256:{digest}"),
            format!("dev.local/a/b@sha256:{digest}"),
            format!("docker.io/shop@sha256:{digest}"),
            "dev.local/shop:1.0".to_owned(),
            "dev.local/shop@sha256:../../etc".to_owned(),
            String::new(),
        ] {
            assert!(text.parse::<ImageReference>().is_err(), "{text}");
        }
    }
}
