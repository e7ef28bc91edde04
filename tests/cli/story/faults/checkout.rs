//! A repository to import, with work of the user's in it, and everything that an import leaves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use regex::Regex;

use crate::session::{Outcome, Session, everything};

/// What is disturbed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deed {
    /// The files that the repository has besides the user's.
    apps: &'static [(&'static str, &'static str)],
    /// What landfall is started with.
    pub(super) args: &'static [&'static str],
    /// What is done undisturbed before.
    before: &'static [&'static [&'static str]],
    /// The calls of git that are surely made.
    pub(super) calls: &'static [&'static str],
    /// The files and folders that surely change.
    pub(super) files: &'static [&'static str],
}

/// An import.
pub(super) const IMPORT: Deed = Deed {
    apps: &[],
    args: &["import", "--batch-mode"],
    before: &[],
    calls: &["add", "commit", "remote", "push"],
    files: &["landfall-import.json", "post-receive", "values.yaml"],
};

/// The way back.
pub(super) const UNDO: Deed = Deed {
    apps: &[],
    args: &["import", "--undo"],
    before: &[IMPORT.args],
    calls: &["remote", "update-ref", "reset"],
    files: &["landfall-import.json", "shop.git", "values.yaml"],
};

/// An import of two apps in folders.
pub(super) const IMPORT_APPS: Deed = Deed {
    apps: &[
        ("services/cart/go.mod", "module cart\n\ngo 1.24\n"),
        ("services/cart/main.go", "package main\n\nfunc main() {}\n"),
        ("web/index.html", "<h1>Shop</h1>\n"),
    ],
    args: &["import", "--batch-mode", "--all", "--app", "web"],
    before: &[],
    calls: &["add", "commit", "remote", "push"],
    files: &[
        "landfall-import.json",
        "post-receive",
        "cart/values.yaml",
        "web/values.yaml",
    ],
};

/// The way back from it.
pub(super) const UNDO_APPS: Deed = Deed {
    apps: IMPORT_APPS.apps,
    args: &["import", "--undo"],
    before: &[IMPORT_APPS.args],
    calls: &["remote", "update-ref", "reset"],
    files: &["landfall-import.json", "shop.git", "web/values.yaml"],
};

/// The files of the user: committed, changed since, staged, and new.
const OWN: [&str; 4] = ["index.html", "notes.md", "staged.txt", "new.txt"];

/// A checkout in a session of its own.
pub(super) struct Checkout {
    pub(super) session: Session,
    pub(super) folder: String,
    pub(super) deed: Deed,
    before: Own,
}

/// The files of the user with the times of their last change, and what git says of them.
type Own = (Vec<(Vec<u8>, std::time::SystemTime)>, String);

/// Everything that an import leaves, alike however it came about.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Left {
    log: String,
    status: String,
    /// Every file and folder of the checkout and of landfall's home.
    files: BTreeMap<String, String>,
}

impl Checkout {
    pub(super) fn new(deed: Deed) -> Self {
        let session = Session::new();
        let users = [("index.html", "<h1>Shop</h1>\n"), ("notes.md", "old\n")];
        let folder = session.repository("shop", &[&users[..], deed.apps].concat());
        for (path, text) in [
            ("notes.md", "changed\n"),
            ("staged.txt", "staged\n"),
            ("new.txt", "new\n"),
        ] {
            session.write(&format!("{folder}/{path}"), text);
        }
        session.git(&folder, &["add", "staged.txt"]);
        for args in deed.before {
            session.done_in(&folder, args);
        }
        let before = own(&session, &folder);
        Self {
            session,
            folder,
            deed,
            before,
        }
    }

    /// The same command as the one that was disturbed, with nothing in its way.
    pub(super) fn again(&self) -> Outcome {
        self.session.run_in(&self.folder, self.deed.args)
    }

    /// Whatever has happened: nothing of the user's did.
    pub(super) fn is_untouched(&self, point: &str) {
        let (files, said) = own(&self.session, &self.folder);
        assert!(
            files == self.before.0,
            "{point}: the user's files were touched"
        );
        assert_eq!(
            said, self.before.1,
            "{point}: what is staged of the user's files was touched"
        );
    }

    /// A failure is said, once; or what failed was not needed, and everything is done.
    pub(super) fn is_said(&self, point: &str, failed: &Outcome, expected: &Left) {
        assert!(!failed.stderr.contains("panicked"), "{point}: {failed}");
        let lines = failed.stderr.lines();
        let errors = lines.filter(|line| line.starts_with("error: ")).count();
        if failed.status == 0 {
            assert_eq!(errors, 0, "{point}: {failed}");
            self.left().is(point, expected);
        } else {
            assert_eq!(errors, 1, "{point}: {failed}");
            assert_eq!(failed.stdout, "", "{point}");
        }
    }

    /// The same command again does the rest, and nothing tells that it did not do everything.
    pub(super) fn goes_on(&self, point: &str, expected: &Left) {
        let outcome = self.again();
        assert_eq!(outcome.status, 0, "{point}: {outcome}");
        self.is_complete(point, expected);
    }

    /// Everything is there and sound, and nothing else.
    pub(super) fn is_complete(&self, point: &str, expected: &Left) {
        self.is_untouched(point);
        self.left().is(point, expected);
        for repository in [&self.folder, "home/state/forge/ada/shop.git"] {
            if self.session.root().join(repository).exists() {
                self.session.git(repository, &["fsck", "--strict"]);
            }
        }
    }

    pub(super) fn left(&self) -> Left {
        let git = |args: &[&str]| self.session.git(&self.folder, args);
        let mut files = BTreeMap::new();
        for top in [self.session.root().join(&self.folder), self.session.state()] {
            files.extend(self.files(&top));
        }
        Left {
            log: git(&["log", "--format=%H %s"]),
            status: git(&["status", "--porcelain"]),
            files,
        }
    }

    fn files(&self, top: &Path) -> BTreeMap<String, String> {
        let root = self.session.root();
        // A push is noted under the second and the process, and locks are named by the path of the checkout.
        let changing = Regex::new(r"(/spool/)\d+-\d+|(/locks/import-)[0-9a-f]+").unwrap();
        // libgit2 notes the time of a move in the log of a reference.
        let time = Regex::new(r"> \d+ [+-]\d{4}\t").unwrap();
        let found = everything(top).into_iter();
        found
            .map(|(path, (bytes, _))| {
                let text = String::from_utf8_lossy(&bytes);
                let path = path.strip_prefix(root).unwrap().to_string_lossy();
                let path = changing.replace(&path, "${1}${2}#").into_owned();
                let text = if path.contains("/.git/logs/") {
                    time.replace_all(&text, "> TIME\t")
                } else {
                    text
                };
                (path, text.replace(&*root.to_string_lossy(), "/ROOT"))
            })
            .filter(|(path, _)| !is_left_out(path))
            .collect()
    }
}

impl Left {
    pub(super) fn is(&self, point: &str, expected: &Self) {
        assert_eq!(self.log, expected.log, "{point}");
        assert_eq!(self.status, expected.status, "{point}");
        let paths: BTreeSet<&String> = self.files.keys().chain(expected.files.keys()).collect();
        for path in paths {
            let files = [self, expected].map(|left| left.files.get(path));
            assert_eq!(files[0], files[1], "{point}: {path}");
        }
    }
}

/// Objects are compared by their ids in the references, and the index, which holds times, by `git status`. The rest is what a kill
/// may leave in a folder of landfall's: nobody reads it, and nobody takes it for something else.
fn is_left_out(path: &str) -> bool {
    let is_litter = path.starts_with("home/state/forge/")
        && (path.contains("/.building-") || path.contains("/hooks/.landfall-"));
    path.contains("/objects/") || path.ends_with("/.git/index") || is_litter
}

fn own(session: &Session, folder: &str) -> Own {
    let files = OWN.map(|path| {
        let path = session.root().join(folder).join(path);
        let changed = path.metadata().unwrap().modified().unwrap();
        (std::fs::read(path).unwrap(), changed)
    });
    let status = session.git(
        folder,
        &[&["status", "--porcelain", "--"], &OWN[..]].concat(),
    );
    (files.to_vec(), status)
}
