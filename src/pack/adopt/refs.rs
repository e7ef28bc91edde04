//! Which values a piece of a template reads.

use super::condition::{Path, value_path};

/// The paths of `.Values` in a text, in their order, each once.
pub(super) fn value_paths(text: &str) -> Vec<Path> {
    let mut paths: Vec<Path> = Vec::new();
    for path in words(text).filter_map(value_path) {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths
}

/// The paths below `.` in a text: `.tag` is `["tag"]`. Not those of Helm's own objects.
pub(super) fn own_paths(text: &str) -> Vec<Path> {
    const BUILT_IN: &[&str] = &[
        "Values",
        "Chart",
        "Release",
        "Capabilities",
        "Files",
        "Template",
        "Subcharts",
    ];
    words(text)
        .filter_map(|word| word.strip_prefix('.'))
        .filter(|word| !word.is_empty())
        .map(|word| word.split('.').map(str::to_owned).collect::<Path>())
        .filter(|path| !path.iter().any(String::is_empty))
        .filter(|path| {
            !path
                .first()
                .is_some_and(|key| BUILT_IN.contains(&key.as_str()))
        })
        .collect()
}

/// The words that could be paths.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '$')))
        .map(|word| word.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::{own_paths, value_paths};

    #[test]
    fn paths_are_found_in_any_expression() {
        let joined = |text: &str| {
            let paths = value_paths(text).into_iter().map(|path| path.join("."));
            paths.collect::<Vec<_>>()
        };
        assert_eq!(
            joined("\"{{ .Values.image.name }}:{{ $.Values.tag | default .Chart.AppVersion }}\""),
            ["image.name", "tag"]
        );
        assert_eq!(joined("printf \"%s\" (.Values.a) .Values.a"), ["a"]);
        assert_eq!(
            joined(".Chart.Name .Release.Values.x 1.2 ..."),
            Vec::<String>::new()
        );
        assert_eq!(
            own_paths("{{ .repository }}:{{ .tag }} .Values.x .Chart.y .").len(),
            2
        );
    }
}
