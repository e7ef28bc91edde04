use super::runs::{imported, push, until};
use crate::session::Session;

#[test]
fn old_runs_go_with_their_logs_and_the_newest_stay() {
    let session = Session::with_platform();
    let folder = imported(&session, "echo one");
    until(&session, "1", "Succeeded");
    push(&session, &folder, "echo two");
    until(&session, "2", "Succeeded");
    let logs = session.state().join("logs");
    let old = logs.join("ada-shop-main-1");
    assert!(old.is_dir(), "the first run has logs");

    insta::assert_snapshot!(session.run(&["gc", "activities", "--keep", "1", "--dry-run"]), @"ada/shop/main #1 would be removed");
    assert!(old.is_dir(), "a dry run removes nothing");
    assert_eq!(
        session.run(&["gc", "activities"]).to_string(),
        "",
        "twenty are kept"
    );
    let young = session.run(&["gc", "activities", "--keep", "0", "--older-than", "1"]);
    assert_eq!(young.to_string(), "", "nothing is a day old");

    insta::assert_snapshot!(session.run(&["gc", "activities", "--keep", "1"]), @"ada/shop/main #1 removed");
    assert!(!old.exists() && logs.join("ada-shop-main-2").is_dir());
    insta::assert_snapshot!(session.run(&["get", "activities", "-o", "name"]), @"activity/ada-shop-main-2");
    // Numbers are not used again.
    push(&session, &folder, "sleep 600");
    until(&session, "3", "Running");
    insta::assert_snapshot!(session.run(&["gc", "activities", "--keep", "0", "-o", "name"]), @"activity/ada-shop-main-2");
    until(&session, "3", "Running");
}
