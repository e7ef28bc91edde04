//! Every environment variable that landfall reads, with what it means. The only place that names them.

/// One variable of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnvVar {
    /// Its name.
    pub name: &'static str,
    /// What it does, as one line of help.
    pub help: &'static str,
}

macro_rules! env_vars {
    ($($(#[doc = $help:literal])+ $name:ident),+ $(,)?) => {
        $($(#[doc = $help])+ pub const $name: &str = stringify!($name);)+

        /// All of them, in the order of this file.
        pub const ALL: &[EnvVar] = &[
            $(EnvVar { name: $name, help: concat!($($help),+) }),+
        ];
    };
}

env_vars! {
    /// Where local state lives: forge, runs, logs, artifacts (default: the XDG data folder)
    LANDFALL_HOME,
    /// The owner of new repositories on the local forge
    LANDFALL_ORG,
    /// The port of the local gateway
    LANDFALL_PORT,
    /// A folder of language packs that are found before the built-in ones
    LANDFALL_PACKS,
    /// Where environments run: local
    LANDFALL_PLATFORM,
    /// When to colour: auto, always, never
    LANDFALL_COLOR,
    /// Set to 1 to never start the local platform in the background
    LANDFALL_NO_START,
    /// Set to 1 to never ask: take the defaults or fail naming the flag
    LANDFALL_BATCH_MODE,
    /// Builds the Dockerfile of every release as well: podman or buildah
    LANDFALL_BUILDER,
    /// The run that a pipeline step belongs to (set by the runner)
    LANDFALL_RUN,
    /// The activity that a pipeline step belongs to (set by the runner)
    LANDFALL_ACTIVITY,
    /// Marks the processes of one pipeline step, so that all of them can be found again (set by the runner)
    LANDFALL_STEP_ID,
    /// The name of an app's instance; marks its processes, so that all of them can be found again (set by the local platform)
    LANDFALL_INSTANCE,
    /// Where `landfall serve-static` listens (set by the local platform)
    PORT,
    /// Set and not empty: no colour (<https://no-color.org>)
    NO_COLOR,
    /// Set to anything but 0: colour even without a terminal
    CLICOLOR_FORCE,
    /// `dumb` turns colour and progress off
    TERM,
    /// The width of tables, where the terminal does not tell
    COLUMNS,
    /// Set by CI services: no prompt is shown
    CI,
    /// The user's home folder
    HOME,
    /// Where programs are looked up
    PATH,
    /// The language of messages; handed on to apps
    LANG,
    /// The language of everything; handed on to apps
    LC_ALL,
    /// The character set; handed on to apps
    LC_CTYPE,
    /// The time zone; handed on to apps
    TZ,
    /// The user's name, from which the default owner is made
    USER,
    /// The base of the default state folder
    XDG_DATA_HOME,
    /// The base of the user's configuration file
    XDG_CONFIG_HOME,
    /// The base of the cache
    XDG_CACHE_HOME,
    /// Helm's file of repositories and their logins
    HELM_REPOSITORY_CONFIG,
    /// Helm's file of logins for registries
    HELM_REGISTRY_CONFIG,
    /// The folder of Helm's configuration
    HELM_CONFIG_HOME,
    /// The folder of Docker's configuration, which may hold logins for registries
    DOCKER_CONFIG,
    /// The folder of GnuPG, whose public keys `--verify` trusts
    GNUPGHOME,
    /// The namespace of `template` and `lint`, as in helm
    HELM_NAMESPACE,
    /// The context of the kubeconfig whose namespace `template` and `lint` take, as in helm
    HELM_KUBECONTEXT,
    /// Set to true to make `template` and `lint` say more, as in helm
    HELM_DEBUG,
    /// The files that the namespace of `template` and `lint` comes from when none is named
    KUBECONFIG,
}

/// What a git process of landfall's own is given of the caller's environment: how to find programs, how to reach the other
/// side (proxies, certificates) and how to log in there (agents, helpers). Nothing else of it changes what Git does.
pub const PASSED_TO_GIT: &[&str] = &[
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "TMPDIR",
    "XDG_CONFIG_HOME",
    "XDG_RUNTIME_DIR",
    "DBUS_SESSION_BUS_ADDRESS",
    "SSH_AUTH_SOCK",
    "SSH_AGENT_PID",
    "SSH_ASKPASS",
    "GIT_ASKPASS",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_SSL_CAINFO",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "all_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "ALL_PROXY",
];

/// What must not reach a git process: it would work on another repository than the one it is pointed at. They are set
/// when landfall is called from a Git hook.
pub const HIDDEN_FROM_GIT: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
];

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn every_variable_is_listed_once_with_help() {
        let mut names: Vec<_> = ALL.iter().map(|variable| variable.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
        assert!(ALL.iter().all(|variable| !variable.help.trim().is_empty()));
    }
}
