use std::fmt::Write as _;

use crate::session::{Session, everything};

/// A session with the pack `crystal` as `create pack` makes it.
fn with_pack() -> Session {
    let session = Session::new();
    session.done_in("work", &["create", "pack", "crystal"]);
    session
}

/// Lints the pack after a text in one of its files was replaced.
fn broken(file: &str, from: &str, to: &str) -> String {
    let session = with_pack();
    let path = format!("work/crystal/{file}");
    let text = session.read(&path);
    assert!(text.contains(from), "{file} has no {from:?}");
    session.write(&path, &text.replacen(from, to, 1));
    let outcome = session.run(&["pack", "lint", "crystal"]);
    assert_eq!(outcome.status, 1, "{file}: {from} -> {to}: {outcome}");
    outcome.stdout
}

#[test]
fn a_new_pack_is_good_and_making_it_again_changes_nothing() {
    let session = with_pack();
    insta::assert_snapshot!(session.run(&["pack", "lint", "crystal"]), @"
    ---- stderr
    the pack crystal is good: 4 variants rendered, 0 warnings
    ");
    let before = everything(&session.work());
    insta::assert_snapshot!(session.run(&["create", "pack", "crystal"]), @"
    pack/crystal is there already
    ---- stderr
    0 files in /ROOT_________/work/crystal
    Next:
      landfall pack lint crystal
      landfall pack test crystal
    ");
    assert_eq!(everything(&session.work()), before);
    session.write("work/crystal/pack.yaml", "name: mine\n");
    insta::assert_snapshot!(session.run(&["create", "pack", "crystal"]), @"
    ---- stderr
    error: /ROOT_________/work/crystal/pack.yaml is there already, and is another file

    hint: choose another folder with --dir
    ---- status 6
    ");
    insta::assert_snapshot!(session.run(&["create", "pack", "Crystal"]), @r#"
    ---- stderr
    error: "Crystal" cannot be the name of a pack: a-z first, then a-z, 0-9 and -, at most 63
    ---- status 2
    "#);
    session.write("work/full/notes", "mine\n");
    insta::assert_snapshot!(session.run(&["create", "pack", "other", "--dir", "full"]), @"
    ---- stderr
    error: /ROOT_________/work/full is not empty

    hint: choose another folder with --dir
    ---- status 6
    ");
    insta::assert_snapshot!(session.run(&["create", "pack", "ruby2", "--dry-run"]), @"
    add     README.md
    add     files/.dockerignore
    add     files/.tekton/tasks/build.yaml.hbs
    add     files/.tekton/tasks/test.yaml.hbs
    add     files/Dockerfile.hbs
    add     files/NOTICE.hbs
    add     pack.yaml
    add     sample/build.sh
    add     sample/pages.txt
    add     sample/test.sh
    ");
    assert!(!session.work().join("ruby2").exists());
}

#[test]
fn built_in_packs_have_no_errors() {
    let session = Session::new();
    for pack in session.json(&["get", "packs"])["items"].as_array().unwrap() {
        let name = pack["name"].as_str().unwrap();
        let outcome = session.run(&["pack", "lint", name]);
        assert_eq!(outcome.status, 0, "{name}: {outcome}");
    }
}

#[test]
fn each_broken_part_is_named_with_its_line() {
    let build = "files/.tekton/tasks/build.yaml.hbs";
    let cases = [
        ("pack.yaml", "type: boolean", "type: bool"),
        ("pack.yaml", "extends: base", "extends: bass"),
        (
            "pack.yaml",
            "pattern: \"[a-z][a-z0-9_-]*\"",
            "pattern: \"[a-z\"",
        ),
        ("pack.yaml", "    default: none", "    default: some"),
        ("pack.yaml", "when: notice", "when: remark"),
        ("pack.yaml", "path: NOTICE.hbs", "path: LICENSE.hbs"),
        ("files/NOTICE.hbs", "{{title}}", "{{titel}}"),
        ("files/NOTICE.hbs", "{{/if}}", ""),
        ("files/Dockerfile.hbs", "RUN sh", "RUM sh"),
        ("files/Dockerfile.hbs", "--from=build", "--from=builder"),
        (build, "  steps:", "  steps: ["),
        (build, "image: {{buildImage}}", "imagine: {{buildImage}}"),
        (build, "name: {{app}}-build", "name: {{app}}-biuld"),
    ];
    let mut text = String::new();
    for (file, from, to) in cases {
        let found = broken(file, from, to);
        writeln!(text, "{file}: {from} -> {to}\n{found}").unwrap();
    }
    insta::assert_snapshot!(text, @r#"
    pack.yaml: type: boolean -> type: bool
    /ROOT_________/work/crystal/pack.yaml:20:11: error: unknown variant `bool`, expected one of string, integer, boolean, port, choice

    pack.yaml: extends: base -> extends: bass
    /ROOT_________/work/crystal/pack.yaml:4: error: the pack crystal is wrong: it extends bass, which does not exist

    pack.yaml: pattern: "[a-z][a-z0-9_-]*" -> pattern: "[a-z"
    /ROOT_________/work/crystal/pack.yaml:17: error: the pack crystal is wrong: variable output: no regular expression: unclosed character class

    pack.yaml:     default: none ->     default: some
    /ROOT_________/work/crystal/pack.yaml:26: error: the pack crystal is wrong: variable notice: "some" is not one of none, short, long

    pack.yaml: when: notice -> when: remark
    /ROOT_________/work/crystal/pack.yaml:36: error: the pack crystal is wrong: no variable is called remark

    pack.yaml: path: NOTICE.hbs -> path: LICENSE.hbs
    /ROOT_________/work/crystal/pack.yaml:42: error: the pack crystal is wrong: files/LICENSE.hbs does not exist

    files/NOTICE.hbs: {{title}} -> {{titel}}
    /ROOT_________/work/crystal/files/NOTICE.hbs:1:1: error: no value is called titel

    files/NOTICE.hbs: {{/if}} -> 
    /ROOT_________/work/crystal/files/NOTICE.hbs:5:1: error: invalid handlebars syntax

    files/Dockerfile.hbs: RUN sh -> RUM sh
    /ROOT_________/work/crystal/files/Dockerfile.hbs:5: error: no instruction is called RUM; is RUN meant?

    files/Dockerfile.hbs: --from=build -> --from=builder
    /ROOT_________/work/crystal/files/Dockerfile.hbs:8: error: no stage in front of it is called builder

    files/.tekton/tasks/build.yaml.hbs:   steps: ->   steps: [
    /ROOT_________/work/crystal/files/.tekton/tasks/build.yaml.hbs:9: error: document 1, which starts in line 1: yaml: line 9: did not find expected node content

    files/.tekton/tasks/build.yaml.hbs: image: {{buildImage}} -> imagine: {{buildImage}}
    /ROOT_________/work/crystal/files/.tekton/tasks/build.yaml.hbs:11: error: admission webhook "webhook.pipeline.tekton.dev" denied the request: mutation failed: cannot decode incoming new object: json: unknown field "imagine"

    files/.tekton/tasks/build.yaml.hbs: name: {{app}}-build -> name: {{app}}-biuld
    base/files/.tekton/pipelines/__pack__.yaml.hbs:37: error: no file below .tekton/ has a Task called sample-build
    base/files/.tekton/pipelines/__pack__.yaml.hbs:83: error: no file below .tekton/ has a Task called sample-build
    "#);
}

#[test]
fn a_broken_chart_is_named_with_its_line() {
    let session = with_pack();
    let template = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  a: {{ .Values.none.deep }}\n";
    session.write(
        "work/crystal/files/charts/__app__/templates/extra.yaml",
        template,
    );
    let pack = session.read("work/crystal/pack.yaml");
    session.write(
        "work/crystal/pack.yaml",
        &pack.replace(
            "  - path: .tekton\n",
            "  - path: .tekton\n  - path: charts\n",
        ),
    );
    insta::assert_snapshot!(session.run(&["pack", "lint", "crystal"]), @r#"
    /ROOT_________/work/crystal/files/charts/__app__/templates/extra.yaml:6: error: sample/templates/extra.yaml:6:15
      executing "sample/templates/extra.yaml" at <.Values.none.deep>:
        nil pointer evaluating interface {}.deep
    ---- stderr
    error: the pack crystal has 1 error and 0 warnings

    hint: `landfall explain LF0104` says more
    ---- status 1
    "#);
}

#[test]
fn hostile_packs_are_refused_and_nothing_is_read_through_them() {
    let session = with_pack();
    std::os::unix::fs::symlink("/etc/passwd", session.work().join("crystal/files/passwd")).unwrap();
    insta::assert_snapshot!(session.run(&["pack", "lint", "crystal"]), @"
    /ROOT_________/work/crystal/files/passwd: error: it is a link, and packs have none
    ---- stderr
    error: the pack crystal has 1 error and 0 warnings

    hint: `landfall explain LF0104` says more
    ---- status 1
    ");
    let session = with_pack();
    session.write("work/crystal/files/.GIT/hooks/post-commit", "#!/bin/sh\n");
    insta::assert_snapshot!(session.run(&["pack", "lint", "crystal"]), @r#"
    /ROOT_________/work/crystal: error: the path "files/.GIT/hooks/post-commit" is where Git keeps its own
    ---- stderr
    error: the pack crystal has 1 error and 0 warnings

    hint: `landfall explain LF0104` says more
    ---- status 1
    "#);
    let session = with_pack();
    session.write("work/crystal/files/charts/x", "1");
    session.write("work/crystal/files/Charts/x", "1");
    let pack = session.read("work/crystal/pack.yaml");
    session.write(
        "work/crystal/pack.yaml",
        &pack.replace(
            "  - path: .tekton\n",
            "  - path: charts\n  - path: Charts\n",
        ),
    );
    insta::assert_snapshot!(session.run(&["pack", "lint", "crystal"]), @"
    /ROOT_________/work/crystal/pack.yaml:36: error: the pack crystal is wrong: Charts/x and charts/x are one file where case does not count
    ---- stderr
    error: the pack crystal has 1 error and 0 warnings

    hint: `landfall explain LF0104` says more
    ---- status 1
    ");
    insta::assert_snapshot!(session.run(&["pack", "lint", "nothing"]), @r#"
    ---- stderr
    error: no pack is called "nothing"

    hint: packs: base, cpp, csharp, docker, elixir, go, gradle, helm, javascript, maven, php, python, ruby, rust, scala, static, swift, typescript
    hint: `landfall explain LF0103` says more
    ---- status 5
    "#);
}
