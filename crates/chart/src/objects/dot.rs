//! The dot of every chart and the templates that run with it (`recAllTpls` of `pkg/engine/engine.go`).

use std::collections::BTreeMap;
use std::sync::Arc;

use gotpl::{Kind, Map, Type, Value};

use super::files::Files;
use crate::Chart;

/// Helm's name for maps of values.
const VALUES: Type = Type::Named("common.Values", Kind::Map);

/// What all charts of a release share.
#[derive(Debug)]
pub(crate) struct Root {
    /// `.Release`.
    pub(crate) release: Value,
    /// `.Capabilities`.
    pub(crate) capabilities: Value,
    /// The values of the top chart.
    pub(crate) values: Value,
}

/// A template with the dot it runs with.
#[derive(Debug)]
pub(crate) struct Renderable {
    pub(crate) text: Arc<[u8]>,
    /// Shared by all templates of a chart.
    pub(crate) dot: Arc<Map>,
    pub(crate) base_path: String,
}

impl Renderable {
    /// The dot with `.Template` set for this template.
    pub(crate) fn dot(&self, name: &str) -> Value {
        let template = BTreeMap::from([
            ("Name".into(), Value::from(name)),
            ("BasePath".into(), Value::from(self.base_path.as_str())),
        ]);
        self.dot.insert("Template", Value::map_of(VALUES, template));
        Value::Map(Arc::new(self.dot.view(VALUES)))
    }
}

/// All templates of a chart and its subcharts by path.
#[derive(Debug, Default)]
pub(crate) struct Templates(BTreeMap<String, Renderable>);

impl Templates {
    pub(crate) fn collect(chart: &Chart, root: &Root) -> Self {
        let mut templates = Self::default();
        let values = match &root.values {
            Value::Map(map) => map.clone(),
            _ => Arc::new(Map::new(BTreeMap::new())),
        };
        templates.add(chart, chart.name(), root, &values, true);
        templates
    }

    /// Paths in the order in which Helm parses and runs them: deep ones first, then from the end of the alphabet.
    pub(crate) fn in_order(&self) -> Vec<(&str, &Renderable)> {
        let mut paths: Vec<_> = self
            .0
            .iter()
            .map(|(path, template)| (path.as_str(), template))
            .collect();
        let depth = |path: &str| path.bytes().filter(|byte| *byte == b'/').count();
        paths.sort_by(|(a, _), (b, _)| depth(b).cmp(&depth(a)).then_with(|| b.cmp(a)));
        paths
    }

    fn add(
        &mut self,
        chart: &Chart,
        path: &str,
        root: &Root,
        values: &Arc<Map>,
        is_root: bool,
    ) -> Arc<Map> {
        let subcharts = Value::map(Vec::<(&str, Value)>::new());
        let Value::Map(dot) = Value::map([
            ("Chart", chart.metadata.to_template(is_root)),
            ("Files", Value::object(Files::new(&chart.files))),
            ("Release", root.release.clone()),
            ("Capabilities", root.capabilities.clone()),
            ("Values", Value::Map(Arc::new(values.view(VALUES)))),
            ("Subcharts", subcharts.clone()),
        ]) else {
            return Arc::clone(values);
        };
        for subchart in &chart.dependencies {
            let name = subchart.name();
            // The subchart's values are the parent's map below its name, not a copy: `set` in one shows in the other.
            let inner = match values.get(name) {
                Some(Value::Map(inner)) => inner,
                _ => Arc::new(Map::new(BTreeMap::new())),
            };
            let inner_dot = self.add(
                subchart,
                &format!("{path}/charts/{name}"),
                root,
                &inner,
                false,
            );
            if let Value::Map(subcharts) = &subcharts {
                subcharts.insert(name, Value::Map(inner_dot));
            }
        }
        for file in &chart.templates {
            let base = file.name.rsplit('/').next().unwrap_or(&file.name);
            if chart.metadata.is_library() && !base.starts_with('_') {
                continue;
            }
            let renderable = Renderable {
                text: file.data.clone(),
                dot: Arc::clone(&dot),
                base_path: format!("{path}/templates"),
            };
            self.0.insert(format!("{path}/{}", file.name), renderable);
        }
        dot
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::File;

    #[test]
    fn deep_templates_come_first_and_then_the_end_of_the_alphabet() {
        let mut chart = Chart::default();
        chart.metadata.name = "c".to_owned();
        let file = |name: &str| File::new(name, Vec::new());
        chart.templates = vec![
            file("templates/a.yaml"),
            file("templates/b.yaml"),
            file("templates/d/a.yaml"),
        ];
        let root = Root {
            release: Value::Nil,
            capabilities: Value::Nil,
            values: Value::map([("s", Value::Nil)]),
        };
        let templates = Templates::collect(&chart, &root);
        let order: Vec<_> = templates
            .in_order()
            .into_iter()
            .map(|(path, _)| path)
            .collect();
        assert_eq!(
            order,
            [
                "c/templates/d/a.yaml",
                "c/templates/b.yaml",
                "c/templates/a.yaml"
            ]
        );
    }

    #[test]
    fn a_subchart_shares_its_parents_values() {
        let mut chart = Chart::default();
        chart.metadata.name = "c".to_owned();
        let mut subchart = chart.clone();
        subchart.metadata.name = "s".to_owned();
        subchart
            .templates
            .push(File::new("templates/x", Vec::new()));
        chart.dependencies.push(subchart);
        let values = Value::map([("s", Value::map([("a", Value::int(1))]))]);
        let root = Root {
            release: Value::Nil,
            capabilities: Value::Nil,
            values: values.clone(),
        };
        let templates = Templates::collect(&chart, &root);
        let (path, template) = templates.in_order()[0];
        assert_eq!(path, "c/charts/s/templates/x");
        let inner = template.dot(path).as_map().unwrap().get("Values").unwrap();
        inner.as_map().unwrap().insert("b", Value::int(2));
        let outer = values.as_map().unwrap().get("s").unwrap();
        assert!(outer.as_map().unwrap().contains("b"));
        assert_eq!(inner.type_name(), "common.Values");
    }
}
