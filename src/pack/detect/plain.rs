//! What is left when no language is there: files to serve, an image to build, a chart to install.

use crate::project::Folder;

use super::deploy;
use super::finding::{Finding, score};

pub(super) fn site(folder: &Folder<'_>) -> Option<Finding> {
    let index = folder.first_of(&[
        "index.html",
        "public/index.html",
        "site/index.html",
        "src/index.html",
        "www/index.html",
    ])?;
    Some(
        Finding::new(
            "static",
            score::DECIDES + 2,
            folder,
            index,
            "is the first page of a site",
        )
        .silent(),
    )
}

pub(super) fn docker(folder: &Folder<'_>) -> Option<Finding> {
    let dockerfile = folder
        .first_of(&["Dockerfile", "Containerfile"])
        .or_else(|| folder.names().find(|name| deploy::is_main_dockerfile(name)))?;
    Some(Finding::new(
        "docker",
        score::DECIDES + 1,
        folder,
        dockerfile,
        "builds an image, and no build file of a language is here",
    ))
}

pub(super) fn helm(folder: &Folder<'_>) -> Option<Finding> {
    let chart = deploy::charts(folder.project()).into_iter().next()?;
    let path = if chart == "." {
        "Chart.yaml".to_owned()
    } else {
        format!("{chart}/Chart.yaml")
    };
    Some(
        Finding::new(
            "helm",
            score::DECIDES,
            folder,
            &path,
            "is a chart, and nothing here builds an image",
        )
        .silent(),
    )
}
