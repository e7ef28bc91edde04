//! From what a person typed, or a record says, to a pack: the catalog, a folder, or a Git repository.

use std::path::Path;

use crate::context::Context;
use crate::failure::Failure;
use crate::pack::{BUILT_IN, Catalog, Pack, PackAddress, PackError, PackSpec, PlanPack};
use crate::ports::git::{CommitId, GitError};
use crate::ports::packs::Revision;

/// The pack that `--pack` names.
pub(in super::super) fn open(
    context: &Context<'_>,
    catalog: &Catalog,
    text: &str,
) -> Result<Pack, Failure> {
    match PackSpec::parse(text, context.current_dir())? {
        PackSpec::Name(name) => Ok(catalog.resolve(&name)?),
        PackSpec::Folder(folder) => Ok(catalog.resolve_folder(&folder)?),
        PackSpec::Git(address) => fetch(context, catalog, &address),
    }
}

/// The pack that an argument names: a folder of that name first, as `create pack` makes it.
pub(in super::super) fn open_folder_or(
    context: &Context<'_>,
    catalog: &Catalog,
    text: &str,
) -> Result<Pack, Failure> {
    let folder = context.current_dir().join(text);
    if !text.contains(':') && folder.join("pack.yaml").is_file() {
        let folder: std::path::PathBuf = folder.components().collect();
        return Ok(catalog.resolve_folder(&folder)?);
    }
    open(context, catalog, text)
}

/// Fetches the revision, or takes what was fetched of it before when the other side cannot be reached.
pub(in super::super) fn fetch(
    context: &Context<'_>,
    catalog: &Catalog,
    address: &PackAddress,
) -> Result<Pack, Failure> {
    let packs = &*context.ports.packs;
    let kept = packs.kept(&address.url, &address.revision)?;
    if let (Some(commit), Revision::Commit(_)) = (&kept, &address.revision) {
        return Ok(catalog.resolve_fetched(packs, address, commit)?);
    }
    let progress = context.ui.progress(format!("fetching {address}"));
    let fetched = packs.fetch(&address.url, &address.revision);
    drop(progress);
    let commit = match (fetched, kept) {
        (Ok(fetched), _) => {
            if let Some(before) = fetched.moved_from {
                context.ui.warn(format!(
                    "the tag {} of {} was {} when it was fetched last, and is {} now",
                    address.revision,
                    address.url,
                    before.short(),
                    fetched.commit.short()
                ));
            }
            fetched.commit
        }
        (Err(error), Some(commit)) if is_unreachable(&error) => {
            context.ui.warn(format!(
                "{} cannot be reached; the pack is as it was fetched last, at {}",
                address.url,
                commit.short()
            ));
            commit
        }
        (Err(error), _) => return Err(error.into()),
    };
    Ok(catalog.resolve_fetched(packs, address, &commit)?)
}

/// Whether the other side was not there to answer. What it answered is an answer.
fn is_unreachable(error: &GitError) -> bool {
    matches!(error, GitError::Command { .. } | GitError::Stalled { .. })
}

/// The pack of a record, exactly as it was: at its commit, from the cache where it is kept.
pub(in super::super) fn recorded(
    context: &Context<'_>,
    catalog: &Catalog,
    record: &PlanPack,
) -> Result<Pack, Failure> {
    if record.source == BUILT_IN {
        return Ok(catalog.resolve(&record.name)?);
    }
    let gone = || PackError::Gone {
        name: record.name.clone(),
        origin: record.source.clone(),
    };
    if let Some(commit) = &record.commit {
        let address = PackAddress::parse(&record.source)?;
        let commit: CommitId = commit.parse().map_err(anyhow::Error::new)?;
        let pinned = Revision::Commit(commit.clone());
        let packs = &*context.ports.packs;
        if packs.kept(&address.url, &pinned)?.is_none() {
            // The record is the repository's word, and the host may be one that the user never named.
            let place = address.place();
            if context.ui.can_ask() {
                let question = format!("The record names a pack at {place}. Fetch it?");
                if !context.ui.confirm(&question, true, "--batch-mode")? {
                    return Err(gone().into());
                }
            }
            context
                .ui
                .say(format!("fetching {place} at {}", commit.short()));
            packs.fetch(&address.url, &pinned)?;
        }
        return Ok(catalog.resolve_fetched(packs, &address, &commit)?);
    }
    let folder = Path::new(&record.source);
    if folder.is_absolute() && folder.join("pack.yaml").is_file() {
        return Ok(catalog.resolve_folder(folder)?);
    }
    catalog.resolve(&record.name).map_err(|_| gone().into())
}

/// Refuses a pack whose revision is another commit than the recorded one, with other files: a moved tag or branch.
pub(in super::super) fn check_pin(record: &PlanPack, pack: &Pack) -> Result<(), PackError> {
    let is_same_place = record.commit.is_some() && record.source == pack.source;
    if !is_same_place || record.commit == pack.commit || record.digest == pack.digest {
        return Ok(());
    }
    let short = |commit: &Option<String>| {
        let commit = commit.as_deref().unwrap_or_default();
        commit.chars().take(12).collect::<String>()
    };
    Err(PackError::Moved {
        origin: record.source.clone(),
        was: short(&record.commit),
        is: short(&pack.commit),
    })
}
