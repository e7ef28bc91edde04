//! What can be wrong with packs and with choosing one.

use crate::failure::{Code, Exit, Explain, Kind, near_names};
use crate::files::FileError;
use crate::template::TemplateError;
use crate::yaml::YamlError;

use super::links::Obstacle;

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
    /// Detection knows the language, and no pack is for it in this version.
    #[error("there is no pack for {name} yet")]
    NotYet {
        /// The language.
        name: String,
        /// The packs there are.
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
        expected: &'static str,
    },
    /// The pack deploys an image that exists already, and none is named.
    #[error("the pack {pack} deploys an image that exists already, and none is named")]
    NoImage {
        /// The pack.
        pack: String,
    },
    /// A pack's files contradict themselves.
    #[error("the pack {pack} is wrong: {reason}")]
    Invalid {
        /// The pack.
        pack: String,
        /// What is wrong.
        reason: String,
    },
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
            Self::Unknown { .. } | Self::NotYet { .. } => Code::UNKNOWN_PACK,
            Self::Invalid { .. } | Self::Template(_) | Self::Yaml(_) => Code::BAD_PACK,
            Self::Obstacle { .. } => Code::NOT_IMPORTABLE,
            Self::UnknownValue { .. } | Self::BadValue { .. } | Self::NoImage { .. } => {
                return None;
            }
            Self::File(error) => return error.code(),
        })
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Unknown { .. } | Self::NotYet { .. } | Self::Obstacle { .. } => Kind::User,
            Self::UnknownValue { .. } | Self::BadValue { .. } | Self::NoImage { .. } => Kind::Usage,
            Self::Invalid { .. } | Self::Template(_) | Self::Yaml(_) => Kind::Config,
            Self::File(_) => Kind::Outside,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Unknown { .. } => Exit::NotFound,
            Self::NotYet { .. }
            | Self::UnknownValue { .. }
            | Self::BadValue { .. }
            | Self::NoImage { .. } => Exit::Usage,
            _ => Exit::Failed,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Unknown { name, known } => suggest(name, "packs", known),
            Self::UnknownValue { name, known } => suggest(name, "values", known),
            Self::NotYet { name, known } => {
                let mut hints = vec![format!(
                    "packs: {}; choose one with --pack",
                    known.join(", ")
                )];
                if name == "typescript" {
                    hints.push(
                        "`--pack javascript` fits when a build script compiles the sources"
                            .to_owned(),
                    );
                } else if known.iter().any(|pack| pack == "docker") {
                    hints.push(
                        "`--pack docker` fits when the repository has a Dockerfile".to_owned(),
                    );
                }
                hints
            }
            Self::NoImage { .. } => vec!["name it: --set image=REPOSITORY:TAG".to_owned()],
            Self::Obstacle { obstacle, .. } => vec![obstacle.hint()],
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
