use super::runs::{imported, push, until};
use crate::session::Session;

#[test]
fn each_pipeline_is_listed_with_its_newest_run() {
    let session = Session::with_platform();
    insta::assert_snapshot!(session.run(&["get", "pipelines"]), @"
    NAME   LAST_BUILD   STATUS   STARTED_AGO   DURATION
    ---- stderr
    no pipeline has run yet; `landfall import` runs the first one
    ");
    let folder = imported(&session, "exit 0");
    until(&session, "1", "Succeeded");
    push(&session, &folder, "exit 3");
    until(&session, "2", "Failed");
    insta::assert_snapshot!(session.run(&["get", "pipelines"]).stable(), @"
    NAME            LAST_BUILD   STATUS   STARTED_AGO   DURATION
    ada/shop/main   2            Failed   #s            #s
    ");
    insta::assert_snapshot!(session.run(&["get", "pipelines", "-o", "name"]), @"pipeline/ada/shop/main");
    let list = session.json(&["get", "pipelines", "--filter", "shop"]);
    let one = &list["items"][0];
    assert_eq!(one["name"], "ada/shop/main");
    assert_eq!(one["lastBuild"], "2");
    assert_eq!(one["status"], "Failed");
    let none = session.json(&["get", "pipelines", "--filter", "nobody"]);
    assert_eq!(none["items"], serde_json::json!([]));
}
