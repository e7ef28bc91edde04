use crate::session::Session;

#[test]
fn a_promised_command_is_refused_by_name() {
    insta::assert_snapshot!(Session::new().run(&["rollback", "shop", "--env", "staging"]), @"
    ---- stderr
    error: `landfall rollback` is not there yet

    hint: `landfall help` lists what this version can do
    hint: `landfall explain LF0001` says more
    ---- status 2
    ");
}

#[test]
fn a_misspelt_command_gets_the_nearest() {
    insta::assert_snapshot!(Session::new().run(&["confg", "view"]), @r#"
    ---- stderr
    error: landfall has no command "confg"

    hint: did you mean `landfall config`?
    ---- status 2
    "#);
}
