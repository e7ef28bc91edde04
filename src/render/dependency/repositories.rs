//! Helm's repositories.yaml: which repositories have a name and a login (`pkg/repo/v1/repo.go`).

use std::path::{Path, PathBuf};

use chart::{Dependency, Error};
use goyaml::Value;

use super::addresses::{are_equal, is_file, is_oci, local_path, scheme};
use super::{ChartFolder, other};
use crate::files;
use crate::ports::charts::{Access, Login, Repository};

/// A repository that was added under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) repository: Repository,
}

/// Reads the file; a missing one has no repositories.
pub(super) fn load(path: &Path) -> Result<Vec<Named>, Error> {
    let failed = |cause: String| other(format!("failed to load {}: {cause}", path.display()));
    let text = match files::read_bytes(path, files::TEXT_LIMIT) {
        Ok(text) => text,
        Err(error) if error.is_not_found() => return Ok(Vec::new()),
        Err(error) => return Err(failed(error.to_string())),
    };
    let value = goyaml::from_yaml(&text).map_err(|error| failed(error.to_string()))?;
    let items = value.get("repositories").and_then(Value::as_list);
    Ok(items.unwrap_or_default().iter().filter_map(named).collect())
}

fn named(value: &Value) -> Option<Named> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
    let file = |key: &str| Some(PathBuf::from(text(key))).filter(|path| path != Path::new(""));
    let flag = |key: &str| value.get(key).and_then(Value::as_bool).unwrap_or_default();
    (!text("name").is_empty()).then(|| Named {
        name: text("name").to_owned(),
        repository: Repository {
            url: text("url").to_owned(),
            access: Access {
                login: Login::new(text("username"), text("password")),
                login_everywhere: flag("pass_credentials_all"),
                ca_file: file("caFile"),
                client_certificate: file("certFile").zip(file("keyFile")),
                skip_tls_verify: flag("insecure_skip_tls_verify"),
                ..Access::default()
            },
        },
    })
}

/// Replaces the names of repositories in dependencies by their addresses.
pub(super) fn resolve_names(
    dependencies: &mut [Dependency],
    known: &[Named],
    chart: &ChartFolder,
) -> Result<(), Error> {
    let mut missing = Vec::new();
    for dependency in dependencies {
        let repository = &dependency.repository;
        if repository.is_empty() || is_oci(repository) {
            continue;
        }
        if is_file(repository) {
            local_path(repository, &chart.shown, &chart.path)?;
            continue;
        }
        let name = repository
            .strip_prefix('@')
            .or_else(|| repository.strip_prefix("alias:"));
        let found = known.iter().find(|named| {
            name == Some(named.name.as_str()) || are_equal(&named.repository.url, repository)
        });
        match (found, name) {
            (Some(named), Some(_)) => dependency.repository.clone_from(&named.repository.url),
            (Some(_), None) => {}
            // Go takes an absolute path for an address as well, and fails later.
            (None, None) if !scheme(repository).is_empty() || repository.starts_with('/') => {}
            (None, _) => missing.push(repository.clone()),
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let mut text = format!(
        "no repository definition for {}. Please add them via 'helm repo add'",
        missing.join(", ")
    );
    if missing.iter().any(|repository| {
        !repository.contains("//")
            && !repository.starts_with('@')
            && !repository.starts_with("alias:")
    }) {
        text.push_str(concat!(
            "\nNote that repositories must be URLs or aliases. For example, to refer to the \"example\"\n",
            "repository, use \"https://charts.example.com/\" or \"@example\" instead of\n",
            "\"example\". Don't forget to add the repo, too ('helm repo add')."
        ));
    }
    Err(other(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_helm_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("repositories.yaml");
        assert_eq!(load(&path).unwrap(), []);
        std::fs::write(
            &path,
            "apiVersion: \"\"\nrepositories:\n- name: shop\n  url: https://x.example\n  username: ada\n  password: pw\n  caFile: /ca.pem\n  pass_credentials_all: true\n",
        )
        .unwrap();
        let named = &load(&path).unwrap()[0];
        assert_eq!(named.repository.access.login, Login::new("ada", "pw"));
        assert!(named.repository.access.login_everywhere);
        assert!(!format!("{named:?}").contains("pw"), "{named:?}");
    }
}
