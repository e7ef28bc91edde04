//! The history of the repository that a command runs in, as `next-version` and `changelog` read it.

use std::path::{Path, PathBuf};

use super::app_here::AppHere;
use crate::context::Context;
use crate::failure::{Code, Failure};
use crate::files::{self, FileError};
use crate::pack::Site;
use crate::pipeline::{covers, watched_paths};
use crate::ports::git::{Commit, CommitId, GitError, GitObjects, Tag};
use crate::release::ReleaseTags;

/// The most commits that are read between two releases.
const COMMIT_LIMIT: usize = 10_000;

/// A repository with at least one commit, as the app in a folder of it sees it.
pub(super) struct History<'a> {
    objects: &'a dyn GitObjects,
    root: PathBuf,
    head: CommitId,
    site: Site,
    app: String,
    /// What else releases it, such as a folder that it shares with other apps: globs of its release pipeline.
    watched: Vec<String>,
}

impl<'a> History<'a> {
    /// The repository that `folder` (default: the current one) is in.
    pub(super) fn open(context: &'a Context<'_>, folder: Option<&Path>) -> Result<Self, Failure> {
        let folder = folder.map_or_else(
            || context.current_dir().to_owned(),
            |folder| context.current_dir().join(folder),
        );
        let here = AppHere::find(context, &folder)?;
        let app = if here.site.is_top() {
            None
        } else {
            here.record_if_there()?
        };
        let app = app.map(|record| record.app).unwrap_or_default();
        let watched = watched(&here, &app)?;
        let checkout = here.checkout.ok_or_else(|| {
            Failure::new(format!("{} is in no Git repository", folder.display()))
                .code(Code::NO_REPOSITORY)
                .hint("run it in a repository, or name one with --dir")
        })?;
        let head = checkout.head.commit().cloned().ok_or_else(|| {
            Failure::new(format!("{} has no commit yet", checkout.root.display()))
                .code(Code::NO_REPOSITORY)
        })?;
        Ok(Self {
            objects: &*context.ports.objects,
            root: checkout.root,
            head,
            site: here.site,
            app,
            watched,
        })
    }

    /// The top of the repository.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The commit that is checked out.
    pub(super) fn head(&self) -> &CommitId {
        &self.head
    }

    /// How the app's releases are called.
    pub(super) fn release_tags(&self) -> ReleaseTags {
        ReleaseTags::below(&self.site.prefix())
    }

    /// Every tag.
    pub(super) fn tags(&self) -> Result<Vec<Tag>, GitError> {
        self.objects.tags(&self.root)
    }

    /// The app's commits since `release`, newest first; all of them without one.
    pub(super) fn since(&self, release: Option<&CommitId>) -> Result<Vec<Commit>, GitError> {
        let commits = self
            .objects
            .log(&self.root, &self.head, release, COMMIT_LIMIT)?;
        if self.site.is_top() {
            return Ok(commits);
        }
        let mut own = Vec::new();
        for commit in commits {
            let changed = match self.objects.parent(&self.root, &commit.id)? {
                Some(parent) => self
                    .objects
                    .changed_paths(&self.root, &parent, &commit.id)?,
                None => self.objects.list_files(&self.root, &commit.id, "")?,
            };
            if self.touches(&changed) {
                own.push(commit);
            }
        }
        Ok(own)
    }

    /// Whether this tag is on an earlier commit and nothing of an app in a folder has changed since: then the release is this one,
    /// too.
    pub(super) fn is_released_as(&self, tag: &str) -> Result<bool, GitError> {
        if self.site.is_top() {
            return Ok(false);
        }
        let tags = self.tags()?;
        let Some(tag) = tags.iter().find(|known| known.name == tag) else {
            return Ok(false);
        };
        let changed = self
            .objects
            .changed_paths(&self.root, &tag.commit, &self.head)?;
        Ok(!self.touches(&changed)
            && self
                .objects
                .is_ancestor(&self.root, &tag.commit, &self.head)?)
    }

    fn touches(&self, changed: &[String]) -> bool {
        let is_watched = |path: &String| self.watched.iter().any(|glob| covers(glob, path));
        changed
            .iter()
            .any(|path| self.site.holds(&self.app, path) || is_watched(path))
    }
}

/// What the release pipeline of an app in a folder watches.
fn watched(here: &AppHere, app: &str) -> Result<Vec<String>, FileError> {
    if here.site.is_top() {
        return Ok(Vec::new());
    }
    let pipeline = here.root.join(here.site.place(app, ".tekton/release.yaml"));
    let text = files::read_text_if_there(&pipeline)?;
    Ok(text.map_or_else(Vec::new, |text| watched_paths(&text)))
}
