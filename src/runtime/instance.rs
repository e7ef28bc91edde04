//! One process of an app, from its start to its end.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::sync::Arc;
use std::time::Duration;

use rustix::process::Signal;
use tokio::process::Child;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::env_vars;
use crate::files;

use super::desired::Workload;
use super::launch::{self, LaunchOptions, signal_group, signal_instance};
use super::leases::PortLease;
use super::leftovers;
use super::logs::InstanceLog;
use super::machine::Machine;
use super::pool::Pool;
use super::port_shift::{Habit, PortHabit, PortShift};
use super::readiness::until_ready;

/// How long the last lines of an ended process may take to arrive.
const LAST_LINES: Duration = Duration::from_millis(100);

/// A process that answers requests.
#[derive(Debug)]
pub(super) struct Instance {
    /// Names it to the throttler.
    pub(super) run: u64,
    /// Connections to it.
    pub(super) pool: Pool,
    /// Where it listens.
    pub(super) address: SocketAddr,
    /// Told when a request leaves it.
    pub(super) freed: Notify,
}

/// A started process.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    pid: u32,
    name: String,
    port: PortLease,
    shift: Option<PortShift>,
    log: Arc<InstanceLog>,
    pumps: Vec<JoinHandle<()>>,
    folder: PathBuf,
    record: Option<PathBuf>,
}

impl Process {
    /// Starts an instance called `name` in `files`, a copy of its image. What is known of its port says whether the start is watched.
    pub(super) async fn start(
        machine: &Arc<Machine>,
        workload: &Workload,
        name: &str,
        files: &Path,
        log: Arc<InstanceLog>,
        habit: &PortHabit,
    ) -> io::Result<Self> {
        let port = machine
            .ports
            .lease()
            .ok_or_else(|| io::Error::other("no free port is left"))?;
        let folder = machine.instances().join(name);
        for private in ["home", "tmp"] {
            files::create_dir_all(&folder.join(private)).map_err(io::Error::other)?;
        }
        let insisted = habit.to_watch(workload.declared_port, port.port());
        let mut command = launch::command(
            &machine.options.launcher,
            &workload.command,
            LaunchOptions {
                end_with_parent: machine.options.end_with_resident,
                await_tracer: insisted.is_some(),
            },
        );
        command.current_dir(if workload.working_dir.is_empty() {
            files.to_owned()
        } else {
            files.join(workload.working_dir.trim_start_matches('/'))
        });
        command.envs(&machine.options.environment);
        command
            .env("HOME", folder.join("home"))
            .env("TMPDIR", folder.join("tmp"));
        command.envs(&workload.environment_variables);
        command.env("PORT", port.port().to_string());
        for (variable, value) in [
            ("K_SERVICE", &workload.name),
            ("K_CONFIGURATION", &workload.name),
            ("K_REVISION", &workload.revision),
        ] {
            command.env(variable, value);
        }
        command.env(env_vars::LANDFALL_INSTANCE, name);
        let mut child = machine.spawner.spawn(command).await?;
        let pid = child
            .id()
            .ok_or_else(|| io::Error::other("the process ended at once"))?;
        let shift = match insisted {
            Some(from) => PortShift::start(machine, pid, from, port.port()).await,
            None => None,
        };
        let mut pumps = Vec::with_capacity(2);
        if let Some(stdout) = child.stdout.take() {
            pumps.push(tokio::spawn(machine.logs.clone().pump(
                Arc::clone(&log),
                "stdout",
                stdout,
            )));
        }
        if let Some(stderr) = child.stderr.take() {
            pumps.push(tokio::spawn(machine.logs.clone().pump(
                Arc::clone(&log),
                "stderr",
                stderr,
            )));
        }
        Ok(Self {
            child,
            pid,
            name: name.to_owned(),
            port,
            shift,
            log,
            pumps,
            folder,
            record: None,
        })
    }

    /// Writes down that it runs, for a resident that comes after a killed one.
    pub(super) async fn record(&mut self, machine: &Machine) {
        let (folder, name, pid) = (machine.instances(), self.name.clone(), self.pid);
        let written =
            tokio::task::spawn_blocking(move || leftovers::record(&folder, &name, pid)).await;
        // Without a record the process still ends with the resident; a full disk must not stop an app.
        self.record = written.ok().and_then(Result::ok);
    }

    pub(super) fn pid(&self) -> u32 {
        self.pid
    }

    /// Waits until it answers, or has ended (the error).
    pub(super) async fn ready(
        &mut self,
        workload: &Workload,
        run: u64,
        habit: &PortHabit,
    ) -> Result<Instance, ExitStatus> {
        if workload.hosts.is_empty() && workload.declared_port.is_none() {
            // Serves nobody: it is ready when it runs.
            let address = SocketAddr::from(([127, 0, 0, 1], self.port.port()));
            return Ok(Instance {
                run,
                pool: Pool::new(address, false, None).await,
                address,
                freed: Notify::new(),
            });
        }
        let ready = tokio::select! {
            biased;
            status = self.child.wait() => return Err(status.unwrap_or_default()),
            ready = until_ready(self.port.port(), self.pid, workload.probe.as_ref()) => ready,
        };
        let seen = match self.shift.take() {
            Some(shift) => shift.finish().await,
            None => None,
        };
        if ready.address.port() != self.port.port() {
            habit.learn(Habit::Insists(ready.address.port()));
        } else if let Some(seen) = seen {
            habit.learn(seen);
        }
        Ok(Instance {
            run,
            pool: Pool::new(ready.address, workload.http2, ready.stream).await,
            address: ready.address,
            freed: Notify::new(),
        })
    }

    /// The port it was told to listen on.
    pub(super) fn port(&self) -> u16 {
        self.port.port()
    }

    /// Waits until it has ended.
    pub(super) async fn wait(&mut self) -> ExitStatus {
        self.child.wait().await.unwrap_or_default()
    }

    /// Asks it to end, and kills it with all its children after `grace`.
    pub(super) async fn stop(&mut self, grace: Duration) -> ExitStatus {
        signal_instance(self.pid, Signal::TERM);
        if let Ok(status) = tokio::time::timeout(grace, self.wait()).await {
            return status;
        }
        signal_instance(self.pid, Signal::KILL);
        self.wait().await
    }

    /// Clears up after its end: children that outlived it, its private folder, its record. Returns the last lines it printed.
    pub(super) async fn clear(self) -> Vec<String> {
        for pump in self.pumps {
            let _ = tokio::time::timeout(LAST_LINES, pump).await;
        }
        signal_group(self.pid, Signal::KILL);
        let (name, folder, record) = (self.name, self.folder, self.record);
        let _ = tokio::task::spawn_blocking(move || {
            leftovers::end_stragglers(&name);
            // What cannot be removed now is removed with the run folder at the next start.
            let _ = files::remove_dir_all(&folder);
            if let Some(record) = record {
                let _ = files::remove_file(&record);
            }
        })
        .await;
        self.log.tail()
    }
}

/// How a process ended, as a person says it.
pub(super) fn describe(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt as _;
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("ended with status {code}"),
        (None, Some(signal)) => format!("was ended by signal {signal}"),
        (None, None) => "ended".to_owned(),
    }
}
