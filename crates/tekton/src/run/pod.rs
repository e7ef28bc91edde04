//! From a resolved task to the processes and folders of its pod (`pkg/pod/pod.go`, `pkg/workspace/apply.go`).

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::environment::{PodFacts, environment, lookup, set};
use super::protocol::{Mount, PodPlan, Script, StepPlan, VolumeContent};
use super::volumes;
use crate::merge::merge_step_template;
use crate::model::{
    EnvFromSource, EnvVar, Sidecar, Step, StepOutputConfig, StepResult, TaskSpec, Volume,
    VolumeMount, WhenExpression, WorkspaceBinding, WorkspaceDeclaration,
};
use crate::names::{step_container, step_name, workspace_volume};
use crate::objects::Objects;
use crate::text::expand_environment;

const SCRIPTS_FOLDER: &str = "/tekton/scripts";
const SCRIPTS_VOLUME: &str = "tekton-internal-scripts";
/// The folders that every step shares with its task's other steps, unless it mounts something else there.
const IMPLICIT_MOUNTS: [(&str, &str); 4] = [
    ("tekton-internal-workspace", "/workspace"),
    ("tekton-internal-home", "/tekton/home"),
    ("tekton-internal-results", "/tekton/results"),
    ("tekton-internal-steps", "/tekton/steps"),
];
/// What a script without an interpreter line gets (`pkg/pod/script.go`).
const DEFAULT_PREAMBLE: &str = "#!/bin/sh\nset -e\n";

/// The pod of one try of a TaskRun.
#[derive(Debug)]
pub(super) struct Pod {
    pub(super) plan: PodPlan,
    pub(super) steps: Vec<PodStep>,
    /// How many containers share the kubelet's room for messages.
    pub(super) containers: usize,
    /// What a volume lacks: the pod would wait for ever.
    pub(super) waits_for: Option<String>,
    /// A variable that cannot be made: the step and the kubelet's words.
    pub(super) config_error: Option<(String, String)>,
}

/// One step of a pod.
#[derive(Debug)]
pub(super) struct PodStep {
    pub(super) plan: StepPlan,
    pub(super) continues: bool,
    pub(super) when: Vec<WhenExpression>,
    pub(super) results: Vec<StepResult>,
}

/// What a pod is made from.
#[derive(Debug)]
pub(super) struct PodSource<'a> {
    pub(super) spec: &'a TaskSpec,
    pub(super) bindings: &'a [WorkspaceBinding],
    pub(super) pod_template: Option<&'a Value>,
    pub(super) task_run: &'a str,
    pub(super) attempt: usize,
    pub(super) log_prefix: &'a str,
    pub(super) facts: PodFacts,
    pub(super) objects: &'a Objects,
    pub(super) scratch_claims: &'a [String],
}

/// The volume that carries each bound workspace (`workspace.CreateVolumes`): bindings of one claim share one.
pub(super) fn workspace_volumes(bindings: &[WorkspaceBinding]) -> HashMap<String, String> {
    let mut names: HashMap<String, String> = HashMap::new();
    let mut claims: HashMap<&str, String> = HashMap::new();
    for binding in bindings {
        let mut name = workspace_volume(&binding.name);
        while names.values().any(|known| *known == name) {
            name = workspace_volume(&format!("{name}$"));
        }
        let name = match &binding.persistent_volume_claim {
            Some(claim) => claims.entry(&claim.claim_name).or_insert(name).clone(),
            None => name,
        };
        names.insert(binding.name.clone(), name);
    }
    names
}

/// Makes the pod.
///
/// # Errors
/// Why the API server refuses it, in its words.
pub(super) fn build(source: &PodSource<'_>) -> Result<Pod, String> {
    let mut spec = source.spec.clone();
    mount_workspaces(&mut spec, source.bindings);
    merge_step_template(spec.step_template.as_ref(), &mut spec.steps);
    let volumes = all_volumes(&spec, source)?;
    check_mounts(&spec, &volumes, source.task_run)?;

    let mut builder = Builder {
        source,
        config_error: None,
    };
    let steps: Vec<_> = spec
        .steps
        .iter()
        .enumerate()
        .map(|(index, step)| builder.step(index, step, &spec))
        .collect();
    let sidecars: Vec<_> = spec
        .sidecars
        .iter()
        .enumerate()
        .map(|(index, sidecar)| builder.sidecar(index, sidecar))
        .collect();
    let config_error = builder.config_error;

    let scripts = steps.iter().map(|step| &step.plan).chain(&sidecars);
    let has_scripts = scripts.into_iter().any(|plan| plan.script.is_some());
    let working_dirs = working_dirs(&spec);
    // The init containers `prepare`, `place-scripts` and `working-dir-initializer`.
    let init = 1 + usize::from(has_scripts) + usize::from(!working_dirs.is_empty());
    let mut waits_for = None;
    let mut contents: BTreeMap<String, VolumeContent> = BTreeMap::new();
    for volume in &volumes {
        let is_scratch = |claim: &str| source.scratch_claims.iter().any(|name| name == claim);
        match volumes::content(volume, source.objects, &source.facts, is_scratch) {
            Ok(content) => {
                contents.insert(volume.name.clone(), content);
            }
            Err(problem) => waits_for = waits_for.or(Some(problem)),
        }
    }
    for (name, _) in IMPLICIT_MOUNTS {
        contents.insert(name.to_owned(), VolumeContent::Empty);
    }
    contents.insert(SCRIPTS_VOLUME.to_owned(), VolumeContent::Empty);
    Ok(Pod {
        containers: steps.len() + sidecars.len() + init,
        plan: PodPlan {
            task_run: source.task_run.to_owned(),
            attempt: source.attempt,
            volumes: contents,
            working_dirs,
            step_folders: steps
                .iter()
                .map(|step| step.plan.container.clone())
                .collect(),
            sidecars,
        },
        steps,
        waits_for,
        config_error,
    })
}

/// Shared workspaces are mounted through the template, isolated ones into the steps that ask for them.
fn mount_workspaces(spec: &mut TaskSpec, bindings: &[WorkspaceBinding]) {
    let volumes = workspace_volumes(bindings);
    for binding in bindings {
        let declared = spec
            .workspaces
            .iter()
            .find(|w| w.name == binding.name)
            .cloned();
        let workspace = declared.unwrap_or_else(|| WorkspaceDeclaration::named(&binding.name));
        let mount = VolumeMount {
            name: volumes[&binding.name].clone(),
            mount_path: workspace.mount_path(),
            sub_path: binding.sub_path.clone(),
            read_only: workspace.read_only,
            ..VolumeMount::default()
        };
        let step_usages = spec.steps.iter().flat_map(|step| &step.workspaces);
        let usages =
            step_usages.chain(spec.sidecars.iter().flat_map(|sidecar| &sidecar.workspaces));
        if usages.into_iter().all(|usage| usage.name != binding.name) {
            spec.step_template
                .get_or_insert_default()
                .volume_mounts
                .push(mount.clone());
            for sidecar in &mut spec.sidecars {
                if sidecar
                    .volume_mounts
                    .iter()
                    .all(|own| own.mount_path != mount.mount_path)
                {
                    sidecar.volume_mounts.push(mount.clone());
                }
            }
            continue;
        }
        let in_steps = spec
            .steps
            .iter_mut()
            .map(|step| (&step.workspaces, &mut step.volume_mounts));
        let in_sidecars = spec
            .sidecars
            .iter_mut()
            .map(|sidecar| (&sidecar.workspaces, &mut sidecar.volume_mounts));
        for (usages, mounts) in in_steps.chain(in_sidecars) {
            if let Some(usage) = usages.iter().find(|usage| usage.name == binding.name) {
                let mut mount = mount.clone();
                if !usage.mount_path.is_empty() {
                    usage.mount_path.clone_into(&mut mount.mount_path);
                }
                mounts.push(mount);
            }
        }
    }
}

/// The task's own volumes, those of its workspaces and those of the pod template.
fn all_volumes(spec: &TaskSpec, source: &PodSource<'_>) -> Result<Vec<Volume>, String> {
    let names = workspace_volumes(source.bindings);
    let mut volumes = spec.volumes.clone();
    for binding in source.bindings {
        let name = &names[&binding.name];
        if volumes.iter().all(|volume| volume.name != *name) {
            volumes.push(Volume {
                name: name.clone(),
                empty_dir: binding.empty_dir.clone(),
                secret: binding.secret.clone(),
                config_map: binding.config_map.clone(),
                persistent_volume_claim: binding.persistent_volume_claim.clone(),
                projected: binding.projected.clone(),
                csi: binding.csi.clone(),
                ..Volume::default()
            });
        }
    }
    let of_template = source
        .pod_template
        .and_then(|template| template.get("volumes"));
    if let Some(of_template) = of_template {
        let more: Vec<Volume> = crate::decode::decode(of_template)
            .map_err(|error| format!("podTemplate.volumes: {error}"))?;
        volumes.extend(more);
    }
    Ok(volumes)
}

/// The API server refuses a pod that mounts volumes it does not have.
fn check_mounts(spec: &TaskSpec, volumes: &[Volume], task_run: &str) -> Result<(), String> {
    let steps = spec.steps.iter().map(|step| &step.volume_mounts);
    let containers = steps.chain(spec.sidecars.iter().map(|sidecar| &sidecar.volume_mounts));
    let mut problems = Vec::new();
    for (index, mounts) in containers.enumerate() {
        for (mount_index, mount) in mounts.iter().enumerate() {
            if volumes.iter().all(|volume| volume.name != mount.name) {
                problems.push(format!(
                    "spec.containers[{index}].volumeMounts[{mount_index}].name: Not found: {:?}",
                    mount.name
                ));
            }
        }
    }
    match problems.as_slice() {
        [] => Ok(()),
        [problem] => Err(format!("Pod \"{task_run}-pod\" is invalid: {problem}")),
        _ => Err(format!(
            "Pod \"{task_run}-pod\" is invalid: [{}]",
            problems.join(", ")
        )),
    }
}

/// The working folders that Tekton makes itself: relative ones and those below `/workspace`.
fn working_dirs(spec: &TaskSpec) -> Vec<String> {
    let mut folders: Vec<_> = spec
        .steps
        .iter()
        .map(|step| &step.working_dir)
        .filter(|folder| {
            !folder.is_empty() && (!folder.starts_with('/') || folder.starts_with("/workspace/"))
        })
        .cloned()
        .collect();
    folders.sort();
    folders.dedup();
    folders
}

struct Builder<'a> {
    source: &'a PodSource<'a>,
    config_error: Option<(String, String)>,
}

impl Builder<'_> {
    fn step(&mut self, index: usize, step: &Step, spec: &TaskSpec) -> PodStep {
        let name = step_name(&step.name, index);
        let environment = self.environment(&name, &step.env_from, &step.env);
        let source = self.source;
        let plan = StepPlan {
            task_run: source.task_run.to_owned(),
            attempt: source.attempt,
            step: index,
            container: step_container(&step.name, index),
            log_name: format!("{}-{name}", source.log_prefix),
            script: self.script(&format!("script-{index}"), &step.script),
            argv: argv(&step.command, &step.args, &environment),
            working_dir: step.working_dir.clone(),
            mounts: mounts(&step.volume_mounts),
            stdout_file: output_file(step.stdout_config.as_ref()),
            stderr_file: output_file(step.stderr_config.as_ref()),
            timeout: step.timeout.filter(|timeout| timeout.0 > 0),
            results: spec
                .results
                .iter()
                .filter(|result| result.value.is_none())
                .map(|result| result.name.clone())
                .collect(),
            step_results: step
                .results
                .iter()
                .map(|result| result.name.clone())
                .collect(),
            environment,
            name,
        };
        PodStep {
            plan,
            continues: step.on_error == "continue",
            when: step.when.clone(),
            results: step.results.clone(),
        }
    }

    fn sidecar(&mut self, index: usize, sidecar: &Sidecar) -> StepPlan {
        let environment = self.environment(&sidecar.name, &sidecar.env_from, &sidecar.env);
        StepPlan {
            task_run: self.source.task_run.to_owned(),
            attempt: self.source.attempt,
            step: index,
            name: sidecar.name.clone(),
            container: format!("sidecar-{}", sidecar.name),
            log_name: format!("{}-sidecar-{}", self.source.log_prefix, sidecar.name),
            script: self.script(&format!("sidecar-script-{index}"), &sidecar.script),
            argv: argv(&sidecar.command, &sidecar.args, &environment),
            environment,
            working_dir: sidecar.working_dir.clone(),
            mounts: mounts(&sidecar.volume_mounts),
            ..StepPlan::default()
        }
    }

    /// The variables, those of the pod template last; a problem counts for the first step that has one.
    fn environment(
        &mut self,
        step: &str,
        sources: &[EnvFromSource],
        variables: &[EnvVar],
    ) -> Vec<(String, String)> {
        let of_template = self
            .source
            .pod_template
            .and_then(|template| template.get("env"));
        let of_template: Vec<EnvVar> = of_template
            .and_then(|env| crate::decode::decode(env).ok())
            .unwrap_or_default();
        let all: Vec<_> = variables.iter().chain(&of_template).cloned().collect();
        match environment(sources, &all, self.source.objects, &self.source.facts) {
            Ok(environment) => environment,
            Err(problem) => {
                self.config_error
                    .get_or_insert_with(|| (step.to_owned(), problem));
                Vec::new()
            }
        }
    }

    fn script(&self, base: &str, text: &str) -> Option<Script> {
        if text.is_empty() {
            return None;
        }
        let preamble = if text.trim_start().starts_with("#!") {
            ""
        } else {
            DEFAULT_PREAMBLE
        };
        let unique = crate::names::derived_uid(&self.source.facts.uid, base);
        Some(Script {
            path: format!("{SCRIPTS_FOLDER}/{base}-{}", &unique[..5]),
            text: format!("{preamble}{text}"),
        })
    }
}

fn argv(command: &[String], args: &[String], environment: &[(String, String)]) -> Vec<String> {
    let expand = |text: &String| expand_environment(text, |name| lookup(environment, name));
    command.iter().chain(args).map(expand).collect()
}

/// The step's own mounts, then those that every step has unless it mounts something else there.
fn mounts(own: &[VolumeMount]) -> Vec<Mount> {
    let own = own.iter().map(|mount| Mount {
        volume: mount.name.clone(),
        path: mount.mount_path.clone(),
        sub_path: mount.sub_path.clone(),
        read_only: mount.read_only,
    });
    let mut mounts: Vec<_> = own.collect();
    for (volume, path) in IMPLICIT_MOUNTS {
        if mounts
            .iter()
            .all(|mount| mount.path.trim_end_matches('/') != path)
        {
            mounts.push(Mount {
                volume: volume.to_owned(),
                path: path.to_owned(),
                sub_path: String::new(),
                read_only: false,
            });
        }
    }
    mounts.push(Mount {
        volume: SCRIPTS_VOLUME.to_owned(),
        path: SCRIPTS_FOLDER.to_owned(),
        sub_path: String::new(),
        read_only: true,
    });
    mounts
}

fn output_file(config: Option<&StepOutputConfig>) -> Option<String> {
    let path = config.map(|config| config.path.clone());
    path.filter(|path| !path.is_empty())
}

/// Puts step results into a step's command and variables as it starts (`applyStepResultSubstitutions`).
pub(super) fn with_step_results(plan: &StepPlan, values: &crate::text::Replacements) -> StepPlan {
    let mut plan = plan.clone();
    values.apply_list(&mut plan.argv);
    let variables = std::mem::take(&mut plan.environment);
    for (name, value) in variables {
        let value = values.text(&value);
        set(&mut plan.environment, name, value);
    }
    plan
}
