//! How a Node program is installed, built and started, and where a front end leaves its files.

mod manager;
mod scripts;
mod site;
mod start;

use serde_json::Value;

use crate::project::Folder;

use super::Fact;
use super::images::{self, Asked};

pub(super) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    let package: Value = folder
        .read("package.json")
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or(Value::Null);
    let manager = manager::find(folder, &package);
    let site = site::find(folder, &package);
    let started = start::find(folder, &package, manager.kind);
    let build = scripts::build(folder, &package, site.as_ref(), started.compiled.as_deref());
    let mut facts = manager.facts(folder, &package, started.needs_all);
    facts.extend([
        match &site {
            Some(site) => Fact::new("node.site", &site.folder, &site.because),
            None => Fact::new("node.site", "", "the program is a server"),
        },
        Fact::new("node.start", started.command, started.because),
        build,
        scripts::test(&package),
        images::choose(
            "node.image",
            images::NODE,
            asked(folder, &package).as_ref(),
            1,
        ),
    ]);
    facts
}

/// The version of Node that is asked for: files that pin one before the range of `engines`.
fn asked(folder: &Folder<'_>, package: &Value) -> Option<Asked> {
    for name in [".nvmrc", ".node-version"] {
        let text = folder.read(name).unwrap_or_default();
        if let Some(line) = super::first_line(&text) {
            return Some(code_name(Asked::new(name, line)));
        }
    }
    if let Some(version) = super::tool_version(folder, &["nodejs", "node"]) {
        return Some(Asked::new(".tool-versions", &version));
    }
    for (place, value) in [
        ("volta in package.json", &package["volta"]["node"]),
        ("engines in package.json", &package["engines"]["node"]),
    ] {
        if let Some(text) = value.as_str() {
            return Some(Asked::new(place, text));
        }
    }
    None
}

/// Long-term versions are named as well as numbered.
fn code_name(asked: Asked) -> Asked {
    let number = match asked.text.to_lowercase().as_str() {
        "lts/krypton" => "24",
        "lts/jod" => "22",
        "lts/iron" => "20",
        _ => return asked,
    };
    Asked {
        text: asked.text,
        ..Asked::new(asked.place, number)
    }
}

#[cfg(test)]
mod tests {
    use crate::project::Project;

    /// Facts by name, of a repository with these files.
    fn fact(files: &[(&str, &str)], name: &str) -> String {
        let project = Project::in_memory("x", files.iter().map(|(path, text)| (*path, *text)));
        super::facts(&project.top())
            .into_iter()
            .find(|fact| fact.name == name)
            .unwrap()
            .value
    }

    #[test]
    fn the_version_of_node_chooses_the_image() {
        let image = |files: &[(&str, &str)]| fact(files, "node.image");
        assert_eq!(
            image(&[(".nvmrc", "v22.1.0\n")]),
            "node:22.23.2-bookworm-slim"
        );
        assert_eq!(
            image(&[(".nvmrc", "lts/jod\n")]),
            "node:22.23.2-bookworm-slim"
        );
        assert_eq!(
            image(&[("package.json", r#"{"engines":{"node":"^26"}}"#)]),
            "node:26.7.0-bookworm-slim"
        );
        assert_eq!(
            image(&[(".tool-versions", "ruby 3\nnodejs 22.0.0\n")]),
            "node:22.23.2-bookworm-slim"
        );
        assert_eq!(image(&[("package.json", "{}")]), "");
    }
}
