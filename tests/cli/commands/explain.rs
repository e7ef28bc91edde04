use crate::session::Session;

#[test]
fn a_code_has_a_page() {
    let session = Session::new();
    insta::assert_snapshot!(session.run(&["explain", "lf1"]), @"
    # LF0001: not there yet

    The command or feature is part of what landfall promises, and this version does not have it. Nothing was done.

    `landfall help` lists what is there.
    ");
}

#[test]
fn an_unknown_code_gets_the_nearest() {
    let session = Session::new();
    insta::assert_snapshot!(session.run(&["explain", "LF0099"]), @r#"
    ---- stderr
    error: no error code is called "LF0099"

    hint: did you mean LF0001 or LF0002 or LF0003?
    hint: `landfall explain LF0004` says more
    ---- status 5
    "#);
}
