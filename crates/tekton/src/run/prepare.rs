//! What a TaskRun goes through before its first step (`taskrun.go`: `prepare`, `reconcile`, `createPod`).

use super::Shared;
use super::condition::user_error;
use super::environment::PodFacts;
use super::pod::{Pod, PodSource, build, workspace_volumes};
use super::task_run::Wanted;
use super::validate;
use crate::admission::{task_spec, undeclared_params};
use crate::apply::{
    Layout, TaskContext, replace_in_bindings, resolve_step_actions, resolve_task_spec, task_params,
};
use crate::model::{ClaimSource, TaskSpec, WorkspaceBinding, WorkspaceDeclaration};
use crate::names::{claim_from_template, derived_uid, step_name};

/// A TaskRun that can start.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) spec: TaskSpec,
    pub(super) pod: Pod,
}

/// Why it cannot.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) reason: &'static str,
    pub(super) message: String,
    /// The steps that the status names.
    pub(super) steps: Vec<String>,
}

/// Resolves, checks and plans one try.
pub(super) fn prepare(
    shared: &Shared,
    wanted: &Wanted,
    attempt: usize,
) -> Result<Prepared, Refusal> {
    let spec = &wanted.spec;
    let refuse = |reason, message, steps| {
        Err(Refusal {
            reason,
            message,
            steps,
        })
    };
    let (task_name, mut task) = match (&spec.task_ref, &spec.task_spec) {
        (Some(reference), _) => {
            if let Some(task) = shared.objects.tasks.get(&reference.name) {
                (reference.name.clone(), task.spec.clone())
            } else {
                let message = format!("tasks.tekton.dev {:?} not found", reference.name);
                return refuse("TaskRunResolutionFailed", message, Vec::new());
            }
        }
        (None, Some(inline)) => (wanted.name.clone(), inline.clone()),
        (None, None) => {
            let message = format!("taskRun {} not providing TaskRef or TaskSpec", wanted.name);
            return refuse("TaskRunResolutionFailed", message, Vec::new());
        }
    };
    task.set_defaults();
    if let Err(message) =
        resolve_step_actions(&mut task, &spec.params, &shared.objects.step_actions)
    {
        return refuse("TaskRunResolutionFailed", message, Vec::new());
    }
    let steps: Vec<_> = task
        .steps
        .iter()
        .enumerate()
        .map(|(index, step)| step_name(&step.name, index))
        .collect();

    let mut declared: Vec<_> = task.workspaces.clone();
    if spec.task_spec.is_some() {
        let names = spec
            .workspaces
            .iter()
            .map(|binding| WorkspaceDeclaration::named(&binding.name));
        declared.extend(names);
    }
    let valid = validate::task_params(&task_name, &task.params, &spec.params)
        .and_then(|()| validate::task_indexes(&task, &spec.params).map_or(Ok(()), Err))
        .and_then(|()| validate::bindings(&declared, &spec.workspaces));
    if let Err(problem) = valid {
        return refuse("TaskRunValidationFailed", user_error(problem), steps);
    }

    let (bindings, scratch_claims) = bindings(wanted, &task);
    let layout = Layout {
        root: root_of(shared, &wanted.name),
    };
    let namespace = namespace(shared);
    let volumes = workspace_volumes(&bindings);
    let resolved = resolve_task_spec(
        task,
        &TaskContext {
            task_name: &task_name,
            run_name: &wanted.name,
            namespace: &namespace,
            uid: &wanted.uid,
            // A referenced Task's spec is kept from the first try, with the count of that try in it.
            retry_count: if spec.task_ref.is_some() {
                0
            } else {
                attempt - 1
            },
            params: &spec.params,
            bindings: &bindings,
            volumes: &volumes,
            layout: &layout,
        },
    );
    match pod(
        shared,
        wanted,
        attempt,
        &resolved,
        &bindings,
        &scratch_claims,
        namespace,
    ) {
        Ok(pod) => Ok(Prepared {
            spec: resolved,
            pod,
        }),
        Err(problem) => {
            let what = match &spec.task_ref {
                Some(reference) => format!("missing or invalid Task default/{}", reference.name),
                None => "invalid TaskSpec".to_owned(),
            };
            let message = format!(
                "failed to create task run pod {:?}: {problem}. Maybe {what}",
                wanted.name
            );
            refuse("PodCreationFailed", message, steps)
        }
    }
}

fn pod(
    shared: &Shared,
    wanted: &Wanted,
    attempt: usize,
    resolved: &TaskSpec,
    bindings: &[WorkspaceBinding],
    scratch_claims: &[String],
    namespace: String,
) -> Result<Pod, String> {
    let mut problems = undeclared_params(&resolved.steps, &resolved.params);
    if problems.is_empty() {
        problems = task_spec(resolved, shared.options.gates);
    }
    if !problems.is_empty() {
        return Err(problems.to_string());
    }
    let account = &wanted.spec.service_account_name;
    let is_known = matches!(account.as_str(), "" | "default")
        || shared
            .objects
            .service_accounts
            .iter()
            .any(|name| name == account);
    if !is_known {
        return Err(format!(
            "translating TaskSpec to Pod: serviceaccounts {account:?} not found"
        ));
    }
    build(&PodSource {
        spec: resolved,
        bindings,
        pod_template: wanted.spec.pod_template.as_ref(),
        task_run: &wanted.name,
        attempt,
        log_prefix: &wanted.log_prefix,
        facts: PodFacts {
            pod_name: format!("{}-pod", wanted.name),
            namespace,
            uid: derived_uid(&wanted.uid, &format!("pod-{attempt}")),
            service_account: account.clone(),
        },
        objects: &shared.objects,
        scratch_claims,
    })
}

/// The bindings with params in them and a claim in place of each template; and the claims that are made for this run.
fn bindings(wanted: &Wanted, task: &TaskSpec) -> (Vec<WorkspaceBinding>, Vec<String>) {
    let mut bindings = wanted.spec.workspaces.clone();
    let mut scratch = wanted.scratch_claims.clone();
    for binding in &mut bindings {
        if let Some(template) = binding.volume_claim_template.take() {
            let name = template
                .pointer("/metadata/name")
                .and_then(|name| name.as_str());
            let claim_name =
                claim_from_template(name.unwrap_or_default(), &binding.name, &wanted.uid);
            scratch.push(claim_name.clone());
            binding.persistent_volume_claim = Some(ClaimSource {
                claim_name,
                read_only: false,
            });
        }
    }
    replace_in_bindings(
        &mut bindings,
        &task_params(&task.params, &wanted.spec.params),
    );
    (bindings, scratch)
}

/// The folder that stands for `/` in a TaskRun's paths.
fn root_of(shared: &Shared, task_run: &str) -> String {
    match shared.options.paths_root.as_str() {
        "" => String::new(),
        root => format!("{root}/{task_run}"),
    }
}

/// The run's namespace.
pub(super) fn namespace(shared: &Shared) -> String {
    match shared.objects.run.metadata().namespace.as_str() {
        "" => "default".to_owned(),
        namespace => namespace.to_owned(),
    }
}
