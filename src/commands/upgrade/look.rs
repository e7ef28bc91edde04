//! What an upgrade has to know before it plans, and the states in which it refuses.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::commands::pack::source;
use crate::context::Context;
use crate::failure::{Code, Exit, Failure};
use crate::files::{self, Entry, FileError};
use crate::pack::upgrade::{
    Bases, Journal, Ours, PreparedUpgrade, UpgradeInput, paths, plan, upgraded_values,
};
use crate::pack::{self, BUILT_IN, Catalog, ImportRecord, Pack, PackAddress, Site, render_files};
use crate::ports::git::{BranchName, Checkout, CommitId, Head};
use crate::project::Project;
use crate::yaml;

use super::pack::PackArgs;

/// A repository that can be upgraded.
#[derive(Debug)]
pub(super) struct Look {
    /// The top of the checkout.
    pub(super) root: PathBuf,
    /// The branch that is checked out.
    pub(super) branch: BranchName,
    /// Its commit.
    pub(super) commit: CommitId,
    /// The checkout.
    pub(super) checkout: Checkout,
    /// Where the app lives.
    pub(super) site: Site,
}

/// Reads the state of the repository around `folder`.
pub(super) fn look(context: &Context<'_>, folder: &Path) -> Result<Look, Failure> {
    let git = &context.ports.git;
    git.version()?;
    files::check_folder(folder)?;
    let Some(checkout) = git.discover(folder)? else {
        return Err(refuse(format!(
            "{} is not in a Git repository",
            folder.display()
        )));
    };
    let root = checkout
        .root
        .canonicalize()
        .unwrap_or_else(|_| checkout.root.clone());
    let Head::Branch { branch, commit } = checkout.head.clone() else {
        return Err(refuse("no branch with a commit is checked out".to_owned())
            .hint("git switch main, or git switch --create a-name"));
    };
    let inside = Journal::place(&root)?;
    let inside = inside.parent().unwrap_or(&root);
    let marks = [
        "MERGE_HEAD",
        "rebase-merge",
        "rebase-apply",
        "CHERRY_PICK_HEAD",
        "REVERT_HEAD",
    ];
    if let Some(work) = marks.into_iter().find(|mark| inside.join(mark).exists()) {
        return Err(
            refuse(format!("a merge, rebase or the like is under way ({work})"))
                .hint("finish or abort it first; `git status` says how"),
        );
    }
    git.identity(&root)?;
    let here = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    Ok(Look {
        site: Site::around(&root, &here),
        root,
        branch,
        commit,
        checkout,
    })
}

fn refuse(message: String) -> Failure {
    Failure::new(message).code(Code::NOT_IMPORTABLE)
}

/// The record of the app.
pub(super) fn record(look: &Look) -> Result<ImportRecord, Failure> {
    Ok(read_record(look)?.0)
}

fn read_record(look: &Look) -> Result<(ImportRecord, String), Failure> {
    let place = look.site.record();
    let path = files::join_inside(&look.root, Path::new(&place))?;
    let Some(text) = files::read_text_if_there(&path)? else {
        let failure = Failure::new(format!(
            "{place} is not there: this repository was not imported"
        ))
        .code(Code::NOT_FOUND)
        .exit(Exit::NotFound);
        let apps = pack::read_records(&Project::load(&look.root)?);
        return Err(if apps.is_empty() {
            failure.hint("`landfall import` imports it")
        } else {
            let commands = apps
                .iter()
                .map(|(site, _)| format!("landfall upgrade pack {}", site.dir()));
            failure.hint(format!(
                "its apps are in folders: {}",
                commands.collect::<Vec<_>>().join(", ")
            ))
        });
    };
    let record: ImportRecord = yaml::parse(&text, Path::new(&place))?;
    if record.site() != look.site {
        return Err(refuse(format!(
            "{} was imported as {}, and its pipelines at the top still say so",
            look.site.dir(),
            record.site().dir()
        ))
        .hint("take the import back or its files away, and import it where it is now"));
    }
    Ok((record, text))
}

/// Decides everything. Touches nothing but the cache of packs.
pub(super) fn prepare(
    context: &Context<'_>,
    args: &PackArgs,
    look: &Look,
) -> Result<PreparedUpgrade, Failure> {
    let catalog = Catalog::load(context.settings.packs.value.as_deref())?;
    let (record, record_text) = read_record(look)?;
    let newer = newer(context, args, &catalog, &record)?;
    let project = Project::load(&look.root)?.below(look.site.dir());
    let values = upgraded_values(&record, &newer, &project)?;
    let mut bases = Bases::new(
        &*context.ports.objects,
        &look.root,
        &look.commit,
        &record,
        &record_text,
    );
    bases.rendered = rendered(context, &catalog, &record, &project);
    let mut ours = BTreeMap::new();
    for path in paths(&record, &newer, &values)? {
        if let Some(found) = our(context, args, look, &path)? {
            ours.insert(path, found);
        }
    }
    Ok(plan(&UpgradeInput {
        record: &record,
        pack: &newer,
        values: &values,
        bases: &bases,
        ours: &ours,
        texts: &*context.ports.texts,
    })?)
}

/// The newer pack: from where the record says, or from where the flags say.
fn newer(
    context: &Context<'_>,
    args: &PackArgs,
    catalog: &Catalog,
    record: &ImportRecord,
) -> Result<Pack, Failure> {
    if let Some(pack) = &args.pack {
        return source::open(context, catalog, pack);
    }
    if record.pack.commit.is_none() {
        if args.revision.is_some() {
            let place = if record.pack.source == BUILT_IN {
                "this landfall".to_owned()
            } else {
                record.pack.source.clone()
            };
            return Err(Failure::usage(format!(
                "the pack {} comes from {place}, which has no revisions",
                record.pack.name
            ))
            .hint("leave --revision out, or name a pack in Git with --pack URL//DIR@REVISION"));
        }
        return source::recorded(context, catalog, &record.pack);
    }
    let mut address = PackAddress::parse(&record.pack.source)?;
    if let Some(revision) = &args.revision {
        address = address.at(revision.parse().map_err(|error| {
            Failure::from(anyhow::Error::new::<crate::ports::git::BadName>(error)).exit(Exit::Usage)
        })?);
    }
    source::fetch(context, catalog, &address)
}

/// The recorded pack, rendered again. Where it is gone, the history has to do.
fn rendered(
    context: &Context<'_>,
    catalog: &Catalog,
    record: &ImportRecord,
    project: &Project,
) -> BTreeMap<String, String> {
    let is_kept = record.pack.commit.as_ref().is_none_or(|commit| {
        let address = PackAddress::parse(&record.pack.source).ok();
        let pinned = commit.parse().ok();
        address.zip(pinned).is_some_and(|(address, pinned)| {
            let kept = context.ports.packs.kept(&address.url, &pinned);
            kept.is_ok_and(|kept| kept.is_some())
        })
    });
    if !is_kept {
        return BTreeMap::new();
    }
    let again = || -> Result<BTreeMap<String, String>, Failure> {
        let pack = source::recorded(context, catalog, &record.pack)?;
        let values = upgraded_values(record, &pack, project)?;
        let files = render_files(&pack, &values)?;
        Ok(files
            .into_iter()
            .map(|(path, file)| (path, file.text))
            .collect())
    };
    again().unwrap_or_default()
}

/// What the repository has at a path: on the branch for an upgrade on another one, else in the working tree.
fn our(
    context: &Context<'_>,
    args: &PackArgs,
    look: &Look,
    path: &str,
) -> Result<Option<Ours>, Failure> {
    let objects = &context.ports.objects;
    let committed = || objects.read_file(&look.root, &look.commit, path);
    let of_bytes = |bytes: Vec<u8>| match String::from_utf8(bytes) {
        Ok(text) => Ours::Text(text),
        Err(_) => Ours::Other("is no UTF-8 text"),
    };
    // A link on the way would have the upgrade write somewhere else.
    let mut way = PathBuf::new();
    for part in Path::new(path).components() {
        way.push(part);
        match files::entry(&look.root.join(&way))? {
            Some(Entry::Link(_)) => return Ok(Some(Ours::Other("is or lies behind a link"))),
            Some(Entry::Folder) | None => {}
            Some(Entry::File) if args.branch.is_some() => {}
            Some(Entry::File) if way == Path::new(path) => {
                return Ok(Some(match files::read_text(&look.root.join(path)) {
                    Ok(text) => Ours::Text(text),
                    Err(FileError::NotText { .. }) => Ours::Other("is no UTF-8 text"),
                    Err(FileError::TooLarge { .. }) => Ours::Other("is too large"),
                    Err(error) => return Err(error.into()),
                }));
            }
            Some(Entry::File) => return Ok(Some(Ours::Other("lies where a file is"))),
        }
    }
    if args.branch.is_some() {
        return Ok(committed()?.map(of_bytes));
    }
    if look.root.join(path).is_dir() {
        return Ok(Some(Ours::Other("is a folder now")));
    }
    // Committed, absent, and yet no change to Git: outside of a sparse checkout.
    if committed()?.is_some() {
        let dirty = context.ports.git.dirty_paths(&look.root)?;
        if !dirty.iter().any(|dirty| dirty.path == Path::new(path)) {
            return Ok(Some(Ours::Other("is outside of the sparse checkout")));
        }
    }
    Ok(None)
}

/// Refuses when the user has changes of their own in a path that the plan writes.
pub(super) fn check_clean(
    context: &Context<'_>,
    look: &Look,
    prepared: &PreparedUpgrade,
) -> Result<(), Failure> {
    let dirty = context.ports.git.dirty_paths(&look.root)?;
    let own = dirty.iter().find(|dirty| {
        prepared
            .writes
            .keys()
            .any(|path| dirty.path == Path::new(path))
    });
    match own {
        None => Ok(()),
        Some(dirty) => Err(refuse(format!(
            "{} has changes that are not committed, and the plan writes it",
            dirty.path.display()
        ))
        .hint("commit or stash them first")),
    }
}

/// The paths of the journal that the last commit has otherwise.
pub(super) fn uncommitted(
    context: &Context<'_>,
    look: &Look,
    journal: &Journal,
) -> Result<Vec<PathBuf>, Failure> {
    let objects = &context.ports.objects;
    let head = objects.resolve(&look.root, &look.branch.reference())?;
    let head = head.unwrap_or_else(|| look.commit.clone());
    let mut paths = Vec::new();
    for (path, write) in &journal.writes {
        let committed = objects.read_file(&look.root, &head, path)?;
        // Git may keep line ends otherwise than the working tree has them.
        let plain = |text: &[u8]| String::from_utf8_lossy(text).replace("\r\n", "\n");
        let committed = committed.as_deref().map(plain);
        if committed != write.after.as_ref().map(|text| plain(text.as_bytes())) {
            paths.push(PathBuf::from(path));
        }
    }
    Ok(paths)
}

/// The files of the record in which git's conflict markers stand.
pub(super) fn marked(look: &Look) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for path in record(look)?.bases.keys() {
        let Ok(full) = files::join_inside(&look.root, Path::new(path)) else {
            continue;
        };
        let text = files::read_text_if_there(&full)
            .ok()
            .flatten()
            .unwrap_or_default();
        let has = |mark: &str| text.lines().any(|line| line.starts_with(mark));
        if has("<<<<<<< yours") && has(">>>>>>> the pack's") {
            found.push(path.clone());
        }
    }
    Ok(found)
}
