//! Configuration files that state the port, the surest first.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::project::{Folder, extension, split_name};

use super::super::deploy::is_aside;
use super::{Hit, parse, settings_text};

/// The most configuration files that are read.
const MAX_FILES: usize = 60;

/// `PORT` and a number shortly after it: `ENV.fetch("PORT") { 3000 }`, `${PORT:-8000}`, `PORT=5000`.
static AFTER_PORT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(?:[A-Z]+_)*PORT\b[^0-9\n]{0,30}?(\d{2,5})\b").ok());
/// A command line: `--port 8000`, `-p 3000`, `-b 0.0.0.0:8000`, `php -S localhost:8080`.
static OPTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:--port[= ]|--bind[= ]|--http[= ]|--listen[= ]|-p[= ]?|-b |-S )(?:[\w.\[\]-]*:)?(\d{2,5})\b").ok()
});
/// `bind = "0.0.0.0:8000"` of Gunicorn, `port 3000` of Puma.
static BIND: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*(?:bind|port)\b[^0-9\n]{0,12}?(?:[\d.]+:)?(\d{2,5})\b").ok());

pub(super) fn find(folder: &Folder<'_>) -> Option<Hit> {
    resources(folder)
        .or_else(|| servers(folder))
        .or_else(|| scripts(folder))
        .or_else(|| settings(folder))
        .or_else(|| compose(folder))
}

fn hit(folder: &Folder<'_>, name: &str, found: (u16, usize)) -> Hit {
    Hit {
        port: found.0,
        path: folder.in_project(name),
        line: found.1,
    }
}

/// `application.yml` and its relatives, wherever the build puts resources; the plain file before profiles.
fn resources(folder: &Folder<'_>) -> Option<Hit> {
    let mut files: Vec<&str> = folder
        .below()
        .filter(|path| matches!(extension(path), "yml" | "yaml" | "properties" | "conf"))
        .filter(|path| path.contains("src/main/resources/") && !is_aside(path))
        .filter(|path| {
            let (_, name) = split_name(path);
            ["application", "microprofile-config", "reference"]
                .iter()
                .any(|stem| name.starts_with(stem))
        })
        .collect();
    let profile = |path: &str| {
        path.rsplit('/')
            .next()
            .is_some_and(|name| name.contains('-'))
    };
    let testing = |path: &str| path.contains("-test") || path.contains("-dev");
    files.sort_by_key(|path| (testing(path), profile(path), path.len()));
    files.truncate(MAX_FILES);
    files
        .into_iter()
        .find_map(|name| Some(hit(folder, name, settings_text::port(&folder.read(name)?)?)))
}

/// Configuration of application servers, in their own languages.
fn servers(folder: &Folder<'_>) -> Option<Hit> {
    let known = [
        "config/puma.rb",
        "puma.rb",
        "config/runtime.exs",
        "config/prod.exs",
        "gunicorn.conf.py",
        "gunicorn_config.py",
        "Rocket.toml",
        "fly.toml",
        ".streamlit/config.toml",
    ];
    for name in known {
        let Some(text) = folder.read(name) else {
            continue;
        };
        let found = if extension(name) == "toml" {
            settings_text::port(&text)
        } else {
            first(&text, &AFTER_PORT).or_else(|| first(&text, &BIND))
        };
        if let Some(found) = found {
            return Some(hit(folder, name, found));
        }
    }
    folder
        .below()
        .filter(|path| path.ends_with("uwsgi.ini") && !is_aside(path))
        .find_map(|name| Some(hit(folder, name, settings_text::port(&folder.read(name)?)?)))
}

/// How the repository says it is started.
fn scripts(folder: &Folder<'_>) -> Option<Hit> {
    if let Some(text) = folder.read("Procfile") {
        let web = text.lines().position(|line| line.starts_with("web:"));
        let found =
            web.and_then(|index| Some((number(text.lines().nth(index)?, &OPTION)?, index + 1)));
        if let Some(found) = found {
            return Some(hit(folder, "Procfile", found));
        }
    }
    for name in ["package.json", "composer.json"] {
        let Some(text) = folder.read(name) else {
            continue;
        };
        // A development server of a front end is no answer, so only what starts the program counts.
        let started = text.lines().position(|line| {
            line.trim_start().starts_with("\"start\"") || line.trim_start().starts_with("\"serve\"")
        });
        let found = started.and_then(|index| {
            let line = text.lines().nth(index)?;
            Some((
                number(line, &OPTION).or_else(|| number(line, &AFTER_PORT))?,
                index + 1,
            ))
        });
        if let Some(found) = found {
            return Some(hit(folder, name, found));
        }
    }
    None
}

/// Settings files of the repository's own.
fn settings(folder: &Folder<'_>) -> Option<Hit> {
    let mut names: Vec<&str> = folder
        .below()
        .filter(|path| {
            let kind = matches!(
                extension(path),
                "yml" | "yaml" | "toml" | "ini" | "properties" | "conf"
            );
            if !kind && !path.starts_with(".env") && !path.starts_with(".flaskenv") {
                return false;
            }
            let (above, name) = split_name(path);
            let place = matches!(
                above,
                "" | "config" | "configs" | "conf" | "etc" | "settings"
            );
            let stem = [
                "config",
                "app.",
                "settings",
                "server",
                "default",
                "appsettings",
            ]
            .iter()
            .any(|stem| name.starts_with(stem));
            place
                && (stem && kind
                    || matches!(
                        *path,
                        ".flaskenv" | ".env" | ".env.example" | ".env.sample" | ".env.template"
                    ))
        })
        .collect();
    names.sort_by_key(|name| (name.starts_with(".env"), name.matches('/').count()));
    names.truncate(MAX_FILES);
    names
        .into_iter()
        .find_map(|name| Some(hit(folder, name, settings_text::port(&folder.read(name)?)?)))
}

/// The container side of the ports of the one service that is built here.
fn compose(folder: &Folder<'_>) -> Option<Hit> {
    for name in [
        "compose.yaml",
        "compose.yml",
        "docker-compose.yaml",
        "docker-compose.yml",
    ] {
        let Some(text) = folder.read(name) else {
            continue;
        };
        let Ok(Value::Object(document)) = crate::yaml::parse::<Value>(&text, name.as_ref()) else {
            continue;
        };
        let built: Vec<&Value> = document
            .get("services")
            .and_then(Value::as_object)
            .map(|services| {
                services
                    .values()
                    .filter(|service| service.get("build").is_some())
                    .collect()
            })
            .unwrap_or_default();
        let [service] = built.as_slice() else {
            continue;
        };
        let port = service["ports"]
            .as_array()
            .and_then(|ports| ports.iter().find_map(container_port));
        if let Some(port) = port {
            let line = super::super::finding::line_of(&text, &port.to_string()).unwrap_or(1);
            return Some(hit(folder, name, (port, line)));
        }
    }
    None
}

/// `"8080:80"`, `127.0.0.1:8080:80/tcp`, `80`, or `{target: 80}`.
fn container_port(entry: &Value) -> Option<u16> {
    match entry {
        Value::Number(number) => number
            .as_u64()
            .and_then(|number| u16::try_from(number).ok()),
        Value::Object(object) => object.get("target").and_then(container_port),
        Value::String(text) => parse(text.split('/').next()?.rsplit(':').next()?),
        _ => None,
    }
}

/// The first line that matches, with its number.
fn first(text: &str, pattern: &LazyLock<Option<Regex>>) -> Option<(u16, usize)> {
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim_start().starts_with('#'))
        .find_map(|(line_number, line)| Some((number(line, pattern)?, line_number)))
}

fn number(line: &str, pattern: &LazyLock<Option<Regex>>) -> Option<u16> {
    pattern
        .as_ref()?
        .captures_iter(line)
        .find_map(|found| parse(&found[1]).filter(|port| !super::is_backing_service(*port)))
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::project::Project;

    #[test]
    fn ports_are_read_from_configuration() {
        for (path, text, port, line) in [
            (
                "config/puma.rb",
                "# port 1234\nport ENV.fetch(\"PORT\") { 3000 }\n",
                3000,
                2,
            ),
            (
                "config/runtime.exs",
                "port = String.to_integer(System.get_env(\"PORT\") || \"4000\")",
                4000,
                1,
            ),
            (
                "gunicorn.conf.py",
                "workers = 4\nbind = \"0.0.0.0:8001\"",
                8001,
                2,
            ),
            (
                "docker/uwsgi.ini",
                "[uwsgi]\nhttp-socket = :8000\n",
                8000,
                2,
            ),
            (
                "Procfile",
                "worker: x --port 1\nweb: uvicorn a:b --port 8002\n",
                8002,
                2,
            ),
            (
                "package.json",
                "{\"scripts\": {\n\"dev\": \"next -p 1\",\n\"start\": \"next start -p 3001\"}}",
                3001,
                3,
            ),
            (
                "composer.json",
                "{\n\"start\": \"php -S localhost:8080 -t public\"}",
                8080,
                2,
            ),
            (".flaskenv", "FLASK_RUN_PORT=5001\n", 5001, 1),
            ("configs/config_vars.yaml", "server-port: 8080", 8080, 1),
            (
                "compose.yml",
                "services:\n  db:\n    image: x\n    ports: ['1:1']\n  web:\n    build: .\n    ports:\n      - 80:8000\n",
                8000,
                8,
            ),
        ] {
            let project = Project::in_memory("x", [(path, text)]);
            let hit = find(&project.top());
            assert_eq!(
                hit.map(|hit| (hit.port, hit.line)),
                Some((port, line)),
                "{path}"
            );
        }
    }
}
