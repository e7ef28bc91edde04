//! The base images that this version knows, by the toolchain's version. `packs/IMAGES.md` says where each tag comes from.
//!
//! The first of a list is the default of its pack; the others follow in the order of preference.

use super::Fact;
use super::requirement::Requirement;

/// A toolchain of one version, with the image that has it.
pub(super) struct Image {
    /// The version, part by part.
    pub(super) version: &'static [u32],
    /// The image.
    pub(super) name: &'static str,
}

macro_rules! images {
    ($($name:ident: $([$($part:literal),+] $image:literal),+;)+) => {
        $(pub(super) const $name: &[Image] = &[$(Image { version: &[$($part),+], name: $image }),+];)+
        /// Every image of every list.
        #[cfg(test)]
        pub(super) const ALL: &[&[Image]] = &[$($name),+];
    };
}

images! {
    GO: [1, 26, 7] "golang:1.26.7-bookworm", [1, 27, 0] "golang:1.27.0-bookworm";
    RUST: [1, 98, 0] "rust:1.98.0-slim-trixie";
    NODE: [24, 19, 0] "node:24.19.0-bookworm-slim", [22, 23, 2] "node:22.23.2-bookworm-slim",
        [26, 7, 0] "node:26.7.0-bookworm-slim";
    PYTHON: [3, 13, 15] "python:3.13.15-slim-trixie", [3, 14, 7] "python:3.14.7-slim-trixie",
        [3, 12, 14] "python:3.12.14-slim-trixie", [3, 11, 16] "python:3.11.16-slim-trixie",
        [3, 10, 21] "python:3.10.21-slim-trixie";
    RUBY: [3, 4, 10] "ruby:3.4.10-slim-trixie", [4, 0, 6] "ruby:4.0.6-slim-trixie",
        [3, 3, 12] "ruby:3.3.12-slim-trixie";
    PHP: [8, 4, 24] "php:8.4.24-apache-trixie", [8, 5, 9] "php:8.5.9-apache-trixie",
        [8, 3, 33] "php:8.3.33-apache-trixie", [8, 2, 33] "php:8.2.33-apache-trixie";
    ELIXIR: [1, 19, 5] "elixir:1.19.5-slim", [1, 20, 3] "elixir:1.20.3-slim",
        [1, 18, 4] "elixir:1.18.4-slim", [1, 17, 3] "elixir:1.17.3-slim";
    SWIFT: [6, 3, 3] "swift:6.3.3-noble", [6, 2, 4] "swift:6.2.4-noble", [6, 1, 3] "swift:6.1.3-noble",
        [6, 0, 3] "swift:6.0.3-noble";
    SWIFT_RUN: [6, 3, 3] "swift:6.3.3-noble-slim", [6, 2, 4] "swift:6.2.4-noble-slim",
        [6, 1, 3] "swift:6.1.3-noble-slim", [6, 0, 3] "swift:6.0.3-noble-slim";
    DOTNET_SDK: [10, 0] "mcr.microsoft.com/dotnet/sdk:10.0.400-noble", [9, 0] "mcr.microsoft.com/dotnet/sdk:9.0.317-bookworm-slim",
        [8, 0] "mcr.microsoft.com/dotnet/sdk:8.0.424-bookworm-slim";
    DOTNET_RUN: [10, 0] "mcr.microsoft.com/dotnet/aspnet:10.0.11-noble", [9, 0] "mcr.microsoft.com/dotnet/aspnet:9.0.19-bookworm-slim",
        [8, 0] "mcr.microsoft.com/dotnet/aspnet:8.0.30-bookworm-slim";
    MAVEN: [21] "maven:3.9.16-eclipse-temurin-21-noble", [17] "maven:3.9.16-eclipse-temurin-17-noble",
        [25] "maven:3.9.16-eclipse-temurin-25-noble", [11] "maven:3.9.16-eclipse-temurin-11-noble",
        [8] "maven:3.9.16-eclipse-temurin-8-noble";
    GRADLE: [21] "gradle:9.7.1-jdk21-noble", [17] "gradle:9.7.1-jdk17-noble", [25] "gradle:9.7.1-jdk25-noble";
    JDK: [21] "eclipse-temurin:21.0.12_8-jdk-noble", [17] "eclipse-temurin:17.0.20_8-jdk-noble",
        [25] "eclipse-temurin:25.0.4_7-jdk-noble", [11] "eclipse-temurin:11.0.32_9-jdk-noble",
        [8] "eclipse-temurin:8u502-b07-jdk-noble";
    JRE: [21] "eclipse-temurin:21.0.12_8-jre-noble", [17] "eclipse-temurin:17.0.20_8-jre-noble",
        [25] "eclipse-temurin:25.0.4_7-jre-noble", [11] "eclipse-temurin:11.0.32_9-jre-noble",
        [8] "eclipse-temurin:8u502-b07-jre-noble";
    SBT: [21] "sbtscala/scala-sbt:eclipse-temurin-21.0.11_10_1.12.13_3.3.8",
        [17] "sbtscala/scala-sbt:eclipse-temurin-17.0.19_10_1.12.13_3.3.8",
        [25] "sbtscala/scala-sbt:eclipse-temurin-25.0.3_9_1.12.13_3.3.8";
}

/// What a repository asks for, and where it says so.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// The file, and the key in it where that helps.
    pub(super) place: String,
    /// The words.
    pub(super) text: String,
    /// What they mean; `None` for words that name no version.
    pub(super) requirement: Option<Requirement>,
}

impl Asked {
    /// A requirement in the words of its ecosystem.
    pub(super) fn new(place: impl Into<String>, text: &str) -> Self {
        let text: String = text.trim().chars().take(60).collect();
        Self {
            requirement: Requirement::parse(&text),
            place: place.into(),
            text,
        }
    }

    /// The least version, as Go, Cargo and Swift mean it.
    pub(super) fn at_least(place: impl Into<String>, text: &str) -> Self {
        Self {
            requirement: Requirement::at_least(text),
            ..Self::new(place, text)
        }
    }
}

/// The image of `list` for what was asked, as a fact. `near` is how many parts of a version have to be the same where no image
/// has exactly the one that is asked for. Without a question the fact is empty: the pack has its default.
pub(super) fn choose(
    name: &'static str,
    list: &[Image],
    asked: Option<&Asked>,
    near: usize,
) -> Fact {
    let Some(asked) = asked else {
        return Fact::new(name, "", "nothing names a version");
    };
    let says = format!("{} asks for {}", asked.place, asked.text);
    let default = list.first().map_or("", |image| image.name);
    let Some(requirement) = &asked.requirement else {
        return Fact::new(
            name,
            default,
            format!("{says}, which names no number: the default"),
        );
    };
    if let Some(image) = list.iter().find(|image| requirement.admits(image.version)) {
        return Fact::new(name, image.name, says);
    }
    if let Some(image) = list
        .iter()
        .find(|image| requirement.is_near(image.version, near))
    {
        let version: Vec<String> = image.version.iter().map(u32::to_string).collect();
        return Fact::new(
            name,
            image.name,
            format!("{says}; the nearest known image has {}", version.join(".")),
        );
    }
    Fact::new(
        name,
        default,
        format!("{says}, which no known image has: the default, so name one with --set"),
    )
}

#[cfg(test)]
mod tests {
    use super::{ALL, Asked, NODE, choose};

    fn node(text: &str) -> (String, String) {
        let fact = choose("node.image", NODE, Some(&Asked::new(".nvmrc", text)), 1);
        (fact.value, fact.because)
    }

    #[test]
    fn the_default_stands_where_it_fits_and_else_the_next_that_does() {
        assert_eq!(node(">=18").0, "node:24.19.0-bookworm-slim");
        assert_eq!(node("22").0, "node:22.23.2-bookworm-slim");
        assert_eq!(
            node("22.4.0"),
            (
                "node:22.23.2-bookworm-slim".to_owned(),
                ".nvmrc asks for 22.4.0; the nearest known image has 22.23.2".to_owned()
            )
        );
    }

    #[test]
    fn a_version_without_an_image_is_said() {
        let (image, because) = node(">=18 <19");
        assert_eq!(image, "node:24.19.0-bookworm-slim");
        assert_eq!(
            because,
            ".nvmrc asks for >=18 <19, which no known image has: the default, so name one with --set"
        );
        assert!(node("lts/*").1.contains("names no number"));
    }

    #[test]
    fn every_image_has_a_source() {
        let sources = include_str!("../../../packs/IMAGES.md");
        for image in ALL.iter().flat_map(|list| list.iter()) {
            let (repository, tag) = image.name.rsplit_once(':').unwrap();
            assert!(
                sources.lines().any(|line| {
                    let mut cells = line.split('|').map(str::trim).skip(1);
                    cells.next() == Some(repository) && cells.next() == Some(tag)
                }),
                "{} is not in packs/IMAGES.md",
                image.name
            );
        }
    }
}
