//! Where a path of the plan really lies. Links inside the repository are followed and stay as they are; any other link stops the
//! import before it writes.

use std::collections::VecDeque;
use std::fmt;
use std::path::{Component, Path, PathBuf};

use crate::files::{self, Entry};

use super::error::PackError;

/// The most links on one way, as Linux has it.
const MOST_LINKS: usize = 40;

/// Pipelines are read from commits, in which a link is a file with a path in it.
const READ_FROM_COMMITS: &str = ".tekton";

/// A path of the repository with its links followed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The path without links.
    pub(super) path: String,
    /// Whether anything is there.
    pub(super) is_taken: bool,
    /// The last link that was followed.
    pub(super) link: Option<Link>,
}

/// A symbolic link of the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it is.
    pub path: String,
    /// What it leads to, as it says it.
    pub target: String,
}

impl fmt::Display for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} is a link to {}", self.path, self.target)
    }
}

/// What stands between a file of the pack and its place.
#[derive(Debug, thiserror::Error)]
pub enum Obstacle {
    /// A link that leads out of the repository.
    #[error("{0}, out of the repository")]
    Outside(Link),
    /// A link that leads into this checkout, and that in every other one too.
    #[error("{0}, which is this checkout and not the one that a pipeline makes")]
    Absolute(Link),
    /// A link that leads nowhere.
    #[error("{0}, which is not there")]
    Dangling(Link),
    /// Links that lead to each other.
    #[error("{0}, and that leads back")]
    Circle(Link),
    /// A link into `.git`.
    #[error("{0}, where Git keeps its own")]
    Git(Link),
    /// A link on the way to a pipeline.
    #[error("{0}, and pipelines are read from commits, where links are not followed")]
    Pipeline(Link),
    /// A file that should be a folder.
    #[error("{0} is a file, and a folder is needed there")]
    NoFolder(String),
}

impl Obstacle {
    /// The next step.
    pub(super) fn hint(&self) -> String {
        match self {
            Self::Outside(link) | Self::Git(link) => format!(
                "have {} lead to a place in the repository, or take it away",
                link.path
            ),
            Self::Absolute(link) => format!("make {} a relative link", link.path),
            Self::Dangling(link) => {
                format!("make {}, or take the link {} away", link.target, link.path)
            }
            Self::Circle(link) => format!("take {} away", link.path),
            Self::Pipeline(link) => format!("put what it leads to in the place of {}", link.path),
            Self::NoFolder(path) => format!("move {path} away"),
        }
    }
}

/// One name of a way that is still to go, with the link that named it.
struct Step {
    name: String,
    from: Option<Link>,
}

/// Goes from `root` along `path`, which has plain names only.
///
/// # Errors
/// [`PackError::Obstacle`], or a folder that cannot be read.
pub(super) fn find(root: &Path, path: &str) -> Result<Place, PackError> {
    let blocked = |obstacle| PackError::Obstacle {
        path: path.to_owned(),
        obstacle,
    };
    let mut way: VecDeque<Step> = steps(Path::new(path), None).into();
    let mut place = PathBuf::new();
    let mut is_taken = false;
    let mut link: Option<Link> = None;
    let mut links = 0;
    while let Some(step) = way.pop_front() {
        let next = if step.name == ".." {
            // Every folder so far is a real one.
            let above = place.parent().map(Path::to_owned);
            match (above, step.from) {
                (Some(above), _) => place = above,
                (None, Some(from)) => return Err(blocked(Obstacle::Outside(from))),
                (None, None) => {}
            }
            continue;
        } else {
            place.join(&step.name)
        };
        let there = files::entry(&root.join(&next))?;
        is_taken = there.is_some();
        match (there, step.from) {
            (Some(Entry::Link(target)), _) => {
                let found = Link {
                    path: text(&next),
                    target: text(&target),
                };
                links += 1;
                if links > MOST_LINKS {
                    return Err(blocked(Obstacle::Circle(found)));
                }
                if target.is_absolute() {
                    let is_inside = target.starts_with(root);
                    return Err(blocked(if is_inside {
                        Obstacle::Absolute(found)
                    } else {
                        Obstacle::Outside(found)
                    }));
                }
                for step in steps(&target, Some(&found)).into_iter().rev() {
                    way.push_front(step);
                }
                link = Some(found);
            }
            (Some(Entry::File), _) if !way.is_empty() => {
                return Err(blocked(Obstacle::NoFolder(text(&next))));
            }
            (None, Some(from)) => return Err(blocked(Obstacle::Dangling(from))),
            _ => place = next,
        }
    }
    if let Some(link) = &link {
        let is_git = |part: Component<'_>| part.as_os_str().eq_ignore_ascii_case(".git");
        if place.components().any(is_git) {
            return Err(blocked(Obstacle::Git(link.clone())));
        }
        if path.split('/').next() == Some(READ_FROM_COMMITS) {
            return Err(blocked(Obstacle::Pipeline(link.clone())));
        }
    }
    Ok(Place {
        path: text(&place),
        is_taken,
        link,
    })
}

fn steps(path: &Path, from: Option<&Link>) -> Vec<Step> {
    let names = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        Component::ParentDir => Some("..".to_owned()),
        _ => None,
    });
    let step = |name| Step {
        name,
        from: from.cloned(),
    };
    names.map(step).collect()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::find;

    /// Where `path` leads in a repository with the folder `deploy/charts`, the file `docs/notes` and this link.
    fn found(link: (&str, &str), path: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("shop");
        fs::create_dir_all(root.join("deploy/charts")).unwrap();
        fs::create_dir_all(root.join(".git/hooks")).unwrap();
        fs::create_dir_all(folder.path().join("other")).unwrap();
        fs::create_dir(root.join("docs")).unwrap();
        fs::write(root.join("docs/notes"), "x").unwrap();
        let target = link.1.replace("ROOT", &root.to_string_lossy());
        symlink(target, root.join(link.0)).unwrap();
        match find(&root, path) {
            Ok(place) => format!("{} {}", place.path, place.is_taken),
            Err(error) => error.to_string().replace(&*root.to_string_lossy(), "ROOT"),
        }
    }

    #[test]
    fn c23_links_inside_are_followed_and_others_are_obstacles() {
        for (link, path, expected) in [
            (
                ("charts", "deploy/charts"),
                "charts/a/b",
                "deploy/charts/a/b false",
            ),
            (
                ("charts", "docs/../deploy/./charts/"),
                "charts/a",
                "deploy/charts/a false",
            ),
            (("charts", "."), "charts/docs/notes", "docs/notes true"),
            (
                ("Dockerfile", "docs/notes"),
                "Dockerfile",
                "docs/notes true",
            ),
            (("other", "docs"), "charts/a", "charts/a false"),
            (
                ("charts", "../other"),
                "charts/a",
                "cannot reach charts/a: charts is a link to ../other, out of the repository",
            ),
            (
                ("charts", "../shop/docs"),
                "charts/a",
                "cannot reach charts/a: charts is a link to ../shop/docs, out of the repository",
            ),
            (
                ("deploy/charts/a", "../../../other"),
                "deploy/charts/a/b",
                "cannot reach deploy/charts/a/b: deploy/charts/a is a link to ../../../other, out of the repository",
            ),
            (
                ("charts", "/etc"),
                "charts/a",
                "cannot reach charts/a: charts is a link to /etc, out of the repository",
            ),
            (
                ("charts", "ROOT/docs"),
                "charts/a",
                "cannot reach charts/a: charts is a link to ROOT/docs, which is this checkout and not the one that a pipeline makes",
            ),
            (
                ("charts", "deploy/none"),
                "charts/a",
                "cannot reach charts/a: charts is a link to deploy/none, which is not there",
            ),
            (
                ("charts", "charts"),
                "charts/a",
                "cannot reach charts/a: charts is a link to charts, and that leads back",
            ),
            (
                ("charts", ".git/hooks"),
                "charts/a",
                "cannot reach charts/a: charts is a link to .git/hooks, where Git keeps its own",
            ),
            (
                (".tekton", "deploy"),
                ".tekton/a",
                "cannot reach .tekton/a: .tekton is a link to deploy, and pipelines are read from commits, where links are not followed",
            ),
            (
                ("charts", "docs/notes"),
                "charts/a",
                "cannot reach charts/a: docs/notes is a file, and a folder is needed there",
            ),
        ] {
            assert_eq!(found(link, path), expected, "{link:?}");
        }
    }
}
