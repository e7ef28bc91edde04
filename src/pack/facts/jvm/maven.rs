//! Maven: the module with the program, and what its plugins leave.

use std::sync::LazyLock;

use regex::Regex;

use crate::pack::facts::{Fact, captured, images, shell_word};
use crate::project::Folder;

use super::version::{self, image};
use super::{APP, Framework, Leaves, collect, main_class, start};

const MAVEN: &str = "mvn --batch-mode --no-transfer-progress";

static MAIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"<(?:mainClass|main\.class|exec\.mainClass|start-class)>\s*([\w.$]+)\s*<").ok()
});

pub(in crate::pack::facts) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    let (module, because) = module(folder);
    let root = folder.read("pom.xml").unwrap_or_default();
    let own = if module == "." {
        String::new()
    } else {
        folder
            .read(&format!("{module}/pom.xml"))
            .unwrap_or_default()
    };
    // What the module says comes before what it inherits.
    let text = format!("{own}\n{root}");
    let framework = Framework::of(&text);
    let leaves = leaves(framework, &text);
    let java = version::pinned(folder)
        .or_else(|| version::of_pom(&own, &format!("{module}/pom.xml")))
        .or_else(|| version::of_pom(&root, "pom.xml"));
    let (projects, output) = if module == "." {
        (String::new(), "target".to_owned())
    } else {
        (
            format!(" --projects {} --also-make", shell_word(&module)),
            format!("{}/target", shell_word(&module)),
        )
    };
    // One call, so that modules find each other.
    let libraries = if leaves == Leaves::ThinJar {
        format!(
            " dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=\"$PWD/{APP}/lib\""
        )
    } else {
        String::new()
    };
    let build = format!("{MAVEN} package{libraries} -DskipTests{projects}");
    let main = captured(MAIN.as_ref(), &text)
        .map(|class| (class, "pom.xml names the main class".to_owned()))
        .or_else(|| main_class::find(folder, &module));
    let has_tests = folder.below().any(|path| path.contains("src/test/"));
    vec![
        Fact::new("java.module", module, because),
        Fact::new("java.build", build, "Maven builds it"),
        collect(leaves, &output),
        start(leaves, framework, main),
        if has_tests {
            Fact::new("java.test", format!("{MAVEN} test"), "src/test is there")
        } else {
            Fact::new("java.test", "", "there is no src/test")
        },
        manifests(folder, &root),
        wrapper(folder),
        image("java.maven", images::MAVEN, java.as_ref()),
        image("java.jre", images::JRE, java.as_ref()),
    ]
}

/// The module with the program: the top, else the first with a plugin that packs it, else the first with sources.
fn module(folder: &Folder<'_>) -> (String, String) {
    if folder.has_folder("src/main") {
        return (".".to_owned(), "src/main is the program".to_owned());
    }
    let modules: Vec<&str> = folder
        .below()
        .filter_map(|path| path.strip_suffix("/pom.xml"))
        .filter(|module| {
            folder.has_folder(&format!("{module}/src/main")) && !module.contains("test")
        })
        .collect();
    let packs = |module: &&&str| {
        folder
            .read(&format!("{module}/pom.xml"))
            .is_some_and(|text| {
                [
                    "spring-boot-maven-plugin",
                    "quarkus-maven-plugin",
                    "maven-shade-plugin",
                    "maven-assembly-plugin",
                    "<mainClass>",
                ]
                .iter()
                .any(|plugin| text.contains(plugin))
            })
    };
    let found = modules.iter().find(packs).or_else(|| modules.first());
    match found {
        Some(module) => (
            (*module).to_owned(),
            format!("{module}/src/main is the program"),
        ),
        None => (".".to_owned(), "no src/main was found".to_owned()),
    }
}

fn leaves(framework: Framework, text: &str) -> Leaves {
    let fat = [
        "spring-boot-maven-plugin",
        "maven-shade-plugin",
        "jar-with-dependencies",
        "io.micronaut",
    ];
    if framework == Framework::Quarkus {
        Leaves::QuarkusFolder
    } else if fat.iter().any(|plugin| text.contains(plugin)) {
        Leaves::FatJar
    } else {
        Leaves::ThinJar
    }
}

/// A single `pom.xml` is enough to fetch the dependencies; several need one another.
fn manifests(folder: &Folder<'_>, root: &str) -> Fact {
    let name = "java.manifests";
    let alone = !folder.below().any(|path| path.ends_with("/pom.xml"))
        && !root.contains("<relativePath>..")
        && !root.contains("<systemPath>");
    if !alone {
        return Fact::new(
            name,
            "",
            "modules need one another, so nothing is fetched before",
        );
    }
    let mut paths = vec!["pom.xml"];
    if folder.has_folder(".mvn") {
        paths.push(".mvn");
    }
    Fact::new(name, paths.join("\n"), "they name what is fetched")
}

/// The wrapper is there for developers; the image brings a Maven of its own.
fn wrapper(folder: &Folder<'_>) -> Fact {
    let name = "java.wrapper";
    let version = folder
        .read(".mvn/wrapper/maven-wrapper.properties")
        .and_then(|text| {
            let (_, rest) = text.split_once("apache-maven-")?;
            Some(
                rest.split("-bin")
                    .next()?
                    .chars()
                    .take(20)
                    .collect::<String>(),
            )
        });
    match version {
        Some(version) => Fact::new(
            name,
            version,
            "mvnw would fetch it; the image's own Maven is used",
        ),
        None => Fact::new(name, "", "there is no wrapper that names a version"),
    }
}

#[cfg(test)]
mod tests {
    use crate::pack::facts::value_of;
    use crate::project::Project;

    fn fact(files: &[(&str, &str)], name: &str) -> String {
        let project = Project::in_memory("x", files.iter().map(|(path, text)| (*path, *text)));
        value_of(super::facts(&project.top()), name)
    }

    #[test]
    fn spring_boot_is_one_jar() {
        let files = [
            (
                "pom.xml",
                "<artifactId>spring-boot-starter-parent</artifactId><java.version>17</java.version><artifactId>spring-boot-maven-plugin</artifactId>",
            ),
            ("src/main/java/A.java", "class A {}"),
            ("src/test/java/T.java", ""),
        ];
        assert_eq!(
            fact(&files, "java.start"),
            "env SERVER_PORT=\"${PORT:-8080}\" java -jar .landfall/build/app/app.jar"
        );
        assert_eq!(
            fact(&files, "java.maven"),
            "maven:3.9.16-eclipse-temurin-17-noble"
        );
        assert_eq!(
            fact(&files, "java.jre"),
            "eclipse-temurin:17.0.20_8-jre-noble"
        );
        assert_eq!(
            fact(&files, "java.test"),
            "mvn --batch-mode --no-transfer-progress test"
        );
    }

    #[test]
    fn quarkus_is_a_folder_and_other_programs_name_their_class() {
        let quarkus = [
            ("pom.xml", "<groupId>io.quarkus</groupId>"),
            ("src/main/java/A.java", ""),
        ];
        assert!(fact(&quarkus, "java.start").ends_with("quarkus-run.jar"));
        let plain = [
            ("pom.xml", "<project/>"),
            (
                "src/main/java/a/B.java",
                "package a;\npublic class B { public static void main(String[] a) {} }",
            ),
        ];
        assert_eq!(
            fact(&plain, "java.start"),
            "java -cp '.landfall/build/app/app.jar:.landfall/build/app/lib/*' a.B"
        );
        assert!(fact(&plain, "java.build").contains("dependency:copy-dependencies"));
        assert_eq!(fact(&plain, "java.manifests"), "pom.xml");
    }

    #[test]
    fn the_module_with_the_program_is_built_with_what_it_needs() {
        let files = [
            (
                "pom.xml",
                "<modules><module>core</module><module>web</module></modules>",
            ),
            ("core/pom.xml", ""),
            ("core/src/main/java/C.java", ""),
            ("web/pom.xml", "spring-boot-maven-plugin"),
            ("web/src/main/java/W.java", ""),
        ];
        assert_eq!(fact(&files, "java.module"), "web");
        assert!(fact(&files, "java.build").ends_with("--projects web --also-make"));
        assert!(fact(&files, "java.collect").contains("find web/target"));
        assert_eq!(fact(&files, "java.manifests"), "");
    }
}
