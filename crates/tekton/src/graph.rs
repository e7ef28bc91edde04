//! The order of a pipeline's tasks (`pkg/reconciler/pipeline/dag/dag.go`).

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::model::PipelineTask;
use crate::text::{ResultRef, expressions, result_refs};

/// Why tasks have no order. The texts are Tekton's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum GraphError {
    /// Two tasks with one name.
    #[error("task {0} is already present in Graph, can't add it again: duplicate pipeline task")]
    Duplicate(String),
    /// Tasks that wait for each other: the first of them by name and what it waits for.
    #[error("cycle detected; task {task:?} depends on {}", quoted(.waits_for))]
    Cycle {
        /// The first task of the cycle by name.
        task: String,
        /// What it waits for.
        waits_for: Vec<String>,
    },
    /// A task that is not there.
    #[error(
        "couldn't add link between {task} and {missing}: task {task} depends on {missing} but {missing} wasn't present in Pipeline"
    )]
    Missing {
        /// The task that refers to it.
        task: String,
        /// The name that is no task.
        missing: String,
    },
}

fn quoted(names: &[String]) -> String {
    names
        .iter()
        .map(|name| format!("{name:?}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Which tasks each task waits for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Graph {
    parents: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    /// The graph of runAfter and of references to results.
    ///
    /// # Errors
    /// Duplicate names, cycles and names that are no task, in Tekton's order of checks.
    pub(crate) fn build(tasks: &[PipelineTask]) -> Result<Self, GraphError> {
        let mut names = BTreeSet::new();
        for task in tasks {
            if !names.insert(task.name.as_str()) {
                return Err(GraphError::Duplicate(task.name.clone()));
            }
        }
        let parents: BTreeMap<_, _> = tasks
            .iter()
            .map(|task| (task.name.clone(), dependencies(task)))
            .collect();
        find_cycle(&parents)?;
        for (task, waits_for) in &parents {
            if let Some(missing) = waits_for.iter().find(|name| !names.contains(name.as_str())) {
                return Err(GraphError::Missing {
                    task: task.clone(),
                    missing: missing.clone(),
                });
            }
        }
        Ok(Self { parents })
    }

    /// The tasks that a task waits for, by name.
    pub(crate) fn parents(&self, task: &str) -> impl Iterator<Item = &str> {
        self.parents
            .get(task)
            .into_iter()
            .flatten()
            .map(String::as_str)
    }
}

/// The tasks that a task waits for: runAfter and the sources of its results.
pub(crate) fn dependencies(task: &PipelineTask) -> BTreeSet<String> {
    task_result_refs(task)
        .into_iter()
        .map(|reference| reference.source)
        .chain(task.run_after.iter().cloned())
        .collect()
}

/// Every reference to a task's result in a pipeline task: params, matrix, conditions and an inline spec's steps and
/// sidecars (`PipelineTaskResultRefs`).
pub(crate) fn task_result_refs(task: &PipelineTask) -> Vec<ResultRef> {
    let mut texts: Vec<&str> = Vec::new();
    let matrix = task.matrix.iter();
    let matrix_params = matrix.flat_map(|m| {
        m.params
            .iter()
            .chain(m.include.iter().flat_map(|i| &i.params))
    });
    for param in task.params.iter().chain(matrix_params) {
        texts.extend(param.value.texts());
    }
    for when in &task.when {
        texts.extend([when.input.as_str(), when.cel.as_str()]);
        texts.extend(when.values.iter().map(String::as_str));
    }
    if let Some(spec) = &task.task_spec {
        for step in &spec.steps {
            texts.extend(
                [&step.name, &step.image, &step.script, &step.working_dir].map(String::as_str),
            );
            texts.extend(step.command.iter().chain(&step.args).map(String::as_str));
            texts.extend(environment_texts(&step.env));
        }
        for sidecar in &spec.sidecars {
            texts.extend(
                [
                    &sidecar.name,
                    &sidecar.image,
                    &sidecar.script,
                    &sidecar.working_dir,
                ]
                .map(String::as_str),
            );
            texts.extend(
                sidecar
                    .command
                    .iter()
                    .chain(&sidecar.args)
                    .map(String::as_str),
            );
            texts.extend(environment_texts(&sidecar.env));
        }
    }
    result_refs(texts.into_iter().flat_map(expressions))
}

fn environment_texts(environment: &[crate::model::EnvVar]) -> impl Iterator<Item = &str> {
    environment.iter().flat_map(|variable| {
        let source = variable.value_from.iter();
        let keys = source.flat_map(|s| s.secret_key_ref.iter().chain(&s.config_map_key_ref));
        std::iter::once(variable.value.as_str())
            .chain(keys.flat_map(|key| [key.key.as_str(), key.name.as_str()]))
    })
}

/// Kahn's algorithm over the tasks that wait for something; names that are no task do not wait.
fn find_cycle(parents: &BTreeMap<String, BTreeSet<String>>) -> Result<(), GraphError> {
    let mut waiting: BTreeMap<&str, BTreeSet<&str>> = parents
        .iter()
        .filter(|(_, waits_for)| !waits_for.is_empty())
        .map(|(task, waits_for)| {
            (
                task.as_str(),
                waits_for.iter().map(String::as_str).collect(),
            )
        })
        .collect();
    loop {
        let free: BTreeSet<&str> = waiting
            .values()
            .flatten()
            .copied()
            .filter(|name| !waiting.contains_key(name))
            .collect();
        if free.is_empty() {
            break;
        }
        for waits_for in waiting.values_mut() {
            waits_for.retain(|name| !free.contains(name));
        }
        waiting.retain(|_, waits_for| !waits_for.is_empty());
    }
    match waiting.first_key_value() {
        None => Ok(()),
        Some((task, waits_for)) => Err(GraphError::Cycle {
            task: (*task).to_owned(),
            waits_for: waits_for.iter().map(|name| (*name).to_owned()).collect(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Param, ParamValue};

    fn task(name: &str, run_after: &[&str]) -> PipelineTask {
        PipelineTask {
            name: name.to_owned(),
            run_after: run_after.iter().map(|name| (*name).to_owned()).collect(),
            ..PipelineTask::default()
        }
    }

    #[test]
    fn results_order_tasks_as_run_after_does() {
        let mut second = task("b", &["c"]);
        second.params.push(Param {
            name: "x".into(),
            value: ParamValue::Array(vec!["$(tasks.a.results.r)".into()]),
        });
        let graph = Graph::build(&[second, task("a", &[]), task("c", &[])]).unwrap();
        assert_eq!(graph.parents("b").collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(graph.parents("a").count(), 0);
    }

    #[test]
    fn broken_graphs_are_refused_in_tektons_words() {
        let cycle = [task("a", &["c"]), task("b", &["a"]), task("c", &["b"])];
        for (tasks, message) in [
            (
                cycle.to_vec(),
                "cycle detected; task \"a\" depends on \"c\"",
            ),
            (
                vec![task("a", &["ghost"])],
                "couldn't add link between a and ghost: task a depends on ghost but ghost wasn't present in Pipeline",
            ),
            (
                vec![task("a", &[]), task("a", &[])],
                "task a is already present in Graph, can't add it again: duplicate pipeline task",
            ),
        ] {
            assert_eq!(Graph::build(&tasks).unwrap_err().to_string(), message);
        }
    }

    proptest! {
        #[test]
        fn edges_that_only_point_back_never_make_a_cycle(
            edges in proptest::collection::vec((0_usize..12, 0_usize..12), 0..40),
        ) {
            let mut tasks: Vec<_> = (0..12).map(|index| task(&format!("t{index}"), &[])).collect();
            for (from, to) in edges {
                if to < from {
                    tasks[from].run_after.push(format!("t{to}"));
                }
            }
            prop_assert!(Graph::build(&tasks).is_ok());
        }

        #[test]
        fn a_ring_is_always_a_cycle(length in 1_usize..10) {
            let tasks: Vec<_> = (0..length)
                .map(|index| task(&format!("t{index}"), &[&format!("t{}", (index + 1) % length)]))
                .collect();
            let is_cycle = matches!(Graph::build(&tasks), Err(GraphError::Cycle { .. }));
            prop_assert!(is_cycle);
        }
    }
}
