//! Switching a chart between a Knative Service, a Deployment, and a Deployment with an autoscaler, by its values alone.
//!
//! No key is taken for granted: the conditions around the chart's objects say which values decide. landfall's charts, those of
//! Jenkins X and most others with such a switch are of this shape.

use serde::Serialize;
use serde_json::Value;

use crate::project::Project;

use super::chart::{ChartFiles, Object};
use super::condition::{Assignment, Path, at};
use super::error::AdoptError;
use super::knative;
use super::refs::value_paths;

/// How an app is deployed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DeployKind {
    /// A Knative Service, asleep when idle.
    Knative,
    /// A Deployment.
    Default,
    /// A Deployment with an autoscaler.
    Hpa,
}

impl DeployKind {
    /// The word that is typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Knative => "knative",
            Self::Default => "default",
            Self::Hpa => "hpa",
        }
    }
}

/// The bounds of the autoscaler, where they are given.
#[derive(Debug, Clone, Copy, Default)]
pub struct Replicas {
    /// The least.
    pub min: Option<u32>,
    /// The most.
    pub max: Option<u32>,
}

/// What a switch changes: one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeployPlan {
    /// The chart's folder.
    pub chart: String,
    /// What it becomes.
    pub kind: DeployKind,
    /// The values file.
    pub path: String,
    /// The values that change; none when it is so already.
    pub sets: Vec<ValueChange>,
    /// What works against it and is not changed.
    pub warnings: Vec<String>,
    /// The file as it is.
    #[serde(skip)]
    pub before: String,
    /// The file as it becomes.
    #[serde(skip)]
    pub after: String,
}

/// One value that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueChange {
    /// Keys with dots between.
    pub key: String,
    /// What it was; null when it was missing.
    pub from: Value,
    /// What it becomes.
    pub to: Value,
    /// The reason, as a fragment.
    pub because: String,
}

/// Plans the switch of the chart in `folder`. Reads the project and nothing else.
///
/// # Errors
/// [`AdoptError`] with what the chart lacks.
pub fn plan_deploy(
    project: &Project,
    folder: &str,
    kind: DeployKind,
    replicas: Replicas,
) -> Result<DeployPlan, AdoptError> {
    let chart = ChartFiles::read(project, folder)?;
    let mut switch = Switch::new(&chart);
    switch.turn(kind)?;
    if kind == DeployKind::Hpa {
        switch.bound(replicas)?;
    }
    let mut after = chart.values_text.clone();
    for (path, change) in &switch.changes {
        let keys: Vec<&str> = path.iter().map(String::as_str).collect();
        after =
            goyaml::edit::set_value(&after, &keys, &yaml_value(&change.to)).map_err(|source| {
                AdoptError::Edit {
                    path: chart.values_path.clone(),
                    key: change.key.clone(),
                    source,
                }
            })?;
    }
    let warnings = switch.warnings(kind);
    Ok(DeployPlan {
        chart: folder.to_owned(),
        kind,
        path: chart.values_path.clone(),
        sets: switch
            .changes
            .into_iter()
            .map(|(_, change)| change)
            .collect(),
        warnings,
        before: chart.values_text.clone(),
        after,
    })
}

/// Only what a switch writes.
fn yaml_value(value: &Value) -> goyaml::Value {
    match value {
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => number.as_i64().unwrap_or_default().into(),
        Value::String(text) => text.as_str().into(),
        _ => goyaml::Value::Null,
    }
}

const KNATIVE: &str = "Knative Service";
const DEPLOYMENT: &str = "Deployment";
const AUTOSCALER: &str = "HorizontalPodAutoscaler";
const CANARY: &str = "Canary";

/// A switch under way: the values as they become.
struct Switch<'c> {
    chart: &'c ChartFiles,
    objects: Vec<Object<'c>>,
    values: Value,
    /// Paths that what is shown relies on.
    fixed: Vec<Path>,
    changes: Vec<(Path, ValueChange)>,
}

impl<'c> Switch<'c> {
    fn new(chart: &'c ChartFiles) -> Self {
        Self {
            chart,
            objects: chart.objects(),
            values: chart.values.clone(),
            fixed: Vec::new(),
            changes: Vec::new(),
        }
    }

    fn turn(&mut self, kind: DeployKind) -> Result<(), AdoptError> {
        match kind {
            DeployKind::Knative => {
                self.show(KNATIVE)?;
                self.hide(DEPLOYMENT)?;
                // Both would look for a Deployment that is not there.
                self.hide(AUTOSCALER)?;
                self.hide(CANARY)
            }
            DeployKind::Default => {
                self.show(DEPLOYMENT)?;
                self.hide(KNATIVE)?;
                self.hide(AUTOSCALER)
            }
            DeployKind::Hpa => {
                self.show(DEPLOYMENT)?;
                self.show(AUTOSCALER)?;
                self.hide(KNATIVE)
            }
        }
    }

    /// The positions of the objects of a kind.
    fn of(&self, what: &str) -> Vec<usize> {
        let is = |object: &Object<'_>| match what {
            KNATIVE => object.is_knative_service(),
            other => object.is(other),
        };
        let found = self.objects.iter().enumerate();
        found
            .filter(|(_, object)| is(object))
            .map(|(at, _)| at)
            .collect()
    }

    /// The objects of a kind that are the app's own, of all that a chart with several components has: those that its Knative
    /// Service's values decide about, else the Deployments that are rendered as it is and the autoscalers whose values stand
    /// nearest to the top.
    fn main(&self, what: &str) -> Vec<usize> {
        let all = self.of(what);
        if all.len() < 2 || what == KNATIVE {
            return all;
        }
        let paths = |at: &usize| self.objects[*at].condition.paths();
        let knative: Vec<Path> = self.of(KNATIVE).iter().flat_map(paths).collect();
        let only = |keep: &dyn Fn(&usize) -> bool| -> Vec<usize> {
            all.iter().copied().filter(|at| keep(at)).collect()
        };
        let tied = only(&|at| paths(at).iter().any(|path| knative.contains(path)));
        if !tied.is_empty() {
            return tied;
        }
        let nearest = |at: &usize| paths(at).iter().map(Vec::len).min().unwrap_or(0);
        let shown =
            only(&|at| self.objects[*at].condition.holds(&self.chart.values) != Some(false));
        if what == DEPLOYMENT && !shown.is_empty() {
            return shown;
        }
        let least = all.iter().map(nearest).min();
        only(&|at| Some(nearest(at)) == least)
    }

    fn show(&mut self, what: &'static str) -> Result<(), AdoptError> {
        let found = self.main(what);
        if found.is_empty() {
            return Err(AdoptError::NoObject {
                templates: self.chart.templates_path.clone(),
                what,
                add: self.to_add(what),
            });
        }
        for index in found {
            let object = &self.objects[index];
            let place = object.place();
            let made = object.condition.make(true, &self.values, &self.fixed);
            let assignments = match (made, object.condition.holds(&self.values)) {
                (Some(made), _) => made,
                (None, Some(false)) => return Err(AdoptError::Never { place, what }),
                // Under a condition that is not about values, such as what the cluster offers.
                (None, _) => Vec::new(),
            };
            let paths = object.condition.paths();
            self.assign(assignments, &format!("{place} renders the {what} then"));
            self.fixed.extend(paths);
        }
        Ok(())
    }

    fn hide(&mut self, what: &'static str) -> Result<(), AdoptError> {
        for index in self.main(what) {
            let object = &self.objects[index];
            let place = object.place();
            let Some(assignments) = object.condition.make(false, &self.values, &self.fixed) else {
                return Err(AdoptError::Always {
                    place,
                    what,
                    condition: self.guard(what),
                });
            };
            self.assign(assignments, &format!("{place} renders no {what} then"));
        }
        Ok(())
    }

    fn assign(&mut self, assignments: Vec<Assignment>, because: &str) {
        for Assignment { path, to } in assignments {
            let from = at(&self.chart.values, &path).cloned().unwrap_or_default();
            put(&mut self.values, &path, to.clone());
            let change = ValueChange {
                key: path.join("."),
                from,
                to,
                because: because.to_owned(),
            };
            self.changes.push((path, change));
        }
    }

    /// Sets the bounds of the autoscaler, and makes sure that it has some.
    fn bound(&mut self, replicas: Replicas) -> Result<(), AdoptError> {
        let mut bounds = Vec::new();
        for (what, flag, given) in [
            ("minReplicas", "--min-replicas", replicas.min),
            ("maxReplicas", "--max-replicas", replicas.max),
        ] {
            let place = self.main(AUTOSCALER).into_iter().find_map(|index| {
                let object = &self.objects[index];
                let begin = [what, ":"].concat();
                let (offset, rest) = object.template.lines_with(&begin).next()?;
                let place = format!("{}:{}", object.template.path, object.template.line(offset));
                Some((place, value_paths(rest).into_iter().next()))
            });
            let (place, path) = match place {
                Some((place, Some(path))) => (place, path),
                Some((place, None)) if given.is_some() => {
                    return Err(AdoptError::NoPlace { place, what });
                }
                None if given.is_some() => {
                    let place = self
                        .of(AUTOSCALER)
                        .first()
                        .map(|at| self.objects[*at].place());
                    let place = place.unwrap_or_default();
                    return Err(AdoptError::NoPlace { place, what });
                }
                _ => {
                    bounds.push(None);
                    continue;
                }
            };
            let now = at(&self.values, &path).and_then(Value::as_u64);
            match (given, now) {
                (Some(given), now) if now != Some(u64::from(given)) => {
                    let to = Value::from(given);
                    self.assign(vec![Assignment { path, to }], &format!("{flag} is given"));
                }
                (None, None) if at(&self.values, &path).is_none_or(Value::is_null) => {
                    return Err(AdoptError::NoValue {
                        path: self.chart.values_path.clone(),
                        key: path.join("."),
                        place,
                        flag,
                    });
                }
                _ => {}
            }
            bounds.push(given.map(u64::from).or(now));
        }
        if let [Some(min), Some(max)] = bounds.as_slice()
            && min > max
        {
            return Err(AdoptError::Range {
                min: *min,
                max: *max,
            });
        }
        Ok(())
    }

    fn warnings(&self, kind: DeployKind) -> Vec<String> {
        if kind != DeployKind::Knative {
            return Vec::new();
        }
        let templates = self
            .of(KNATIVE)
            .into_iter()
            .map(|at| self.objects[at].template);
        let mut warnings: Vec<String> = templates
            .filter(|template| knative::is_old(&template.text))
            .map(|template| {
                format!(
                    "{} has a form of Knative that no cluster takes any more; `landfall import --convert-charts` converts it",
                    template.path
                )
            })
            .collect();
        warnings.dedup();
        warnings
    }

    /// The value that switches Knative on, as far as the chart has one.
    fn switch_key(&self) -> String {
        let objects = self.of(KNATIVE).into_iter().map(|at| &self.objects[at]);
        let mut paths = objects.flat_map(|object| object.condition.paths());
        paths
            .next()
            .map_or_else(|| "knativeDeploy".to_owned(), |path| path.join("."))
    }

    /// The condition that belongs around an object.
    fn guard(&self, what: &str) -> String {
        let key = self.switch_key();
        match what {
            KNATIVE => format!("{{{{ if .Values.{key} }}}}"),
            DEPLOYMENT => format!("{{{{ if not .Values.{key} }}}}"),
            CANARY => "{{ if .Values.canary.enabled }}".to_owned(),
            _ => "{{ if .Values.hpa.enabled }}".to_owned(),
        }
    }

    /// What would have to be added for an object to be there.
    fn to_add(&self, what: &str) -> String {
        let file = match what {
            KNATIVE => "ksvc.yaml",
            DEPLOYMENT => "deployment.yaml",
            _ => "hpa.yaml",
        };
        format!(
            "add {}/{file} with a {what}, between {} and {{{{ end }}}}",
            self.chart.templates_path,
            self.guard(what)
        )
    }
}

fn put(values: &mut Value, path: &[String], to: Value) {
    let Some((key, rest)) = path.split_first() else {
        *values = to;
        return;
    };
    if !values.is_object() {
        *values = Value::Object(serde_json::Map::new());
    }
    if let Value::Object(map) = values {
        put(map.entry(key.clone()).or_insert(Value::Null), rest, to);
    }
}
