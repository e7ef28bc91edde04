mod slow_server;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use slow_server::{Pace, serve};

use super::{Call, Program, Scope, parse_version, standstill};
use crate::failure::{Exit, Explain as _};
use crate::ports::git::GitError;
use crate::ports::interrupt::Interrupt;

/// A folder with a program called git that runs `script`, and answers `--version` as 2.40.0.
fn fake_git(folder: &Path, script: &str) -> BTreeMap<OsString, OsString> {
    let path = folder.join("git");
    let version =
        r#"[ "$1" = --version ] && { echo "git version ${FAKE_VERSION:-2.40.0}"; exit; }"#;
    fs::write(&path, format!("#!/bin/sh\n{version}\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let search = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    BTreeMap::from([
        ("PATH".into(), search.into()),
        ("HOME".into(), folder.into()),
    ])
}

#[test]
fn versions_are_read_with_vendor_words() {
    for (text, number) in [
        ("git version 2.39.5", (2, 39)),
        ("git version 2.39.5 (Apple Git-154)", (2, 39)),
        ("git version 2.47.rc0.windows.1", (2, 47)),
    ] {
        assert_eq!(parse_version(text).unwrap().number, number);
    }
    assert_eq!(parse_version("hub version 2"), None);
}

#[test]
fn a_missing_or_old_git_is_said_before_anything_runs() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = BTreeMap::from([("PATH".into(), folder.path().into())]);
    let program = Program::new(nowhere, Interrupt::default());
    assert!(matches!(program.version(), Err(GitError::Missing)));

    let script = format!("touch {}/ran", folder.path().display());
    let mut environment = fake_git(folder.path(), &script);
    fs::write(
        folder.path().join("git"),
        fs::read_to_string(folder.path().join("git"))
            .unwrap()
            .replace("2.40.0", "2.38.1"),
    )
    .unwrap();
    environment.insert("X".into(), "".into());
    let program = Program::new(environment, Interrupt::default());
    let error = program
        .run(Call::new(Scope::Own, folder.path(), &["status"]))
        .unwrap_err();
    assert!(error.to_string().contains("2.38.1"), "{error}");
    assert!(!folder.path().join("ran").exists());
}

#[test]
fn our_own_calls_see_nothing_of_the_callers_environment_but_how_to_log_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut environment = fake_git(folder.path(), r#"[ "$1" = config ] && exit 1; env"#);
    for (name, value) in [
        ("GIT_DIR", "/elsewhere"),
        ("GIT_CONFIG_COUNT", "1"),
        ("SECRET", "x"),
        ("SSH_AUTH_SOCK", "/agent"),
        ("https_proxy", "http://proxy"),
    ] {
        environment.insert(name.into(), value.into());
    }
    let program = Program::new(environment, Interrupt::default());
    let own = program
        .run(Call::new(Scope::Own, folder.path(), &["fetch"]))
        .unwrap()
        .text();
    for expected in [
        "SSH_AUTH_SOCK=/agent",
        "https_proxy=http://proxy",
        "GIT_TERMINAL_PROMPT=0",
        "GIT_ALLOW_PROTOCOL=https:ssh",
        "GIT_CONFIG_GLOBAL=/dev/null",
        "LC_ALL=C",
    ] {
        assert!(
            own.lines().any(|line| line == expected),
            "{expected} in {own}"
        );
    }
    assert!(
        !own.contains("GIT_DIR=") && !own.contains("SECRET="),
        "{own}"
    );

    let user = program
        .run(Call::new(Scope::User, folder.path(), &["x"]))
        .unwrap()
        .text();
    assert!(
        user.contains("SECRET=x") && !user.contains("GIT_DIR="),
        "{user}"
    );
}

#[test]
fn settings_that_the_user_gives_by_the_environment_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut environment = fake_git(folder.path(), "env");
    for (name, value) in [
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "user.name"),
        ("GIT_CONFIG_VALUE_0", "Ada"),
    ] {
        environment.insert(name.into(), value.into());
    }
    let program = Program::new(environment, Interrupt::default());
    let user = program
        .run(Call::new(Scope::User, folder.path(), &["commit"]))
        .unwrap()
        .text();
    for expected in [
        "GIT_CONFIG_COUNT=2",
        "GIT_CONFIG_KEY_0=user.name",
        "GIT_CONFIG_VALUE_0=Ada",
        "GIT_CONFIG_KEY_1=maintenance.auto",
        "GIT_CONFIG_VALUE_1=false",
    ] {
        assert!(
            user.lines().any(|line| line == expected),
            "{expected} in {user}"
        );
    }
}

#[test]
fn a_standstill_is_told_from_other_ends_of_a_transfer() {
    let said = "error: RPC failed; curl 28 Operation too slow. Less than 1024 bytes/sec transferred the last 30 seconds\nfatal: early EOF\n";
    assert_eq!(
        standstill(said).as_deref(),
        Some("less than 1024 bytes a second came for 30 s")
    );
    assert_eq!(standstill("fatal: early EOF\n"), None);
}

#[test]
fn c15_a_child_that_ignores_term_and_a_grandchild_that_keeps_the_pipe_do_not_hold_us() {
    let folder = tempfile::tempdir().unwrap();
    // The grandchild leaves the group and keeps both pipes; the child ignores TERM.
    let environment = fake_git(
        folder.path(),
        "setsid sleep 30 & trap '' TERM; echo $$ > pid; while :; do sleep 1; done",
    );
    let interrupt = Interrupt::default();
    let mut program = Program::new(environment, interrupt.clone());
    program.grace = Duration::from_millis(300);
    program.version().unwrap();
    let raiser = std::thread::spawn({
        let pid = folder.path().join("pid");
        move || {
            while !pid.exists() {
                std::thread::sleep(Duration::from_millis(5));
            }
            interrupt.raise();
        }
    });
    let start = Instant::now();
    let error = program
        .run(Call::new(Scope::Own, folder.path(), &["fetch"]).allow_local(true))
        .unwrap_err();
    raiser.join().unwrap();
    assert!(matches!(error, GitError::Interrupted { .. }), "{error}");
    assert!(
        start.elapsed() < Duration::from_secs(4),
        "{:?}",
        start.elapsed()
    );
    let pid = fs::read_to_string(folder.path().join("pid")).unwrap();
    assert!(
        !Path::new("/proc").join(pid.trim()).exists(),
        "a zombie or a living child"
    );
}

#[test]
fn a_grandchild_that_keeps_the_pipe_does_not_delay_a_finished_child() {
    let folder = tempfile::tempdir().unwrap();
    let environment = fake_git(folder.path(), "echo done; setsid sleep 30 &");
    let program = Program::new(environment, Interrupt::default());
    let start = Instant::now();
    let output = program
        .run(Call::new(Scope::Own, folder.path(), &["x"]).allow_local(true))
        .unwrap();
    assert_eq!(output.text(), "done");
    assert!(
        start.elapsed() < Duration::from_secs(3),
        "{:?}",
        start.elapsed()
    );
}

/// Clones a repository of 10 kB over HTTP at that pace; it may stand still for that long.
fn clone_at_pace(pace: Pace, limit: Duration) -> (Result<(), GitError>, Duration) {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let environment = BTreeMap::from([
        ("PATH".into(), std::env::var_os("PATH").unwrap()),
        ("HOME".into(), folder.path().into()),
    ]);
    let mut program = Program::new(environment, Interrupt::default());
    program.low_speed_time = limit;
    let run = |call: Call<'_>| program.run(call)?.checked().map(drop);
    let git = |place: &Path, args: &[&str]| run(Call::new(Scope::Own, place, args)).unwrap();
    git(folder.path(), &["init", "--quiet", "shop"]);
    // Bytes that cannot be made smaller.
    let mut seed: u64 = 1;
    let noise = std::iter::repeat_with(|| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 56) as u8
    });
    fs::write(at("shop/noise"), noise.take(10_000).collect::<Vec<u8>>()).unwrap();
    git(&at("shop"), &["add", "."]);
    let identity = ["-c", "user.name=Ada", "-c", "user.email=a@example.com"];
    git(
        &at("shop"),
        &[&identity[..], &["commit", "--quiet", "-m", "x"]].concat(),
    );
    let address = serve(folder.path(), pace);
    let begun = Instant::now();
    let clone = Call::new(Scope::Own, folder.path(), &["clone", "--quiet"])
        .arg(format!("http://{address}/shop/.git"))
        .arg("clone")
        .env("GIT_ALLOW_PROTOCOL", "http");
    (run(clone), begun.elapsed())
}

#[test]
fn c16_a_remote_that_sends_a_byte_now_and_then_has_stalled() {
    let pace = Pace {
        at_once: 2_000,
        bytes: 1,
        pause: Duration::from_millis(300),
    };
    let (outcome, took) = clone_at_pace(pace, Duration::from_secs(1));
    let error = outcome.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`git clone` stalled: less than 1024 bytes a second came for 1 s"
    );
    assert_eq!(
        error.hints(),
        ["look at the network and run the same command again"]
    );
    assert_eq!(error.exit(), Exit::Temporary);
    // All of it would take three quarters of an hour.
    assert!(took < Duration::from_mins(1), "{took:?}");
}

#[test]
fn c16_a_slow_but_steady_remote_is_waited_for() {
    let pace = Pace {
        at_once: 0,
        bytes: 200,
        pause: Duration::from_millis(100),
    };
    let limit = Duration::from_secs(3);
    let (outcome, took) = clone_at_pace(pace, limit);
    outcome.unwrap();
    assert!(took > limit, "{took:?}");
}
