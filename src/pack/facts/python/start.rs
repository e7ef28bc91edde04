//! The command that starts a Python program, and the server to add for it.

use std::sync::LazyLock;

use regex::Regex;

use crate::pack::detect::python::PROGRAMS;
use crate::project::{Folder, extension};

/// The kind of server that the pack has to add where the repository lists none.
pub(super) const WSGI_SERVER: &str = "wsgi";
pub(super) const ASGI_SERVER: &str = "asgi";

/// `app = Flask(__name__)`, `application = create_app()`, `api: FastAPI = FastAPI()`.
static APPLICATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?m)^(\w+)\s*(?::\s*[\w.]+\s*)?=\s*(?:await\s+)?(?:[\w.]+\.)?(Flask|FastAPI|Starlette|Litestar|Quart|Sanic|Bottle|create_app|make_app|get_wsgi_application|get_asgi_application)\(")
        .ok()
});

/// The most files in which the application object is looked for.
const MAX_FILES: usize = 200;

/// The command line, the server to add, and why.
pub(super) fn start(folder: &Folder<'_>, declared: &str) -> (String, &'static str, String) {
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
