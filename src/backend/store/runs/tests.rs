use std::fs;
use std::path::Path;

use rusqlite::Connection;
use tempfile::TempDir;

use super::SqliteActivities;
use crate::ports::activities::{ActivityStore, RunFilter, StoreError, contract};

fn store(folder: &TempDir) -> (SqliteActivities, std::path::PathBuf) {
    let path = folder.path().join("deep/state.db");
    (SqliteActivities::new(path.clone()), path)
}

fn all(path: &Path) -> Result<usize, StoreError> {
    let store = SqliteActivities::new(path.to_owned());
    store.list(&RunFilter::default()).map(|runs| runs.len())
}

#[test]
fn the_contract_of_the_store_holds() {
    let folder = tempfile::tempdir().unwrap();
    let count = std::cell::Cell::new(0);
    contract::holds(&|| {
        count.set(count.get() + 1);
        let path = folder.path().join(format!("{}.db", count.get()));
        Box::new(SqliteActivities::new(path))
    });
}

#[test]
fn reading_makes_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let (store, path) = store(&folder);
    assert_eq!(store.list(&RunFilter::default()).unwrap(), []);
    assert!(!path.parent().unwrap().exists());
    // What another process records later is seen by the same store.
    let other = SqliteActivities::new(path);
    other
        .record(&contract::pipeline_run("shop", 1, None))
        .unwrap();
    assert_eq!(store.latest_seq().unwrap(), 1);
}

#[test]
fn an_empty_file_counts_as_nothing_and_is_filled() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.db");
    fs::write(&path, "").unwrap();
    assert_eq!(all(&path).unwrap(), 0);
    let store = SqliteActivities::new(path.clone());
    store
        .record(&contract::pipeline_run("shop", 1, None))
        .unwrap();
    assert_eq!(all(&path).unwrap(), 1);
}

#[test]
fn a_damaged_file_is_said_so_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (good, path) = store(&folder);
    for build in 1..50 {
        good.record(&contract::pipeline_run("shop", build, None))
            .unwrap();
    }
    drop(good);
    let whole = fs::read(&path).unwrap();
    let mut overwritten = whole.clone();
    overwritten[4096..].fill(0xaa);
    let texts = b"this was a database once, it is not any more".repeat(99);
    for damaged in [overwritten, texts, whole[..whole.len() / 2].to_vec()] {
        fs::write(&path, &damaged).unwrap();
        let error = all(&path).expect_err("damaged");
        assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
        assert!(error.to_string().contains("state.db"), "{error}");
        let store = SqliteActivities::new(path.clone());
        store
            .record(&contract::pipeline_run("shop", 1, Some(true)))
            .expect_err("damaged");
        assert_eq!(fs::read(&path).unwrap(), damaged);
    }
}

#[test]
fn a_row_that_is_no_json_is_damage_and_not_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let (store, path) = store(&folder);
    store
        .record(&contract::pipeline_run("shop", 1, None))
        .unwrap();
    let raw = Connection::open(&path).unwrap();
    raw.execute("UPDATE runs SET object = '{'", []).unwrap();
    let error = store.list(&RunFilter::default()).expect_err("damaged");
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
}

#[test]
fn a_newer_file_and_another_programs_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (store, path) = store(&folder);
    store
        .record(&contract::pipeline_run("shop", 1, None))
        .unwrap();
    drop(store);
    let raw = Connection::open(&path).unwrap();
    raw.pragma_update(None, "user_version", 99).unwrap();
    let error = all(&path).expect_err("newer");
    assert!(
        matches!(
            error,
            StoreError::Newer {
                found: 99,
                known: 1,
                ..
            }
        ),
        "{error}"
    );

    let foreign = folder.path().join("foreign.db");
    let raw = Connection::open(&foreign).unwrap();
    raw.execute("CREATE TABLE theirs (x)", []).unwrap();
    let error = all(&foreign).expect_err("foreign");
    assert!(matches!(error, StoreError::Foreign { .. }), "{error}");
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("deep"), "a file").unwrap();
    let (store, _) = store(&folder);
    let error = store.next_build("x").expect_err("no folder");
    assert!(matches!(error, StoreError::Failed { .. }), "{error}");
    assert!(error.to_string().contains("deep/state.db"), "{error}");
}

#[test]
fn two_stores_on_one_file_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.db");
    std::thread::scope(|scope| {
        for repository in ["shop", "cart", "mail", "user"] {
            let path = &path;
            scope.spawn(move || {
                // A store each, opened at the same time: also the race to make the file.
                let store = SqliteActivities::new(path.clone());
                for build in 1..=25 {
                    store.next_build("acme/all/main").unwrap();
                    store
                        .record(&contract::pipeline_run(repository, build, None))
                        .unwrap();
                }
            });
        }
    });
    let store = SqliteActivities::new(path.clone());
    assert_eq!(all(&path).unwrap(), 100);
    assert_eq!(store.latest_seq().unwrap(), 100);
    assert_eq!(store.next_build("acme/all/main").unwrap(), 101);
}
