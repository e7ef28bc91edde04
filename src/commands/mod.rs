//! One file per subcommand, named as it is typed; groups are folders. Dispatch is dull on purpose.

mod app_here;
mod applications;
mod apply;
mod changelog;
mod chart_args;
mod completion;
mod config;
mod convert_charts;
mod create;
mod current_app;
mod demo;
mod dependency;
mod describe;
mod detect;
mod down;
mod edit;
mod environments;
mod explain;
mod gc;
mod get;
pub mod helm;
mod history;
mod import;
mod lint;
mod local_platform;
mod logs;
mod next_version;
mod own_edits;
mod pack;
mod planned;
mod promote;
mod render;
mod repository_files;
mod runs;
mod serve;
mod serve_static;
mod start;
mod status;
mod step;
mod stop;
mod template;
mod up;
mod upgrade;
mod version;
mod watch;

use std::ffi::OsString;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::{Exit, Failure};

/// Everything that can be typed after `landfall`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make an environment what its repository says, now
    Apply(apply::ApplyArgs),
    /// Print what is in a release, as Markdown
    Changelog(changelog::ChangelogArgs),
    /// Print the script that completes landfall's commands in a shell
    Completion(completion::CompletionArgs),
    /// Show the settings
    #[command(subcommand)]
    Config(config::ConfigCommand),
    /// Make an app or an environment
    #[command(subcommand)]
    Create(create::CreateCommand),
    /// Tell the whole story on a sample app, in a scratch folder, in about a minute
    Demo(demo::DemoArgs),
    /// Manage the dependencies of a chart exactly as helm dependency does
    #[command(subcommand, visible_alias = "dep", alias = "dependencies")]
    Dependency(dependency::DependencyCommand),
    /// Show one object in full
    #[command(subcommand)]
    Describe(describe::DescribeCommand),
    /// Say which pack fits a repository, and why
    Detect(detect::DetectArgs),
    /// End the local platform with all apps
    Down(down::DownArgs),
    /// Change how the app is deployed
    #[command(subcommand)]
    Edit(edit::EditCommand),
    /// Say what an error code means and what to do
    Explain(explain::ExplainArgs),
    /// Remove what is kept only for a while
    #[command(subcommand)]
    Gc(gc::GcCommand),
    /// List objects
    #[command(subcommand)]
    Get(get::GetCommand),
    /// Import a repository: build pack, chart, pipelines, and its first release
    Import(import::ImportArgs),
    /// Print the logs of a run's steps
    Logs(logs::LogsArgs),
    /// Print the version of the next release
    NextVersion(next_version::NextVersionArgs),
    /// Check and test packs, for those who write them
    #[command(subcommand)]
    Pack(pack::PackCommand),
    /// Do one step of a pipeline
    #[command(subcommand)]
    Step(step::StepCommand),
    /// Run the local platform in the foreground
    Serve(serve::ServeArgs),
    /// Serve the files of a folder over HTTP, as an app of the local platform does
    #[command(hide = true)]
    ServeStatic(serve_static::ServeStaticArgs),
    /// Start something: a pipeline
    #[command(subcommand)]
    Start(start::StartCommand),
    /// Show what runs on the local platform
    Status(status::StatusArgs),
    /// Stop something that runs: a pipeline
    #[command(subcommand)]
    Stop(stop::StopCommand),
    /// Start the local platform in the background
    Up(up::UpArgs),
    /// Bring something up to date: the pack of a repository
    #[command(subcommand)]
    Upgrade(upgrade::UpgradeCommand),
    /// Render a chart to the documents that would be applied
    Render(render::RenderArgs),
    /// Check charts as helm lint does, and for what it does not say
    Lint(lint::LintArgs),
    /// Render a chart exactly as helm template does
    Template(template::TemplateArgs),
    /// Bring a release into an environment, by a pull request
    Promote(promote::PromoteArgs),
    /// Print the version
    Version(version::VersionArgs),
    /// Watch one activity until it ends
    Watch(watch::WatchArgs),
    /// Anything else: refused by name.
    #[command(external_subcommand)]
    Other(Vec<OsString>),
}

impl Command {
    /// Whether the command runs on several threads: the resident process does.
    pub fn is_resident(&self) -> bool {
        matches!(self, Self::Serve(_))
    }

    /// Whether the answer is JSON, so that errors are too.
    pub fn is_json(&self) -> bool {
        match self {
            Self::Apply(args) => args.output.is_json(),
            Self::Changelog(args) => args.output.is_json(),
            Self::Config(command) => command.is_json(),
            Self::Create(command) => command.is_json(),
            Self::Describe(command) => command.is_json(),
            Self::Detect(args) => args.output.is_json(),
            Self::Edit(command) => command.is_json(),
            Self::Gc(command) => command.is_json(),
            Self::Get(command) => command.is_json(),
            Self::Import(args) => args.output.is_json(),
            Self::NextVersion(args) => args.output.is_json(),
            Self::Pack(command) => command.is_json(),
            Self::Start(command) => command.is_json(),
            Self::Status(args) => args.output.is_json(),
            Self::Promote(args) => args.output.is_json(),
            Self::Upgrade(command) => command.is_json(),
            Self::Version(args) => args.output.is_json(),
            Self::Watch(args) => args.output.is_json(),
            Self::Completion(_)
            | Self::Demo(_)
            | Self::Dependency(_)
            | Self::Explain(_)
            | Self::Logs(_)
            | Self::Step(_)
            | Self::Stop(_)
            | Self::Down(_)
            | Self::Serve(_)
            | Self::ServeStatic(_)
            | Self::Up(_)
            | Self::Render(_)
            | Self::Lint(_)
            | Self::Template(_)
            | Self::Other(_) => false,
        }
    }

    /// Runs it.
    ///
    /// # Errors
    /// Whatever the command fails with; `lib::run` prints it once.
    pub async fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        match self {
            Self::Apply(args) => apply::run(context, &args).await,
            Self::Changelog(args) => changelog::run(context, &args),
            Self::Completion(args) => completion::run(context, &args),
            Self::Config(command) => config::run(context, command),
            Self::Create(command) => create::run(context, &command).await,
            Self::Demo(args) => demo::run(context, &args).await,
            Self::Dependency(command) => dependency::run(context, &command).await,
            Self::Describe(command) => describe::run(context, &command),
            Self::Detect(args) => detect::run(context, &args),
            Self::Down(args) => down::run(context, &args).await,
            Self::Edit(command) => edit::run(context, &command),
            Self::Explain(args) => explain::run(context, &args),
            Self::Gc(command) => gc::run(context, command),
            Self::Get(command) => get::run(context, command).await,
            Self::Import(args) => import::run(context, &args).await,
            Self::Logs(args) => logs::run(context, &args).await,
            Self::NextVersion(args) => next_version::run(context, &args),
            Self::Pack(command) => pack::run(context, &command).await,
            Self::Step(command) => step::run(context, command),
            Self::Serve(args) => serve::run(context, &args).await,
            Self::ServeStatic(args) => serve_static::run(context, &args).await,
            Self::Start(command) => start::run(context, command).await,
            Self::Status(args) => status::run(context, &args).await,
            Self::Stop(command) => stop::run(context, command).await,
            Self::Up(args) => up::run(context, &args).await,
            Self::Upgrade(command) => upgrade::run(context, &command).await,
            Self::Render(args) => render::run(context, &args),
            Self::Lint(args) => lint::run(context, &args),
            Self::Template(args) => template::run(context, &args).await,
            Self::Promote(args) => promote::run(context, &args).await,
            Self::Version(args) => version::run(context, &args),
            Self::Watch(args) => watch::run(context, &args).await,
            Self::Other(words) => planned::run(&words),
        }
    }
}
