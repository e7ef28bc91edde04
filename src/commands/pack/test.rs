//! `landfall pack test`

use std::net::{Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use crate::context::Context;
use crate::demo::{DemoError, Scratch};
use crate::env_vars;
use crate::failure::{Code, Exit, Failure};
use crate::files::{self, WriteOptions};
use crate::pack::{BUILT_IN, Catalog, Pack, sample_path};
use crate::ui::{count, duration};

use super::source::open_folder_or;

/// Import a pack's own sample into a scratch repository and run its pipeline
///
/// The sample is the folder sample/ of the pack. It becomes a repository in a scratch folder with a local platform of its own, is
/// imported with the pack, and its first pipeline runs: it is tested, built, released and promoted. Nothing outside the scratch
/// folder is touched. The pipeline runs the sample's own commands on this machine, so the tools of its language have to be here.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  landfall pack test ./crystal
  landfall pack test ./crystal --set title=Hello --keep")]
pub struct TestArgs {
    /// The folder of the pack, or the name or address of one
    #[arg(value_name = "PACK", default_value = ".")]
    pack: String,
    /// Set a value of the import (repeatable)
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// How long the pipeline may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: u64,
    /// Leave the scratch folder where it is
    #[arg(long)]
    keep: bool,
}

pub(super) async fn run(context: &Context<'_>, args: &TestArgs) -> Result<Exit, Failure> {
    context.ports.git.version()?;
    let catalog = Catalog::load(context.settings.packs.value.as_deref())?;
    let pack = open_folder_or(context, &catalog, &args.pack)?;
    if pack.sample.is_empty() {
        return Err(
            Failure::new(format!("the pack {} has no sample", pack.name))
                .code(Code::BAD_PACK)
                .hint("put a small app into the folder sample/ beside its pack.yaml"),
        );
    }
    let mut environment: Vec<_> = context
        .process
        .environment()
        .iter()
        .filter(|(name, _)| *name != env_vars::LANDFALL_PORT)
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    environment.push((
        env_vars::LANDFALL_PORT.into(),
        free_port()?.to_string().into(),
    ));
    let mut scratch = Scratch::new(context.process.executable(), environment, args.keep)?;
    let tested = tokio::select! {
        tested = test(context, args, &pack, &scratch) => Some(tested),
        _ = tokio::signal::ctrl_c() => None,
    };
    scratch.clean_up().await;
    if args.keep {
        context.ui.say(format!(
            "the scratch folder is {}",
            scratch.folder().display()
        ));
    }
    let Some(tested) = tested else {
        return Ok(Exit::Interrupted);
    };
    tested.map_err(|error| {
        let failure = Failure::from(error);
        if args.keep {
            failure
        } else {
            failure.hint("--keep leaves the scratch folder for a look")
        }
    })?;
    context.ui.answer(&format!("pack/{} tested\n", pack.name))?;
    Ok(Exit::Done)
}

async fn test(
    context: &Context<'_>,
    args: &TestArgs,
    pack: &Pack,
    scratch: &Scratch,
) -> Result<(), DemoError> {
    let ui = context.ui;
    for (path, contents) in &pack.sample {
        let full = files::join_inside(&scratch.app(), &sample_path(path))?;
        files::write_atomic(&full, contents, WriteOptions::default())?;
    }
    for git in [
        ["init", "--quiet", "--initial-branch=main"].as_slice(),
        // A machine without a Git identity tests packs too.
        &["config", "user.name", "Pack test"],
        &["config", "user.email", "pack-test@example.com"],
        &["add", "--all"],
        &["commit", "--quiet", "--message", "feat: the sample"],
    ] {
        scratch.git(git).await?;
    }
    ui.say(format!(
        "the sample of {}: {}",
        pack.name,
        count(pack.sample.len(), "file")
    ));
    let mut import = vec!["import", "--batch-mode", "--pack"];
    let place = place(context, args, pack);
    import.push(&place);
    for set in &args.set {
        import.extend(["--set", set]);
    }
    scratch.landfall(&import).await?;
    let files = scratch
        .git(&["show", "--name-only", "--format=", "HEAD"])
        .await?;
    ui.say(format!(
        "imported: {} in one commit",
        count(files.lines().count(), "file")
    ));
    let begun = Instant::now();
    let limit = Duration::from_secs(args.timeout);
    let runs = "demo/hello/main";
    let watch = [
        "get",
        "activities",
        "--filter",
        runs,
        "--watch",
        "--exit-status",
    ];
    let watched = tokio::time::timeout(limit, scratch.landfall(&watch)).await;
    let watched = watched.map_err(|_| DemoError::TimedOut {
        what: "the end of the pipeline".to_owned(),
        limit,
    })?;
    if let Err(error) = watched {
        // Best effort: what failed is told by the error.
        if let Ok(logs) = scratch.landfall(&["logs"]).await {
            for line in last_lines(&logs) {
                ui.say(line);
            }
        }
        return Err(error);
    }
    let table = scratch
        .landfall(&["get", "activities", "--filter", runs])
        .await?;
    for line in table.lines() {
        ui.say(line);
    }
    ui.say(format!(
        "the pipeline succeeded after {}",
        duration(begun.elapsed())
    ));
    Ok(())
}

/// How a child names the pack; it runs in another folder.
fn place(context: &Context<'_>, args: &TestArgs, pack: &Pack) -> String {
    if pack.source == BUILT_IN {
        return pack.name.clone();
    }
    let folder = context.current_dir().join(&args.pack);
    if pack.commit.is_none() && folder.join("pack.yaml").is_file() {
        return folder.display().to_string();
    }
    match &pack.commit {
        Some(_) => args.pack.clone(),
        None => pack.source.clone(),
    }
}

fn last_lines(text: &str) -> Vec<&str> {
    const SHOWN: usize = 30;
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(SHOWN)..].to_vec()
}

/// A port for the platform of the test; nobody else takes it in the moment until it starts.
fn free_port() -> Result<u16, Failure> {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map_err(anyhow::Error::new)?
        .port();
    Ok(port)
}
