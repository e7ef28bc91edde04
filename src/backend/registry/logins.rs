//! Logins of registries: the files that `helm registry login` and `docker login` write.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::helper::Helpers;
use super::secret::Secret;
use crate::files;
use crate::ports::charts::{FetchError, Login};

/// What is known of who asks a host; `None` when no file and no helper knows it.
///
/// Each file in turn: the helper of the host, the helper of all hosts, what stands in the file itself; where it says nothing
/// about logins, the system's helper (`NewStore` of oras-go registry/remote/credentials/store.go).
///
/// # Errors
/// A file that cannot be read, a helper that fails, or an entry that is no login.
pub(super) async fn find(
    files: &[impl AsRef<Path>],
    host: &str,
    helpers: &Helpers,
) -> Result<Option<Secret>, FetchError> {
    for path in files {
        let path = path.as_ref();
        let failed = |why: String| {
            FetchError::Refused(format!(
                "cannot read the logins in {}: {why}",
                path.display()
            ))
        };
        let text = files::read_text_if_there(path).map_err(|error| failed(error.to_string()))?;
        let text = text.unwrap_or_default();
        let config: Value = if text.trim().is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&text).map_err(|_| failed("it is no JSON".to_owned()))?
        };
        let server = server_of(host);
        let helper = match named_helper(&config, server) {
            None if !is_about_logins(&config) => helpers.of_system(),
            helper => helper,
        };
        let found = if let Some(helper) = helper {
            let answer = helpers.get(helper, server).await;
            answer.map_err(|error| {
                FetchError::Refused(format!(
                    "cannot ask for the login of {host} ({}): {error}; {}",
                    path.display(),
                    error.hint()
                ))
            })?
        } else if let Some(entry) = entry(&config, host) {
            let secret = secret(entry);
            Some(secret.ok_or_else(|| failed(format!("the entry of {host} is no login")))?)
        } else {
            None
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// What Docker calls a server: its own registry has the address of its first version.
fn server_of(host: &str) -> &str {
    match host {
        "registry-1.docker.io" => "https://index.docker.io/v1/",
        host => host,
    }
}

fn named_helper<'c>(config: &'c Value, server: &str) -> Option<&'c str> {
    [&config["credHelpers"][server], &config["credsStore"]]
        .into_iter()
        .filter_map(Value::as_str)
        .find(|helper| !helper.is_empty())
}

fn is_about_logins(config: &Value) -> bool {
    let is_filled = |key: &str| config[key].as_object().is_some_and(|map| !map.is_empty());
    is_filled("auths") || is_filled("credHelpers")
}

/// The entry of a host, whose key may be an address.
fn entry<'c>(config: &'c Value, host: &str) -> Option<&'c Value> {
    let entries = config["auths"].as_object()?;
    let wanted = if host == "registry-1.docker.io" {
        "index.docker.io"
    } else {
        host
    };
    let plain = |key: &str| {
        let key = key
            .strip_prefix("https://")
            .or_else(|| key.strip_prefix("http://"))
            .unwrap_or(key);
        key.split('/').next().unwrap_or(key).to_owned()
    };
    let exact = entries.get(host);
    exact.or_else(|| {
        entries
            .iter()
            .find(|(key, _)| plain(key) == wanted)
            .map(|(_, entry)| entry)
    })
}

fn secret(entry: &Value) -> Option<Secret> {
    let token = entry["identitytoken"].as_str().unwrap_or_default();
    if token.is_empty() {
        return login(entry).map(Secret::Login);
    }
    Some(Secret::Identity {
        token: token.to_owned(),
        login: login(entry),
    })
}

fn login(entry: &Value) -> Option<Login> {
    let text = |key: &str| entry[key].as_str().unwrap_or_default();
    let encoded = text("auth");
    if encoded.is_empty() {
        return Login::new(text("username"), text("password"));
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (name, password) = decoded.split_once(':')?;
    Login::new(name, password.trim_end_matches('\0'))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    async fn found(config: &str, host: &str) -> Result<Option<Secret>, FetchError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.json");
        std::fs::write(&path, config).unwrap();
        let files = [folder.path().join("missing.json"), path];
        find(&files, host, &Helpers::new(BTreeMap::new())).await
    }

    #[tokio::test]
    async fn logins_are_found_by_host_and_by_address() {
        let config = r#"{"auths":{"r.example:5000":{"auth":"YWRhOnB3"},"https://index.docker.io/v1/":{"username":"d","password":"p"}}}"#;
        for (host, expected) in [
            ("r.example:5000", Login::new("ada", "pw")),
            ("registry-1.docker.io", Login::new("d", "p")),
            ("r.example", None),
        ] {
            let expected = expected.map(Secret::Login);
            assert_eq!(found(config, host).await.unwrap(), expected, "{host}");
        }
        assert_eq!(found(" ", "r.example").await.unwrap(), None);
    }

    #[tokio::test]
    async fn an_identity_token_comes_before_the_login_beside_it() {
        for (auth, login) in [
            ("YWRhOnB3", Login::new("ada", "pw")),
            ("YWRhOg==", None),
            ("", None),
        ] {
            let config =
                format!(r#"{{"auths":{{"r.example":{{"auth":"{auth}","identitytoken":"t"}}}}}}"#);
            let token = "t".to_owned();
            let expected = Some(Secret::Identity { token, login });
            assert_eq!(
                found(&config, "r.example").await.unwrap(),
                expected,
                "{auth}"
            );
        }
    }

    #[tokio::test]
    async fn helpers_and_broken_files_are_named() {
        for (config, expected) in [
            (
                r#"{"credsStore":"desktop"}"#,
                "docker-credential-desktop is not installed",
            ),
            (
                r#"{"credsStore":"desktop","credHelpers":{"r.example":"gcr"}}"#,
                "install docker-credential-gcr, or give --username and --password",
            ),
            (r#"{"auths":{"r.example":{"auth":"!"}}}"#, "is no login"),
            ("{", "it is no JSON"),
        ] {
            let error = found(config, "r.example").await.unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
