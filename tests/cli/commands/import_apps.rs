//! A repository that holds several apps.

use serde_json::Value;

use crate::session::{Outcome, Session, everything};

const GO: &str = "package main\n\nfunc main() {}\n";

const APPS: &[(&str, &str)] = &[
    ("README.md", "three\n"),
    ("services/cart/go.mod", "module cart\n\ngo 1.24\n"),
    ("services/cart/main.go", GO),
    ("services/pay/requirements.txt", "flask\n"),
    (
        "services/pay/app.py",
        "import flask\napp = flask.Flask(__name__)\n",
    ),
    ("web/index.html", "<h1>Shop</h1>\n"),
];

fn import(session: &Session, folder: &str, more: &[&str]) -> Outcome {
    session.run_in(folder, &[&["import", "--batch-mode"], more].concat())
}

fn tracked(session: &Session, folder: &str) -> Vec<String> {
    let files = session.git(folder, &["ls-files"]);
    files.lines().map(str::to_owned).collect()
}

#[test]
fn without_a_choice_the_apps_are_listed_with_the_flags_that_choose() {
    let session = Session::new();
    let folder = session.repository("shop", APPS);
    let work = session.root().join("work");
    let before = everything(&work);
    insta::assert_snapshot!(import(&session, &folder, &[]), @"
    ---- stderr
    error: there are several applications here: services/cart (go), services/pay (python)

    hint: name those to import: --app services/cart, once for each; or give --all
    hint: or choose one pack for the whole repository with --pack
    hint: `landfall explain LF0102` says more
    ---- status 2
    ");
    insta::assert_snapshot!(import(&session, &folder, &["--app", "services/card"]), @r#"
    ---- stderr
    error: no folder with files is called "services/card"

    hint: did you mean services/cart or services/pay?
    hint: `landfall explain LF0004` says more
    ---- status 5
    "#);
    insta::assert_snapshot!(import(&session, &folder, &["--app", "services"]), @"
    ---- stderr
    error: services is no app; the apps in it are: services/cart, services/pay

    hint: --app services/cart
    hint: `landfall explain LF0102` says more
    ---- status 2
    ");
    insta::assert_snapshot!(import(&session, &folder, &["--all", "--port", "1"]), @"
    ---- stderr
    error: the value port is for one app, and several are imported

    hint: say whose it is: --set services/cart:port=1
    ---- status 2
    ");
    insta::assert_snapshot!(import(&session, &folder, &["--all", "--pack", "go"]), @"
    ---- stderr
    error: --pack is for one app, and several are imported

    hint: import that app alone, with --app DIR, and the others after it
    ---- status 2
    ");
    insta::assert_snapshot!(import(&session, &folder, &["--app", "services/cart", "--set", "web:port=1"]), @"
    ---- stderr
    error: --set web:… is about no app that is imported

    hint: the apps are in: services/cart
    ---- status 2
    ");
    assert!(everything(&work) == before, "a refusal writes nothing");
}

#[test]
fn the_plan_of_two_apps_is_read_at_width_80() {
    let session = Session::new();
    let folder = session.repository("shop", APPS);
    let plan = session.done_in(
        &folder,
        &[
            "import",
            "--dry-run",
            "--app",
            "services/cart",
            "--app",
            "web=site",
        ],
    );
    for line in plan.stdout.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    insta::assert_snapshot!(plan, @r#"
    cart in services/cart
    app         cart (the name of its folder)
    pack        go (services/cart/go.mod declares a Go module,
                services/cart/main.go:1 holds the main package)
    port        8080 (nothing in the repository names a port; the app gets it as
                PORT)
    health      <none> (no route for / or for a health check was seen, so the port
                is probed)
    main        . (main.go is the main package)
    manifests   go.mod (they name what is downloaded)
    flags       <none> (go.mod and go.sum say everything)
    assets      <none> (no folder such as templates/ or static/ is here)
    test        <none> (there is no _test.go file)
    goImage     golang:1.26.7-bookworm (go.mod asks for 1.24)
    8 more values as the pack has them; -o wide lists all

    add     .tekton/cart/: 11 files (tests, builds and releases the app)
    add     services/cart/.dockerignore, services/cart/Dockerfile (builds the image;
            there is no Dockerfile yet)
    add     services/cart/.landfall/.gitignore (keeps what a build on this machine
            leaves out of Git)
    add     services/cart/.landfall/app.yaml (says what the build leaves and how it
            starts)
    add     services/cart/.landfall/import.yaml (records the pack, the answers and
            what was written)
    add     services/cart/charts/cart/: 10 files (deploys the app; there is no chart
            yet)

    site in web
    app      site (it is given)
    pack     static (index.html is the first page of a site)
    port     8080 (nothing in the repository names a port; the app gets it as PORT)
    health   / (the first page of the site is there)
    root     . (index.html is there)
    13 more values as the pack has them; -o wide lists all

    add     .tekton/site/: 11 files (tests, builds and releases the app)
    add     web/.dockerignore, web/Dockerfile (builds the image; there is no
            Dockerfile yet)
    add     web/.landfall/.gitignore (keeps what a build on this machine leaves out
            of Git)
    add     web/.landfall/app.yaml (says what the build leaves and how it starts)
    add     web/.landfall/import.yaml (records the pack, the answers and what was
            written)
    add     web/charts/site/: 10 files (deploys the app; there is no chart yet)

    Repository   ada/shop on the local forge, as remote origin: there is no remote
                 yet
    Commit       52 files in one commit, "chore: import with landfall: cart, site"
    Pipelines    .tekton/cart/release.yaml, .tekton/site/release.yaml run after the
                 push
    "#);
}

#[test]
fn several_apps_are_one_commit_and_one_repository() {
    let session = Session::new();
    let folder = session.repository("shop", APPS);
    let outcome = import(
        &session,
        &folder,
        &[
            "--all",
            "--app",
            "web",
            "--set",
            "web:port=3000",
            "--deploy-kind",
            "default",
        ],
    );
    assert_eq!(outcome.status, 0, "{outcome}");
    insta::assert_snapshot!(outcome.stdout, @"
    http://cart.staging.localhost:8080
    http://pay.staging.localhost:8080
    http://web.staging.localhost:8080
    ");
    assert_eq!(
        session.git(&folder, &["log", "--format=%s"]),
        "chore: import with landfall: cart, pay, web\nfeat: start"
    );
    insta::assert_snapshot!(tracked(&session, &folder).join("\n"), @"
    .tekton/cart/pipelines/go.yaml
    .tekton/cart/pull-request.yaml
    .tekton/cart/release.yaml
    .tekton/cart/tasks/build.yaml
    .tekton/cart/tasks/changelog.yaml
    .tekton/cart/tasks/chart.yaml
    .tekton/cart/tasks/checkout.yaml
    .tekton/cart/tasks/image.yaml
    .tekton/cart/tasks/next-version.yaml
    .tekton/cart/tasks/promote.yaml
    .tekton/cart/tasks/tag.yaml
    .tekton/pay/pipelines/python.yaml
    .tekton/pay/pull-request.yaml
    .tekton/pay/release.yaml
    .tekton/pay/tasks/build.yaml
    .tekton/pay/tasks/changelog.yaml
    .tekton/pay/tasks/chart.yaml
    .tekton/pay/tasks/checkout.yaml
    .tekton/pay/tasks/image.yaml
    .tekton/pay/tasks/next-version.yaml
    .tekton/pay/tasks/promote.yaml
    .tekton/pay/tasks/tag.yaml
    .tekton/web/pipelines/static.yaml
    .tekton/web/pull-request.yaml
    .tekton/web/release.yaml
    .tekton/web/tasks/build.yaml
    .tekton/web/tasks/changelog.yaml
    .tekton/web/tasks/chart.yaml
    .tekton/web/tasks/checkout.yaml
    .tekton/web/tasks/image.yaml
    .tekton/web/tasks/next-version.yaml
    .tekton/web/tasks/promote.yaml
    .tekton/web/tasks/tag.yaml
    README.md
    services/cart/.dockerignore
    services/cart/.landfall/.gitignore
    services/cart/.landfall/app.yaml
    services/cart/.landfall/import.yaml
    services/cart/Dockerfile
    services/cart/charts/cart/Chart.yaml
    services/cart/charts/cart/templates/NOTES.txt
    services/cart/charts/cart/templates/_helpers.tpl
    services/cart/charts/cart/templates/deployment.yaml
    services/cart/charts/cart/templates/hpa.yaml
    services/cart/charts/cart/templates/ingress.yaml
    services/cart/charts/cart/templates/ksvc.yaml
    services/cart/charts/cart/templates/service.yaml
    services/cart/charts/cart/values.schema.json
    services/cart/charts/cart/values.yaml
    services/cart/go.mod
    services/cart/main.go
    services/pay/.dockerignore
    services/pay/.landfall/.gitignore
    services/pay/.landfall/app.yaml
    services/pay/.landfall/import.yaml
    services/pay/Dockerfile
    services/pay/app.py
    services/pay/charts/pay/Chart.yaml
    services/pay/charts/pay/templates/NOTES.txt
    services/pay/charts/pay/templates/_helpers.tpl
    services/pay/charts/pay/templates/deployment.yaml
    services/pay/charts/pay/templates/hpa.yaml
    services/pay/charts/pay/templates/ingress.yaml
    services/pay/charts/pay/templates/ksvc.yaml
    services/pay/charts/pay/templates/service.yaml
    services/pay/charts/pay/values.schema.json
    services/pay/charts/pay/values.yaml
    services/pay/requirements.txt
    web/.dockerignore
    web/.landfall/.gitignore
    web/.landfall/app.yaml
    web/.landfall/import.yaml
    web/Dockerfile
    web/charts/web/Chart.yaml
    web/charts/web/templates/NOTES.txt
    web/charts/web/templates/_helpers.tpl
    web/charts/web/templates/deployment.yaml
    web/charts/web/templates/hpa.yaml
    web/charts/web/templates/ingress.yaml
    web/charts/web/templates/ksvc.yaml
    web/charts/web/templates/service.yaml
    web/charts/web/values.schema.json
    web/charts/web/values.yaml
    web/index.html
    ");
    let release = session.read(&format!("{folder}/.tekton/cart/release.yaml"));
    assert!(release.contains("name: cart-release\n"), "{release}");
    assert!(
        release.contains("on-path-change: \"[services/cart/**, .tekton/cart/**]\""),
        "{release}"
    );
    let test = session.read(&format!("{folder}/.tekton/pay/tasks/build.yaml"));
    assert!(
        test.contains("workingDir: $(workspaces.source.path)/services/pay\n"),
        "{test}"
    );
    let checkout = session.read(&format!("{folder}/.tekton/pay/tasks/checkout.yaml"));
    assert!(
        checkout.contains("workingDir: $(workspaces.source.path)\n"),
        "{checkout}"
    );
    let web = session.read(&format!("{folder}/web/.landfall/app.yaml"));
    assert!(web.contains("port: 3000"), "{web}");
    for app in ["services/cart/charts/cart", "web/charts/web"] {
        let values = session.read(&format!("{folder}/{app}/values.yaml"));
        assert!(values.contains("knativeDeploy: false"), "{values}");
    }
    assert!(session.state().join("forge/ada/shop.git").exists());
    let head = session.git(&folder, &["rev-parse", "HEAD"]);
    assert_eq!(
        session.git("home/state/forge/ada/shop.git", &["rev-parse", "main"]),
        head
    );

    // Again, in every way.
    for more in [
        &[][..],
        &["--all"],
        &["--all", "--app", "web"],
        &["--app", "services/pay"],
    ] {
        let again = import(&session, &folder, more);
        assert_eq!(again.status, 0, "{again}");
        assert!(again.stderr.contains("nothing to do"), "{again}");
    }
    session.done_in(
        &format!("{folder}/services/cart"),
        &["import", "--batch-mode"],
    );
    assert_eq!(session.git(&folder, &["rev-parse", "HEAD"]), head);

    session.done_in(&folder, &["import", "--undo"]);
    assert_eq!(session.git(&folder, &["log", "--format=%s"]), "feat: start");
    assert_eq!(
        session.git(&folder, &["status", "--porcelain", "--ignored"]),
        ""
    );
    assert_eq!(session.git(&folder, &["remote"]), "");
    assert!(!session.state().join("forge/ada/shop.git").exists());
    assert!(!session.root().join(&folder).join(".tekton").exists());
}

#[test]
fn an_app_is_added_later_and_taken_back_alone() {
    let session = Session::new();
    let folder = session.repository("shop", APPS);
    // Its folder names the app, the repository is called as it is.
    let cart = format!("{folder}/services/cart");
    session.done_in(&cart, &["import", "--batch-mode"]);
    assert_eq!(
        session.git(&folder, &["log", "-1", "--format=%s"]),
        "chore: import cart with the landfall pack go"
    );
    let first = session.git(&folder, &["rev-parse", "HEAD"]);
    let told = import(&session, &folder, &[]);
    assert!(told.stderr.contains("cart is imported already"), "{told}");
    assert!(
        told.stderr
            .contains("not imported yet: services/pay; --app DIR adds one"),
        "{told}"
    );

    let added = import(&session, &folder, &["--all"]);
    assert_eq!(added.status, 0, "{added}");
    let changed = session.git(&folder, &["diff", "--name-only", &first, "HEAD"]);
    let of_pay = |path: &str| path.starts_with("services/pay/") || path.starts_with(".tekton/pay/");
    assert!(changed.lines().all(of_pay), "{changed}");
    assert!(session.state().join("forge/ada/shop.git").exists());

    // Another value of one app is nothing to the other.
    let second = session.git(&folder, &["rev-parse", "HEAD"]);
    let set = session.done_in(
        &folder,
        &["import", "services/cart", "--port", "9999", "--batch-mode"],
    );
    assert!(
        set.stderr
            .contains("chore: import cart with other values: port"),
        "{set}"
    );
    let changed = session.git(&folder, &["diff", "--name-only", &second, "HEAD"]);
    assert!(
        changed
            .lines()
            .all(|path| path.starts_with("services/cart/")),
        "{changed}"
    );
    session.done_in(&folder, &["import", "--undo"]);
    assert_eq!(session.git(&folder, &["rev-parse", "HEAD"]), second);

    session.done_in(&folder, &["import", "--undo"]);
    assert_eq!(session.git(&folder, &["rev-parse", "HEAD"]), first);
    let forge = session.git("home/state/forge/ada/shop.git", &["rev-parse", "main"]);
    assert_eq!(forge, first);
    session.done_in(&folder, &["import", "--undo"]);
    assert_eq!(session.git(&folder, &["log", "--format=%s"]), "feat: start");
}

#[test]
fn a_part_of_an_imported_app_is_no_app_by_chance() {
    let session = Session::new();
    let folder = session.repository(
        "shop",
        &[
            ("go.mod", "module a\n"),
            ("main.go", GO),
            ("web/index.html", "<h1>\n"),
        ],
    );
    session.done_in(&folder, &["import", "--batch-mode"]);
    insta::assert_snapshot!(import(&session, &format!("{folder}/web"), &[]), @"
    ---- stderr
    error: web is a part of the app shop, which is imported

    hint: landfall import /ROOT_________/work/shop
    hint: or import it as an app of its own: landfall import /ROOT_________/work/shop --app web
    hint: `landfall explain LF0105` says more
    ---- status 1
    ");
    // On purpose it is.
    let both = import(&session, &folder, &["--app", "web"]);
    assert_eq!(both.status, 0, "{both}");
    assert!(tracked(&session, &folder).contains(&".tekton/web/release.yaml".to_owned()));
    assert!(!session.state().join("forge/ada/web.git").exists());
}

#[test]
fn folders_of_one_name_are_told_apart_and_a_name_is_no_secret() {
    let session = Session::new();
    let folder = session.repository(
        "shop",
        &[
            ("apps/web/go.mod", "module a\n"),
            ("apps/web/main.go", GO),
            ("services/web/go.mod", "module b\n"),
            ("services/web/main.go", GO),
        ],
    );
    let names = |more: &[&str]| {
        let args = [&["import", "--dry-run", "-o", "name"], more].concat();
        session.done_in(&folder, &args).stdout
    };
    assert_eq!(names(&["--all"]), "app/apps-web\napp/services-web\n");
    assert_eq!(
        names(&["--app", "apps/web=front", "--app", "services/web"]),
        "app/front\napp/web\n"
    );
    insta::assert_snapshot!(import(&session, &folder, &["--app", "apps/web=web", "--app", "services/web=web"]), @"
    ---- stderr
    error: the apps in apps/web and services/web would both be called web

    hint: name one: --app services/web=NAME
    hint: `landfall explain LF0101` says more
    ---- status 2
    ");
    let outcome = import(
        &session,
        &folder,
        &["--app", "services/web", "--name", "store"],
    );
    assert_eq!(outcome.status, 0, "{outcome}");
    assert!(session.state().join("forge/ada/store.git").exists());
    assert_eq!(names(&["--app", "apps/web"]), "app/apps-web\n");
    let other = import(&session, &folder, &["--app", "apps/web", "--name", "shop"]);
    assert_eq!(other.status, 6, "{other}");
}

#[test]
fn a_list_of_plans_is_fed_back() {
    let session = Session::new();
    let folder = session.repository("shop", APPS);
    let args = [
        "import",
        "--dry-run",
        "-o",
        "json",
        "--all",
        "--org",
        "acme",
        "--set",
        "services/pay:port=7070",
    ];
    let printed = |args: &[&str]| {
        let mut command = session.command(args);
        command.current_dir(session.root().join(&folder));
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let text = printed(&args);
    let list: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(list["kind"], "List");
    let shown = |key: &str| -> Vec<&str> {
        let items = list["items"].as_array().unwrap();
        items
            .iter()
            .map(|item| item[key].as_str().unwrap())
            .collect()
    };
    assert_eq!(shown("app"), ["cart", "pay"]);
    assert_eq!(shown("dir"), ["services/cart", "services/pay"]);
    assert_eq!(shown("repository"), ["shop", "shop"]);
    session.write("work/plans.json", &text);
    let again = [
        "import",
        "--plan",
        "../plans.json",
        "--dry-run",
        "-o",
        "json",
    ];
    assert_eq!(printed(&again), text);
    session.done_in(&folder, &["import", "--plan", "../plans.json", "--yes"]);
    let app = session.read(&format!("{folder}/services/pay/.landfall/app.yaml"));
    assert!(app.contains("port: 7070"), "{app}");
    let done = session.done_in(&folder, &["import", "--plan", "../plans.json", "--yes"]);
    assert!(done.stderr.contains("nothing to do"), "{done}");

    // One of the plans is a plan, too.
    session.done_in(&folder, &["import", "--undo"]);
    session.write("work/one.json", &list["items"][0].to_string());
    session.done_in(&folder, &["import", "--plan", "../one.json", "--yes"]);
    assert!(
        !tracked(&session, &folder)
            .iter()
            .any(|path| path.contains("pay/.landfall"))
    );
}

#[test]
fn several_apps_on_a_new_branch_are_one_pull_request() {
    let session = Session::new();
    let folder = session.repository("shop", APPS);
    let outcome = import(&session, &folder, &["--all", "--branch", "landfall"]);
    assert_eq!(outcome.status, 0, "{outcome}");
    assert!(
        outcome.stdout.ends_with("/ada/shop.git/pull/1\n"),
        "{outcome}"
    );
    assert_eq!(
        session.git(&folder, &["branch", "--show-current"]),
        "landfall"
    );
    assert_eq!(
        session.git(&folder, &["log", "main", "--format=%s"]),
        "feat: start"
    );
    session.done_in(&folder, &["import", "--undo"]);
    assert_eq!(
        session.git(&folder, &["branch", "--format=%(refname:short)"]),
        "main"
    );
}

#[test]
fn one_app_in_a_folder_is_imported_there_from_the_top() {
    let session = Session::new();
    let folder = session.repository(
        "shop",
        &[("src/api/go.mod", "module a\n"), ("src/api/main.go", GO)],
    );
    session.done_in(&folder, &["import", "--batch-mode"]);
    let record = session.read(&format!("{folder}/src/api/.landfall/import.yaml"));
    assert!(
        record.starts_with(
            "# What `landfall import` did. An upgrade of the pack reads it.\napp: shop\n"
        ),
        "{record}"
    );
    assert!(tracked(&session, &folder).contains(&".tekton/shop/release.yaml".to_owned()));
}

#[test]
fn what_cannot_be_built_from_its_folder_is_refused_or_warned_about() {
    let session = Session::new();
    let folder = session.repository(
        "shop",
        &[
            ("package.json", "{\"workspaces\": [\"apps/*\"]}"),
            (
                "apps/api/package.json",
                "{\"scripts\": {\"start\": \"node server.js\"}}",
            ),
            ("apps/api/server.js", "1\n"),
            ("svc/go.mod", "module svc\n\nreplace x => ../lib\n"),
            ("svc/main.go", GO),
        ],
    );
    insta::assert_snapshot!(import(&session, &folder, &["--app", "apps/api"]), @"
    ---- stderr
    error: apps/api cannot be built by itself: it is in the workspace of package.json, where its lock file and packages are

    hint: import the folder of the workspace instead, or build the image with a Dockerfile of your own and --pack docker
    hint: `landfall explain LF0105` says more
    ---- status 1
    ");
    insta::assert_snapshot!(import(&session, &folder, &["--all"]), @"
    ---- stderr
    error: cannot import apps/api
      caused by: apps/api cannot be built by itself: it is in the workspace of package.json, where its lock file and packages are

    hint: import the folder of the workspace instead, or build the image with a Dockerfile of your own and --pack docker
    hint: or leave it out: name the others with --app
    hint: `landfall explain LF0105` says more
    ---- status 1
    ");
    let warned = import(&session, &folder, &["--app", "svc"]);
    assert_eq!(warned.status, 0, "{warned}");
    assert!(
        warned
            .stderr
            .contains("warning: svc: go.mod names ../lib, outside of the folder; "),
        "{warned}"
    );
}

#[test]
fn a_folder_that_no_tag_could_name_is_refused() {
    let session = Session::new();
    let folder = session.repository(
        "shop",
        &[("my app/go.mod", "module a\n"), ("my app/main.go", GO)],
    );
    insta::assert_snapshot!(import(&session, &folder, &[]), @r#"
    ---- stderr
    error: the folder "my app" cannot hold an app: ' ' cannot stand in the tags and path filters of its releases

    hint: rename it
    hint: `landfall explain LF0105` says more
    ---- status 1
    "#);
}

#[test]
fn steps_and_upgrades_find_the_app_that_they_run_in() {
    let session = Session::new();
    let folder = session.repository("shop", APPS);
    import(&session, &folder, &["--all"]);
    let inside = format!("{folder}/services/cart");
    let next = |folder: &str| session.done_in(folder, &["next-version"]).stdout;
    assert_eq!(next(&inside), "0.0.1\n");
    session.done_in(&inside, &["step", "tag", "--version", "0.0.1"]);
    let tags = || session.git("home/state/forge/ada/shop.git", &["tag"]);
    assert_eq!(tags(), "services/cart/v0.0.1");
    session.git(&folder, &["fetch", "--quiet", "--tags", "origin"]);
    // What others do is nothing to it.
    session.write(
        &format!("{folder}/services/pay/app.py"),
        "import flask\napp = 1\n",
    );
    session.git(&folder, &["commit", "--quiet", "-am", "feat!: pay"]);
    assert_eq!(next(&inside), "0.0.1\n");
    session.done_in(&inside, &["step", "tag", "--version", "0.0.1"]);
    session.write(
        &format!("{inside}/main.go"),
        "package main\n\nfunc main() { }\n",
    );
    session.git(&folder, &["commit", "--quiet", "-am", "feat: cart"]);
    assert_eq!(next(&inside), "0.1.0\n");
    // A folder that it shares with others is its own as far as its pipeline says so.
    session.done_in(&inside, &["step", "tag", "--version", "0.1.0"]);
    session.git(&folder, &["fetch", "--quiet", "--tags", "origin"]);
    let release = format!("{folder}/.tekton/cart/release.yaml");
    let text = session.read(&release);
    session.write(
        &release,
        &text.replace("[services/cart/**,", "[lib/**, services/cart/**,"),
    );
    session.git(&folder, &["commit", "--quiet", "-am", "ci: cart"]);
    session.done_in(&inside, &["step", "tag", "--version", "0.1.1"]);
    session.git(&folder, &["fetch", "--quiet", "--tags", "origin"]);
    session.write(&format!("{folder}/lib/a.go"), "package lib\n");
    session.git(&folder, &["add", "lib"]);
    session.git(
        &folder,
        &["commit", "--quiet", "-m", "feat: cart's library"],
    );
    assert_eq!(next(&inside), "0.2.0\n");
    let changelog = session.done_in(&inside, &["changelog"]).stdout;
    assert!(
        changelog.contains("cart") && !changelog.contains("pay"),
        "{changelog}"
    );
    let chart = session.done_in(&inside, &["step", "chart", "--version", "0.1.0"]);
    assert_eq!(chart.stdout, "cart-0.1.0.tgz\n");

    session.done_in(&inside, &["edit", "deploy", "hpa"]);
    let values = session.read(&format!("{inside}/charts/cart/values.yaml"));
    assert!(values.contains("knativeDeploy: false"), "{values}");
    session.git(&folder, &["commit", "--quiet", "-am", "chore: hpa"]);
    let same = session.done_in(&inside, &["upgrade", "pack"]);
    assert!(same.stderr.contains("nothing to do"), "{same}");
    let lost = session.run_in(&folder, &["upgrade", "pack"]);
    assert!(
        lost.stderr.contains("landfall upgrade pack services/cart"),
        "{lost}"
    );
}

#[test]
fn a_pack_of_ones_own_is_upgraded_in_the_folder_and_refused_when_it_knows_none() {
    let session = Session::new();
    let folder = session.repository("shop", APPS);
    session.done_in("work", &["create", "pack", "crystal"]);
    let own = "work/crystal/files/.tekton/tasks/build.yaml.hbs";
    let text = session.read(own);
    let planned = || {
        let args = ["--app", "services/pay", "--pack", "../crystal", "--dry-run"];
        import(&session, &folder, &args)
    };
    let args = ["--app", "services/cart", "--pack", "../crystal"];
    let done = import(&session, &folder, &args);
    assert_eq!(done.status, 0, "{done}");
    // A newer pack is merged where the app is.
    session.write(own, &format!("# Newer.\n{text}"));
    session.done_in(
        &format!("{folder}/services/cart"),
        &["upgrade", "pack", "--batch-mode"],
    );
    let task = session.read(&format!("{folder}/.tekton/cart/tasks/build.yaml"));
    assert!(
        task.starts_with("# Newer.\n") && task.contains("path)/services/cart\n"),
        "{task}"
    );
    assert_eq!(
        session.git(&folder, &["log", "-1", "--format=%s"]),
        "chore: upgrade the landfall pack crystal of cart"
    );
    session.write(own, &text.replace("{{#if dir}}/{{dir}}{{/if}}", ""));
    insta::assert_snapshot!(planned(), @"
    ---- stderr
    error: the pack crystal does not know apps in folders: /ROOT_________/work/crystal/files/.tekton/tasks/build.yaml.hbs runs at the top of the repository

    hint: its tasks need: workingDir: $(workspaces.source.path){{#if dir}}/{{dir}}{{/if}}
    hint: `landfall explain LF0104` says more
    ---- status 1
    ");
}
