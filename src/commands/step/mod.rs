//! `landfall step`: what the pipelines of a pack call. Each does one thing, and doing it twice is fine.

mod chart;
mod checkout;
mod image;
mod tag;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::{Exit, Failure};

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
