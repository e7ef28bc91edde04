//! Which subcharts take part, under which name, with which values (`pkg/chart/v2/util/dependencies.go`).

use goyaml::{Map, Value};

use crate::dependency::Dependency;
use crate::semver::{Constraint, Version};
use crate::values::coalesce::{self, Flavour};
use crate::values::{go_text, path_value, table};
use crate::{Chart, Error, Warning};

/// Resolves aliases, tags, conditions and import-values in place.
///
/// # Errors
/// A value at a subchart's name that is no table.
pub(crate) fn process(chart: &mut Chart, user: &Map, log: &mut Vec<Warning>) -> Result<(), Error> {
    enable(chart, user, "", log)?;
    import_all(chart, log)
}

/// Declared dependencies that charts/ does not hold.
pub(crate) fn check_present(chart: &Chart) -> Result<(), Error> {
    let missing: Vec<String> = chart
        .metadata
        .dependencies
        .iter()
        .flatten()
        .filter(|wanted| {
            !chart
                .dependencies
                .iter()
                .any(|found| found.name() == wanted.name)
        })
        .map(|wanted| wanted.name.clone())
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Error::MissingDependencies(missing))
    }
}

/// Whether a version satisfies a constraint; nonsense on either side does not.
pub(crate) fn is_compatible(constraint: &str, version: &str) -> bool {
    match (Constraint::parse(constraint), Version::parse(version)) {
        (Ok(constraint), Ok(version)) => constraint.check(&version),
        _ => false,
    }
}

fn enable(
    chart: &mut Chart,
    values: &Map,
    path: &str,
    log: &mut Vec<Warning>,
) -> Result<(), Error> {
    if chart.metadata.dependencies.is_empty() {
        return Ok(());
    }
    select(chart);
    for dependency in chart.metadata.dependencies.iter_mut().flatten() {
        dependency.enabled = true;
    }
    let coalesced = coalesce::values(chart, values.clone(), Flavour::Coalesce, log)?;
    if let Ok(tags) = table(&coalesced, "tags") {
        for dependency in chart.metadata.dependencies.iter_mut().flatten() {
            apply_tags(dependency, tags, log);
        }
    }
    for dependency in chart.metadata.dependencies.iter_mut().flatten() {
        apply_conditions(dependency, &coalesced, path, log);
    }
    let removed: Vec<String> = chart
        .metadata
        .dependencies
        .iter()
        .flatten()
        .filter(|dependency| !dependency.enabled)
        .map(|dependency| dependency.name.clone())
        .collect();
    chart
        .dependencies
        .retain(|subchart| !removed.iter().any(|name| name == subchart.name()));
    chart.metadata.dependencies.retain(|dependency| {
        dependency
            .as_ref()
            .is_some_and(|dependency| !removed.contains(&dependency.name))
    });
    for subchart in &mut chart.dependencies {
        let path = format!("{path}{}.", subchart.name());
        enable(subchart, &coalesced, &path, log)?;
    }
    Ok(())
}

/// Picks the chart of every declaration, under its alias. Charts that nothing declares stay.
fn select(chart: &mut Chart) {
    let found = std::mem::take(&mut chart.dependencies);
    let matches = |subchart: &Chart, wanted: &Dependency| {
        subchart.name() == wanted.name && is_compatible(&wanted.version, &subchart.metadata.version)
    };
    let mut selected: Vec<Chart> = found
        .iter()
        .filter(|subchart| {
            !chart
                .metadata
                .dependencies
                .iter()
                .flatten()
                .any(|wanted| matches(subchart, wanted))
        })
        .cloned()
        .collect();
    for wanted in chart.metadata.dependencies.iter_mut().flatten() {
        if let Some(subchart) = found.iter().find(|subchart| matches(subchart, wanted)) {
            let mut subchart = subchart.clone();
            if !wanted.alias.is_empty() {
                subchart.metadata.name.clone_from(&wanted.alias);
            }
            selected.push(subchart);
        }
        if !wanted.alias.is_empty() {
            wanted.name.clone_from(&wanted.alias);
        }
    }
    chart.dependencies = selected;
}

/// Any true tag enables, false ones disable only without it.
fn apply_tags(dependency: &mut Dependency, tags: &Map, log: &mut Vec<Warning>) {
    let (mut any_true, mut any_false) = (false, false);
    for tag in &dependency.tags {
        match tags.get(tag) {
            None => {}
            Some(Value::Bool(true)) => any_true = true,
            Some(Value::Bool(false)) => any_false = true,
            Some(_) => log.push(
                Warning::warn("returned non-bool value")
                    .with("tag", tag.as_str())
                    .with("chart", dependency.name.as_str()),
            ),
        }
    }
    dependency.enabled = any_true || !any_false;
}

/// The first path that holds a boolean decides, over any tag.
fn apply_conditions(
    dependency: &mut Dependency,
    values: &Map,
    prefix: &str,
    log: &mut Vec<Warning>,
) {
    let condition = dependency.condition.trim().to_owned();
    for path in condition.split(',').filter(|path| !path.is_empty()) {
        match path_value(values, &format!("{prefix}{path}")) {
            None => {}
            Some(Value::Bool(enabled)) => {
                dependency.enabled = *enabled;
                return;
            }
            Some(_) => log.push(
                Warning::warn("returned non-bool value")
                    .with("path", path)
                    .with("chart", dependency.name.as_str()),
            ),
        }
    }
}

/// Takes values over from children to parents, deepest charts first.
fn import_all(chart: &mut Chart, log: &mut Vec<Warning>) -> Result<(), Error> {
    for subchart in &mut chart.dependencies {
        import_all(subchart, log)?;
    }
    if chart.metadata.dependencies.is_empty() {
        return Ok(());
    }
    let mut values = coalesce::values(chart, Map::new(), Flavour::Merge, log)?;
    let mut imported = Map::new();
    for dependency in chart.metadata.dependencies.iter_mut().flatten() {
        // Templates see every entry as a pair of paths.
        dependency.import_values = dependency
            .import_values
            .iter()
            .filter_map(|import| {
                let pair = paths_of(import)?;
                if let Some(taken) = import_one(&dependency.name, import, &pair, &values, log) {
                    coalesce::merge_tables(&mut imported, taken, log);
                }
                let [child, parent] = pair;
                Some(Value::Map(Map::from([
                    ("child".to_owned(), Value::String(child)),
                    ("parent".to_owned(), Value::String(parent)),
                ])))
            })
            .collect();
    }
    coalesce::merge_tables(&mut values, imported, log);
    chart.values = values;
    Ok(())
}

/// The paths that an entry of import-values stands for: in the child, and in the parent.
fn paths_of(import: &Value) -> Option<[String; 2]> {
    match import {
        Value::String(name) => Some([format!("exports.{name}"), ".".to_owned()]),
        Value::Map(paths) => {
            let path = |key: &str| go_text(paths.get(key).unwrap_or(&Value::Null));
            Some([path("child"), path("parent")])
        }
        _ => None,
    }
}

/// One entry of import-values: a name below the child's `exports`, or a pair of paths.
fn import_one(
    name: &str,
    import: &Value,
    [child, parent]: &[String; 2],
    values: &Map,
    log: &mut Vec<Warning>,
) -> Option<Map> {
    match table(values, &format!("{name}.{child}")) {
        Ok(taken) => Some(at_path(parent, taken.clone())),
        Err(error) => {
            log.push(match import {
                Value::String(_) => {
                    Warning::warn("ImportValues missing table").with("error", error)
                }
                _ => Warning::warn("ImportValues missing table from chart")
                    .with("chart", name)
                    .with("error", error),
            });
            None
        }
    }
}

/// The table below the names of a path; `.` is the top.
fn at_path(path: &str, table: Map) -> Map {
    if path == "." {
        return table;
    }
    path.split('.').rev().fold(table, |inner, name| {
        Map::from([(name.to_owned(), Value::Map(inner))])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(name: &str, values: &str) -> Chart {
        let mut chart = Chart {
            values: crate::values::read(values.as_bytes()).unwrap(),
            ..Chart::default()
        };
        chart.metadata.name = name.to_owned();
        chart.metadata.version = "1.0.0".to_owned();
        chart
    }

    fn declared(name: &str) -> Dependency {
        Dependency {
            name: name.to_owned(),
            version: ">0".to_owned(),
            ..Dependency::default()
        }
    }

    fn processed(mut parent: Chart, user: &str) -> (Vec<String>, String) {
        let user = crate::values::read(user.as_bytes()).unwrap();
        process(&mut parent, &user, &mut Vec::new()).unwrap();
        let names = parent
            .dependencies
            .iter()
            .map(|chart| chart.name().to_owned())
            .collect();
        (names, goyaml::to_json(&parent.values.into()).unwrap())
    }

    #[test]
    fn a_condition_wins_over_tags_and_a_true_tag_over_a_false_one() {
        for (user, expected) in [
            ("", &["a"][..]),
            ("tags: {front: false}", &[]),
            ("tags: {front: false, back: true}", &["a"]),
            ("a: {enabled: false}\ntags: {front: true}", &[]),
            ("a: {enabled: true}\ntags: {front: false}", &["a"]),
        ] {
            let mut parent = chart("p", "");
            parent.dependencies.push(chart("a", ""));
            let tags = vec!["front".to_owned(), "back".to_owned()];
            let dependency = Dependency {
                condition: "a.enabled".to_owned(),
                tags,
                ..declared("a")
            };
            parent.metadata.dependencies.push(Some(dependency));
            assert_eq!(processed(parent, user).0, expected, "{user}");
        }
    }

    #[test]
    fn an_alias_renames_a_copy_and_undeclared_charts_stay() {
        let mut parent = chart("p", "");
        parent.dependencies = vec![chart("a", ""), chart("free", "")];
        for alias in ["one", "two"] {
            parent.metadata.dependencies.push(Some(Dependency {
                alias: alias.to_owned(),
                ..declared("a")
            }));
        }
        assert_eq!(processed(parent, "").0, ["free", "one", "two"]);
    }

    #[test]
    fn values_are_imported_below_the_parents_own() {
        let mut parent = chart("p", "port: 1\n");
        parent.dependencies.push(chart(
            "a",
            "exports: {net: {port: 9, host: h}}\ndeep: {x: 1}\n",
        ));
        let pair = crate::values::read(b"child: deep\nparent: from.a\n").unwrap();
        let import_values = vec![Value::from("net"), Value::Map(pair)];
        parent.metadata.dependencies.push(Some(Dependency {
            import_values,
            ..declared("a")
        }));
        let (_, values) = processed(parent, "");
        assert_eq!(
            values,
            r#"{"a":{"deep":{"x":1},"exports":{"net":{"host":"h","port":9}},"global":{}},"from":{"a":{"x":1}},"host":"h","port":1}"#
        );
    }
}
