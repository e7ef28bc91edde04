//! The Java virtual machine: Maven, Gradle and sbt.

use crate::project::Folder;

use super::finding::{Finding, framework_in, score};

const FRAMEWORKS: &[(&str, u16, &str)] = &[
    ("spring-boot-starter-web", 8080, "Spring Boot"),
    ("spring-boot-starter-webflux", 8080, "Spring Boot"),
    ("spring-boot-starter-parent", 8080, "Spring Boot"),
    ("org.springframework.boot", 8080, "Spring Boot"),
    ("spring-boot-gradle-plugin", 8080, "Spring Boot"),
    ("quarkus-bom", 8080, "Quarkus"),
    ("io.quarkus", 8080, "Quarkus"),
    ("micronaut", 8080, "Micronaut"),
    ("io.micronaut", 8080, "Micronaut"),
    ("io.ktor", 8080, "Ktor"),
    ("ktor-server-netty", 8080, "Ktor"),
    ("helidon", 8080, "Helidon"),
    ("dropwizard-core", 8080, "Dropwizard"),
    ("io.javalin", 7070, "Javalin"),
];

pub(super) fn maven(folder: &Folder<'_>) -> Option<Finding> {
    let text = folder
        .has("pom.xml")
        .then(|| folder.read("pom.xml").unwrap_or_default())?;
    let finding = Finding::new(
        "maven",
        score::APP + 5,
        folder,
        "pom.xml",
        "is a Maven project",
    );
    let mut finding = framework(finding, folder, "pom.xml", &text);
    if text.contains("<packaging>pom</packaging>") && !folder.has_folder("src") {
        finding.members = tags(&text, "module")
            .filter(|module| has_program(&folder.project().folder(&folder.in_project(module))))
            .map(|module| folder.in_project(module))
            .collect();
    }
    Some(finding)
}

pub(super) fn gradle(folder: &Folder<'_>) -> Option<Finding> {
    let build = folder.first_of(&["build.gradle", "build.gradle.kts"]);
    let name = build.or_else(|| folder.first_of(&["settings.gradle", "settings.gradle.kts"]))?;
    let text = folder.read(name).unwrap_or_default();
    let finding = Finding::new("gradle", score::APP + 3, folder, name, "is a Gradle build");
    let mut finding = framework(finding, folder, name, &text);
    if !folder.has_folder("src") {
        finding.members = folder
            .below()
            .filter_map(|path| {
                path.strip_suffix("/build.gradle")
                    .or_else(|| path.strip_suffix("/build.gradle.kts"))
            })
            .filter(|member| {
                !member.contains('/')
                    && has_program(&folder.project().folder(&folder.in_project(member)))
            })
            .filter(|member| {
                let member = folder.project().folder(&folder.in_project(member));
                let build = member
                    .first_of(&["build.gradle", "build.gradle.kts"])
                    .and_then(|name| member.read(name));
                member.has("Dockerfile")
                    || build.is_some_and(|text| {
                        text.contains("application") || framework_in(&text, FRAMEWORKS).is_some()
                    })
            })
            .map(|member| folder.in_project(member))
            .collect();
    }
    Some(finding)
}

pub(super) fn sbt(folder: &Folder<'_>) -> Option<Finding> {
    let text = folder
        .has("build.sbt")
        .then(|| folder.read("build.sbt").unwrap_or_default())?;
    let finding = Finding::new(
        "scala",
        score::APP + 4,
        folder,
        "build.sbt",
        "is an sbt build",
    );
    Some(if text.contains("PlayScala") || text.contains("PlayJava") {
        finding.port(9000, "Play")
    } else {
        finding
    })
}

fn framework(finding: Finding, folder: &Folder<'_>, name: &str, text: &str) -> Finding {
    match framework_in(text, FRAMEWORKS) {
        Some((key, port, framework)) => finding
            .line(folder, name, key, format!("uses {framework}"))
            .port(*port, framework),
        None => finding,
    }
}

/// Whether the folder has sources of its own to run.
fn has_program(folder: &Folder<'_>) -> bool {
    [
        "src/main/java",
        "src/main/kotlin",
        "src/main/scala",
        "src/main/groovy",
    ]
    .iter()
    .any(|sources| folder.has_folder(sources))
}

/// The texts between `<tag>` and `</tag>`.
fn tags<'t>(text: &'t str, tag: &str) -> impl Iterator<Item = &'t str> {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    text.match_indices(&open)
        .filter_map(|(start, _)| {
            text[start + open.len()..]
                .split_once(&close)
                .map(|(inner, _)| inner.trim())
        })
        .collect::<Vec<_>>()
        .into_iter()
}

#[cfg(test)]
mod tests {
    #[test]
    fn modules_are_read_from_a_pom() {
        let text = "<modules>\n<module>a</module><module> b </module></modules>";
        assert_eq!(super::tags(text, "module").collect::<Vec<_>>(), ["a", "b"]);
    }
}
