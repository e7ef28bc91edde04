//! `landfall dependency ...`: Helm's command, so that scripts can swap the binary.

mod build;
mod list;
mod update;

use std::path::PathBuf;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::ports::charts::{Access, Login};
use crate::render::dependency::{Call, Talk, Update};
use crate::render::provenance::Trust;
use crate::ui::Ui;

use super::helm::HelmConfig;

/// What can be done with the dependencies of a chart.
#[derive(Debug, Subcommand)]
pub enum DependencyCommand {
    /// Rebuild charts/ from the lock file
    Build(build::BuildArgs),
    /// List the dependencies of a chart and what charts/ holds of them
    #[command(visible_alias = "ls")]
    List(list::ListArgs),
    /// Resolve the dependencies of a chart anew and bring charts/ up to date
    #[command(visible_alias = "up")]
    Update(update::UpdateArgs),
}

pub(super) async fn run(
    context: &Context<'_>,
    command: &DependencyCommand,
) -> Result<Exit, Failure> {
    match command {
        DependencyCommand::Build(args) => build::run(context, args).await,
        DependencyCommand::List(args) => list::run(context, args),
        DependencyCommand::Update(args) => update::run(context, args).await,
    }
}

/// Flags that `update` and `build` share.
#[derive(Debug, clap::Args)]
struct FetchArgs {
    /// The folder of the chart (default: this one)
    #[arg(value_name = "CHART")]
    words: Vec<String>,
    /// Take the indexes that were fetched before
    #[arg(long)]
    skip_refresh: bool,
    /// Name for the registry
    #[arg(long, value_name = "NAME")]
    username: Option<String>,
    /// Password for the registry
    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,
    /// Certificates to trust instead of the system's, for the registry
    #[arg(long, value_name = "FILE")]
    ca_file: Option<PathBuf>,
    /// Certificate to show to the registry
    #[arg(long, value_name = "FILE")]
    cert_file: Option<PathBuf>,
    /// Key of --cert-file
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// Do not check the registry's certificate
    #[arg(long)]
    insecure_skip_tls_verify: bool,
    /// Speak http with the registry
    #[arg(long)]
    plain_http: bool,
    /// Helm's file of repositories
    #[arg(long, value_name = "FILE")]
    repository_config: Option<PathBuf>,
    /// Helm's file of logins for registries
    #[arg(long, value_name = "FILE")]
    registry_config: Option<PathBuf>,
    #[command(flatten)]
    unused: UnusedArgs,
    /// Check the packages against their signatures
    #[arg(long)]
    verify: bool,
    /// The public keys for --verify [default: pubring.gpg of gpg, else pubring.kbx]
    #[arg(long, value_name = "FILE")]
    keyring: Option<PathBuf>,
}

/// Flags of helm that change nothing here.
#[derive(Debug, clap::Args)]
struct UnusedArgs {
    #[arg(long, hide = true)]
    debug: bool,
    #[arg(long, hide = true)]
    repository_cache: Option<PathBuf>,
    #[arg(long, hide = true)]
    content_cache: Option<PathBuf>,
    #[arg(short, long, hide = true)]
    namespace: Option<String>,
    #[arg(long, hide = true)]
    kubeconfig: Option<PathBuf>,
    #[arg(long, hide = true)]
    kube_context: Option<String>,
}

async fn fetch(context: &Context<'_>, call: Call, args: &FetchArgs) -> Result<Exit, Failure> {
    let current = context.current_dir();
    let config = HelmConfig { context };
    let file = |path: &Option<PathBuf>| path.as_ref().map(|path| current.join(path));
    let update = Update {
        call,
        words: args.words.clone(),
        skip_refresh: args.skip_refresh,
        repository_config: config.repositories(args.repository_config.as_deref()),
        registry: Access {
            login: Login::new(
                args.username.as_deref().unwrap_or_default(),
                args.password.as_deref().unwrap_or_default(),
            ),
            ca_file: file(&args.ca_file),
            client_certificate: file(&args.cert_file).zip(file(&args.key_file)),
            skip_tls_verify: args.insecure_skip_tls_verify,
            plain_http: args.plain_http,
            login_files: config.logins(args.registry_config.as_deref()),
            ..Access::default()
        },
        trust: args.verify.then(|| Trust {
            keyring: args.keyring.clone().unwrap_or_else(|| config.keyring()),
            folder: current.to_owned(),
            now: context.ports.clock.now(),
        }),
        folder: current.to_owned(),
        now: context.ports.clock.now(),
    };
    let mut printer = Printer::new(context.ui);
    let is_done = update.run(&*context.ports.charts, &mut printer).await;
    printer.end(is_done)
}

/// Prints as the words come.
struct Printer<'a> {
    ui: &'a Ui,
    /// The first line that could not be printed.
    broken: Option<Failure>,
}

impl<'a> Printer<'a> {
    fn new(ui: &'a Ui) -> Self {
        Self { ui, broken: None }
    }

    fn end(self, is_done: bool) -> Result<Exit, Failure> {
        match (self.broken, is_done) {
            (Some(failure), _) => Err(failure),
            (None, true) => Ok(Exit::Done),
            (None, false) => Ok(Exit::Failed),
        }
    }
}

impl Talk for Printer<'_> {
    fn line(&mut self, line: &str) {
        // The work goes on when nobody listens: it is half done already.
        if self.broken.is_none() {
            self.broken = self.ui.answer(&format!("{line}\n")).err();
        }
    }

    fn log(&mut self, line: &str) {
        self.ui.pass_on(&format!("{line}\n"));
    }
}
