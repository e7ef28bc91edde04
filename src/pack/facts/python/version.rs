//! The version of Python that a repository asks for.

use std::sync::LazyLock;

use regex::Regex;

use crate::pack::facts::images::Asked;
use crate::pack::facts::{captured, first_line, tool_version};
use crate::project::Folder;

static REQUIRES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?m)^\s*requires-python\s*=\s*["']([^"']+)["']"#).ok());
static POETRY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?m)^\s*python\s*=\s*["']([^"']+)["']"#).ok());
static PIPFILE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?m)^\s*python(?:_full)?_version\s*=\s*["']([^"']+)["']"#).ok());
static SETUP: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?m)^\s*python_requires\s*=\s*["']?([^"'\n,)]+)"#).ok());

/// Files that pin a version come before ranges.
pub(super) fn asked(folder: &Folder<'_>) -> Option<Asked> {
    for name in [".python-version", "runtime.txt"] {
        let text = folder.read(name).unwrap_or_default();
        if let Some(line) = first_line(&text) {
            return Some(Asked::new(name, line.trim_start_matches("python-")));
        }
    }
    if let Some(version) = tool_version(folder, &["python"]) {
        return Some(Asked::new(".tool-versions", &version));
    }
    for (name, place, pattern) in [
        ("Pipfile", "Pipfile", &PIPFILE),
        (
            "pyproject.toml",
            "requires-python in pyproject.toml",
            &REQUIRES,
        ),
        ("pyproject.toml", "python in pyproject.toml", &POETRY),
        ("setup.py", "python_requires in setup.py", &SETUP),
        ("setup.cfg", "python_requires in setup.cfg", &SETUP),
    ] {
        let text = folder.read(name).unwrap_or_default();
        if let Some(version) = captured(pattern.as_ref(), &text) {
            return Some(Asked::new(place, &version));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::pack::facts::value_of;
    use crate::project::Project;

    #[test]
    fn the_version_chooses_the_image() {
        for (path, text, image) in [
            (".python-version", "3.11\n", "python:3.11.16-slim-trixie"),
            (
                ".python-version",
                "# pinned\n3.12.1\n",
                "python:3.12.14-slim-trixie",
            ),
            (
                "runtime.txt",
                "python-3.10.4\n",
                "python:3.10.21-slim-trixie",
            ),
            (
                "pyproject.toml",
                "[project]\nrequires-python = \">=3.12\"\n",
                "python:3.13.15-slim-trixie",
            ),
            (
                "pyproject.toml",
                "[project]\nrequires-python = '==3.12.*'\n",
                "python:3.12.14-slim-trixie",
            ),
            (
                "pyproject.toml",
                "[tool.poetry.dependencies]\npython = \"^3.14\"\n",
                "python:3.14.7-slim-trixie",
            ),
            (
                "Pipfile",
                "[requires]\npython_version = \"3.9\"\n",
                "python:3.13.15-slim-trixie",
            ),
            (
                "setup.py",
                "setup(\n  python_requires='>=3.8, <3.13',\n)",
                "python:3.13.15-slim-trixie",
            ),
            ("requirements.txt", "", ""),
        ] {
            let project = Project::in_memory("x", [(path, text)]);
            let facts = super::super::facts(&project.top());
            assert_eq!(value_of(facts, "python.image"), image, "{path} {text}");
        }
    }
}
