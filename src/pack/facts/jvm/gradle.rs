//! Gradle, with scripts in Groovy or Kotlin: the wrapper, the module with the program, and what its plugins leave.

use std::sync::LazyLock;

use regex::Regex;

use crate::pack::facts::{Fact, captured, images, shell_word};
use crate::project::Folder;

use super::version::{self, Java, image};
use super::{APP, Framework, Leaves, collect, main_class, start};

/// The script that adds a task to a build.
const SCRIPT: &str = ".landfall/build/libraries.gradle";

static WRAPPER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"gradle-(\d+\.\d+(?:\.\d+)?)(?:-\w+)*\.zip").ok());

const SCRIPTS: &[&str] = &["build.gradle", "build.gradle.kts"];
const SETTINGS: &[&str] = &[
    "settings.gradle",
    "settings.gradle.kts",
    "gradle.properties",
    "gradlew",
    "gradle.lockfile",
];

pub(in crate::pack::facts) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    let (module, because) = module(folder);
    let catalog = folder.read("gradle/libs.versions.toml").unwrap_or_default();
    let root = script(folder, ".").unwrap_or_default();
    let own = script(folder, &module).unwrap_or_default();
    let plugins = format!("{}\n{}", own.1, if module == "." { "" } else { &root.1 });
    let framework = Framework::of(&format!("{plugins}\n{}", used(&catalog, &own.1)));
    let (task, leaves) = leaves(framework, &own.1, &catalog);
    let wrapper = wrapper(folder);
    let asked = version::pinned(folder)
        .or_else(|| version::of_script(&own.1, &own.0))
        .or_else(|| version::of_script(&root.1, &root.0));
    let java = asked.or_else(|| limit(wrapper.as_deref()));
    let gradle = if folder.has("gradlew") {
        "sh ./gradlew --no-daemon --console=plain"
    } else {
        "gradle --no-daemon --console=plain"
    };
    let (task, output) = if module == "." {
        (task.to_owned(), "build".to_owned())
    } else {
        (
            format!(":{}:{task}", module.replace('/', ":")),
            format!("{}/build", shell_word(&module)),
        )
    };
    let libraries = match leaves {
        Leaves::FatJar | Leaves::ThinJar => format!("{output}/libs"),
        Leaves::QuarkusFolder | Leaves::Installation => output,
    };
    let has_tests = folder.below().any(|path| path.contains("src/test/"));
    let build_image = if folder.has("gradlew") {
        image(
            "java.gradle",
            images::JDK,
            java.as_ref().or(Some(&default())),
        )
    } else {
        image("java.gradle", images::GRADLE, java.as_ref())
    };
    vec![
        Fact::new("java.module", &module, because),
        Fact::new(
            "java.build",
            build(gradle, &task, leaves),
            "Gradle builds it",
        ),
        collect(leaves, &libraries),
        start(leaves, framework, main_class::find(folder, &module)),
        if has_tests {
            Fact::new("java.test", format!("{gradle} test"), "src/test is there")
        } else {
            Fact::new("java.test", "", "there is no src/test")
        },
        manifests(folder),
        Fact::new(
            "java.fetch",
            format!("{gradle} dependencies"),
            "Gradle fetches what it lists",
        ),
        Fact::new(
            "java.wrapper",
            wrapper.unwrap_or_default(),
            "gradle/wrapper/gradle-wrapper.properties names it",
        ),
        build_image,
        image("java.jre", images::JRE, java.as_ref()),
    ]
}

/// The commands that build. A plain jar needs its libraries beside it, which a task of our own collects.
fn build(gradle: &str, task: &str, leaves: Leaves) -> String {
    if leaves != Leaves::ThinJar {
        return format!("{gradle} {}", shell_word(task));
    }
    let libraries = task.rsplit_once(':').map_or_else(
        || "landfallLibraries".to_owned(),
        |(project, _)| format!("{project}:landfallLibraries"),
    );
    format!(
        "printf '%s\\n' 'allprojects {{ afterEvaluate {{ if (plugins.hasPlugin(\"java\")) tasks.create(\"landfallLibraries\", Copy) {{ \
         from configurations.runtimeClasspath; into new File(rootDir, \"{APP}/lib\") }} }} }}' > {SCRIPT}\n\
         {gradle} --init-script {SCRIPT} {} {}",
        shell_word(task),
        shell_word(&libraries),
    )
}

/// The Java of builds that ask for none.
fn default() -> Java {
    Java {
        number: 21,
        place: "the pack".to_owned(),
    }
}

/// The name and the text of a module's build script.
fn script(folder: &Folder<'_>, module: &str) -> Option<(String, String)> {
    SCRIPTS.iter().find_map(|name| {
        let path = if module == "." {
            (*name).to_owned()
        } else {
            format!("{module}/{name}")
        };
        let text = folder.read(&path)?;
        Some((path, text))
    })
}

/// The module with the program: the top, else the first with a plugin that packs it, else the first with sources.
fn module(folder: &Folder<'_>) -> (String, String) {
    if folder.has_folder("src/main") {
        return (".".to_owned(), "src/main is the program".to_owned());
    }
    let modules: Vec<&str> = folder
        .below()
        .filter_map(|path| {
            SCRIPTS
                .iter()
                .find_map(|name| path.strip_suffix(&format!("/{name}")))
        })
        .filter(|module| folder.has_folder(&format!("{module}/src/main")))
        .filter(|module| !module.contains("test") && !module.starts_with("buildSrc"))
        .collect();
    let packs = |module: &&&str| {
        script(folder, module).is_some_and(|(_, text)| {
            Framework::of(&text) != Framework::Other
                || text.contains("application")
                || text.contains("ktor")
        })
    };
    match modules.iter().find(packs).or_else(|| modules.first()) {
        Some(module) => (
            (*module).to_owned(),
            format!("{module}/src/main is the program"),
        ),
        None => (".".to_owned(), "no src/main was found".to_owned()),
    }
}

/// The identifiers of the plugins that a script takes from the catalog: `alias(libs.plugins.spring.boot)`.
fn used(catalog: &str, script: &str) -> String {
    catalog
        .lines()
        .filter_map(|line| {
            let (name, rest) = line.split_once('=')?;
            let dotted = name.trim().replace(['-', '_'], ".");
            (rest.contains("id") && script.contains(&format!("libs.plugins.{dotted}")))
                .then_some(rest)
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// The task that packs the program, and what it leaves.
fn leaves(framework: Framework, script: &str, catalog: &str) -> (&'static str, Leaves) {
    let plugins = format!("{script}\n{}", used(catalog, script));
    let has = |words: &[&str]| words.iter().any(|word| plugins.contains(word));
    if framework == Framework::Quarkus {
        ("quarkusBuild", Leaves::QuarkusFolder)
    } else if framework == Framework::Spring {
        ("bootJar", Leaves::FatJar)
    } else if has(&["johnrengelman.shadow", "com.gradleup.shadow"]) {
        ("shadowJar", Leaves::FatJar)
    } else if framework == Framework::Micronaut
        || has(&[
            "id 'application'",
            "id(\"application\")",
            "id \"application\"",
            "plugin: 'application'",
            "plugin: \"application\"",
            "\n    application\n",
            "`application`",
            "io.ktor.plugin",
            "mainClassName",
            "application {",
        ])
    {
        ("installDist", Leaves::Installation)
    } else {
        ("assemble", Leaves::ThinJar)
    }
}

/// The version that the wrapper fetches.
fn wrapper(folder: &Folder<'_>) -> Option<String> {
    let text = folder.read("gradle/wrapper/gradle-wrapper.properties")?;
    captured(WRAPPER.as_ref(), &text)
}

/// The newest Java that an old Gradle runs on.
fn limit(wrapper: Option<&str>) -> Option<Java> {
    let version = wrapper?;
    let mut parts = version
        .split('.')
        .map(|part| part.parse::<u32>().unwrap_or(0));
    let version_parts = (parts.next()?, parts.next()?);
    let number = match version_parts {
        (..=4, _) => 8,
        (5..=6, _) | (7, ..=2) => 11,
        (7, _) | (8, ..=4) => 17,
        _ => return None,
    };
    Some(Java {
        number,
        place: format!("Gradle {version} of the wrapper"),
    })
}

/// What is needed to fetch the dependencies of a single project.
fn manifests(folder: &Folder<'_>) -> Fact {
    let name = "java.manifests";
    let alone = !folder.below().any(|path| {
        path.split_once('/').is_some_and(|(above, name)| {
            above != "gradle" && SCRIPTS.iter().any(|script| name.ends_with(script))
        })
    });
    let script = folder.first_of(SCRIPTS);
    let reads_sources = script
        .and_then(|script| folder.read(script))
        .is_some_and(|text| {
            text.contains("apply from") || text.contains("fileTree") || text.contains("files(")
        });
    let Some(script) = script.filter(|_| alone && !reads_sources) else {
        return Fact::new(
            name,
            "",
            "projects need one another, so nothing is fetched before",
        );
    };
    let mut paths = vec![script];
    paths.extend(SETTINGS.iter().filter(|name| folder.has(name)));
    if folder.has_folder("gradle") {
        paths.push("gradle");
    }
    Fact::new(name, paths.join("\n"), "they name what is fetched")
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
    fn plugins_decide_what_is_built() {
        for (script, task, start) in [
            (
                "plugins { id 'org.springframework.boot' version '3' }",
                "bootJar",
                "app.jar",
            ),
            (
                "plugins { id(\"io.quarkus\") }",
                "quarkusBuild",
                "quarkus-run.jar",
            ),
            ("plugins {\n    application\n}", "installDist", "bin/start"),
            (
                "plugins { id(\"io.micronaut.application\") version \"4\" }",
                "installDist",
                "bin/start",
            ),
            (
                "plugins { id 'com.gradleup.shadow' version '8' }",
                "shadowJar",
                "app.jar",
            ),
            (
                "plugins { id 'java' }",
                "assemble landfallLibraries",
                "app.jar",
            ),
        ] {
            let files = [("build.gradle.kts", script), ("src/main/kotlin/A.kt", "")];
            assert!(fact(&files, "java.build").ends_with(task), "{script}");
            assert!(fact(&files, "java.start").ends_with(start), "{script}");
        }
        let files = [
            (
                "build.gradle.kts",
                "plugins { alias(libs.plugins.spring.boot) }",
            ),
            (
                "gradle/libs.versions.toml",
                "[plugins]\nspring-boot = { id = \"org.springframework.boot\", version = \"3\" }",
            ),
            ("src/main/java/A.java", ""),
        ];
        assert!(fact(&files, "java.build").ends_with("bootJar"));
    }

    #[test]
    fn the_wrapper_and_the_toolchain_choose_the_image() {
        let wrapper = (
            "gradle/wrapper/gradle-wrapper.properties",
            "distributionUrl=https\\://services.gradle.org/distributions/gradle-7.6.1-bin.zip",
        );
        let files = [
            ("build.gradle", ""),
            ("gradlew", ""),
            wrapper,
            ("src/main/java/A.java", ""),
        ];
        assert_eq!(
            fact(&files, "java.gradle"),
            "eclipse-temurin:17.0.20_8-jdk-noble"
        );
        assert_eq!(
            fact(&files, "java.jre"),
            "eclipse-temurin:17.0.20_8-jre-noble"
        );
        assert_eq!(fact(&files, "java.wrapper"), "7.6.1");
        assert!(fact(&files, "java.build").contains("\nsh ./gradlew"));
        let toolchain = [
            ("build.gradle.kts", "kotlin { jvmToolchain(25) }"),
            ("src/main/kotlin/A.kt", ""),
        ];
        assert_eq!(fact(&toolchain, "java.gradle"), "gradle:9.7.1-jdk25-noble");
        let none = [("build.gradle", ""), ("src/main/java/A.java", "")];
        assert_eq!(fact(&none, "java.gradle"), "");
    }

    #[test]
    fn a_module_is_named_as_gradle_does() {
        let files = [
            ("settings.gradle", "include 'apps:web'"),
            ("apps/web/build.gradle", "id 'org.springframework.boot'"),
            ("apps/web/src/main/java/A.java", ""),
        ];
        assert!(fact(&files, "java.build").ends_with(":apps:web:bootJar"));
        assert!(fact(&files, "java.collect").contains("apps/web/build/libs"));
    }
}
