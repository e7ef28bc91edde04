//! The first commit of an environment repository, from `templates/environment`.

use include_dir::{Dir, DirEntry, include_dir};
use serde::Serialize;

use super::{Environment, EnvironmentError, Strategy};
use crate::ports::git::Change;
use crate::template::Templates;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/environment");

/// The image of pipeline steps on a cluster; on this machine steps run without one.
const TOOLS_IMAGE: &str = concat!("dev.local/landfall-tools:", env!("CARGO_PKG_VERSION"));

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Values<'a> {
    name: &'a str,
    order: i32,
    promotion: Strategy,
    chart_repository: &'a str,
    tools_image: &'a str,
}

/// The files of a new environment, below its folder.
pub(super) fn files(
    environment: &Environment,
    chart_repository: &str,
) -> Result<Vec<Change>, EnvironmentError> {
    let values = Values {
        name: environment.name.as_str(),
        order: environment.order,
        promotion: environment.promotion,
        chart_repository,
        tools_image: TOOLS_IMAGE,
    };
    let templates = Templates::default();
    let mut changes = Vec::new();
    let mut folders = vec![&FILES];
    while let Some(folder) = folders.pop() {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(inner) => folders.push(inner),
                DirEntry::File(file) => {
                    let path = file.path().to_string_lossy();
                    let text = file.contents_utf8().unwrap_or_default();
                    let text = templates.render(&path, text, &values)?;
                    let target = path.strip_suffix(".hbs").unwrap_or(&path);
                    // Pipelines belong to the repository, whatever folder the environment is in.
                    let target = if target.starts_with(".tekton/") {
                        target.to_owned()
                    } else {
                        environment.path(target)
                    };
                    changes.push(Change {
                        path: target,
                        contents: Some(text.into_bytes()),
                    });
                }
            }
        }
    }
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::files;
    use crate::gitops::{Descriptor, Environment, Strategy};

    #[test]
    fn the_files_of_a_new_environment_say_what_they_are() {
        let environment = Environment {
            name: "staging".parse().unwrap(),
            repository: "acme/environment-staging".to_owned(),
            dir: String::new(),
            order: 100,
            promotion: Strategy::Auto,
            namespace: "staging".to_owned(),
        };
        let files = files(&environment, "http://charts.localhost:8080").unwrap();
        let paths: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                ".tekton/apply.yaml",
                ".tekton/pull-request.yaml",
                "README.md",
                "environment.yaml"
            ]
        );
        let text = |path: &str| {
            let file = files.iter().find(|file| file.path == path).unwrap();
            String::from_utf8(file.contents.clone().unwrap()).unwrap()
        };
        let descriptor: Descriptor =
            crate::yaml::parse(&text("environment.yaml"), Path::new("environment.yaml")).unwrap();
        assert_eq!(descriptor.name.as_str(), "staging");
        assert_eq!(descriptor.promotion, Strategy::Auto);
        assert_eq!(descriptor.chart_repository, "http://charts.localhost:8080");
        assert_eq!(descriptor.unknown_setting(), None);
        assert!(text(".tekton/pull-request.yaml").contains("value: \"{{ repo_url }}\""));
        assert!(text(".tekton/apply.yaml").contains("landfall apply staging"));
    }
}
