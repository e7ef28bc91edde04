//! Which binary of a Cargo package is the app.

use crate::project::Folder;

use super::images::{self, Asked};
use super::{Fact, assets, shell_word};

/// The most programs that are named.
const MAX_PROGRAMS: usize = 20;

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
        programs(folder),
        manifests(folder),
        image(folder),
        locked,
        Fact::new("rust.test", "cargo test", "cargo finds the tests"),
        assets("rust.assets", folder),
    ]
}

/// Every program of the package or the workspace.
fn programs(folder: &Folder<'_>) -> Fact {
    let manifest = folder.read("Cargo.toml").unwrap_or_default();
    let mut programs: Vec<String> = named_binaries(&manifest);
    programs.extend(folder.below().filter_map(|path| {
        let rest = path.strip_prefix("src/bin/")?;
        Some(rest.split(['/', '.']).next()?.to_owned())
    }));
    if folder.has("src/main.rs") {
        programs.extend(value(&manifest, "[package]", "name"));
    }
    programs.extend(folder.below().filter_map(|path| {
        let member = path.strip_suffix("/src/main.rs")?;
        value(
            &folder.read(&format!("{member}/Cargo.toml"))?,
            "[package]",
            "name",
        )
    }));
    programs.sort();
    programs.dedup();
    programs.truncate(MAX_PROGRAMS);
    Fact::new(
        "rust.programs",
        programs.join("\n"),
        "Cargo builds them; --set binary=NAME takes another",
    )
}

/// The names of all `[[bin]]` sections.
fn named_binaries(manifest: &str) -> Vec<String> {
    manifest
        .split("[[bin]]")
        .skip(1)
        .filter_map(|section| value(&format!("[[bin]]{section}"), "[[bin]]", "name"))
        .collect()
}

/// The manifests and the lock file, for fetching before the sources are there.
fn manifests(folder: &Folder<'_>) -> Fact {
    let name = "rust.manifests";
    let mut files: Vec<&str> = [
        "Cargo.toml",
        "Cargo.lock",
        "rust-toolchain.toml",
        "rust-toolchain",
        ".cargo/config.toml",
    ]
    .into_iter()
    .filter(|name| folder.has(name))
    .collect();
    let is_plain = folder.has("Cargo.lock")
        && !folder.below().any(|path| path.ends_with("/Cargo.toml"))
        && folder.read("Cargo.toml").is_some_and(|text| {
            !text.contains("path =") && !text.contains("path=") && !text.contains("[[")
        });
    if !is_plain {
        files.clear();
    }
    Fact::new(
        name,
        files.join("\n"),
        if is_plain {
            "they name what is fetched"
        } else {
            "the manifests need sources beside them, or there is no lock file"
        },
    )
}

/// rust-toolchain pins a version, which rustup of the image fetches; rust-version is the least one.
fn image(folder: &Folder<'_>) -> Fact {
    let name = "rust.image";
    for file in ["rust-toolchain.toml", "rust-toolchain"] {
        let Some(text) = folder.read(file) else {
            continue;
        };
        let channel = value(&text, "[toolchain]", "channel").or_else(|| {
            super::first_line(&text)
                .filter(|line| !line.starts_with('['))
                .map(str::to_owned)
        });
        if let Some(channel) = channel {
            let channel: String = channel.chars().take(40).collect();
            return Fact::new(
                name,
                images::RUST[0].name,
                format!("{file} names {channel}, which rustup of the image fetches"),
            );
        }
    }
    let manifest = folder.read("Cargo.toml").unwrap_or_default();
    let asked = value(&manifest, "[package]", "rust-version")
        .or_else(|| value(&manifest, "[workspace.package]", "rust-version"))
        .map(|version| Asked::at_least("rust-version in Cargo.toml", &version));
    images::choose(name, images::RUST, asked.as_ref(), 2)
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
    use crate::pack::facts::value_of;
    use crate::project::Project;

    #[test]
    fn toolchains_programs_and_manifests_are_read() {
        let of = |files: &[(&str, &str)], name: &str| {
            let project = Project::in_memory("x", files.iter().map(|(path, text)| (*path, *text)));
            value_of(super::facts(&project.top()), name)
        };
        let package = (
            "Cargo.toml",
            "[package]\nname = \"a\"\nrust-version = \"1.75\"\n",
        );
        assert_eq!(of(&[package], "rust.image"), "rust:1.98.0-slim-trixie");
        assert_eq!(of(&[("Cargo.toml", "[package]")], "rust.image"), "");
        let bins = "[package]\nname = \"x\"\n[[bin]]\nname = \"a\"\n[[bin]]\nname = \"b\"\n";
        assert_eq!(
            of(
                &[("Cargo.toml", bins), ("src/bin/c.rs", "")],
                "rust.programs"
            ),
            "a\nb\nc"
        );
        assert_eq!(
            of(
                &[package, ("Cargo.lock", ""), ("src/main.rs", "")],
                "rust.manifests"
            ),
            "Cargo.toml\nCargo.lock"
        );
        assert_eq!(of(&[package], "rust.manifests"), "");
        let project = Project::in_memory(
            "x",
            [
                package,
                ("rust-toolchain.toml", "[toolchain]\nchannel = \"1.75\""),
            ],
        );
        assert!(super::image(&project.top()).because.contains("names 1.75"));
    }

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
