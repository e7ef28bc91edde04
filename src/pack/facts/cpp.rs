//! How a C or C++ program is built, and which target is the app.

use std::sync::LazyLock;

use regex::Regex;

use crate::project::{Folder, extension};

use super::{Fact, assets, captured, shell_word};

static EXECUTABLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?im)^\s*(?:qt_)?add_executable\s*\(\s*([\w.+-]+|\$\{\w+\})").ok()
});
static PROJECT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?im)^\s*project\s*\(\s*([\w.+-]+)").ok());
static MESON: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?m)\bexecutable\(\s*'([\w.+-]+)'").ok());
static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?m)^(?:TARGET|BIN|PROG|PROGRAM|EXEC|EXECUTABLE|NAME)\s*[:?]?=\s*(\S+)\s*$").ok()
});

pub(super) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    let (system, build, test) = commands(folder);
    let (target, because) = target(folder, system);
    vec![
        Fact::new("cpp.system", system, format!("{system} builds it")),
        Fact::new("cpp.target", shell_word(&target), because),
        Fact::new("cpp.build", build, format!("{system} builds it")),
        test,
        assets("cpp.assets", folder),
    ]
}

/// The build system, its commands and its tests.
fn commands(folder: &Folder<'_>) -> (&'static str, &'static str, Fact) {
    let name = "cpp.test";
    let no_tests = || Fact::new(name, "", "the build describes no tests");
    if folder.has("CMakeLists.txt") {
        let has_tests = folder
            .below()
            .filter(|path| path.ends_with("CMakeLists.txt"))
            .take(50)
            .filter_map(|path| folder.read(path))
            .any(|text| text.contains("add_test") || text.contains("_discover_tests"));
        let test = if has_tests {
            Fact::new(
                name,
                "ctest --test-dir build --output-on-failure",
                "CMakeLists.txt describes tests",
            )
        } else {
            no_tests()
        };
        return (
            "CMake",
            "cmake -S . -B build -DCMAKE_BUILD_TYPE=Release\ncmake --build build --parallel 2",
            test,
        );
    }
    if folder.has("meson.build") {
        let test = if folder
            .read("meson.build")
            .is_some_and(|text| text.contains("test("))
        {
            Fact::new(name, "meson test -C build", "meson.build describes tests")
        } else {
            no_tests()
        };
        return (
            "Meson",
            "meson setup build --buildtype=release\nmeson compile -C build",
            test,
        );
    }
    if folder.has("configure.ac") {
        let bootstrap = if folder.has("configure") {
            "./configure\nmake -j 2"
        } else {
            "autoreconf --install\n./configure\nmake -j 2"
        };
        return (
            "Autotools",
            bootstrap,
            Fact::new(name, "make check", "it is a target of Automake"),
        );
    }
    let makefile = folder
        .first_of(&["Makefile", "makefile", "GNUmakefile"])
        .and_then(|name| folder.read(name))
        .unwrap_or_default();
    let test = if makefile.lines().any(|line| line.starts_with("test:")) {
        Fact::new(name, "make test", "Makefile has a test target")
    } else {
        no_tests()
    };
    ("Make", "make", test)
}

/// The program: the first that is built and is no test.
fn target(folder: &Folder<'_>, system: &str) -> (String, String) {
    let is_app = |name: &str| {
        !name.to_lowercase().contains("test") && !name.to_lowercase().contains("bench")
    };
    if system == "CMake" {
        let top = folder.read("CMakeLists.txt").unwrap_or_default();
        let project = captured(PROJECT.as_ref(), &top);
        let mut lists: Vec<&str> = folder
            .below()
            .filter(|path| path.ends_with("CMakeLists.txt") && is_app(path))
            .collect();
        lists.sort_by_key(|path| (path.matches('/').count(), *path));
        for path in lists.into_iter().take(50) {
            let text = folder.read(path).unwrap_or_default();
            let found = EXECUTABLE.as_ref().and_then(|pattern| {
                pattern
                    .captures_iter(&text)
                    .map(|found| found[1].to_owned())
                    .find(|name| is_app(name))
            });
            match found {
                Some(name) if name.starts_with('$') => {
                    if let Some(project) = &project {
                        return (
                            project.clone(),
                            format!("{path} builds the project's program"),
                        );
                    }
                }
                Some(name) => return (name, format!("{path} builds it")),
                None => {}
            }
        }
        return project.map_or_else(
            || ("app".to_owned(), "no program was found".to_owned()),
            |project| (project, "it is the project".to_owned()),
        );
    }
    let (name, pattern) = if system == "Meson" {
        ("meson.build", &MESON)
    } else {
        ("Makefile", &RULE)
    };
    let text = folder.read(name).unwrap_or_default();
    if let Some(target) = captured(pattern.as_ref(), &text) {
        let target = target.rsplit('/').next().unwrap_or(&target).to_owned();
        return (target, format!("{name} builds it"));
    }
    // `x: x.c` in a Makefile.
    let rule = text.lines().find_map(|line| {
        let (target, needs) = line.split_once(':')?;
        let target = target.trim();
        let compiles = needs
            .split_whitespace()
            .any(|need| matches!(extension(need), "c" | "cc" | "cpp" | "o"));
        let is_plain = !target.is_empty()
            && target
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/'));
        (compiles && is_plain && is_app(target)).then(|| target.to_owned())
    });
    match rule {
        Some(target) => {
            let target = target.rsplit('/').next().unwrap_or(&target).to_owned();
            (target, format!("{name} builds it"))
        }
        None => (
            "app".to_owned(),
            "no program was found, so name it with --set".to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::pack::facts::value_of;
    use crate::project::Project;

    #[test]
    fn the_program_is_found_in_every_build_system() {
        for (files, target, test) in [
            (
                vec![(
                    "CMakeLists.txt",
                    "project(shop)\nadd_executable(server main.cpp)\nadd_executable(server_test t.cpp)\nadd_test(NAME a COMMAND server_test)",
                )],
                "server",
                "ctest --test-dir build --output-on-failure",
            ),
            (
                vec![(
                    "CMakeLists.txt",
                    "project(shop)\nadd_executable(${PROJECT_NAME} main.cpp)",
                )],
                "shop",
                "",
            ),
            (
                vec![
                    ("CMakeLists.txt", "project(x)"),
                    ("src/CMakeLists.txt", "add_executable(web web.cc)"),
                ],
                "web",
                "",
            ),
            (
                vec![("meson.build", "executable('tool', 'a.c')\n")],
                "tool",
                "",
            ),
            (vec![("Makefile", "x: x.c\n\ncc\n")], "x", ""),
            (
                vec![("Makefile", "TARGET = bin/serve\ntest:\n\t./t\n")],
                "serve",
                "make test",
            ),
        ] {
            let project = Project::in_memory("x", files.clone());
            let fact = |name| value_of(super::facts(&project.top()), name);
            assert_eq!(fact("cpp.target"), target, "{files:?}");
            assert_eq!(fact("cpp.test"), test, "{files:?}");
        }
    }
}
