//! JavaScript and TypeScript: `package.json`, and which of the two the sources are in.

use serde_json::Value;

use crate::project::Folder;

use super::finding::{Finding, score};

/// Servers, with the port they take when nothing says otherwise.
const SERVERS: &[(&str, u16, &str)] = &[
    ("next", 3000, "Next.js"),
    ("nuxt", 3000, "Nuxt"),
    ("@nestjs/core", 3000, "NestJS"),
    ("@remix-run/serve", 3000, "Remix"),
    ("@react-router/serve", 3000, "React Router"),
    ("@sveltejs/adapter-node", 3000, "SvelteKit"),
    ("@adonisjs/core", 3333, "AdonisJS"),
    ("@strapi/strapi", 1337, "Strapi"),
    ("@hapi/hapi", 3000, "hapi"),
    ("express", 3000, "Express"),
    ("fastify", 3000, "Fastify"),
    ("koa", 3000, "Koa"),
    ("hono", 3000, "Hono"),
];

/// Build tools whose result is a folder of files, not a server.
const FRONT_ENDS: &[&str] = &[
    "react-scripts",
    "@angular/core",
    "@vue/cli-service",
    "@sveltejs/kit",
    "gatsby",
    "@docusaurus/core",
    "vite",
    "parcel",
    "react",
    "vue",
    "svelte",
    "preact",
];

const SERVER_FILES: &[&str] = &[
    "server.js",
    "server.mjs",
    "server.ts",
    "app.js",
    "app.mjs",
    "index.js",
    "index.mjs",
    "index.ts",
    "main.js",
    "main.ts",
    "src/server.js",
    "src/server.ts",
    "src/app.js",
    "src/app.ts",
    "src/index.js",
    "src/index.ts",
    "src/main.js",
    "src/main.ts",
    "bin/www",
];

pub(super) fn detect(folder: &Folder<'_>) -> Option<Finding> {
    if !folder.has("package.json") {
        return deno(folder);
    }
    // A cut or hand-written file that is no JSON still says that this is Node.
    let package: Value = folder
        .read("package.json")
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or(Value::Null);
    let pack = language(folder);
    let members = workspace_members(folder, &package);
    let server = SERVERS.iter().find(|(key, _, _)| depends_on(&package, key));
    let front_end = FRONT_ENDS.iter().find(|key| depends_on(&package, key));
    let main = SERVER_FILES.iter().find(|name| folder.has(name));
    let start = script(&package, "start");

    let named = |score: u8| {
        Finding::new(
            &pack,
            score,
            folder,
            "package.json",
            "describes a Node package",
        )
    };
    let mut finding = match (server, front_end, main, start) {
        (Some((key, port, name)), _, _, _) => named(score::APP - 15)
            .line(
                folder,
                "package.json",
                &format!("\"{key}\""),
                format!("depends on {name}"),
            )
            .port(*port, name),
        (None, Some(key), _, _) => named(score::APP - 15)
            .line(
                folder,
                "package.json",
                &format!("\"{key}\""),
                format!("depends on {key}: a front end that is built into files"),
            )
            .silent(),
        (None, None, Some(main), _) => {
            named(score::APP - 15).line(folder, main, "listen", "is the program")
        }
        (None, None, None, Some(_)) => {
            named(score::APP - 15).line(folder, "package.json", "\"start\"", "has a start script")
        }
        (None, None, None, None) if has_sources(folder) => named(score::LIBRARY - 5).silent(),
        _ => Finding::new(
            &pack,
            score::HELPER - 10,
            folder,
            "package.json",
            "holds tools only, no program",
        )
        .silent(),
    };
    if pack == "typescript" {
        let config = folder
            .first_of(&["tsconfig.json", "tsconfig.base.json"])
            .unwrap_or("package.json");
        finding = finding.line(folder, config, "compilerOptions", "sets up TypeScript");
    }
    if main.is_none()
        && !folder.has_folder("src")
        && !folder.has_folder("app")
        && !folder.has_folder("pages")
    {
        finding.members = members;
    }
    Some(finding)
}

fn deno(folder: &Folder<'_>) -> Option<Finding> {
    let name = folder.first_of(&["deno.json", "deno.jsonc"])?;
    Some(Finding::new(
        &language(folder),
        score::LIBRARY,
        folder,
        name,
        "sets up Deno",
    ))
}

/// Whether `package.json` lists this package, for running or for building.
pub(in crate::pack) fn depends_on(package: &Value, name: &str) -> bool {
    ["dependencies", "devDependencies"]
        .iter()
        .any(|section| package[*section].get(name).is_some())
}

/// A script of `package.json`.
pub(in crate::pack) fn script<'v>(package: &'v Value, name: &str) -> Option<&'v str> {
    package["scripts"][name].as_str()
}

fn language(folder: &Folder<'_>) -> String {
    let typed = ["tsconfig.json", "tsconfig.base.json", "tsconfig.app.json"]
        .iter()
        .any(|name| folder.has(name))
        || !folder.has("jsconfig.json") && mostly_typescript(folder);
    if typed { "typescript" } else { "javascript" }.to_owned()
}

fn mostly_typescript(folder: &Folder<'_>) -> bool {
    let (mut typescript, mut javascript) = (0_usize, 0_usize);
    for path in folder
        .below()
        .filter(|path| path.starts_with("src/") || !path.contains('/'))
    {
        match path.rsplit_once('.').map(|(_, extension)| extension) {
            Some("ts" | "tsx" | "mts")
                if !path.ends_with(".d.ts") && !path.contains(".config.") =>
            {
                typescript += 1;
            }
            Some("js" | "jsx" | "mjs" | "cjs") if !path.contains(".config.") => javascript += 1,
            _ => {}
        }
    }
    typescript > javascript
}

fn has_sources(folder: &Folder<'_>) -> bool {
    folder.below().any(|path| {
        (path.starts_with("src/")
            || path.starts_with("lib/")
            || path.starts_with("app/")
            || !path.contains('/'))
            && !path.contains(".config.")
            && !path.starts_with('.')
            && matches!(
                path.rsplit_once('.'),
                Some((
                    _,
                    "js" | "mjs" | "cjs" | "jsx" | "ts" | "tsx" | "svelte" | "vue"
                ))
            )
    })
}

/// Folders that `workspaces` or `pnpm-workspace.yaml` name and that hold a package of their own.
pub(in crate::pack) fn workspace_members(folder: &Folder<'_>, package: &Value) -> Vec<String> {
    let mut patterns: Vec<String> = Vec::new();
    let workspaces = match &package["workspaces"] {
        Value::Object(object) => object.get("packages").cloned().unwrap_or(Value::Null),
        other => other.clone(),
    };
    if let Value::Array(list) = workspaces {
        patterns.extend(
            list.iter()
                .filter_map(|item| item.as_str().map(str::to_owned)),
        );
    }
    if let Some(text) = folder.read("pnpm-workspace.yaml") {
        patterns.extend(pnpm_packages(&text));
    }
    folder
        .below()
        .filter_map(|path| path.strip_suffix("/package.json"))
        .filter(|member| {
            patterns
                .iter()
                .any(|pattern| matches_workspace(pattern, member))
        })
        .map(|member| folder.in_project(member))
        .collect()
}

/// The list below `packages:`; read by lines, because the file may hold more than we know.
fn pnpm_packages(text: &str) -> Vec<String> {
    text.lines()
        .skip_while(|line| !line.starts_with("packages:"))
        .skip(1)
        .take_while(|line| line.trim().is_empty() || line.starts_with([' ', '-', '#']))
        .filter_map(|line| line.trim().strip_prefix('-'))
        .map(|item| item.trim().trim_matches(['"', '\'']).to_owned())
        .collect()
}

/// `apps/*`, `packages/**` or a plain folder.
fn matches_workspace(pattern: &str, member: &str) -> bool {
    let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
    if let Some(parent) = pattern.strip_suffix("/**") {
        return member.starts_with(&format!("{parent}/"));
    }
    match pattern.strip_suffix("/*") {
        Some(parent) => member
            .rsplit_once('/')
            .is_some_and(|(above, _)| above == parent),
        None => member == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::{matches_workspace, pnpm_packages};

    #[test]
    fn workspaces_are_matched() {
        assert!(
            matches_workspace("apps/*", "apps/web") && !matches_workspace("apps/*", "apps/web/sub")
        );
        assert!(
            matches_workspace("./tools", "tools")
                && matches_workspace("packages/**", "packages/a/b")
        );
        assert_eq!(
            pnpm_packages("a: 1\npackages:\n  - 'apps/*'\n# x\n  - web\nother: 2\n  - no\n"),
            ["apps/*", "web"]
        );
    }
}
