//! What all apps share: folders, the spawning thread, ports, the log writer.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::PathBuf;

use super::clock::Monotonic;
use super::launch::Spawner;
use super::leases::PortLeases;
use super::logs::LogWriter;

/// Where the resident keeps its things, and how it starts apps.
#[derive(Clone, Debug)]
pub struct MachineOptions {
    /// The folder of the resident's own files.
    pub run: PathBuf,
    /// The folder of logs; apps have `apps/<environment>/<app>/` below it.
    pub logs: PathBuf,
    /// The landfall program, which starts apps.
    pub launcher: OsString,
    /// Variables that every app gets: `PATH`, the language and the time zone. Nothing else of the resident's environment reaches an app.
    pub environment: BTreeMap<OsString, OsString>,
    /// Whether apps end when the resident is killed. Linux only; elsewhere the next start ends them.
    pub end_with_resident: bool,
}

/// The shared parts.
#[derive(Debug)]
pub(super) struct Machine {
    pub(super) options: MachineOptions,
    pub(super) clock: Monotonic,
    pub(super) spawner: Spawner,
    pub(super) ports: PortLeases,
    pub(super) logs: LogWriter,
}

impl Machine {
    /// Must be called on the runtime that serves.
    pub(super) fn new(options: MachineOptions) -> io::Result<Self> {
        Ok(Self {
            options,
            clock: Monotonic::new(),
            spawner: Spawner::start()?,
            ports: PortLeases::new(),
            logs: LogWriter::start()?,
        })
    }

    /// Records of running instances, and their private folders.
    pub(super) fn instances(&self) -> PathBuf {
        self.options.run.join("instances")
    }

    /// Copies of images that apps may write to.
    pub(super) fn revisions(&self) -> PathBuf {
        self.options.run.join("revisions")
    }

    pub(super) fn log_path(&self, environment: &str, app: &str, instance: &str) -> PathBuf {
        self.options
            .logs
            .join("apps")
            .join(environment)
            .join(app)
            .join(format!("{instance}.log"))
    }
}
