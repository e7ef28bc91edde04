//! Repositories of odd shapes: a second import changes nothing, and what is taken back leaves every byte, mode and reference as it was.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use crate::session::{Session, everything};

/// What is odd about a repository.
#[derive(Debug, Clone)]
struct Shape {
    pack: usize,
    line_ends: usize,
    name: usize,
    remote: usize,
    place: usize,
    head: usize,
    links: bool,
    submodule: bool,
    pointers: bool,
    own: usize,
    changes: bool,
    is_taken_back_later: bool,
    several: bool,
}

fn shapes() -> impl Strategy<Value = Shape> {
    let where_it_is = (0..3usize, 0..3usize, 0..3usize, 0..4usize, 0..8usize);
    let what_is_there = (0..4usize, any::<[bool; 6]>(), 0..4usize);
    (where_it_is, what_is_there).prop_map(|((line_ends, name, remote, place, head), more)| {
        let (pack, odd, own) = more;
        let [
            links,
            submodule,
            pointers,
            changes,
            is_taken_back_later,
            several,
        ] = odd;
        Shape {
            pack,
            line_ends,
            name,
            remote,
            place,
            head,
            links,
            submodule,
            pointers,
            own,
            changes,
            is_taken_back_later,
            several,
        }
    })
}

const PACKS: [&[(&str, &str)]; 4] = [
    &[("index.html", "<h1>a</h1>\n")],
    &[
        ("go.mod", "module a\n\ngo 1.24\n"),
        ("main.go", "package main\n\nfunc main() {}\n"),
    ],
    &[
        (
            "package.json",
            "{\"scripts\": {\"start\": \"node server.js\"}}\n",
        ),
        ("server.js", "1\n"),
    ],
    &[
        ("requirements.txt", "flask\n"),
        ("app.py", "import flask\napp = flask.Flask(__name__)\n"),
    ],
];
const NAMES: [&str; 3] = ["shop", "Ä shop", "a b (c)"];
const ATTRIBUTES: [&str; 3] = ["", "* text=auto eol=crlf\n", "* -text\n"];
const REMOTES: [&str; 3] = [
    "",
    "https://git.example/acme/web.git",
    "git@git.example:acme/web.git",
];

/// Where the apps are of a repository with several.
const FOLDERS: [&str; 2] = ["svc/one", "svc/größe.v2"];

/// Makes the repository; the folder that is imported.
fn build(session: &Session, shape: &Shape) -> String {
    let name = NAMES[shape.name];
    let folder = if shape.several {
        let apps = FOLDERS
            .iter()
            .zip([shape.pack, (shape.pack + 1) % PACKS.len()]);
        let files: Vec<(String, &str)> = apps
            .flat_map(|(folder, pack)| PACKS[pack].iter().map(move |file| (folder, file)))
            .map(|(folder, (path, text))| (format!("{folder}/{path}"), *text))
            .collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, *text)).collect();
        session.repository(name, &files)
    } else {
        session.repository(name, PACKS[shape.pack])
    };
    // What is there already is there in an app's folder, too.
    let own = if shape.several { "svc/one/" } else { "" };
    let git = |args: &[&str]| session.git(&folder, args);
    let top = session.root().join(&folder);
    let write = |path: &str, text: &str| session.write(&format!("{folder}/{path}"), text);
    if shape.line_ends > 0 {
        write(".gitattributes", ATTRIBUTES[shape.line_ends]);
        write("crlf.txt", "one\r\ntwo\n");
        git(&[
            "config",
            "core.autocrlf",
            ["false", "true", "input"][shape.line_ends],
        ]);
    }
    write("ein Ordner/größe €.txt", "ü\n");
    write("run.sh", "#!/bin/sh\n");
    fs::set_permissions(top.join("run.sh"), fs::Permissions::from_mode(0o755)).unwrap();
    if shape.links {
        symlink("run.sh", top.join("link")).unwrap();
        symlink("nowhere", top.join("dangling")).unwrap();
        symlink("ein Ordner", top.join("folder")).unwrap();
    }
    if shape.pointers {
        write(
            "big.bin",
            "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n",
        );
    }
    if shape.submodule {
        session.repository("other", &[("x", "x\n")]);
        git(&[
            "-c",
            "protocol.file.allow=always",
            "submodule",
            "--quiet",
            "add",
            "../other",
            "sub",
        ]);
    }
    for path in [
        &[][..],
        &["Dockerfile"],
        &["charts/mine/Chart.yaml", ".helmignore"],
        &[".dockerignore", ".tekton/release.yaml", ".landfall/notes"],
    ][shape.own]
    {
        write(
            &format!("{own}{path}"),
            "apiVersion: v2\nname: mine\nversion: 0.1.0\n",
        );
    }
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--allow-empty", "-m", "more"]);
    if shape.remote > 0 {
        git(&["remote", "add", "origin", REMOTES[shape.remote]]);
    }
    git(&["tag", "v0.0.1"]);
    if shape.changes {
        write("staged ä", "staged\n");
        git(&["add", "staged ä"]);
        write("run.sh", "#!/bin/sh\nchanged\n");
        write("new/untracked", "new\n");
        fs::create_dir_all(top.join("charts")).unwrap();
    }
    match shape.place {
        1 => {
            git(&["sparse-checkout", "set", "ein Ordner", "svc"]);
            folder
        }
        2 => {
            git(&["worktree", "add", "--quiet", "-b", "linked", "../linked"]);
            "work/linked".to_owned()
        }
        3 if !shape.submodule => {
            // A folder of Git's own elsewhere.
            session.git(
                "work",
                &[
                    "clone",
                    "--quiet",
                    "--separate-git-dir=own.git",
                    name,
                    "apart",
                ],
            );
            "work/apart".to_owned()
        }
        _ => folder,
    }
}

/// Kind, mode, bytes of everything in a work tree, and what Git knows.
fn state(session: &Session, folder: &str) -> (BTreeMap<PathBuf, (u32, Vec<u8>)>, String) {
    fn walk(folder: &Path, found: &mut BTreeMap<PathBuf, (u32, Vec<u8>)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let data = path.symlink_metadata().unwrap();
            let bytes = if data.is_symlink() {
                fs::read_link(&path)
                    .unwrap()
                    .into_os_string()
                    .into_encoded_bytes()
            } else if data.is_file() {
                fs::read(&path).unwrap()
            } else {
                Vec::new()
            };
            found.insert(path.clone(), (data.mode(), bytes));
            if data.is_dir() && !path.ends_with(".git") {
                walk(&path, found);
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(&session.root().join(folder), &mut files);
    let git = [
        &["for-each-ref"][..],
        &["rev-parse", "--symbolic-full-name", "HEAD"],
        &["config", "--local", "--list"],
        &["status", "--porcelain=v2", "--ignored"],
        &["ls-files", "--stage", "-v"],
        &["remote", "--verbose"],
    ]
    .map(|args| session.git(folder, args));
    (files, git.join("\n--\n"))
}

/// Everything but the files of locks, which are touched whenever they are taken.
fn all(session: &Session) -> BTreeMap<PathBuf, (Vec<u8>, Option<std::time::SystemTime>)> {
    let mut found = everything(session.root());
    found.retain(|path, _| !path.starts_with(session.state().join("locks")));
    found
}

fn holds(shape: &Shape) {
    let session = Session::new();
    let folder = build(&session, shape);
    if shape.head == 0 {
        // On no branch: refused, and nothing is written.
        session.git(&folder, &["checkout", "--quiet", "--detach"]);
        let before = all(&session);
        let refused = session.run_in(&folder, &["import", "--batch-mode"]);
        assert_eq!(refused.status, 1, "{refused}");
        assert!(all(&session) == before, "{refused}");
        return;
    }
    if shape.head == 1 {
        session.git(&folder, &["checkout", "--quiet", "--orphan", "empty"]);
        let before = all(&session);
        let refused = session.run_in(&folder, &["import", "--batch-mode"]);
        assert_eq!(refused.status, 1, "{refused}");
        assert!(all(&session) == before, "{refused}");
        return;
    }
    let before = state(&session, &folder);
    let mut args = vec!["import", "--batch-mode"];
    if shape.several {
        args.extend(["--app", FOLDERS[0], "--app", FOLDERS[1]]);
    }
    if shape.head == 2 {
        args.extend(["--branch", "land/ä"]);
    }
    session.done_in(&folder, &args);
    let imported = all(&session);
    let again = session.done_in(&folder, &args);
    assert!(again.stderr.contains("nothing to do"), "{again}");
    for (path, found) in all(&session) {
        let is_same = imported.get(&path) == Some(&found);
        assert!(is_same, "{} was changed by a second import", path.display());
    }

    if shape.is_taken_back_later && !shape.changes {
        let tree = session.git(&folder, &["rev-parse", "HEAD~1^{tree}"]);
        session.git(
            &folder,
            &["commit", "--quiet", "--allow-empty", "-m", "later"],
        );
        session.done_in(&folder, &["import", "--undo"]);
        assert_eq!(session.git(&folder, &["rev-parse", "HEAD^{tree}"]), tree);
        let (files, _) = state(&session, &folder);
        assert!(files == before.0, "the files are not what they were");
        return;
    }
    session.done_in(&folder, &["import", "--undo"]);
    let (files, git) = state(&session, &folder);
    assert_eq!(git, before.1);
    for path in files.keys().chain(before.0.keys()) {
        assert!(
            files.get(path) == before.0.get(path),
            "{} is not what it was",
            path.display()
        );
    }
    let forge = session.state().join("forge");
    let owners = fs::read_dir(forge)
        .map(Iterator::collect::<Vec<_>>)
        .unwrap_or_default();
    for owner in owners {
        let left = fs::read_dir(owner.unwrap().path()).unwrap().count();
        assert_eq!(left, 0, "a repository is left on the forge");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 40,
        failure_persistence: None,
        max_shrink_iters: 0,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_second_import_changes_nothing_and_an_undo_restores_everything(shape in shapes()) {
        holds(&shape);
    }
}
