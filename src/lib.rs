//! landfall takes a repository to production: it imports it, renders its charts, promotes its releases through
//! GitOps environment repositories, runs and streams its pipelines, and serves it scaled to zero when idle.
//!
//! # The map
//!
//! Data flows one way:
//!
//! ```text
//! argv/env/files -> cli -> settings -> commands::<name>::run
//!    run: read (ports, project) -> plan (a plain serialisable value) -> show (ui) -> apply (ports) -> events -> ui | json
//! ```
//!
//! - [`process`], [`env_vars`], [`settings`]: what the caller gave, as values.
//! - [`cli`], [`commands`]: one file per subcommand, named as typed. Start reading there.
//! - [`ui`]: everything a person sees. [`failure`]: everything that can go wrong, with exit codes and hints.
//! - [`activity`]: what runs and promotions did, derived from their stored objects.
//! - [`ports`]: the traits of the outside. Their implementations are built here and nowhere else.
//! - [`demo`]: the story told by `landfall demo`.
//! - [`files`], [`yaml`]: the only doors to the file system and to YAML of our own.
//!
//! Files on disk that landfall owns are laid out by [`settings::Home`]. The whole picture, with the table of who may
//! use whom, is in `docs/architecture.md`; a test holds it.

pub mod activity;
pub mod backend;
pub mod cli;
pub mod commands;
pub mod context;
pub mod demo;
pub mod env_vars;
pub mod failure;
pub mod files;
pub mod gitops;
pub mod manifest;
pub mod pack;
pub mod pipeline;
pub mod ports;
pub mod process;
pub mod project;
pub mod release;
pub mod render;
pub mod runner;
pub mod runtime;
pub mod settings;
pub mod template;
pub mod ui;
pub mod yaml;

use std::io;
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use clap::Parser as _;

use backend::artifacts::DiskArtifacts;
use backend::forge::LocalForge;
use backend::git::{GitPacks, GitProgram, ObjectDatabase};
use backend::http::Limits;
use backend::image_builder::BuilderProgram;
use backend::local_platform::{Launch, LocalPlatform};
use backend::processes::SystemProcesses;
use backend::registry::RemoteCharts;
use backend::store::{LogFiles, SqliteActivities};
use cli::Cli;
use context::Context;
use failure::{Exit, Failure, Kind};
use gitops::{Environments, RegisteredEnvironments};
use pipeline::environment::step_environment;
use ports::Ports;
use ports::artifacts::ArtifactStore;
use ports::interrupt::Interrupt;
use ports::platform::{EnvironmentSource, Host, ServeError, Serving};
use process::Process;
use runner::ProcessRunner;
use runtime::pipelines::{PipelineChecks, PipelineService, PipelineWorker};
use runtime::{MachineOptions, Resident, ResidentOptions, launch, port_shift};
use settings::{FileSettings, Home, Settings, SettingsFile};
use ui::{Ui, UiOptions};

/// Runs one command line to its end and prints its failure, if it has one.
pub fn run(process: &Process) -> Exit {
    if let [_, first, rest @ ..] = process.args()
        && first == launch::LAUNCHER
    {
        // Not a command: the first half of an app's start. Nothing is read or parsed that a cold start would have to wait for.
        return cannot_start(&launch::become_instance(rest));
    }
    if let [_, first, rest @ ..] = process.args()
        && first == port_shift::TRACER
    {
        // The watch over an app's start.
        return port_shift::main(rest).map_or_else(|error| cannot_start(&error), |()| Exit::Done);
    }
    if process
        .args()
        .get(1)
        .is_some_and(|first| first == runner::launcher::LAUNCH)
    {
        // Not a command either: the supervisor of one pipeline step.
        return runner::launcher::main();
    }
    let cli = match Cli::try_parse_from(commands::helm::verbatim(process.args())) {
        Ok(cli) => cli,
        Err(error) => return print_clap(&error),
    };
    let options = UiOptions {
        verbosity: cli.global.verbosity(),
        color: cli.global.color.unwrap_or_default(),
        batch: cli.global.batch_mode,
        json_errors: cli.command.is_json(),
    };
    match resolve_settings(&cli, process) {
        Ok(settings) => {
            let options = UiOptions {
                color: settings.color.value,
                batch: settings.batch.value,
                ..options
            };
            let ui = Ui::from_process(process, options);
            execute(cli, process, settings, &ui).unwrap_or_else(|failure| report(&ui, &failure))
        }
        Err(failure) => report(&Ui::from_process(process, options), &failure),
    }
}

/// Says that not even the process could be read; used by `main` alone.
pub fn cannot_start(error: &io::Error) -> Exit {
    let _ = io::Write::write_all(
        &mut io::stderr(),
        format!("error: cannot start: {error}\n").as_bytes(),
    );
    Exit::Failed
}

fn execute(cli: Cli, process: &Process, settings: Settings, ui: &Ui) -> Result<Exit, Failure> {
    let runtime = if cli.command.is_resident() {
        tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
    } else {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
    };
    let runtime = runtime.map_err(|error| {
        Failure::from(anyhow::Error::new(error))
            .kind(Kind::Outside)
            .context("cannot start the async runtime")
    })?;
    let ports = build_ports(process, &settings);
    let context = Context {
        process,
        settings,
        ui,
        ports,
    };
    let result = runtime.block_on(cli.command.run(&context));
    // Threads that read a pipe or a terminal may never come back; the answer is complete without them.
    runtime.shutdown_background();
    result
}

/// Chooses the implementations; none of them does any work before it is used.
fn build_ports(process: &Process, settings: &Settings) -> Ports {
    let home = &settings.home.value;
    let interrupt = Interrupt::default();
    let artifacts: Arc<dyn ArtifactStore> = Arc::new(DiskArtifacts::new(home.artifacts()));
    let objects = Arc::new(ObjectDatabase);
    let forge = Arc::new(LocalForge::new(
        home.forge(),
        home.spool(),
        objects.clone(),
        process.clock(),
    ));
    let platform = Arc::new(LocalPlatform::new(
        home.run(),
        Launch {
            executable: process.executable().to_owned(),
            environment: process.environment().clone(),
            home: home.root().to_owned(),
            port: settings.port.value,
        },
    ));
    let service = PipelineService {
        forge: forge.clone(),
        objects: objects.clone(),
        activities: Arc::new(SqliteActivities::new(home.database())),
        owners: Arc::new(SystemProcesses),
        runner: Arc::new(ProcessRunner::new(process)),
        clock: process.clock(),
        runs: home.runs(),
        logs: home.logs(),
        controls: home.run().join("pipelines"),
        environment: step_environment(
            |name| process.var(name),
            home.root(),
            &settings.org.value,
            settings.port.value,
        ),
    };
    let environments = Environments::new(
        home.environments(),
        &settings.org.value,
        &gitops::chart_repository(settings.port.value),
        forge.clone(),
        objects.clone(),
        process.clock(),
    );
    let environments = RegisteredEnvironments::new(environments, Arc::clone(&artifacts));
    Ports {
        clock: process.clock(),
        git: Arc::new(GitProgram::new(
            process.environment().clone(),
            interrupt.clone(),
        )),
        objects,
        forge,
        activities: service.activities.clone(),
        logs: Arc::new(LogFiles::new(home.logs())),
        owners: service.owners.clone(),
        checks: Some(Arc::new(PipelineChecks::new(
            service.clone(),
            platform.clone(),
            settings.start.value,
        ))),
        runner: service.runner.clone(),
        artifacts: Arc::clone(&artifacts),
        charts: Arc::new(RemoteCharts::new(
            cache_folder(process).join("charts"),
            Limits::default(),
            process.environment().clone(),
        )),
        packs: Arc::new(GitPacks::new(
            process.environment().clone(),
            interrupt.clone(),
            cache_folder(process).join("packs"),
        )),
        texts: Arc::new(ObjectDatabase),
        image_builder: Arc::new(BuilderProgram::new(process.environment().clone())),
        platform,
        host: Arc::new(ThisMachine {
            machine: machine_options(process, home),
            environments: Arc::new(environments),
            artifacts,
            service,
        }),
        interrupt,
    }
}

/// What can be fetched again: the folder of the XDG specification.
fn cache_folder(process: &Process) -> std::path::PathBuf {
    let base = process
        .var(env_vars::XDG_CACHE_HOME)
        .map(std::path::PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| {
            process
                .var(env_vars::HOME)
                .map(|home| Path::new(home).join(".cache"))
        });
    base.unwrap_or_else(|| process.current_dir().to_owned())
        .join("landfall")
}

/// The variables of the resident that apps get too.
const SHARED_VARIABLES: [&str; 5] = [
    env_vars::PATH,
    env_vars::LANG,
    env_vars::LC_ALL,
    env_vars::LC_CTYPE,
    env_vars::TZ,
];

fn machine_options(process: &Process, home: &Home) -> MachineOptions {
    let shared = |name: &str| Some((name.into(), process.var_os(name)?.to_owned()));
    MachineOptions {
        run: home.run(),
        logs: home.logs(),
        launcher: process.executable().into(),
        environment: SHARED_VARIABLES.into_iter().filter_map(shared).collect(),
        end_with_resident: true,
    }
}

/// Makes this process the local platform, from the parts that the settings chose.
#[derive(Debug)]
struct ThisMachine {
    machine: MachineOptions,
    environments: Arc<dyn EnvironmentSource>,
    artifacts: Arc<dyn ArtifactStore>,
    service: PipelineService,
}

#[async_trait]
impl Host for ThisMachine {
    async fn serve(&self, port: u16) -> Result<Box<dyn Serving>, ServeError> {
        let resident = Resident::start(ResidentOptions {
            machine: self.machine.clone(),
            port,
            environments: Arc::clone(&self.environments),
            artifacts: Arc::clone(&self.artifacts),
            tasks: vec![Box::new(PipelineWorker::new(self.service.clone()))],
        });
        Ok(Box::new(resident.await?))
    }
}

fn resolve_settings(cli: &Cli, process: &Process) -> Result<Settings, Failure> {
    let project = process
        .current_dir()
        .ancestors()
        .map(|folder| folder.join(".landfall/config.yaml"))
        .find(|path| path.is_file());
    let project = project
        .map(|path| read_settings(&path))
        .transpose()?
        .flatten();
    let user = user_settings_path(process)
        .map(|path| read_settings(&path))
        .transpose()?
        .flatten();
    Ok(Settings::resolve(
        &cli.global.settings(),
        process,
        project.as_ref(),
        user.as_ref(),
    )?)
}

fn user_settings_path(process: &Process) -> Option<std::path::PathBuf> {
    let base = process
        .var(env_vars::XDG_CONFIG_HOME)
        .map(std::path::PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| {
            process
                .var(env_vars::HOME)
                .map(|home| Path::new(home).join(".config"))
        })?;
    Some(base.join("landfall/config.yaml"))
}

fn read_settings(path: &Path) -> Result<Option<SettingsFile>, Failure> {
    let settings: Option<FileSettings> = yaml::read_if_there(path).map_err(|error| {
        Failure::from(error)
            .code(failure::Code::BAD_SETTING)
            .exit(Exit::Usage)
    })?;
    Ok(settings.map(|settings| SettingsFile {
        path: path.to_owned(),
        settings,
    }))
}

/// Prints help, version and usage errors as clap words them.
fn print_clap(error: &clap::Error) -> Exit {
    match error.print() {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::BrokenPipe,
        _ if error.use_stderr() => Exit::Usage,
        _ => Exit::Done,
    }
}

fn report(ui: &Ui, failure: &Failure) -> Exit {
    if failure.is_broken_pipe() {
        return Exit::BrokenPipe;
    }
    ui.failure(failure);
    failure.exit_code()
}
