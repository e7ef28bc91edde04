//! What the repository already has for deploying itself: a Dockerfile and a chart. Both are kept.

use crate::project::{Folder, Project, split_name};

/// Folders that hold no application of their own, wherever they stand in a path.
const SIDE_FOLDERS: &[&str] = &[
    "acceptance",
    "acceptance_tests",
    "bench",
    "benchmark",
    "benchmarks",
    "cypress",
    "deb",
    "debian",
    "demo",
    "doc",
    "docs",
    "documentation",
    "e2e",
    "example",
    "examples",
    "fixtures",
    "hack",
    "infra",
    "infrastructure",
    "integration",
    "loadtest",
    "loadtesting",
    "node_modules",
    "playwright",
    "rpm",
    "sample",
    "samples",
    "scripts",
    "spec",
    "template",
    "templates",
    "terraform",
    "test",
    "testdata",
    "testing",
    "tests",
    "third-party",
    "third_party",
    "tools",
    "vendor",
];

/// Whether a folder in `path` says that this is not the application: tests, examples, documentation, hidden folders.
pub(super) fn is_aside(path: &str) -> bool {
    path.split('/').any(|part| {
        let is_side = |side: &&str| side.eq_ignore_ascii_case(part);
        SIDE_FOLDERS.iter().any(is_side) || part.starts_with('.') && part.len() > 1
    })
}

/// The folders of charts that could deploy the application, the likeliest first: not those in tests and examples,
/// not a chart inside another one, not `preview` (an environment of Jenkins X), not a library chart.
pub(in crate::pack) fn charts(project: &Project) -> Vec<String> {
    let all: Vec<&str> = project
        .files()
        .iter()
        .filter_map(|path| {
            if path == "Chart.yaml" {
                Some(".")
            } else {
                path.strip_suffix("/Chart.yaml")
            }
        })
        .collect();
    let inside = |inner: &str, outer: &str| {
        outer == "." && inner != "."
            || inner
                .strip_prefix(outer)
                .is_some_and(|rest| rest.starts_with('/'))
    };
    let mut charts: Vec<&str> = all
        .iter()
        .copied()
        .filter(|chart| !is_aside(chart) && !chart.ends_with("/preview") && *chart != "preview")
        .filter(|chart| {
            !all.iter()
                .any(|outer| outer != chart && inside(chart, outer))
        })
        .filter(|chart| !is_library(project, chart))
        .collect();
    let name = project.suggested_name(None).map(|(name, _)| name);
    charts.sort_by_key(|chart| {
        let last = chart.rsplit('/').next().unwrap_or(chart);
        let named = name.as_ref().is_some_and(|name| name.as_str() == last);
        (
            !named,
            chart.matches('/').count(),
            !chart.starts_with("charts/"),
        )
    });
    charts.into_iter().map(str::to_owned).collect()
}

fn is_library(project: &Project, chart: &str) -> bool {
    project
        .folder(chart)
        .read("Chart.yaml")
        .is_some_and(|text| text.lines().any(|line| line.trim_end() == "type: library"))
}

/// The Dockerfile that is built for running the application in `dir`, if there is one: at the top, else in a folder
/// such as `docker/`, never one of tests, editors, distribution packages, other systems, or of another application.
pub(in crate::pack) fn dockerfile(folder: &Folder<'_>) -> Option<String> {
    folder
        .below()
        .filter(|path| {
            let (above, name) = split_name(path);
            is_main_dockerfile(name)
                && !above
                    .split('/')
                    .any(|part| is_aside(part) && part != "scripts")
        })
        .filter(|path| !belongs_elsewhere(folder, path))
        .min_by_key(|path| (path.matches('/').count(), rank(path), *path))
        .map(|path| folder.in_project(path))
}

/// Whether a folder between this one and the Dockerfile has a build file of another application.
fn belongs_elsewhere(folder: &Folder<'_>, path: &str) -> bool {
    let builds = [
        "package.json",
        "go.mod",
        "requirements.txt",
        "pyproject.toml",
        "Gemfile",
        "composer.json",
        "mix.exs",
    ];
    let mut above = path;
    while let Some((parent, _)) = above.rsplit_once('/') {
        if builds
            .iter()
            .any(|build| folder.has(&format!("{parent}/{build}")))
        {
            return true;
        }
        above = parent;
    }
    false
}

/// Variants of a Dockerfile that are meant for running on Linux.
const RUNS: &[&str] = &[
    "linux",
    "prod",
    "production",
    "release",
    "jvm",
    "alpine",
    "debian",
    "app",
    "web",
    "server",
    "runtime",
    "distroless",
];

/// `Dockerfile`, or one of its variants that is meant for running on Linux.
pub(super) fn is_main_dockerfile(name: &str) -> bool {
    if !name.starts_with(['d', 'D', 'c', 'C']) {
        return false;
    }
    let lower = name.to_ascii_lowercase();
    let variant = match lower.as_str() {
        "dockerfile" | "containerfile" => return true,
        other => match other
            .strip_prefix("dockerfile.")
            .or_else(|| other.strip_prefix("containerfile."))
        {
            Some(variant) => variant.to_owned(),
            None => return false,
        },
    };
    RUNS.contains(&variant.as_str())
}

/// Among Dockerfiles at the same depth: the plain name first, then the folder that says docker.
fn rank(path: &str) -> (bool, bool) {
    let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
    let plain = matches!(
        name.to_ascii_lowercase().as_str(),
        "dockerfile" | "containerfile"
    );
    (!plain, !above.contains("docker") && !above.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{charts, dockerfile};
    use crate::project::Project;

    fn found(paths: &[&str]) -> Option<String> {
        dockerfile(&Project::in_memory("app", paths.iter().map(|path| (*path, ""))).top())
    }

    #[test]
    fn the_dockerfile_for_running_is_taken() {
        assert_eq!(
            found(&["Dockerfile", "buildx.Dockerfile"]).as_deref(),
            Some("Dockerfile")
        );
        assert_eq!(
            found(&["Dockerfile.linux", "Dockerfile.windows"]).as_deref(),
            Some("Dockerfile.linux")
        );
        assert_eq!(
            found(&[
                "packaging/debian/Dockerfile",
                "packaging/docker/alpine/Dockerfile",
                "packaging/rpm/Dockerfile"
            ])
            .as_deref(),
            Some("packaging/docker/alpine/Dockerfile")
        );
        assert_eq!(
            found(&[
                "Dockerfile.dev",
                ".devcontainer/Dockerfile",
                "test/Dockerfile",
                "a/dockerfile.js"
            ]),
            None
        );
        assert_eq!(
            found(&["web/package.json", "web/Dockerfile", "docker/Dockerfile"]).as_deref(),
            Some("docker/Dockerfile")
        );
    }

    #[test]
    fn the_chart_of_the_app_comes_first() {
        let project = Project::in_memory(
            "app",
            [
                ("charts/zz/Chart.yaml", ""),
                ("charts/app/Chart.yaml", ""),
                ("charts/app/charts/sub/Chart.yaml", ""),
                ("charts/preview/Chart.yaml", ""),
                ("charts/lib/Chart.yaml", "type: library\n"),
                ("testdata/x/Chart.yaml", ""),
                ("deploy/helm/aa/Chart.yaml", ""),
            ],
        );
        assert_eq!(
            charts(&project),
            ["charts/app", "charts/zz", "deploy/helm/aa"]
        );
        let root = Project::in_memory("app", [("Chart.yaml", ""), ("charts/sub/Chart.yaml", "")]);
        assert_eq!(charts(&root), ["."]);
    }
}
