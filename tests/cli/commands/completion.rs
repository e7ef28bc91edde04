//! The scripts in `completions/` are what the program prints. `LANDFALL_UPDATE=1 cargo test` writes them anew.

use std::fs;
use std::path::Path;

use crate::session::Session;

#[test]
fn the_scripts_in_the_repository_are_current() {
    let session = Session::new();
    for (shell, file) in [
        ("bash", "landfall.bash"),
        ("zsh", "_landfall"),
        ("fish", "landfall.fish"),
        ("powershell", "_landfall.ps1"),
    ] {
        let printed = session.command(&["completion", shell]).output().unwrap();
        assert!(printed.status.success());
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("completions")
            .join(file);
        if std::env::var_os("LANDFALL_UPDATE").is_some() {
            fs::write(&path, &printed.stdout).unwrap();
        }
        let kept = fs::read(&path).unwrap_or_default();
        assert!(
            kept == printed.stdout,
            "{} is stale: run `LANDFALL_UPDATE=1 cargo test`",
            path.display()
        );
    }
}

#[test]
fn bash_loads_the_script_and_completes_a_command() {
    let session = Session::new();
    let script = session.command(&["completion", "bash"]).output().unwrap();
    session.write(
        "work/landfall.bash",
        &String::from_utf8(script.stdout).unwrap(),
    );
    let output = std::process::Command::new("bash")
        .args(["--norc", "-c", "source ./landfall.bash; COMP_WORDS=(landfall comp); COMP_CWORD=1; _landfall landfall comp landfall; echo \"${COMPREPLY[@]}\""])
        .current_dir(session.work())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "completion");
}
