//! How a Python program is installed, tested and started.

use std::sync::LazyLock;

use regex::Regex;

use crate::pack::detect::python::{PROGRAMS, declared};
use crate::project::{Folder, extension};

use super::Fact;

/// The kind of server that the pack has to add where the repository lists none.
const WSGI_SERVER: &str = "wsgi";
const ASGI_SERVER: &str = "asgi";

/// `app = Flask(__name__)`, `application = create_app()`, `api: FastAPI = FastAPI()`.
static APPLICATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?m)^(\w+)\s*(?::\s*[\w.]+\s*)?=\s*(?:await\s+)?(?:[\w.]+\.)?(Flask|FastAPI|Starlette|Litestar|Quart|Sanic|Bottle|create_app|make_app|get_wsgi_application|get_asgi_application)\(")
        .ok()
});

/// The most files in which the application object is looked for.
const MAX_FILES: usize = 200;

pub(super) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    let declared = declared(folder);
    let (start, server, because) = start(folder, &declared);
    vec![
        install(folder),
        Fact::new(
            "python.server",
            server,
            if server.is_empty() {
                "the repository brings its own server".to_owned()
            } else {
                format!("{because}, and no production server is listed")
            },
        ),
        Fact::new("python.start", start, because),
        test(folder, &declared),
        Fact::new(
            "python.path",
            if folder.has_folder("src") { "src" } else { "." },
            "that is where the packages are",
        ),
    ]
}

fn install(folder: &Folder<'_>) -> Fact {
    let name = "python.install";
    if folder.has("requirements.txt") {
        return Fact::new(name, "-r requirements.txt", "requirements.txt is there");
    }
    if folder.has("requirements/prod.txt") {
        return Fact::new(
            name,
            "-r requirements/prod.txt",
            "requirements/prod.txt is there",
        );
    }
    let buildable = folder
        .read("pyproject.toml")
        .is_some_and(|text| text.contains("[build-system]"));
    if buildable || folder.has("setup.py") {
        return Fact::new(name, ".", "the package says what it depends on");
    }
    Fact::new(name, "", "nothing lists dependencies that pip can read")
}

/// The command line, the server to add, and why.
fn start(folder: &Folder<'_>, declared: &str) -> (String, &'static str, String) {
    let lists = |name: &str| {
        declared
            .lines()
            .any(|line| line.trim_start_matches(['"', '\'', ' ']).starts_with(name))
    };
    if folder.has("manage.py") {
        let module = folder
            .below()
            .find_map(|path| path.strip_suffix("/wsgi.py"))
            .map(|module| module.replace('/', "."));
        if let Some(module) = module {
            let server = if lists("gunicorn") { "" } else { WSGI_SERVER };
            return (
                format!("python3 -m gunicorn {module}.wsgi"),
                server,
                format!("{module}/wsgi.py is Django's application"),
            );
        }
        let run = "python3 manage.py runserver --noreload \"0.0.0.0:${PORT:-8000}\"";
        return (
            run.to_owned(),
            "",
            "manage.py is there, and no wsgi.py".to_owned(),
        );
    }
    if let Some((path, object, class)) = application(folder) {
        let module = path
            .trim_end_matches(".py")
            .trim_start_matches("src/")
            .replace('/', ".")
            .replace(".__init__", "");
        let because = format!("{path} makes {object} with {class}");
        let asynchronous = matches!(
            class.as_str(),
            "FastAPI" | "Starlette" | "Litestar" | "Quart" | "get_asgi_application"
        ) || class.ends_with("_app")
            && (lists("fastapi") || lists("starlette") || lists("quart"));
        if class == "Sanic" {
            return (
                format!(
                    "python3 -m sanic {module}:{object} --host 0.0.0.0 --port \"${{PORT:-8000}}\""
                ),
                "",
                because,
            );
        }
        if asynchronous {
            let server = if lists("uvicorn") || lists("fastapi[standard]") {
                ""
            } else {
                ASGI_SERVER
            };
            return (
                format!(
                    "python3 -m uvicorn {module}:{object} --host 0.0.0.0 --port \"${{PORT:-8000}}\""
                ),
                server,
                because,
            );
        }
        let server = if lists("gunicorn") { "" } else { WSGI_SERVER };
        return (
            format!("python3 -m gunicorn {module}:{object}"),
            server,
            because,
        );
    }
    let program = PROGRAMS
        .iter()
        .copied()
        .find(|name| folder.has(name))
        .or_else(|| folder.names().find(|name| extension(name) == "py"));
    match program {
        Some(program) => (
            format!("python3 {program}"),
            "",
            format!("{program} is the program"),
        ),
        None => (
            "python3 -m app".to_owned(),
            "",
            "no program was found".to_owned(),
        ),
    }
}

/// The module-level application object: programs at the top first, then the shallowest file.
fn application(folder: &Folder<'_>) -> Option<(String, String, String)> {
    let pattern = APPLICATION.as_ref()?;
    let named = folder.read(".flaskenv").and_then(|text| {
        let value = text.lines().find_map(|line| {
            line.trim()
                .strip_prefix("FLASK_APP=")
                .map(str::trim)
                .map(str::to_owned)
        })?;
        Some(value.trim_end_matches(".py").to_owned() + ".py")
    });
    let mut files: Vec<&str> = folder
        .below()
        .filter(|path| {
            extension(path) == "py"
                && !path
                    .split('/')
                    .any(|part| part.contains("test") || part == "docs" || part == "migrations")
        })
        .collect();
    let rank = |path: &&str| {
        let flask = named.as_deref() == Some(*path);
        let known = PROGRAMS
            .iter()
            .any(|program| path.rsplit('/').next() == Some(program));
        (
            !flask,
            path.matches('/').count(),
            !known,
            (*path).to_owned(),
        )
    };
    files.sort_by_key(rank);
    files.into_iter().take(MAX_FILES).find_map(|path| {
        let text = folder.read(path)?;
        let found = pattern.captures(&text)?;
        Some((path.to_owned(), found[1].to_owned(), found[2].to_owned()))
    })
}

fn test(folder: &Folder<'_>, declared: &str) -> Fact {
    let name = "python.test";
    let is_test = |path: &&str| {
        let file = path.rsplit('/').next().unwrap_or(path);
        extension(path) == "py"
            && (file.starts_with("test_")
                || file.ends_with("_test.py")
                || matches!(file, "tests.py" | "test.py"))
    };
    let Some(first) = folder.below().find(is_test) else {
        return Fact::new(name, "", "there is no test file");
    };
    if folder.has("manage.py") {
        return Fact::new(
            name,
            "python3 manage.py test",
            format!("{first} is a test of a Django project"),
        );
    }
    if declared.contains("pytest") || folder.has("pytest.ini") || folder.has("conftest.py") {
        return Fact::new(name, "python3 -m pytest", "pytest is listed");
    }
    let text = folder.read(first).unwrap_or_default();
    if text.contains("unittest") {
        return Fact::new(
            name,
            "python3 -m unittest discover --pattern 'test*.py'",
            format!("{first} uses unittest"),
        );
    }
    Fact::new(
        name,
        "",
        format!("{first} is a test, but nothing lists what runs it"),
    )
}

#[cfg(test)]
mod tests {
    use crate::project::Project;

    fn facts(files: &[(&str, &str)]) -> (String, String, String) {
        let project = Project::in_memory("x", files.iter().map(|(path, text)| (*path, *text)));
        let facts = super::facts(&project.top());
        let value = |name: &str| {
            facts
                .iter()
                .find(|fact| fact.name == name)
                .unwrap()
                .value
                .clone()
        };
        (
            value("python.start"),
            value("python.server"),
            value("python.test"),
        )
    }

    #[test]
    fn programs_are_started_with_a_production_server() {
        let (start, server, test) = facts(&[
            (".flaskenv", "FLASK_APP=microblog.py\n"),
            ("app/__init__.py", "x = Flask(__name__)\n"),
            (
                "microblog.py",
                "from app import create_app\n\napp = create_app()\n",
            ),
            ("requirements.txt", "flask\ngunicorn==20\n"),
            ("tests.py", "import unittest"),
        ]);
        assert_eq!(start, "python3 -m gunicorn microblog:app");
        assert_eq!(server, "");
        assert_eq!(test, "python3 -m unittest discover --pattern 'test*.py'");

        let (start, server, test) = facts(&[
            ("app/main.py", "api = FastAPI()\n"),
            ("requirements.txt", "fastapi\npytest"),
            ("tests/test_a.py", ""),
        ]);
        assert_eq!(
            start,
            "python3 -m uvicorn app.main:api --host 0.0.0.0 --port \"${PORT:-8000}\""
        );
        assert_eq!(server, super::ASGI_SERVER);
        assert_eq!(test, "python3 -m pytest");

        let (start, server, _) = facts(&[
            ("manage.py", ""),
            ("conduit/wsgi.py", ""),
            ("requirements.txt", "Django"),
        ]);
        assert_eq!(
            (start.as_str(), server.as_str()),
            ("python3 -m gunicorn conduit.wsgi", super::WSGI_SERVER)
        );

        assert_eq!(
            facts(&[("app.py", "print(1)"), ("requirements.txt", "")]).0,
            "python3 app.py"
        );
    }
}
