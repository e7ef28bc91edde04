//! How a Mix project is released and started.

use std::sync::LazyLock;

use regex::Regex;

use crate::project::Folder;

use super::images::{self, Asked};
use super::{Fact, captured, tool_version};

static APP: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?m)\bapp:\s*:(\w+)").ok());
static RELEASE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?s)\breleases:?\s*(?:do|:)?\s*\[\s*(\w+):").ok());
static ELIXIR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?m)\belixir:\s*"([^"]+)""#).ok());

pub(super) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    let mix = folder.read("mix.exs").unwrap_or_default();
    let (release, because) = match (
        captured(RELEASE.as_ref(), &mix),
        captured(APP.as_ref(), &mix),
    ) {
        (Some(release), _) => (release, "mix.exs names the release"),
        (None, Some(app)) => (app, "mix.exs names the app"),
        (None, None) => (
            "app".to_owned(),
            "mix.exs names neither a release nor an app",
        ),
    };
    let is_phoenix = mix.contains(":phoenix");
    let has_assets = mix.contains("assets.deploy");
    let asked = tool_version(folder, &["elixir"])
        .map(|version| {
            let version = version.split("-otp").next().unwrap_or_default().to_owned();
            Asked::new(".tool-versions", &version)
        })
        .or_else(|| captured(ELIXIR.as_ref(), &mix).map(|version| Asked::new("mix.exs", &version)));
    let mut manifests: Vec<&str> = ["mix.exs", "mix.lock", "config"]
        .into_iter()
        .filter(|path| folder.has(path) || folder.has_folder(path))
        .collect();
    let umbrella = folder.has_folder("apps") && mix.contains("apps_path");
    if umbrella || mix.contains("path:") {
        manifests.clear();
    }
    vec![
        Fact::new("elixir.release", release, because),
        if has_assets {
            Fact::new(
                "elixir.assets",
                "mix assets.deploy",
                "mix.exs has an assets.deploy task",
            )
        } else {
            Fact::new("elixir.assets", "", "mix.exs has no assets.deploy task")
        },
        if is_phoenix {
            Fact::new("elixir.phoenix", "true", "it is Phoenix")
        } else {
            Fact::new("elixir.phoenix", "", "it is no Phoenix")
        },
        if folder.has_folder("test") {
            Fact::new("elixir.test", "mix test", "test/ is there")
        } else {
            Fact::new("elixir.test", "", "there is no test/")
        },
        Fact::new(
            "elixir.manifests",
            manifests.join("\n"),
            if manifests.is_empty() {
                "projects need one another"
            } else {
                "Mix reads them"
            },
        ),
        images::choose("elixir.image", images::ELIXIR, asked.as_ref(), 2),
    ]
}

#[cfg(test)]
mod tests {
    use crate::pack::facts::value_of;
    use crate::project::Project;

    #[test]
    fn the_release_and_the_version_are_read() {
        let fact = |mix: &str, name: &str| {
            let project = Project::in_memory("x", [("mix.exs", mix), ("test/a_test.exs", "")]);
            value_of(super::facts(&project.top()), name)
        };
        let mix = "def project do\n [app: :shop, elixir: \"~> 1.15\"]\nend\n{:phoenix, \"~> 1.7\"}";
        assert_eq!(fact(mix, "elixir.release"), "shop");
        assert_eq!(fact(mix, "elixir.image"), "elixir:1.19.5-slim");
        assert_eq!(fact(mix, "elixir.phoenix"), "true");
        assert_eq!(
            fact("elixir: \"1.17.2\"", "elixir.image"),
            "elixir:1.17.3-slim"
        );
        assert_eq!(
            fact("app: :a,\nreleases: [\n  web: []\n]", "elixir.release"),
            "web"
        );
        assert_eq!(fact(mix, "elixir.test"), "mix test");
    }
}
