use crate::session::Session;

#[test]
fn it_holds_what_came_since_the_release_before() {
    let session = Session::new();
    session.git("work", &["init", "--quiet"]);
    for (message, tag) in [
        ("start", Some("v1.0.0")),
        ("fix(web): a", None),
        ("feat: b", None),
    ] {
        session.git(
            "work",
            &["commit", "--quiet", "--allow-empty", "-m", message],
        );
        if let Some(tag) = tag {
            session.git("work", &["tag", "--annotate", "--message", tag, tag]);
        }
    }
    let unreleased = session.run(&["changelog"]).stdout;
    session.git("work", &["tag", "v1.1.0"]);
    let released = session.run(&["changelog"]).stdout;
    assert_eq!(released, unreleased.replace("Unreleased", "1.1.0"));
    insta::assert_snapshot!(released, @"
    ## 1.1.0

    ### New Features

    * b (Ada, e70ab4f)

    ### Bug Fixes

    * **web:** a (Ada, dfc6679)
    ");
    insta::assert_snapshot!(session.run(&["changelog", "--version", "next"]), @r#"
    ---- stderr
    error: invalid value 'next' for '--version <VERSION>': "next" is no version: unexpected character 'n' while parsing major version number

    For more information, try '--help'.
    ---- status 2
    "#);
}
