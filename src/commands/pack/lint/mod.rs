//! `landfall pack lint`

mod chart;
mod pipeline;

use std::fmt::Write as _;

use crate::context::Context;
use crate::failure::{Code, Exit, Failure};
use crate::pack::check::{Finding, Severity, Variant, check};
use crate::pack::{Catalog, Pack};
use crate::ui::count;
use crate::ui::output::{OutputArgs, OutputFormat};

use super::source::open_folder_or;

/// Check a pack: pack.yaml, templates, Dockerfile, chart and pipelines
///
/// Renders everything that the pack writes, once for each choice that its variables offer, and judges it: the form of Dockerfiles,
/// the chart as `landfall lint` does, the pipelines as Tekton's admission does. Nothing of the pack is run. Each finding names the
/// pack's own file and line; of rendered text it is the nearest line of the template.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  landfall pack lint ./crystal
  landfall pack lint ./crystal --strict -o json")]
pub struct LintArgs {
    /// The folder of the pack, or the name or address of one
    #[arg(value_name = "PACK", default_value = ".")]
    pack: String,
    /// Set a variable that has no default (repeatable)
    #[arg(long, value_name = "NAME=VALUE", value_parser = answer)]
    set: Vec<(String, String)>,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    pub(in super::super) output: OutputArgs,
}

fn answer(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .filter(|(name, _)| !name.is_empty())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .ok_or_else(|| "NAME=VALUE is expected".to_owned())
}

pub(super) fn run(context: &Context<'_>, args: &LintArgs) -> Result<Exit, Failure> {
    let catalog = Catalog::load(context.settings.packs.value.as_deref())?;
    let (name, variants, findings) = match open_folder_or(context, &catalog, &args.pack) {
        Ok(pack) => {
            let (variants, findings) = look(&pack, &args.set)?;
            (pack.name, variants, findings)
        }
        Err(failure) => {
            // What keeps a pack from being read at all is a finding like others; that there is none is a failure.
            match failure.stable_code() {
                Some(Code::BAD_PACK | Code::FILE) => {
                    let text = failure.chain().join(": ");
                    let (place, message) = text.split_once(": ").unwrap_or((&args.pack, &text));
                    (args.pack.clone(), 0, vec![Finding::error(place, message)])
                }
                _ => return Err(failure),
            }
        }
    };
    show(context, args, &findings)?;
    let errors = findings
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .count();
    let warnings = findings.len() - errors;
    if errors > 0 || (args.strict && warnings > 0) {
        return Err(Failure::new(format!(
            "the pack {name} has {} and {}",
            count(errors, "error"),
            count(warnings, "warning")
        ))
        .code(Code::BAD_PACK));
    }
    context.ui.say(format!(
        "the pack {name} is good: {} rendered, {}",
        count(variants, "variant"),
        count(warnings, "warning")
    ));
    Ok(Exit::Done)
}

/// How many variants were rendered, and what is wrong.
fn look(pack: &Pack, answers: &[(String, String)]) -> Result<(usize, Vec<Finding>), Failure> {
    let (variants, mut findings) = check(pack, answers);
    for variant in &variants {
        let found = [chart::check(pack, variant)?, pipeline::check(pack, variant)];
        for finding in found.into_iter().flatten() {
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
    findings.sort_by(|one, other| {
        (other.severity, &one.place, &one.message).cmp(&(
            one.severity,
            &other.place,
            &other.message,
        ))
    });
    Ok((variants.len(), findings))
}

/// Where a line of a rendered file comes from, as `path:line`.
fn place(pack: &Pack, variant: &Variant, path: &str, line: Option<usize>) -> String {
    let Some(file) = variant.files.get(path) else {
        return path.to_owned();
    };
    match line {
        Some(line) => format!(
            "{}:{}",
            file.origin,
            crate::pack::check::source_line(pack, file, line)
        ),
        None => file.origin.clone(),
    }
}

fn show(context: &Context<'_>, args: &LintArgs, findings: &[Finding]) -> Result<(), Failure> {
    if let Some(format @ (OutputFormat::Json | OutputFormat::Yaml | OutputFormat::Jsonl)) =
        args.output.output
    {
        return context.ui.list(format, findings);
    }
    let mut lines = String::new();
    for Finding {
        place,
        severity,
        message,
    } in findings
    {
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "{place}: {severity}: {message}");
    }
    context.ui.answer(&lines)
}
