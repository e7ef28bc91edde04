//! What a run on one machine leaves out, told once: never silently different.

use std::collections::BTreeSet;

use tekton::Objects;
use tekton::model::{PipelineTask, TaskSpec};
use tekton::{Run, model};

/// Every such thing in the documents, each once.
pub(super) fn not_simulated(objects: &Objects, is_isolated: bool) -> Vec<String> {
    let mut found = Found::default();
    let mut specs: Vec<&TaskSpec> = objects.tasks.values().map(|task| &task.spec).collect();
    let mut tasks: Vec<&PipelineTask> = Vec::new();
    for pipeline in objects.pipelines.values() {
        tasks.extend(pipeline.spec.tasks.iter().chain(&pipeline.spec.finally));
    }
    let template = match &objects.run {
        Run::Pipeline(run) => {
            let inline = run.spec.pipeline_spec.iter();
            tasks.extend(inline.flat_map(|spec| spec.tasks.iter().chain(&spec.finally)));
            found.account(&run.spec.task_run_template.service_account_name);
            for specific in &run.spec.task_run_specs {
                found.template(specific.pod_template.as_ref());
                found.resources(specific.compute_resources.is_some());
            }
            found.claims(&run.spec.workspaces);
            run.spec.task_run_template.pod_template.as_ref()
        }
        Run::Task(run) => {
            specs.extend(&run.spec.task_spec);
            found.account(&run.spec.service_account_name);
            found.resources(run.spec.compute_resources.is_some());
            found.claims(&run.spec.workspaces);
            run.spec.pod_template.as_ref()
        }
    };
    specs.extend(tasks.iter().filter_map(|task| task.task_spec.as_ref()));
    found.template(template);
    for spec in specs {
        found.spec(spec, is_isolated);
    }
    found.notes.into_iter().collect()
}

#[derive(Default)]
struct Found {
    notes: BTreeSet<String>,
}

impl Found {
    fn add(&mut self, note: &str) {
        self.notes.insert(note.to_owned());
    }

    fn account(&mut self, name: &str) {
        if !matches!(name, "" | "default") {
            self.add("the service account's identity and rights");
        }
    }

    fn resources(&mut self, is_set: bool) {
        if is_set {
            self.add("resource requests and limits");
        }
    }

    fn claims(&mut self, workspaces: &[model::WorkspaceBinding]) {
        if workspaces
            .iter()
            .any(|binding| binding.volume_claim_template.is_some())
        {
            self.add("storage classes, sizes and access modes of claims");
        }
    }

    fn template(&mut self, template: Option<&serde_json::Value>) {
        let fields = template
            .and_then(serde_json::Value::as_object)
            .into_iter()
            .flatten();
        for (field, _) in fields.filter(|(field, _)| !matches!(field.as_str(), "env" | "volumes")) {
            self.add(&format!("podTemplate.{field}"));
        }
    }

    fn spec(&mut self, spec: &TaskSpec, is_isolated: bool) {
        self.add("images: steps use the programs of this machine");
        let template = spec.step_template.iter();
        self.resources(
            spec.steps
                .iter()
                .any(|step| step.compute_resources.is_some())
                || template
                    .clone()
                    .any(|template| template.compute_resources.is_some()),
        );
        let has_context = spec
            .steps
            .iter()
            .any(|step| step.security_context.is_some())
            || template
                .clone()
                .any(|template| template.security_context.is_some());
        if has_context {
            self.add("security contexts");
        }
        if spec
            .sidecars
            .iter()
            .any(|sidecar| sidecar.readiness_probe.is_some() || sidecar.liveness_probe.is_some())
        {
            self.add("probes of sidecars");
        }
        let mounts = spec.steps.iter().flat_map(|step| &step.volume_mounts);
        let mut mounts = mounts.chain(template.flat_map(|template| &template.volume_mounts));
        if !is_isolated && mounts.next().is_some() {
            self.add("mount paths: use the paths that variables give, or --runner isolated");
        }
    }
}
