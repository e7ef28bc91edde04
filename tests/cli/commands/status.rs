use crate::session::Session;

#[test]
fn instances_of_one_environment_are_listed_as_pods_are() {
    let session = Session::with_platform();
    let folder = session.repository("site", &[("index.html", "hello\n")]);
    session.done_in(&folder, &["import", "--batch-mode"]);
    session.done_in(
        &folder,
        &[
            "get",
            "activities",
            "--filter",
            "ada/site/main",
            "--watch",
            "--exit-status",
        ],
    );
    assert_eq!(session.get("site.staging.localhost", "/").status, 200);
    let staging = session.run(&["status", "-n", "staging"]).stable();
    insta::assert_snapshot!(staging, @"
    NAME                      READY   STATUS    RESTARTS   AGE
    site-REVISION____-INST_   1/1     Running   0          #s
    ---- stderr
    gateway: http://localhost:PORT_
    ");
    insta::assert_snapshot!(session.run(&["status", "-n", "production"]), @"
    ---- stderr
    no instances: every app is asleep, or there is none
    gateway: http://localhost:PORT_
    ");
    insta::assert_snapshot!(session.run(&["status", "-n", "stagin"]), @r#"
    ---- stderr
    error: no environment is called "stagin"

    hint: did you mean staging?
    hint: `landfall explain LF0004` says more
    ---- status 5
    "#);

    let list = session.json(&["status"]);
    assert_eq!(list["kind"], "List");
    let one = &list["items"][0];
    assert_eq!(one["app"], "site");
    assert_eq!(one["environment"], "staging");
    assert_eq!(one["phase"], "Running");
    assert_eq!(one["ready"], true);
    // What it names can be looked at.
    let (_, log) = one["log"].as_str().unwrap().split_once("/home/").unwrap();
    assert!(session.home().join(log).is_file(), "{log}");
    let name = session.run(&["status", "-o", "name"]).stdout;
    assert_eq!(name, format!("pod/{}\n", one["name"].as_str().unwrap()));
    let wide = session.run(&["status", "-o", "wide"]);
    assert!(wide.stdout.starts_with("NAMESPACE "), "{wide}");
    assert!(wide.stdout.contains(&one["pid"].to_string()), "{wide}");
}
