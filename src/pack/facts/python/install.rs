//! How the dependencies are installed: which tool manages them, what it needs, and how its lock file becomes what pip reads.
//!
//! Whatever the tool, pip installs beside the program, because a virtual environment cannot be moved into an image.

use crate::pack::facts::Fact;
use crate::project::{Folder, extension};

/// Tools that write requirements from a lock file; see IMAGES.md.
const UV: &str = "uv==0.13.9";
const POETRY: &str = "poetry==2.5.1 poetry-plugin-export==1.10.1";
// PDM takes any hishel from 1.4 on, and the second one has not what it calls.
const PDM: &str = "pdm==2.29.4 hishel==1.4.0";
const PIPENV: &str = "pipenv==2026.10.3";

/// Where the requirements are written.
const LIST: &str = ".landfall/build/requirements.txt";
const TEST_LIST: &str = ".landfall/build/requirements-test.txt";

/// Groups and extras that hold what tests need.
const TEST_GROUPS: &[&str] = &["dev", "test", "tests", "testing"];

/// The most files that requirements may include.
const MAX_INCLUDED: usize = 20;

/// How one repository is installed.
struct Plan {
    manager: &'static str,
    because: String,
    /// What pip installs first.
    tool: &'static str,
    /// The command that writes [`LIST`]; empty where pip reads a file of the repository.
    export: String,
    /// The command that writes [`TEST_LIST`].
    test_export: String,
    /// The arguments of pip.
    install: String,
    /// What has to be there; empty when it is all sources.
    manifests: Vec<String>,
}

pub(super) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    let plan = plan(folder);
    let because = plan.because.as_str();
    let fact = |name, value: &str| Fact::new(name, value, because);
    vec![
        fact("python.manager", plan.manager),
        fact("python.tool", plan.tool),
        fact("python.export", &plan.export),
        fact("python.testExport", &plan.test_export),
        fact("python.install", &plan.install),
        Fact::new(
            "python.manifests",
            plan.manifests.join("\n"),
            if plan.manifests.is_empty() {
                "the installation needs the sources"
            } else {
                "the installation reads them"
            },
        ),
    ]
}

fn plan(folder: &Folder<'_>) -> Plan {
    let project = folder.read("pyproject.toml").unwrap_or_default();
    let has_table = |table: &str| {
        project
            .lines()
            .any(|line| line.trim_start().starts_with(table))
    };
    if folder.has("uv.lock") {
        return uv(&project);
    }
    if folder.has("poetry.lock") {
        return poetry(&project, "poetry.lock is there", true);
    }
    if folder.has("pdm.lock") {
        return exported(
            "pdm",
            "pdm.lock is there",
            PDM,
            &format!("python3 -m pdm export --production --no-hashes --output {LIST}"),
            &format!("python3 -m pdm export --no-hashes --output {TEST_LIST}"),
            &["pyproject.toml", "pdm.lock"],
        );
    }
    if folder.has("Pipfile.lock") {
        return exported(
            "pipenv",
            "Pipfile.lock is there",
            PIPENV,
            &format!("PIPENV_IGNORE_VIRTUALENVS=1 python3 -m pipenv requirements > {LIST}"),
            &format!(
                "PIPENV_IGNORE_VIRTUALENVS=1 python3 -m pipenv requirements --dev > {TEST_LIST}"
            ),
            &["Pipfile", "Pipfile.lock"],
        );
    }
    if let Some(list) = folder.first_of(&[
        "requirements.txt",
        "requirements/prod.txt",
        "requirements/production.txt",
        "requirements/base.txt",
    ]) {
        return pip(folder, list);
    }
    if has_table("[tool.poetry.dependencies]") && !has_table("dependencies = [") {
        return poetry(
            &project,
            "pyproject.toml has dependencies of Poetry, and no lock file",
            false,
        );
    }
    if project.contains("[project]") && project.contains("dependencies") {
        let extras = extras(&project);
        return exported(
            "pyproject",
            "pyproject.toml lists dependencies, and no lock file",
            UV,
            &format!("python3 -m uv pip compile --quiet pyproject.toml --output-file {LIST}"),
            &if extras.is_empty() {
                String::new()
            } else {
                format!(
                    "python3 -m uv pip compile --quiet pyproject.toml{extras} --output-file {TEST_LIST}"
                )
            },
            &["pyproject.toml"],
        );
    }
    if folder.has("Pipfile") {
        return exported(
            "pipenv",
            "Pipfile is there, and no lock file",
            PIPENV,
            &format!(
                "PIPENV_IGNORE_VIRTUALENVS=1 python3 -m pipenv lock && PIPENV_IGNORE_VIRTUALENVS=1 python3 -m pipenv requirements > {LIST}"
            ),
            &format!(
                "PIPENV_IGNORE_VIRTUALENVS=1 python3 -m pipenv requirements --dev > {TEST_LIST}"
            ),
            &["Pipfile"],
        );
    }
    if project.contains("[build-system]") || folder.has("setup.py") {
        return Plan {
            manager: "pip",
            because: "the package says what it depends on".to_owned(),
            tool: "",
            export: String::new(),
            test_export: String::new(),
            install: ".".to_owned(),
            manifests: Vec::new(),
        };
    }
    Plan {
        manager: "pip",
        because: "nothing lists dependencies that pip can read".to_owned(),
        tool: "",
        export: String::new(),
        test_export: String::new(),
        install: String::new(),
        manifests: Vec::new(),
    }
}

fn exported(
    manager: &'static str,
    because: &str,
    tool: &'static str,
    export: &str,
    test_export: &str,
    manifests: &[&str],
) -> Plan {
    Plan {
        manager,
        because: because.to_owned(),
        tool,
        export: export.to_owned(),
        test_export: test_export.to_owned(),
        install: format!("-r {LIST}"),
        manifests: manifests.iter().map(|path| (*path).to_owned()).collect(),
    }
}

fn uv(project: &str) -> Plan {
    let export = |list: &str, groups: &str| {
        format!(
            "python3 -m uv export --quiet --frozen --no-emit-project --no-hashes{groups} --output-file {list}"
        )
    };
    let mut plan = exported(
        "uv",
        "uv.lock is there",
        UV,
        &export(LIST, " --no-dev"),
        &export(TEST_LIST, &extras(project)),
        &["pyproject.toml", "uv.lock"],
    );
    if project.contains("[tool.uv.workspace]") {
        // Members are packages of the repository, which pip installs from their folders.
        plan.manifests.clear();
    }
    plan
}

fn poetry(project: &str, because: &str, locked: bool) -> Plan {
    let groups: Vec<&str> = TEST_GROUPS
        .iter()
        .copied()
        .filter(|group| {
            project.contains(&format!("[tool.poetry.group.{group}.dependencies]"))
                || *group == "dev" && project.contains("[tool.poetry.dev-dependencies]")
        })
        .collect();
    let with = if groups.is_empty() {
        String::new()
    } else {
        format!(" --with {}", groups.join(","))
    };
    let lock = if locked {
        ""
    } else {
        "python3 -m poetry lock --no-interaction && "
    };
    exported(
        "poetry",
        because,
        POETRY,
        &format!(
            "{lock}python3 -m poetry export --no-interaction --without-hashes --output {LIST}"
        ),
        &if with.is_empty() {
            String::new()
        } else {
            format!(
                "python3 -m poetry export --no-interaction --without-hashes{with} --output {TEST_LIST}"
            )
        },
        if locked {
            &["pyproject.toml", "poetry.lock"]
        } else {
            &["pyproject.toml"]
        },
    )
}

/// ` --extra test` for each extra of the tests.
fn extras(project: &str) -> String {
    let Some((_, section)) = project.split_once("[project.optional-dependencies]") else {
        return String::new();
    };
    let section = section.split("\n[").next().unwrap_or_default();
    TEST_GROUPS
        .iter()
        .filter(|group| {
            section.lines().any(|line| {
                line.split_once('=')
                    .is_some_and(|(name, _)| name.trim().trim_matches('"') == **group)
            })
        })
        .fold(String::new(), |extras, group| {
            format!("{extras} --extra {group}")
        })
}

/// A list that pip reads by itself, and what that includes.
fn pip(folder: &Folder<'_>, list: &str) -> Plan {
    Plan {
        manager: "pip",
        because: format!("{list} is there"),
        tool: "",
        export: String::new(),
        test_export: String::new(),
        install: format!("-r {list}"),
        manifests: included(folder, list).unwrap_or_default(),
    }
}

/// The list and all that it includes; `None` when one of them installs a folder of the repository.
fn included(folder: &Folder<'_>, list: &str) -> Option<Vec<String>> {
    let mut found = vec![list.to_owned()];
    let mut next = 0;
    while let Some(path) = found.get(next).cloned() {
        next += 1;
        let text = folder.read(&path)?;
        for line in text.lines().map(str::trim) {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["-r" | "--requirement" | "-c" | "--constraint", other, ..] => {
                    let above = path.rsplit_once('/').map_or("", |(above, _)| above);
                    let other = join(above, other);
                    if !folder.has(&other) || found.len() > MAX_INCLUDED {
                        return None;
                    }
                    if !found.contains(&other) {
                        found.push(other);
                    }
                }
                ["-e" | "--editable", ..] => return None,
                [first, ..] if first.starts_with('.') || first.starts_with("file:") => return None,
                [first, ..]
                    if first.contains('/')
                        && !first.contains("://")
                        && !first.contains('@')
                        && !extension(first).is_empty()
                        && !first.starts_with('#') =>
                {
                    return None;
                }
                _ => {}
            }
        }
    }
    Some(found)
}

fn join(above: &str, path: &str) -> String {
    let mut parts: Vec<&str> = above.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::plan;
    use crate::project::Project;

    fn planned(files: &[(&str, &str)]) -> super::Plan {
        let project = Project::in_memory("x", files.iter().map(|(path, text)| (*path, *text)));
        plan(&project.top())
    }

    #[test]
    fn every_tool_installs_what_its_lock_file_says() {
        for (files, manager, tool, export) in [
            (
                vec![
                    (
                        "pyproject.toml",
                        "[project]\nname='x'\ndependencies=['flask']\n[tool.uv]\n",
                    ),
                    ("uv.lock", "version = 1"),
                ],
                "uv",
                "uv==0.13.9",
                "uv export --quiet --frozen --no-emit-project --no-hashes --no-dev",
            ),
            (
                vec![
                    ("pyproject.toml", "[tool.poetry.dependencies]\nflask='*'"),
                    ("poetry.lock", ""),
                ],
                "poetry",
                "poetry==2.5.1 poetry-plugin-export==1.10.1",
                "poetry export",
            ),
            (
                vec![("pyproject.toml", "[project]\n"), ("pdm.lock", "")],
                "pdm",
                "pdm==2.29.4 hishel==1.4.0",
                "pdm export --production",
            ),
            (
                vec![("Pipfile", ""), ("Pipfile.lock", "{}")],
                "pipenv",
                "pipenv==2026.10.3",
                "pipenv requirements >",
            ),
            (
                vec![("Pipfile", "")],
                "pipenv",
                "pipenv==2026.10.3",
                "pipenv lock &&",
            ),
            (
                vec![(
                    "pyproject.toml",
                    "[project]\nname='x'\ndependencies = [\n'flask']\n",
                )],
                "pyproject",
                "uv==0.13.9",
                "uv pip compile",
            ),
            (
                vec![("pyproject.toml", "[tool.poetry.dependencies]\nflask='*'")],
                "poetry",
                "poetry==2.5.1 poetry-plugin-export==1.10.1",
                "poetry lock --no-interaction && python3 -m poetry export",
            ),
        ] {
            let plan = planned(&files);
            assert_eq!((plan.manager, plan.tool), (manager, tool), "{files:?}");
            assert!(plan.export.contains(export), "{}", plan.export);
            assert_eq!(plan.install, "-r .landfall/build/requirements.txt");
            assert!(!plan.manifests.is_empty(), "{files:?}");
        }
    }

    #[test]
    fn lists_of_pip_are_copied_with_what_they_include() {
        let plan = planned(&[
            ("requirements.txt", "-r requirements/base.txt\ngunicorn\n"),
            ("requirements/base.txt", "-c ../constraints.txt\nflask==3\n"),
            ("constraints.txt", ""),
        ]);
        assert_eq!(plan.install, "-r requirements.txt");
        assert_eq!(
            plan.manifests,
            [
                "requirements.txt",
                "requirements/base.txt",
                "constraints.txt"
            ]
        );
        for line in ["-e .", "./lib", "--editable ."] {
            assert!(
                planned(&[("requirements.txt", line)]).manifests.is_empty(),
                "{line}"
            );
        }
        assert_eq!(
            planned(&[("requirements.txt", "a @ git+https://example.com/x/a.git\n")]).manifests,
            ["requirements.txt"]
        );
    }

    #[test]
    fn what_tests_need_is_installed_for_them() {
        let plan = planned(&[
            (
                "pyproject.toml",
                "[project.optional-dependencies]\ntest = ['pytest']\n",
            ),
            ("uv.lock", ""),
        ]);
        assert!(
            plan.test_export.contains("--extra test"),
            "{}",
            plan.test_export
        );
        let plan = planned(&[
            (
                "pyproject.toml",
                "[tool.poetry.group.dev.dependencies]\npytest='*'\n",
            ),
            ("poetry.lock", ""),
        ]);
        assert!(
            plan.test_export.contains("--with dev"),
            "{}",
            plan.test_export
        );
    }
}
