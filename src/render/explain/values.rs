//! Where a value comes from: each file, flag and default that sets it, the one that counts last.

use chart::values::{Layers, merge};
use chart::{Chart, Error};
use goyaml::Value;
use goyaml::node::{Document, Kind, NodeId};

use super::path::{Part, ValuePath};

/// Something that sets a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// A file with its line, as `prod.yaml:3`, or a flag as it was given.
    pub place: String,
    /// What it sets.
    pub value: Value,
}

/// A value and all that had a say in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What templates see; `None` when they see nothing there.
    pub value: Option<Value>,
    /// What sets it, each one overriding those before.
    pub sources: Vec<Source>,
}

impl Explanation {
    /// Whether the last source says what templates see. It does not when a chart imports values from another one, or takes `global`.
    pub fn is_told(&self) -> bool {
        let last = self.sources.last().map(|source| &source.value);
        match &self.value {
            None => last.is_none_or(Value::is_null),
            Some(Value::Map(_)) => true,
            Some(value) => last == Some(value),
        }
    }
}

/// Reads a file named on the command line.
type Reader<'r> = &'r dyn Fn(&str) -> Result<Vec<u8>, Error>;

/// Explains the value at `path`. `place` is the chart as it was named, `seen` what the templates of the chart saw.
///
/// # Errors
/// Those of [`merge`]: a file that cannot be read, a flag that does not parse.
pub fn explain(
    chart: &Chart,
    place: &str,
    layers: &Layers,
    reader: Reader<'_>,
    seen: &Value,
    path: &ValuePath,
) -> Result<Explanation, Error> {
    let mut sources = Vec::new();
    of_chart(chart, place, path, &mut sources);
    for (layer, name) in single(layers) {
        let values = Value::Map(merge(&layer, reader)?);
        let Some(value) = path.find(&values) else {
            continue;
        };
        let place = match layer.files.first() {
            Some(file) => at_line(file, &reader(file)?, path),
            None => name,
        };
        sources.push(Source {
            place,
            value: value.clone(),
        });
    }
    Ok(Explanation {
        value: path.find(seen).cloned(),
        sources,
    })
}

/// The defaults of the chart and, where the path leads into a subchart, those of that one, which come first.
fn of_chart(chart: &Chart, place: &str, path: &ValuePath, sources: &mut Vec<Source>) {
    if let Some((key, rest)) = path.split_first()
        && let Some(subchart) = subchart(chart, key)
    {
        let place = format!("{place}/charts/{}", subchart.name());
        of_chart(subchart, &place, &rest, sources);
    }
    let values = Value::Map(chart.values.clone());
    if let Some(value) = path.find(&values) {
        let file = format!("{place}/values.yaml");
        let text = chart.values_text.as_deref().unwrap_or_default();
        sources.push(Source {
            place: at_line(&file, text, path),
            value: value.clone(),
        });
    }
}

/// The subchart whose values stand below a key: by alias, else by name.
pub(in crate::render) fn subchart<'c>(chart: &'c Chart, key: &str) -> Option<&'c Chart> {
    let declared = &chart.metadata.dependencies;
    let name = declared
        .iter()
        .flatten()
        .find(|dependency| dependency.alias == key)
        .map_or(key, |dependency| dependency.name.as_str());
    chart
        .dependencies
        .iter()
        .find(|dependency| dependency.name() == name)
}

/// Each file and flag alone, in the order in which they are merged, with the flag as it was given.
fn single(layers: &Layers) -> Vec<(Layers, String)> {
    let one = |flag: &str, text: &String, layer: Layers| (layer, format!("{flag} {text}"));
    let mut single: Vec<(Layers, String)> = Vec::new();
    let empty = Layers::default;
    single.extend(layers.files.iter().map(|text| {
        one(
            "-f",
            text,
            Layers {
                files: vec![text.clone()],
                ..empty()
            },
        )
    }));
    single.extend(layers.json.iter().map(|text| {
        one(
            "--set-json",
            text,
            Layers {
                json: vec![text.clone()],
                ..empty()
            },
        )
    }));
    single.extend(layers.set.iter().map(|text| {
        one(
            "--set",
            text,
            Layers {
                set: vec![text.clone()],
                ..empty()
            },
        )
    }));
    single.extend(layers.strings.iter().map(|text| {
        one(
            "--set-string",
            text,
            Layers {
                strings: vec![text.clone()],
                ..empty()
            },
        )
    }));
    single.extend(layers.contents.iter().map(|text| {
        one(
            "--set-file",
            text,
            Layers {
                contents: vec![text.clone()],
                ..empty()
            },
        )
    }));
    single.extend(layers.literals.iter().map(|text| {
        one(
            "--set-literal",
            text,
            Layers {
                literals: vec![text.clone()],
                ..empty()
            },
        )
    }));
    single
}

/// The file with the line of the value, where it can be told.
fn at_line(file: &str, text: &[u8], path: &ValuePath) -> String {
    let line = std::str::from_utf8(text)
        .ok()
        .and_then(|text| goyaml::document(text).ok().flatten())
        .and_then(|document| line(&document, path));
    match line {
        Some(line) => format!("{file}:{line}"),
        None => file.to_owned(),
    }
}

/// The line of the key or item, counted from 1.
fn line(document: &Document, path: &ValuePath) -> Option<usize> {
    let mut node = document.root();
    let mut line = 0;
    for part in path.parts() {
        let (place, next) = match part {
            Part::Key(key) => pair(document, node, key)?,
            Part::Item(index) => {
                let Kind::Sequence { items, .. } = &document.node(document.resolve(node)).kind
                else {
                    return None;
                };
                let item = *items.get(*index)?;
                (item, item)
            }
        };
        line = document.node(place).start.line + 1;
        node = next;
    }
    Some(line)
}

/// The key and the value of the pair that counts.
fn pair(document: &Document, mapping: NodeId, key: &str) -> Option<(NodeId, NodeId)> {
    let Kind::Mapping { pairs, .. } = &document.node(document.resolve(mapping)).kind else {
        return None;
    };
    let mut pairs = pairs.iter().rev();
    pairs
        .find(|(name, _)| document.scalar(*name) == Some(key))
        .copied()
}

#[cfg(test)]
mod tests {
    use chart::values::Layers;
    use goyaml::Value;

    use super::{Explanation, explain};
    use crate::render::explain::ValuePath;
    use crate::render::{Request, read, render};

    /// A chart `shop` with a subchart `db` under the alias `store`, explained with flags of every kind.
    fn explained(path: &str, layers: Layers) -> Explanation {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write(
            "shop/Chart.yaml",
            "apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n- {name: db, alias: store, version: 1.0.0}\n",
        );
        write(
            "shop/values.yaml",
            "a: chart\nlist:\n- x: 1\n- x: 2\nstore:\n  size: 2\n",
        );
        write(
            "shop/charts/db/Chart.yaml",
            "apiVersion: v2\nname: db\nversion: 1.0.0\n",
        );
        write("shop/charts/db/values.yaml", "# Megabytes\nsize: 1\n");
        write("prod.yaml", "\na: file\n");
        let request = Request {
            release: "shop".to_owned(),
            folder: folder.path().to_owned(),
            layers,
            ..Request::default()
        };
        let documents = render("shop".as_ref(), &request).unwrap();
        let reader = |name: &str| read(folder.path(), name);
        let path = ValuePath::parse(path).unwrap();
        explain(
            &documents.chart,
            "shop",
            &request.layers,
            &reader,
            &documents.values,
            &path,
        )
        .unwrap()
    }

    fn places(explanation: &Explanation) -> Vec<&str> {
        explanation
            .sources
            .iter()
            .map(|source| source.place.as_str())
            .collect()
    }

    #[test]
    fn the_sources_stand_in_the_order_in_which_they_override() {
        let text = |text: &str| vec![text.to_owned()];
        let layers = Layers {
            files: text("prod.yaml"),
            json: text("a=\"json\""),
            set: text("a=set"),
            strings: text("a=string"),
            contents: text("b=prod.yaml"),
            literals: text("a=literal"),
        };
        let explanation = explained("a", layers);
        assert_eq!(
            places(&explanation),
            [
                "shop/values.yaml:1",
                "prod.yaml:2",
                "--set-json a=\"json\"",
                "--set a=set",
                "--set-string a=string",
                "--set-literal a=literal"
            ]
        );
        assert_eq!(explanation.value, Some(Value::String("literal".to_owned())));
        assert!(explanation.is_told());
    }

    #[test]
    fn a_subchart_has_its_own_default_below_the_parents() {
        let explanation = explained("store.size", Layers::default());
        assert_eq!(
            places(&explanation),
            ["shop/charts/db/values.yaml:2", "shop/values.yaml:6"]
        );
        assert!(explanation.is_told());
    }

    #[test]
    fn items_of_lists_have_lines_and_a_null_takes_a_value_away() {
        assert_eq!(
            places(&explained("list[1].x", Layers::default())),
            ["shop/values.yaml:4"]
        );
        let removed = explained(
            "a",
            Layers {
                set: vec!["a=null".to_owned()],
                ..Layers::default()
            },
        );
        assert_eq!(removed.value, None);
        assert!(removed.is_told());
        assert_eq!(places(&removed), ["shop/values.yaml:1", "--set a=null"]);
    }
}
