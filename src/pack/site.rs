//! Where an app lives in its repository: at the top, or in a folder of one that holds several.
//!
//! An app in a folder keeps its files below it. Pipelines are the exception: Pipelines-as-Code reads the `.tekton/` of the top only,
//! so each such app has a folder of its own in there.

use std::path::{Path, PathBuf};

use super::app_file::AppFile;
use super::record;

/// Where pipelines are read from.
const PIPELINES: &str = ".tekton/";

/// The folder of an app.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Site {
    /// Relative to the repository; empty at the top.
    dir: String,
}

/// Why an app cannot live in a folder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the folder {dir:?} cannot hold an app: {why}")]
pub struct BadFolder {
    dir: String,
    why: String,
}

impl Site {
    /// The site in the folder `dir` of the repository; `.` and nothing are the top.
    pub fn new(dir: &str) -> Self {
        let dir = dir.trim_start_matches("./").trim_end_matches('/');
        let dir = dir.strip_suffix("/.").unwrap_or(dir);
        let dir = if dir == "." { "" } else { dir };
        Self {
            dir: dir.to_owned(),
        }
    }

    /// The site of the app that `here` is in: the nearest folder upward with an imported app, not above the top of the repository at
    /// `root`; the top where there is none.
    pub fn around(root: &Path, here: &Path) -> Self {
        let is_app = |folder: &&Path| {
            [record::PATH, AppFile::PATH]
                .iter()
                .any(|file| folder.join(file).is_file())
        };
        here.ancestors()
            .take_while(|folder| folder.starts_with(root))
            .find(is_app)
            .and_then(|folder| folder.strip_prefix(root).ok()?.to_str())
            .map(Self::new)
            .unwrap_or_default()
    }

    /// The site of the app that wrote the record at `path`; `None` when no record is called so.
    pub fn of_record(path: &str) -> Option<Self> {
        let dir = path.strip_suffix(record::PATH)?;
        (dir.is_empty() || dir.ends_with('/')).then(|| Self::new(dir))
    }

    /// Whether it is the top.
    pub fn is_top(&self) -> bool {
        self.dir.is_empty()
    }

    /// The folder, relative to the repository; `.` is the top.
    pub fn dir(&self) -> &str {
        if self.is_top() { "." } else { &self.dir }
    }

    /// The folder in the repository at `root`.
    pub fn folder(&self, root: &Path) -> PathBuf {
        if self.is_top() {
            root.to_owned()
        } else {
            root.join(&self.dir)
        }
    }

    /// What stands before the paths of the app's files: nothing at the top, else the folder with a `/`.
    pub fn prefix(&self) -> String {
        if self.is_top() {
            String::new()
        } else {
            format!("{}/", self.dir)
        }
    }

    /// The path in the repository of what a pack calls `path`.
    pub fn place(&self, app: &str, path: &str) -> String {
        match path.strip_prefix(PIPELINES) {
            _ if self.is_top() => path.to_owned(),
            Some(below) => format!("{PIPELINES}{app}/{below}"),
            None => format!("{}/{path}", self.dir),
        }
    }

    /// Where the record of its import is.
    pub fn record(&self) -> String {
        format!("{}{}", self.prefix(), record::PATH)
    }

    /// Whether a file of the repository belongs to the app `app` here; at the top, every one does.
    pub fn holds(&self, app: &str, path: &str) -> bool {
        self.is_top()
            || path.starts_with(&self.prefix())
            || path.starts_with(&format!("{PIPELINES}{app}/"))
    }

    /// Refuses a folder whose name cannot stand in a tag, in a path filter, or in a path of a task.
    ///
    /// # Errors
    /// [`BadFolder`].
    pub fn check(&self) -> Result<(), BadFolder> {
        let bad = |why: String| {
            Err(BadFolder {
                dir: self.dir.clone(),
                why,
            })
        };
        let is_plain = |c: char| c.is_alphanumeric() || "/._-+@=".contains(c);
        if let Some(other) = self.dir.chars().find(|c| !is_plain(*c)) {
            return bad(format!(
                "{other:?} cannot stand in the tags and path filters of its releases"
            ));
        }
        let is_odd = |part: &&str| {
            part.is_empty()
                || part.starts_with(['.', '-'])
                || part.ends_with(['.'])
                || part.contains("..")
                || Path::new(part)
                    .extension()
                    .is_some_and(|end| end.eq_ignore_ascii_case("lock"))
        };
        if let Some(part) = self.dir.split('/').find(is_odd)
            && !self.is_top()
        {
            return bad(format!("{part:?} cannot stand in the tags of its releases"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Site;

    #[test]
    fn an_app_keeps_its_files_in_its_folder_and_its_pipelines_at_the_top() {
        let cart = Site::new("services/cart/");
        assert_eq!(cart.place("cart", "Dockerfile"), "services/cart/Dockerfile");
        assert_eq!(
            cart.place("cart", ".tekton/tasks/test.yaml"),
            ".tekton/cart/tasks/test.yaml"
        );
        assert_eq!(cart.record(), "services/cart/.landfall/import.yaml");
        assert!(cart.holds("cart", "services/cart/a") && cart.holds("cart", ".tekton/cart/a"));
        assert!(!cart.holds("cart", "services/cart2/a") && !cart.holds("cart", ".tekton/a"));
        assert_eq!(Site::new("services/cart/."), cart);
        for top in [".", "", "./"] {
            let top = Site::new(top);
            assert_eq!(top.dir(), ".");
            assert_eq!(top.place("shop", ".tekton/a.yaml"), ".tekton/a.yaml");
            assert_eq!(top.record(), ".landfall/import.yaml");
            assert!(top.holds("shop", "anything"));
        }
        assert_eq!(
            Site::of_record("a/b/.landfall/import.yaml"),
            Some(Site::new("a/b"))
        );
        assert_eq!(
            Site::of_record(".landfall/import.yaml"),
            Some(Site::default())
        );
        assert_eq!(Site::of_record("a/x.landfall/import.yaml"), None);
    }

    #[test]
    fn the_nearest_app_upward_is_meant_and_none_above_the_repository() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("outer/shop");
        for path in [
            "../.landfall/import.yaml",
            "services/cart/.landfall/app.yaml",
            "services/.landfall/config.yaml",
        ] {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        std::fs::create_dir_all(root.join("services/cart/internal/x")).unwrap();
        let around = |here: &str| Site::around(&root, &root.join(here));
        assert_eq!(around("services/cart/internal/x").dir(), "services/cart");
        assert_eq!(around("services/cart").dir(), "services/cart");
        assert_eq!(around("services").dir(), ".");
        assert_eq!(around("").dir(), ".");
    }

    #[test]
    fn names_that_a_tag_or_a_path_filter_cannot_hold_are_refused() {
        for dir in ["services/cart", "a_b/c-d.e", "größe", "a@b", "."] {
            assert_eq!(Site::new(dir).check(), Ok(()), "{dir}");
        }
        for dir in [
            "a b",
            "a*",
            "x/.hidden",
            "-a",
            "a..b",
            "a.lock",
            "a,b",
            "a$(b)",
            "a//b",
            "a{b}",
        ] {
            assert!(Site::new(dir).check().is_err(), "{dir}");
        }
    }
}
