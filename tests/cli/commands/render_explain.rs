use crate::session::Session;

/// A chart with helpers, a subchart, and a values file of the user's beside it.
fn session() -> Session {
    let session = Session::new();
    for (path, text) in [
        (
            "shop/Chart.yaml",
            "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
        ),
        (
            "shop/values.yaml",
            "image:\n  repository: shop\n  tag: latest\ndb:\n  size: 2\n",
        ),
        (
            "shop/templates/_helpers.tpl",
            "{{- define \"shop.labels\" -}}\napp: {{ .Release.Name }}\nchart: {{ .Chart.Name }}\n{{- end -}}\n",
        ),
        (
            "shop/templates/deployment.yaml",
            "kind: Deployment\nlabels:\n  {{- include \"shop.labels\" . | nindent 2 }}\nimage: \"{{ .Values.image.repository }}:{{ .Values.image.tag }}\"\n",
        ),
        (
            "shop/charts/db/Chart.yaml",
            "apiVersion: v2\nname: db\nversion: 1.0.0\n",
        ),
        ("shop/charts/db/values.yaml", "size: 1\n"),
        (
            "shop/charts/db/templates/set.yaml",
            "kind: StatefulSet\nsize: {{ .Values.size }}\n",
        ),
        ("prod.yaml", "image:\n  tag: \"1.5\"\n"),
    ] {
        session.write(path, text);
    }
    session
}

#[test]
fn every_line_names_the_place_that_wrote_it() {
    let session = session();
    insta::assert_snapshot!(session.run_in(".", &["render", "shop", "--explain"]), @r#"
     1                                    | ---
     2                                    | # Source: shop/templates/deployment.yaml
     3 deployment.yaml:1                  | kind: Deployment
     4 deployment.yaml:2                  | labels:
     5 _helpers.tpl:2 < deployment.yaml:3 |   app: shop
     6 _helpers.tpl:3 < deployment.yaml:3 |   chart: shop
     7 deployment.yaml:4                  | image: "shop:latest"
     8                                    | ---
     9                                    | # Source: shop/charts/db/templates/set.yaml
    10 set.yaml:1                         | kind: StatefulSet
    11 set.yaml:2                         | size: 2
    "#);
}

#[test]
fn a_line_names_the_calls_and_the_values_behind_it() {
    let session = session();
    insta::assert_snapshot!(session.run_in(".", &["render", "shop", "--explain=5"]), @r#"
    line 5:   app: shop
      shop/templates/_helpers.tpl:2:9  {{ .Release.Name }}
        called at shop/templates/deployment.yaml:3:7  {{ include "shop.labels" . | nindent 2 }}
    "#);
    insta::assert_snapshot!(
        session.run_in(".", &["render", "shop", "-f", "prod.yaml", "--explain=7"]),
        @r#"
    line 7: image: "shop:1.5"
      shop/templates/deployment.yaml:4:12  {{ .Values.image.repository }}
      shop/templates/deployment.yaml:4:43  {{ .Values.image.tag }}
      image.repository = "shop"
        shop/values.yaml:2  "shop"
      image.tag = "1.5"
        prod.yaml:2         "1.5"
        shop/values.yaml:3  "latest"  (overridden)
    "#
    );
    insta::assert_snapshot!(session.run_in(".", &["render", "shop", "--explain=11"]), @"
    line 11: size: 2
      shop/charts/db/templates/set.yaml:2:10  {{ .Values.size }}
      db.size = 2
        shop/values.yaml:5            2
        shop/charts/db/values.yaml:1  1  (overridden)
    ");
    insta::assert_snapshot!(session.run_in(".", &["render", "shop", "--explain=30"]), @"
    ---- stderr
    error: the output has 11 lines, and --explain asks for line 30
    ---- status 2
    ");
}

#[test]
fn a_value_names_what_set_it_and_what_that_overrode() {
    let session = session();
    insta::assert_snapshot!(
        session.run_in(
            ".",
            &["render", "shop", "-f", "prod.yaml", "--set", "image.tag=2", "--explain=image.tag"]
        ),
        @r#"
    image.tag = 2
      --set image.tag=2   2
      prod.yaml:2         "1.5"  (overridden)
      shop/values.yaml:3  "latest"  (overridden)
    "#
    );
    insta::assert_snapshot!(session.run_in(".", &["render", "shop", "--explain=db"]), @r#"
    db = {"global":{},"size":2}
      shop/values.yaml:4  {"size":2}
    "#);
    insta::assert_snapshot!(session.run_in(".", &["render", "shop", "--explain=image.tga"]), @"
    ---- stderr
    error: the chart has no value image.tga

    hint: did you mean image.tag?
    hint: `landfall explain LF0004` says more
    ---- status 5
    ");
    insta::assert_snapshot!(session.run_in(".", &["render", "shop", "--explain=a..b"]), @"
    ---- stderr
    error: invalid value 'a..b' for '--explain[=<LINE|VALUE>]': a line such as 12, lines such as 12-20, or a value such as image.tag is expected

    For more information, try '--help'.
    ---- status 2
    ");
}

#[test]
fn a_value_that_nothing_reads_is_named_with_the_nearest_one() {
    let session = session();
    let outcome = session.run_in(
        ".",
        &[
            "render",
            "shop",
            "--set",
            "imge.tag=1",
            "--set",
            "db.sizes=1",
        ],
    );
    assert_eq!(outcome.status, 0, "{outcome}");
    insta::assert_snapshot!(outcome.stderr, @"
    warning: nothing in the chart reads the value db.sizes; did you mean db.size?
    warning: nothing in the chart reads the value imge; did you mean image?
    ");
}

#[test]
fn an_error_of_a_template_is_drawn() {
    let session = session();
    session.write(
        "shop/templates/_helpers.tpl",
        "{{- define \"shop.labels\" -}}\napp: {{ .Values.imge.tag }}\n{{- end -}}\n",
    );
    insta::assert_snapshot!(session.run_in(".", &["render", "shop"]), @r#"
    ---- stderr
    error: shop does not render: nil pointer evaluating interface {}.tag
      --> shop/templates/_helpers.tpl:2:16
      |
    2 | app: {{ .Values.imge.tag }}
      |                ^
      called at shop/templates/deployment.yaml:3:7  include "shop.labels" .

    hint: .Values has no "imge": did you mean "image"?
    ---- status 1
    "#);
}

#[test]
fn several_charts_are_rendered_in_the_order_given_or_not_at_all() {
    let session = session();
    session.write(
        "web/Chart.yaml",
        "apiVersion: v2\nname: web\nversion: 1.0.0\n",
    );
    session.write(
        "web/templates/a.yaml",
        "kind: A\nname: {{ .Release.Name }}\n",
    );
    let outcome = session.run_in(".", &["render", "web", "shop", "web"]);
    let sources: Vec<&str> = outcome
        .stdout
        .lines()
        .filter_map(|line| line.strip_prefix("# Source: "))
        .collect();
    assert_eq!(
        sources,
        [
            "web/templates/a.yaml",
            "shop/templates/deployment.yaml",
            "shop/charts/db/templates/set.yaml",
            "web/templates/a.yaml"
        ]
    );
    session.write("web/templates/a.yaml", "{{ fail \"not today\" }}");
    insta::assert_snapshot!(session.run_in(".", &["render", "shop", "web"]), @r#"
    ---- stderr
    error: web does not render: not today
      --> web/templates/a.yaml:1:4
      |
    1 | {{ fail "not today" }}
      |    ^
    ---- status 1
    "#);
    insta::assert_snapshot!(session.run_in(".", &["render", "shop", "web", "--name", "x"]), @"
    ---- stderr
    error: --name is for one chart
    ---- status 2
    ");
}
