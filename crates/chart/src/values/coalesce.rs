//! The merge of a chart's defaults under the user's values, for a chart and its subcharts (`coalesce.go`).
//!
//! Two flavours: *coalesce* drops nulls, *merge* keeps them (used before import-values are resolved).

use std::collections::BTreeSet;

use goyaml::{Map, Value};

use super::{go_text, go_type};
use crate::{Chart, Error, Warning};

/// Key of the values that every subchart sees.
const GLOBAL: &str = "global";

/// Whether nulls survive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// `null` removes a default.
    Coalesce,
    /// `null` is kept.
    Merge,
}

/// The values of a chart: the user's over its own, subcharts below their names.
///
/// # Errors
/// A value at a subchart's name that is no table.
pub(crate) fn values(
    chart: &Chart,
    user: Map,
    flavour: Flavour,
    log: &mut Vec<Warning>,
) -> Result<Map, Error> {
    let mut values = user;
    Coalescer { flavour, log }.chart(chart, &mut values, "")?;
    Ok(values)
}

/// `MergeTables`: fills `into` from `from`, keeping nulls.
/// Fills a user's table with defaults; `null` in it removes one (`CoalesceTables`).
pub(crate) fn coalesce_tables(into: &mut Map, from: Map, log: &mut Vec<Warning>) {
    let flavour = Flavour::Coalesce;
    Coalescer { flavour, log }.tables(into, from, "", flavour);
}

pub(crate) fn merge_tables(into: &mut Map, from: Map, log: &mut Vec<Warning>) {
    let merge = Flavour::Merge;
    Coalescer {
        flavour: merge,
        log,
    }
    .tables(into, from, "", merge);
}

struct Coalescer<'l> {
    flavour: Flavour,
    log: &'l mut Vec<Warning>,
}

impl Coalescer<'_> {
    fn warn(&mut self, text: String) {
        self.log.push(Warning::info(text));
    }

    fn chart(&mut self, chart: &Chart, into: &mut Map, prefix: &str) -> Result<(), Error> {
        self.defaults(chart, into, prefix);
        for subchart in &chart.dependencies {
            self.subchart(chart, subchart, into, prefix)?;
        }
        Ok(())
    }

    fn subchart(
        &mut self,
        chart: &Chart,
        subchart: &Chart,
        into: &mut Map,
        prefix: &str,
    ) -> Result<(), Error> {
        let name = subchart.name();
        let mut inner = match into.remove(name) {
            None => Map::new(),
            Some(Value::Map(inner)) => inner,
            Some(other) => {
                return Err(Error::other(format!(
                    "type mismatch on {name}: {}",
                    bad_bool(&other)
                )));
            }
        };
        let prefix = join(prefix, chart.name());
        self.globals(&mut inner, into, &prefix);
        let done = self.chart(subchart, &mut inner, &prefix);
        into.insert(name.to_owned(), Value::Map(inner));
        done
    }

    /// Copies the parent's globals down, the parent's winning.
    fn globals(&mut self, into: &mut Map, from: &Map, prefix: &str) {
        let mut target = match into.get(GLOBAL) {
            None => Map::new(),
            Some(Value::Map(map)) => map.clone(),
            Some(_) => {
                self.warn(format!(
                    "warning: skipping globals because destination {GLOBAL} is not a table."
                ));
                return;
            }
        };
        let source = match from.get(GLOBAL) {
            None => &Map::new(),
            Some(Value::Map(map)) => map,
            Some(_) => {
                self.warn(format!(
                    "warning: skipping globals because source {GLOBAL} is not a table."
                ));
                return;
            }
        };
        for (key, value) in source {
            match (value, target.get_mut(key)) {
                (Value::Map(value), Some(Value::Map(known))) => {
                    let mut merged = value.clone();
                    let known = std::mem::take(known);
                    self.tables(&mut merged, known, &join(prefix, key), Flavour::Merge);
                    target.insert(key.clone(), Value::Map(merged));
                }
                (Value::Map(_), Some(_)) => {
                    let key = gotpl::quote::quote(key.as_bytes());
                    self.warn(format!(
                        "Conflict: cannot merge map onto non-map for {key}. Skipping."
                    ));
                }
                (_, Some(Value::Map(_))) => self.warn(format!("key {key} is table. Skipping")),
                _ => {
                    target.insert(key.clone(), value.clone());
                }
            }
        }
        into.insert(GLOBAL.to_owned(), Value::Map(target));
    }

    /// Puts the chart's own values below what is there.
    fn defaults(&mut self, chart: &Chart, into: &mut Map, prefix: &str) {
        let prefix = join(prefix, chart.name());
        let merging = self.flavour == Flavour::Merge;
        for (key, default) in &chart.values {
            match into.get_mut(key) {
                Some(Value::Null) if !merging => {
                    into.remove(key);
                }
                Some(Value::Map(known)) => match default {
                    Value::Map(default) => {
                        // Values for a subchart keep their nulls until the subchart's own defaults are known.
                        let for_subchart = chart
                            .dependencies
                            .iter()
                            .any(|subchart| subchart.name() == key);
                        let flavour = if for_subchart {
                            Flavour::Merge
                        } else {
                            self.flavour
                        };
                        let mut default = default.clone();
                        if flavour == Flavour::Coalesce {
                            remove_nulls(&mut default);
                        }
                        self.tables(known, default, &join(&prefix, key), flavour);
                    }
                    Value::Null => {}
                    _ => self.warn(format!(
                        "warning: skipped value for {prefix}.{key}: Not a table."
                    )),
                },
                Some(_) => {}
                None if merging => {
                    into.insert(key.clone(), default.clone());
                }
                None => {
                    let mut default = default.clone();
                    if let Value::Map(map) = &mut default {
                        remove_nulls(map);
                    }
                    if !default.is_null() {
                        into.insert(key.clone(), default);
                    }
                }
            }
        }
    }

    /// `coalesceTablesFullKey`: fills `into` from `from`.
    fn tables(&mut self, into: &mut Map, mut from: Map, prefix: &str, flavour: Flavour) {
        let given: BTreeSet<String> = from
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, _)| key.clone())
            .collect();
        for (key, value) in into.iter() {
            if value.is_null() {
                from.insert(key.clone(), Value::Null);
            }
        }
        for (key, value) in from {
            match (into.get_mut(&key), value) {
                (Some(Value::Null), _) if flavour == Flavour::Coalesce && given.contains(&key) => {
                    into.remove(&key);
                }
                (None, value) => {
                    into.insert(key, value);
                }
                (Some(Value::Map(known)), Value::Map(value)) => {
                    self.tables(known, value, &join(prefix, &key), flavour);
                }
                (Some(_), value @ Value::Map(_)) => {
                    let (path, value) = (join(prefix, &key), go_text(&value));
                    self.warn(format!(
                        "warning: cannot overwrite table with non table for {path} ({value})"
                    ));
                }
                (Some(Value::Map(_)), value) if !value.is_null() => {
                    let (path, value) = (join(prefix, &key), go_text(&value));
                    self.warn(format!("warning: destination for {path} is a table. Ignoring non-table value ({value})"));
                }
                _ => {}
            }
        }
    }
}

fn remove_nulls(map: &mut Map) {
    map.retain(|_, value| {
        if let Value::Map(inner) = value {
            remove_nulls(inner);
        }
        !value.is_null()
    });
}

fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        name.to_owned()
    } else {
        format!("{prefix}.{name}")
    }
}

/// `fmt.Sprintf("%t", value)`, which Helm uses here for whatever it finds.
fn bad_bool(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Null => "%!t(<nil>)".to_owned(),
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(bad_bool).collect();
            format!("[{}]", items.join(" "))
        }
        other => format!("%!t({}={})", go_type(other), go_text(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(yaml: &str) -> Map {
        crate::values::read(yaml.as_bytes()).unwrap()
    }

    fn chart(name: &str, values: &str) -> Chart {
        let mut chart = Chart {
            values: map(values),
            ..Chart::default()
        };
        chart.metadata.name = name.to_owned();
        chart
    }

    fn coalesced(chart: &Chart, user: &str) -> (String, Vec<String>) {
        let mut log = Vec::new();
        let values = values(chart, map(user), Flavour::Coalesce, &mut log).unwrap();
        (
            goyaml::to_json(&values.into()).unwrap(),
            log.into_iter().map(|line| line.message).collect(),
        )
    }

    #[test]
    fn nulls_remove_defaults_and_null_defaults_are_dropped() {
        let chart = chart("c", "a: 1\nb: {x: 1, y: null}\nn: null\n");
        assert_eq!(
            coalesced(&chart, "a: null\nb: {x: null, z: 2}\nq: null\n").0,
            r#"{"b":{"z":2},"q":null}"#
        );
    }

    #[test]
    fn a_table_and_a_scalar_do_not_mix() {
        let chart = chart("c", "a: {x: 1}\nb: 1\n");
        let (values, log) = coalesced(&chart, "a: 5\nb: {z: 1}\n");
        assert_eq!(values, r#"{"a":5,"b":{"z":1}}"#);
        assert_eq!(log, ["warning: skipped value for c.b: Not a table."]);
    }

    #[test]
    fn globals_go_down_and_the_parent_wins() {
        let mut parent = chart("p", "global: {a: {x: 1}}\ns: {v: 1}\n");
        parent
            .dependencies
            .push(chart("s", "global: {a: {x: 2, z: 2}}\nv: 0\nw: 0\n"));
        assert_eq!(
            coalesced(&parent, "").0,
            r#"{"global":{"a":{"x":1}},"s":{"global":{"a":{"x":1,"z":2}},"v":1,"w":0}}"#
        );
    }

    #[test]
    fn a_subcharts_values_have_to_be_a_table() {
        let mut parent = chart("p", "");
        parent.dependencies.push(chart("s", ""));
        let error = values(&parent, map("s: 5\n"), Flavour::Coalesce, &mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "type mismatch on s: %!t(float64=5)");
    }
}
