//! The console sessions in `tests/sessions`, run by trycmd as they are written. Each has a scratch home of its own with the
//! files of the folder of its name. `TRYCMD=overwrite cargo test sessions` writes what is printed now into them.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use trycmd::TestCases;
use trycmd::schema::Bin;

use crate::session::{PATIENCE, Session};

#[test]
fn sessions_first_import() {
    run("first-import");
}

#[test]
fn sessions_promotion() {
    run("promotion");
}

#[test]
fn sessions_pipelines() {
    run("pipelines");
}

#[test]
fn sessions_errors() {
    run("errors");
}

#[test]
fn every_session_is_run() {
    let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file!())).unwrap();
    for entry in fs::read_dir(sessions()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Some(name) = name.strip_suffix(".md") {
            assert!(
                source.contains(&format!("run(\"{name}\")")),
                "{name} is run by no test"
            );
        }
    }
}

fn sessions() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sessions")
}

fn run(name: &str) {
    let session = Session::with_platform();
    copy(&sessions().join(name), &session.work());
    session.write("cwd", &session.work().display().to_string());
    // A console without a shell: `cd` is remembered between commands, and every program gets the session's environment.
    let cwd = session.root().join("cwd");
    let cwd = cwd.display();
    let cd = format!("cd \"$(cat {cwd})/$1\" && pwd >{cwd}");
    TestCases::new()
        .case(sessions().join(format!("{name}.md")))
        .timeout(PATIENCE)
        .register_bin("cd", script(&session, "cd", &cd))
        .register_bin("git", program(&session, "git", "git"))
        .register_bin(
            "landfall",
            program(&session, "landfall", env!("CARGO_BIN_EXE_landfall")),
        )
        .insert_var("[SCRATCH]", session.root().display().to_string())
        .unwrap()
        .insert_var("[PORT]", session.port().to_string())
        .unwrap()
        .run();
}

/// A script that runs `program` as the session does.
fn program(session: &Session, name: &str, program: &str) -> Bin {
    let mut command = Command::new(program);
    session.isolate(&mut command);
    let set: Vec<String> = command
        .get_envs()
        .filter_map(|(name, value)| Some((name.to_str()?, value?.to_str()?)))
        .map(|(name, value)| format!("{name}='{value}'"))
        .collect();
    let cwd = session.root().join("cwd");
    let text = format!(
        "cd \"$(cat {})\" && exec env -i {} {program} \"$@\"",
        cwd.display(),
        set.join(" ")
    );
    script(session, name, &text)
}

fn script(session: &Session, name: &str, text: &str) -> Bin {
    session.write(&format!("bin/{name}"), &format!("#!/bin/sh\n{text}\n"));
    let path = session.root().join("bin").join(name);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    Bin::Path(path)
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
