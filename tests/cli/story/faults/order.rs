//! C-19: what is in a file is on the disk before the file has its name, and the name is on the disk where it must not be lost.

use std::collections::BTreeSet;
use std::path::Path;

use super::checkout::{Checkout, IMPORT};
use super::trace::{Call, calls, traced};

/// The files whose names, too, must outlive a power cut: the record of a begun import, and the registry of environments.
const DURABLE: [&str; 2] = ["landfall-import.json", "environments.yaml"];

/// The files that were written under another name first, in their order; an error for one that a power cut could spoil.
fn renamed(calls: &[Call]) -> Result<Vec<String>, String> {
    let mut renamed = Vec::new();
    let mut synced = BTreeSet::new();
    for (index, call) in calls.iter().enumerate().filter(|(_, call)| call.is_done) {
        match (call.name.as_str(), call.paths.as_slice()) {
            ("write", [path]) => {
                synced.remove(path);
            }
            ("fsync" | "fdatasync", [path]) => {
                synced.insert(path);
            }
            ("rename" | "renameat" | "renameat2", [from, to]) if is_half_written(from) => {
                if !synced.contains(from) {
                    return Err(format!("{to} got its name before its data was synced"));
                }
                let folder = Path::new(to).parent().unwrap();
                // Before anything else that changes a file.
                let next = calls[index + 1..].iter().find(|call| call.is_done);
                let is_kept = next.is_some_and(|next| {
                    next.name == "fsync" && next.paths.iter().any(|path| Path::new(path) == folder)
                });
                if DURABLE.iter().any(|name| to.ends_with(name)) && !is_kept {
                    return Err(format!("the name of {to} was not synced"));
                }
                renamed.push(to.clone());
            }
            _ => {}
        }
    }
    Ok(renamed)
}

fn is_half_written(path: &str) -> bool {
    let name = Path::new(path).file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.starts_with(".landfall-"))
}

#[test]
#[ignore = "needs strace; .ci/run calls it"]
fn c19_data_is_synced_before_a_file_gets_its_name() {
    let checkout = Checkout::new(IMPORT);
    let (outcome, calls) = traced(&checkout, checkout.deed.args, None);
    assert_eq!(outcome.status, 0, "{outcome}");
    let files = renamed(&calls).unwrap_or_else(|error| panic!("{error}"));
    for name in [
        ".git/landfall-import.json",
        ".landfall/import.yaml",
        ".landfall/app.yaml",
        ".tekton/release.yaml",
        "charts/shop/values.yaml",
        "hooks/post-receive",
    ] {
        assert!(
            files.iter().any(|file| file.ends_with(name)),
            "{name}: {files:?}"
        );
    }

    let args = ["create", "environment", "edge"];
    let (outcome, calls) = traced(&checkout, &args, None);
    assert_eq!(outcome.status, 0, "{outcome}");
    let files = renamed(&calls).unwrap_or_else(|error| panic!("{error}"));
    assert!(
        files.iter().any(|file| file.ends_with("environments.yaml")),
        "{files:?}"
    );
}

#[test]
fn c19_a_name_that_comes_too_early_is_noticed() {
    let write = "write(9</a/.landfall-x.tmp>, \"{\"..., 900) = 900\n";
    let sync = "fdatasync(9</a/.landfall-x.tmp>) = 0\n";
    let rename = "renameat(AT_FDCWD</a>, \"/a/.landfall-x.tmp\", AT_FDCWD</a>, \"/a/landfall-import.json\") = 0\n";
    let keep = "fsync(9</a>) = 0\n";
    let check = |lines: &[&str]| renamed(&calls(&lines.concat()));
    assert_eq!(
        check(&[write, sync, rename, keep]).unwrap(),
        ["/a/landfall-import.json"]
    );
    insta::assert_snapshot!(check(&[write, rename, keep]).unwrap_err(), @"/a/landfall-import.json got its name before its data was synced");
    insta::assert_snapshot!(check(&[sync, write, rename, keep]).unwrap_err(), @"/a/landfall-import.json got its name before its data was synced");
    insta::assert_snapshot!(check(&[write, sync, rename]).unwrap_err(), @"the name of /a/landfall-import.json was not synced");
    insta::assert_snapshot!(check(&[write, sync, rename, write, keep]).unwrap_err(), @"the name of /a/landfall-import.json was not synced");
}
