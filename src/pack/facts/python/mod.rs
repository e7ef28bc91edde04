//! How a Python program is installed, tested and started.

mod install;
mod start;
mod version;

use crate::pack::detect::python::declared;
use crate::project::{Folder, extension};

use super::Fact;
use super::images;

pub(super) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    let declared = declared(folder);
    let (command, server, because) = start::start(folder, &declared);
    let mut facts = install::facts(folder);
    facts.extend([
        Fact::new(
            "python.server",
            server,
            if server.is_empty() {
                "the repository brings its own server".to_owned()
            } else {
                format!("{because}, and no production server is listed")
            },
        ),
        Fact::new("python.start", command, because),
        test(folder, &declared),
        Fact::new(
            "python.path",
            if folder.has_folder("src") { "src" } else { "." },
            "that is where the packages are",
        ),
        images::choose(
            "python.image",
            images::PYTHON,
            version::asked(folder).as_ref(),
            2,
        ),
    ]);
    facts
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
        assert_eq!(server, super::start::ASGI_SERVER);
        assert_eq!(test, "python3 -m pytest");

        let (start, server, _) = facts(&[
            ("manage.py", ""),
            ("conduit/wsgi.py", ""),
            ("requirements.txt", "Django"),
        ]);
        assert_eq!(
            (start.as_str(), server.as_str()),
            (
                "python3 -m gunicorn conduit.wsgi",
                super::start::WSGI_SERVER
            )
        );

        assert_eq!(
            facts(&[("app.py", "print(1)"), ("requirements.txt", "")]).0,
            "python3 app.py"
        );
    }
}
