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
    let set = session.run_in(
        &folder,
        &["render", "--set", "minScale=3", "--name", "store"],
    );
    assert!(
        set.stdout.contains("min-scale: \"3\"") && set.stdout.contains("name: store"),
        "{set}"
    );
    chart(&session, &format!("{folder}/charts/api"));
    insta::assert_snapshot!(session.run_in(&folder, &["render"]), @"
    ---- stderr
    error: there are several charts here: api, web

    hint: name one: `landfall render CHART`
    ---- status 2
    ");
    insta::assert_snapshot!(session.run_in(&folder, &["render", "store"]), @r#"
    ---- stderr
    error: no chart, app or environment is called "store"

    hint: known: api, web
    hint: `landfall explain LF0004` says more
    ---- status 5
    "#);
}

#[test]
fn mistakes_are_explained() {
    let session = Session::new();
    chart(&session, "work/web");
    session.write(
        "work/web/templates/bad.yaml",
        "a: {{ .Values.image.tag }}\n",
    );
    insta::assert_snapshot!(session.run(&["render", "web"]), @r#"
    ---- stderr
    error: web does not render: nil pointer evaluating interface {}.tag
      --> web/templates/bad.yaml:1:14
      |
    1 | a: {{ .Values.image.tag }}
      |              ^

    hint: .Values has no "image": set it in the values, or guard the template with `with` or `if`
    ---- status 1
    "#);
}

/// An environment with the release 1.0.0 of that chart and these values, as the folder `work/edge`.
fn environment(session: &Session, values: &str) {
    let folder = session.repository("web", &[("index.html", "<h1>Web</h1>\n")]);
    chart(session, &format!("{folder}/charts/web"));
    session.git(&folder, &["add", "--all"]);
    session.git(&folder, &["commit", "--quiet", "-m", "feat: a chart"]);
    session.done_in(&folder, &["import", "--batch-mode"]);
    session.done_in(
        &folder,
        &[
            "step",
            "chart",
            "--version",
            "1.0.0",
            "--chart",
            "charts/web",
        ],
    );
    session.write(
        "work/edge/environment.yaml",
        "name: edge\npromotion: Manual\n",
    );
    session.write(
        "work/edge/namespaces/edge/web/Chart.yaml",
        "apiVersion: v2\nname: web\nversion: 0.0.0\ndependencies:\n  - name: web\n    version: 1.0.0\n    repository: http://charts.localhost:8080\n",
    );
    session.write("work/edge/namespaces/edge/web/values.yaml", values);
}

#[test]
fn an_environment_is_rendered_as_it_would_be_applied() {
    let session = Session::new();
    environment(&session, "web:\n  minScale: 2\n");
    let folder = session.run(&["render", "edge"]);
    insta::assert_snapshot!(folder, @r#"
    ---
    # Source: web/charts/web/templates/ksvc.yaml
    apiVersion: serving.knative.dev/v1
    kind: Service
    metadata:
      name: web
    spec:
      template:
        metadata:
          annotations:
            autoscaling.knative.dev/min-scale: "2"
        spec:
          containers:
            - image: example.com/web:1
    "#);
    session.git("work/edge", &["init", "--quiet"]);
    session.git("work/edge", &["add", "--all"]);
    session.git("work/edge", &["commit", "--quiet", "-m", "feat: start"]);
    session.git("work", &["clone", "--quiet", "--bare", "edge", "edge.git"]);
    session.done_in(
        "work",
        &["create", "environment", "edge", "--repo", "edge.git"],
    );
    // By its name, from anywhere: the checkout is not needed.
    std::fs::remove_dir_all(session.work().join("edge")).unwrap();
    let named = session.run(&["render", "edge"]);
    assert_eq!(named.to_string(), folder.to_string());
}

#[test]
fn a_service_that_knative_would_refuse_fails() {
    let session = Session::new();
    environment(&session, "web:\n  minScale: many\n");
    let outcome = session.run(&["render", "edge"]);
    assert_eq!(outcome.status, 1, "{outcome}");
    insta::assert_snapshot!(outcome.stderr, @r#"
    warning: web/charts/web/templates/ksvc.yaml: Service web: annotation autoscaling.knative.dev/min-scale: "many" is not a whole number of at least 0
    error: Knative would refuse what is rendered, for 1 reason

    hint: mend the chart, or the values of the app in this environment
    "#);
}

#[test]
fn an_app_whose_release_is_not_on_this_machine_is_named() {
    let session = Session::new();
    environment(&session, "");
    let chart = "work/edge/namespaces/edge/web/Chart.yaml";
    let text = session
        .read(chart)
        .replace("version: 1.0.0", "version: 1.1.0");
    session.write(chart, &text);
    insta::assert_snapshot!(session.run(&["render", "edge"]), @"
    ---- stderr
    error: namespaces/edge/web/Chart.yaml: chart web 1.1.0 is not in the artifact store

    hint: the release pipeline of web puts its chart there
    ---- status 1
    ");
}

/// Everything that differs from run to run, once.
const RANDOM: &str = r#"
text: {{ randAlphaNum 12 }} {{ shuffle "abcdefgh" }} {{ randInt 1 1000000 }} {{ randBytes 6 }} {{ uuidv4 }}
time: {{ now }} {{ now | ago }} {{ date "15:04" 3600 }}
keys: {{ genPrivateKey "ecdsa" | sha256sum }} {{ genPrivateKey "ed25519" | sha256sum | trunc 8 }} {{ (genCA "ca" 10).Cert | sha256sum | trunc 8 }}
passwords: {{ bcrypt "a" }} {{ htpasswd "user" "a" }} {{ encryptAES "key" "text" }}
"#;

#[test]
fn a_deterministic_render_prints_the_same_bytes_in_each_run_and_zone() {
    let session = Session::new();
    chart(&session, "web");
    session.write("web/templates/random.yaml", RANDOM);
    let render = |seed: &str, zone: &str| {
        let mut command = session.command(&["render", "web", seed]);
        command.current_dir(session.root()).env("TZ", zone);
        let outcome = session.outcome(command.output().unwrap());
        assert_eq!(outcome.status, 0, "{outcome}");
        outcome.stdout
    };
    let first = render("--deterministic", "UTC");
    assert!(
        first.contains("time: 2000-01-01 00:00:00 +0000 UTC 0s 01:00"),
        "{first}"
    );
    assert_eq!(render("--deterministic", "Asia/Tokyo"), first);
    assert_eq!(render("--deterministic=landfall", "UTC"), first);
    assert_ne!(render("--deterministic=other", "UTC"), first);
    // What one template draws does not change what another one gets.
    session.write("web/templates/another.yaml", "more: {{ randAlphaNum 5 }}\n");
    let both = render("--deterministic", "UTC");
    let of_random = |text: &str| {
        let start = text.find("# Source: web/templates/random.yaml").unwrap();
        text[start..].split("---").next().unwrap().to_owned()
    };
    assert_eq!(of_random(&both), of_random(&first));
}
