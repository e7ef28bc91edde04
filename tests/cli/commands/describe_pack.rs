use std::collections::BTreeSet;

use crate::session::Session;

#[test]
fn a_pack_is_described_in_full() {
    let session = Session::new();
    session.done_in("work", &["create", "pack", "crystal"]);
    insta::assert_snapshot!(session.run(&["describe", "pack", "./crystal"]).stable(), @r#"
    Name:    crystal
    About:   Pages that a script builds and the platform serves
    Extends: base
    Source:  /ROOT_________/work/crystal
    Digest:  sha256:DIGEST
    Built:   yes
    Sample:  3 files

    Variables:
      image  (a text)
          The image that is deployed as it is; empty where one is built
      builds  (a text; default true)
          Whether an image is built; empty where images come from elsewhere
      memory  (a text; default 256Mi)
          The most memory that an instance may take
      toolsImage  (a text; default dev.local/landfall-tools:0.1.0)
          The image of the steps that call landfall, on a cluster. No registry holds
          it; see IMAGES.md
      knativeDeploy  (a text; default true)
          Whether the app is a Knative Service, asleep when idle (true), or a
          Deployment (false)
      scalingWindow  (a text)
          How long an idle app stays awake, 6s to 1h; empty is the platform's 60s
      title  (a text that matches [A-Za-z0-9 .-]+; default Hello; asked)
          The title of the site
      output  (a text that matches [a-z][a-z0-9_-]*; default public)
          The folder that the build leaves
      minify  (true or false; default false)
          Whether empty lines are left out
      notice  (one of none, short, long; default none)
          Whether a NOTICE file is written, and which
      test  (a text; default sh test.sh)
          The command that tests the app; empty leaves the step out
      buildImage  (a text; default debian:trixie-20260803-slim)
          The image that builds
      siteImage  (a text; default nginx:1.30.4-alpine3.24-slim)
          The image that serves files

    Files:
      PATH                                       ROLE         FROM      WHEN
      .dockerignore                              dockerfile   crystal   always
      .landfall/.gitignore                       <none>       base      always
      .landfall/app.yaml                         <none>       base      always
      .tekton/pipelines/__pack__.yaml            <none>       base      always
      .tekton/pull-request.yaml                  <none>       base      always
      .tekton/release.yaml                       <none>       base      always
      .tekton/tasks/build.yaml                   <none>       crystal   always
      .tekton/tasks/changelog.yaml               <none>       base      always
      .tekton/tasks/chart.yaml                   <none>       base      always
      .tekton/tasks/checkout.yaml                <none>       base      always
      .tekton/tasks/image.yaml                   <none>       base      always
      .tekton/tasks/next-version.yaml            <none>       base      always
      .tekton/tasks/package.yaml                 <none>       base      always
      .tekton/tasks/promote.yaml                 <none>       base      always
      .tekton/tasks/tag.yaml                     <none>       base      always
      .tekton/tasks/test.yaml                    <none>       crystal   always
      Dockerfile                                 dockerfile   crystal   always
      NOTICE                                     <none>       crystal   notice !=
                                                                        "none"
      charts/__app__/Chart.yaml                  chart        base      always
      charts/__app__/templates/NOTES.txt         chart        base      always
      charts/__app__/templates/_helpers.tpl      chart        base      always
      charts/__app__/templates/deployment.yaml   chart        base      always
      charts/__app__/templates/hpa.yaml          chart        base      always
      charts/__app__/templates/ingress.yaml      chart        base      always
      charts/__app__/templates/ksvc.yaml         chart        base      always
      charts/__app__/templates/service.yaml      chart        base      always
      charts/__app__/values.schema.json          chart        base      always
      charts/__app__/values.yaml                 chart        base      always
    "#);
    let described = session.json(&["describe", "pack", "crystal"]);
    assert_eq!(described["variables"][0]["name"], "image");
    assert_eq!(described["built"], true);
    assert_eq!(
        session.json(&["describe", "pack", "go"])["source"],
        "built-in"
    );
    insta::assert_snapshot!(session.run(&["describe", "pack", "crystel"]), @r#"
    ---- stderr
    error: no pack is called "crystel"

    hint: packs: base, cpp, csharp, docker, elixir, go, gradle, helm, javascript, maven, php, python, ruby, rust, scala, static, swift, typescript
    hint: `landfall explain LF0103` says more
    ---- status 5
    "#);
}

#[test]
fn packs_say_whether_they_are_built() {
    let session = Session::new();
    session.write(
        "work/packs/cobol/pack.yaml",
        "name: cobol\ndescription: Cobol\nextends: base\nunbuilt: no compiler is here\n",
    );
    let mut command = session.command(&["get", "packs"]);
    let outcome = session.outcome(
        command
            .env("LANDFALL_PACKS", session.work().join("packs"))
            .output()
            .unwrap(),
    );
    let line = |name: &str| {
        outcome
            .stdout
            .lines()
            .find(|line| line.starts_with(name))
            .unwrap_or_default()
    };
    assert!(
        line("cobol").contains("no: no compiler is here"),
        "{outcome}"
    );
    assert!(
        line("go ").split_whitespace().nth(1) == Some("yes"),
        "{outcome}"
    );
}

#[test]
fn on_a_terminal_tables_of_packs_fit_and_lose_nothing() {
    let session = Session::new();
    let words =
        |text: &str| -> BTreeSet<String> { text.split_whitespace().map(str::to_owned).collect() };
    let folder = session.repository(
        "shop",
        &[
            ("go.mod", "module example.com/shop\n\ngo 1.26\n"),
            (
                "main.go",
                "package main\n\nfunc main() { http.ListenAndServe(\":9090\", nil) }\n",
            ),
            (
                "deploy/production/images/of-the-shop/Dockerfile",
                "FROM a:1\n",
            ),
        ],
    );
    for command in [
        "get packs",
        "detect",
        "describe pack go",
        "describe pack typescript",
        "describe pack php",
    ] {
        let screen = session.screen(&folder, command);
        let piped = session.run_in(&folder, &command.split(' ').collect::<Vec<_>>());
        assert_eq!(words(&screen), words(&piped.stdout), "{screen}");
        for line in screen.lines() {
            assert!(line.chars().count() <= 80, "{command}: {line}");
        }
    }
}
