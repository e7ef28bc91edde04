//! Charts that a repository brings along: what landfall can do with them as they are, what they lack, and how one is switched
//! or converted.
//!
//! [`look`] says what a release can write into a chart and what is missing; [`plan_deploy`] switches between Knative and a
//! Deployment; [`convert`] brings Knative Services of 2019 into the form of today. Nothing here writes.

mod chart;
mod condition;
mod deploy;
mod error;
mod image;
mod knative;
mod refs;
mod template;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;

use crate::project::{Project, extension};

use super::error::PackError;
use super::{detect, links};

pub use deploy::{DeployKind, DeployPlan, Replicas, ValueChange, plan_deploy};
pub use error::AdoptError;
pub use image::ImageShape;
pub use knative::{Converted, convert};

/// What every adopted chart's reason begins with.
const ADOPTED: &str =
    "is the repository's chart; the release packages it, and none is added beside it";

/// What a chart of the repository offers and lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Adoption {
    /// The chart's folder.
    pub chart: String,
    /// Where a release writes its image.
    pub image: ImageShape,
    /// What a person has to add, where no value can be added for them.
    pub missing: Vec<Missing>,
    /// Templates with a Knative Service that no current cluster takes.
    pub old_knative: Vec<String>,
}

/// Something that a chart lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// The file.
    pub path: String,
    /// The line, from 1, where there is one.
    pub line: Option<usize>,
    /// What to write, and why.
    pub what: String,
}

impl Adoption {
    /// The reason for adopting it, for a plan: a fragment that says what a release does with it and what it lacks.
    pub fn because(&self) -> String {
        let keys = self.image.keys();
        // Writing to a String cannot fail.
        let mut because = ADOPTED.to_owned();
        if !keys.is_empty() {
            _ = write!(because, "; its image is set at {}", keys.join(", "));
        }
        for missing in &self.missing {
            _ = write!(because, "; {missing}");
        }
        for path in &self.old_knative {
            _ = write!(
                because,
                "; {path} is for a Knative that no cluster has any more, which --convert-charts mends"
            );
        }
        because
    }
}

impl std::fmt::Display for Missing {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line} {}", self.path, self.what),
            None => write!(formatter, "{} {}", self.path, self.what),
        }
    }
}

/// The folders of the charts that could be the app's, the likeliest first.
pub fn charts(project: &Project) -> Vec<String> {
    detect::charts(project)
}

/// Looks at the chart in the folder `chart` of the project.
///
/// # Errors
/// Values that cannot be read.
pub fn look(project: &Project, chart: &str) -> Result<Adoption, AdoptError> {
    let files = chart::ChartFiles::read(project, chart)?;
    let image = image::find(&files);
    let mut missing = Vec::new();
    match &image {
        ImageShape::Fixed { path, line, image } => missing.push(Missing {
            path: path.clone(),
            line: Some(*line),
            what: format!(
                "names the image {image} outright; {{{{ .Values.image.repository }}}}:{{{{ .Values.image.tag }}}} lets a release set it"
            ),
        }),
        ImageShape::Parts {
            repository,
            tag: None,
            digest: None,
            ..
        } => missing.push(Missing {
            path: files.values_path.clone(),
            line: None,
            what: format!(
                "has no key for the tag beside {}; an image is named by its version alone then, and the local platform needs a digest",
                repository.join(".")
            ),
        }),
        ImageShape::Unknown if !files.templates.is_empty() => missing.push(Missing {
            path: files.values_path.clone(),
            line: None,
            what: "has no key that could be seen to name the image; image.repository and image.tag are expected".to_owned(),
        }),
        _ => {}
    }
    let old_knative = files
        .templates
        .iter()
        .filter(|template| knative::is_old(&template.text))
        .map(|template| template.path.clone())
        .collect();
    Ok(Adoption {
        chart: chart.to_owned(),
        image,
        missing,
        old_knative,
    })
}

/// The reason for adopting a chart, whether or not it can be read.
pub fn because(project: &Project, chart: &str) -> String {
    match look(project, chart) {
        Ok(adoption) => adoption.because(),
        Err(error) => format!("{ADOPTED}; {error}"),
    }
}

/// The templates of the repository's charts that hold a Knative Service, in any form.
pub fn knative_templates(project: &Project) -> Vec<String> {
    let charts = charts(project);
    let is_template = |path: &&String| {
        charts.iter().any(|chart| {
            let templates = project.folder(chart).in_project("templates/");
            path.starts_with(&templates) && matches!(extension(path), "yaml" | "yml")
        })
    };
    let holds = |path: &&String| {
        project
            .read(path)
            .is_some_and(|text| text.contains("serving.knative.dev/"))
    };
    project
        .files()
        .iter()
        .filter(is_template)
        .filter(holds)
        .cloned()
        .collect()
}

/// Where a path of the repository really lies, links inside it followed.
///
/// # Errors
/// A link that leads out of the repository, or nowhere.
pub fn real_path(root: &Path, path: &str) -> Result<String, PackError> {
    Ok(links::find(root, path)?.path)
}

/// Where a release writes its image into the chart at `folder`; the shape of landfall's own charts where none can be seen.
pub fn image_shape(folder: &Path) -> ImageShape {
    let shape = Project::load(folder)
        .map_err(|_| ())
        .and_then(|project| look(&project, ".").map_err(|_| ()))
        .map(|adoption| adoption.image);
    match shape {
        Ok(shape @ (ImageShape::Parts { .. } | ImageShape::Whole { .. })) => shape,
        _ => ImageShape::own(),
    }
}
