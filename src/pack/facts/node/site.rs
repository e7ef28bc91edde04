//! The folder that the build of a front end leaves, as its tool is set up.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::pack::detect::node::{depends_on, script};
use crate::project::Folder;

/// A build that leaves files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Site {
    /// The folder.
    pub(super) folder: String,
    pub(super) because: String,
    /// Whether a script of its own, `generate`, writes the files.
    pub(super) generates: bool,
}

/// A tool that builds files: its package, its configuration, the key of the folder in it, the flag of its command, the default.
struct Tool {
    package: &'static str,
    config: &'static str,
    key: &'static str,
    flag: &'static str,
    folder: &'static str,
}

const fn tool(
    package: &'static str,
    config: &'static str,
    key: &'static str,
    flag: &'static str,
    folder: &'static str,
) -> Tool {
    Tool {
        package,
        config,
        key,
        flag,
        folder,
    }
}

/// In the order of who wraps whom: most of them have Vite below.
const TOOLS: &[Tool] = &[
    tool(
        "@docusaurus/core",
        "docusaurus.config",
        "",
        "--out-dir",
        "build",
    ),
    tool(
        "@11ty/eleventy",
        "eleventy.config",
        "output",
        "--output",
        "_site",
    ),
    tool("@11ty/eleventy", ".eleventy", "output", "--output", "_site"),
    tool("react-scripts", "", "", "", "build"),
    tool(
        "@vue/cli-service",
        "vue.config",
        "outputDir",
        "--dest",
        "dist",
    ),
    tool("gatsby", "", "", "", "public"),
    tool("hexo", "", "", "", "public"),
    tool("astro", "astro.config", "outDir", "--outDir", "dist"),
    tool(
        "@quasar/app-vite",
        "quasar.config",
        "distDir",
        "",
        "dist/spa",
    ),
    tool("ember-cli", "", "", "--output-path", "dist"),
    tool("preact-cli", "", "", "--dest", "build"),
    tool("parcel", "", "", "--dist-dir", "dist"),
    tool("vite", "vite.config", "outDir", "--outDir", "dist"),
    tool("@rsbuild/core", "rsbuild.config", "root", "", "dist"),
    tool("webpack", "", "", "--output-path", "dist"),
];

const EXTENSIONS: &[&str] = &["js", "ts", "mjs", "mts", "cjs", "cts"];

/// What makes a package a server although a front end's tool is in it too.
const SERVERS: &[&str] = &[
    "@nestjs/core",
    "express",
    "fastify",
    "koa",
    "@hapi/hapi",
    "hono",
    "@remix-run/serve",
    "@react-router/serve",
    "@adonisjs/core",
    "@strapi/strapi",
];

/// Programs that only servers have.
const SERVER_FILES: &[&str] = &[
    "server.js",
    "server.mjs",
    "server.ts",
    "app.js",
    "app.mjs",
    "src/server.js",
    "src/server.ts",
    "bin/www",
];

/// `None` for a server.
pub(super) fn find(folder: &Folder<'_>, package: &Value) -> Option<Site> {
    let depends = |name: &str| depends_on(package, name);
    if let Some(answer) = framework(folder, package) {
        return answer;
    }
    if SERVERS.iter().any(|server| depends(server))
        || SERVER_FILES.iter().any(|main| folder.has(main)) && !depends("@angular/core")
    {
        return None;
    }
    if depends("@angular/core") {
        return Some(angular(folder));
    }
    if depends("vitepress") {
        return Some(site(
            vitepress(folder, package),
            "vitepress builds files into it",
        ));
    }
    let tool = TOOLS.iter().find(|tool| depends(tool.package))?;
    // Webpack bundles servers as well.
    if tool.package == "webpack" && !depends("html-webpack-plugin") && !folder.has("index.html") {
        return None;
    }
    Some(configured(folder, package, tool))
}

fn site(folder: impl Into<String>, because: impl Into<String>) -> Site {
    Site {
        folder: tidy(&folder.into()),
        because: because.into(),
        generates: false,
    }
}

/// Frameworks that are servers unless they are told to write files. `None` when it is none of these.
#[expect(clippy::option_option, reason = "unknown, a server, or a site")]
fn framework(folder: &Folder<'_>, package: &Value) -> Option<Option<Site>> {
    let depends = |name: &str| depends_on(package, name);
    if depends("next") {
        let (name, text) = config(folder, "next.config").unwrap_or_default();
        let exports = setting(&text, "output").is_some_and(|output| output == "export")
            || script(package, "build").is_some_and(|build| build.contains("next export"));
        let folder = setting(&text, "distDir").unwrap_or_else(|| "out".to_owned());
        let because = if text.is_empty() {
            "the build script exports files".to_owned()
        } else {
            format!("{name} exports files")
        };
        return Some(exports.then(|| site(folder, because)));
    }
    if depends("nuxt") {
        let (name, text) = config(folder, "nuxt.config").unwrap_or_default();
        let static_target = setting(&text, "target").is_some_and(|target| target == "static");
        let no_server = text.replace(' ', "").contains("ssr:false");
        let generates = script(package, "build").is_some_and(|build| build.contains("generate"));
        let because = if static_target || no_server {
            format!("{name} has no server")
        } else {
            "the build script generates files".to_owned()
        };
        return Some((static_target || no_server || generates).then(|| Site {
            generates: true,
            ..site(".output/public", because)
        }));
    }
    if depends("@sveltejs/kit") {
        let (name, text) = config(folder, "svelte.config").unwrap_or_default();
        return Some(depends("@sveltejs/adapter-static").then(|| {
            site(
                setting(&text, "pages").unwrap_or_else(|| "build".to_owned()),
                format!("@sveltejs/adapter-static writes files{}", place(&name)),
            )
        }));
    }
    if depends("astro")
        && ["@astrojs/node", "@astrojs/deno"]
            .iter()
            .any(|name| depends(name))
    {
        let (_, text) = config(folder, "astro.config").unwrap_or_default();
        if text.contains("adapter") {
            return Some(None);
        }
    }
    if depends("@react-router/dev") || depends("@remix-run/dev") {
        let (name, text) = config(folder, "react-router.config")
            .or_else(|| config(folder, "vite.config"))
            .unwrap_or_default();
        if text.replace(' ', "").contains("ssr:false") {
            return Some(Some(site("build/client", format!("{name} has no server"))));
        }
        return Some(None);
    }
    None
}

/// The folder of a tool: the flag of the build script, the key of the configuration, the tool's default.
fn configured(folder: &Folder<'_>, package: &Value, tool: &Tool) -> Site {
    let build = script(package, "build").unwrap_or_default();
    if let Some(value) = flag(build, tool.flag) {
        return site(value, format!("the build script has {}", tool.flag));
    }
    if tool.package == "react-scripts" {
        let variables = folder.read(".env").unwrap_or_default();
        let path = build
            .split_whitespace()
            .chain(variables.lines())
            .find_map(|word| word.trim().strip_prefix("BUILD_PATH="));
        if let Some(path) = path {
            return site(path.trim_matches(['"', '\'']), "BUILD_PATH is set");
        }
    }
    let found = config(folder, tool.config);
    let (name, text) = found.unwrap_or_default();
    let mut path = setting(&text, tool.key);
    if tool.package == "vite"
        && let Some(root) = setting(&text, "root")
    {
        path = Some(below(&root, path.as_deref().unwrap_or("dist")));
    }
    match path {
        Some(path) => site(path, format!("{name} sets {}", tool.key)),
        None => site(
            tool.folder,
            format!(
                "{} builds files into {}/; its own server is for development",
                tool.package, tool.folder
            ),
        ),
    }
}

/// `../out` seen from `client` is `out`.
fn below(root: &str, path: &str) -> String {
    let mut parts: Vec<&str> = root
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// `angular.json`: the output path of the project that is built, with the folder that newer builders put the pages in.
fn angular(folder: &Folder<'_>) -> Site {
    let workspace: Value = folder
        .read("angular.json")
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or(Value::Null);
    let projects = workspace["projects"].as_object();
    let named = workspace["defaultProject"].as_str();
    let project = projects.and_then(|projects| {
        projects
            .iter()
            .find(|(name, _)| named == Some(name.as_str()))
            .or_else(|| {
                projects
                    .iter()
                    .find(|(_, project)| project["projectType"].as_str() != Some("library"))
            })
    });
    let Some((name, project)) = project else {
        return site("dist", "@angular/core builds files into dist/");
    };
    let build = ["architect", "targets"]
        .iter()
        .map(|key| &project[*key]["build"])
        .find(|build| build.is_object())
        .unwrap_or(&Value::Null);
    let builder = build["builder"].as_str().unwrap_or_default();
    let output = &build["options"]["outputPath"];
    let base = output
        .as_str()
        .or_else(|| output["base"].as_str())
        .map_or_else(|| format!("dist/{name}"), str::to_owned);
    let pages = match (
        output["browser"].as_str(),
        builder.ends_with(":application"),
    ) {
        (Some(browser), _) => browser,
        (None, true) => "browser",
        (None, false) => "",
    };
    site(below(&base, pages), "angular.json sets outputPath")
}

/// The pages lie below the folder that the build command names.
fn vitepress(folder: &Folder<'_>, package: &Value) -> String {
    let scripts = package["scripts"].as_object();
    let root = scripts
        .into_iter()
        .flatten()
        .filter_map(|(_, script)| script.as_str()?.split_once("vitepress build"))
        .map(|(_, rest)| {
            rest.split_whitespace()
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .find(|root| !root.starts_with(['-', '&']))
        .unwrap_or_default();
    let root = if root.is_empty() && folder.has_folder("docs/.vitepress") {
        "docs".to_owned()
    } else {
        root
    };
    below(&root, ".vitepress/dist")
}

/// The first configuration file of this name, in any of the extensions.
fn config(folder: &Folder<'_>, stem: &str) -> Option<(String, String)> {
    if stem.is_empty() {
        return None;
    }
    EXTENSIONS.iter().find_map(|extension| {
        let name = format!("{stem}.{extension}");
        let text = folder.read(&name)?;
        Some((name, text))
    })
}

fn place(name: &str) -> String {
    if name.is_empty() {
        String::new()
    } else {
        format!(" as {name} says")
    }
}

/// `key: 'text'` in a configuration that is a program; what is computed is not known.
fn setting(text: &str, key: &str) -> Option<String> {
    static SETTING: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"(?m)(?:^|[{,(\s])["']?(\w+)["']?\s*:\s*(?:path\.(?:resolve|join)\([^,)]*,\s*)?["'`]([^"'`$\n]+)["'`]"#)
            .ok()
    });
    if key.is_empty() {
        return None;
    }
    SETTING
        .as_ref()?
        .captures_iter(text)
        .find_map(|found| (&found[1] == key && is_inside(&found[2])).then(|| found[2].to_owned()))
}

/// `--out x` or `--out=x` in a command.
fn flag(command: &str, flag: &str) -> Option<String> {
    if flag.is_empty() {
        return None;
    }
    let mut words = command.split_whitespace();
    while let Some(word) = words.next() {
        let value = match word.strip_prefix(flag) {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        if let Some(value) = value.filter(|value| is_inside(value)) {
            return Some(value.to_owned());
        }
    }
    None
}

/// A plain path; one that leads upwards is only right below a root, see [`below`].
fn is_inside(path: &str) -> bool {
    !path.starts_with(['/', '~', '-', '$'])
}

/// A folder as the Dockerfile and the image description name it.
fn tidy(path: &str) -> String {
    let inside = below("", path);
    if inside.is_empty() {
        "dist".to_owned()
    } else {
        inside
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::find;
    use crate::project::Project;

    fn folder(files: &[(&str, &str)]) -> Option<String> {
        let project = Project::in_memory("x", files.iter().map(|(path, text)| (*path, *text)));
        let top = project.top();
        let package: Value = serde_json::from_str(&top.read("package.json").unwrap()).unwrap();
        find(&top, &package).map(|site| site.folder)
    }

    #[test]
    fn the_folder_of_a_front_end_is_the_configured_one() {
        let vite = r#"{"devDependencies":{"vite":"5"},"scripts":{"build":"vite build"}}"#;
        let angular = r#"{"dependencies":{"@angular/core":"17"}}"#;
        for (files, expected) in [
            (vec![("package.json", vite)], "dist"),
            (
                vec![
                    ("package.json", vite),
                    (
                        "vite.config.js",
                        "export default { build: { outDir: 'out' } }",
                    ),
                ],
                "out",
            ),
            (
                vec![
                    ("package.json", vite),
                    (
                        "vite.config.ts",
                        "defineConfig({ root: \"client\",\n build: { outDir: \"../public\" } })",
                    ),
                ],
                "public",
            ),
            (
                vec![(
                    "package.json",
                    r#"{"devDependencies":{"vite":"5"},"scripts":{"build":"vite build --outDir=web"}}"#,
                )],
                "web",
            ),
            (
                vec![
                    ("package.json", angular),
                    (
                        "angular.json",
                        r#"{"projects":{"web":{"architect":{"build":{"options":{"outputPath":"dist/web"}}}}}}"#,
                    ),
                ],
                "dist/web",
            ),
            (
                vec![
                    ("package.json", angular),
                    (
                        "angular.json",
                        r#"{"projects":{"shop":{"architect":{"build":{"builder":"@angular/build:application","options":{}}}}}}"#,
                    ),
                ],
                "dist/shop/browser",
            ),
            (
                vec![(
                    "package.json",
                    r#"{"devDependencies":{"@sveltejs/kit":"2","@sveltejs/adapter-static":"3","vite":"5"}}"#,
                )],
                "build",
            ),
            (
                vec![(
                    "package.json",
                    r#"{"devDependencies":{"@11ty/eleventy":"2"}}"#,
                )],
                "_site",
            ),
            (
                vec![(
                    "package.json",
                    r#"{"dependencies":{"@docusaurus/core":"3"},"scripts":{"build":"docusaurus build --out-dir site"}}"#,
                )],
                "site",
            ),
            (
                vec![("package.json", r#"{"dependencies":{"astro":"4"}}"#)],
                "dist",
            ),
            (
                vec![("package.json", r#"{"dependencies":{"gatsby":"5"}}"#)],
                "public",
            ),
            (
                vec![
                    ("package.json", r#"{"dependencies":{"react-scripts":"5"}}"#),
                    (".env", "BUILD_PATH=html\n"),
                ],
                "html",
            ),
            (
                vec![
                    ("package.json", r#"{"dependencies":{"next":"14"}}"#),
                    ("next.config.mjs", "const c = { output: 'export' }"),
                ],
                "out",
            ),
            (
                vec![(
                    "package.json",
                    r#"{"devDependencies":{"vitepress":"1"},"scripts":{"build":"vitepress build docs"}}"#,
                )],
                "docs/.vitepress/dist",
            ),
        ] {
            assert_eq!(folder(&files).as_deref(), Some(expected), "{files:?}");
        }
    }

    #[test]
    fn a_server_has_no_folder() {
        for files in [
            vec![(
                "package.json",
                r#"{"dependencies":{"express":"4","vite":"5"}}"#,
            )],
            vec![("package.json", r#"{"dependencies":{"next":"14"}}"#)],
            vec![(
                "package.json",
                r#"{"devDependencies":{"@sveltejs/kit":"2","vite":"5"}}"#,
            )],
            vec![("package.json", r#"{"dependencies":{"@nestjs/core":"10"}}"#)],
            vec![
                (
                    "package.json",
                    r#"{"dependencies":{"astro":"4","@astrojs/node":"8"}}"#,
                ),
                ("astro.config.mjs", "adapter: node({})"),
            ],
            vec![("package.json", "{}")],
        ] {
            assert_eq!(folder(&files), None, "{files:?}");
        }
    }

    #[test]
    fn a_folder_outside_is_not_taken() {
        let files = [
            ("package.json", r#"{"devDependencies":{"vite":"5"}}"#),
            (
                "vite.config.js",
                "export default { build: { outDir: '../../etc' } }",
            ),
        ];
        assert_eq!(folder(&files).as_deref(), Some("etc"));
    }
}
