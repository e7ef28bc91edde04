//! Which binary of a Cargo package is the app.

use crate::project::Folder;

use super::{Fact, assets, shell_word};

pub(super) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    let (name, package, because) = binary(folder);
    let locked = if folder.has("Cargo.lock") {
        Fact::new("rust.locked", "--locked", "Cargo.lock is there")
    } else {
        Fact::new("rust.locked", "", "there is no Cargo.lock")
    };
    let package = if package.is_empty() {
        String::new()
    } else {
        format!("--package {}", shell_word(&package))
    };
    vec![
        Fact::new("rust.binary", name, because.clone()),
        Fact::new("rust.package", package, because),
        locked,
        Fact::new("rust.test", "cargo test", "cargo finds the tests"),
        assets("rust.assets", folder),
    ]
}

/// The binary's name, the package to name with `--package` where there are several, and why.
fn binary(folder: &Folder<'_>) -> (String, String, String) {
    let manifest = folder.read("Cargo.toml").unwrap_or_default();
    if let Some(name) = value(&manifest, "[package]", "default-run") {
        return (
            name,
            String::new(),
            "Cargo.toml runs it by default".to_owned(),
        );
    }
    if let Some(package) = value(&manifest, "[package]", "name") {
        if folder.has("src/main.rs") {
            let named =
                value(&manifest, "[[bin]]", "path").is_some_and(|path| path == "src/main.rs");
            let name = value(&manifest, "[[bin]]", "name")
                .filter(|_| named)
                .unwrap_or(package);
            return (name, String::new(), "src/main.rs is the program".to_owned());
        }
        if let Some(name) = value(&manifest, "[[bin]]", "name") {
            return (name, String::new(), "Cargo.toml names it first".to_owned());
        }
        let mut programs = folder
            .below()
            .filter_map(|path| path.strip_prefix("src/bin/")?.split(['/', '.']).next());
        let server = programs.clone().find(|name| name.contains("server"));
        if let Some(name) = server.or_else(|| programs.next()) {
            return (
                name.to_owned(),
                String::new(),
                format!("src/bin/{name} is a program"),
            );
        }
        return (package, String::new(), "it is the package".to_owned());
    }
    let mut members: Vec<(&str, String)> = folder
        .below()
        .filter_map(|path| path.strip_suffix("/src/main.rs"))
        .filter_map(|member| {
            Some((
                member,
                value(
                    &folder.read(&format!("{member}/Cargo.toml"))?,
                    "[package]",
                    "name",
                )?,
            ))
        })
        .filter(|(member, _)| !member.contains("xtask") && !member.contains("example"))
        .collect();
    members.sort_by_key(|(member, name)| {
        (
            !is_server(name),
            !folder.has(&format!("{member}/Dockerfile")),
            member.len(),
        )
    });
    match members.into_iter().next() {
        Some((member, name)) => (
            name.clone(),
            name,
            format!("{member}/src/main.rs is the program"),
        ),
        None => (
            "app".to_owned(),
            String::new(),
            "no program was found".to_owned(),
        ),
    }
}

fn is_server(name: &str) -> bool {
    name.ends_with('d')
        || ["server", "service", "api", "web", "app"]
            .iter()
            .any(|part| name.contains(part))
}

/// The text of a key in a section, by lines: `name = "x"`.
fn value(manifest: &str, section: &str, key: &str) -> Option<String> {
    manifest
        .lines()
        .skip_while(|line| line.trim() != section)
        .skip(1)
        .take_while(|line| !line.trim_start().starts_with('['))
        .find_map(|line| {
            let (name, value) = line.split_once('=')?;
            (name.trim() == key).then(|| value.trim().trim_matches(['"', '\'']).to_owned())
        })
}

#[cfg(test)]
mod tests {
    use crate::project::Project;

    #[test]
    fn the_binary_is_found() {
        for (files, name, package) in [
            (
                vec![
                    ("Cargo.toml", "[package]\nname = \"a\""),
                    ("src/main.rs", ""),
                ],
                "a",
                "",
            ),
            (
                vec![
                    ("Cargo.toml", "[package]\nname = \"a\"\ndefault-run = \"b\""),
                    ("src/main.rs", ""),
                ],
                "b",
                "",
            ),
            (
                vec![
                    (
                        "Cargo.toml",
                        "[package]\nname = \"a\"\n[[bin]]\nname = \"c\"\npath = \"src/main.rs\"",
                    ),
                    ("src/main.rs", ""),
                ],
                "c",
                "",
            ),
            (
                vec![
                    ("Cargo.toml", "[package]\nname = \"a\""),
                    ("src/bin/cli.rs", ""),
                    ("src/bin/server.rs", ""),
                ],
                "server",
                "",
            ),
            (
                vec![
                    ("Cargo.toml", "[workspace]"),
                    ("cli/Cargo.toml", "[package]\nname = \"cli\""),
                    ("cli/src/main.rs", ""),
                    ("thing/Cargo.toml", "[package]\nname = \"thing-server\""),
                    ("thing/src/main.rs", ""),
                ],
                "thing-server",
                "thing-server",
            ),
        ] {
            let project = Project::in_memory("x", files);
            let (found, of, _) = super::binary(&project.top());
            assert_eq!((found.as_str(), of.as_str()), (name, package));
        }
    }
}
