use crate::session::Session;

#[test]
fn environments_are_listed_in_the_order_of_promotion() {
    let session = Session::new();
    session.done_in(
        "work",
        &["create", "environment", "production", "--order", "200"],
    );
    session.done_in(
        "work",
        &[
            "create",
            "environment",
            "staging",
            "--order",
            "100",
            "--promote",
            "Auto",
        ],
    );
    insta::assert_snapshot!(session.run(&["get", "environments"]), @"
    NAME         PROMOTE   NAMESPACE    ORDER   SOURCE
    staging      Auto      staging        100   ada/environment-staging
    production   Manual    production     200   ada/environment-production
    ");
    insta::assert_snapshot!(session.run(&["get", "env", "-o", "name"]), @"
    environment/staging
    environment/production
    ");
    insta::assert_snapshot!(session.run(&["get", "environments", "staging", "-o", "json"]), @r#"
    {
      "apiVersion": "jenkins.io/v1",
      "kind": "Environment",
      "metadata": {
        "name": "staging"
      },
      "spec": {
        "label": "staging",
        "namespace": "staging",
        "promotionStrategy": "Auto",
        "order": 100,
        "kind": "Permanent",
        "source": {
          "kind": "Git",
          "url": "ada/environment-staging",
          "ref": "main",
          "dir": ""
        }
      }
    }
    "#);
    let list = session.json(&["get", "environments"]);
    let names: Vec<_> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["metadata"]["name"])
        .collect();
    assert_eq!(names, ["staging", "production"]);
}
