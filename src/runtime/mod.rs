//! The resident local platform: environments as processes behind one HTTP gateway, on the decisions of `crates/serving`.
//!
//! | module | is |
//! |---|---|
//! | [`gateway`] | the way in for requests |
//! | [`estate`], [`app`], [`revision`] | environments, their workloads over time, the processes of one release |
//! | [`desired`] | what the documents ask for; pure |
//! | [`reconcile`] | follows the environment repositories |
//! | [`control`] | answers other landfall processes |
//! | [`site`] | the server of apps that are nothing but files; runs in their processes |
//! | [`instance`], [`launch`], [`readiness`], [`pool`], [`logs`], [`leases`], [`leftovers`] | one process and what belongs to it |
//! | [`port_shift`] | programs that insist on a port |
//!
//! Files below the run folder: `resident.lock` (who serves), `control.sock`, `instances/` (what runs), `revisions/` (copies of images that
//! apps may write to). All of it may be removed while nobody serves.

mod app;
mod clock;
mod control;
mod copy;
mod desired;
mod estate;
mod gateway;
mod instance;
pub mod launch;
mod leases;
mod leftovers;
mod logs;
mod machine;
pub mod pipelines;
mod pool;
pub mod port_shift;
mod readiness;
mod reconcile;
mod revision;
mod site;

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use rustix::process::{Resource, Rlimit};
use tokio::sync::{Notify, oneshot, watch};
use tokio::task::JoinSet;

use crate::files::{self, FileError, Lock};
use crate::ports::artifacts::ArtifactStore;
use crate::ports::platform::control::{CONTROL_SOCKET, RESIDENT_LOCK};
use crate::ports::platform::{EnvironmentSource, ServeError, Serving, SourceError};

pub use machine::MachineOptions;
pub use site::serve_site;

use control::Control;
use estate::Estate;
use gateway::Gateway;
use machine::Machine;
use reconcile::Reconciler;

/// How long apps may take to end when the resident does.
const END_LIMIT: Duration = Duration::from_secs(40);

/// What the resident is made of.
#[derive(Debug)]
pub struct ResidentOptions {
    /// Folders, the launcher, the apps' environment.
    pub machine: MachineOptions,
    /// The gateway's port; when it is taken, the next free one is used.
    pub port: u16,
    /// The environments.
    pub environments: Arc<dyn EnvironmentSource>,
    /// The images to run, and the charts that the gateway hands out.
    pub artifacts: Arc<dyn ArtifactStore>,
    /// What else runs in the resident.
    pub tasks: Vec<Box<dyn BackgroundTask>>,
}

/// Work that the resident does beside serving, such as running pipelines.
#[async_trait]
pub trait BackgroundTask: Send + Sync + fmt::Debug {
    /// A name for messages.
    fn name(&self) -> &str;

    /// Works until [`TaskContext::ended`]. When it returns before, it is started again after a pause.
    ///
    /// # Errors
    /// What it cannot go on with; the resident goes on and starts it again.
    async fn run(&self, context: TaskContext) -> Result<(), SourceError>;
}

/// What a background task is told.
#[derive(Clone, Debug)]
pub struct TaskContext {
    ended: watch::Receiver<bool>,
    nudged: Arc<Notify>,
    /// The gateway's port.
    pub port: u16,
}

impl TaskContext {
    /// Returns when the resident ends.
    pub async fn ended(&self) {
        let mut ended = self.ended.clone();
        // An error means that the resident is gone, which is an end too.
        let _ = ended.wait_for(|ended| *ended).await;
    }

    /// Returns when another process says that there is something to do. One that comes while nobody waits is lost: look first.
    pub async fn nudged(&self) {
        self.nudged.notified().await;
    }
}

/// The local platform while it serves.
#[derive(Debug)]
pub struct Resident {
    port: u16,
    leftovers: usize,
    estate: Arc<Estate>,
    end: watch::Sender<bool>,
    parts: JoinSet<()>,
    socket: PathBuf,
    _lock: Lock,
}

impl Resident {
    /// Takes the lock, ends what a killed resident left, and begins to serve. Needs a multi-thread runtime.
    ///
    /// # Errors
    /// Another resident is there, no port is free, or a folder cannot be written.
    pub async fn start(options: ResidentOptions) -> Result<Self, ServeError> {
        let run = options.machine.run.clone();
        files::create_dir_all(&run)?;
        let lock = Lock::acquire(&run.join(RESIDENT_LOCK), "landfall serve", Duration::ZERO)?;
        raise_file_limit();
        let leftovers = clear(&run).await?;
        let machine = Arc::new(Machine::new(options.machine).map_err(ServeError::Thread)?);
        let (listeners, port) =
            gateway::bind(options.port).map_err(|source| ServeError::NoPort {
                port: options.port,
                source,
            })?;
        let socket = run.join(CONTROL_SOCKET);
        let listener = control::listen(&socket).map_err(|source| ServeError::Socket {
            path: socket.clone(),
            source,
        })?;

        let (end, ended) = watch::channel(false);
        let (nudged, tasks_nudged) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let estate = Arc::new(Estate::new(machine, Arc::clone(&options.artifacts)));
        let reconciler = Arc::new(Reconciler::new(options.environments, Arc::clone(&estate)));
        let gateway = Arc::new(Gateway::new(Arc::clone(&estate), options.artifacts, port));
        let control = Arc::new(Control {
            estate: Arc::clone(&estate),
            reconciler: Arc::clone(&reconciler),
            port,
            started: Timestamp::now(),
            nudged: Arc::clone(&nudged),
            tasks_nudged: Arc::clone(&tasks_nudged),
            end: end.clone(),
        });
        let mut parts = JoinSet::new();
        parts.spawn(gateway.run(listeners, ended.clone()));
        parts.spawn(reconciler.run(nudged, ended.clone()));
        let context = TaskContext {
            ended,
            nudged: tasks_nudged,
            port,
        };
        for task in options.tasks {
            let gone = apart(task, context.clone()).map_err(ServeError::Thread)?;
            parts.spawn(async {
                // An error means that the thread is gone, which is an end too.
                let _ = gone.await;
            });
        }
        tokio::spawn(control.run(listener));
        Ok(Self {
            port,
            leftovers,
            estate,
            end,
            parts,
            socket,
            _lock: lock,
        })
    }
}

#[async_trait]
impl Serving for Resident {
    fn port(&self) -> u16 {
        self.port
    }

    fn leftovers(&self) -> usize {
        self.leftovers
    }

    async fn asked_to_end(&self) {
        let mut ended = self.end.subscribe();
        let _ = ended.wait_for(|ended| *ended).await;
    }

    async fn end(mut self: Box<Self>) {
        self.end.send_replace(true);
        let orderly = async {
            while self.parts.join_next().await.is_some() {}
            self.estate.end().await;
        };
        let _ = tokio::time::timeout(END_LIMIT, orderly).await;
        let _ = files::remove_file(&self.socket);
    }
}

/// Ends processes that a killed resident left and removes its folders; the large ones while the new one begins to serve.
async fn clear(run: &std::path::Path) -> Result<usize, FileError> {
    let run = run.to_owned();
    let cleared = tokio::task::spawn_blocking(move || {
        let ended = leftovers::end_all(&run.join("instances"))?;
        files::remove_dir_all(&run.join("instances"))?;
        let garbage = run.join("garbage");
        files::move_into(&run.join("revisions"), &garbage)?;
        tokio::task::spawn_blocking(move || {
            // What cannot be removed now is tried again at the next start.
            let _ = files::remove_dir_all(&garbage);
        });
        Ok(ended)
    });
    cleared.await.unwrap_or(Ok(0))
}

/// Each waiting request holds a file descriptor; the soft limit is often 1024.
fn raise_file_limit() {
    let limit = rustix::process::getrlimit(Resource::Nofile);
    // Not being allowed to is fine: then fewer requests can wait.
    let _ = rustix::process::setrlimit(
        Resource::Nofile,
        Rlimit {
            current: limit.maximum,
            maximum: limit.maximum,
        },
    );
}

/// Runs a task on a thread of its own, so that nothing it does can hold up a request. Told when it has ended.
fn apart(task: Box<dyn BackgroundTask>, context: TaskContext) -> io::Result<oneshot::Receiver<()>> {
    let (end, ended) = oneshot::channel();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    std::thread::Builder::new()
        .name(task.name().to_owned())
        .spawn(move || {
            runtime.block_on(keep_running(task, context));
            let _ = end.send(());
        })?;
    Ok(ended)
}

async fn keep_running(task: Box<dyn BackgroundTask>, context: TaskContext) {
    const PAUSE: Duration = Duration::from_secs(1);
    loop {
        // The task reports its own errors; a resident that ends because of one would take the apps along.
        let _ = task.run(context.clone()).await;
        tokio::select! {
            () = context.ended() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}
