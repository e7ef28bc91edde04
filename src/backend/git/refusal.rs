//! What the git program's words mean: which failures are races, which are refusals, which are the network.
//!
//! Read from `--porcelain` output where there is one, else from standard error under `LC_ALL=C`. The words are those
//! of git 2.39 to 2.47 (`transport.c`, `send-pack.c`, `receive-pack.c`, `refs/files-backend.c`).

use super::program::Output;
use crate::ports::git::{GitError, PushOutcome, Rejection};

/// Words of a rejection that another try after a fetch can get past.
const RACES: &[&str] = &[
    "fetch first",
    "non-fast-forward",
    "stale info",
    "cannot lock ref",
    "incorrect old value",
    "failed to update ref",
    "remote ref updated since checkout",
];

/// Words that mean: not logged in, or not allowed.
const DENIALS: &[&str] = &[
    "authentication failed",
    "could not read username",
    "could not read password",
    "terminal prompts disabled",
    "returned error: 401",
    "returned error: 403",
    "permission denied (",
    "host key verification failed",
    "access denied",
];

/// Words that mean: the network stood still or went away.
const STALLS: &[&str] = &[
    "operation too slow",
    "curl 28",
    "curl 56",
    "the remote end hung up unexpectedly",
    "could not resolve host",
    "connection timed out",
    "connection refused",
    "connection reset",
];

/// Words about who commits.
const NO_IDENTITY: &[&str] = &[
    "please tell me who you are",
    "empty ident name",
    "unable to auto-detect email address",
    "no email was given",
    "no name was given",
    "name consists only of disallowed characters",
];

/// The error that a failed command means.
pub(super) fn of_output(output: &Output) -> GitError {
    let lower = output.stderr.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let reason = last_words(&output.stderr);
    let command = output.command.clone();
    if has(DENIALS) {
        return GitError::Denied {
            remote: "the other side".to_owned(),
            reason,
        };
    }
    if has(STALLS) {
        return GitError::Stalled { command, reason };
    }
    if has(NO_IDENTITY) {
        return GitError::NoIdentity {
            reason: line_with(&output.stderr, NO_IDENTITY),
        };
    }
    GitError::Command {
        command,
        status: output.status,
        reason,
    }
}

/// Reads `git push --porcelain`: one line a reference, `<flag>\t<from>:<to>\t<summary> (<reason>)`.
pub(super) fn of_push(output: &Output) -> Result<PushOutcome, GitError> {
    let stdout = String::from_utf8_lossy(&output.stdout);
    let mut outcome = PushOutcome::UpToDate;
    for line in stdout.lines() {
        let mut fields = line.split('\t');
        let (Some(flag), Some(refs), Some(summary)) = (fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        match flag {
            "!" => return Err(rejected(refs, summary, &output.stderr)),
            "=" => {}
            _ => outcome = PushOutcome::Pushed,
        }
    }
    if output.is_success() {
        Ok(outcome)
    } else {
        Err(output.failed())
    }
}

fn rejected(refs: &str, summary: &str, stderr: &str) -> GitError {
    let reference = refs.rsplit(':').next().unwrap_or(refs).to_owned();
    let lower = summary.to_lowercase();
    let rejection = if RACES.iter().any(|word| lower.contains(word)) {
        Rejection::Outdated
    } else {
        Rejection::Refused
    };
    // A hook explains itself in lines that begin with "remote:".
    let said: Vec<&str> = stderr
        .lines()
        .filter_map(|line| line.strip_prefix("remote:"))
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let reason = if said.is_empty() || rejection == Rejection::Outdated {
        summary.to_owned()
    } else {
        format!("{summary}: {}", said.join("; "))
    };
    GitError::Rejected {
        reference,
        reason,
        rejection,
    }
}

/// The last lines of standard error, as one line, `fatal:` and `error:` left out.
fn last_words(stderr: &str) -> String {
    let lines: Vec<&str> = stderr
        .lines()
        .map(|line| {
            let line = line.trim();
            line.strip_prefix("fatal: ")
                .or_else(|| line.strip_prefix("error: "))
                .unwrap_or(line)
        })
        .filter(|line| !line.is_empty() && !line.starts_with("hint:"))
        .collect();
    let start = lines.len().saturating_sub(4);
    if lines.is_empty() {
        "it said nothing".to_owned()
    } else {
        lines[start..].join("; ")
    }
}

fn line_with(stderr: &str, words: &[&str]) -> String {
    stderr
        .lines()
        .rev()
        .find(|line| {
            let lower = line.to_lowercase();
            words.iter().any(|word| lower.contains(word))
        })
        .map_or_else(
            || last_words(stderr),
            |line| last_words(line.trim_matches('*').trim()),
        )
}

#[cfg(test)]
mod tests {
    use super::{of_output, of_push};
    use crate::backend::git::program::Output;
    use crate::ports::git::{GitError, PushOutcome, Rejection};

    fn output(status: i32, stdout: &str, stderr: &str) -> Output {
        Output {
            command: "push".to_owned(),
            status: Some(status),
            stdout: stdout.as_bytes().to_vec(),
            stderr: stderr.to_owned(),
        }
    }

    fn rejection(summary: &str) -> Rejection {
        let line = format!("To /forge/a.git\n!\tHEAD:refs/heads/main\t{summary}\nDone\n");
        match of_push(&output(1, &line, "")).unwrap_err() {
            GitError::Rejected { rejection, .. } => rejection,
            other => panic!("{other}"),
        }
    }

    #[test]
    fn c3_races_are_tried_again_and_refusals_are_not() {
        for summary in [
            "[rejected] (fetch first)",
            "[rejected] (non-fast-forward)",
            "[rejected] (stale info)",
            "[remote rejected] (cannot lock ref 'refs/heads/main': is at 1 but expected 2)",
            "[remote rejected] (incorrect old value provided)",
            "[remote rejected] (failed to update ref)",
        ] {
            assert_eq!(rejection(summary), Rejection::Outdated, "{summary}");
        }
        for summary in [
            "[remote rejected] (pre-receive hook declined)",
            "[remote rejected] (protected branch hook declined)",
            "[rejected] (already exists)",
        ] {
            assert_eq!(rejection(summary), Rejection::Refused, "{summary}");
        }
        for stderr in [
            "fatal: unable to access 'https://x/': The requested URL returned error: 403",
            "remote: Invalid token\nfatal: Authentication failed for 'https://x/'",
            "fatal: could not read Username for 'https://x': terminal prompts disabled",
            "git@x: Permission denied (publickey).",
        ] {
            let error = of_push(&output(128, "", stderr)).unwrap_err();
            assert!(matches!(error, GitError::Denied { .. }), "{error}");
            assert!(!error.is_race());
        }
    }

    #[test]
    fn a_hook_that_says_no_is_quoted() {
        let stdout = "!\tHEAD:refs/heads/main\t[remote rejected] (pre-receive hook declined)\n";
        let error = of_push(&output(1, stdout, "remote: no deploys on friday\n")).unwrap_err();
        assert!(
            error.to_string().contains("no deploys on friday"),
            "{error}"
        );
    }

    #[test]
    fn a_push_that_changes_nothing_is_told_apart() {
        let line = |flag: &str| format!("To x\n{flag}\ta:refs/heads/a\t[up to date]\nDone\n");
        assert_eq!(
            of_push(&output(0, &line("="), "")).unwrap(),
            PushOutcome::UpToDate
        );
        for flag in [" ", "*", "+"] {
            assert_eq!(
                of_push(&output(0, &line(flag), "")).unwrap(),
                PushOutcome::Pushed
            );
        }
    }

    #[test]
    fn a_missing_identity_and_a_stall_have_names() {
        let stderr = "Author identity unknown\n\n*** Please tell me who you are.\n\nfatal: unable to auto-detect email address (got 'a@b.(none)')\n";
        assert!(matches!(
            of_output(&output(128, "", stderr)),
            GitError::NoIdentity { .. }
        ));
        let stderr = "error: RPC failed; curl 28 Operation too slow. Less than 1024 bytes/sec\n";
        assert!(matches!(
            of_output(&output(128, "", stderr)),
            GitError::Stalled { .. }
        ));
    }
}
