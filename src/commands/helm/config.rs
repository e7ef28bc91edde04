//! Where Helm and Docker keep what the user told them.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::env_vars;

/// Their files, as the environment places them.
#[derive(Debug)]
pub(crate) struct HelmConfig<'a> {
    pub(crate) context: &'a Context<'a>,
}

impl HelmConfig<'_> {
    /// Helm's file of repositories; `typed` is `--repository-config`.
    pub(crate) fn repositories(&self, typed: Option<&Path>) -> PathBuf {
        self.typed(typed)
            .unwrap_or_else(|| self.file(env_vars::HELM_REPOSITORY_CONFIG, "repositories.yaml"))
    }

    /// The files with logins of registries; `typed` is `--registry-config`.
    pub(crate) fn logins(&self, typed: Option<&Path>) -> Vec<PathBuf> {
        let helm = self
            .typed(typed)
            .unwrap_or_else(|| self.file(env_vars::HELM_REGISTRY_CONFIG, "registry/config.json"));
        vec![helm, self.docker()]
    }

    /// GnuPG's public keys: the old file, unless there is only the new one.
    pub(crate) fn keyring(&self) -> PathBuf {
        let folder = self.context.process.var(env_vars::GNUPGHOME);
        let folder = folder.map_or_else(|| self.home().join(".gnupg"), PathBuf::from);
        let is_missing = |path: &Path| {
            let found = std::fs::metadata(self.context.current_dir().join(path));
            found.is_err_and(|error| error.kind() == ErrorKind::NotFound)
        };
        let [old, new] = ["pubring.gpg", "pubring.kbx"].map(|name| folder.join(name));
        if is_missing(&old) && !is_missing(&new) {
            return new;
        }
        old
    }

    fn typed(&self, path: Option<&Path>) -> Option<PathBuf> {
        path.map(|path| self.context.current_dir().join(path))
    }

    fn file(&self, variable: &str, name: &str) -> PathBuf {
        let process = self.context.process;
        let set = |name: &str| process.var(name).filter(|value| !value.is_empty());
        let path = if let Some(path) = process.var(variable) {
            PathBuf::from(path)
        } else if let Some(home) = set(env_vars::HELM_CONFIG_HOME) {
            Path::new(home).join(name)
        } else if let Some(base) = set(env_vars::XDG_CONFIG_HOME) {
            Path::new(base).join("helm").join(name)
        } else {
            self.home().join(".config/helm").join(name)
        };
        self.context.current_dir().join(path)
    }

    fn docker(&self) -> PathBuf {
        let folder = self.context.process.var(env_vars::DOCKER_CONFIG);
        let folder = folder.filter(|folder| !folder.is_empty());
        let folder = folder.map_or_else(|| self.home().join(".docker"), PathBuf::from);
        self.context.current_dir().join(folder).join("config.json")
    }

    fn home(&self) -> PathBuf {
        PathBuf::from(self.context.process.var(env_vars::HOME).unwrap_or_default())
    }
}
