//! What Helm takes from flags, the environment and the kubeconfig together.

use std::path::PathBuf;

use chart::values::Layers;

use crate::context::Context;
use crate::env_vars;
use crate::render::kube_context;

use super::Parsed;

/// The values flags, in layers.
pub(crate) fn layers(parsed: &Parsed) -> Layers {
    Layers {
        files: parsed.all("values"),
        json: parsed.all("set-json"),
        set: parsed.all("set"),
        strings: parsed.all("set-string"),
        contents: parsed.all("set-file"),
        literals: parsed.all("set-literal"),
    }
}

/// `--debug`, or `HELM_DEBUG`.
pub(crate) fn is_debug(context: &Context<'_>, parsed: &Parsed) -> bool {
    let variable = context
        .process
        .var(env_vars::HELM_DEBUG)
        .unwrap_or_default();
    if parsed.is_set("debug") {
        parsed.is_on("debug")
    } else {
        matches!(variable, "1" | "t" | "T" | "TRUE" | "true" | "True")
    }
}

/// The namespace: the flag, `HELM_NAMESPACE`, the current context of the kubeconfig, or `default`.
pub(crate) fn namespace(context: &Context<'_>, parsed: &Parsed) -> String {
    let variable = |name| context.process.var(name).unwrap_or_default().to_owned();
    let named = parsed
        .text("namespace")
        .map_or_else(|| variable(env_vars::HELM_NAMESPACE), str::to_owned);
    if !named.is_empty() {
        return named;
    }
    let folder = context.current_dir();
    let files: Vec<PathBuf> = match parsed.filled("kubeconfig") {
        Some(file) => vec![folder.join(file)],
        None => match variable(env_vars::KUBECONFIG) {
            list if list.is_empty() => {
                vec![folder.join(variable(env_vars::HOME)).join(".kube/config")]
            }
            list => list
                .split(':')
                .filter(|file| !file.is_empty())
                .map(|file| folder.join(file))
                .collect(),
        },
    };
    let wanted = parsed
        .text("kube-context")
        .map_or_else(|| variable(env_vars::HELM_KUBECONTEXT), str::to_owned);
    kube_context::namespace(&files, &wanted).unwrap_or_else(|| "default".to_owned())
}
