//! The tools that build files, and where each of them is told to leave these.

use serde_json::Value;

use crate::pack::detect::node::script;
use crate::project::Folder;

use super::settings::{below, config, flag, setting};
use super::{Site, site};

/// A tool that builds files: its package, its configuration, the key of the folder in it, the flag of its command, the default.
pub(super) struct Tool {
    pub(super) package: &'static str,
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
pub(super) const TOOLS: &[Tool] = &[
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

/// The folder of a tool: the flag of the build script, the key of the configuration, the tool's default.
pub(super) fn configured(folder: &Folder<'_>, package: &Value, tool: &Tool) -> Site {
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

/// `angular.json`: the output path of the project that is built, with the folder that newer builders put the pages in.
pub(super) fn angular(folder: &Folder<'_>) -> Site {
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
pub(super) fn vitepress(folder: &Folder<'_>, package: &Value) -> String {
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
