use std::fs;

use crate::session::{Session, everything};

fn create(session: &Session, more: &[&str]) -> String {
    let args = [&["create", "quickstart"], more, &["--batch-mode"]].concat();
    session.run(&args).stable().to_string()
}

#[test]
fn a_sample_becomes_an_imported_app() {
    let session = Session::new();
    let before = everything(session.root());
    insta::assert_snapshot!(create(&session, &["static", "-p", "shop", "--dry-run"]), @"
    app      shop
    from     the sample static
    folder   /ROOT_________/work/shop (a new repository)
    then     landfall import /ROOT_________/work/shop
    ");
    assert!(
        before == everything(session.root()),
        "a dry run wrote something"
    );
    insta::assert_snapshot!(create(&session, &["static", "-p", "shop"]), @r#"
    http://shop.staging.localhost:8080
    ---- stderr
    made /ROOT_________/work/shop from the sample static: 1 file in COMMIT_
    app      shop (--name is given)
    org      ada (the setting org (default))
    pack     static (index.html is the first page of a site)
    branch   main (it is checked out)
    port     8080 (nothing in the repository names a port; the app gets it as PORT)
    health   / (the first page of the site is there)
    root     . (index.html is there)
    13 more values as the pack has them; -o wide lists all

    add     .dockerignore, Dockerfile (builds the image; there is no Dockerfile yet)
    add     .landfall/.gitignore (keeps what a build on this machine leaves out of
            Git)
    add     .landfall/app.yaml (says what the build leaves and how it starts)
    add     .landfall/import.yaml (records the pack, the answers and what was
            written)
    add     .tekton/: 11 files (tests, builds and releases the app)
    add     charts/shop/: 10 files (deploys the app; there is no chart yet)

    Repository   ada/shop on the local forge, as remote origin: there is no remote
                 yet
    Commit       26 files in one commit, "chore: import with the landfall pack
                 static"
    Pipeline     .tekton/release.yaml runs after the push
    committed 26 files as COMMIT_
    pushed main to ada/shop (origin)
    the pipeline runs when the local platform does: `landfall up`
    Next:
      landfall get activities --filter shop --watch
      landfall promote --env production
      landfall import --undo   (takes the import back)
    "#);
    let log = session.git("work/shop", &["log", "--format=%s"]);
    insta::assert_snapshot!(log, @"
    chore: import with the landfall pack static
    chore: start from the sample static
    ");
    assert_eq!(session.git("work/shop", &["status", "--short"]), "");
    assert!(session.state().join("forge/ada/shop.git").is_dir());
    assert!(!session.work().join(".landfall-quickstart").exists());
    // The same again goes on where it is.
    insta::assert_snapshot!(create(&session, &["static", "-p", "shop"]), @"
    http://shop.staging.localhost:8080
    ---- stderr
    /ROOT_________/work/shop is there already; going on
    shop is imported already; nothing to do
    the pipeline runs when the local platform does: `landfall up`
    Next:
      landfall get activities --filter shop --watch
      landfall promote --env production
      landfall import --undo   (takes the import back)
    ");
    // From something else it would not be the same app.
    insta::assert_snapshot!(create(&session, &["go", "-p", "shop"]), @"
    ---- stderr
    error: /ROOT_________/work/shop is there already: it was made from the sample static

    hint: choose another name with --project-name, or another folder with --dir
    ---- status 6
    ");
}

#[test]
fn a_repository_at_a_revision_becomes_an_app_without_its_history() {
    let session = Session::new();
    let source = session.repository(
        "starter",
        &[("index.html", "<h1>one</h1>\n"), ("run.sh", "#!/bin/sh\n")],
    );
    session.git(&source, &["update-index", "--chmod=+x", "run.sh"]);
    session.git(&source, &["commit", "--quiet", "-m", "feat: run"]);
    session.git(&source, &["tag", "v1"]);
    session.write("work/starter/index.html", "<h1>two</h1>\n");
    session.git(&source, &["commit", "--quiet", "--all", "-m", "feat: two"]);
    insta::assert_snapshot!(create(&session, &["--from", "starter@v1", "-p", "shop", "--org", "acme"]), @r#"
    http://shop.staging.localhost:8080
    ---- stderr
    made /ROOT_________/work/shop from /ROOT_________/work/starter at COMMIT_: 2 files in COMMIT_
    app      shop (--name is given)
    org      acme (--org is given)
    pack     static (index.html is the first page of a site)
    branch   main (it is checked out)
    port     8080 (nothing in the repository names a port; the app gets it as PORT)
    health   / (the first page of the site is there)
    root     . (index.html is there)
    13 more values as the pack has them; -o wide lists all

    add     .dockerignore, Dockerfile (builds the image; there is no Dockerfile yet)
    add     .landfall/.gitignore (keeps what a build on this machine leaves out of
            Git)
    add     .landfall/app.yaml (says what the build leaves and how it starts)
    add     .landfall/import.yaml (records the pack, the answers and what was
            written)
    add     .tekton/: 11 files (tests, builds and releases the app)
    add     charts/shop/: 10 files (deploys the app; there is no chart yet)

    Repository   acme/shop on the local forge, as remote origin: there is no remote
                 yet
    Commit       26 files in one commit, "chore: import with the landfall pack
                 static"
    Pipeline     .tekton/release.yaml runs after the push
    committed 26 files as COMMIT_
    pushed main to acme/shop (origin)
    the pipeline runs when the local platform does: `landfall up`
    Next:
      landfall get activities --filter shop --watch
      landfall promote --env production
      landfall import --undo   (takes the import back)
    "#);
    assert_eq!(session.read("work/shop/index.html"), "<h1>one</h1>\n");
    let log = session.git("work/shop", &["log", "--format=%s"]);
    assert_eq!(log.lines().count(), 2, "{log}");
    assert!(
        session
            .git("work/shop", &["ls-files", "-s", "run.sh"])
            .starts_with("100755")
    );
    assert_eq!(session.git("work/shop", &["remote"]), "origin");
    create(&session, &["--from", "starter", "-p", "newest"]);
    assert_eq!(session.read("work/newest/index.html"), "<h1>two</h1>\n");
    insta::assert_snapshot!(create(&session, &["--from", "starter@v9", "-p", "other"]), @"
    ---- stderr
    error: /ROOT_________/work/starter has no branch, tag or commit v9

    hint: `landfall explain LF0004` says more
    ---- status 5
    ");
    assert!(!session.work().join("other").exists());
    insta::assert_snapshot!(create(&session, &["--from", "nowhere", "-p", "other"]), @"
    ---- stderr
    error: `git clone` failed (exit status 128): repository '/ROOT_________/work/nowhere' does not exist

    hint: `landfall explain LF0025` says more
    ---- status 1
    ");
    assert!(!session.work().join(".landfall-quickstart").exists());
}

#[test]
fn what_an_interrupted_call_left_is_made_anew() {
    let session = Session::new();
    session.write("work/.landfall-quickstart/new/half", "x");
    fs::create_dir(session.work().join("shop")).unwrap();
    create(&session, &["static", "-p", "shop"]);
    assert_eq!(session.git("work/shop", &["status", "--short"]), "");
    assert!(!session.work().join(".landfall-quickstart").exists());
    assert!(!session.work().join("shop/half").exists());
}

#[test]
fn a_folder_with_something_in_it_and_wrong_names_are_refused() {
    let session = Session::new();
    session.write("work/shop/mine.txt", "mine\n");
    session.write("work/file", "");
    let before = everything(session.root());
    insta::assert_snapshot!(create(&session, &["static", "-p", "shop"]), @"
    ---- stderr
    error: /ROOT_________/work/shop is there already: it is not empty

    hint: choose another name with --project-name, or another folder with --dir
    ---- status 6
    ");
    insta::assert_snapshot!(create(&session, &["static", "-p", "file"]), @"
    ---- stderr
    error: /ROOT_________/work/file is there already: it is no folder

    hint: choose another name with --project-name, or another folder with --dir
    ---- status 6
    ");
    insta::assert_snapshot!(create(&session, &["statik"]), @r#"
    ---- stderr
    error: no quickstart is called "statik"

    hint: did you mean static?
    hint: quickstarts: rust, go, javascript, python, cpp, ruby, php, typescript, maven, gradle, static
    hint: or name a repository with --from URL
    hint: `landfall explain LF0004` says more
    ---- status 5
    "#);
    insta::assert_snapshot!(create(&session, &[]), @r#"
    ---- stderr
    error: "Which quickstart?" needs an answer, and there is no terminal to ask on

    hint: give the name of one, or --from
    hint: quickstarts: rust, go, javascript, python, cpp, ruby, php, typescript, maven, gradle, static
    hint: `landfall explain LF0002` says more
    ---- status 2
    "#);
    insta::assert_snapshot!(create(&session, &["static", "-p", "../x"]), @r#"
    ---- stderr
    error: "../x" cannot be the name of an app: it holds '.'; only a-z, 0-9 and - may stand in a host name

    hint: use --name x
    hint: `landfall explain LF0101` says more
    ---- status 2
    "#);
    insta::assert_snapshot!(create(&session, &["--from", "ext::sh -c id"]), @r#"
    ---- stderr
    error: "ext::sh -c id" is no repository address: an absolute path, https://, ssh:// or user@host:path is expected

    hint: URL or URL@REVISION is expected
    ---- status 2
    "#);
    assert!(
        before == everything(session.root()),
        "something was written"
    );
}
