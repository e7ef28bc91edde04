//! What a chart's values call the image of the app, so that a release can write its own there.

use serde::Serialize;
use serde_json::Value;

use super::chart::ChartFiles;
use super::condition::{Path, at};
use super::refs::{own_paths, value_paths};
use super::template::{Template, included};

/// How many templates deep an include is followed.
const MAX_INCLUDES: usize = 4;

/// Where the image of the app stands in the values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ImageShape {
    /// In parts, each at a path of its own.
    #[serde(rename_all = "camelCase")]
    Parts {
        /// `ghcr.io`.
        registry: Option<Path>,
        /// `ghcr.io/acme/shop`, or without the registry where that is apart.
        repository: Path,
        /// `1.2.3`.
        tag: Option<Path>,
        /// `sha256:...`.
        digest: Option<Path>,
    },
    /// As one text.
    Whole {
        /// `ghcr.io/acme/shop:1.2.3`.
        image: Path,
    },
    /// A template names it outright.
    Fixed {
        /// The template.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What stands there.
        image: String,
    },
    /// No template has an image, or how it is put together cannot be read.
    Unknown,
}

impl ImageShape {
    /// The shape of landfall's own charts, and of those of Jenkins X and `helm create` but for the digest.
    pub(super) fn own() -> Self {
        let path = |key: &str| vec!["image".to_owned(), key.to_owned()];
        Self::Parts {
            registry: None,
            repository: path("repository"),
            tag: Some(path("tag")),
            digest: Some(path("digest")),
        }
    }

    /// The values that name this image; none where the shape has no place for them. The digest comes along wherever there is a
    /// place, so that what runs is what was built.
    pub fn stamps(
        &self,
        registry: &str,
        name: &str,
        tag: &str,
        digest: &str,
    ) -> Vec<(Path, String)> {
        match self {
            Self::Parts {
                registry: registry_at,
                repository,
                tag: tag_at,
                digest: digest_at,
            } => {
                let mut stamps = Vec::new();
                match registry_at {
                    Some(path) => {
                        stamps.push((path.clone(), registry.to_owned()));
                        stamps.push((repository.clone(), name.to_owned()));
                    }
                    None => stamps.push((repository.clone(), format!("{registry}/{name}"))),
                }
                match (tag_at, digest_at) {
                    (Some(path), None) => stamps.push((path.clone(), format!("{tag}@{digest}"))),
                    (Some(path), Some(_)) => stamps.push((path.clone(), tag.to_owned())),
                    (None, _) => {}
                }
                if let Some(path) = digest_at {
                    stamps.push((path.clone(), digest.to_owned()));
                }
                stamps
            }
            Self::Whole { image } => {
                vec![(image.clone(), format!("{registry}/{name}:{tag}@{digest}"))]
            }
            Self::Fixed { .. } | Self::Unknown => Vec::new(),
        }
    }

    /// The keys that a release writes, as people name them.
    pub(super) fn keys(&self) -> Vec<String> {
        let stamps = self.stamps("", "", "", "");
        stamps.into_iter().map(|(path, _)| path.join(".")).collect()
    }
}

/// The image of the app: of all that the templates have, one whose values are called after an image before any other.
pub(super) fn find(chart: &ChartFiles) -> ImageShape {
    let mut shapes: Vec<ImageShape> = Vec::new();
    for template in &chart.templates {
        for (offset, rest) in template.lines_with("image:") {
            if !rest.is_empty() {
                shapes.push(shape(chart, template, offset, rest));
            }
        }
    }
    let rank = |shape: &ImageShape| match shape {
        ImageShape::Parts {
            repository: path, ..
        }
        | ImageShape::Whole { image: path } => {
            let is_image = path
                .first()
                .is_some_and(|key| key.to_ascii_lowercase().starts_with("image"));
            usize::from(!is_image)
        }
        ImageShape::Fixed { .. } => 2,
        ImageShape::Unknown => 3,
    };
    shapes
        .into_iter()
        .min_by_key(rank)
        .unwrap_or(ImageShape::Unknown)
}

fn shape(chart: &ChartFiles, template: &Template, offset: usize, text: &str) -> ImageShape {
    let with = template
        .frames(offset)
        .into_iter()
        .rev()
        .find_map(|frame| frame.with);
    let paths = read_by(chart, text, with.as_ref(), 0);
    if paths.is_empty() {
        if text.contains("{{") {
            return ImageShape::Unknown;
        }
        return ImageShape::Fixed {
            path: template.path.clone(),
            line: template.line(offset),
            image: text.trim_matches(['"', '\'']).to_owned(),
        };
    }
    let is_followed = text.contains("}}:") || text.contains("AppVersion") || text.contains("%s:%s");
    of_paths(&paths, is_followed)
}

/// The paths that an expression reads, through what it includes; a mapping stands for its parts.
fn read_by(chart: &ChartFiles, text: &str, with: Option<&Path>, depth: usize) -> Vec<Path> {
    let mut paths: Vec<Path> = Vec::new();
    let mut add = |path: Path| {
        let parts = match at(&chart.values, &path) {
            Some(Value::Object(map)) => map
                .keys()
                .filter(|key| role(key).is_some())
                .map(|key| [path.as_slice(), std::slice::from_ref(key)].concat())
                .collect(),
            _ => vec![path],
        };
        for part in parts {
            if !paths.contains(&part) {
                paths.push(part);
            }
        }
    };
    for path in value_paths(text) {
        add(path);
    }
    if let Some(with) = with {
        for path in own_paths(text) {
            add([with.as_slice(), path.as_slice()].concat());
        }
    }
    if let Some(name) = included(text)
        && depth < MAX_INCLUDES
    {
        let body = chart
            .templates
            .iter()
            .find_map(|template| template.defined(&name));
        if let Some((_, body)) = body {
            read_by(chart, body, None, depth + 1)
                .into_iter()
                .for_each(add);
        }
    }
    paths
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Registry,
    Repository,
    Tag,
    Digest,
}

/// What a key holds, by its name.
fn role(key: &str) -> Option<Role> {
    let key = key.to_ascii_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| key.ends_with(end));
    if key.contains("pull") || key.contains("secret") {
        None
    } else if ends(&["registry", "host"]) {
        Some(Role::Registry)
    } else if ends(&["digest", "sha", "sha256"]) {
        Some(Role::Digest)
    } else if ends(&["tag", "version"]) {
        Some(Role::Tag)
    } else if ends(&["repository", "repo", "name", "image"]) {
        Some(Role::Repository)
    } else {
        None
    }
}

fn of_paths(paths: &[Path], is_followed: bool) -> ImageShape {
    let with_role = |wanted: Role| {
        let is = |path: &&Path| path.last().and_then(|key| role(key)) == Some(wanted);
        paths.iter().find(is).cloned()
    };
    let tag = with_role(Role::Tag);
    let digest = with_role(Role::Digest);
    match with_role(Role::Repository) {
        Some(image) if tag.is_none() && digest.is_none() && !is_followed => {
            ImageShape::Whole { image }
        }
        Some(repository) => ImageShape::Parts {
            registry: with_role(Role::Registry),
            repository,
            tag,
            digest,
        },
        None => ImageShape::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::super::chart::ChartFiles;
    use super::{ImageShape, find};
    use crate::project::Project;

    /// The values that a release writes for this line, as `key=value`.
    fn stamped(values: &str, line: &str, helpers: &str) -> String {
        let template = format!("kind: Deployment\nspec:\n  containers:\n  - name: x\n    {line}\n");
        let project = Project::in_memory(
            "shop",
            [
                ("c/Chart.yaml", "name: shop\n"),
                ("c/values.yaml", values),
                ("c/templates/_helpers.tpl", helpers),
                ("c/templates/deployment.yaml", &template),
            ],
        );
        let chart = ChartFiles::read(&project, "c").unwrap();
        let shape = find(&chart);
        if let ImageShape::Fixed { path, line, image } = &shape {
            return format!("{path}:{line} {image}");
        }
        let stamps = shape.stamps("dev.local", "shop", "1.2.3", "sha256:0a");
        let stamps = stamps
            .iter()
            .map(|(path, value)| format!("{}={value}", path.join(".")));
        stamps.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn images_of_every_known_shape_get_the_release() {
        let own = "image.repository=dev.local/shop image.tag=1.2.3@sha256:0a";
        for line in [
            r#"image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}""#,
            r#"image: {{ printf "%s:%s" .Values.image.repository .Values.image.tag | quote }}"#,
            r#"image: {{ include "shop.image" . }}"#,
        ] {
            let helpers = "{{ define \"shop.image\" }}{{ .Values.image.repository }}:{{ .Values.image.tag }}{{ end }}";
            assert_eq!(stamped("image: {}\n", line, helpers), own, "{line}");
        }
        assert_eq!(
            stamped("", r"image: {{ .Values.image }}", ""),
            "image=dev.local/shop:1.2.3@sha256:0a"
        );
        assert_eq!(
            stamped(
                "",
                r#"image: "{{ .Values.image.name }}:{{ .Values.imageTag }}""#,
                ""
            ),
            "image.name=dev.local/shop imageTag=1.2.3@sha256:0a"
        );
        assert_eq!(
            stamped(
                "",
                r#"image: "{{ .Values.image.registry }}/{{ .Values.image.repository }}@{{ .Values.image.digest }}""#,
                ""
            ),
            "image.registry=dev.local image.repository=shop image.digest=sha256:0a"
        );
        assert_eq!(
            stamped(
                "image: {registry: docker.io, repository: a/b, tag: \"1\", digest: \"\", pullPolicy: Always}\n",
                r#"image: {{ include "common.images.image" (dict "imageRoot" .Values.image "global" .Values.global) }}"#,
                ""
            ),
            "image.registry=dev.local image.repository=shop image.tag=1.2.3 image.digest=sha256:0a"
        );
        // A container beside the app's.
        assert_eq!(
            stamped(
                "",
                "image: {{ .Values.sidecar.image }}\n    image: {{ .Values.image }}",
                ""
            ),
            "image=dev.local/shop:1.2.3@sha256:0a"
        );
    }

    #[test]
    fn an_image_without_a_value_is_told_with_its_line() {
        assert_eq!(
            stamped("", "image: \"nginx:1.27\"", ""),
            "c/templates/deployment.yaml:5 nginx:1.27"
        );
        assert_eq!(stamped("", "image: {{ .Files.Get \"image\" }}", ""), "");
    }
}
