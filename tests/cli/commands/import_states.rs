//! Repositories in which Git keeps things elsewhere, or not at all: sparse, shallow, linked, half merged.

use std::fs;

use crate::session::Session;

const SITE: &[(&str, &str)] = &[
    ("index.html", "<h1>Shop</h1>\n"),
    ("src/a.js", "1\n"),
    (
        "charts/sp/Chart.yaml",
        "apiVersion: v2\nname: sp\nversion: 0.1.0\n",
    ),
    ("charts/sp/values.yaml", "mine: true\n"),
    (".tekton/release.yaml", "# mine\n"),
];

#[test]
fn what_a_sparse_checkout_leaves_out_is_there_all_the_same() {
    for index in ["false", "true"] {
        let session = Session::new();
        let folder = session.repository("shop", SITE);
        session.git(&folder, &["config", "index.sparse", index]);
        session.git(&folder, &["sparse-checkout", "set", "src"]);
        assert!(!session.root().join(&folder).join("charts").exists());
        let before = session.git(&folder, &["ls-tree", "-r", "HEAD"]);

        let plan = session.json_in(&folder, &["import", "--dry-run"]);
        let files = plan["files"].as_array().unwrap();
        let action = |path: &str| {
            let file = files.iter().find(|file| file["path"] == path);
            file.map(|file| file["action"].as_str().unwrap().to_owned())
        };
        assert_eq!(action("charts/sp").as_deref(), Some("adopt"));
        assert_eq!(action(".tekton/release.yaml").as_deref(), Some("keep"));
        session.done_in(&folder, &["import", "--batch-mode"]);

        let after = session.git(&folder, &["ls-tree", "-r", "HEAD"]);
        for line in before.lines() {
            assert!(after.contains(line), "{line} is not as it was");
        }
        assert_eq!(session.git(&folder, &["status", "--porcelain"]), "");
        let again = session.done_in(&folder, &["import", "--batch-mode"]);
        assert!(again.stderr.contains("nothing to do"), "{again}");
        session.done_in(&folder, &["import", "--undo"]);
        assert_eq!(session.git(&folder, &["ls-tree", "-r", "HEAD"]), before);
        assert_eq!(session.git(&folder, &["status", "--porcelain"]), "");
    }
}

#[test]
fn a_file_that_git_has_where_a_folder_is_needed_is_an_obstacle_before_anything_is_written() {
    let session = Session::new();
    let folder = session.repository("shop", &[("index.html", "x\n"), ("out/charts", "x\n")]);
    session.git(&folder, &["mv", "out/charts", "charts"]);
    session.git(&folder, &["commit", "--quiet", "-m", "moved"]);
    session.git(&folder, &["update-index", "--skip-worktree", "charts"]);
    fs::remove_file(session.root().join(&folder).join("charts")).unwrap();
    let outcome = session.run_in(&folder, &["import", "--batch-mode"]);
    insta::assert_snapshot!(outcome, @"
    ---- stderr
    error: cannot reach charts/shop/Chart.yaml: charts is a file, and a folder is needed there

    hint: move charts away
    hint: `landfall explain LF0105` says more
    ---- status 1
    ");
    assert_eq!(session.git(&folder, &["status", "--porcelain"]), "");
}

#[test]
fn a_shallow_clone_is_refused_before_anything_is_written() {
    let session = Session::new();
    let folder = session.repository("shop", SITE);
    session.write(&format!("{folder}/index.html"), "two\n");
    session.git(&folder, &["commit", "--quiet", "--all", "-m", "two"]);
    let url = format!("file://{}", session.root().join(&folder).display());
    session.git("work", &["clone", "--quiet", "--depth=1", &url, "shallow"]);
    insta::assert_snapshot!(session.run_in("work/shallow", &["import", "--batch-mode"]), @"
    ---- stderr
    error: the history of this clone is cut off, and a release needs all of it

    hint: git fetch --unshallow
    hint: `landfall explain LF0105` says more
    ---- status 1
    ");
    assert_eq!(session.git("work/shallow", &["status", "--porcelain"]), "");
    assert!(!session.state().exists(), "a refusal writes nothing");

    session.git("work/shallow", &["fetch", "--quiet", "--unshallow"]);
    session.done_in("work/shallow", &["import", "--batch-mode"]);
}

#[test]
fn a_merge_under_way_is_seen_in_a_linked_work_tree_too() {
    let session = Session::new();
    let folder = session.repository("shop", SITE);
    session.git(&folder, &["switch", "--quiet", "--create", "other"]);
    session.write(&format!("{folder}/index.html"), "theirs\n");
    session.git(&folder, &["commit", "--quiet", "--all", "-m", "theirs"]);
    session.git(&folder, &["switch", "--quiet", "main"]);
    session.git(
        &folder,
        &["worktree", "add", "--quiet", "-b", "feature", "../linked"],
    );
    session.write("work/linked/index.html", "ours\n");
    session.git("work/linked", &["commit", "--quiet", "--all", "-m", "ours"]);
    let mut merge = std::process::Command::new("git");
    merge.args(["merge", "other"]);
    session.isolate(&mut merge);
    let merge = merge
        .current_dir(session.root().join("work/linked"))
        .output();
    assert!(!merge.unwrap().status.success(), "a conflict was wanted");

    insta::assert_snapshot!(session.run_in("work/linked", &["import", "--batch-mode"]), @"
    ---- stderr
    error: a merge is under way

    hint: finish or abort it first; `git status` says how
    hint: `landfall explain LF0105` says more
    ---- status 1
    ");
    assert!(!session.root().join("work/linked/.landfall").exists());

    session.git("work/linked", &["merge", "--abort"]);
    session.done_in("work/linked", &["import", "--batch-mode"]);
    session.done_in("work/linked", &["import", "--undo"]);
    assert_eq!(
        session.git("work/linked", &["log", "-1", "--format=%s"]),
        "ours"
    );
    assert_eq!(session.git("work/linked", &["status", "--porcelain"]), "");
}
