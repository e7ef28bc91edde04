//! The command that starts a server for production.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::pack::detect::node::{depends_on, script};
use crate::pack::facts::shell_word;
use crate::project::Folder;

use super::manager::Kind;

/// Programs, the likeliest first; those in `dist/` may be in the repository as well.
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

/// The same in TypeScript, which is compiled first.
const TYPED: &[&str] = &[
    "src/server.ts",
    "src/main.ts",
    "src/index.ts",
    "src/app.ts",
    "server.ts",
    "main.ts",
    "index.ts",
    "app.ts",
];

/// Start scripts in the order of how sure it is that they are for production.
const SCRIPTS: &[&str] = &["start:prod", "start:production", "serve:prod", "start"];

/// What a start script of a developer runs: it watches files, or builds first, and is no server for production.
const DEVELOPMENT: &[&str] = &[
    "nodemon",
    "ts-node-dev",
    "tsx watch",
    "node --watch",
    "vite",
    "vite dev",
    "astro dev",
    "eleventy --serve",
    "gatsby develop",
    "docusaurus start",
    "ng serve",
    "react-scripts start",
    "vue-cli-service serve",
    "nest start",
    "next dev",
    "nuxt dev",
    "webpack serve",
    "webpack-dev-server",
    "parcel",
    "remix dev",
    "react-router dev",
    "svelte-kit dev",
];

/// Programs that devDependencies often has and a start script may need.
const RUNNERS: &[&str] = &[
    "ts-node",
    "tsx",
    "babel-node",
    "cross-env",
    "dotenv",
    "env-cmd",
    "npm-run-all",
    "concurrently",
];

/// How the server is started.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Start {
    pub(super) command: String,
    pub(super) because: String,
    /// The TypeScript source of the program, where nothing else builds it.
    pub(super) compiled: Option<String>,
    /// Whether it needs what `devDependencies` lists.
    pub(super) needs_all: bool,
}

impl Start {
    fn new(command: impl Into<String>, because: impl Into<String>) -> Self {
        Self {
            command: command.into(),
            because: because.into(),
            compiled: None,
            needs_all: false,
        }
    }
}

pub(super) fn find(folder: &Folder<'_>, package: &Value, manager: Kind) -> Start {
    for name in SCRIPTS {
        let Some(script) = script(package, name).filter(|script| !is_development(script)) else {
            continue;
        };
        return Start {
            needs_all: needs_all(script, package),
            ..Start::new(
                started(name, script, manager),
                format!("package.json has a {name} script"),
            )
        };
    }
    if let Some((command, framework)) = framework(package) {
        return Start::new(command, format!("{framework} leaves its server there"));
    }
    let main = package["main"]
        .as_str()
        .map(|main| main.trim_start_matches("./"))
        .filter(|main| folder.has(main));
    if let Some(main) = main.filter(|main| !is_typed(main)) {
        return Start::new(
            format!("node {}", shell_word(main)),
            "package.json names it as main",
        );
    }
    if let Some(main) = MAINS.iter().find(|main| folder.has(main)) {
        return Start::new(format!("node {main}"), format!("{main} is the program"));
    }
    let typed = main
        .or_else(|| package["module"].as_str().filter(|main| folder.has(main)))
        .filter(|main| is_typed(main))
        .or_else(|| TYPED.iter().copied().find(|main| folder.has(main)));
    if let Some(source) = typed {
        return typescript(folder, package, source, manager);
    }
    match script(package, "start") {
        Some(script) => Start {
            needs_all: true,
            ..Start::new(
                started("start", script, manager),
                "package.json has no other start script, and this one is for development",
            )
        },
        None => Start::new("npm start", "nothing else was found"),
    }
}

/// Where frameworks leave the server that they build.
fn framework(package: &Value) -> Option<(String, &'static str)> {
    let depends = |name: &str| depends_on(package, name);
    let bin = |command: &str| in_bin(command);
    if depends("next") {
        return Some((bin("next start"), "Next.js"));
    }
    if depends("nuxt") {
        return Some(("node .output/server/index.mjs".to_owned(), "Nuxt"));
    }
    if depends("@sveltejs/kit") {
        return Some((
            "node build".to_owned(),
            "SvelteKit with its adapter for Node",
        ));
    }
    if depends("@astrojs/node") {
        return Some((
            "env HOST=0.0.0.0 node ./dist/server/entry.mjs".to_owned(),
            "Astro with its adapter for Node",
        ));
    }
    if depends("@nestjs/core") {
        return Some(("node dist/main".to_owned(), "NestJS"));
    }
    if depends("@remix-run/serve") {
        return Some((bin("remix-serve ./build/server/index.js"), "Remix"));
    }
    if depends("@react-router/serve") {
        return Some((
            bin("react-router-serve ./build/server/index.js"),
            "React Router",
        ));
    }
    if depends("@adonisjs/core") {
        return Some(("node build/bin/server.js".to_owned(), "AdonisJS"));
    }
    None
}

/// A TypeScript program without a build script: Bun runs it as it is, else the compiler makes the program that Node runs.
fn typescript(folder: &Folder<'_>, package: &Value, source: &str, manager: Kind) -> Start {
    if manager == Kind::Bun {
        return Start::new(
            with_bun(&format!("bun {}", shell_word(source))),
            format!("{source} is the program, and Bun runs it"),
        );
    }
    let config = folder.read("tsconfig.json").unwrap_or_default();
    let out = option(&config, "outDir");
    let root = option(&config, "rootDir").unwrap_or_else(|| {
        // The compiler takes the folder that all sources share.
        if source.starts_with("src/") {
            "src".to_owned()
        } else {
            String::new()
        }
    });
    let stem = source
        .strip_prefix(&format!("{root}/"))
        .filter(|_| !root.is_empty())
        .unwrap_or(source);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let program = match &out {
        Some(out) => format!("{out}/{stem}.js"),
        None => source
            .rsplit_once('.')
            .map_or_else(|| source.to_owned(), |(stem, _)| format!("{stem}.js")),
    };
    let builds = script(package, "build").is_some();
    Start {
        compiled: (!builds).then(|| source.to_owned()),
        ..Start::new(
            format!("node {}", shell_word(&program)),
            format!("{source} is the program, and tsconfig.json says where it is compiled to"),
        )
    }
}

/// A text of `compilerOptions`; the file may have comments, so it is read as text.
fn option(config: &str, key: &str) -> Option<String> {
    static OPTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"(?m)^[^/\n]*"(outDir|rootDir)"\s*:\s*"(?:\./)?([^"]*?)/?""#).ok()
    });
    OPTION
        .as_ref()?
        .captures_iter(config)
        .find(|found| &found[1] == key)
        .map(|found| {
            if &found[2] == "." {
                String::new()
            } else {
                found[2].to_owned()
            }
        })
        .filter(|path| !path.starts_with('/') && !path.contains(".."))
}

fn is_typed(path: &str) -> bool {
    matches!(
        path.rsplit_once('.'),
        Some((_, "ts" | "mts" | "cts" | "tsx"))
    )
}

fn is_development(script: &str) -> bool {
    let script = script.trim();
    // Assignments in front, as `NODE_ENV=x vite`, do not change what runs.
    let command = script
        .split_whitespace()
        .skip_while(|word| word.contains('=') || matches!(*word, "cross-env" | "env" | "npx"))
        .collect::<Vec<_>>()
        .join(" ");
    DEVELOPMENT.iter().any(|development| {
        command.strip_prefix(development).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with(' ') && !rest.starts_with(" preview")
        })
    }) || script.contains("--watch") && script.contains("node")
}

/// Whether the first word of a script is a program of `devDependencies`.
fn needs_all(script: &str, package: &Value) -> bool {
    RUNNERS.iter().any(|runner| {
        script.split([' ', '/']).any(|word| word == *runner)
            && !package["devDependencies"][*runner].is_null()
    }) || script
        .split_whitespace()
        .any(|word| is_typed(word) || word == "-r" && script.contains("ts-node"))
        && script.contains("node")
}

/// Bun lies beside the program where the build had to bring it.
fn with_bun(command: &str) -> String {
    format!("env PATH=\"$PWD/.landfall/build/tools/node_modules/.bin:$PATH\" {command}")
}

fn in_bin(command: &str) -> String {
    format!("env PATH=\"$PWD/node_modules/.bin:$PATH\" {command}")
}

/// The start script without npm in between, which would cost start time and swallow signals, where it is one plain command.
fn started(name: &str, script: &str, manager: Kind) -> String {
    let plain = !script.contains(['&', '|', ';', '>', '<', '$', '`', '(', '"', '\'', '\\']);
    let first = script.split_whitespace().next().unwrap_or_default();
    if plain && first == "node" {
        script.to_owned()
    } else if plain && first == "bun" {
        with_bun(script)
    } else if plain
        && !first.contains('=')
        && !matches!(
            first,
            "npm" | "yarn" | "pnpm" | "npx" | "bunx" | "nodemon" | "cross-env"
        )
    {
        in_bin(script)
    } else if manager == Kind::Bun {
        with_bun(&format!("bun run --silent {name}"))
    } else if name == "start" {
        "npm start --silent".to_owned()
    } else {
        format!("npm run --silent {name}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Kind, find, started};
    use crate::project::Project;

    fn command(files: &[(&str, &str)], manager: Kind) -> String {
        let project = Project::in_memory("x", files.iter().map(|(path, text)| (*path, *text)));
        let top = project.top();
        let package: Value = serde_json::from_str(&top.read("package.json").unwrap()).unwrap();
        find(&top, &package, manager).command
    }

    #[test]
    fn a_plain_start_script_runs_without_npm() {
        let run = |script| started("start", script, Kind::Npm);
        assert_eq!(run("node server.js"), "node server.js");
        assert_eq!(
            run("next start -p 3001"),
            "env PATH=\"$PWD/node_modules/.bin:$PATH\" next start -p 3001"
        );
        for script in [
            "node a.js && b",
            "NODE_ENV=production node a",
            "nodemon a.js",
            "npm run x",
        ] {
            assert_eq!(run(script), "npm start --silent", "{script}");
        }
        assert_eq!(
            started("start:prod", "a && b", Kind::Npm),
            "npm run --silent start:prod"
        );
        assert!(started("start", "bun index.ts", Kind::Bun).ends_with(" bun index.ts"));
    }

    #[test]
    fn a_server_for_development_is_not_started() {
        let prod_script = r#"{"scripts":{"start":"nest start","start:prod":"node dist/main"},"dependencies":{"@nestjs/core":"10"}}"#;
        let next = r#"{"scripts":{"start":"next dev"},"dependencies":{"next":"14"}}"#;
        let kit = r#"{"scripts":{"dev":"vite dev"},"devDependencies":{"@sveltejs/kit":"2"}}"#;
        let watch = r#"{"scripts":{"start":"nodemon app.js"}}"#;
        assert_eq!(
            command(&[("package.json", prod_script)], Kind::Npm),
            "node dist/main"
        );
        assert_eq!(
            command(&[("package.json", next)], Kind::Npm),
            "env PATH=\"$PWD/node_modules/.bin:$PATH\" next start"
        );
        assert_eq!(command(&[("package.json", kit)], Kind::Npm), "node build");
        assert_eq!(
            command(&[("package.json", watch), ("app.js", "")], Kind::Npm),
            "node app.js"
        );
    }

    #[test]
    fn typescript_without_a_build_script_is_compiled() {
        let files = [
            ("package.json", "{}"),
            ("src/server.ts", ""),
            (
                "tsconfig.json",
                "{\n  // where to\n  \"compilerOptions\": { \"outDir\": \"./build\" }\n}",
            ),
        ];
        let project = Project::in_memory("x", files);
        let start = find(&project.top(), &Value::Null, Kind::Npm);
        assert_eq!(start.command, "node build/server.js");
        assert_eq!(start.compiled.as_deref(), Some("src/server.ts"));
        assert!(
            command(&[("package.json", "{}"), ("index.ts", "")], Kind::Bun)
                .ends_with(" bun index.ts")
        );
    }

    #[test]
    fn what_the_start_script_needs_is_kept() {
        let package: Value = serde_json::from_str(
            r#"{"scripts":{"start":"ts-node src/a.ts"},"devDependencies":{"ts-node":"1"}}"#,
        )
        .unwrap();
        let project = Project::in_memory("x", [("src/a.ts", "")]);
        assert!(find(&project.top(), &package, Kind::Npm).needs_all);
    }
}
