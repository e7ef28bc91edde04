//! The environment of steps: cleared, and then what programs need to find themselves and their caches.

use crate::env_vars;
use crate::process::Process;

/// Passed on by name.
const NAMES: &[&str] = &[
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "LANG",
    "TZ",
    "TMPDIR",
    "SSH_AUTH_SOCK",
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
    "GOPATH",
    "GOROOT",
    "GOCACHE",
    "GOMODCACHE",
    "GOPROXY",
    "GOSUMDB",
    "GOTOOLCHAIN",
    "CARGO_HOME",
    "RUSTUP_HOME",
    "RUSTUP_TOOLCHAIN",
    "NVM_DIR",
    "NVM_BIN",
    "VOLTA_HOME",
    "PYENV_ROOT",
    "JAVA_HOME",
    "DOTNET_ROOT",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
];

/// Passed on by the start of their names.
const PREFIXES: &[&str] = &["LC_", "LANDFALL_", "npm_config_", "PIP_"];

/// Where programs are found when the caller has no PATH: what container images have.
const DEFAULT_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// What steps get of the caller's environment.
pub(super) fn passed_on(process: &Process) -> Vec<(String, String)> {
    let is_passed = |name: &str| {
        name != env_vars::LANDFALL_STEP_ID
            && (NAMES.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix)))
    };
    let known = process.environment().iter();
    let mut passed: Vec<(String, String)> = known
        .filter_map(|(name, value)| Some((name.to_str()?, value.to_str()?)))
        .filter(|(name, _)| is_passed(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let path = process.var(env_vars::PATH).filter(|path| !path.is_empty());
    passed.push((
        env_vars::PATH.to_owned(),
        path.unwrap_or(DEFAULT_PATH).to_owned(),
    ));
    passed
}

/// The whole environment of a step: what is passed on, what the run gives, what the step sets; later ones win. PATH
/// starts with the folder that holds landfall itself, unless the step sets its own.
pub(super) fn of_step(
    passed: &[(String, String)],
    of_run: impl IntoIterator<Item = (String, String)>,
    of_step: &[(String, String)],
    landfall_folder: &str,
) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut set = |name: &str, value: String| match all.iter_mut().find(|(known, _)| known == name)
    {
        Some((_, known)) => *known = value,
        None => all.push((name.to_owned(), value)),
    };
    for (name, value) in passed {
        let is_path = name == env_vars::PATH;
        set(
            name,
            if is_path {
                format!("{landfall_folder}:{value}")
            } else {
                value.clone()
            },
        );
    }
    for (name, value) in of_run {
        set(&name, value);
    }
    for (name, value) in of_step {
        set(name, value.clone());
    }
    all
}
