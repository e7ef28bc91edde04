//! What the application listens on: the Dockerfile says it first, then configuration, then code, then the framework.

mod code;
mod config;
mod container;
mod settings_text;

use serde::{Serialize, Serializer};

use crate::project::Folder;

use super::finding::Finding;

/// Where a port was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortSource {
    /// `EXPOSE`, or an environment variable of the image.
    Dockerfile,
    /// A configuration file.
    Config,
    /// The source.
    Code,
    /// Nobody says it: what the framework takes.
    FrameworkDefault,
}

impl PortSource {
    /// The word of the JSON form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dockerfile => "dockerfile",
            Self::Config => "config",
            Self::Code => "code",
            Self::FrameworkDefault => "framework default",
        }
    }
}

impl Serialize for PortSource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A port and where it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPort {
    /// The port.
    pub port: u16,
    /// The kind of place.
    pub source: PortSource,
    /// The reason for people: `src/main.rs:12 listens on it`.
    pub because: String,
}

/// A port in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hit {
    port: u16,
    path: String,
    line: usize,
}

impl Hit {
    fn found(self, source: PortSource) -> FoundPort {
        FoundPort {
            port: self.port,
            source,
            because: format!("{}:{} says so", self.path, self.line),
        }
    }
}

/// Finds the port of the application in `folder`.
pub(super) fn find(
    folder: &Folder<'_>,
    finding: &Finding,
    dockerfile: Option<&str>,
) -> Option<FoundPort> {
    if let Some(hit) = dockerfile.and_then(|path| container::exposed(folder.project(), path)) {
        return Some(hit.found(PortSource::Dockerfile));
    }
    if !finding.serves {
        return None;
    }
    if let Some(hit) = config::find(folder) {
        return Some(hit.found(PortSource::Config));
    }
    if let Some(hit) = code::find(folder, &finding.pack) {
        return Some(hit.found(PortSource::Code));
    }
    finding.default_port.map(|(port, framework)| FoundPort {
        port,
        source: PortSource::FrameworkDefault,
        because: format!("{framework} listens on it when nothing else is said"),
    })
}

/// Ports of databases, mail and the like: named by an application that calls them, not by one that listens.
fn is_backing_service(port: u16) -> bool {
    matches!(
        port,
        22 | 25
            | 53
            | 110
            | 143
            | 389
            | 465
            | 587
            | 636
            | 993
            | 995
            | 1025
            | 1433
            | 1521
            | 2181
            | 2379
            | 3306
            | 4222
            | 4317
            | 4318
            | 5432
            | 5672
            | 6379
            | 6831
            | 8125
            | 9042
            | 9092
            | 9200
            | 9411
            | 11211
            | 14268
            | 15672
            | 27017
    )
}

/// Reads a port; `None` for what is none.
fn parse(digits: &str) -> Option<u16> {
    digits.parse().ok().filter(|port| *port > 0)
}
