//! `landfall step`: what the pipelines of a pack call. Each does one thing, and doing it twice is fine.

mod chart;
mod checkout;
mod image;
mod tag;

use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::context::Context;
use crate::failure::{Code, Exit, Failure};
use crate::pack::{ImportRecord, RECORD_PATH};
use crate::ports::git::{Checkout, CommitId};
use crate::yaml;

/// Do one step of a pipeline
#[derive(Debug, Subcommand)]
pub enum StepCommand {
    /// Put a commit into the current folder
    Checkout(checkout::CheckoutArgs),
    /// Make the image from what the build left
    Image(image::ImageArgs),
    /// Package the chart of a release
    Chart(chart::ChartArgs),
    /// Tag the commit with its version
    Tag(tag::TagArgs),
}

pub(super) fn run(context: &Context<'_>, command: StepCommand) -> Result<Exit, Failure> {
    match command {
        StepCommand::Checkout(args) => checkout::run(context, &args),
        StepCommand::Image(args) => image::run(context, &args),
        StepCommand::Chart(args) => chart::run(context, &args),
        StepCommand::Tag(args) => tag::run(context, &args),
    }
}

/// The repository around the current folder and the commit that it has checked out.
fn checkout_here(context: &Context<'_>) -> Result<(Checkout, CommitId), Failure> {
    let folder = context.current_dir();
    let checkout = context.ports.git.discover(folder)?.ok_or_else(|| {
        Failure::new(format!("{} is in no Git repository", folder.display()))
            .code(Code::NO_REPOSITORY)
    })?;
    let commit = checkout.head.commit().cloned().ok_or_else(|| {
        Failure::new(format!("{} has no commit yet", checkout.root.display()))
            .code(Code::NO_REPOSITORY)
    })?;
    Ok((checkout, commit))
}

/// The app's name, as its import recorded it.
fn app_name(root: &Path) -> Result<String, Failure> {
    let path = root.join(RECORD_PATH);
    let record: Option<ImportRecord> = yaml::read_if_there(&path)?;
    let record = record.ok_or_else(|| {
        Failure::new(format!(
            "{} is not there: this repository was not imported",
            path.display()
        ))
        .code(Code::NOT_FOUND)
        .exit(Exit::NotFound)
        .hint("`landfall import` writes it")
    })?;
    Ok(record.app)
}

/// The root of the app's repository: where `.landfall` is.
fn app_root(context: &Context<'_>) -> PathBuf {
    let here = context.current_dir();
    here.ancestors()
        .find(|folder| folder.join(".landfall").is_dir())
        .unwrap_or(here)
        .to_owned()
}
