//! Logins of registries: the files that `helm registry login` and `docker login` write.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::files;
use crate::ports::charts::{FetchError, Login};

/// The login for a host; `None` when no file knows it.
///
/// # Errors
/// A file that cannot be read, or a login that is kept where landfall does not look yet.
pub(super) fn find(files: &[impl AsRef<Path>], host: &str) -> Result<Option<Login>, FetchError> {
    for path in files {
        let path = path.as_ref();
        let failed = |why: String| {
            FetchError::Refused(format!(
                "cannot read the logins in {}: {why}",
                path.display()
            ))
        };
        let Some(text) =
            files::read_text_if_there(path).map_err(|error| failed(error.to_string()))?
        else {
            continue;
        };
        let config: Value =
            serde_json::from_str(&text).map_err(|_| failed("it is no JSON".to_owned()))?;
        let helper = config["credHelpers"][host]
            .as_str()
            .or_else(|| config["credsStore"].as_str())
            .filter(|helper| !helper.is_empty());
        if let Some(helper) = helper {
            return Err(FetchError::Refused(format!(
                "the login for {host} is kept by the credential helper {helper:?} ({}); asking such a helper is not there yet, give --username and --password",
                path.display()
            )));
        }
        if let Some(entry) = entry(&config, host) {
            if entry["identitytoken"]
                .as_str()
                .is_some_and(|token| !token.is_empty())
            {
                return Err(failed(format!(
                    "{host} has an identity token, which is not there yet; give --username and --password"
                )));
            }
            return login(entry)
                .map(Some)
                .ok_or_else(|| failed(format!("the entry of {host} is no login")));
        }
    }
    Ok(None)
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
    use super::*;

    fn found(config: &str, host: &str) -> Result<Option<Login>, FetchError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.json");
        std::fs::write(&path, config).unwrap();
        find(&[folder.path().join("missing.json"), path], host)
    }

    #[test]
    fn logins_are_found_by_host_and_by_address() {
        let config = r#"{"auths":{"r.example:5000":{"auth":"YWRhOnB3"},"https://index.docker.io/v1/":{"username":"d","password":"p"}}}"#;
        assert_eq!(
            found(config, "r.example:5000").unwrap(),
            Login::new("ada", "pw")
        );
        assert_eq!(
            found(config, "registry-1.docker.io").unwrap(),
            Login::new("d", "p")
        );
        assert_eq!(found(config, "r.example").unwrap(), None);
    }

    #[test]
    fn helpers_and_broken_files_are_named() {
        for (config, expected) in [
            (
                r#"{"credsStore":"desktop"}"#,
                "credential helper \"desktop\"",
            ),
            (
                r#"{"credHelpers":{"r.example":"gcr"}}"#,
                "credential helper \"gcr\"",
            ),
            (r#"{"auths":{"r.example":{"auth":"!"}}}"#, "is no login"),
            (
                r#"{"auths":{"r.example":{"auth":"YWRhOnB3","identitytoken":"t"}}}"#,
                "identity token",
            ),
            ("{", "it is no JSON"),
        ] {
            let error = found(config, "r.example").unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
