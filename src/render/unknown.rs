//! Values that nothing in a chart reads: usually a misspelt name, which Helm passes over in silence.

use std::collections::HashSet;

use chart::Chart;
use goyaml::{Map, Value};

use super::explain::values::subchart;
use crate::failure::near_names;

/// A value that nothing reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// Its path, as `--set` takes it.
    pub path: String,
    /// The path that was probably meant.
    pub near: Option<String>,
}

/// The keys of `values` that the chart has no default for and that no word of its templates, files or schema is equal to.
///
/// It errs on the side of silence: a chart may read a map as a whole, or find a key in a way that is not written down.
pub fn unknown(chart: &Chart, values: &Map) -> Vec<Unknown> {
    // Without values there is nothing to look for, and a chart may be megabytes.
    if values.is_empty() {
        return Vec::new();
    }
    let mut words = HashSet::new();
    collect(chart, &mut words);
    let mut found = Vec::new();
    walk(Some(chart), &chart.values, values, "", &words, &mut found);
    found
}

fn walk(
    chart: Option<&Chart>,
    defaults: &Map,
    values: &Map,
    prefix: &str,
    words: &HashSet<String>,
    found: &mut Vec<Unknown>,
) {
    for (key, value) in values {
        let is_top = chart.is_some();
        let subchart = chart.and_then(|chart| subchart(chart, key));
        if is_top && subchart.is_none() && matches!(key.as_str(), "global" | "tags" | "enabled") {
            continue;
        }
        let path = format!("{prefix}{}", key.replace('.', "\\."));
        let default = defaults.get(key);
        if let Some(subchart) = subchart {
            if let Value::Map(values) = value {
                let mut below = subchart.values.clone();
                if let Some(Value::Map(own)) = default {
                    below.extend(own.clone());
                }
                walk(
                    Some(subchart),
                    &below,
                    values,
                    &format!("{path}."),
                    words,
                    found,
                );
            }
            continue;
        }
        match (default, value) {
            // An empty map is there to be filled with names of the user's own.
            (Some(Value::Map(default)), Value::Map(values)) if !default.is_empty() => {
                walk(None, default, values, &format!("{path}."), words, found);
            }
            (Some(_), _) => {}
            (None, _) if words.contains(key) => {}
            (None, _) => {
                let known: Vec<String> = defaults.keys().cloned().collect();
                found.push(Unknown {
                    path,
                    near: near_names(key, &known)
                        .first()
                        .map(|near| format!("{prefix}{near}")),
                });
            }
        }
    }
}

/// Every word of a chart's templates, other files and schema, its subcharts included.
fn collect(chart: &Chart, words: &mut HashSet<String>) {
    let texts = chart
        .templates
        .iter()
        .chain(&chart.files)
        .map(|file| &file.data);
    for text in texts.chain(&chart.schema) {
        for word in
            text.split(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')))
        {
            if let Ok(word) = std::str::from_utf8(word)
                && !words.contains(word)
            {
                words.insert(word.to_owned());
            }
        }
    }
    for dependency in &chart.dependencies {
        collect(dependency, words);
    }
}

#[cfg(test)]
mod tests {
    use chart::Chart;

    use super::unknown;

    fn found(given: &str) -> Vec<(String, Option<String>)> {
        let chart = chart(
            "shop",
            "image: {tag: x}\nlabels: {}\ndb: {size: 1}\n",
            "{{ .Values.late }}",
        );
        let chart = Chart {
            dependencies: vec![chart_named_db()],
            ..chart
        };
        let values = goyaml::from_yaml(given.as_bytes()).unwrap();
        unknown(&chart, values.as_map().unwrap())
            .into_iter()
            .map(|unknown| (unknown.path, unknown.near))
            .collect()
    }

    fn chart_named_db() -> Chart {
        chart("db", "user: {name: root}\n", "{{ .Values.user.name }}")
    }

    /// A chart on the disk for a moment, as the loader wants it.
    fn chart(name: &str, values: &str, template: &str) -> Chart {
        let folder = tempfile::tempdir().unwrap();
        let write =
            |file: &str, text: &str| std::fs::write(folder.path().join(file), text).unwrap();
        write(
            "Chart.yaml",
            &format!("apiVersion: v2\nname: {name}\nversion: 1.0.0\n"),
        );
        write("values.yaml", values);
        std::fs::create_dir(folder.path().join("templates")).unwrap();
        write("templates/a.yaml", template);
        chart::load(folder.path()).unwrap()
    }

    #[test]
    fn misspelt_names_are_found_with_the_nearest_one_at_every_level() {
        assert_eq!(
            found("imge: {}\nimage: {tga: 1}\ndb: {usr: 1, user: {nmae: 1}}\nother: 1\n"),
            [
                ("db.user.nmae".to_owned(), Some("db.user.name".to_owned())),
                ("db.usr".to_owned(), Some("db.user".to_owned())),
                ("image.tga".to_owned(), Some("image.tag".to_owned())),
                ("imge".to_owned(), Some("image".to_owned())),
                ("other".to_owned(), None),
            ]
        );
    }

    #[test]
    fn what_may_be_read_is_not_named() {
        assert_eq!(
            found(
                "late: 1\nglobal: {x: 1}\ntags: {y: true}\nlabels: {own: 1}\nimage: text\ndb: {enabled: true, size: 2}\n"
            ),
            []
        );
    }
}
