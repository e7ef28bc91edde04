//! Rules for crds/ (`rules/crds.go`).

use super::stream::{self, Head};
use super::{Linter, Severity};
use crate::load::load_any_generation;

const FOLDER: &str = "crds/";

pub(super) fn check(linter: &mut Linter) {
    let folder = linter.folder.join(FOLDER.trim_end_matches('/'));
    if !folder.exists() {
        return;
    }
    let wrong = (!folder.is_dir()).then(|| "not a directory".to_owned());
    if !linter.rule(Severity::Error, FOLDER, wrong) {
        return;
    }
    let chart = match load_any_generation(&linter.folder) {
        Ok(chart) => chart,
        Err(cause) => {
            linter.found.log.extend(cause.warnings);
            linter.rule(Severity::Error, FOLDER, Some(cause.error.to_string()));
            return;
        }
    };
    linter.found.log.extend(chart.warnings.iter().cloned());
    for (_, file) in chart.crds() {
        // Helm names the file as it is in its own chart.
        let name = file.name.to_string();
        for document in stream::heads(&file.data) {
            match document {
                Err(cause) => {
                    let problem = format!("unable to parse YAML: {cause}");
                    linter.rule(Severity::Error, &name, Some(problem));
                    return;
                }
                Ok(None) => {}
                Ok(Some(Head {
                    api_version, kind, ..
                })) => {
                    let version = (!api_version.starts_with("apiextensions.k8s.io"))
                        .then(|| "apiVersion is not in 'apiextensions.k8s.io'".to_owned());
                    linter.rule(Severity::Error, &name, version);
                    let kind = (kind != "CustomResourceDefinition")
                        .then(|| "object kind is not 'CustomResourceDefinition'".to_owned());
                    linter.rule(Severity::Error, &name, kind);
                }
            }
        }
    }
}
