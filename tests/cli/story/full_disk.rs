//! A disk that is full: nothing of the user's is lost, the reason is said, and the same command completes later.

use crate::disk::Disk;
use crate::session::Session;

/// Some hundred thousand bytes that Git cannot make smaller.
fn noise() -> String {
    let mut text = String::new();
    for n in 0..40_000u64 {
        text += &n.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_string();
        text.push('\n');
    }
    text
}

#[test]
fn an_import_onto_a_full_disk_says_so_and_completes_when_there_is_room() {
    let session = Session::new();
    // The forge gets the whole history, which is larger than the disk.
    let noise = noise();
    let page = "<h1>Hello</h1>\n";
    let folder = session.repository("site", &[("index.html", page), ("noise.txt", &noise)]);
    let Some(disk) = Disk::mount(&session, &session.state(), "256k") else {
        return;
    };
    let failed = session
        .run_in(&folder, &["import", "--batch-mode"])
        .stable();
    assert!(failed.status != 0, "{failed}");
    insta::assert_snapshot!(failed.stderr.split("after the push\n").nth(1).unwrap(), @"
    committed 26 files as COMMIT_
    error: the push of refs/heads/main was rejected: [remote rejected] (unpacker error): fatal: unable to write loose object file: No space left on device

    hint: free some space and run the same command again
    hint: `landfall explain LF0023` says more
    ");
    assert_eq!(session.read(&format!("{folder}/index.html")), page);
    assert_eq!(session.read(&format!("{folder}/noise.txt")), noise);
    assert_eq!(session.git(&folder, &["status", "--porcelain"]), "");
    session.git(&folder, &["fsck", "--strict"]);

    disk.resize("64m");
    let outcome = session
        .done_in(&folder, &["import", "--batch-mode"])
        .stable();
    insta::assert_snapshot!(outcome, @"
    http://site.staging.localhost:8080
    ---- stderr
    going on with the interrupted import of site
    pushed main to ada/site (origin)
    the pipeline runs when the local platform does: `landfall up`
    Next:
      landfall get activities --filter site --watch
      landfall promote --env production
      landfall import --undo   (takes the import back)
    ");
    let subjects = session.git(&folder, &["log", "--format=%s"]);
    assert_eq!(
        subjects,
        "chore: import with the landfall pack static\nfeat: start"
    );
    let forge = "home/state/forge/ada/site.git";
    session.git(forge, &["fsck", "--strict"]);
    assert_eq!(
        session.git(forge, &["rev-parse", "main"]),
        session.git(&folder, &["rev-parse", "HEAD"])
    );
}

#[test]
fn a_promotion_onto_a_full_disk_says_so_and_completes_when_there_is_room() {
    let session = Session::new();
    let Some(disk) = Disk::mount(&session, &session.state(), "4m") else {
        return;
    };
    session.git("work", &["init", "--quiet", "seed"]);
    session.write(
        "work/seed/environment.yaml",
        "name: edge\npromotion: Auto\nchartRepository: http://charts.example.com\n",
    );
    session.git("work/seed", &["add", "."]);
    session.git("work/seed", &["commit", "--quiet", "-m", "seed"]);
    session.git("work", &["clone", "--quiet", "--bare", "seed", "seed.git"]);
    // The environment's repository lies on the full disk too.
    std::fs::create_dir_all(session.state().join("forge/acme")).unwrap();
    session.git(
        "home/state/forge/acme",
        &[
            "clone",
            "--quiet",
            "--bare",
            "../../../../work/seed.git",
            "edge.git",
        ],
    );
    session.done_in(
        "work",
        &[
            "create",
            "environment",
            "edge",
            "--repo",
            "../home/state/forge/acme/edge.git",
        ],
    );
    let promote = ["promote", "shop", "--version", "1.2.0", "--env", "edge"];
    let before = session.git("home/state/forge/acme/edge.git", &["rev-parse", "main"]);
    disk.fill();
    let failed = session.run(&promote).stable();
    assert!(failed.status != 0, "{failed}");
    insta::assert_snapshot!(failed, @"
    ---- stderr
    error: cannot build a commit in /ROOT_________/home/state/forge/acme/edge.git
      caused by: failed to write out file: No space left on device; class=Os (2)

    hint: free some space and run the same command again
    hint: `landfall explain LF0025` says more
    ---- status 1
    ");
    disk.free();
    session.git("home/state/forge/acme/edge.git", &["fsck", "--strict"]);
    assert_eq!(
        session.git("home/state/forge/acme/edge.git", &["rev-parse", "main"]),
        before
    );
    let outcome = session.run(&promote);
    assert_eq!(outcome.status, 0, "{outcome}");
    assert!(outcome.stdout.contains("shop 1.2.0 merged"), "{outcome}");
    let chart = session.git(
        "home/state/forge/acme/edge.git",
        &["show", "main:namespaces/edge/shop/Chart.yaml"],
    );
    assert!(chart.contains("version: 1.2.0"), "{chart}");
}

#[test]
fn a_release_waits_for_room_on_the_disk_and_arrives() {
    let session = Session::with_platform();
    let Some(disk) = Disk::mount(&session, &session.state(), "64m") else {
        return;
    };
    let folder = session.repository("site", &[("index.html", "hello\n")]);
    session.done_in(&folder, &["import", "--batch-mode", "--no-start"]);
    disk.fill();
    // The platform itself needs no room; what it cannot do yet, it says and tries again.
    session.done_in("work", &["up"]);
    std::thread::sleep(std::time::Duration::from_secs(1));
    let status = session.run(&[
        "get",
        "activities",
        "--filter",
        "ada/site/main",
        "--exit-status",
    ]);
    assert_ne!(
        status.status, 0,
        "nothing can succeed on a full disk: {status}"
    );
    disk.free();
    session.until("the release in staging", || {
        (session.get("site.staging.localhost", "/").body == "hello\n").then_some(())
    });
    session.git("home/state/forge/ada/site.git", &["fsck", "--strict"]);
}
