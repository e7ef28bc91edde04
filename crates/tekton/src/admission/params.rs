//! Declarations of parameters.

use std::collections::BTreeMap;

use super::variables::{Names, names};
use super::{FieldErrors, Gates};
use crate::model::{Param, ParamSpec, ParamType, ParamValue, PropertySpec};

/// The names of all parameters.
pub(super) fn all_names(params: &[ParamSpec]) -> Names {
    names(params.iter().map(|param| param.name.as_str()))
}

/// The names of the parameters of a type.
pub(super) fn names_of(params: &[ParamSpec], kind: ParamType) -> Names {
    names(
        params
            .iter()
            .filter(|p| p.param_type() == kind)
            .map(|param| param.name.as_str()),
    )
}

/// The object parameters with their keys.
pub(super) fn objects(params: &[ParamSpec]) -> BTreeMap<&str, Names> {
    params
        .iter()
        .filter(|param| param.param_type() == ParamType::Object)
        .map(|param| {
            let keys = param
                .properties
                .iter()
                .flat_map(|properties| properties.keys());
            (param.name.as_str(), names(keys.map(String::as_str)))
        })
        .collect()
}

/// Types and the types of default values (`ValidateParameterTypes`).
pub(super) fn types(params: &[ParamSpec]) -> FieldErrors {
    params.iter().map(type_of).collect()
}

fn type_of(param: &ParamSpec) -> FieldErrors {
    let name = &param.name;
    let Some(kind) = ParamType::parse(&param.kind) else {
        return FieldErrors::invalid_value(&param.kind, &format!("{name}.type"));
    };
    if let Some(default) = &param.default
        && default.kind() != kind
    {
        return FieldErrors::new(
            format!(
                "\"{}\" type does not match default value's type: \"{}\"",
                kind.as_str(),
                default.kind().as_str()
            ),
            &[&format!("{name}.type"), &format!("{name}.default.type")],
        );
    }
    let invalid: Vec<_> = param
        .properties
        .iter()
        .flatten()
        .filter(|(_, property)| property.kind != "string")
        .map(|(key, _)| key.as_str())
        .collect();
    if invalid.is_empty() {
        return FieldErrors::none();
    }
    FieldErrors::new(
        format!(
            "The value type specified for these keys [{}] is invalid",
            invalid.join(" ")
        ),
        &[&format!("{name}.properties")],
    )
}

/// No name twice (`ValidateNoDuplicateNames`).
pub(super) fn unique(params: &[ParamSpec]) -> FieldErrors {
    let mut seen = Names::new();
    params
        .iter()
        .filter(|param| !seen.insert(param.name.clone()))
        .map(|param| {
            FieldErrors::new("parameter appears more than once", &[""])
                .via_key("params", &param.name)
        })
        .collect()
}

/// Allowed values (`validateParamEnums`).
pub(super) fn enums(params: &[ParamSpec], gates: Gates) -> FieldErrors {
    let mut errors = FieldErrors::none();
    for param in params.iter().filter(|param| !param.allowed.is_empty()) {
        let mut add = |message: String| {
            errors.add(FieldErrors::new(message, &[""]).via(&format!("[{}]", param.name)));
        };
        if !gates.alpha {
            add("feature flag `enable-param-enum` should be set to true to use Enum".to_owned());
        }
        if param.param_type() != ParamType::String {
            add("enum can only be set with string type param".to_owned());
        }
        let mut seen = Names::new();
        for value in param
            .allowed
            .iter()
            .filter(|value| !seen.insert((*value).clone()))
        {
            add(format!(
                "parameter enum value {value} appears more than once"
            ));
        }
        if let Some(ParamValue::String(default)) = &param.default
            && !default.is_empty()
            && !param.allowed.contains(default)
        {
            add(format!(
                "param default value {default} not in the enum list"
            ));
        }
    }
    errors
}

/// Object parameters declare their keys (`ValidateObjectParamsHaveProperties`).
pub(super) fn objects_have_properties(params: &[ParamSpec]) -> FieldErrors {
    params
        .iter()
        .filter(|param| param.kind == "object" && param.properties.is_none())
        .map(|param| FieldErrors::missing(&format!("{}.properties", param.name)))
        .collect()
}

/// No value twice for a task (`validateDuplicateParameters`).
pub(super) fn unique_values(params: &[Param]) -> FieldErrors {
    let mut seen = Names::new();
    params
        .iter()
        .enumerate()
        .filter(|(_, param)| !seen.insert(param.name.clone()))
        .map(|(index, param)| {
            FieldErrors::new(
                format!(
                    "parameter names must be unique, the parameter \"{}\" is also defined at",
                    param.name
                ),
                &[&format!("[{index}].name")],
            )
        })
        .collect()
}

/// No name twice in whatever case (`validateNoDuplicateNames`), reported by name or by index.
pub(super) fn unique_names<'a>(
    all: impl IntoIterator<Item = &'a str>,
    by_index: bool,
) -> FieldErrors {
    let mut seen = Names::new();
    all.into_iter()
        .enumerate()
        .filter(|(_, name)| !seen.insert(name.to_lowercase()))
        .map(|(index, name)| {
            let place = if by_index {
                format!("[{index}]")
            } else {
                format!("[{name}]")
            };
            FieldErrors::both(&["name"]).via(&place)
        })
        .collect()
}

/// Declarations for the values that a run gives, as if it had declared them: propagation needs no declaration.
#[derive(Debug, Default)]
pub(super) struct Inferred {
    specs: BTreeMap<String, ParamSpec>,
}

impl Inferred {
    /// Adds values (`createParamSpecFromParam`).
    pub(super) fn add_values(&mut self, params: &[Param]) {
        for param in params {
            self.specs.insert(param.name.clone(), spec_of(param));
        }
    }

    /// Adds the values of a pipeline task; a run's value of that name stays (`appendPipelineTaskParams`).
    pub(super) fn add_task_values(&mut self, params: &[Param]) {
        for param in params {
            let Some(known) = self.specs.get_mut(&param.name) else {
                self.specs.insert(param.name.clone(), spec_of(param));
                continue;
            };
            if let ParamValue::Object(entries) = &param.value {
                let properties = known.properties.get_or_insert_default();
                properties.extend(entries.keys().map(|key| (key.clone(), string_property())));
            }
        }
    }

    /// Adds declarations (`combineParamSpec`).
    pub(super) fn add_specs(&mut self, specs: &[ParamSpec]) -> FieldErrors {
        specs.iter().map(|spec| self.add_spec(spec)).collect()
    }

    fn add_spec(&mut self, spec: &ParamSpec) -> FieldErrors {
        let Some(known) = self.specs.get_mut(&spec.name) else {
            self.specs.insert(spec.name.clone(), spec.clone());
            return FieldErrors::none();
        };
        let missing = || FieldErrors::missing(&format!("{}.properties", spec.name));
        if let Some(ParamValue::Object(entries)) = &spec.default {
            if spec.properties.is_none() {
                return missing();
            }
            if let Some(ParamValue::Object(values)) = &mut known.default {
                values.extend(
                    entries
                        .iter()
                        .map(|(key, value)| (key.clone(), value.clone())),
                );
            }
        }
        if known.kind == "object" {
            if spec.properties.is_none() {
                return missing();
            }
            known.properties.clone_from(&spec.properties);
        }
        FieldErrors::none()
    }

    /// All declarations.
    pub(super) fn into_specs(self) -> Vec<ParamSpec> {
        self.specs.into_values().collect()
    }
}

fn string_property() -> PropertySpec {
    PropertySpec {
        kind: "string".to_owned(),
    }
}

fn spec_of(param: &Param) -> ParamSpec {
    let properties = match &param.value {
        ParamValue::Object(entries) => Some(
            entries
                .keys()
                .map(|key| (key.clone(), string_property()))
                .collect(),
        ),
        ParamValue::String(_) | ParamValue::Array(_) => None,
    };
    ParamSpec {
        name: param.name.clone(),
        kind: param.value.kind().as_str().to_owned(),
        properties,
        default: Some(param.value.clone()),
        ..ParamSpec::default()
    }
}
