//! How an sbt build is packed and started.

use std::sync::LazyLock;

use regex::Regex;

use crate::project::Folder;

use super::jvm::{APP, main_class, version};
use super::{Fact, captured, images};

static MAIN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"mainClass\s*:=\s*Some\(\s*"([\w.]+)""#).ok());
static SCALA: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"scalaVersion\s*:=\s*"([\d.]+)""#).ok());
static SBT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"sbt\.version\s*=\s*([\d.]+)").ok());

pub(super) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    let build = folder.read("build.sbt").unwrap_or_default();
    let plugins = folder.read("project/plugins.sbt").unwrap_or_default();
    let java = version::pinned(folder);
    let properties = folder.read("project/build.properties").unwrap_or_default();
    let mut facts = packing(folder, &build, &plugins);
    facts.extend([
        if folder.below().any(|path| path.contains("test/")) {
            Fact::new("scala.test", "sbt --batch test", "test/ is there")
        } else {
            Fact::new("scala.test", "", "there is no test/")
        },
        Fact::new(
            "scala.version",
            captured(SCALA.as_ref(), &build).unwrap_or_default(),
            "sbt fetches the Scala that build.sbt names",
        ),
        Fact::new(
            "scala.sbt",
            captured(SBT.as_ref(), &properties).unwrap_or_default(),
            "the launcher fetches the sbt that project/build.properties names",
        ),
        manifests(folder, &build),
        version::image("scala.image", images::SBT, java.as_ref()),
        version::image("scala.jre", images::JRE, java.as_ref()),
    ]);
    facts
}

/// The commands that build and collect, and the one that starts.
fn packing(folder: &Folder<'_>, build: &str, plugins: &str) -> Vec<Fact> {
    let is_play = build.contains("PlayScala") || build.contains("PlayJava");
    let staged =
        is_play || build.contains("JavaAppPackaging") || build.contains("JavaServerAppPackaging");
    if staged {
        let arguments = if is_play {
            " -Dhttp.port=\"${PORT:-9000}\" -Dpidfile.path=/dev/null"
        } else {
            ""
        };
        let because = if is_play {
            "Play is staged; it needs APPLICATION_SECRET when it runs"
        } else {
            "sbt-native-packager stages it"
        };
        return vec![
            Fact::new("scala.build", "sbt --batch stage", because),
            Fact::new(
                "scala.collect",
                format!(
                    "cp -R $(find . -type d -path '*/target/universal/stage' | head -n 1)/. {APP}/\nrm -f {APP}/bin/*.bat\n\
                     mv \"$(ls {APP}/bin/* | head -n 1)\" {APP}/bin/start"
                ),
                "stage leaves a start script and jars",
            ),
            Fact::new(
                "scala.start",
                format!("{APP}/bin/start{arguments}"),
                because,
            ),
        ];
    }
    if plugins.contains("sbt-assembly") {
        return vec![
            Fact::new(
                "scala.build",
                "sbt --batch assembly",
                "sbt-assembly packs one jar",
            ),
            Fact::new(
                "scala.collect",
                format!(
                    "cp \"$(find . -path '*/target/*' -name '*assembly*.jar' -exec ls -S {{}} + | head -n 1)\" {APP}/app.jar"
                ),
                "sbt-assembly packs one jar",
            ),
            Fact::new(
                "scala.start",
                format!("java -jar {APP}/app.jar"),
                "the jar has everything in it",
            ),
        ];
    }
    let (class, because) = captured(MAIN.as_ref(), build)
        .map(|class| (class, "build.sbt names the main class".to_owned()))
        .or_else(|| main_class::find(folder, "."))
        .unwrap_or_else(|| ("Main".to_owned(), "no main class was found".to_owned()));
    vec![
        Fact::new(
            "scala.build",
            "sbt --batch package",
            "no plugin packs the program",
        ),
        Fact::new(
            "scala.collect",
            format!(
                "mkdir -p {APP}/lib\nsbt --batch --error 'export Runtime / fullClasspathAsJars' | tail -n 1 | tr ':' '\\n' | \
                 while read -r jar; do cp \"$jar\" {APP}/lib/; done"
            ),
            "sbt says which jars the program needs",
        ),
        Fact::new(
            "scala.start",
            format!("java -cp '{APP}/lib/*' {class}"),
            because,
        ),
    ]
}

fn manifests(folder: &Folder<'_>, build: &str) -> Fact {
    let name = "scala.manifests";
    if folder.below().any(|path| path.ends_with("/build.sbt")) || build.contains("file(") {
        return Fact::new(
            name,
            "",
            "projects need one another, so nothing is fetched before",
        );
    }
    let paths: Vec<&str> = ["build.sbt", "project"]
        .into_iter()
        .filter(|path| folder.has(path) || folder.has_folder(path))
        .collect();
    Fact::new(name, paths.join("\n"), "they name what is fetched")
}

#[cfg(test)]
mod tests {
    use crate::pack::facts::value_of;
    use crate::project::Project;

    #[test]
    fn plugins_decide_how_it_is_packed() {
        let fact = |files: &[(&str, &str)], name: &str| {
            let project = Project::in_memory("x", files.iter().map(|(path, text)| (*path, *text)));
            value_of(super::facts(&project.top()), name)
        };
        let play = [
            (
                "build.sbt",
                "enablePlugins(PlayScala)\nscalaVersion := \"3.3.1\"",
            ),
            ("app/A.scala", ""),
        ];
        assert_eq!(fact(&play, "scala.build"), "sbt --batch stage");
        assert!(fact(&play, "scala.start").contains("-Dhttp.port"));
        assert_eq!(fact(&play, "scala.version"), "3.3.1");
        let assembly = [
            ("build.sbt", ""),
            ("project/plugins.sbt", "\"sbt-assembly\""),
        ];
        assert_eq!(fact(&assembly, "scala.build"), "sbt --batch assembly");
        let plain = [
            ("build.sbt", ""),
            ("src/main/scala/M.scala", "package m\nobject M extends App"),
        ];
        assert!(fact(&plain, "scala.start").ends_with(" m.M"));
        let pinned = [("build.sbt", ""), (".java-version", "17")];
        assert_eq!(
            fact(&pinned, "scala.image"),
            "sbtscala/scala-sbt:eclipse-temurin-17.0.19_10_1.12.13_3.3.8"
        );
    }
}
