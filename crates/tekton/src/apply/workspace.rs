//! Workspace bindings (`pkg/workspace/apply.go`).

use std::collections::BTreeSet;

use crate::model::{KeyToPath, TaskSpec, WorkspaceBinding};
use crate::text::{Replacements, references};

/// Puts values into the names that bindings carry (`ReplaceWorkspaceBindingsVars`).
pub(crate) fn replace_in_bindings(bindings: &mut [WorkspaceBinding], values: &Replacements) {
    for binding in bindings {
        values.apply(&mut binding.sub_path);
        if let Some(claim) = &mut binding.persistent_volume_claim {
            values.apply(&mut claim.claim_name);
        }
        if let Some(source) = &mut binding.config_map {
            values.apply(&mut source.name);
            replace_in_items(&mut source.items, values);
        }
        if let Some(source) = &mut binding.secret {
            values.apply(&mut source.secret_name);
            replace_in_items(&mut source.items, values);
        }
        for source in binding
            .projected
            .iter_mut()
            .flat_map(|projected| &mut projected.sources)
        {
            if let Some(source) = &mut source.config_map {
                values.apply(&mut source.name);
                replace_in_items(&mut source.items, values);
            }
            if let Some(source) = &mut source.secret {
                values.apply(&mut source.name);
                replace_in_items(&mut source.items, values);
            }
        }
    }
}

pub(super) fn replace_in_items(items: &mut [KeyToPath], values: &Replacements) {
    for item in items {
        values.apply(&mut item.key);
        values.apply(&mut item.path);
    }
}

/// The workspaces that an inline spec refers to: these propagate into it (`FindWorkspacesUsedByTask`).
pub(crate) fn workspaces_used(spec: &TaskSpec) -> BTreeSet<String> {
    let mut texts: Vec<&str> = Vec::new();
    for step in &spec.steps {
        texts.extend([step.script.as_str(), &step.working_dir]);
        texts.extend(step.command.iter().chain(&step.args).map(String::as_str));
        texts.extend(step.env.iter().map(|variable| variable.value.as_str()));
        texts.extend(step.params.iter().flat_map(|param| param.value.texts()));
    }
    for sidecar in &spec.sidecars {
        texts.extend([sidecar.script.as_str(), &sidecar.working_dir]);
        texts.extend(
            sidecar
                .command
                .iter()
                .chain(&sidecar.args)
                .map(String::as_str),
        );
        texts.extend(sidecar.env.iter().map(|variable| variable.value.as_str()));
    }
    if let Some(template) = &spec.step_template {
        texts.push(&template.working_dir);
        texts.extend(
            template
                .command
                .iter()
                .chain(&template.args)
                .map(String::as_str),
        );
        texts.extend(template.env.iter().map(|variable| variable.value.as_str()));
    }
    texts
        .into_iter()
        .flat_map(|text| references(text, "workspaces"))
        .map(|reference| {
            if reference.dotted {
                reference
                    .name
                    .split('.')
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            } else {
                reference.name.to_owned()
            }
        })
        .collect()
}
