//! An import into a repository with symbolic links: those inside are kept and followed, others are refused before anything is written.

use std::fs;
use std::os::unix::fs::symlink;

use crate::session::{Session, everything};

/// A site with these files and one link, all committed.
fn linked(session: &Session, files: &[(&str, &str)], link: &str, target: &str) -> String {
    let mut all = vec![("index.html", "<h1>Shop</h1>\n")];
    all.extend(files);
    let folder = session.repository("shop", &all);
    symlink(target, session.root().join(&folder).join(link)).unwrap();
    session.git(&folder, &["add", "--all"]);
    session.git(&folder, &["commit", "--quiet", "-m", "feat: link"]);
    folder
}

#[test]
fn c23_a_folder_that_is_a_link_inside_is_kept_and_what_it_leads_to_is_filled() {
    let session = Session::new();
    let folder = linked(
        &session,
        &[("ops/charts/README.md", "# Charts\n")],
        "charts",
        "ops/charts",
    );
    let plan = session.json_in(&folder, &["import", "--dry-run"]);
    let files = plan["files"].as_array().unwrap();
    let chart = files
        .iter()
        .find(|file| file["path"] == "ops/charts/shop/Chart.yaml")
        .unwrap();
    assert_eq!(
        chart["because"],
        "deploys the app; there is no chart yet; charts is a link to ops/charts"
    );
    session.done_in(&folder, &["import", "--batch-mode"]);
    let link = session.root().join(&folder).join("charts");
    assert_eq!(fs::read_link(link).unwrap().to_str().unwrap(), "ops/charts");
    let listed = session.git(&folder, &["ls-tree", "-r", "HEAD"]);
    assert!(listed.contains("120000 blob"), "{listed}");
    assert!(listed.contains("\tops/charts/shop/Chart.yaml"), "{listed}");
    assert!(!listed.contains("\tcharts/"), "{listed}");
    assert_eq!(session.git(&folder, &["status", "--porcelain"]), "");

    let again = session.done_in(&folder, &["import", "--batch-mode"]);
    assert!(again.stderr.contains("imported already"), "{again}");
    // A pipeline works in a clone, where the link leads to the same files.
    session.git("work", &["clone", "--quiet", "shop", "clone"]);
    let rendered = session.done_in("work/clone", &["render", "charts/shop"]);
    assert!(rendered.stdout.contains("kind: Service"), "{rendered}");
}

#[test]
fn c23_a_file_that_is_a_link_inside_is_kept_with_what_it_leads_to() {
    let session = Session::new();
    let dockerfile = "FROM scratch\nEXPOSE 8082\n";
    let folder = linked(
        &session,
        &[("build/image", dockerfile)],
        "Dockerfile",
        "build/image",
    );
    session.done_in(&folder, &["import", "--batch-mode"]);
    let link = session.root().join(&folder).join("Dockerfile");
    assert!(link.is_symlink());
    assert_eq!(session.read(&format!("{folder}/build/image")), dockerfile);
    assert_eq!(session.git(&folder, &["status", "--porcelain"]), "");
}

#[test]
fn c23_links_that_lead_elsewhere_are_refused_and_nothing_is_written() {
    let mut said = String::new();
    for (link, target) in [
        ("charts", "../elsewhere"),
        ("charts", "/tmp"),
        ("charts", "ops/charts"),
        ("charts", ".git/hooks"),
        (".landfall", ".."),
        ("Dockerfile", "../elsewhere/Dockerfile"),
        ("Dockerfile", "build/image"),
        (".tekton", "ops"),
    ] {
        let session = Session::new();
        session.write("work/elsewhere/Dockerfile", "FROM scratch\n");
        let folder = linked(&session, &[("ops/notes", "x\n")], link, target);
        let before = everything(&session.work());
        let refused = session.run_in(&folder, &["import", "--batch-mode"]);
        assert_eq!(refused.status, 1, "{refused}");
        let dry = session.run_in(&folder, &["import", "--dry-run"]);
        assert_eq!(dry.stderr, refused.stderr);
        assert_eq!(dry.status, 1, "{dry}");
        assert!(before == everything(&session.work()), "{link} {target}");
        assert!(!session.state().join("forge").exists(), "{link} {target}");
        said += &refused
            .stderr
            .replace("hint: `landfall explain LF0105` says more\n", "");
    }
    insta::assert_snapshot!(said, @"
    error: cannot reach charts/shop/Chart.yaml: charts is a link to ../elsewhere, out of the repository

    hint: have charts lead to a place in the repository, or take it away
    error: cannot reach charts/shop/Chart.yaml: charts is a link to /tmp, out of the repository

    hint: have charts lead to a place in the repository, or take it away
    error: cannot reach charts/shop/Chart.yaml: charts is a link to ops/charts, which is not there

    hint: make ops/charts, or take the link charts away
    error: cannot reach charts/shop/Chart.yaml: charts is a link to .git/hooks, where Git keeps its own

    hint: have charts lead to a place in the repository, or take it away
    error: cannot reach .landfall/.gitignore: .landfall is a link to .., out of the repository

    hint: have .landfall lead to a place in the repository, or take it away
    error: cannot reach Dockerfile: Dockerfile is a link to ../elsewhere/Dockerfile, out of the repository

    hint: have Dockerfile lead to a place in the repository, or take it away
    error: cannot reach Dockerfile: Dockerfile is a link to build/image, which is not there

    hint: make build/image, or take the link Dockerfile away
    error: cannot reach .tekton/pipelines/static.yaml: .tekton is a link to ops, and pipelines are read from commits, where links are not followed

    hint: put what it leads to in the place of .tekton
    ");
}
