//! Names: of objects, tasks, steps, params, results and references.

use super::FieldErrors;
use crate::model::{ObjectMeta, Param, ParamSpec, ParamType};

const MAX_LABEL_LENGTH: usize = 63;
const MAX_SUBDOMAIN_LENGTH: usize = 253;
const NAMES_PAGE: &str =
    "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names";

/// A DNS label: lower-case letters, digits and dashes, no dash at an end.
pub(super) fn is_label(name: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !name.is_empty()
        && name.len() <= MAX_LABEL_LENGTH
        && name.bytes().all(inner)
        && !name.starts_with('-')
        && !name.ends_with('-')
}

fn is_subdomain(name: &str) -> bool {
    name.len() <= MAX_SUBDOMAIN_LENGTH && name.split('.').all(is_label)
}

/// The name of a document.
pub(super) fn object_metadata(metadata: &ObjectMeta) -> FieldErrors {
    let name = &metadata.name;
    if name.is_empty() && !metadata.generate_name.is_empty() {
        return FieldErrors::none();
    }
    if !is_subdomain(name) {
        return FieldErrors::new(
            format!("invalid resource name {name:?}: must be a valid DNS label"),
            &["name"],
        );
    }
    if name.len() > MAX_LABEL_LENGTH {
        return FieldErrors::new(
            "Invalid resource name: length must be no more than 63 characters",
            &["name"],
        );
    }
    FieldErrors::none()
}

/// The name of a pipeline task.
pub(super) fn pipeline_task(name: &str) -> FieldErrors {
    if is_label(name) {
        return FieldErrors::none();
    }
    let details =
        format!("Pipeline Task name must be a valid DNS Label.For more info refer to {NAMES_PAGE}");
    FieldErrors::detailed(format!("invalid value {name:?}"), &["name"], &details)
}

/// The name of a step, if it has one.
pub(super) fn step(name: &str) -> FieldErrors {
    if name.is_empty() || is_label(name) {
        return FieldErrors::none();
    }
    let details =
        format!("Task step name must be a valid DNS Label, For more info refer to {NAMES_PAGE}");
    FieldErrors::detailed(format!("invalid value {name:?}"), &["name"], &details)
}

/// `([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]`, the form of results and of qualified names.
pub(super) fn is_result_name(name: &str) -> bool {
    let is_end = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    is_end(name.chars().next())
        && is_end(name.chars().last())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// A reference to a Task or Pipeline by name (`validateRef` in `container_validation.go`).
pub(super) fn reference(name: &str, resolver: &str, params: &[Param]) -> FieldErrors {
    if !resolver.is_empty() || !params.is_empty() {
        let mut errors = FieldErrors::none();
        if !params.is_empty() && resolver.is_empty() {
            errors.add(FieldErrors::missing("resolver"));
        }
        if !params.is_empty() && !name.is_empty() {
            errors.add(FieldErrors::both(&["name", "params"]));
        }
        return errors;
    }
    if name.is_empty() {
        return FieldErrors::missing("name");
    }
    if name.contains(":/") {
        return FieldErrors::new(
            "feature flag enable-concise-resolver-syntax should be set to true to use concise resolver syntax",
            &[""],
        );
    }
    let base = name.rsplit_once('/').map_or(name, |(_, base)| base);
    if is_result_name(base) && base.len() <= MAX_LABEL_LENGTH {
        return FieldErrors::none();
    }
    FieldErrors::invalid_value(
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        "name",
    )
}

/// The form of parameter names and of the keys of objects (`ValidateNameFormat`).
pub(super) fn param_names(params: &[ParamSpec]) -> FieldErrors {
    let mut errors = FieldErrors::none();
    let mut plain: Vec<_> = params
        .iter()
        .filter(|param| param.param_type() != ParamType::Object)
        .map(|param| param.name.as_str())
        .filter(|name| !is_param_name(name, true))
        .collect();
    plain.sort_unstable();
    plain.dedup();
    if !plain.is_empty() {
        errors.add(FieldErrors::detailed(
            format!(
                "The format of following array and string variable names is invalid: [{}]",
                plain.join(" ")
            ),
            &["params"],
            "String/Array Names: \nMust only contain alphanumeric characters, hyphens (-), underscores (_), and dots (.)\nMust begin with a letter or an underscore (_)",
        ));
    }
    let objects: Vec<_> = params
        .iter()
        .filter(|param| param.param_type() == ParamType::Object)
        .filter_map(|param| {
            let keys: Vec<_> = param
                .properties
                .iter()
                .flat_map(|properties| properties.keys())
                .filter(|key| !is_param_name(key, false))
                .map(String::as_str)
                .collect();
            (!keys.is_empty() || !is_param_name(&param.name, false))
                .then(|| format!("{}:[{}]", param.name, keys.join(" ")))
        })
        .collect();
    if !objects.is_empty() {
        errors.add(FieldErrors::detailed(
            format!("Object param name and key name format is invalid: map[{}]", objects.join(" ")),
            &["params"],
            "Object Names: \nMust only contain alphanumeric characters, hyphens (-), underscores (_) \nMust begin with a letter or an underscore (_)",
        ));
    }
    errors
}

fn is_param_name(name: &str, dots: bool) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-".contains(c) || (dots && c == '.'))
}
