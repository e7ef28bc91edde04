//! Static site generators that need no `package.json`. Those of Node are front ends to [`super::node`].

use crate::project::{Folder, extension};

use super::finding::{Finding, score};

/// A generator that the pack `static` builds with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pack) enum Generator {
    Hugo,
    Jekyll,
    MkDocs,
    Sphinx,
    MdBook,
}

impl Generator {
    /// What it calls itself.
    pub(in crate::pack) fn name(self) -> &'static str {
        match self {
            Self::Hugo => "Hugo",
            Self::Jekyll => "Jekyll",
            Self::MkDocs => "MkDocs",
            Self::Sphinx => "Sphinx",
            Self::MdBook => "mdBook",
        }
    }
}

/// The generator of the folder, with its configuration.
pub(in crate::pack) fn find<'a>(folder: &Folder<'a>) -> Option<(Generator, &'a str)> {
    let path = |wanted: &[&str]| {
        let found = folder.first_of(wanted)?;
        folder.below().find(|path| *path == found)
    };
    let has_pages = |above: &str| folder.has_folder(above);
    if let Some(config) = path(&[
        "hugo.toml",
        "hugo.yaml",
        "hugo.yml",
        "hugo.json",
        "config/_default/hugo.toml",
    ]) {
        return Some((Generator::Hugo, config));
    }
    if let Some(config) = path(&["mkdocs.yml", "mkdocs.yaml"]) {
        return Some((Generator::MkDocs, config));
    }
    if let Some(config) = path(&["book.toml"])
        && folder.below().any(|path| path.ends_with("SUMMARY.md"))
    {
        return Some((Generator::MdBook, config));
    }
    // Before 0.110 the configuration had a name that many programs use.
    if let Some(config) = path(&[
        "config.toml",
        "config.yaml",
        "config.yml",
        "config/_default/config.toml",
    ]) && has_pages("content")
        && (has_pages("archetypes") || has_pages("layouts") || has_pages("themes"))
        && folder
            .read(config)
            .is_some_and(|text| text.to_lowercase().contains("baseurl"))
    {
        return Some((Generator::Hugo, config));
    }
    if let Some(config) = path(&["_config.yml", "_config.yaml"])
        && folder
            .read("Gemfile")
            .is_some_and(|gems| gems.contains("jekyll") || gems.contains("github-pages"))
    {
        return Some((Generator::Jekyll, config));
    }
    let config = path(&[
        "conf.py",
        "docs/conf.py",
        "doc/conf.py",
        "source/conf.py",
        "docs/source/conf.py",
    ])?;
    let above = config.strip_suffix("conf.py").unwrap_or_default();
    let is_sphinx = folder.below().any(|path| {
        path.strip_prefix(above).is_some_and(|name| {
            name.starts_with("index.") && matches!(extension(name), "rst" | "md")
        })
    });
    is_sphinx.then_some((Generator::Sphinx, config))
}

pub(super) fn detect(folder: &Folder<'_>) -> Option<Finding> {
    let (generator, config) = find(folder)?;
    Some(
        Finding::new(
            "static",
            score::DECIDES + 3,
            folder,
            config,
            format!(
                "is the configuration of {}, which builds a site",
                generator.name()
            ),
        )
        .silent(),
    )
}

#[cfg(test)]
mod tests {
    use super::{Generator, find};
    use crate::project::Project;

    #[test]
    fn every_generator_is_named() {
        for (files, generator) in [
            (vec![("hugo.yaml", "")], Some(Generator::Hugo)),
            (
                vec![
                    ("config.toml", "baseURL = '/'"),
                    ("content/a.md", ""),
                    ("layouts/a.html", ""),
                ],
                Some(Generator::Hugo),
            ),
            (
                vec![
                    ("config.toml", "base_url = '/'"),
                    ("content/_index.md", ""),
                    ("templates/a.html", ""),
                ],
                None,
            ),
            (vec![("mkdocs.yml", "")], Some(Generator::MkDocs)),
            (
                vec![("_config.yml", ""), ("Gemfile", "gem \"jekyll\"")],
                Some(Generator::Jekyll),
            ),
            (vec![("_config.yml", ""), ("Gemfile", "gem 'rails'")], None),
            (
                vec![("docs/conf.py", ""), ("docs/index.rst", "")],
                Some(Generator::Sphinx),
            ),
            (vec![("conf.py", "")], None),
            (
                vec![("book.toml", ""), ("src/SUMMARY.md", "")],
                Some(Generator::MdBook),
            ),
        ] {
            let project = Project::in_memory("x", files.clone());
            assert_eq!(
                find(&project.top()).map(|(generator, _)| generator),
                generator,
                "{files:?}"
            );
        }
    }
}
