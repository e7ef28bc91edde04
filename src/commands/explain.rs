//! `landfall explain`

use crate::context::Context;
use crate::failure::{Code, Exit, Failure};

/// Say what an error code means and what to do
///
/// Example: landfall explain LF0003
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// The code, as the error printed it
    code: String,
}

pub(super) fn run(context: &Context<'_>, args: &ExplainArgs) -> Result<Exit, Failure> {
    let Some(code) = Code::parse(&args.code) else {
        let known: Vec<String> = Code::ALL.iter().map(ToString::to_string).collect();
        return Err(Failure::not_found(
            "error code",
            &args.code.to_uppercase(),
            &known,
        ));
    };
    context.ui.answer(code.page())?;
    Ok(Exit::Done)
}
