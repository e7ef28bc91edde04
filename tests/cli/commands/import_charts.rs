//! Charts that a repository brings along: what a plan says of them, and old ones converted on request.

use crate::session::{Session, everything};

const GO: &[(&str, &str)] = &[
    ("go.mod", "module example.com/shop\n\ngo 1.24\n"),
    ("main.go", "package main\n\nfunc main() {}\n"),
    ("Makefile", "NAME := {{name}}\nAPP := REPLACE_ME_APP_NAME\n"),
];
/// The Knative Service of a Go pack of 2019.
const KSVC: &str = "\
{{- if .Values.knativeDeploy }}
apiVersion: serving.knative.dev/v1alpha1
kind: Service
metadata:
  name: {{ .Values.service.name }} # kept
spec:
  runLatest:
    configuration:
      revisionTemplate:
        spec:
          container:
            image: \"{{ .Values.image.repository }}:{{ .Values.image.tag }}\"
            resources:
{{ toYaml .Values.resources | indent 14 }}
{{- end }}
";
const JX: &[(&str, &str)] = &[
    (
        "charts/shop/Chart.yaml",
        "apiVersion: v1\nname: shop\nversion: 0.1.0-SNAPSHOT\n",
    ),
    (
        "charts/shop/values.yaml",
        "knativeDeploy: true\nimage:\n  repository: draft\n  tag: dev\nservice: {name: shop}\nresources:\n  limits: {cpu: 100m}\n",
    ),
    ("charts/shop/templates/ksvc.yaml", KSVC),
];

fn import(session: &Session, folder: &str, more: &[&str]) -> String {
    let args = [&["import", "--batch-mode"], more].concat();
    session.run_in(folder, &args).stable().to_string()
}

/// Why the plan adopts the chart.
fn because(session: &Session, name: &str, files: &[(&str, &str)]) -> String {
    let folder = session.repository(name, &[GO, files].concat());
    let plan = session.json_in(&folder, &["import", "--dry-run"]);
    let files = plan["files"].as_array().unwrap();
    let chart = files.iter().find(|file| {
        file["because"]
            .as_str()
            .unwrap()
            .starts_with("is the repository's chart")
    });
    chart.unwrap()["because"].as_str().unwrap().to_owned()
}

#[test]
fn the_plan_says_where_a_release_writes_the_image_and_what_is_missing() {
    let session = Session::new();
    let chart = (
        "deploy/Chart.yaml",
        "apiVersion: v2\nname: web\nversion: 0.1.0\n",
    );
    let with = |name: &str, values: &'static str, image: &'static str| {
        because(
            &session,
            name,
            &[
                chart,
                ("deploy/values.yaml", values),
                ("deploy/templates/web.yaml", image),
            ],
        )
    };
    insta::assert_snapshot!(with("whole", "image: acme/web:1\n", "kind: Deployment\nspec:\n  image: {{ .Values.image }}\n"), @"is the repository's chart; the release packages it, and none is added beside it; its image is set at image");
    insta::assert_snapshot!(with("parts", "", "kind: Deployment\nspec:\n  image: \"{{ .Values.image.name }}:{{ .Values.imageTag }}\"\n"), @"is the repository's chart; the release packages it, and none is added beside it; its image is set at image.name, imageTag");
    insta::assert_snapshot!(with("fixed", "", "kind: Deployment\nspec:\n  image: acme/web:1\n"), @"is the repository's chart; the release packages it, and none is added beside it; deploy/templates/web.yaml:3 names the image acme/web:1 outright; {{ .Values.image.repository }}:{{ .Values.image.tag }} lets a release set it");
    insta::assert_snapshot!(with("broken", "a: [\n", "kind: Deployment\n"), @"is the repository's chart; the release packages it, and none is added beside it; cannot use deploy/values.yaml: yaml: line 1: did not find expected node content");
    insta::assert_snapshot!(because(&session, "old", JX), @"is the repository's chart; the release packages it, and none is added beside it; its image is set at image.repository, image.tag; charts/shop/templates/ksvc.yaml is for a Knative that no cluster has any more, which --convert-charts mends");
}

#[test]
fn a_knative_service_of_2019_is_converted_on_request() {
    let session = Session::new();
    let folder = session.repository("shop", &[GO, JX].concat());
    let before = everything(session.root());
    insta::assert_snapshot!(import(&session, &folder, &["--convert-charts", "--dry-run", "-o", "name"]), @r#"
    app/shop
    ---- stderr
    --- a/charts/shop/templates/ksvc.yaml
    +++ b/charts/shop/templates/ksvc.yaml
    @@ -1,15 +1,13 @@
     {{- if .Values.knativeDeploy }}
    -apiVersion: serving.knative.dev/v1alpha1
    +apiVersion: serving.knative.dev/v1
     kind: Service
     metadata:
       name: {{ .Values.service.name }} # kept
     spec:
    -  runLatest:
    -    configuration:
    -      revisionTemplate:
    -        spec:
    -          container:
    -            image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
    -            resources:
    -{{ toYaml .Values.resources | indent 14 }}
    +  template:
    +    spec:
    +      containers:
    +      - image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
    +        resources:
    +{{ toYaml .Values.resources | indent 10 }}
     {{- end }}
    "#);
    assert!(
        before == everything(session.root()),
        "a dry run wrote something"
    );
    session.write("work/shop/notes.txt", "{{name}}\n");
    let done = session
        .done_in(&folder, &["import", "--batch-mode", "--convert-charts"])
        .stable();
    assert!(
        done.stderr
            .contains("committed charts/shop/templates/ksvc.yaml"),
        "{done}"
    );
    insta::assert_snapshot!(session.read("work/shop/charts/shop/templates/ksvc.yaml"), @r#"
    {{- if .Values.knativeDeploy }}
    apiVersion: serving.knative.dev/v1
    kind: Service
    metadata:
      name: {{ .Values.service.name }} # kept
    spec:
      template:
        spec:
          containers:
          - image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
            resources:
    {{ toYaml .Values.resources | indent 10 }}
    {{- end }}
    "#);
    assert_eq!(session.read("work/shop/Makefile"), GO[2].1);
    assert_eq!(session.git(&folder, &["status", "--short"]), "?? notes.txt");
    insta::assert_snapshot!(session.git(&folder, &["log", "--format=%s", "--name-only", "--", "charts"]), @"
    chore: convert the chart's Knative Service to serving.knative.dev/v1

    charts/shop/templates/ksvc.yaml
    feat: start

    charts/shop/Chart.yaml
    charts/shop/templates/ksvc.yaml
    charts/shop/values.yaml
    ");
    let rendered = session
        .done_in(&folder, &["template", "shop", "charts/shop"])
        .stdout;
    insta::assert_snapshot!(rendered, @r#"
    ---
    # Source: shop/templates/ksvc.yaml
    apiVersion: serving.knative.dev/v1
    kind: Service
    metadata:
      name: shop # kept
    spec:
      template:
        spec:
          containers:
          - image: "draft:dev"
            resources:
              limits:
                cpu: 100m
    "#);
    // Again there is nothing to convert.
    let count = session.git(&folder, &["rev-list", "--count", "HEAD"]);
    session.done_in(&folder, &["import", "--batch-mode", "--convert-charts"]);
    assert_eq!(
        session.git(&folder, &["rev-list", "--count", "HEAD"]),
        count
    );
    let undone = session.done_in(&folder, &["import", "--undo"]);
    let left = session.git(&folder, &["rev-parse", "--short", "HEAD"]);
    assert!(
        undone.stderr.contains(&format!(
            "the commit {left}, which converted the chart, stays"
        )),
        "{undone}"
    );
}

#[test]
fn a_conversion_that_was_interrupted_is_committed_and_own_changes_are_not() {
    let session = Session::new();
    let folder = session.repository("shop", &[GO, JX].concat());
    let path = "work/shop/charts/shop/templates/ksvc.yaml";
    let mine = KSVC.replace("# kept", "# mine");
    session.write(path, &mine);
    insta::assert_snapshot!(import(&session, &folder, &["--convert-charts"]), @"
    ---- stderr
    error: charts/shop/templates/ksvc.yaml has changes that are not committed

    hint: commit or stash them first
    hint: `landfall explain LF0024` says more
    ---- status 6
    ");
    assert_eq!(session.read(path), mine);
    // What a call wrote that was killed before its commit.
    session.write(path, KSVC);
    session.done_in(&folder, &["import", "--batch-mode", "--convert-charts"]);
    let converted = session.read(path);
    session.git(&folder, &["reset", "--quiet", "--hard", "HEAD~2"]);
    session.write(path, &converted);
    import(&session, &folder, &["--convert-charts"]);
    assert_eq!(session.git(&folder, &["status", "--short", "charts"]), "");
}

#[test]
fn what_cannot_be_converted_is_said_and_stays() {
    let session = Session::new();
    let folder = session.repository("shop", &[GO, JX].concat());
    let path = "charts/shop/templates/ksvc.yaml";
    session.write(
        &format!("work/shop/{path}"),
        &KSVC.replace("runLatest:", "release:"),
    );
    session.git(
        &folder,
        &["commit", "--quiet", "--all", "-m", "feat: release"],
    );
    let before = everything(&session.root().join(&folder));
    insta::assert_snapshot!(import(&session, &folder, &["--convert-charts"]), @"
    ---- stderr
    error: cannot convert charts/shop/templates/ksvc.yaml: line 7: spec.release is spec.traffic now: name the revisions there

    hint: change that by hand, or leave --convert-charts out
    hint: `landfall explain LF0105` says more
    ---- status 1
    ");
    assert!(
        before == everything(&session.root().join(&folder)),
        "something was written"
    );
}
