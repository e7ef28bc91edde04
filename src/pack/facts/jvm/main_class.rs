//! The class with the program, found in the sources.

use std::sync::LazyLock;

use regex::Regex;

use crate::pack::facts::captured;
use crate::project::{Folder, extension};

static PACKAGE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?m)^\s*package\s+([\w.]+)").ok());
static JAVA: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"public\s+static\s+(?:final\s+)?void\s+main\s*\(").ok());
static KOTLIN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?m)^(?:suspend\s+)?fun\s+main\s*\(").ok());
static KOTLIN_FILE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"@file:JvmName\("(\w+)"\)"#).ok());
static SCALA: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?m)^object\s+(\w+)\s+extends\s+[^{\n]*\b(?:App|IOApp(?:\.Simple)?|ZIOAppDefault|OxApp)\b").ok()
});
static SCALA_OBJECT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?m)^object\s+(\w+)").ok());
static SCALA_MAIN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?m)^\s*@main\s+def\s+(\w+)").ok());

/// The most sources that are read.
const MAX_FILES: usize = 300;

/// The class, and why; the shallowest source first, and one that is called Main or Application before others.
pub(in crate::pack::facts) fn find(folder: &Folder<'_>, module: &str) -> Option<(String, String)> {
    let prefix = if module == "." {
        String::new()
    } else {
        format!("{module}/")
    };
    let mut sources: Vec<&str> = folder
        .below()
        .filter(|path| path.starts_with(&prefix))
        .filter(|path| matches!(extension(path), "java" | "kt" | "scala"))
        .filter(|path| !path.contains("/test/") && !path.starts_with("test/"))
        .collect();
    sources.sort_by_key(|path| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let telling = ["Main.", "App.", "Application."]
            .iter()
            .any(|end| name.contains(end));
        (!telling, path.matches('/').count(), *path)
    });
    sources.into_iter().take(MAX_FILES).find_map(|path| {
        let text = folder.read(path)?;
        let class = class(path, &text)?;
        let class = match captured(PACKAGE.as_ref(), &text) {
            Some(package) => format!("{package}.{class}"),
            None => class,
        };
        Some((class, format!("{path} has the main method")))
    })
}

fn class(path: &str, text: &str) -> Option<String> {
    let name = path.rsplit('/').next()?.rsplit_once('.')?.0;
    let is = |pattern: &LazyLock<Option<Regex>>| {
        pattern
            .as_ref()
            .is_some_and(|pattern| pattern.is_match(text))
    };
    match extension(path) {
        "java" => is(&JAVA).then(|| name.to_owned()),
        "kt" => is(&KOTLIN).then(|| {
            captured(KOTLIN_FILE.as_ref(), text).unwrap_or_else(|| {
                let mut letters = name.chars();
                let first: String = letters
                    .next()
                    .into_iter()
                    .flat_map(char::to_uppercase)
                    .collect();
                format!("{first}{}Kt", letters.as_str())
            })
        }),
        "scala" => captured(SCALA_MAIN.as_ref(), text)
            .or_else(|| captured(SCALA.as_ref(), text))
            .or_else(|| {
                text.contains("def main(")
                    .then(|| captured(SCALA_OBJECT.as_ref(), text))?
            }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::project::Project;

    #[test]
    fn the_class_with_the_program_is_found() {
        for (path, text, class) in [
            (
                "src/main/java/a/Server.java",
                "package a;\nclass Server { public static void main(String[] args) {} }",
                "a.Server",
            ),
            (
                "src/main/kotlin/server.kt",
                "package a.b\n\nfun main() {}",
                "a.b.ServerKt",
            ),
            (
                "src/main/kotlin/X.kt",
                "@file:JvmName(\"Start\")\nfun main(args: Array<String>) {}",
                "Start",
            ),
            (
                "src/main/scala/M.scala",
                "package m\nobject M extends IOApp.Simple {",
                "m.M",
            ),
            (
                "src/main/scala/M.scala",
                "object Main {\n  def main(args: Array[String]) =",
                "Main",
            ),
            ("src/main/scala/M.scala", "@main def hello() = 1", "hello"),
        ] {
            let project = Project::in_memory("x", [(path, text)]);
            assert_eq!(
                find(&project.top(), ".").map(|(class, _)| class).as_deref(),
                Some(class)
            );
        }
        let test = Project::in_memory(
            "x",
            [(
                "src/test/java/T.java",
                "public static void main(String[] a)",
            )],
        );
        assert_eq!(find(&test.top(), "."), None);
    }
}
