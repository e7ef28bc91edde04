//! `landfall detect`

use std::path::PathBuf;

use crate::context::Context;
use crate::failure::{Code, Exit, Failure};
use crate::pack::Catalog;
use crate::pack::detect::{Detection, Outcome, detect};
use crate::project::MAX_FILES;
use crate::ui::output::{OutputArgs, OutputFormat};
use crate::ui::{Table, count, wrap};

/// Say which pack fits a repository, and why
///
/// Build files decide, not bytes. Several applications in one repository are listed with their folders.
///
/// Exit status: 0 when one pack or several applications were found, 5 when nothing was.
#[derive(Debug, clap::Args)]
pub struct DetectArgs {
    /// The repository
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

pub(super) fn run(context: &Context<'_>, args: &DetectArgs) -> Result<Exit, Failure> {
    let project = super::repository_files::load(context, &context.current_dir().join(&args.dir))?;
    if project.is_truncated() {
        context.ui.warn(format!(
            "only the first {} were looked at",
            count(MAX_FILES, "file")
        ));
    }
    let catalog = Catalog::load_own(context.settings.packs.value.as_deref())?;
    let detection = detect(&project, &catalog.rules()).look_closer(&project);
    match args.output.output {
        Some(OutputFormat::Name) => {
            let names: Vec<String> = detection
                .apps
                .iter()
                .map(|app| app.pack.clone() + "\n")
                .collect();
            context.ui.answer(&names.concat())?;
        }
        Some(OutputFormat::Wide) | None => {
            context.ui.answer(&text(&detection, context.ui.width()))?;
        }
        Some(format) => context.ui.document(format, &detection)?,
    }
    if detection.outcome == Outcome::None {
        if args.output.output.is_none() {
            return Err(nothing_fits(&detection));
        }
        return Ok(Exit::NotFound);
    }
    Ok(Exit::Done)
}

/// The failure of a repository that no pack fits.
pub(super) fn nothing_fits(detection: &Detection) -> Failure {
    let looked_for = "no go.mod, Cargo.toml, package.json, requirements.txt, pom.xml, Dockerfile, index.html or the like decides";
    let failure = Failure::new(format!("no pack fits: {looked_for}"))
        .code(Code::NO_PACK)
        .exit(Exit::NotFound)
        .hint("choose one with --pack; `landfall get packs` lists them");
    match detection.seen.as_slice() {
        [] => failure,
        seen => failure.hint(format!(
            "seen, but there is no pack for it: {}",
            seen.join(", ")
        )),
    }
}

fn text(detection: &Detection, width: Option<usize>) -> String {
    let mut text = match detection.outcome {
        Outcome::None => return String::new(),
        Outcome::Many => {
            let mut table = Table::new(["DIR", "PACK", "NAME", "PORT"]);
            for app in &detection.apps {
                table.row([
                    app.dir.clone(),
                    app.pack.clone(),
                    app.name.clone(),
                    app.port
                        .map_or_else(|| "<none>".to_owned(), |port| port.to_string()),
                ]);
            }
            table.print_within(width)
        }
        Outcome::One => {
            let mut table = Table::new(["VALUE", "CHOSEN", "BECAUSE"]);
            let first = detection.candidates.first();
            let because = first.and_then(|candidate| candidate.evidence.first());
            let because = because.map_or_else(String::new, |evidence| {
                format!("{} {}", evidence.path, evidence.because)
            });
            table.row([
                "pack".to_owned(),
                detection.pack.clone().unwrap_or_default(),
                because,
            ]);
            let folder = "the name of the folder".to_owned();
            table.row([
                "name".to_owned(),
                detection.name.clone().unwrap_or_default(),
                folder,
            ]);
            if let Some(found) = &detection.found_port {
                table.row([
                    "port".to_owned(),
                    found.port.to_string(),
                    found.because.clone(),
                ]);
            }
            if let Some(path) = &detection.dockerfile {
                table.row([
                    "Dockerfile".to_owned(),
                    path.clone(),
                    "is there already and is kept".to_owned(),
                ]);
            }
            if let Some(path) = &detection.chart {
                table.row([
                    "chart".to_owned(),
                    path.clone(),
                    "is there already and is kept".to_owned(),
                ]);
            }
            table.print_within(width)
        }
    };
    if detection.outcome == Outcome::One && detection.candidates.len() > 1 {
        let others: Vec<String> = detection.candidates[1..]
            .iter()
            .map(|candidate| {
                format!(
                    "{} ({}, score {})",
                    candidate.pack, candidate.dir, candidate.score
                )
            })
            .collect();
        let others = ["Also considered: ", &others.join(", ")].concat();
        text += &width.map_or_else(|| others.clone(), |width| wrap(&others, width, 2));
        text.push('\n');
    }
    text
}
