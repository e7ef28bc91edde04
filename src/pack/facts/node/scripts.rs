//! The commands that build and test, from `package.json`.

use serde_json::Value;

use crate::pack::detect::node::{depends_on, script};
use crate::pack::facts::Fact;
use crate::project::Folder;

use super::site::Site;

/// Tools that build without a script in `package.json`.
const BUILDERS: &[(&str, &str)] = &[
    ("@docusaurus/core", "docusaurus build"),
    ("@11ty/eleventy", "eleventy"),
    ("react-scripts", "react-scripts build"),
    ("@vue/cli-service", "vue-cli-service build"),
    ("@angular/cli", "ng build"),
    ("vitepress", "vitepress build"),
    ("gatsby", "gatsby build"),
    ("astro", "astro build"),
    ("next", "next build"),
    ("nuxt", "nuxt build"),
    ("@nestjs/cli", "nest build"),
    ("vite", "vite build"),
];

pub(super) fn build(
    folder: &Folder<'_>,
    package: &Value,
    site: Option<&Site>,
    compiled: Option<&str>,
) -> Fact {
    let name = "node.build";
    if site.is_some_and(|site| site.generates)
        && script(package, "generate").is_some()
        && !script(package, "build").is_some_and(|build| build.contains("generate"))
    {
        return Fact::new(
            name,
            "npm run generate",
            "package.json has a generate script",
        );
    }
    if script(package, "build").is_some() {
        return Fact::new(name, "npm run build", "package.json has a build script");
    }
    if let Some((tool, command)) = BUILDERS
        .iter()
        .find(|(tool, _)| depends_on(package, tool) && !folder.has("server.js"))
    {
        return Fact::new(
            name,
            format!("npx --no-install {command}"),
            format!("{tool} builds it, and package.json has no build script"),
        );
    }
    match compiled {
        Some(source) => Fact::new(
            name,
            "npx --no-install tsc --project .",
            format!("{source} is TypeScript, and package.json has no build script"),
        ),
        None => Fact::new(name, "", "package.json has no build script"),
    }
}

pub(super) fn test(package: &Value) -> Fact {
    let name = "node.test";
    match script(package, "test") {
        None => Fact::new(name, "", "package.json has no test script"),
        Some(script) if script.contains("no test specified") => {
            Fact::new(name, "", "package.json's test script is npm's placeholder")
        }
        Some(script) if script.trim() == "ng test" => Fact::new(
            name,
            "",
            "package.json's test script opens a browser and never ends",
        ),
        Some(_) => Fact::new(name, "npm test", "package.json has a test script"),
    }
}
