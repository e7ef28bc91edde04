use crate::session::Session;

fn commit(session: &Session, message: &str) {
    session.git(
        "work",
        &["commit", "--quiet", "--allow-empty", "-m", message],
    );
}

#[test]
fn it_follows_tags_and_conventional_commits() {
    let session = Session::new();
    session.git("work", &["init", "--quiet"]);
    commit(&session, "start");
    insta::assert_snapshot!(session.run(&["next-version", "-v"]), @"
    0.0.1
    ---- stderr
    0.0.1: there is no release yet
    ");
    session.git("work", &["tag", "v0.9.0"]);
    session.git("work", &["tag", "v0.10.0"]);
    insta::assert_snapshot!(session.run(&["next-version"]), @"0.10.0");
    commit(&session, "fix: a");
    commit(&session, "feat: b");
    insta::assert_snapshot!(session.run(&["next-version", "-o", "json"]), @r#"
    {
      "version": "0.11.0",
      "previous": "0.10.0",
      "because": {
        "reason": "commit",
        "headline": "feat: b"
      }
    }
    "#);
    commit(&session, "chore!: c");
    insta::assert_snapshot!(session.run(&["next-version"]), @"1.0.0");
}

#[test]
fn without_a_repository_or_a_commit_it_says_so() {
    let session = Session::new();
    insta::assert_snapshot!(session.run(&["next-version"]), @"
    ---- stderr
    error: /ROOT_________/work is in no Git repository

    hint: run it in a repository, or name one with --dir
    hint: `landfall explain LF0021` says more
    ---- status 1
    ");
    session.git("work", &["init", "--quiet"]);
    insta::assert_snapshot!(session.run(&["next-version"]), @"
    ---- stderr
    error: /ROOT_________/work has no commit yet

    hint: `landfall explain LF0021` says more
    ---- status 1
    ");
}
