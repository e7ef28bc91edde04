//! The version of Java that a repository asks for.

use std::sync::LazyLock;

use regex::Regex;

use crate::pack::facts::images::{self, Asked, Image};
use crate::pack::facts::requirement::Requirement;
use crate::pack::facts::{Fact, captured, first_line, tool_version};
use crate::project::Folder;

static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^\d.])(?:1\.)?(\d{1,2})(?:[^\d]|$)").ok());
static MAVEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"<(?:java\.version|maven\.compiler\.release|maven\.compiler\.target|maven\.compiler\.source|jdk\.version|release|jvmTarget|kotlin\.compiler\.jvmTarget)>\s*((?:1\.)?\d+)").ok()
});
static GRADLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?:JavaLanguageVersion\.of\(\s*["']?|jvmToolchain\(\s*|(?:sourceCompatibility|targetCompatibility|jvmTarget)\s*=?\s*(?:JavaVersion\.(?:toVersion\()?(?:VERSION_)?)?["'(]?|JvmTarget\.JVM_)((?:1[._])?\d+)"#).ok()
});

/// A version of Java, and where it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pack::facts) struct Java {
    pub(in crate::pack::facts) number: u32,
    pub(in crate::pack::facts) place: String,
}

/// Files that pin a version.
pub(in crate::pack::facts) fn pinned(folder: &Folder<'_>) -> Option<Java> {
    for (name, key) in [
        (".java-version", ""),
        (".sdkmanrc", "java="),
        ("system.properties", "java.runtime.version="),
    ] {
        let text = folder.read(name).unwrap_or_default();
        let line = if key.is_empty() {
            first_line(&text)
        } else {
            text.lines().find_map(|line| line.trim().strip_prefix(key))
        };
        if let Some(number) = line.and_then(number) {
            return Some(Java {
                number,
                place: name.to_owned(),
            });
        }
    }
    tool_version(folder, &["java"])
        .and_then(|version| number(&version))
        .map(|number| Java {
            number,
            place: ".tool-versions".to_owned(),
        })
}

/// The version in a `pom.xml`.
pub(in crate::pack::facts) fn of_pom(text: &str, place: &str) -> Option<Java> {
    captured(MAVEN.as_ref(), text)
        .and_then(|version| number(&version))
        .map(|number| Java {
            number,
            place: place.to_owned(),
        })
}

/// The version in a build script of Gradle.
pub(in crate::pack::facts) fn of_script(text: &str, place: &str) -> Option<Java> {
    captured(GRADLE.as_ref(), text)
        .and_then(|version| number(&version.replace('_', ".")))
        .map(|number| Java {
            number,
            place: place.to_owned(),
        })
}

/// `17`, `1.8`, `temurin-21.0.2`, `21.0.1-tem`.
fn number(text: &str) -> Option<u32> {
    captured(NUMBER.as_ref(), text)?.parse().ok()
}

/// The image that has this Java, else the next newer one.
pub(in crate::pack::facts) fn image(
    name: &'static str,
    list: &'static [Image],
    java: Option<&Java>,
) -> Fact {
    let asked = java.map(|java| {
        let text = format!("Java {}", java.number);
        let exact = list.iter().any(|image| image.version == [java.number]);
        let requirement = if exact {
            Requirement::parse(&java.number.to_string())
        } else {
            Requirement::at_least(&java.number.to_string())
        };
        Asked {
            place: java.place.clone(),
            text,
            requirement,
        }
    });
    images::choose(name, list, asked.as_ref(), 1)
}

#[cfg(test)]
mod tests {
    use super::{of_pom, of_script, pinned};
    use crate::project::Project;

    #[test]
    fn java_is_read_from_every_kind_of_file() {
        for (text, number) in [
            ("<java.version>17</java.version>", 17),
            ("<maven.compiler.source>1.8</maven.compiler.source>", 8),
            ("<configuration><release>21</release>", 21),
        ] {
            assert_eq!(of_pom(text, "pom.xml").unwrap().number, number, "{text}");
        }
        for (text, number) in [
            (
                "java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }",
                21,
            ),
            ("kotlin { jvmToolchain(17) }", 17),
            ("sourceCompatibility = '11'", 11),
            ("sourceCompatibility = 1.8", 8),
            ("sourceCompatibility = JavaVersion.VERSION_1_8", 8),
            ("sourceCompatibility = JavaVersion.toVersion(\"21\")", 21),
            ("jvmTarget = \"17\"", 17),
            ("jvmTarget.set(JvmTarget.JVM_21)", 21),
        ] {
            assert_eq!(
                of_script(text, "build.gradle").map(|java| java.number),
                Some(number),
                "{text}"
            );
        }
        for (path, text, number) in [
            (".java-version", "21\n", 21),
            (".java-version", "1.8.0\n", 8),
            (".sdkmanrc", "# x\njava=17.0.9-tem\n", 17),
            ("system.properties", "java.runtime.version=11\n", 11),
            (".tool-versions", "java temurin-21.0.2+13.0\n", 21),
        ] {
            let project = Project::in_memory("x", [(path, text)]);
            assert_eq!(
                pinned(&project.top()).map(|java| java.number),
                Some(number),
                "{text}"
            );
        }
        assert_eq!(of_pom("<version>3.2.0</version>", "pom.xml"), None);
    }
}
