//! What becomes of one file of a pack: added where nothing is, kept where something is, written anew where an earlier import wrote it
//! and a value changes.

use std::path::Path;

use serde_json::Value;

use crate::project::Project;
use crate::template::Templates;

use super::detect::Detection;
use super::error::PackError;
use super::links::{self, Obstacle};
use super::model::{Pack, PackItem, Role};
use super::plan::{self, Action, PlanFile};
use super::record::ImportRecord;
use super::values::{self, PlanValue};

/// What the repository has.
#[derive(Debug)]
pub(super) struct Repository<'a> {
    /// Its files.
    pub(super) project: &'a Project,
    /// What was found in it.
    pub(super) detection: &'a Detection,
    /// The import that was there before.
    pub(super) earlier: Option<&'a Earlier<'a>>,
}

impl Repository<'_> {
    /// Whether an earlier import wrote this.
    pub(super) fn has_written(&self, path: &str) -> bool {
        self.earlier
            .is_some_and(|earlier| earlier.record.files.contains_key(path))
    }
}

/// An earlier import.
#[derive(Debug)]
pub(super) struct Earlier<'a> {
    /// Its record.
    record: &'a ImportRecord,
    /// What templates were rendered with.
    pub(super) context: Value,
    /// The names of the values that are other ones now.
    pub(super) changed: Vec<String>,
    /// Whether the pack is the same.
    is_same_pack: bool,
}

impl<'a> Earlier<'a> {
    /// Puts the recorded values in the place of the new ones; values that the pack has got since then stay.
    pub(super) fn new(
        record: &'a ImportRecord,
        pack: &Pack,
        values: &[PlanValue],
        templates: &Templates,
    ) -> Result<Self, PackError> {
        let changed = values::changed(values, &record.values);
        let changed = changed.iter().map(|value| value.name.clone()).collect();
        let mut old = values.to_vec();
        for value in &mut old {
            if let Some(known) = record.values.get(&value.name) {
                value.value = known.clone();
            }
        }
        Ok(Self {
            record,
            context: values::context(pack, &old, templates)?.0,
            changed,
            is_same_pack: record.pack.digest == pack.digest,
        })
    }
}

/// What happens to one file of the pack at `path` of the repository, which had the text `old` with the values of the earlier import and
/// has the text `new` now; `None` when nothing does, as when the repository's own stands for it under another path.
pub(super) fn decide(
    repository: &Repository<'_>,
    item: &PackItem,
    path: String,
    purpose: &str,
    old: Option<&str>,
    new: Option<&str>,
) -> Result<Option<PlanFile>, PackError> {
    let file = |path: String, action: Action, because: &str| {
        Ok(Some(PlanFile {
            path,
            action,
            because: because.to_owned(),
        }))
    };
    let (project, detection) = (repository.project, repository.detection);
    let stands_elsewhere = match item.role {
        Some(Role::Chart) => detection.chart.is_some(),
        Some(Role::Dockerfile) => detection.dockerfile.is_some(),
        None => false,
    };
    let place = match links::find(project.root(), &path) {
        Err(_) if stands_elsewhere => return Ok(None),
        place => place?,
    };
    if let Some(earlier) = repository.earlier
        && let Some(hash) = earlier.record.files.get(&place.path)
    {
        let there = project.read(&place.path);
        let (action, because) = again(there.as_deref(), hash, old, new);
        return file(place.path, action, because);
    }
    let Some(new) = new else {
        return Ok(None);
    };
    // Also for what the listing leaves out, such as ignored files; and a file that Git has, though the work tree has not.
    if place.is_taken || project.has(&path) || project.has(&place.path) {
        let because = if place.is_taken {
            "is there already"
        } else {
            "is in Git already, though not in the work tree"
        };
        return file(path, Action::Keep, because);
    }
    if stands_elsewhere {
        return Ok(None);
    }
    if let Some(above) = file_above(project, &place.path) {
        return Err(PackError::Obstacle {
            path,
            obstacle: Obstacle::NoFolder(above),
        });
    }
    // A newer pack's files come with an upgrade, not by chance.
    if repository
        .earlier
        .is_some_and(|earlier| !earlier.is_same_pack && old == Some(new))
    {
        return Ok(None);
    }
    let because = item.role.map_or_else(
        || purpose,
        |role| match role {
            Role::Chart => "deploys the app; there is no chart yet",
            Role::Dockerfile => "builds the image; there is no Dockerfile yet",
        },
    );
    match place.link {
        Some(link) => file(place.path, Action::Add, &format!("{because}; {link}")),
        None => file(place.path, Action::Add, because),
    }
}

/// What happens to a file that the earlier import wrote, when its text had that hash.
fn again(
    there: Option<&str>,
    hash: &str,
    old: Option<&str>,
    new: Option<&str>,
) -> (Action, &'static str) {
    let Some(there) = there else {
        let because = "an earlier import wrote it and you took it away";
        return (Action::Keep, because);
    };
    match (old, new) {
        _ if old == new || new == Some(there) => (Action::Keep, "is there already"),
        (_, None) => (Action::Keep, UNNEEDED),
        _ if plan::hash(there) != hash => (Action::Keep, EDITED),
        (Some(old), _) if plan::hash(old) == hash => (
            Action::Update,
            "an earlier import wrote it, and a value changes",
        ),
        _ => (Action::Keep, OLDER),
    }
}

/// Why a file that other values would change stays as it is.
const EDITED: &str = "you have edited it; what changes in it is left to you";
const OLDER: &str = "an older version of the pack wrote it; `landfall upgrade pack` comes first";
const UNNEEDED: &str = "is not needed with these values; it stays until you remove it";

impl PlanFile {
    /// Whether a value that was given changes nothing here, although it would have to.
    pub fn is_left_behind(&self) -> bool {
        [EDITED, OLDER, UNNEEDED].contains(&self.because.as_str())
    }
}

/// The file that Git has, though the work tree may not, where a folder is needed.
fn file_above(project: &Project, path: &str) -> Option<String> {
    Path::new(path)
        .ancestors()
        .skip(1)
        .filter_map(Path::to_str)
        .find(|above| project.has(above))
        .map(str::to_owned)
}

/// What a file is for, by its path in the pack.
pub(super) fn purpose(path: &str) -> &'static str {
    match path.split('/').next() {
        Some(".tekton") => "tests, builds and releases the app",
        Some(".landfall") if path.ends_with("app.yaml") => {
            "says what the build leaves and how it starts"
        }
        Some(".landfall") => "keeps what a build on this machine leaves out of Git",
        _ => "comes with the pack",
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::{Action, hash};
    use super::{EDITED, OLDER, UNNEEDED, again};

    #[test]
    fn only_what_the_import_wrote_and_nobody_edited_is_written_anew() {
        let written = hash("port 1");
        let fate = |there, old, new| again(there, &written, old, new);
        let there = Some("port 1");
        assert_eq!(fate(there, there, Some("port 2")).0, Action::Update);
        assert_eq!(fate(there, there, there).0, Action::Keep);
        assert_eq!(fate(None, there, Some("port 2")).0, Action::Keep);
        // The user was faster.
        assert_eq!(
            fate(Some("port 2"), there, Some("port 2")).1,
            "is there already"
        );
        assert_eq!(
            fate(Some("port 1 # mine"), there, Some("port 2")),
            (Action::Keep, EDITED)
        );
        assert_eq!(
            fate(there, Some("a newer port 1"), Some("a newer port 2")),
            (Action::Keep, OLDER)
        );
        assert_eq!(fate(there, there, None), (Action::Keep, UNNEEDED));
    }
}
