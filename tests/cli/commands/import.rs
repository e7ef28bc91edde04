use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::session::{Outcome, Session, everything};

const GO: &[(&str, &str)] = &[
    ("go.mod", "module example.com/shop\n\ngo 1.24\n"),
    (
        "main.go",
        "package main\n\nimport \"net/http\"\n\nfunc main() {\n\t_ = http.ListenAndServe(\":8081\", nil)\n}\n",
    ),
];
const JAVASCRIPT: &[(&str, &str)] = &[
    (
        "package.json",
        "{\"name\": \"shop\", \"scripts\": {\"start\": \"node server.js\"}}\n",
    ),
    (
        "server.js",
        "require('http').createServer().listen(process.env.PORT)\n",
    ),
];
const PYTHON: &[(&str, &str)] = &[
    ("requirements.txt", "flask==3.1.0\n"),
    ("app.py", "from flask import Flask\napp = Flask(__name__)\n"),
];
const STATIC: &[(&str, &str)] = &[("index.html", "<h1>Shop</h1>\n")];
const DOCKER: &[(&str, &str)] = &[("Dockerfile", "FROM scratch\nEXPOSE 8082\nCMD [\"/shop\"]\n")];

fn import(session: &Session, folder: &str, more: &[&str]) -> Outcome {
    session
        .run_in(folder, &[&["import", "--batch-mode"], more].concat())
        .stable()
}

/// The subjects of the commits, newest first.
fn subjects(session: &Session, folder: &str) -> Vec<String> {
    let log = session.git(folder, &["log", "--format=%s"]);
    log.lines().map(str::to_owned).collect()
}

#[test]
fn a_dry_run_writes_nothing_anywhere() {
    let session = Session::new();
    let folder = session.repository("shop", GO);
    let before = everything(session.root());
    insta::assert_snapshot!(session.run_in(&folder, &["import", "--dry-run"]), @r#"
    app         shop (the name of the folder)
    org         ada (the setting org (default))
    pack        go (go.mod declares a Go module, main.go:1 holds the main package)
    branch      main (it is checked out)
    port        8081 (main.go:6 says so)
    health      <none> (no route for / or for a health check was seen, so the port
                is probed)
    main        . (main.go is the main package)
    manifests   go.mod (they name what is downloaded)
    flags       <none> (go.mod and go.sum say everything)
    assets      <none> (no folder such as templates/ or static/ is here)
    test        <none> (there is no _test.go file)
    goImage     golang:1.26.7-bookworm (go.mod asks for 1.24)
    8 more values as the pack has them; -o wide lists all

    add     .dockerignore, Dockerfile (builds the image; there is no Dockerfile yet)
    add     .landfall/.gitignore (keeps what a build on this machine leaves out of
            Git)
    add     .landfall/app.yaml (says what the build leaves and how it starts)
    add     .landfall/import.yaml (records the pack, the answers and what was
            written)
    add     .tekton/: 11 files (tests, builds and releases the app)
    add     charts/shop/: 10 files (deploys the app; there is no chart yet)

    Repository   ada/shop on the local forge, as remote origin: there is no remote
                 yet
    Commit       26 files in one commit, "chore: import with the landfall pack go"
    Pipeline     .tekton/release.yaml runs after the push
    "#);
    session.done_in(&folder, &["import", "--dry-run", "-o", "json"]);
    session.done_in(
        &folder,
        &["import", "--dry-run", "-o", "yaml", "--pack", "static"],
    );
    assert!(
        before == everything(session.root()),
        "something was written"
    );
}

#[test]
fn the_plan_for_scripts_has_the_documented_shape() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    let plan = session.json_in(&folder, &["import", "--dry-run", "--org", "acme"]);
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(
        keys(&plan),
        [
            "app", "org", "pack", "values", "files", "commit", "remote", "pipeline"
        ]
    );
    assert_eq!(plan["app"], "shop");
    assert_eq!(plan["org"], "acme");
    assert_eq!(keys(&plan["pack"]), ["name", "source", "digest"]);
    for value in plan["values"].as_array().unwrap() {
        assert_eq!(keys(value), ["name", "value", "because"]);
        assert_ne!(value["because"], "", "{value}");
    }
    for file in plan["files"].as_array().unwrap() {
        assert_eq!(keys(file), ["path", "action", "because"]);
        assert_ne!(file["because"], "", "{file}");
    }
    assert_eq!(
        plan["commit"],
        "chore: import with the landfall pack static"
    );
    assert_eq!(plan["remote"]["name"], "origin");
    assert_eq!(plan["pipeline"], ".tekton/release.yaml");
    assert_eq!(
        session
            .run_in(&folder, &["import", "--dry-run", "-o", "name"])
            .stdout,
        "app/shop\n"
    );
}

#[test]
fn every_kind_of_repository_is_imported_in_one_commit_and_a_second_time_changes_nothing() {
    for (pack, files) in [
        ("go", GO),
        ("javascript", JAVASCRIPT),
        ("python", PYTHON),
        ("static", STATIC),
        ("docker", DOCKER),
    ] {
        let session = Session::new();
        let folder = session.repository("shop", files);
        let plan = session.json_in(&folder, &["import", "--dry-run"]);
        assert_eq!(plan["pack"]["name"], pack);
        let outcome = import(&session, &folder, &[]);
        assert_eq!(outcome.status, 0, "{pack}: {outcome}");

        assert_eq!(
            subjects(&session, &folder),
            [plan["commit"].as_str().unwrap(), "feat: start"]
        );
        let changed = session.git(&folder, &["diff", "--name-status", "HEAD~1", "HEAD"]);
        let added = plan["files"].as_array().unwrap().iter();
        let added: Vec<String> = added
            .filter(|file| file["action"] == "add")
            .map(|file| format!("A\t{}", file["path"].as_str().unwrap()))
            .collect();
        assert_eq!(changed.lines().collect::<Vec<_>>(), added, "{pack}");
        assert_eq!(
            session.git(&folder, &["status", "--porcelain"]),
            "",
            "{pack}"
        );
        for (path, text) in files {
            assert_eq!(session.read(&format!("{folder}/{path}")), *text, "{pack}");
        }
        let head = session.git(&folder, &["rev-parse", "HEAD"]);
        let forge = "home/state/forge/ada/shop.git";
        assert_eq!(session.git(forge, &["rev-parse", "main"]), head, "{pack}");
        session.git(forge, &["fsck", "--strict"]);
        let record = session.read(&format!("{folder}/.landfall/import.yaml"));
        assert!(record.contains(&format!("name: {pack}\n")), "{record}");

        // The file of a lock is touched whenever it is taken; it holds nothing.
        let without_locks = || {
            let mut found = everything(session.root());
            found.retain(|path, _| !path.starts_with(session.state().join("locks")));
            found
        };
        let before = without_locks();
        let again = import(&session, &folder, &[]);
        assert_eq!(again.status, 0, "{pack}: {again}");
        assert!(
            again
                .stderr
                .contains("shop is imported already; nothing to do"),
            "{again}"
        );
        assert!(
            before == without_locks(),
            "{pack}: a second import changed something"
        );
    }
}

#[test]
fn an_import_says_what_it_does_and_what_to_type_next() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    insta::assert_snapshot!(import(&session, &folder, &[]), @r#"
    http://shop.staging.localhost:8080
    ---- stderr
    app      shop (the name of the folder)
    org      ada (the setting org (default))
    pack     static (index.html is the first page of a site)
    branch   main (it is checked out)
    port     8080 (nothing in the repository names a port; the app gets it as PORT)
    health   / (the first page of the site is there)
    root     . (index.html is there)
    13 more values as the pack has them; -o wide lists all

    add     .dockerignore, Dockerfile (builds the image; there is no Dockerfile yet)
    add     .landfall/.gitignore (keeps what a build on this machine leaves out of
            Git)
    add     .landfall/app.yaml (says what the build leaves and how it starts)
    add     .landfall/import.yaml (records the pack, the answers and what was
            written)
    add     .tekton/: 11 files (tests, builds and releases the app)
    add     charts/shop/: 10 files (deploys the app; there is no chart yet)

    Repository   ada/shop on the local forge, as remote origin: there is no remote
                 yet
    Commit       26 files in one commit, "chore: import with the landfall pack
                 static"
    Pipeline     .tekton/release.yaml runs after the push
    committed 26 files as COMMIT_
    pushed main to ada/shop (origin)
    the pipeline runs when the local platform does: `landfall up`
    Next:
      landfall get activities --filter shop --watch
      landfall promote --env production
      landfall import --undo   (takes the import back)
    "#);
    insta::assert_snapshot!(import(&session, &folder, &[]), @"
    http://shop.staging.localhost:8080
    ---- stderr
    shop is imported already; nothing to do
    the pipeline runs when the local platform does: `landfall up`
    Next:
      landfall get activities --filter shop --watch
      landfall promote --env production
      landfall import --undo   (takes the import back)
    ");
    insta::assert_snapshot!(import(&session, &folder, &["-q"]), @"http://shop.staging.localhost:8080");
}

#[test]
fn an_unknown_pack_names_the_closest() {
    let session = Session::new();
    let folder = session.repository("shop", GO);
    insta::assert_snapshot!(import(&session, &folder, &["--pack", "pyton"]), @r#"
    ---- stderr
    error: no pack is called "pyton"

    hint: did you mean python?
    hint: packs: base, cpp, csharp, docker, elixir, go, gradle, helm, javascript, maven, php, python, ruby, rust, scala, static, swift, typescript
    hint: `landfall explain LF0103` says more
    ---- status 5
    "#);
    insta::assert_snapshot!(import(&session, &folder, &["--pack", "cobol"]), @r#"
    ---- stderr
    error: no pack is called "cobol"

    hint: packs: base, cpp, csharp, docker, elixir, go, gradle, helm, javascript, maven, php, python, ruby, rust, scala, static, swift, typescript
    hint: `landfall explain LF0103` says more
    ---- status 5
    "#);
    assert_eq!(subjects(&session, &folder), ["feat: start"]);
}

#[test]
fn values_of_the_plan_can_be_set() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    insta::assert_snapshot!(import(&session, &folder, &["--set", "scalingWindo=6s"]), @r#"
    ---- stderr
    error: the plan has no value "scalingWindo"

    hint: did you mean scalingWindow?
    hint: values: port, health, image, builds, memory, toolsImage, test, knativeDeploy, scalingWindow, root, generator, install, build, buildImage, siteImage
    ---- status 2
    "#);
    insta::assert_snapshot!(import(&session, &folder, &["--set", "scalingWindow"]), @"
    ---- stderr
    error: invalid value 'scalingWindow' for '--set <[DIR:]NAME=VALUE>': NAME=VALUE is expected

    For more information, try '--help'.
    ---- status 2
    ");
    insta::assert_snapshot!(import(&session, &folder, &["--set", "port=eighty"]), @r#"
    ---- stderr
    error: "eighty" cannot be the value port: a number from 1 to 65535 is expected
    ---- status 2
    "#);
    assert_eq!(subjects(&session, &folder), ["feat: start"]);

    let plan = session.json_in(
        &folder,
        &[
            "import",
            "--dry-run",
            "--set",
            "scalingWindow=6s",
            "--set",
            "port=8099",
        ],
    );
    let value = |name: &str| -> Value {
        let mut values = plan["values"].as_array().unwrap().iter();
        values.find(|value| value["name"] == name).unwrap().clone()
    };
    assert_eq!(value("scalingWindow")["value"], "6s");
    assert_eq!(value("port")["value"], json!(8099));
    session.done_in(
        &folder,
        &[
            "import",
            "--batch-mode",
            "--set",
            "scalingWindow=6s",
            "--set",
            "port=8099",
        ],
    );
    let values = session.read(&format!("{folder}/charts/shop/values.yaml"));
    assert!(values.contains("6s"), "{values}");
    let app = session.read(&format!("{folder}/.landfall/app.yaml"));
    assert!(app.contains("port: 8099"), "{app}");
}

#[test]
fn a_name_that_no_app_can_have_is_refused_before_anything_else() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    insta::assert_snapshot!(import(&session, &folder, &["--name", "My_Shop"]), @r#"
    ---- stderr
    error: "My_Shop" cannot be the name of an app: it holds 'M'; only a-z, 0-9 and - may stand in a host name

    hint: use --name my-shop
    hint: `landfall explain LF0101` says more
    ---- status 2
    "#);
    insta::assert_snapshot!(import(&session, &folder, &["--org", "a b"]), @r#"
    ---- stderr
    error: "a b/shop" is no repository name: owner/name of letters, digits and ._- is expected

    hint: give another owner with --org
    ---- status 2
    "#);
    assert_eq!(subjects(&session, &folder), ["feat: start"]);
    // The folder's name is made into one.
    let folder = session.repository("My_Shop", STATIC);
    let plan = session.json_in(&folder, &["import", "--dry-run"]);
    assert_eq!(plan["app"], "my-shop");
}

#[test]
fn repositories_in_no_state_to_be_imported_are_refused() {
    let session = Session::new();
    insta::assert_snapshot!(session.run(&["import"]), @r#"
    ---- stderr
    error: /ROOT_________/work is not in a Git repository

    hint: git init && git add . && git commit --message "Start"
    hint: `landfall explain LF0105` says more
    ---- status 1
    "#);
    insta::assert_snapshot!(session.run(&["import", "nowhere"]), @"
    ---- stderr
    error: cannot list /ROOT_________/work/nowhere: no such file or folder

    hint: `landfall explain LF0010` says more
    ---- status 1
    ");

    fs::create_dir(session.work().join("new")).unwrap();
    session.git("work/new", &["init", "--quiet"]);
    session.write("work/new/index.html", "new");
    insta::assert_snapshot!(import(&session, "work/new", &[]), @r#"
    ---- stderr
    error: the branch main has no commit yet

    hint: git add . && git commit --message "Start"
    hint: `landfall explain LF0105` says more
    ---- status 1
    "#);

    let folder = session.repository("shop", STATIC);
    session.git(&folder, &["checkout", "--quiet", "--detach"]);
    insta::assert_snapshot!(import(&session, &folder, &[]), @"
    ---- stderr
    error: no branch is checked out: HEAD is at COMMIT_

    hint: git switch main, or git switch --create a-name
    hint: `landfall explain LF0105` says more
    ---- status 1
    ");
    session.git(&folder, &["checkout", "--quiet", "main"]);
    session.write(&format!("{folder}/.git/MERGE_HEAD"), "");
    insta::assert_snapshot!(import(&session, &folder, &[]), @"
    ---- stderr
    error: a merge is under way

    hint: finish or abort it first; `git status` says how
    hint: `landfall explain LF0105` says more
    ---- status 1
    ");

    assert_eq!(subjects(&session, &folder), ["feat: start"]);
    assert!(!session.state().exists(), "a refusal writes nothing");
    fs::remove_file(session.root().join(&folder).join(".git/MERGE_HEAD")).unwrap();
    fs::create_dir(session.root().join(&folder).join("sub")).unwrap();
    insta::assert_snapshot!(import(&session, &format!("{folder}/sub"), &[]), @"
    ---- stderr
    error: cannot import the folder sub
      caused by: no pack fits: no go.mod, Cargo.toml, package.json, requirements.txt, pom.xml, Dockerfile, index.html or the like decides

    hint: choose one with --pack; `landfall get packs` lists them
    hint: the repository around it: landfall import /ROOT_________/work/shop
    hint: `landfall explain LF0102` says more
    ---- status 5
    ");
}

#[test]
fn a_repository_without_a_build_file_needs_a_pack() {
    let session = Session::new();
    let folder = session.repository("notes", &[("README.md", "# Notes\n"), ("pom.rb", "x\n")]);
    insta::assert_snapshot!(import(&session, &folder, &[]), @"
    ---- stderr
    error: no pack fits: no go.mod, Cargo.toml, package.json, requirements.txt, pom.xml, Dockerfile, index.html or the like decides

    hint: choose one with --pack; `landfall get packs` lists them
    hint: `landfall explain LF0102` says more
    ---- status 5
    ");
    let many = session.repository(
        "mono",
        &[
            ("api/go.mod", "module example.com/api\n\ngo 1.24\n"),
            ("api/main.go", "package main\n\nfunc main() {}\n"),
            (
                "web/package.json",
                "{\"name\": \"web\", \"scripts\": {\"start\": \"node server.js\"}}\n",
            ),
        ],
    );
    insta::assert_snapshot!(import(&session, &many, &[]), @"
    ---- stderr
    error: there are several applications here: api (go), web (javascript)

    hint: name those to import: --app api, once for each; or give --all
    hint: or choose one pack for the whole repository with --pack
    hint: `landfall explain LF0102` says more
    ---- status 2
    ");
}

#[test]
fn changes_of_the_user_stay_theirs() {
    let session = Session::new();
    let folder = session.repository("shop", &[("index.html", "old\n"), (".dockerignore", "x\n")]);
    // A file of the pack that the user took away and did not commit: Git has it.
    fs::remove_file(session.root().join(&folder).join(".dockerignore")).unwrap();
    let plan = session.json_in(&folder, &["import", "--dry-run"]);
    let mut planned = plan["files"].as_array().unwrap().iter();
    let file = planned
        .find(|file| file["path"] == ".dockerignore")
        .unwrap();
    insta::assert_snapshot!(file, @r#"{"path":".dockerignore","action":"keep","because":"is in Git already, though not in the work tree"}"#);
    session.git(&folder, &["checkout", "--quiet", ".dockerignore"]);

    // Other files: changed, staged and new ones are neither committed nor touched.
    session.write(&format!("{folder}/index.html"), "changed\n");
    session.write(&format!("{folder}/staged.txt"), "staged\n");
    session.git(&folder, &["add", "staged.txt"]);
    session.write(&format!("{folder}/new.txt"), "new\n");
    let outcome = import(&session, &folder, &[]);
    assert_eq!(outcome.status, 0, "{outcome}");
    let first = outcome.stderr.lines().next().unwrap();
    insta::assert_snapshot!(first, @"3 files with changes of yours stay as they are and are not committed");
    let status = session.git(&folder, &["status", "--porcelain"]);
    insta::assert_snapshot!(status, @"
     M index.html
    A  staged.txt
    ?? new.txt
    ");
    let committed = session.git(&folder, &["show", "--name-only", "--format=", "HEAD"]);
    for own in ["index.html", "staged.txt", "new.txt", ".dockerignore"] {
        assert!(
            !committed.lines().any(|path| path == own),
            "{own} was committed"
        );
    }
    assert_eq!(session.read(&format!("{folder}/index.html")), "changed\n");
}

#[test]
fn a_remote_of_the_user_stays_and_another_one_is_made_beside_it() {
    let session = Session::new();
    let folder = session.repository("checkout", STATIC);
    session.git(
        &folder,
        &[
            "remote",
            "add",
            "origin",
            "https://github.com/acme/web-shop.git",
        ],
    );
    let outcome = import(&session, &folder, &[]);
    assert_eq!(outcome.status, 0, "{outcome}");
    // The app is called as the remote is, not as the folder.
    let said = outcome
        .stderr
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let remote = "acme/web-shop on the local forge, as remote landfall: origin leads elsewhere and stays as it is";
    assert!(said.contains(remote), "{outcome}");
    let remotes = session.git(&folder, &["remote", "--verbose"]);
    let remotes = remotes.replace(&*session.root().to_string_lossy(), "/ROOT");
    insta::assert_snapshot!(remotes, @"
    landfall	/ROOT/home/state/forge/acme/web-shop.git (fetch)
    landfall	/ROOT/home/state/forge/acme/web-shop.git (push)
    origin	https://github.com/acme/web-shop.git (fetch)
    origin	https://github.com/acme/web-shop.git (push)
    ");
    let upstream = session.git(
        &folder,
        &["for-each-ref", "--format=%(upstream)", "refs/heads/main"],
    );
    assert_eq!(upstream, "", "the user's branch follows what it followed");

    session.git(
        &folder,
        &[
            "remote",
            "set-url",
            "landfall",
            "https://example.com/x/y.git",
        ],
    );
    insta::assert_snapshot!(import(&session, &folder, &[]), @"
    ---- stderr
    error: the remotes origin and landfall both lead elsewhere

    hint: rename the second one: git remote rename landfall another-name
    hint: `landfall explain LF0105` says more
    ---- status 1
    ");
}

#[test]
fn a_chart_and_a_dockerfile_of_the_user_are_kept() {
    let session = Session::new();
    let chart = "apiVersion: v2\nname: web\nversion: 0.1.0\n";
    let dockerfile = "FROM nginx\nEXPOSE 9090\n";
    let folder = session.repository(
        "shop",
        &[
            ("index.html", "<h1>Shop</h1>\n"),
            ("deploy/Dockerfile", dockerfile),
            ("helm/web/Chart.yaml", chart),
            ("helm/web/values.yaml", "replicas: 1\n"),
            (".tekton/release.yaml", "# mine\n"),
        ],
    );
    let plan = session.json_in(&folder, &["import", "--dry-run"]);
    let files = plan["files"].as_array().unwrap().iter();
    let own: Vec<String> = files
        .filter(|file| file["action"] != "add")
        .map(|file| {
            let text = |key: &str| file[key].as_str().unwrap().to_owned();
            format!("{} {}: {}", text("action"), text("path"), text("because"))
        })
        .collect();
    insta::assert_snapshot!(own.join("\n"), @"
    keep .tekton/release.yaml: is there already
    adopt deploy/Dockerfile: builds the image where a container builder is used; the local image is made as .landfall/app.yaml says
    adopt helm/web: is the repository's chart; the release packages it, and none is added beside it
    ");
    session.done_in(&folder, &["import", "--batch-mode"]);
    let changed = session.git(&folder, &["diff", "--name-only", "HEAD~1", "HEAD"]);
    assert!(
        !changed
            .lines()
            .any(|path| path.starts_with("charts/") || path.ends_with("Dockerfile")),
        "{changed}"
    );
    assert_eq!(
        session.read(&format!("{folder}/deploy/Dockerfile")),
        dockerfile
    );
    assert_eq!(
        session.read(&format!("{folder}/helm/web/Chart.yaml")),
        chart
    );
    assert_eq!(
        session.read(&format!("{folder}/.tekton/release.yaml")),
        "# mine\n"
    );
}

#[test]
fn without_git_or_an_identity_it_says_so_before_the_plan() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    let empty = session.root().join("empty");
    fs::create_dir(&empty).unwrap();
    let mut command = session.command(&["import", "--batch-mode"]);
    command
        .current_dir(session.root().join(&folder))
        .env("PATH", &empty);
    insta::assert_snapshot!(session.outcome(command.output().unwrap()), @"
    ---- stderr
    error: git is not installed: no program called git is on PATH

    hint: install git 2.39 or newer, for example with `apt install git`
    hint: `landfall explain LF0020` says more
    ---- status 1
    ");

    let mut command = session.command(&["import", "--batch-mode"]);
    // Git may guess an identity from the machine's name; here it must not.
    session.write("empty/.gitconfig", "[user]\n\tuseConfigOnly = true\n");
    command
        .current_dir(session.root().join(&folder))
        .env("HOME", &empty);
    insta::assert_snapshot!(session.outcome(command.output().unwrap()), @"
    ---- stderr
    error: git does not know who you are: no email was given and auto-detection is disabled

    hint: set it with `git config --global user.name NAME` and `git config --global user.email ADDRESS`
    hint: `landfall explain LF0022` says more
    ---- status 1
    ");
    assert_eq!(subjects(&session, &folder), ["feat: start"]);
    assert!(!session.state().exists(), "nothing was written");
}

#[test]
fn another_repository_of_the_same_name_is_not_pushed_over() {
    let session = Session::new();
    let one = session.repository("shop", STATIC);
    session.done_in(&one, &["import", "--batch-mode"]);
    let head = session.git(&one, &["rev-parse", "HEAD"]);
    let other = session.repository("other", GO);
    insta::assert_snapshot!(import(&session, &other, &["--name", "shop"]), @"
    ---- stderr
    error: the local forge has another repository called ada/shop

    hint: choose another name with --name, or another owner with --org
    hint: `landfall explain LF0105` says more
    ---- status 6
    ");
    assert_eq!(subjects(&session, &other), ["feat: start"]);
    assert_eq!(
        session.git("home/state/forge/ada/shop.git", &["rev-parse", "main"]),
        head
    );
    let outcome = import(&session, &other, &["--name", "shop", "--org", "acme"]);
    assert_eq!(outcome.status, 0, "{outcome}");
}

#[test]
fn an_import_that_failed_half_way_goes_on() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    // The forge cannot be made where a file is.
    session.write("home/state/forge", "in the way");
    let failed = import(&session, &folder, &[]);
    assert_eq!(failed.status, 1, "{failed}");
    insta::assert_snapshot!(failed.stderr.split("after the push\n").nth(1).unwrap(), @"
    committed 26 files as COMMIT_
    error: cannot create /ROOT_________/home/state/forge/ada: Not a directory (os error 20)

    hint: `landfall explain LF0010` says more
    ");

    // Other flags would be another import.
    insta::assert_snapshot!(import(&session, &folder, &["--name", "store"]), @"
    ---- stderr
    error: an import with shop has begun here, and --name says store

    hint: run it without --name to finish what has begun
    hint: or take it back, `landfall import --undo`, and start anew
    hint: `landfall explain LF0105` says more
    ---- status 6
    ");
    fs::remove_file(session.state().join("forge")).unwrap();
    insta::assert_snapshot!(import(&session, &folder, &[]), @"
    http://shop.staging.localhost:8080
    ---- stderr
    going on with the interrupted import of shop
    pushed main to ada/shop (origin)
    the pipeline runs when the local platform does: `landfall up`
    Next:
      landfall get activities --filter shop --watch
      landfall promote --env production
      landfall import --undo   (takes the import back)
    ");
    assert_eq!(subjects(&session, &folder).len(), 2);
    assert_eq!(
        session.git("home/state/forge/ada/shop.git", &["rev-parse", "main"]),
        session.git(&folder, &["rev-parse", "HEAD"])
    );
}

#[test]
fn a_git_hook_of_the_user_that_refuses_the_commit_is_said_and_nothing_is_lost() {
    use std::os::unix::fs::PermissionsExt as _;
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    let hook = session.root().join(&folder).join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, "#!/bin/sh\necho no commits on Fridays >&2\nexit 1\n").unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    let refused = import(&session, &folder, &[]);
    assert_ne!(refused.status, 0, "{refused}");
    assert!(
        refused.stderr.contains("no commits on Fridays"),
        "{refused}"
    );
    assert_eq!(subjects(&session, &folder), ["feat: start"]);
    fs::remove_file(hook).unwrap();
    let outcome = import(&session, &folder, &[]);
    assert_eq!(outcome.status, 0, "{outcome}");
    assert_eq!(subjects(&session, &folder).len(), 2);
}

/// What an import must leave, however often it was interrupted: the tree of the last commit and the subjects.
fn result(session: &Session, folder: &str) -> (String, Vec<String>) {
    let tree = session.git(folder, &["rev-parse", "HEAD^{tree}"]);
    (tree, subjects(session, folder))
}

#[test]
fn c21_of_two_imports_at_once_the_second_finds_the_work_of_the_first() {
    for _ in 0..3 {
        let session = Session::new();
        let folder = session.repository("shop", STATIC);
        let start = || {
            session
                .command(&["import", "--batch-mode"])
                .current_dir(session.root().join(&folder))
                .stdout(std::process::Stdio::piped())
                .stderr(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        };
        let children = [start(), start()];
        let ended = children.map(|child| session.outcome(child.wait_with_output().unwrap()));
        let mut told = 0;
        for outcome in &ended {
            assert_eq!(outcome.status, 0, "{outcome}");
            told += usize::from(outcome.stderr.contains("is imported already"));
        }
        assert_eq!(told, 1, "{}{}", ended[0], ended[1]);
        let (_, subjects) = result(&session, &folder);
        assert_eq!(subjects.len(), 2, "{subjects:?}");
        assert_eq!(session.git(&folder, &["status", "--porcelain"]), "");
    }
}

/// Kills the import after delays that grow over the time that an undisturbed one takes, and gives the same command again.
#[test]
fn an_import_killed_at_any_moment_goes_on() {
    const POINTS: u32 = 20;
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    let begun = std::time::Instant::now();
    session.done_in(&folder, &["import", "--batch-mode"]);
    let whole = begun.elapsed();
    let expected = result(&session, &folder);
    let mut interrupted = 0;
    for point in 0..POINTS {
        let session = Session::new();
        let folder = session.repository("shop", STATIC);
        let mut command: Command = session.command(&["import", "--batch-mode"]);
        let mut child = command
            .current_dir(session.root().join(&folder))
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * point / POINTS);
        child.kill().unwrap();
        interrupted += u32::from(!child.wait().unwrap().success());
        let outcome = import(&session, &folder, &[]);
        assert_eq!(outcome.status, 0, "point {point}: {outcome}");
        assert_eq!(
            result(&session, &folder),
            expected,
            "point {point}: {outcome}"
        );
        assert_eq!(
            session.git(&folder, &["status", "--porcelain"]),
            "",
            "point {point}"
        );
        let forge = "home/state/forge/ada/shop.git";
        session.git(forge, &["fsck", "--strict"]);
        assert_eq!(
            session.git(forge, &["rev-parse", "main"]),
            session.git(&folder, &["rev-parse", "HEAD"]),
            "point {point}"
        );
        let pending = session
            .root()
            .join(&folder)
            .join(".git/landfall-import.json");
        assert!(
            !pending.exists(),
            "point {point}: the record of the begun import is left"
        );
    }
    assert!(
        interrupted > POINTS / 4,
        "only {interrupted} imports were interrupted"
    );
}
