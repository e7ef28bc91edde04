//! landfall's own layout: a folder per app with a wrapper chart of exactly one dependency, whose version is what a
//! promotion changes. `helm dependency update` and `helm upgrade --install` work on it as it is.
//!
//! ```text
//! environment.yaml
//! .landfall/policy.yaml  .landfall/holds/<namespace>/<app>.yaml
//! namespaces/<namespace>/<app>/{Chart.yaml,values.yaml}
//! ```

use super::super::edit;

pub use super::super::edit::{Dependency, EditError};

/// The folder of an app.
pub fn app_folder(namespace: &str, app: &str) -> String {
    format!("namespaces/{namespace}/{app}")
}

/// The file that a promotion changes.
pub fn chart_file(namespace: &str, app: &str) -> String {
    format!("{}/Chart.yaml", app_folder(namespace, app))
}

/// The file that holds back an app.
pub(in super::super) fn hold_file(namespace: &str, app: &str) -> String {
    format!(".landfall/holds/{namespace}/{app}.yaml")
}

/// The policy of the environment.
pub(in super::super) const POLICY_FILE: &str = ".landfall/policy.yaml";

/// What a chart file says about the app; `None` when it does not have it.
///
/// # Errors
/// A text that is no such chart, with the line where it is known.
pub fn read(text: &str, app: &str) -> Result<Option<Dependency>, EditError> {
    edit::dependency(text, app)
}

/// The files of an app with `version`: the edited chart, or the two files of a new app.
///
/// # Errors
/// A chart that cannot be edited.
pub fn write(
    chart: Option<&str>,
    namespace: &str,
    app: &str,
    version: &str,
    repository: &str,
) -> Result<Vec<(String, String)>, EditError> {
    let path = chart_file(namespace, app);
    if let Some(chart) = chart {
        return Ok(vec![(path, edit::set_version(chart, app, version)?)]);
    }
    let values = format!("{}/values.yaml", app_folder(namespace, app));
    let chart = format!(
        "apiVersion: v2\nname: {app}\nversion: 0.0.0\ndependencies:\n  - name: {app}\n    version: {version}\n    repository: {repository}\n"
    );
    let overrides = format!("# What differs here from the defaults of the chart.\n{app}: {{}}\n");
    Ok(vec![(path, chart), (values, overrides)])
}

/// Whether a file says what runs, and not how the environment is run.
pub(in super::super) fn is_content(path: &str) -> bool {
    path.starts_with("namespaces/")
}

/// The apps of an environment: namespace and name, from the paths of its files.
pub fn apps<'a>(files: impl IntoIterator<Item = &'a str>) -> Vec<(String, String)> {
    files
        .into_iter()
        .filter_map(|file| {
            let mut parts = file.strip_prefix("namespaces/")?.split('/');
            let (namespace, app) = (parts.next()?, parts.next()?);
            (parts.next() == Some("Chart.yaml") && parts.next().is_none())
                .then(|| (namespace.to_owned(), app.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{apps, read, write};

    #[test]
    fn a_new_app_reads_back_and_a_known_one_is_edited() {
        let files = write(
            None,
            "staging",
            "shop",
            "1.2.0",
            "http://charts.localhost:8080",
        )
        .unwrap();
        let [(chart_path, chart), (values_path, values)] = files.as_slice() else {
            panic!("two files are expected");
        };
        assert_eq!(chart_path, "namespaces/staging/shop/Chart.yaml");
        assert_eq!(values_path, "namespaces/staging/shop/values.yaml");
        assert!(values.ends_with("shop: {}\n"));
        assert_eq!(read(chart, "shop").unwrap().unwrap().version, "1.2.0");
        let edited = write(Some(chart), "staging", "shop", "1.3.0", "").unwrap();
        assert_eq!(
            edited,
            [(chart_path.clone(), chart.replace("1.2.0", "1.3.0"))]
        );
    }

    #[test]
    fn apps_are_folders_with_a_chart() {
        let files = [
            "environment.yaml",
            "namespaces/staging/shop/Chart.yaml",
            "namespaces/staging/shop/values.yaml",
            "namespaces/staging/cart/templates/Chart.yaml",
            "namespaces/other/cart/Chart.yaml",
        ];
        let found = apps(files);
        let found: Vec<_> = found
            .iter()
            .map(|(n, a)| (n.as_str(), a.as_str()))
            .collect();
        assert_eq!(found, [("staging", "shop"), ("other", "cart")]);
    }
}
