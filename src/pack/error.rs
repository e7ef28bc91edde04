//! What can be wrong with packs and with choosing one.

use crate::failure::{Code, Exit, Explain, Kind, near_names};
use crate::files::FileError;
use crate::ports::git::GitError;
use crate::template::TemplateError;
use crate::yaml::YamlError;

use super::links::Obstacle;

/// Where tasks find the repository.
pub(super) const WORKSPACE: &str = "$(workspaces.source.path)";

/// A pack that does not exist or cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// No pack has the name.
    #[error("no pack is called \"{name}\"")]
    Unknown {
        /// As it was given.
        name: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// A value was given that the plan does not have.
    #[error("the plan has no value \"{name}\"")]
    UnknownValue {
        /// As it was given.
        name: String,
        /// Those that can be given.
        known: Vec<String>,
    },
    /// A value was given that cannot be used.
    #[error("\"{value}\" cannot be the value {name}: {expected} is expected")]
    BadValue {
        /// The name.
        name: String,
        /// The value.
        value: String,
        /// What would do.
        expected: String,
    },
    /// A value is needed that nothing gives.
    #[error("the pack needs a value for {name}: {about}")]
    NeedsValue {
        /// The name.
        name: String,
        /// What it is.
        about: String,
        /// What would do.
        expected: String,
    },
    /// The pack deploys an image that exists already, and none is named.
    #[error("the pack {pack} deploys an image that exists already, and none is named")]
    NoImage {
        /// The pack.
        pack: String,
    },
    /// A pack's task would run at the top of the repository, and the app is in a folder.
    #[error(
        "the pack {pack} does not know apps in folders: {file} runs at the top of the repository"
    )]
    NoFolders {
        /// The pack.
        pack: String,
        /// Its file.
        file: String,
    },
    /// A pack's files contradict themselves.
    #[error("{place}: the pack {pack} is wrong: {reason}")]
    Invalid {
        /// The pack.
        pack: String,
        /// The file, with the line where it is known.
        place: String,
        /// What is wrong.
        reason: String,
    },
    /// A folder is no pack, or holds what a pack must not hold.
    #[error("{place}: {reason}")]
    Broken {
        /// The file or folder.
        place: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A text is no address of a pack.
    #[error("\"{address}\" is no address of a pack: {why}")]
    BadAddress {
        /// As it was given, without what may be a password.
        address: String,
        /// What is wrong with it.
        why: String,
    },
    /// The other side has the revision, and no pack in that folder.
    #[error("{address} holds no pack")]
    NoPack {
        /// The address.
        address: String,
    },
    /// A revision that was imported leads elsewhere now.
    #[error("{origin} was {was} when it was imported, and is {is} now")]
    Moved {
        /// The address with the revision.
        origin: String,
        /// The commit or digest then.
        was: String,
        /// The commit or digest now.
        is: String,
    },
    /// A pack that was recorded is not where it came from.
    #[error("the pack {name} came from {origin}, and is not there any more")]
    Gone {
        /// Its name.
        name: String,
        /// Where it came from.
        origin: String,
    },
    /// The repository of a pack cannot be read.
    #[error(transparent)]
    Git(#[from] GitError),
    /// A link of the repository, or a file, is in the way of a path of the plan.
    #[error("cannot reach {path}: {obstacle}")]
    Obstacle {
        /// The path.
        path: String,
        /// What is in the way.
        obstacle: Obstacle,
    },
    /// A template of a pack cannot be rendered.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// `pack.yaml` cannot be read.
    #[error(transparent)]
    Yaml(#[from] YamlError),
    /// A file of a pack, or one to be written, cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Explain for PackError {
    fn code(&self) -> Option<Code> {
        Some(match self {
            Self::Invalid { .. }
            | Self::NoFolders { .. }
            | Self::Broken { .. }
            | Self::Template(_)
            | Self::Yaml(_) => Code::BAD_PACK,
            Self::Unknown { .. } | Self::NoPack { .. } | Self::Gone { .. } => Code::UNKNOWN_PACK,
            Self::Moved { .. } => Code::PACK_MOVED,
            Self::Obstacle { .. } => Code::NOT_IMPORTABLE,
            Self::NeedsValue { .. } => Code::CANNOT_ASK,
            Self::UnknownValue { .. }
            | Self::BadValue { .. }
            | Self::BadAddress { .. }
            | Self::NoImage { .. } => {
                return None;
            }
            Self::Git(error) => return error.code(),
            Self::File(error) => return error.code(),
        })
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Unknown { .. }
            | Self::NoPack { .. }
            | Self::Moved { .. }
            | Self::Gone { .. }
            | Self::Obstacle { .. } => Kind::User,
            Self::UnknownValue { .. }
            | Self::BadValue { .. }
            | Self::NeedsValue { .. }
            | Self::NoImage { .. }
            | Self::BadAddress { .. } => Kind::Usage,
            Self::Invalid { .. }
            | Self::NoFolders { .. }
            | Self::Broken { .. }
            | Self::Template(_)
            | Self::Yaml(_) => Kind::Config,
            Self::Git(error) => error.kind(),
            Self::File(_) => Kind::Outside,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Unknown { .. } | Self::NoPack { .. } | Self::Gone { .. } => Exit::NotFound,
            Self::UnknownValue { .. }
            | Self::BadValue { .. }
            | Self::NeedsValue { .. }
            | Self::NoImage { .. }
            | Self::BadAddress { .. } => Exit::Usage,
            Self::Moved { .. } => Exit::Conflict,
            Self::Git(error) => error.exit(),
            _ => Exit::Failed,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Unknown { name, known } => suggest(name, "packs", known),
            Self::UnknownValue { name, known } => suggest(name, "values", known),
            Self::NoImage { .. } => vec!["name it: --set image=REPOSITORY:TAG".to_owned()],
            Self::Obstacle { obstacle, .. } => vec![obstacle.hint()],
            Self::NoFolders { .. } => vec![format!(
                "its tasks need: workingDir: {WORKSPACE}{{{{#if dir}}}}/{{{{dir}}}}{{{{/if}}}}"
            )],
            Self::NeedsValue { name, expected, .. } => {
                vec![format!("--set {name}=VALUE, where VALUE is {expected}")]
            }
            Self::Moved { .. } => vec![
                "`landfall upgrade pack` merges what it is now".to_owned(),
                "without --pack the pack stays as it was imported".to_owned(),
            ],
            Self::NoPack { .. } => {
                vec!["name the folder with the pack.yaml behind //: URL//DIR@REVISION".to_owned()]
            }
            Self::Gone { .. } => {
                vec!["`landfall upgrade pack --pack PACK` says where a newer one is".to_owned()]
            }
            Self::Git(error) => error.hints(),
            Self::File(error) => error.hints(),
            _ => Vec::new(),
        }
    }
}

/// The near names, and all of them.
fn suggest(name: &str, what: &str, known: &[String]) -> Vec<String> {
    let near = near_names(name, known);
    let all = format!("{what}: {}", known.join(", "));
    if near.is_empty() {
        return vec![all];
    }
    vec![format!("did you mean {}?", near.join(" or ")), all]
}
