//! `environment.yaml`: what an environment repository says about itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{EnvironmentName, Strategy};

/// The host name under which the local gateway serves the charts of this machine.
pub const CHART_HOST: &str = "charts.localhost";

/// The file's name.
pub(super) const FILE: &str = "environment.yaml";

/// The chart repository of this machine: what the gateway serves at that port.
pub fn chart_repository(port: u16) -> String {
    format!("http://{CHART_HOST}:{port}")
}

/// `environment.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Descriptor {
    /// The environment.
    pub name: EnvironmentName,
    /// Where it stands among the others.
    #[serde(default)]
    pub order: i32,
    /// Who decides.
    #[serde(default)]
    pub promotion: Strategy,
    /// The environment that a release must come from; empty: none.
    #[serde(default)]
    pub promotes_from: Option<String>,
    /// Who makes the cluster what the repository says: landfall itself is `self`.
    #[serde(default = "applier_self")]
    pub applier: String,
    /// Where rendered files go: `off`, `folder` or `branch`.
    #[serde(default = "render_off")]
    pub render: String,
    /// Where the charts of apps come from.
    #[serde(default)]
    pub chart_repository: String,
    /// Services that run elsewhere on this machine: name to `host:port`.
    #[serde(default)]
    pub stand_ins: BTreeMap<String, String>,
}

fn applier_self() -> String {
    "self".to_owned()
}

fn render_off() -> String {
    "off".to_owned()
}

impl Descriptor {
    /// Whether the charts come from this machine's own store, which is read even when the gateway is down.
    pub fn has_local_charts(&self) -> bool {
        let host = self
            .chart_repository
            .strip_prefix("http://")
            .map(|rest| rest.split(['/', ':']).next().unwrap_or_default());
        host == Some(CHART_HOST)
    }

    /// The setting that this version does not hold, as the file spells it.
    pub fn unknown_setting(&self) -> Option<String> {
        if self.applier != "self" {
            return Some(format!("applier: {}", self.applier));
        }
        if self.render != "off" {
            return Some(format!("render: {}", self.render));
        }
        self.promotes_from
            .as_ref()
            .map(|from| format!("promotesFrom: {from}"))
    }
}
