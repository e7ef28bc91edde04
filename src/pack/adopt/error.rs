//! Why a chart cannot be adopted or switched as it is.

use crate::failure::{Code, Exit, Explain, Kind};

/// What is missing in a chart, or in the way.
#[derive(Debug, thiserror::Error)]
pub enum AdoptError {
    /// The values cannot be read.
    #[error("cannot use {path}: {why}")]
    Values {
        /// The file.
        path: String,
        /// What is wrong.
        why: String,
    },
    /// The values cannot be edited.
    #[error("cannot set {key} in {path}")]
    Edit {
        /// The file.
        path: String,
        /// The key.
        key: String,
        /// Why.
        #[source]
        source: goyaml::edit::EditError,
    },
    /// No template makes the object that is wanted.
    #[error("no template in {templates} makes a {what}")]
    NoObject {
        /// The folder of the chart's templates.
        templates: String,
        /// Such as `Knative Service`.
        what: &'static str,
        /// The template that would make it, and the condition that belongs around it.
        add: String,
    },
    /// An object is rendered whatever the values say, or under a condition that cannot be changed here.
    #[error("{place} renders a {what} whatever the values say")]
    Always {
        /// File and line.
        place: String,
        /// Such as `Deployment`.
        what: &'static str,
        /// The condition that belongs around it.
        condition: String,
    },
    /// An object cannot be had by changing values.
    #[error("no value makes {place} render its {what}")]
    Never {
        /// File and line.
        place: String,
        /// Such as `Deployment`.
        what: &'static str,
    },
    /// A number is wanted that the values do not have.
    #[error("{path} has no {key}, and {place} needs it")]
    NoValue {
        /// The values.
        path: String,
        /// The key.
        key: String,
        /// Where it is needed.
        place: String,
        /// The flag that sets it.
        flag: &'static str,
    },
    /// A number was given that no template takes.
    #[error("{place} takes no {what} from the values")]
    NoPlace {
        /// The template.
        place: String,
        /// `minReplicas` or `maxReplicas`.
        what: &'static str,
    },
    /// The least is more than the most.
    #[error("{min} replicas at least are more than {max} at most")]
    Range {
        /// The least.
        min: u64,
        /// The most.
        max: u64,
    },
}

impl Explain for AdoptError {
    fn code(&self) -> Option<Code> {
        match self {
            Self::Range { .. } => None,
            _ => Some(Code::CHART_LACKS),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Range { .. } => Kind::Usage,
            _ => Kind::User,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Range { .. } => Exit::Usage,
            _ => Exit::Failed,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::NoObject { add, .. } => vec![add.clone()],
            Self::Always { condition, .. } => vec![format!(
                "put {condition} before it and {{{{ end }}}} behind it"
            )],
            Self::Never { .. } => {
                vec!["its conditions contradict what else has to be rendered, or ask for more than values".to_owned()]
            }
            Self::NoValue { flag, .. } => vec![format!("give it with {flag}")],
            Self::NoPlace { what, .. } => {
                vec![format!("write {what}: {{{{ .Values.hpa.{what} }}}} there")]
            }
            Self::Edit { path, key, .. } => {
                vec![format!("set {key} in {path} by hand")]
            }
            Self::Values { .. } | Self::Range { .. } => Vec::new(),
        }
    }
}
