//! What Tekton can do and this crate cannot: refused by its path, never ignored.

use serde_json::Value;

use crate::admission::uses_artifacts;
use crate::model::{PipelineSpec, PipelineTask, Step, TaskSpec, Volume, WhenExpression};
use crate::objects::{Objects, Run};

/// A field that asks for something which is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsupported {
    /// The document's kind.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// The field.
    pub path: String,
    /// What it asks for.
    pub what: &'static str,
}

/// Every such field of a set of documents.
pub fn unsupported(objects: &Objects) -> Vec<Unsupported> {
    let mut finder = Finder::default();
    for (name, action) in &objects.step_actions {
        finder.document("StepAction", name);
        if action.spec.script.is_empty() && action.spec.command.is_empty() {
            finder.add("spec", NEEDS_COMMAND);
        }
    }
    for (name, task) in &objects.tasks {
        finder.document("Task", name);
        finder.task_spec("spec", &task.spec);
    }
    for (name, pipeline) in &objects.pipelines {
        finder.document("Pipeline", name);
        finder.pipeline_spec("spec", &pipeline.spec);
    }
    match &objects.run {
        Run::Pipeline(run) => {
            finder.document("PipelineRun", &run.metadata.name);
            finder.managed_by(run.spec.managed_by.as_deref());
            let resolver = run
                .spec
                .pipeline_ref
                .as_ref()
                .map(|reference| reference.resolver.as_str());
            finder.resolver("spec.pipelineRef.resolver", resolver);
            if let Some(spec) = &run.spec.pipeline_spec {
                finder.pipeline_spec("spec.pipelineSpec", spec);
            }
            for (index, binding) in run.spec.workspaces.iter().enumerate() {
                finder.csi(
                    &format!("spec.workspaces[{index}].csi"),
                    binding.csi.as_ref(),
                );
            }
        }
        Run::Task(run) => {
            finder.document("TaskRun", &run.metadata.name);
            finder.managed_by(run.spec.managed_by.as_deref());
            let resolver = run
                .spec
                .task_ref
                .as_ref()
                .map(|reference| reference.resolver.as_str());
            finder.resolver("spec.taskRef.resolver", resolver);
            if run.spec.debug.is_some() {
                finder.add("spec.debug", "breakpoints");
            }
            if let Some(spec) = &run.spec.task_spec {
                finder.task_spec("spec.taskSpec", spec);
            }
            for (index, binding) in run.spec.workspaces.iter().enumerate() {
                finder.csi(
                    &format!("spec.workspaces[{index}].csi"),
                    binding.csi.as_ref(),
                );
            }
        }
    }
    finder.found
}

const NEEDS_COMMAND: &str =
    "a step without script or command runs its image's entrypoint, which needs a container engine";

#[derive(Default)]
struct Finder {
    kind: &'static str,
    name: String,
    found: Vec<Unsupported>,
}

impl Finder {
    fn document(&mut self, kind: &'static str, name: &str) {
        self.kind = kind;
        name.clone_into(&mut self.name);
    }

    fn add(&mut self, path: impl Into<String>, what: &'static str) {
        let (kind, name) = (self.kind, self.name.clone());
        self.found.push(Unsupported {
            kind,
            name,
            path: path.into(),
            what,
        });
    }

    fn managed_by(&mut self, controller: Option<&str>) {
        if controller.is_some_and(|name| {
            !matches!(name, "tekton.dev/pipeline" | "landfall.dev/local-runner")
        }) {
            self.add("spec.managedBy", "another controller runs this");
        }
    }

    fn resolver(&mut self, path: &str, resolver: Option<&str>) {
        if resolver.is_some_and(|resolver| !resolver.is_empty()) {
            self.add(path, "remote resolvers");
        }
    }

    fn csi(&mut self, path: &str, source: Option<&Value>) {
        if source.is_some() {
            self.add(path, "CSI volumes");
        }
    }

    fn pipeline_spec(&mut self, path: &str, spec: &PipelineSpec) {
        for (tasks, section) in [(&spec.tasks, "tasks"), (&spec.finally, "finally")] {
            for (index, task) in tasks.iter().enumerate() {
                self.pipeline_task(&format!("{path}.{section}[{index}]"), task);
            }
        }
    }

    fn pipeline_task(&mut self, path: &str, task: &PipelineTask) {
        if task.pipeline_ref.is_some() {
            self.add(format!("{path}.pipelineRef"), "pipelines in pipelines");
        }
        if task.pipeline_spec.is_some() {
            self.add(format!("{path}.pipelineSpec"), "pipelines in pipelines");
        }
        if let Some(reference) = &task.task_ref {
            self.resolver(
                &format!("{path}.taskRef.resolver"),
                Some(&reference.resolver),
            );
            if !reference.api_version.is_empty() || !matches!(reference.kind.as_str(), "" | "Task")
            {
                self.add(format!("{path}.taskRef"), "custom tasks");
            }
        }
        if let Some(spec) = &task.task_spec {
            if spec.spec.is_some() || !spec.api_version.is_empty() {
                self.add(format!("{path}.taskSpec"), "custom tasks");
            } else {
                self.task_spec(&format!("{path}.taskSpec"), spec);
            }
        }
        self.when(path, &task.when);
    }

    fn task_spec(&mut self, path: &str, spec: &TaskSpec) {
        let has_template = spec
            .step_template
            .as_ref()
            .is_some_and(|template| !template.command.is_empty());
        for (index, step) in spec.steps.iter().enumerate() {
            self.step(&format!("{path}.steps[{index}]"), step, has_template);
        }
        for (index, sidecar) in spec.sidecars.iter().enumerate() {
            if sidecar.script.is_empty() && sidecar.command.is_empty() {
                self.add(format!("{path}.sidecars[{index}]"), NEEDS_COMMAND);
            }
        }
        for (index, volume) in spec.volumes.iter().enumerate() {
            self.volume(&format!("{path}.volumes[{index}]"), volume);
        }
    }

    fn step(&mut self, path: &str, step: &Step, has_template: bool) {
        if step.action.is_none()
            && step.script.is_empty()
            && step.command.is_empty()
            && !has_template
        {
            self.add(path, NEEDS_COMMAND);
        }
        if let Some(reference) = &step.action {
            self.resolver(&format!("{path}.ref.resolver"), Some(&reference.resolver));
        }
        if uses_artifacts(step) {
            self.add(path, "artifacts");
        }
        if step.script.trim_start().starts_with("#!win") {
            self.add(format!("{path}.script"), "Windows scripts");
        }
        if step.volume_devices.is_some() {
            self.add(format!("{path}.volumeDevices"), "block devices");
        }
        self.when(path, &step.when);
    }

    fn when(&mut self, path: &str, when: &[WhenExpression]) {
        for (index, _) in when
            .iter()
            .enumerate()
            .filter(|(_, when)| !when.cel.is_empty())
        {
            self.add(format!("{path}.when[{index}].cel"), "CEL expressions");
        }
    }

    fn volume(&mut self, path: &str, volume: &Volume) {
        for (source, field, what) in [
            (&volume.csi, "csi", "CSI volumes"),
            (&volume.host_path, "hostPath", "host paths"),
            (&volume.nfs, "nfs", "NFS volumes"),
            (&volume.ephemeral, "ephemeral", "ephemeral claims"),
            (&volume.image, "image", "image volumes"),
        ] {
            if source.is_some() {
                self.add(format!("{path}.{field}"), what);
            }
        }
    }
}
