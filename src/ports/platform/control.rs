//! What goes over the control socket of the local platform: one JSON value a line, a question and its answer.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Application, Applied, Instance, PlatformError, PlatformStatus};

/// One line of the control socket: what is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "camelCase")]
pub enum ControlRequest {
    /// [`super::Platform::status`].
    Status,
    /// [`super::Platform::instances`].
    Instances,
    /// [`super::Platform::applications`].
    Applications,
    /// [`super::Platform::apply`].
    Apply {
        /// The environment.
        environment: String,
        /// The commit; without it the branch's.
        commit: Option<String>,
        /// The apps to wait for; without it all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        apps: Option<BTreeSet<String>>,
        /// How long to wait, in milliseconds.
        wait: u64,
    },
    /// [`super::Platform::nudge`].
    Nudge,
    /// [`super::Platform::shut_down`].
    ShutDown,
}

/// One line of the control socket: the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", content = "value", rename_all = "camelCase")]
pub enum ControlReply {
    /// To [`ControlRequest::Status`].
    Status(PlatformStatus),
    /// To [`ControlRequest::Instances`].
    Instances(Vec<Instance>),
    /// To [`ControlRequest::Applications`].
    Applications(Vec<Application>),
    /// To [`ControlRequest::Apply`].
    Applied(Applied),
    /// To [`ControlRequest::Nudge`] and [`ControlRequest::ShutDown`].
    Done,
    /// To anything that failed.
    Failed(PlatformError),
}

/// The file name of the control socket in the run folder.
pub const CONTROL_SOCKET: &str = "control.sock";
/// The file name of the resident process's lock in the run folder.
pub const RESIDENT_LOCK: &str = "resident.lock";
/// The file name of the background resident's own log in the run folder.
pub const RESIDENT_LOG: &str = "serve.log";
