//! Programs of the Java virtual machine: which Java, how they are built, what the build leaves and how that is started.

pub(super) mod gradle;
pub(super) mod main_class;
pub(super) mod maven;
pub(super) mod version;

use super::Fact;

/// Where the build puts what runs.
pub(super) const APP: &str = ".landfall/build/app";

/// Frameworks that take their port from a variable of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framework {
    Spring,
    Quarkus,
    Micronaut,
    Other,
}

impl Framework {
    /// The framework that a build file names.
    pub(super) fn of(text: &str) -> Self {
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        if has(&["io.quarkus", "quarkus-bom", "libs.plugins.quarkus"]) {
            Self::Quarkus
        } else if has(&[
            "spring-boot",
            "org.springframework.boot",
            "libs.plugins.spring.boot",
            "libs.plugins.springBoot",
        ]) {
            Self::Spring
        } else if has(&["io.micronaut", "libs.plugins.micronaut"]) {
            Self::Micronaut
        } else {
            Self::Other
        }
    }

    /// The variables in front of the command, which make the program listen where it is asked.
    fn environment(self) -> &'static str {
        match self {
            Self::Spring => "env SERVER_PORT=\"${PORT:-8080}\" ",
            Self::Quarkus => "env QUARKUS_HTTP_HOST=0.0.0.0 QUARKUS_HTTP_PORT=\"${PORT:-8080}\" ",
            Self::Micronaut => "env MICRONAUT_SERVER_PORT=\"${PORT:-8080}\" ",
            Self::Other => "",
        }
    }
}

/// What a build leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaves {
    /// One jar or war with everything in it.
    FatJar,
    /// A jar, and the jars that it needs in `lib/`.
    ThinJar,
    /// The folder that Quarkus lays out.
    QuarkusFolder,
    /// A folder with a start script and the jars.
    Installation,
}

/// The commands that collect it: `output` is the folder of the build, such as `target`.
pub(super) fn collect(leaves: Leaves, output: &str) -> Fact {
    let name = "java.collect";
    match leaves {
        Leaves::FatJar | Leaves::ThinJar => Fact::new(
            name,
            format!(
                "cp \"$(find {output} -maxdepth 1 -type f \\( -name '*.jar' -o -name '*.war' \\) \
                 ! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -name '*-tests.jar' ! -name '*-plain.jar' \
                 ! -name 'original-*' -exec ls -S {{}} + | head -n 1)\" {APP}/app.jar"
            ),
            "the build leaves a jar",
        ),
        Leaves::QuarkusFolder => Fact::new(
            name,
            format!("cp -R {output}/quarkus-app/. {APP}/"),
            "Quarkus leaves a folder",
        ),
        Leaves::Installation => Fact::new(
            name,
            format!(
                "cp -R {output}/install/*/. {APP}/\nrm -f {APP}/bin/*.bat\nmv {APP}/bin/* {APP}/bin/start"
            ),
            "the build leaves a start script and jars",
        ),
    }
}

/// The command that starts it. `main` is the class of a jar that names none itself.
pub(super) fn start(leaves: Leaves, framework: Framework, main: Option<(String, String)>) -> Fact {
    let environment = framework.environment();
    let (command, because) = match (leaves, main) {
        (Leaves::FatJar, _) => (
            format!("java -jar {APP}/app.jar"),
            "the jar has everything in it".to_owned(),
        ),
        (Leaves::QuarkusFolder, _) => (
            format!("java -jar {APP}/quarkus-run.jar"),
            "Quarkus starts from the folder that it leaves".to_owned(),
        ),
        (Leaves::Installation, _) => (
            format!("{APP}/bin/start"),
            "the start script of the build".to_owned(),
        ),
        (Leaves::ThinJar, Some((class, because))) => (
            format!("java -cp '{APP}/app.jar:{APP}/lib/*' {class}"),
            because,
        ),
        (Leaves::ThinJar, None) => (
            format!("java -jar {APP}/app.jar"),
            "no main class was found; the jar has to name one".to_owned(),
        ),
    };
    Fact::new("java.start", format!("{environment}{command}"), because)
}
