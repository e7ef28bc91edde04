//! What a commit changes for the apps of an environment.

use std::collections::BTreeSet;

use super::content::EnvironmentFiles;
use super::layout::own;

/// The apps of which a file is not what it was, those that came included.
pub fn changed_apps(before: &EnvironmentFiles, after: &EnvironmentFiles) -> BTreeSet<String> {
    own::apps(after.keys().map(String::as_str))
        .into_iter()
        .filter(|(namespace, app)| {
            let folder = format!("{}/", own::app_folder(namespace, app));
            let files = |files: &'_ EnvironmentFiles| -> Vec<(String, Vec<u8>)> {
                files
                    .range(folder.clone()..)
                    .take_while(|(path, _)| path.starts_with(&folder))
                    .map(|(path, content)| (path.clone(), content.clone()))
                    .collect()
            };
            files(before) != files(after)
        })
        .map(|(_, app)| app)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{EnvironmentFiles, changed_apps};

    fn files(files: &[(&str, &str)]) -> EnvironmentFiles {
        files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
            .collect()
    }

    #[test]
    fn apps_whose_files_are_as_they_were_are_left_out() {
        let before = files(&[
            ("namespaces/staging/a/Chart.yaml", "1"),
            ("namespaces/staging/b/Chart.yaml", "1"),
            ("namespaces/staging/b/values.yaml", "x"),
            ("namespaces/staging/gone/Chart.yaml", "1"),
        ]);
        let after = files(&[
            ("namespaces/staging/a/Chart.yaml", "1"),
            ("namespaces/staging/ab/Chart.yaml", "new"),
            ("namespaces/staging/b/Chart.yaml", "1"),
            ("namespaces/staging/b/values.yaml", "y"),
        ]);
        let changed: Vec<String> = changed_apps(&before, &after).into_iter().collect();
        assert_eq!(changed, ["ab", "b"]);
        assert!(changed_apps(&after, &after).is_empty());
    }
}
