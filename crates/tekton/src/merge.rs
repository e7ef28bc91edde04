//! A task's stepTemplate merged into its steps: per field, the step wins; variables by name and mounts by path
//! (`pkg/apis/pipeline/v1/merge.go`, a Kubernetes strategic merge).

use crate::model::{EnvVar, Step, StepTemplate, VolumeMount};

/// The steps with the template's fields where they have none. Steps that refer to a `StepAction` stay as they are.
pub(crate) fn merge_step_template(template: Option<&StepTemplate>, steps: &mut [Step]) {
    let Some(template) = template else { return };
    for step in steps.iter_mut().filter(|step| step.action.is_none()) {
        let fill = |own: &mut String, from: &String| {
            if own.is_empty() {
                own.clone_from(from);
            }
        };
        fill(&mut step.image, &template.image);
        fill(&mut step.working_dir, &template.working_dir);
        fill(&mut step.image_pull_policy, &template.image_pull_policy);
        if step.command.is_empty() {
            step.command.clone_from(&template.command);
        }
        if step.args.is_empty() {
            step.args.clone_from(&template.args);
        }
        if step.env_from.is_empty() {
            step.env_from.clone_from(&template.env_from);
        }
        step.env = merge_environment(&template.env, &step.env);
        step.volume_mounts = merge_mounts(&template.volume_mounts, &step.volume_mounts);
        for (own, from) in [
            (&mut step.compute_resources, &template.compute_resources),
            (&mut step.security_context, &template.security_context),
            (&mut step.volume_devices, &template.volume_devices),
        ] {
            if own.is_none() {
                own.clone_from(from);
            }
        }
    }
}

/// The step's own variables first, then the template's that it does not set.
fn merge_environment(template: &[EnvVar], own: &[EnvVar]) -> Vec<EnvVar> {
    let inherited = template
        .iter()
        .filter(|variable| own.iter().all(|o| o.name != variable.name));
    own.iter().chain(inherited).cloned().collect()
}

fn merge_mounts(template: &[VolumeMount], own: &[VolumeMount]) -> Vec<VolumeMount> {
    let inherited = template
        .iter()
        .filter(|mount| own.iter().all(|o| o.mount_path != mount.mount_path));
    own.iter().chain(inherited).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str, value: &str) -> EnvVar {
        EnvVar {
            name: name.into(),
            value: value.into(),
            ..EnvVar::default()
        }
    }

    #[test]
    fn the_step_wins_field_by_field() {
        let template = StepTemplate {
            image: "template".into(),
            working_dir: "/tmp".into(),
            env: vec![variable("A", "template"), variable("B", "template")],
            ..StepTemplate::default()
        };
        let mut steps = [Step {
            image: "own".into(),
            env: vec![variable("B", "own"), variable("C", "own")],
            ..Step::default()
        }];
        merge_step_template(Some(&template), &mut steps);
        assert_eq!(
            (steps[0].image.as_str(), steps[0].working_dir.as_str()),
            ("own", "/tmp")
        );
        let environment: Vec<_> = steps[0]
            .env
            .iter()
            .map(|v| (v.name.as_str(), v.value.as_str()))
            .collect();
        assert_eq!(environment, [("B", "own"), ("C", "own"), ("A", "template")]);
    }
}
