use crate::session::Session;

#[test]
fn a_new_pack_is_imported_and_its_pipeline_runs() {
    let session = Session::new();
    session.done_in("work", &["create", "pack", "crystal"]);
    let outcome = session.run(&["pack", "test", "crystal"]);
    assert_eq!(outcome.status, 0, "{outcome}");
    assert_eq!(outcome.stdout, "pack/crystal tested\n");
    assert!(
        outcome.stderr.contains("the pipeline succeeded after"),
        "{outcome}"
    );
    // Nothing of it stays: neither in the session's own state nor in its folder.
    assert!(!session.state().join("forge").exists());
}

#[test]
fn a_sample_whose_test_fails_fails_the_pack() {
    let session = Session::new();
    session.done_in("work", &["create", "pack", "crystal"]);
    session.write(
        "work/crystal/sample/test.sh",
        "echo the page is missing; exit 3\n",
    );
    let outcome = session.run(&["pack", "test", "crystal"]);
    assert_eq!(outcome.status, 1, "{outcome}");
    assert!(outcome.stderr.contains("the page is missing"), "{outcome}");
    std::fs::remove_dir_all(session.work().join("crystal/sample")).unwrap();
    insta::assert_snapshot!(session.run(&["pack", "test", "crystal"]), @"
    ---- stderr
    error: the pack crystal has no sample

    hint: put a small app into the folder sample/ beside its pack.yaml
    hint: `landfall explain LF0104` says more
    ---- status 1
    ");
}
