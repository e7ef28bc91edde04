//! A container's variables, as a kubelet makes them.

use crate::model::{EnvFromSource, EnvVar, KeySelector};
use crate::objects::{Data, Objects};
use crate::text::expand_environment;

/// What a pod knows of itself.
#[derive(Debug, Clone)]
pub(super) struct PodFacts {
    pub(super) pod_name: String,
    pub(super) namespace: String,
    pub(super) uid: String,
    pub(super) service_account: String,
}

impl PodFacts {
    /// The value of a `fieldRef`; what a machine does not have is empty.
    pub(super) fn field(&self, path: &str) -> String {
        match path {
            "metadata.name" => self.pod_name.clone(),
            "metadata.namespace" => self.namespace.clone(),
            "metadata.uid" => self.uid.clone(),
            "spec.serviceAccountName" => self.service_account.clone(),
            _ => String::new(),
        }
    }
}

/// The variables in the order in which they are set, with references to earlier ones expanded.
///
/// # Errors
/// The kubelet's words for a Secret, `ConfigMap` or key that is not there.
pub(super) fn environment(
    sources: &[EnvFromSource],
    variables: &[EnvVar],
    objects: &Objects,
    facts: &PodFacts,
) -> Result<Vec<(String, String)>, String> {
    let mut environment: Vec<(String, String)> = Vec::new();
    for source in sources {
        let found = match (&source.config_map_ref, &source.secret_ref) {
            (Some(reference), _) => {
                object(objects, "configmap", &reference.name, reference.optional)?
            }
            (None, Some(reference)) => {
                object(objects, "secret", &reference.name, reference.optional)?
            }
            (None, None) => None,
        };
        for (key, value) in found.into_iter().flatten() {
            set(
                &mut environment,
                format!("{}{key}", source.prefix),
                text(value),
            );
        }
    }
    for variable in variables {
        if let Some(value) = value_of(variable, &environment, objects, facts)? {
            set(&mut environment, variable.name.clone(), value);
        }
    }
    Ok(environment)
}

fn value_of(
    variable: &EnvVar,
    environment: &[(String, String)],
    objects: &Objects,
    facts: &PodFacts,
) -> Result<Option<String>, String> {
    let Some(source) = &variable.value_from else {
        return Ok(Some(expand_environment(&variable.value, |name| {
            lookup(environment, name)
        })));
    };
    if let Some(selector) = &source.secret_key_ref {
        return key(objects, "secret", "Secret", selector, facts);
    }
    if let Some(selector) = &source.config_map_key_ref {
        return key(objects, "configmap", "ConfigMap", selector, facts);
    }
    let path = source
        .field_ref
        .as_ref()
        .and_then(|field| field.get("fieldPath")?.as_str());
    Ok(Some(
        path.map_or_else(String::new, |path| facts.field(path)),
    ))
}

fn key(
    objects: &Objects,
    what: &str,
    kind: &str,
    selector: &KeySelector,
    facts: &PodFacts,
) -> Result<Option<String>, String> {
    let Some(found) = object(objects, what, &selector.name, selector.optional)? else {
        return Ok(None);
    };
    match found.get(&selector.key) {
        Some(value) => Ok(Some(text(value))),
        None if selector.optional => Ok(None),
        None => Err(format!(
            "couldn't find key {} in {kind} {}/{}",
            selector.key, facts.namespace, selector.name
        )),
    }
}

fn object<'a>(
    objects: &'a Objects,
    what: &str,
    name: &str,
    is_optional: bool,
) -> Result<Option<&'a Data>, String> {
    let kind = if what == "secret" {
        &objects.secrets
    } else {
        &objects.config_maps
    };
    match kind.get(name) {
        Some(data) => Ok(Some(data)),
        None if is_optional => Ok(None),
        None => Err(format!("{what} {name:?} not found")),
    }
}

fn text(value: &[u8]) -> String {
    String::from_utf8_lossy(value).into_owned()
}

/// Sets a variable; a second value takes the place of the first.
pub(super) fn set(environment: &mut Vec<(String, String)>, name: String, value: String) {
    match environment.iter_mut().find(|(known, _)| *known == name) {
        Some((_, known)) => *known = value,
        None => environment.push((name, value)),
    }
}

/// The value of a variable.
pub(super) fn lookup(environment: &[(String, String)], name: &str) -> Option<String> {
    environment
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.clone())
}
