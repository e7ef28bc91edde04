//! Python: requirements, `pyproject.toml`, Pipfile, `setup.py`, or a program at the top.

use crate::project::{Folder, extension};

use super::finding::{Finding, framework_in, score};

const BUILD_FILES: &[&str] = &[
    "pyproject.toml",
    "requirements.txt",
    "Pipfile",
    "setup.py",
    "setup.cfg",
    "environment.yml",
    "uv.lock",
    "poetry.lock",
];

/// Names that a program at the top has.
pub(in crate::pack) const PROGRAMS: &[&str] = &[
    "manage.py",
    "app.py",
    "main.py",
    "wsgi.py",
    "asgi.py",
    "server.py",
    "run.py",
    "application.py",
];

const FRAMEWORKS: &[(&str, u16, &str)] = &[
    ("fastapi", 8000, "FastAPI"),
    ("litestar", 8000, "Litestar"),
    ("starlette", 8000, "Starlette"),
    ("django", 8000, "Django"),
    ("flask", 5000, "Flask"),
    ("sanic", 8000, "Sanic"),
    ("quart", 5000, "Quart"),
    ("bottle", 8080, "Bottle"),
    ("aiohttp", 8080, "aiohttp"),
    ("tornado", 8888, "Tornado"),
    ("streamlit", 8501, "Streamlit"),
    ("gradio", 7860, "Gradio"),
    ("dash", 8050, "Dash"),
    ("uvicorn", 8000, "Uvicorn"),
    ("gunicorn", 8000, "Gunicorn"),
];

pub(super) fn detect(folder: &Folder<'_>) -> Option<Finding> {
    let build = folder
        .first_of(BUILD_FILES)
        .or_else(|| folder.names().find(|name| is_requirements(name)));
    let program = folder.first_of(PROGRAMS);
    let texts = declared(folder);
    let framework = framework_in(&texts, FRAMEWORKS);
    let sources = folder.below().filter(is_source).take(3).count();
    let Some(build) = build else {
        // A program with nothing to install is Python as well.
        let program = program.filter(|_| sources > 0)?;
        return Some(Finding::new(
            "python",
            score::LIBRARY,
            folder,
            program,
            "is a Python program without dependencies",
        ));
    };
    let finding = |score, because: &str| Finding::new("python", score, folder, build, because);
    if sources == 0 {
        return Some(finding(score::HELPER, "has no Python source beside it").silent());
    }
    Some(match (framework, program) {
        (Some((key, port, name)), _) => finding(score::APP - 5, "lists Python dependencies")
            .line(folder, build, key, format!("depends on {name}"))
            .port(*port, name),
        (None, Some(program)) => finding(score::APP - 5, "lists Python dependencies").line(
            folder,
            program,
            "__main__",
            "is the program",
        ),
        (None, None)
            if folder.names().any(|name| is_source(&name))
                || folder.has("pyproject.toml")
                || folder.has("setup.py") =>
        {
            finding(score::LIBRARY, "describes a Python package")
        }
        (None, None) => finding(
            score::DECIDES - 10,
            "lists Python dependencies, but nothing here looks like a program",
        )
        .silent(),
    })
}

/// Everything that names dependencies, in lower case.
pub(in crate::pack) fn declared(folder: &Folder<'_>) -> String {
    let mut text = String::new();
    let more = folder
        .names()
        .filter(|name| {
            is_requirements(name)
                || matches!(
                    *name,
                    "pyproject.toml" | "Pipfile" | "setup.py" | "setup.cfg"
                )
        })
        .chain(
            folder
                .below()
                .filter(|path| path.starts_with("requirements/") && extension(path) == "txt"),
        );
    for name in more {
        text += &folder.read(name).unwrap_or_default().to_lowercase();
        text.push('\n');
    }
    text
}

fn is_requirements(name: &str) -> bool {
    name.starts_with("requirements") && extension(name) == "txt"
}

fn is_source(path: &&str) -> bool {
    extension(path) == "py"
        && !path
            .split('/')
            .any(|part| matches!(part, "tests" | "test" | "docs" | "doc" | "examples"))
        && !matches!(
            *path,
            "setup.py" | "conftest.py" | "noxfile.py" | "tasks.py"
        )
}
