//! `landfall create pack`

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use include_dir::{Dir, include_dir};
use serde::Serialize;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::files::{self, WriteOptions};
use crate::pack::check_pack_name;
use crate::ui::count;
use crate::ui::output::{OutputArgs, OutputFormat};

static SKELETON: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/pack");

/// Make a pack that works, to be changed into one's own
///
/// The new folder holds a pack.yaml with a variable of each kind, a Dockerfile, pipeline tasks and a sample app that needs nothing but
/// a shell. `landfall pack lint` and `landfall pack test` succeed on it as it is. Making it again changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  landfall create pack crystal
  landfall pack lint crystal && landfall pack test crystal")]
pub struct PackArgs {
    /// Its name: a-z first, then a-z, 0-9 and -
    name: String,
    /// The folder (default: one of that name)
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Say what would be written and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    pub(in super::super) output: OutputArgs,
}

#[derive(Serialize)]
struct Plan {
    name: String,
    folder: String,
    files: Vec<String>,
}

pub(super) fn run(context: &Context<'_>, args: &PackArgs) -> Result<Exit, Failure> {
    check_pack_name(&args.name).map_err(Failure::usage)?;
    let folder = args
        .dir
        .clone()
        .unwrap_or_else(|| PathBuf::from(&args.name));
    let folder: PathBuf = context.current_dir().join(folder).components().collect();
    let mut wanted = BTreeMap::new();
    collect(&SKELETON, &args.name, &mut wanted);
    let mut missing = Vec::new();
    for (path, text) in &wanted {
        let full = folder.join(path);
        match files::entry(&full)? {
            None => missing.push(path.clone()),
            Some(_)
                if files::read_text_if_there(&full)
                    .is_ok_and(|there| there.as_ref() == Some(text)) => {}
            Some(_) => {
                return Err(Failure::new(format!(
                    "{} is there already, and is another file",
                    full.display()
                ))
                .exit(Exit::Conflict)
                .hint("choose another folder with --dir"));
            }
        }
    }
    // A folder with other things in it is somebody's own; what an interrupted call left holds nothing else.
    let is_own = missing.len() < wanted.len();
    if !is_own && !files::list_dir(&folder)?.is_empty() {
        return Err(Failure::new(format!("{} is not empty", folder.display()))
            .exit(Exit::Conflict)
            .hint("choose another folder with --dir"));
    }
    let plan = Plan {
        name: args.name.clone(),
        folder: folder.display().to_string(),
        files: missing,
    };
    if !args.dry_run {
        for path in &plan.files {
            let text = wanted.get(path).map(String::as_str).unwrap_or_default();
            files::write_atomic(&folder.join(path), text.as_bytes(), WriteOptions::default())?;
        }
    }
    show(context, args, &plan)?;
    Ok(Exit::Done)
}

fn show(context: &Context<'_>, args: &PackArgs, plan: &Plan) -> Result<(), Failure> {
    match args.output.output {
        Some(OutputFormat::Name) => return context.ui.names("pack", [&plan.name]),
        Some(format @ (OutputFormat::Json | OutputFormat::Yaml | OutputFormat::Jsonl)) => {
            return context.ui.document(format, plan);
        }
        _ => {}
    }
    if args.dry_run {
        let mut lines = String::new();
        for path in &plan.files {
            // Writing to a String cannot fail.
            let _ = writeln!(lines, "add     {path}");
        }
        return context.ui.answer(&lines);
    }
    let did = if plan.files.is_empty() {
        "is there already"
    } else {
        "created"
    };
    context.ui.answer(&format!("pack/{} {did}\n", plan.name))?;
    context.ui.say(format!(
        "{} in {}",
        count(plan.files.len(), "file"),
        plan.folder
    ));
    context.ui.say("Next:");
    let folder = args
        .dir
        .as_ref()
        .map_or_else(|| args.name.clone(), |dir| dir.display().to_string());
    context.ui.say(format!("  landfall pack lint {folder}"));
    context.ui.say(format!("  landfall pack test {folder}"));
    Ok(())
}

fn collect(dir: &Dir<'_>, name: &str, files: &mut BTreeMap<String, String>) {
    for file in dir.files() {
        if let Some(text) = file.contents_utf8() {
            let path = file.path().to_string_lossy().into_owned();
            files.insert(path, text.replace("__name__", name));
        }
    }
    for dir in dir.dirs() {
        collect(dir, name, files);
    }
}
