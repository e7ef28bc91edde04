//! Notices what the compiler does not: a test file that no `mod` names.

use std::fs;
use std::path::Path;

#[test]
fn every_test_file_is_listed() {
    check(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli"),
        "main.rs",
    );
    check(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/commands"),
        "mod.rs",
    );
    check(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/story"),
        "mod.rs",
    );
}

fn check(folder: &Path, list: &str) {
    let listed = fs::read_to_string(folder.join(list)).unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let module = name.strip_suffix(".rs").unwrap_or(&name);
        let is_module = name != list
            && (Path::new(&name).extension().is_some_and(|e| e == "rs")
                || folder.join(&name).join("mod.rs").exists());
        assert!(
            !is_module || listed.contains(&format!("mod {module};")),
            "{name} is not listed in {list}"
        );
    }
}
