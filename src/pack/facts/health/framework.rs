//! Paths that a framework answers by itself, and those that follow from where its files lie.

use std::sync::LazyLock;

use regex::Regex;

use crate::project::Folder;

static CONTEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?m)^\s*(?:server\.servlet\.context-path|context-path)\s*[:=]\s*(/[\w/-]+)\s*$")
        .ok()
});
static MANAGEMENT_PORT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?m)^\s*management\.server\.port\s*[:=]").ok());
static HEALTH_CHECKS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"MapHealthChecks\(\s*"(/[\w/-]*)""#).ok());
static NEST: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"@Controller\(\s*['"]/?(health\w*)['"]"#).ok());

/// The path and why, where a framework decides it.
pub(super) fn path(pack: &str, folder: &Folder<'_>) -> Option<(String, String)> {
    match pack {
        "maven" | "gradle" => jvm(folder),
        "ruby" => rails(folder),
        "php" => laravel(folder),
        "csharp" => aspnet(folder),
        "javascript" | "typescript" => node(folder),
        _ => None,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "it is what its callers return")]
fn answer(path: &str, because: impl Into<String>) -> Option<(String, String)> {
    Some((path.to_owned(), because.into()))
}

/// The texts of build files and settings that name a framework of the JVM.
fn jvm(folder: &Folder<'_>) -> Option<(String, String)> {
    let names = [
        "pom.xml",
        "build.gradle",
        "build.gradle.kts",
        "libs.versions.toml",
    ];
    let builds: String = folder
        .below()
        .filter(|path| names.contains(&path.rsplit('/').next().unwrap_or(path)))
        .take(30)
        .filter_map(|path| folder.read(path))
        .collect();
    let settings: String = folder
        .below()
        .filter(|path| {
            path.contains("src/main/resources/application.") && !path.contains("application-")
        })
        .filter_map(|path| folder.read(path))
        .collect();
    if builds.contains("spring-boot-starter-actuator") {
        let elsewhere = MANAGEMENT_PORT
            .as_ref()
            .is_some_and(|pattern| pattern.is_match(&settings));
        if elsewhere {
            return answer(
                "",
                "Spring's actuator has a port of its own, so the port is probed",
            );
        }
        let context = super::super::captured(CONTEXT.as_ref(), &settings).unwrap_or_default();
        return answer(
            &format!("{context}/actuator/health"),
            "Spring's actuator is among the dependencies",
        );
    }
    if builds.contains("quarkus-smallrye-health") {
        return answer(
            "/q/health",
            "quarkus-smallrye-health is among the dependencies",
        );
    }
    if builds.contains("micronaut-management") {
        return answer("/health", "micronaut-management is among the dependencies");
    }
    None
}

fn rails(folder: &Folder<'_>) -> Option<(String, String)> {
    let routes = folder.read("config/routes.rb")?;
    let route = routes
        .lines()
        .find(|line| line.contains("rails/health#show") && !line.trim_start().starts_with('#'))?;
    let path = route.split(['"', '\'']).nth(1).unwrap_or("up");
    answer(
        &format!("/{}", path.trim_start_matches('/')),
        "config/routes.rb routes it to Rails' health check",
    )
}

fn laravel(folder: &Folder<'_>) -> Option<(String, String)> {
    let text = folder.read("bootstrap/app.php")?;
    let (_, rest) = text.split_once("health:")?;
    let path = rest.split(['"', '\'']).nth(1)?;
    path.starts_with('/')
        .then(|| answer(path, "bootstrap/app.php names it"))?
}

fn aspnet(folder: &Folder<'_>) -> Option<(String, String)> {
    let program = folder
        .below()
        .find(|path| path.ends_with("Program.cs") || path.ends_with("Startup.cs"))?;
    let text = folder.read(program)?;
    let path = super::super::captured(HEALTH_CHECKS.as_ref(), &text)?;
    answer(&path, format!("{program} maps health checks to it"))
}

fn node(folder: &Folder<'_>) -> Option<(String, String)> {
    // Where a file's place is its address.
    const HEALTH_PAGES: &[(&str, &str)] = &[
        ("app/api/health/route", "/api/health"),
        ("app/api/healthz/route", "/api/healthz"),
        ("app/health/route", "/health"),
        ("app/healthz/route", "/healthz"),
        ("pages/api/health", "/api/health"),
        ("pages/api/healthz", "/api/healthz"),
        ("server/api/health", "/api/health"),
        ("server/routes/health", "/health"),
        ("src/routes/health/+server", "/health"),
        ("src/routes/healthz/+server", "/healthz"),
        ("app/routes/healthcheck", "/healthcheck"),
        ("app/routes/health", "/health"),
    ];
    const FIRST_PAGES: &[&str] = &[
        "pages/index",
        "app/page",
        "src/routes/+page",
        "app/app",
        "app",
        "src/pages/index",
        "app/routes/_index",
        "app/routes/index",
    ];
    let found = |stem: &str| {
        folder.below().find(|path| {
            let path = path
                .strip_prefix("src/")
                .filter(|_| !stem.starts_with("src/"))
                .unwrap_or(path);
            path.strip_prefix(stem).is_some_and(|rest| {
                rest.starts_with('.') && rest.matches('.').count() <= 2 && !rest.contains('/')
            })
        })
    };
    let is_framework = [
        "next",
        "nuxt",
        "@sveltejs/kit",
        "@remix-run/",
        "@react-router/",
        "astro",
    ]
    .iter()
    .any(|name| {
        folder
            .read("package.json")
            .is_some_and(|text| text.contains(&format!("\"{name}")))
    });
    if is_framework {
        for (stem, address) in HEALTH_PAGES {
            if let Some(path) = found(stem) {
                return answer(address, format!("{path} answers it"));
            }
        }
        for stem in FIRST_PAGES.iter().filter(|stem| **stem != "app") {
            if let Some(path) = found(stem) {
                return answer("/", format!("{path} is the first page"));
            }
        }
    }
    let nest = folder
        .below()
        .filter(|path| path.ends_with(".controller.ts"))
        .take(200)
        .find_map(|path| {
            let found = super::super::captured(NEST.as_ref(), &folder.read(path)?)?;
            Some((found, path))
        });
    if let Some((found, path)) = nest {
        return answer(&format!("/{found}"), format!("{path} answers it"));
    }
    let controller = folder.read("src/app.controller.ts")?;
    (controller.contains("@Controller()") && controller.contains("@Get()"))
        .then(|| answer("/", "src/app.controller.ts answers it"))?
}

#[cfg(test)]
mod tests {
    use super::path;
    use crate::project::Project;

    #[test]
    fn frameworks_have_health_paths_of_their_own() {
        for (pack, files, expected) in [
            (
                "maven",
                vec![("pom.xml", "spring-boot-starter-actuator")],
                Some("/actuator/health"),
            ),
            (
                "gradle",
                vec![
                    ("web/build.gradle", "spring-boot-starter-actuator"),
                    (
                        "web/src/main/resources/application.properties",
                        "server.servlet.context-path=/shop\n",
                    ),
                ],
                Some("/shop/actuator/health"),
            ),
            (
                "maven",
                vec![
                    ("pom.xml", "spring-boot-starter-actuator"),
                    (
                        "src/main/resources/application.properties",
                        "management.server.port=9090\n",
                    ),
                ],
                Some(""),
            ),
            (
                "maven",
                vec![("pom.xml", "quarkus-smallrye-health")],
                Some("/q/health"),
            ),
            (
                "gradle",
                vec![("build.gradle.kts", "micronaut-management")],
                Some("/health"),
            ),
            ("maven", vec![("pom.xml", "")], None),
            (
                "ruby",
                vec![(
                    "config/routes.rb",
                    "  get \"up\" => \"rails/health#show\", as: :x\n",
                )],
                Some("/up"),
            ),
            (
                "php",
                vec![("bootstrap/app.php", "->withRouting(\n  health: '/up',\n)")],
                Some("/up"),
            ),
            (
                "csharp",
                vec![("src/Program.cs", "app.MapHealthChecks(\"/healthz\");")],
                Some("/healthz"),
            ),
            (
                "typescript",
                vec![
                    ("package.json", "{\"dependencies\":{\"next\":\"14\"}}"),
                    ("src/app/page.tsx", ""),
                ],
                Some("/"),
            ),
            (
                "typescript",
                vec![
                    ("package.json", "{\"dependencies\":{\"next\":\"14\"}}"),
                    ("app/api/health/route.ts", ""),
                ],
                Some("/api/health"),
            ),
            (
                "typescript",
                vec![
                    ("package.json", "{}"),
                    ("src/health/health.controller.ts", "@Controller('health')"),
                ],
                Some("/health"),
            ),
            (
                "typescript",
                vec![
                    ("package.json", "{}"),
                    ("src/app.controller.ts", "@Controller()\n @Get()"),
                ],
                Some("/"),
            ),
        ] {
            let project = Project::in_memory("x", files.clone());
            assert_eq!(
                path(pack, &project.top()).map(|(path, _)| path).as_deref(),
                expected,
                "{files:?}"
            );
        }
    }
}
