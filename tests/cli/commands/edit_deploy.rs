use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::session::{Session, everything};

const GO: &[(&str, &str)] = &[
    ("go.mod", "module example.com/shop\n\ngo 1.24\n"),
    ("main.go", "package main\n\nfunc main() {}\n"),
];

/// A chart as Jenkins X 2 made them, shortened, with the line ends of Windows and no end of the last line.
const JX_VALUES: &str = "# enable this flag to use knative serve to deploy the app\r\nknativeDeploy: false   # not yet\r\n\r\nhpa:\r\n  enabled: true\r\n  minReplicas: 2\r\n  maxReplicas: 6\r\nimage: {repository: draft, tag: dev} # by skaffold";
const JX: &[(&str, &str)] = &[
    (
        "charts/shop/Chart.yaml",
        "apiVersion: v1\nname: shop\nversion: 0.1.0-SNAPSHOT\n",
    ),
    ("charts/shop/values.yaml", JX_VALUES),
    (
        "charts/shop/templates/ksvc.yaml",
        "{{- if .Values.knativeDeploy }}\napiVersion: serving.knative.dev/v1\nkind: Service\n{{- end }}\n",
    ),
    (
        "charts/shop/templates/deployment.yaml",
        "{{- if .Values.knativeDeploy }}\n{{- else }}\napiVersion: apps/v1\nkind: Deployment\n{{- end }}\n",
    ),
    (
        "charts/shop/templates/hpa.yaml",
        "{{- if .Values.hpa.enabled }}\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec:\n  minReplicas: {{ .Values.hpa.minReplicas }}\n  maxReplicas: {{ .Values.hpa.maxReplicas }}\n{{- end }}\n",
    ),
    (
        "charts/preview/Chart.yaml",
        "apiVersion: v1\nname: preview\nversion: 0.1.0\n",
    ),
];
const VALUES: &str = "work/shop/charts/shop/values.yaml";

fn imported(session: &Session) -> String {
    let folder = session.repository("shop", GO);
    session.done_in(&folder, &["import", "--batch-mode"]);
    folder
}

fn edit(session: &Session, folder: &str, more: &[&str]) -> String {
    let outcome = session.run_in(folder, &[&["edit", "deploy"], more].concat());
    outcome.stable().to_string()
}

/// The kinds that the chart renders, in order.
fn kinds(session: &Session, folder: &str) -> Vec<String> {
    let rendered = session
        .done_in(folder, &["template", "shop", "charts/shop"])
        .stdout;
    let kinds = rendered
        .lines()
        .filter_map(|line| line.strip_prefix("kind: "));
    kinds.map(str::to_owned).collect()
}

#[test]
fn a_chart_of_landfalls_packs_is_switched_there_and_back() {
    let session = Session::new();
    let folder = imported(&session);
    let before = session.read(VALUES);
    assert_eq!(kinds(&session, &folder), ["Service"]);
    let tree = everything(session.root());
    insta::assert_snapshot!(edit(&session, &folder, &["hpa", "--min-replicas", "2", "--dry-run"]), @r#"
    --- a/charts/shop/values.yaml
    +++ b/charts/shop/values.yaml
    @@ -1,5 +1,5 @@
     # true: a Knative Service, asleep when idle. false: a Deployment, a Service and, if enabled, an HPA and an Ingress.
    -knativeDeploy: true
    +knativeDeploy: false
     
     # "" takes the release's name.
     service:
    @@ -85,8 +85,8 @@
       failureThreshold: 3
     
     hpa:
    -  enabled: false
    -  minReplicas: 1
    +  enabled: true
    +  minReplicas: 2
       maxReplicas: 10
       cpuUtilization: 80
    "#);
    assert!(
        tree == everything(session.root()),
        "a dry run wrote something"
    );

    insta::assert_snapshot!(edit(&session, &folder, &["hpa", "--min-replicas", "2"]), @"charts/shop/values.yaml edited: knativeDeploy true -> false, hpa.enabled false -> true, hpa.minReplicas 1 -> 2");
    assert_eq!(
        kinds(&session, &folder),
        ["Service", "Deployment", "HorizontalPodAutoscaler"]
    );
    insta::assert_snapshot!(edit(&session, &folder, &["default"]), @"charts/shop/values.yaml edited: hpa.enabled true -> false");
    assert_eq!(kinds(&session, &folder), ["Service", "Deployment"]);
    insta::assert_snapshot!(edit(&session, &folder, &["knative"]), @"charts/shop/values.yaml edited: knativeDeploy false -> true");
    assert_eq!(
        session
            .read(VALUES)
            .replace("minReplicas: 2", "minReplicas: 1"),
        before
    );

    let tree = everything(session.root());
    insta::assert_snapshot!(edit(&session, &folder, &["-k", "knative"]), @"charts/shop/values.yaml unchanged: knative already");
    assert!(
        tree == everything(session.root()),
        "an edit that is done already wrote something"
    );
}

#[test]
fn a_chart_of_jenkins_x_keeps_every_other_byte_and_its_mode() {
    let session = Session::new();
    let folder = session.repository("shop", JX);
    let path = session.root().join(VALUES);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    insta::assert_snapshot!(edit(&session, &folder, &["ksvc"]), @"charts/shop/values.yaml edited: knativeDeploy false -> true, hpa.enabled true -> false");
    let expected = JX_VALUES.replace("false   # not", "true   # not").replacen(
        "enabled: true",
        "enabled: false",
        1,
    );
    assert_eq!(session.read(VALUES), expected);
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o755
    );
    insta::assert_snapshot!(edit(&session, "work/shop/charts/shop", &["hpa", "--max-replicas", "9"]), @"charts/shop/values.yaml edited: knativeDeploy true -> false, hpa.enabled false -> true, hpa.maxReplicas 6 -> 9");
    assert_eq!(
        session.read(VALUES),
        JX_VALUES.replace("maxReplicas: 6", "maxReplicas: 9")
    );
}

#[test]
fn the_answer_for_scripts_names_each_value() {
    let session = Session::new();
    let folder = session.repository("shop", JX);
    let plan = session.json_in(&folder, &["edit", "deploy", "knative", "--dry-run"]);
    insta::assert_snapshot!(serde_json::to_string_pretty(&plan).unwrap(), @r#"
    {
      "chart": "charts/shop",
      "kind": "knative",
      "path": "charts/shop/values.yaml",
      "sets": [
        {
          "key": "knativeDeploy",
          "from": false,
          "to": true,
          "because": "charts/shop/templates/ksvc.yaml:3 renders the Knative Service then"
        },
        {
          "key": "hpa.enabled",
          "from": true,
          "to": false,
          "because": "charts/shop/templates/hpa.yaml:3 renders no HorizontalPodAutoscaler then"
        }
      ],
      "warnings": []
    }
    "#);
}

#[test]
fn a_commit_holds_the_values_alone() {
    let session = Session::new();
    let folder = session.repository("shop", JX);
    session.write("work/shop/notes.txt", "mine\n");
    insta::assert_snapshot!(edit(&session, &folder, &["knative", "--commit"]), @"
    charts/shop/values.yaml edited: knativeDeploy false -> true, hpa.enabled true -> false
    ---- stderr
    committed charts/shop/values.yaml as COMMIT_
    ");
    insta::assert_snapshot!(session.git(&folder, &["show", "--stat=60", "--format=%s"]), @"
    chore: deploy shop as a Knative Service

     charts/shop/values.yaml | 4 ++--
     1 file changed, 2 insertions(+), 2 deletions(-)
    ");
    assert_eq!(session.git(&folder, &["status", "--short"]), "?? notes.txt");
    // Written by a call that was interrupted before its commit.
    edit(&session, &folder, &["default"]);
    insta::assert_snapshot!(edit(&session, &folder, &["default", "--commit"]), @"
    charts/shop/values.yaml unchanged: default already
    ---- stderr
    committed charts/shop/values.yaml as COMMIT_
    ");
    assert_eq!(session.git(&folder, &["status", "--short"]), "?? notes.txt");
    insta::assert_snapshot!(edit(&session, &folder, &["default", "--commit"]), @"charts/shop/values.yaml unchanged: default already");
    assert_eq!(session.git(&folder, &["rev-list", "--count", "HEAD"]), "3");
    // Changes of the user's own are not swept in.
    let mine = format!("{}\r\nmine: 1\r\n", session.read(VALUES));
    session.write(VALUES, &mine);
    insta::assert_snapshot!(edit(&session, &folder, &["knative", "--commit"]), @"
    ---- stderr
    error: charts/shop/values.yaml has changes that are not committed

    hint: commit or stash them first
    hint: `landfall explain LF0024` says more
    ---- status 6
    ");
    assert_eq!(session.read(VALUES), mine);
}

#[test]
fn what_a_chart_lacks_is_said() {
    let session = Session::new();
    let plain = session.repository(
        "plain",
        &[
            (
                "Chart.yaml",
                "apiVersion: v2\nname: plain\nversion: 0.1.0\n",
            ),
            ("values.yaml", "replicas: 1\n"),
            (
                "templates/web.yaml",
                "apiVersion: apps/v1\nkind: Deployment\n",
            ),
        ],
    );
    let tree = everything(session.root());
    insta::assert_snapshot!(edit(&session, &plain, &["knative"]), @"
    ---- stderr
    error: no template in templates makes a Knative Service

    hint: add templates/ksvc.yaml with a Knative Service, between {{ if .Values.knativeDeploy }} and {{ end }}
    hint: `landfall explain LF0110` says more
    ---- status 1
    ");
    insta::assert_snapshot!(edit(&session, &plain, &["hpa"]), @"
    ---- stderr
    error: no template in templates makes a HorizontalPodAutoscaler

    hint: add templates/hpa.yaml with a HorizontalPodAutoscaler, between {{ if .Values.hpa.enabled }} and {{ end }}
    hint: `landfall explain LF0110` says more
    ---- status 1
    ");
    insta::assert_snapshot!(edit(&session, &plain, &["default", "--chart", "chart"]), @"
    ---- stderr
    error: chart is no chart: it has no Chart.yaml

    hint: charts here: .
    hint: `landfall explain LF0004` says more
    ---- status 5
    ");
    insta::assert_snapshot!(edit(&session, &plain, &["knative", "--max-replicas", "3"]), @"
    ---- stderr
    error: --min-replicas and --max-replicas are for hpa, not for knative

    hint: the bounds of a Knative Service are knative.scaling.minScale and maxScale of the values
    ---- status 2
    ");
    insta::assert_snapshot!(edit(&session, &plain, &[]), @r#"
    ---- stderr
    error: "How is the app deployed?" needs an answer, and there is no terminal to ask on

    hint: give knative, default or hpa
    hint: `landfall explain LF0002` says more
    ---- status 2
    "#);
    insta::assert_snapshot!(edit(&session, "work", &["knative"]), @"
    ---- stderr
    error: no template in plain/templates makes a Knative Service

    hint: add plain/templates/ksvc.yaml with a Knative Service, between {{ if .Values.knativeDeploy }} and {{ end }}
    hint: `landfall explain LF0110` says more
    ---- status 1
    ");
    assert!(tree == everything(session.root()), "something was written");
}

#[test]
fn one_of_several_charts_is_meant() {
    let session = Session::new();
    let folder = session.repository("shop", JX);
    session.write(
        "work/shop/charts/web/Chart.yaml",
        "apiVersion: v2\nname: web\nversion: 0.1.0\n",
    );
    insta::assert_snapshot!(edit(&session, &folder, &["knative"]), @r#"
    ---- stderr
    error: "Which chart?" needs an answer, and there is no terminal to ask on

    hint: give one of the charts with --chart
    hint: charts here: charts/shop, charts/web
    hint: `landfall explain LF0002` says more
    ---- status 2
    "#);
    insta::assert_snapshot!(edit(&session, "work/shop/charts", &["knative", "--chart", "shop"]), @"charts/shop/values.yaml edited: knativeDeploy false -> true, hpa.enabled true -> false");
}
