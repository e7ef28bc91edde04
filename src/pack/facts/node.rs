//! How a Node program is installed, built and started, and where a front end leaves its files.

use serde_json::Value;

use crate::pack::detect::node::{depends_on, script};
use crate::project::Folder;

use super::{Fact, shell_word};

const MAINS: &[&str] = &[
    "server.js",
    "server.mjs",
    "app.js",
    "app.mjs",
    "index.js",
    "index.mjs",
    "main.js",
    "src/server.js",
    "src/app.js",
    "src/index.js",
    "src/main.js",
    "bin/www",
    "dist/main.js",
    "dist/index.js",
    "dist/server.js",
];

/// A front end's build tool and the folder that its build leaves.
const SITES: &[(&str, &str)] = &[
    ("react-scripts", "build"),
    ("@angular/core", "dist"),
    ("@vue/cli-service", "dist"),
    ("gatsby", "public"),
    ("@docusaurus/core", "build"),
    ("vite", "dist"),
    ("parcel", "dist"),
];

/// What makes a package a server although a front end's tool is in it too.
const SERVERS: &[&str] = &[
    "next",
    "nuxt",
    "@nestjs/core",
    "express",
    "fastify",
    "koa",
    "@hapi/hapi",
    "hono",
    "@remix-run/serve",
    "@sveltejs/kit",
];

pub(super) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    let package: Value = folder
        .read("package.json")
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or(Value::Null);
    vec![
        install(folder),
        site(folder, &package),
        start(folder, &package),
        test(&package),
    ]
}

/// The package manager, from the lock file.
fn install(folder: &Folder<'_>) -> Fact {
    let name = "node.manager";
    for (lock, manager) in [
        ("package-lock.json", "npm"),
        ("npm-shrinkwrap.json", "npm"),
        ("pnpm-lock.yaml", "pnpm"),
        ("yarn.lock", "yarn"),
    ] {
        if folder.has(lock) {
            return Fact::new(name, manager, format!("{lock} is there"));
        }
    }
    Fact::new(
        name,
        "none",
        "there is no lock file, so npm takes the newest versions that package.json allows",
    )
}

fn site(folder: &Folder<'_>, package: &Value) -> Fact {
    let name = "node.site";
    if SERVERS.iter().any(|server| depends_on(package, server))
        || MAINS[..8]
            .iter()
            .any(|main| !main.contains("index.js") && folder.has(main))
    {
        return Fact::new(name, "", "the program is a server");
    }
    match SITES.iter().find(|(tool, _)| depends_on(package, tool)) {
        Some((tool, site)) => Fact::new(
            name,
            *site,
            format!("{tool} builds files into {site}/; its own server is for development"),
        ),
        None => Fact::new(name, "", "nothing builds a front end"),
    }
}

fn start(folder: &Folder<'_>, package: &Value) -> Fact {
    let name = "node.start";
    if let Some(script) = script(package, "start") {
        return Fact::new(name, started(script), "package.json has a start script");
    }
    if let Some(main) = package["main"]
        .as_str()
        .filter(|main| folder.has(main.trim_start_matches("./")))
    {
        return Fact::new(
            name,
            format!("node {}", shell_word(main)),
            "package.json names it as main",
        );
    }
    match MAINS.iter().find(|main| folder.has(main)) {
        Some(main) => Fact::new(
            name,
            format!("node {main}"),
            format!("{main} is the program"),
        ),
        None => Fact::new(name, "npm start", "nothing else was found"),
    }
}

/// The start script without npm in between, which would cost start time and swallow signals, where it is one plain command.
fn started(script: &str) -> String {
    let plain = !script.contains(['&', '|', ';', '>', '<', '$', '`', '(', '"', '\'', '\\']);
    let first = script.split_whitespace().next().unwrap_or_default();
    if plain && first == "node" {
        script.to_owned()
    } else if plain
        && !first.contains('=')
        && !matches!(
            first,
            "npm" | "yarn" | "pnpm" | "npx" | "nodemon" | "cross-env"
        )
    {
        format!("env PATH=\"$PWD/node_modules/.bin:$PATH\" {script}")
    } else {
        "npm start --silent".to_owned()
    }
}

fn test(package: &Value) -> Fact {
    let name = "node.test";
    match script(package, "test") {
        None => Fact::new(name, "", "package.json has no test script"),
        Some(script) if script.contains("no test specified") => {
            Fact::new(name, "", "package.json's test script is npm's placeholder")
        }
        Some(_) => Fact::new(name, "npm test", "package.json has a test script"),
    }
}

#[cfg(test)]
mod tests {
    use super::started;
    use crate::project::Project;

    #[test]
    fn a_plain_start_script_runs_without_npm() {
        assert_eq!(started("node server.js"), "node server.js");
        assert_eq!(
            started("next start -p 3001"),
            "env PATH=\"$PWD/node_modules/.bin:$PATH\" next start -p 3001"
        );
        for script in [
            "node a.js && b",
            "NODE_ENV=production node a",
            "nodemon a.js",
            "npm run x",
        ] {
            assert_eq!(started(script), "npm start --silent", "{script}");
        }
    }

    #[test]
    fn a_front_end_is_served_as_files() {
        for (package, site) in [
            (r#"{"dependencies":{"react-scripts":"1"}}"#, "build"),
            (r#"{"devDependencies":{"vite":"1"}}"#, "dist"),
            (r#"{"dependencies":{"express":"1","vite":"1"}}"#, ""),
            ("{}", ""),
        ] {
            let project =
                Project::in_memory("x", [("package.json", package), ("src/index.js", "")]);
            let facts = super::facts(&project.top());
            assert_eq!(
                facts
                    .iter()
                    .find(|fact| fact.name == "node.site")
                    .unwrap()
                    .value,
                site,
                "{package}"
            );
        }
    }
}
