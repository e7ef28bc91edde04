//! Credential helpers: programs named `docker-credential-NAME` that keep logins (source: docs of `docker login`, and for what
//! Helm makes of it `registry/remote/credentials` of oras-go).
//!
//! A helper is asked with `get` and the server's address on standard input. The login comes on standard output and goes to the
//! registry alone. Standard error is the user's: helpers ask there for what opens their store.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::secret::Secret;
use crate::env_vars;
use crate::ports::charts::Login;

/// How long a helper may take; a person may have to type a password meanwhile.
const LIMIT: Duration = Duration::from_secs(30);

/// The most that an answer may weigh: some secrets are tokens of several kilobytes.
const ANSWER_LIMIT: u64 = 256 << 10;

/// The most of a helper's complaint that is shown, in characters.
const SHOWN: usize = 300;

/// What a helper says when it has no login for a server.
const NOT_FOUND: &str = "credentials not found in native keychain";

/// The name of a user whose secret is an identity token.
const TOKEN_USER: &str = "<token>";

/// Why a helper gave no login.
#[derive(Debug, thiserror::Error)]
pub(super) enum HelperError {
    /// The configuration names something that is no name of a helper.
    #[error("{0:?} is no name of a credential helper")]
    Name(String),
    /// It is not installed.
    #[error("the credential helper {0} is not installed: it is in no folder of PATH")]
    Missing(String),
    /// It is there and does not run.
    #[error("the credential helper {program} does not run: {source}")]
    Start {
        /// The program.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// It ended with an error.
    #[error("the credential helper {program} failed: {why}")]
    Failed {
        /// The program.
        program: String,
        /// Its own words, or its status.
        why: String,
    },
    /// It did not end.
    #[error("the credential helper {program} gave no answer within {} s", .limit.as_secs())]
    TooSlow {
        /// The program.
        program: String,
        /// How long it had.
        limit: Duration,
    },
    /// It said something else than a login.
    #[error("the answer of the credential helper {0} is no login")]
    Broken(String),
}

impl HelperError {
    /// What to do about it.
    pub(super) fn hint(&self) -> String {
        let program = match self {
            Self::Name(_) => return "it names the program docker-credential-NAME".to_owned(),
            Self::Missing(program) => {
                return format!("install {program}, or give --username and --password");
            }
            Self::Start { program, .. }
            | Self::Failed { program, .. }
            | Self::TooSlow { program, .. }
            | Self::Broken(program) => program,
        };
        format!("try `{program} list`, or give --username and --password")
    }
}

/// The helpers that `PATH` leads to.
#[derive(Debug)]
pub(super) struct Helpers {
    environment: BTreeMap<OsString, OsString>,
    limit: Duration,
    /// What a helper said about a server: it may have asked a person for it.
    known: Mutex<BTreeMap<(String, String), Option<Secret>>>,
}

impl Helpers {
    /// Helpers get this environment.
    pub(super) fn new(environment: BTreeMap<OsString, OsString>) -> Self {
        Self {
            environment,
            limit: LIMIT,
            known: Mutex::default(),
        }
    }

    /// The helper that Helm takes where no file says anything about logins: the system's, when it is installed.
    pub(super) fn of_system(&self) -> Option<&'static str> {
        let name = if cfg!(target_os = "macos") {
            "osxkeychain"
        } else if self.search("pass").is_some() {
            "pass"
        } else {
            "secretservice"
        };
        self.search(&program(name)).map(|_| name)
    }

    /// What the helper `name` has for a server; `None` when it has nothing.
    pub(super) async fn get(
        &self,
        name: &str,
        server: &str,
    ) -> Result<Option<Secret>, HelperError> {
        let key = (name.to_owned(), server.to_owned());
        let known = |key| {
            let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            known.get(key).cloned()
        };
        if let Some(login) = known(&key) {
            return Ok(login);
        }
        let login = self.ask(name, server).await?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(key, login.clone());
        Ok(login)
    }

    async fn ask(&self, name: &str, server: &str) -> Result<Option<Secret>, HelperError> {
        if name.contains(['/', '\\', '\0']) {
            return Err(HelperError::Name(name.to_owned()));
        }
        let program = program(name);
        let path = self
            .search(&program)
            .ok_or_else(|| HelperError::Missing(program.clone()))?;
        let failed = |source| HelperError::Start {
            program: program.clone(),
            source,
        };
        let mut child = Command::new(path)
            .arg("get")
            .env_clear()
            .envs(&self.environment)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        let answer = timeout(self.limit, talk(&mut child, server)).await;
        let (output, status) = match answer {
            Ok(answer) => answer.map_err(failed)?,
            Err(_) => {
                return Err(HelperError::TooSlow {
                    program,
                    limit: self.limit,
                });
            }
        };
        if status.success() {
            return login(&program, &output);
        }
        match complaint(&output) {
            Some(NOT_FOUND) => Ok(None),
            why => Err(HelperError::Failed {
                why: why.map_or_else(
                    || status.to_string(),
                    |why| why.chars().take(SHOWN).collect(),
                ),
                program,
            }),
        }
    }

    fn search(&self, program: &str) -> Option<PathBuf> {
        let path = self.environment.get(OsStr::new(env_vars::PATH))?;
        std::env::split_paths(path)
            // What lies in the current folder may be anybody's.
            .filter(|folder| folder.is_absolute())
            .map(|folder| folder.join(program))
            .find(|candidate| {
                candidate.is_file()
                    && rustix::fs::access(candidate, rustix::fs::Access::EXEC_OK).is_ok()
            })
    }
}

fn program(name: &str) -> String {
    format!("docker-credential-{name}")
}

/// What the helper answers, and how it ended.
async fn talk(child: &mut Child, server: &str) -> io::Result<(Vec<u8>, ExitStatus)> {
    if let Some(mut pipe) = child.stdin.take() {
        // A helper that does not read its question says so by its answer.
        let _ = pipe.write_all(server.as_bytes()).await;
    }
    let mut output = Vec::new();
    if let Some(pipe) = child.stdout.take() {
        pipe.take(ANSWER_LIMIT).read_to_end(&mut output).await?;
    }
    let status = child.wait().await?;
    Ok((output, status))
}

fn login(program: &str, output: &[u8]) -> Result<Option<Secret>, HelperError> {
    let broken = || HelperError::Broken(program.to_owned());
    // The error of the reader may show a part of the secret.
    let answer: Value = serde_json::from_slice(output).map_err(|_| broken())?;
    let answer = answer.as_object().ok_or_else(broken)?;
    let text = |key: &str| match answer.get(key) {
        None | Some(Value::Null) => Ok(""),
        Some(value) => value.as_str().ok_or_else(broken),
    };
    let (name, secret) = (text("Username")?, text("Secret")?);
    if name == TOKEN_USER && !secret.is_empty() {
        return Ok(Some(Secret::Identity {
            token: secret.to_owned(),
            login: None,
        }));
    }
    Ok(Login::new(name, secret).map(Secret::Login))
}

/// The first line of what a helper says when it fails, unless that could be a login after all.
fn complaint(output: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(output).ok()?.trim();
    let line = text.lines().next()?;
    (!text.contains("\"Secret\"")).then_some(line)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// Helpers of which one, `docker-credential-x`, is this script.
    fn helpers(script: &str) -> (tempfile::TempDir, Helpers) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("docker-credential-x");
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:/usr/bin:/bin", folder.path().display());
        let environment = BTreeMap::from([("PATH".into(), path.into())]);
        (folder, Helpers::new(environment))
    }

    #[tokio::test]
    async fn a_helper_is_asked_about_the_server_once() {
        let (folder, helpers) = helpers(
            "read -r server; echo \"$1 $server\" >> \"$(dirname \"$0\")/asked\"; echo '{\"ServerURL\":\"r\",\"Username\":\"ada\",\"Secret\":\"pw\"}'",
        );
        for _ in 0..2 {
            let login = helpers.get("x", "r.example:5000").await.unwrap();
            assert_eq!(login, Login::new("ada", "pw").map(Secret::Login));
        }
        let asked = fs::read_to_string(folder.path().join("asked")).unwrap();
        assert_eq!(asked, "get r.example:5000\n");
    }

    #[tokio::test]
    async fn a_helper_may_have_an_identity_token() {
        let (_folder, helpers) =
            helpers("echo '{\"Username\":\"<token>\",\"Secret\":\"secret-canary\"}'");
        let found = helpers.get("x", "r").await.unwrap();
        assert!(!format!("{found:?}").contains("canary"));
        let expected = Secret::Identity {
            token: "secret-canary".to_owned(),
            login: None,
        };
        assert_eq!(found, Some(expected));
    }

    #[tokio::test]
    async fn a_helper_without_a_login_says_so() {
        for script in [
            "echo 'credentials not found in native keychain'; exit 1",
            "echo '{\"Username\":\"\",\"Secret\":\"\"}'",
        ] {
            let (_folder, helpers) = helpers(script);
            assert_eq!(helpers.get("x", "r").await.unwrap(), None, "{script}");
        }
    }

    #[tokio::test]
    async fn what_a_helper_does_wrong_is_told_without_its_secret() {
        for (script, expected) in [
            (
                "echo 'the store is locked'; exit 1",
                "the credential helper docker-credential-x failed: the store is locked",
            ),
            (
                "echo '{\"Secret\":\"secret-canary\"}'; exit 1",
                "the credential helper docker-credential-x failed: exit status: 1",
            ),
            (
                "echo '{\"Username\":\"a\",\"Secret\":\"secret-canary'",
                "the answer of the credential helper docker-credential-x is no login",
            ),
        ] {
            let (_folder, helpers) = helpers(script);
            let error = helpers.get("x", "r").await.unwrap_err();
            assert_eq!(error.to_string(), expected);
            assert!(!format!("{error:?} {}", error.hint()).contains("secret-canary"));
        }
    }

    #[tokio::test]
    async fn a_helper_that_is_not_there_or_stands_still_is_named() {
        let (_folder, mut helpers) = helpers("exec sleep 60");
        helpers.limit = Duration::from_millis(50);
        for (name, expected) in [
            ("x", "docker-credential-x gave no answer within 0 s"),
            ("y", "docker-credential-y is not installed"),
            ("../x", "\"../x\" is no name"),
        ] {
            let error = helpers.get(name, "r").await.unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
