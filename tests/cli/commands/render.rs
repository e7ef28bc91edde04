use crate::session::Session;

const KSVC: &str = "\
apiVersion: serving.knative.dev/v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/min-scale: {{ .Values.minScale | quote }}
    spec:
      containers:
        - image: example.com/web:1
";

/// A chart whose Knative Service Knative refuses when `minScale` is no number.
fn chart(session: &Session, folder: &str) {
    session.write(
        &format!("{folder}/Chart.yaml"),
        "apiVersion: v2\nname: web\nversion: 1.0.0\n",
    );
    session.write(&format!("{folder}/values.yaml"), "minScale: 1\n");
    session.write(&format!("{folder}/templates/ksvc.yaml"), KSVC);
}

#[test]
fn a_chart_is_rendered_wherever_it_is_named_from() {
    let session = Session::new();
    let folder = session.repository("shop", &[("README.md", "# Shop\n")]);
    chart(&session, &format!("{folder}/charts/web"));
    let whole = session.run_in(&folder, &["render"]);
    insta::assert_snapshot!(whole, @r#"
    ---
    # Source: web/templates/ksvc.yaml
    apiVersion: serving.knative.dev/v1
    kind: Service
    metadata:
      name: web
    spec:
      template:
        metadata:
          annotations:
            autoscaling.knative.dev/min-scale: "1"
        spec:
          containers:
            - image: example.com/web:1
    "#);
    for same in ["web", "charts/web", "."] {
        let outcome = session.run_in(&folder, &["render", same]);
        assert_eq!(outcome.to_string(), whole.to_string(), "{same}");
    }
    let set = session.run_in(&folder, &["render", "--set", "minScale=3", "--name", "store"]);
    assert!(set.stdout.contains("min-scale: \"3\"") && set.stdout.contains("name: store"), "{set}");
    chart(&session, &format!("{folder}/charts/api"));
    insta::assert_snapshot!(session.run_in(&folder, &["render"]), @"
    ---- stderr
    error: failed to render the chart .
      caused by: unable to detect chart at /ROOT_________/work/shop/Chart.yaml: open /ROOT_________/work/shop/Chart.yaml: no such file or directory
    ---- status 1
    ");
    insta::assert_snapshot!(session.run_in(&folder, &["render", "store"]), @"
    ---- stderr
    error: failed to render the chart store
      caused by: stat /ROOT_________/work/shop/store: no such file or directory
      caused by: No such file or directory (os error 2)
    ---- status 1
    ");
}

#[test]
fn mistakes_are_explained() {
    let session = Session::new();
    chart(&session, "work/web");
    session.write("work/web/templates/bad.yaml", "a: {{ .Values.image.tag }}\n");
    insta::assert_snapshot!(session.run(&["render", "web"]), @r#"
    ---- stderr
    error: failed to render the chart web
      caused by: web/templates/bad.yaml:1:13
          executing "web/templates/bad.yaml" at <.Values.image.tag>:
            nil pointer evaluating interface {}.tag

    hint: a parent of the value is missing: set it in the values, or guard the template with `with` or `if`
    ---- status 1
    "#);
}

/// An environment with one app: the chart above, kept in the environment's own repository.
fn environment(session: &Session, folder: &str) {
    session.write(
        &format!("{folder}/environment.yaml"),
        "name: edge\npromotion: Manual\nchartRepository: http://charts.example.com\n",
    );
    chart(session, &format!("{folder}/namespaces/edge/web"));
}

#[test]
fn an_environment_is_rendered_as_it_would_be_applied() {
    let session = Session::new();
    environment(&session, "work/edge");
    let folder = session.run(&["render", "edge"]);
    insta::assert_snapshot!(folder, @"
    ---- stderr
    error: namespaces/edge/web/Chart.yaml: it has no dependency web
    ---- status 1
    ");
    session.git("work/edge", &["init", "--quiet"]);
    session.git("work/edge", &["add", "--all"]);
    session.git("work/edge", &["commit", "--quiet", "-m", "feat: start"]);
    session.git("work", &["clone", "--quiet", "--bare", "edge", "edge.git"]);
    session.done_in("work", &["create", "environment", "production-edge", "--repo", "edge.git"]);
    // By its name, from anywhere: the checkout is not needed.
    std::fs::remove_dir_all(session.work().join("edge")).unwrap();
    let named = session.run(&["render", "production-edge"]);
    assert_eq!(named.stdout, folder.stdout, "{named}");
}

#[test]
fn a_service_that_knative_would_refuse_fails() {
    let session = Session::new();
    environment(&session, "work/edge");
    session.write("work/edge/namespaces/edge/web/values.yaml", "minScale: many\n");
    let outcome = session.run(&["render", "edge"]);
    assert_eq!(outcome.status, 1, "{outcome}");
    insta::assert_snapshot!(outcome.stderr, @"error: namespaces/edge/web/Chart.yaml: it has no dependency web");
}
