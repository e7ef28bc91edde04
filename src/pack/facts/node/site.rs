//! The folder that the build of a front end leaves, as its tool is set up.

mod settings;
mod tool;

use serde_json::Value;

use crate::pack::detect::node::{depends_on, script};
use crate::project::Folder;

use settings::{config, place, setting, tidy};
use tool::{TOOLS, angular, configured, vitepress};

/// A build that leaves files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Site {
    /// The folder.
    pub(super) folder: String,
    pub(super) because: String,
    /// Whether a script of its own, `generate`, writes the files.
    pub(super) generates: bool,
}

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

#[cfg(test)]
mod tests;
