//! The variables that every step gets.

use std::collections::BTreeMap;
use std::path::Path;

use crate::env_vars;

/// The caller's variables that builds need: where tools and their caches are. Tokens are not among them.
const PASSED_ON: [&str; 9] = [
    "HOME",
    "USER",
    "LANG",
    "CARGO_HOME",
    "RUSTUP_HOME",
    "GOPATH",
    "GOPROXY",
    "JAVA_HOME",
    env_vars::LANDFALL_BUILDER,
];

/// What steps get of the caller's variables, which `variable` looks up, and what landfall's own steps need to find this home again.
pub fn step_environment<'a>(
    variable: impl Fn(&str) -> Option<&'a str>,
    home: &Path,
    org: &str,
    port: u16,
) -> BTreeMap<String, String> {
    let caller = PASSED_ON
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), variable(name)?.to_owned())));
    let own = [
        (env_vars::LANDFALL_HOME, home.display().to_string()),
        (env_vars::LANDFALL_ORG, org.to_owned()),
        (env_vars::LANDFALL_PORT, port.to_string()),
    ];
    caller
        .chain(own.map(|(name, value)| (name.to_owned(), value)))
        .collect()
}

/// The same for one run: its steps know which run and which activity they belong to.
pub fn of_run(
    mut environment: BTreeMap<String, String>,
    run: &str,
    activity: &str,
) -> BTreeMap<String, String> {
    for (name, value) in [
        (env_vars::LANDFALL_RUN, run),
        (env_vars::LANDFALL_ACTIVITY, activity),
    ] {
        environment.insert(name.to_owned(), value.to_owned());
    }
    environment
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::step_environment;

    #[test]
    fn tokens_stay_behind() {
        let caller = |name: &str| (name != "LANG").then_some("x");
        let environment = step_environment(caller, Path::new("/home"), "me", 8080);
        assert_eq!(environment["HOME"], "x");
        assert_eq!(environment["LANDFALL_HOME"], "/home");
        assert!(!environment.contains_key("GITHUB_TOKEN") && !environment.contains_key("LANG"));
    }
}
