use serde_json::Value;

use super::runs::{imported, push, until};
use crate::session::Session;

#[test]
fn one_activity_is_watched_until_it_ends() {
    let session = Session::with_platform();
    insta::assert_snapshot!(session.run(&["watch"]), @"
    ---- stderr
    error: no pipeline has run yet

    hint: `landfall import` runs the first one
    hint: `landfall explain LF0004` says more
    ---- status 5
    ");
    let folder = imported(&session, "sleep 0.3");
    until(&session, "1", "Running");
    let outcome = session.run(&["watch", "shop", "--exit-status", "-o", "jsonl"]);
    assert_eq!(outcome.status, 0, "{outcome}");
    let last: Value = serde_json::from_str(outcome.stdout.lines().last().unwrap()).unwrap();
    assert_eq!(last["object"]["spec"]["status"], "Succeeded");
    push(&session, &folder, "exit 3");
    until(&session, "2", "Failed");
    insta::assert_snapshot!(session.run(&["watch", "--exit-status"]).stable(), @"
    STEP             STARTED AGO DURATION STATUS
    ada/shop/main #2          #s       #s Failed
      build                   #s       #s Failed
        Compile               #s       #s Succeeded
        Test                  #s       #s Failed exit code 3
    ---- status 10
    ");
    assert_eq!(session.run(&["watch"]).status, 0, "watching went well");
    insta::assert_snapshot!(session.run(&["watch", "-o", "json"]), @r#"
    ---- stderr
    {"error":"a watch is printed as a table or with -o jsonl","causes":[],"code":null,"exit":2,"hints":[]}
    ---- status 2
    "#);
}
