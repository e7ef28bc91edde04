//! The chart of a release: packaged with its version and image.

use std::path::{Path, PathBuf};

use chart::{Package, Stamp};

use super::Version;
use crate::failure::{Explain, Kind};
use crate::files::{self, FileError};
use crate::pack::adopt;
use crate::ports::artifacts::{ImageReference, LOCAL_REGISTRY};

/// Why a chart cannot be released.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The repository has no chart below `charts/`.
    #[error("{} holds no chart", folder.display())]
    None {
        /// `charts/` of the repository.
        folder: PathBuf,
    },
    /// It has several, and none is called as the app.
    #[error("{} holds several charts: {}", folder.display(), found.join(", "))]
    Several {
        /// `charts/` of the repository.
        folder: PathBuf,
        /// The folders' names.
        found: Vec<String>,
    },
    /// The chart is wrong.
    #[error("cannot package {}: {message}", path.display())]
    Chart {
        /// The chart's folder.
        path: PathBuf,
        /// What the chart engine says.
        message: String,
    },
    /// The file system refused.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Explain for ChartError {
    fn kind(&self) -> Kind {
        match self {
            Self::File(error) => error.kind(),
            _ => Kind::User,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::None { .. } => vec!["`landfall import` writes one".to_owned()],
            Self::Several { .. } => vec!["name the one to release with --chart".to_owned()],
            Self::Chart { path, .. } => vec![format!(
                "`landfall template {}` shows the same",
                path.display()
            )],
            Self::File(error) => error.hints(),
        }
    }
}

/// The folder of the app's chart in the repository at `root`: the one called as the app, else the only one. A preview
/// chart (jx) is none.
///
/// # Errors
/// None, or several.
pub fn find_chart(root: &Path, app: &str) -> Result<PathBuf, ChartError> {
    let folder = root.join("charts");
    let charts: Vec<PathBuf> = files::list_dir(&folder)?
        .into_iter()
        .filter(|path| path.join("Chart.yaml").is_file() && !path.ends_with("preview"))
        .collect();
    match charts.as_slice() {
        [] => Err(ChartError::None { folder }),
        [only] => Ok(only.clone()),
        several => several
            .iter()
            .find(|path| path.ends_with(app))
            .cloned()
            .ok_or_else(|| ChartError::Several {
                folder,
                found: several
                    .iter()
                    .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
                    .collect(),
            }),
    }
}

/// Packages the chart at `path` as `version`, with the image written into its values, where the chart's templates look for it.
///
/// # Errors
/// [`ChartError::Chart`].
pub fn package_chart(
    path: &Path,
    version: &Version,
    image: Option<&ImageReference>,
) -> Result<Package, ChartError> {
    let values = image.map_or_else(Vec::new, |image| {
        adopt::image_shape(path).stamps(
            LOCAL_REGISTRY,
            image.app(),
            &version.to_string(),
            &image.digest(),
        )
    });
    let stamp = Stamp {
        version: version.to_string(),
        app_version: version.to_string(),
        values,
    };
    chart::package(path, &stamp).map_err(|error| ChartError::Chart {
        path: path.to_owned(),
        message: error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{ChartError, find_chart, package_chart};
    use crate::ports::artifacts::ImageReference;

    fn repository(charts: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in charts {
            let path = folder.path().join("charts").join(name);
            fs::create_dir_all(&path).unwrap();
            fs::write(
                path.join("Chart.yaml"),
                format!("apiVersion: v2\nname: {name}\nversion: 0.1.0\n"),
            )
            .unwrap();
        }
        folder
    }

    #[test]
    fn the_only_chart_is_the_apps_whatever_its_name() {
        let find = |charts: &[&str], app| {
            let folder = repository(charts);
            find_chart(folder.path(), app)
                .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        };
        assert_eq!(find(&["web"], "shop").unwrap(), "web");
        assert_eq!(find(&["preview", "web"], "shop").unwrap(), "web");
        assert_eq!(find(&["shop", "web"], "shop").unwrap(), "shop");
        assert!(
            matches!(find(&["a", "b"], "shop"), Err(ChartError::Several { found, .. }) if found == ["a", "b"])
        );
        assert!(matches!(find(&[], "shop"), Err(ChartError::None { .. })));
    }

    #[test]
    fn the_package_names_its_image() {
        let folder = repository(&["shop"]);
        let image = ImageReference::new("shop", &"0a".repeat(32)).unwrap();
        let package = package_chart(
            &folder.path().join("charts/shop"),
            &"1.2.3".parse().unwrap(),
            Some(&image),
        )
        .unwrap();
        assert_eq!(
            (
                package.chart.name(),
                package.chart.metadata.version.as_str()
            ),
            ("shop", "1.2.3")
        );
    }

    #[test]
    fn an_adopted_chart_gets_its_image_where_it_looks_for_it() {
        let stamped = |values: &str, image: &str| {
            let folder = repository(&["shop"]);
            let chart = folder.path().join("charts/shop");
            fs::create_dir(chart.join("templates")).unwrap();
            fs::write(chart.join("values.yaml"), values).unwrap();
            fs::write(
                chart.join("templates/web.yaml"),
                format!("kind: Deployment\nspec:\n  image: {image}\n"),
            )
            .unwrap();
            let reference = ImageReference::new("shop", &"0a".repeat(32)).unwrap();
            let package = package_chart(&chart, &"1.2.3".parse().unwrap(), Some(&reference));
            let text = package.unwrap().chart.values_text.unwrap().to_vec();
            String::from_utf8(text)
                .unwrap()
                .replace(&"0a".repeat(32), "0a")
        };
        assert_eq!(
            stamped("image: acme/shop:1 # ours\n", "{{ .Values.image }}"),
            "image: \"dev.local/shop:1.2.3@sha256:0a\" # ours\n"
        );
        assert_eq!(
            stamped(
                "image:\n  name: shop\nimageTag: '1'\n",
                "\"{{ .Values.image.name }}:{{ .Values.imageTag }}\""
            ),
            "image:\n  name: dev.local/shop\nimageTag: '1.2.3@sha256:0a'\n"
        );
    }
}
