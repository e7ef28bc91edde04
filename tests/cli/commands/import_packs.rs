//! `import --pack` of folders and Git repositories.

use std::fs;

use crate::session::{Outcome, Session, everything};

/// A repository of packs, `crystal` in it, tagged v1; and an app.
fn with_packs() -> (Session, String, String) {
    let session = Session::new();
    session.done_in(
        "work",
        &["create", "pack", "crystal", "--dir", "packs/crystal"],
    );
    session.git("work/packs", &["init", "--quiet"]);
    commit(&session, "v1");
    let app = session.repository(
        "pages",
        &[
            ("pages.txt", "Welcome\n"),
            ("build.sh", "mkdir -p $1\n"),
            ("test.sh", "true\n"),
        ],
    );
    let url = format!("file://{}", session.work().join("packs").display());
    (session, app, url)
}

fn commit(session: &Session, tag: &str) {
    session.git("work/packs", &["add", "--all"]);
    session.git("work/packs", &["commit", "--quiet", "-m", tag]);
    session.git("work/packs", &["tag", "--force", tag]);
}

/// Changes a file of the pack.
fn edit(session: &Session, file: &str, from: &str, to: &str) {
    let path = format!("work/packs/crystal/{file}");
    let text = session.read(&path);
    assert!(text.contains(from), "{file} has no {from:?}");
    session.write(&path, &text.replacen(from, to, 1));
}

fn import(session: &Session, app: &str, more: &[&str]) -> Outcome {
    session
        .run_in(app, &[&["import", "--batch-mode"], more].concat())
        .stable()
}

#[test]
fn a_pack_from_git_is_pinned_kept_and_used_offline() {
    let (session, app, url) = with_packs();
    let spec = format!("{url}//crystal@v1");
    let done = import(&session, &app, &["--pack", &spec, "--set", "title=Pages"]);
    assert_eq!(done.status, 0, "{done}");
    let record = session.read(&format!("{app}/.landfall/import.yaml"));
    let head = session.git("work/packs", &["rev-parse", "HEAD"]);
    assert!(record.contains(&format!("source: {spec}")), "{record}");
    assert!(record.contains(&format!("commit: {head}")), "{record}");
    assert!(record.contains("digest: sha256:"), "{record}");
    // The other side is gone: the import is known, and another repository gets the pack as it was.
    fs::rename(session.work().join("packs"), session.work().join("away")).unwrap();
    let again = import(&session, &app, &[]);
    assert!(
        again.status == 0 && again.stderr.contains("nothing to do"),
        "{again}"
    );
    let other = session.repository("other", &[("pages.txt", "x\n")]);
    let offline = import(&session, &other, &["--pack", &spec]);
    assert_eq!(offline.status, 0, "{offline}");
    assert!(
        offline
            .stderr
            .contains("cannot be reached; the pack is as it was fetched last"),
        "{offline}"
    );
}

#[test]
fn a_moved_tag_is_told_and_refused() {
    let (session, app, url) = with_packs();
    let spec = format!("{url}//crystal@v1");
    assert_eq!(import(&session, &app, &["--pack", &spec]).status, 0);
    edit(
        &session,
        "files/.dockerignore",
        "charts\n",
        "charts\nREADME.md\n",
    );
    commit(&session, "v1");
    let before = everything(&session.root().join(&app));
    let refused = import(&session, &app, &["--pack", &spec]);
    assert_eq!(refused.status, 6, "{refused}");
    assert!(
        refused.stderr.contains("the tag v1 of") && refused.stderr.contains("when it was imported"),
        "{refused}"
    );
    assert_eq!(everything(&session.root().join(&app)), before);
    // Without --pack the pinned commit stands.
    let pinned = import(&session, &app, &[]);
    assert!(
        pinned.status == 0 && pinned.stderr.contains("nothing to do"),
        "{pinned}"
    );
}

#[test]
fn what_is_no_pack_or_no_address_is_refused_before_anything_is_asked() {
    let (session, app, url) = with_packs();
    for spec in [
        "http://host.invalid/packs//crystal",
        "ext::sh -c 'touch pwned'",
        "https://ada:secret@host.invalid/packs",
        "ssh://-oProxyCommand=touch/x",
        "https://host.invalid/packs@--upload-pack=x",
        &format!("{url}//../../etc"),
        &format!("{url}//none@v1"),
        &format!("{url}//crystal@v9"),
        "./none",
        "crystel",
    ] {
        let refused = import(&session, &app, &["--pack", spec, "--dry-run"]);
        assert_ne!(refused.status, 0, "{spec}: {refused}");
        assert!(
            !refused.stderr.contains("secret") && refused.stdout.is_empty(),
            "{spec}: {refused}"
        );
    }
    assert!(!session.root().join(&app).join("pwned").exists());
}

#[test]
fn variables_have_types_and_files_have_conditions() {
    let (session, app, _) = with_packs();
    let dry = |more: &[&str]| {
        session.run_in(
            &app,
            &[&["import", "--dry-run", "--pack", "../packs/crystal"], more].concat(),
        )
    };
    let has_notice = |outcome: &Outcome| outcome.stdout.contains("NOTICE");
    assert!(!has_notice(&dry(&[])));
    assert!(has_notice(&dry(&["--set", "notice=short"])));
    insta::assert_snapshot!(dry(&["--set", "notice=loud"]), @r#"
    ---- stderr
    error: "loud" cannot be the value notice: one of none, short, long is expected
    ---- status 2
    "#);
    insta::assert_snapshot!(dry(&["--set", "minify=perhaps"]), @r#"
    ---- stderr
    error: "perhaps" cannot be the value minify: true or false is expected
    ---- status 2
    "#);
    insta::assert_snapshot!(dry(&["--set", "output=../out"]), @r#"
    ---- stderr
    error: "../out" cannot be the value output: a text that matches [a-z][a-z0-9_-]* is expected
    ---- status 2
    "#);
    edit(
        &session,
        "pack.yaml",
        "    type: choice\n    choices: [none, short, long]\n    default: none\n",
        "    type: integer\n    max: 3\n",
    );
    insta::assert_snapshot!(dry(&[]), @"
    ---- stderr
    error: the pack needs a value for notice: Whether a NOTICE file is written, and which

    hint: --set notice=VALUE, where VALUE is a whole number up to 3
    hint: `landfall explain LF0002` says more
    ---- status 2
    ");
    let typed = session.json_in(
        &app,
        &[
            "import",
            "--dry-run",
            "--pack",
            "../packs/crystal",
            "--set",
            "notice=2",
            "--set",
            "minify=true",
        ],
    );
    let value = |name: &str| {
        typed["values"]
            .as_array()
            .unwrap()
            .iter()
            .find(|value| value["name"] == name)
            .unwrap()["value"]
            .clone()
    };
    assert_eq!(value("notice"), 2);
    assert_eq!(value("minify"), true);
}
