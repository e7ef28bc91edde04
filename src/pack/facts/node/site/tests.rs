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
