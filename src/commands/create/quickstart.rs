//! `landfall create quickstart`

use std::path::{Component, Path, PathBuf};

use clap::FromArgMatches as _;

use crate::context::Context;
use crate::demo::Sample;
use crate::failure::{Code, Exit, Failure, near_names};
use crate::files;
use crate::ports::git::{BranchName, CommitId, RefName, RemoteUrl};
use crate::project::AppName;
use crate::ui::output::{OutputArgs, OutputFormat};

use super::super::import::{self, ImportArgs};

/// What is made in this folder, beside the new one, until it is whole.
const STAGING: &str = ".landfall-quickstart";

/// In the new repository's `.git`: what it was made from, so that the same command goes on where it was interrupted.
const MARK: &str = "landfall-quickstart";

/// Make a new app from a sample or from a repository, and import it
///
/// Makes the folder, a Git repository in it and the first commit, and goes on as `landfall import` does: chart, pipelines, the
/// first release. The samples are in this program and need no network. Of a repository elsewhere the files of one revision are
/// taken, without its history. The same command again goes on where it was interrupted.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  landfall create quickstart go --project-name shop
  landfall create quickstart --from https://git.example.com/acme/starter@v1.2.0
  landfall create quickstart static --dry-run")]
pub struct QuickstartArgs {
    /// The sample: the name of its pack
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Take the files of a repository instead, at a branch, a tag or a commit
    #[arg(long, value_name = "URL[@REV]", conflicts_with = "name")]
    from: Option<String>,
    /// Call the app and its folder so (default: NAME-quickstart, or the repository's name)
    #[arg(short, long, visible_alias = "name", value_name = "APP")]
    project_name: Option<String>,
    /// The owner of the repository on the forge
    #[arg(long, value_name = "OWNER")]
    org: Option<String>,
    /// Use this pack instead of the detected one
    #[arg(long, value_name = "PACK")]
    pack: Option<String>,
    /// The folder that the new one is made in (default: the current one)
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Say what would be made and change nothing anywhere
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    pub(in super::super) output: OutputArgs,
}

/// Where the files come from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    Sample(Sample),
    Repository {
        url: RemoteUrl,
        revision: Option<String>,
    },
}

impl Source {
    /// What it is called in messages and in the mark.
    fn label(&self) -> String {
        match self {
            Self::Sample(sample) => format!("the sample {}", sample.pack()),
            Self::Repository {
                url,
                revision: None,
            } => url.to_string(),
            Self::Repository {
                url,
                revision: Some(revision),
            } => format!("{url}@{revision}"),
        }
    }

    /// What the app is called when nobody says it.
    fn default_name(&self) -> Option<String> {
        match self {
            Self::Sample(sample) => Some(format!("{}-quickstart", sample.pack())),
            Self::Repository { url, .. } => {
                let text = url.as_git().trim_end_matches('/');
                let last = text.rsplit(['/', ':']).next()?;
                let last = last.strip_suffix(".git").unwrap_or(last);
                AppName::from_text(last).map(|name| name.to_string())
            }
        }
    }
}

pub(super) async fn run(context: &Context<'_>, args: &QuickstartArgs) -> Result<Exit, Failure> {
    let source = source(context, args)?;
    let name = app_name(context, args, &source)?;
    let above = args.dir.as_ref().map_or_else(
        || context.current_dir().to_owned(),
        |dir| context.current_dir().join(dir),
    );
    let folder = above.join(name.as_str());
    let is_begun = is_begun(&folder, &source)?;
    if args.dry_run {
        return show(context, args, &source, &name, &folder, is_begun);
    }
    context.ports.git.version()?;
    if let Ok(Some(around)) = context.ports.git.discover(&above) {
        context.ui.warn(format!(
            "{} is inside the repository {}, which does not hold it",
            folder.display(),
            around.root.display()
        ));
    }
    if is_begun {
        context
            .ui
            .say(format!("{} is there already; going on", folder.display()));
    } else {
        make(context, &source, &above, &folder)?;
    }
    import::run(context, &import_args(args, &name, &folder)?).await
}

/// The sample or the repository that is asked for; on a terminal, a list to choose from.
fn source(context: &Context<'_>, args: &QuickstartArgs) -> Result<Source, Failure> {
    if let Some(from) = &args.from {
        let (url, revision) = split_revision(from);
        let url = address(context, url);
        let url = url.parse().map_err(|error| {
            Failure::from(anyhow::Error::new::<crate::ports::git::BadName>(error))
                .exit(Exit::Usage)
                .hint("URL or URL@REVISION is expected")
        })?;
        return Ok(Source::Repository {
            url,
            revision: revision.map(str::to_owned),
        });
    }
    let known: Vec<String> = Sample::ALL
        .iter()
        .map(|sample| sample.pack().to_owned())
        .collect();
    let Some(name) = &args.name else {
        let choices: Vec<String> = Sample::ALL
            .iter()
            .map(|sample| format!("{}: a small server in {sample}", sample.pack()))
            .collect();
        let chosen = context
            .ui
            .choose("Which quickstart?", &choices, "the name of one, or --from");
        let chosen =
            chosen.map_err(|failure| failure.hint(format!("quickstarts: {}", known.join(", "))))?;
        return Ok(Source::Sample(
            Sample::ALL.get(chosen).copied().unwrap_or(Sample::Static),
        ));
    };
    Sample::of_pack(name).map(Source::Sample).ok_or_else(|| {
        let near = near_names(name, &known);
        let failure = Failure::new(format!("no quickstart is called \"{name}\""))
            .code(Code::NOT_FOUND)
            .exit(Exit::NotFound);
        let failure = if near.is_empty() {
            failure
        } else {
            failure.hint(format!("did you mean {}?", near.join(" or ")))
        };
        failure
            .hint(format!("quickstarts: {}", known.join(", ")))
            .hint("or name a repository with --from URL")
    })
}

/// `URL@REV`: the last `@` behind the host, if there is one.
fn split_revision(text: &str) -> (&str, Option<&str>) {
    let path = match text.find("://") {
        Some(at) => text[at + 3..].find('/').map(|slash| at + 3 + slash),
        // A plain name is a folder here.
        None => Some(text.find([':', '/']).unwrap_or(0)),
    };
    let Some(path) = path else {
        return (text, None);
    };
    match text[path..].rfind('@') {
        Some(at) => (&text[..path + at], Some(&text[path + at + 1..])),
        None => (text, None),
    }
}

/// A path is taken from the current folder; everything else is an address.
fn address(context: &Context<'_>, text: &str) -> String {
    if text.contains("://") || text.contains(':') {
        return text.to_owned();
    }
    let path: PathBuf = context
        .current_dir()
        .join(text)
        .components()
        .filter(|part| *part != Component::CurDir)
        .collect();
    path.display().to_string()
}

fn app_name(
    context: &Context<'_>,
    args: &QuickstartArgs,
    source: &Source,
) -> Result<AppName, Failure> {
    if let Some(name) = &args.project_name {
        return Ok(AppName::parse(name)?);
    }
    let default = source.default_name().ok_or_else(|| {
        Failure::usage(format!(
            "{} has no name that an app could have",
            source.label()
        ))
        .code(Code::BAD_NAME)
        .hint("give one with --project-name")
    })?;
    // Without a terminal the default stands: a script that wants another name gives it.
    let name = if context.ui.is_terminal() {
        context
            .ui
            .ask("What is the app called?", &default, "--project-name")?
    } else {
        default
    };
    Ok(AppName::parse(&name)?)
}

/// Whether an earlier call made the folder from the same source. One that holds anything else is refused.
fn is_begun(folder: &Path, source: &Source) -> Result<bool, Failure> {
    let mark = files::read_text_if_there(&folder.join(".git").join(MARK))
        .ok()
        .flatten();
    if let Some(mark) = mark {
        if mark.trim_end() == source.label() {
            return Ok(true);
        }
        return Err(taken(
            folder,
            &format!("it was made from {}", mark.trim_end()),
        ));
    }
    match files::entry(folder)? {
        None => Ok(false),
        Some(files::Entry::Folder) if files::list_dir(folder)?.is_empty() => Ok(false),
        Some(files::Entry::Folder) => Err(taken(folder, "it is not empty")),
        Some(_) => Err(taken(folder, "it is no folder")),
    }
}

fn taken(folder: &Path, why: &str) -> Failure {
    Failure::new(format!("{} is there already: {why}", folder.display()))
        .exit(Exit::Conflict)
        .hint("choose another name with --project-name, or another folder with --dir")
}

/// Makes the repository beside its place and moves it there when it is whole.
fn make(
    context: &Context<'_>,
    source: &Source,
    above: &Path,
    folder: &Path,
) -> Result<(), Failure> {
    let staging = above.join(STAGING);
    // What an interrupted call left.
    files::remove_dir_all(&staging)?;
    files::create_dir_all(&staging)?;
    let made = fill(context, source, &staging, folder);
    let removed = files::remove_dir_all(&staging);
    made?;
    removed?;
    Ok(())
}

fn fill(
    context: &Context<'_>,
    source: &Source,
    staging: &Path,
    folder: &Path,
) -> Result<(), Failure> {
    let git = &context.ports.git;
    let new = staging.join("new");
    let from = match source {
        Source::Sample(sample) => {
            files::create_dir_all(&new)?;
            sample.write(&new)?;
            source.label()
        }
        Source::Repository { url, revision } => {
            let progress = context.ui.progress(format!("cloning {url}"));
            git.clone_new(url, &new)?;
            drop(progress);
            let commit = check_out(context, url, &new, revision.as_deref())?;
            files::remove_dir_all(&new.join(".git"))?;
            format!("{url} at {}", commit.short())
        }
    };
    git.init(&new, &BranchName::main())?;
    git.identity(&new)?;
    let paths: Vec<PathBuf> = git
        .dirty_paths(&new)?
        .into_iter()
        .map(|dirty| dirty.path)
        .collect();
    if paths.is_empty() {
        return Err(Failure::new(format!("{} has no files", source.label())));
    }
    let commit = git.commit(&new, &paths, &format!("chore: start from {from}"))?;
    let mark = format!("{}\n", source.label());
    let options = files::WriteOptions::default();
    files::write_atomic(&new.join(".git").join(MARK), mark.as_bytes(), options)?;
    files::rename_folder(&new, folder)?;
    context.ui.say(format!(
        "made {} from {from}: {} in {}",
        folder.display(),
        crate::ui::count(paths.len(), "file"),
        commit.short()
    ));
    Ok(())
}

/// Has the clone hold the revision; without one it is what the other side's HEAD leads to.
fn check_out(
    context: &Context<'_>,
    url: &RemoteUrl,
    clone: &Path,
    revision: Option<&str>,
) -> Result<CommitId, Failure> {
    let none = |what: String| {
        Failure::new(format!("{url} has no {what}"))
            .code(Code::NOT_FOUND)
            .exit(Exit::NotFound)
    };
    let Some(revision) = revision else {
        let checkout = context.ports.git.discover(clone)?;
        let commit = checkout.and_then(|checkout| checkout.head.commit().cloned());
        return commit.ok_or_else(|| none("commit".to_owned()));
    };
    let mut commit = None;
    for name in ["refs/tags/", "refs/remotes/origin/"] {
        let Ok(name) = format!("{name}{revision}").parse::<RefName>() else {
            continue;
        };
        commit = context.ports.objects.resolve(clone, &name)?;
        if commit.is_some() {
            break;
        }
    }
    let commit = commit
        .or_else(|| revision.parse().ok())
        .ok_or_else(|| none(format!("branch, tag or commit {revision}")))?;
    context.ports.git.check_out(clone, &commit)?;
    Ok(commit)
}

/// The import's own flags, read as they would be typed.
fn import_args(
    args: &QuickstartArgs,
    name: &AppName,
    folder: &Path,
) -> Result<ImportArgs, Failure> {
    let mut words: Vec<std::ffi::OsString> = vec!["import".into(), folder.into()];
    words.extend(["--name".into(), name.as_str().into()]);
    for (flag, value) in [("--org", &args.org), ("--pack", &args.pack)] {
        if let Some(value) = value {
            words.push(format!("{flag}={value}").into());
        }
    }
    let command = <ImportArgs as clap::Args>::augment_args(clap::Command::new("import"));
    let matches = command
        .try_get_matches_from(words)
        .map_err(anyhow::Error::new)?;
    let mut import = ImportArgs::from_arg_matches(&matches).map_err(anyhow::Error::new)?;
    import.output = args.output;
    Ok(import)
}

/// What would be made.
fn show(
    context: &Context<'_>,
    args: &QuickstartArgs,
    source: &Source,
    name: &AppName,
    folder: &Path,
    is_begun: bool,
) -> Result<Exit, Failure> {
    match args.output.output {
        None | Some(OutputFormat::Wide) => {
            let made = if is_begun {
                "is there already"
            } else {
                "a new repository"
            };
            context.ui.answer(&format!(
                "app      {name}\nfrom     {}\nfolder   {} ({made})\nthen     landfall import {}\n",
                source.label(),
                folder.display(),
                folder.display()
            ))?;
        }
        Some(OutputFormat::Name) => context.ui.answer(&format!("app/{name}\n"))?,
        Some(format) => context.ui.document(
            format,
            &serde_json::json!({
                "app": name.as_str(),
                "from": source.label(),
                "folder": folder.display().to_string(),
                "isThere": is_begun,
            }),
        )?,
    }
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::split_revision;

    #[test]
    fn a_revision_stands_behind_the_path() {
        for (text, url, revision) in [
            (
                "https://git.example.com/a/b@v1",
                "https://git.example.com/a/b",
                Some("v1"),
            ),
            (
                "https://ada@git.example.com/a/b",
                "https://ada@git.example.com/a/b",
                None,
            ),
            (
                "https://ada@git.example.com/a/b@feat/x",
                "https://ada@git.example.com/a/b",
                Some("feat/x"),
            ),
            ("git@github.com:a/b", "git@github.com:a/b", None),
            (
                "git@github.com:a/b@main",
                "git@github.com:a/b",
                Some("main"),
            ),
            ("ssh://git@host/a", "ssh://git@host/a", None),
            ("../starter@v2", "../starter", Some("v2")),
            ("starter", "starter", None),
            ("starter@v2", "starter", Some("v2")),
        ] {
            assert_eq!(split_revision(text), (url, revision), "{text}");
        }
    }
}
