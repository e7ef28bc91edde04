use crate::session::{Session, everything};

#[test]
fn an_environment_is_made_once_with_a_repository_that_says_what_it_is() {
    let session = Session::new();
    insta::assert_snapshot!(session.run(&["create", "environment", "qa", "--promote", "auto", "--order", "150"]), @"environment qa created: ada/environment-qa (Auto, order 150)");
    let files = session.git(
        "home/state/forge/ada/environment-qa.git",
        &["ls-tree", "-r", "--name-only", "main"],
    );
    insta::assert_snapshot!(files, @"
    .tekton/apply.yaml
    .tekton/pull-request.yaml
    README.md
    environment.yaml
    ");
    let before = everything(&session.state());
    insta::assert_snapshot!(session.run(&["create", "environment", "qa", "--promote", "auto", "--order", "150"]), @"environment qa is there already: ada/environment-qa (Auto, order 150)");
    let after = everything(&session.state());
    // The lock's file names who had it last.
    let changed: Vec<_> = after
        .iter()
        .filter(|(path, data)| before.get(*path).is_none_or(|old| old.0 != data.0))
        .map(|(path, _)| path)
        .filter(|path| path.extension().is_none_or(|extension| extension != "lock"))
        .collect();
    assert!(changed.is_empty(), "{changed:?}");
    insta::assert_snapshot!(session.run(&["get", "environments"]), @"
    NAME   PROMOTE   NAMESPACE   ORDER   SOURCE
    qa     Auto      qa            150   ada/environment-qa
    ");
}

#[test]
fn names_and_strategies_are_checked() {
    let session = Session::new();
    insta::assert_snapshot!(session.run(&["create", "environment", "QA_1"]), @r#"
    ---- stderr
    error: "QA_1" cannot name an environment or a namespace

    hint: a DNS label is expected: a-z first, then a-z, 0-9 and -, at most 63
    hint: `landfall explain LF0101` says more
    ---- status 2
    "#);
    insta::assert_snapshot!(session.run(&["create", "environment", "qa", "--promote", "maybe"]), @"
    ---- stderr
    error: invalid value 'maybe' for '--promote <WHO>': Auto, Manual or Never is expected

    For more information, try '--help'.
    ---- status 2
    ");
    assert!(!session.state().exists(), "nothing was written");
}

#[test]
fn a_registered_environment_is_never_changed_silently() {
    let session = Session::new();
    session.done_in("work", &["create", "environment", "qa"]);
    insta::assert_snapshot!(session.run(&["create", "environment", "qa", "--promote", "Never"]), @"
    ---- stderr
    error: the environment qa is there already: its promotion is Manual, not Never

    hint: edit /ROOT_________/home/state/environments.yaml to change it
    ---- status 6
    ");
    insta::assert_snapshot!(session.run(&["create", "environment", "qa", "--order", "7"]), @"
    ---- stderr
    error: the environment qa is there already: its order is 100, not 7

    hint: edit /ROOT_________/home/state/environments.yaml to change it
    ---- status 6
    ");
    insta::assert_snapshot!(session.run(&["create", "environment", "qa", "--repo", "other.git"]), @"
    ---- stderr
    error: environment qa exists already, in ada/environment-qa

    hint: `landfall explain LF0024` says more
    ---- status 6
    ");
    let one = session.json(&["get", "environments", "qa"]);
    assert_eq!(one["kind"], "Environment");
    assert_eq!(one["spec"]["promotionStrategy"], "Manual");
    insta::assert_snapshot!(session.run(&["get", "environments", "q"]), @r#"
    ---- stderr
    error: no environment is called "q"

    hint: known: qa
    hint: `landfall create environment NAME` makes another one
    hint: `landfall explain LF0004` says more
    ---- status 5
    "#);
}
