//! Parameters and their values.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// The type of a parameter or result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamType {
    String,
    Array,
    Object,
}

impl ParamType {
    /// The word used in files and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// The type named by `text`, if there is one.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "string" => Some(Self::String),
            "array" => Some(Self::Array),
            "object" => Some(Self::Object),
            _ => None,
        }
    }
}

/// The value of a parameter or of a result: a text, a list of texts or texts by key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParamValue {
    String(String),
    Array(Vec<String>),
    Object(BTreeMap<String, String>),
}

impl Default for ParamValue {
    fn default() -> Self {
        Self::String(String::new())
    }
}

impl ParamValue {
    /// The type of this value.
    pub fn kind(&self) -> ParamType {
        match self {
            Self::String(_) => ParamType::String,
            Self::Array(_) => ParamType::Array,
            Self::Object(_) => ParamType::Object,
        }
    }

    /// The text of a string value, empty for the others (as Go's `StringVal`).
    pub fn text(&self) -> &str {
        match self {
            Self::String(text) => text,
            Self::Array(_) | Self::Object(_) => "",
        }
    }

    /// Every text in the value.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::String(text) => vec![text],
            Self::Array(items) => items.iter().map(String::as_str).collect(),
            Self::Object(entries) => entries.values().map(String::as_str).collect(),
        }
    }

    /// Reads a value as `ParamValue.UnmarshalJSON` does: a list or map of texts keeps its shape, anything else
    /// that is no text becomes its JSON text (so `5` is `"5"` and `[1]` is `"[1]"`).
    pub fn from_json(value: &Value) -> Self {
        match value {
            Value::String(text) => Self::String(text.clone()),
            Value::Null => Self::String(String::new()),
            Value::Array(items) => items
                .iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect::<Option<Vec<_>>>()
                .map_or_else(|| Self::String(value.to_string()), Self::Array),
            Value::Object(entries) => entries
                .iter()
                .map(|(key, item)| Some((key.clone(), item.as_str()?.to_owned())))
                .collect::<Option<BTreeMap<_, _>>>()
                .map_or_else(|| Self::String(value.to_string()), Self::Object),
            Value::Bool(_) | Value::Number(_) => Self::String(value.to_string()),
        }
    }

    /// The value as JSON.
    pub fn to_json(&self) -> Value {
        match self {
            Self::String(text) => Value::from(text.as_str()),
            Self::Array(items) => Value::from(items.clone()),
            Self::Object(entries) => Value::Object(
                entries
                    .iter()
                    .map(|(k, v)| (k.clone(), Value::from(v.as_str())))
                    .collect(),
            ),
        }
    }
}

impl Serialize for ParamValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ParamValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(|value| Self::from_json(&value))
    }
}

/// A parameter's name and value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Param {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub value: ParamValue,
}

/// The parameter of that name.
pub fn find_param<'a>(params: &'a [Param], name: &str) -> Option<&'a Param> {
    params.iter().find(|param| param.name == name)
}

/// The keys of an object parameter or result.
pub type Properties = BTreeMap<String, PropertySpec>;

record! {
    /// The type of one key of an object.
    pub struct PropertySpec {
        #[serde(rename = "type")]
        pub kind: String,
    }

    /// The declaration of a parameter.
    pub struct ParamSpec {
        pub name: String,
        #[serde(rename = "type")]
        pub kind: String,
        pub description: String,
        pub properties: Option<Properties>,
        pub default: Option<ParamValue>,
        #[serde(rename = "enum")]
        pub allowed: Vec<String>,
    }
}

impl ParamSpec {
    /// The declared type; a type that admission refuses counts as string, as in Go's `default:` branches.
    pub fn param_type(&self) -> ParamType {
        ParamType::parse(&self.kind).unwrap_or(ParamType::String)
    }

    /// Fills in the type from the properties or the default value (`ParamSpec.SetDefaults`).
    pub fn set_defaults(&mut self) {
        if self.kind.is_empty() {
            let inferred = match (&self.properties, &self.default) {
                (Some(_), _) => ParamType::Object,
                (None, Some(default)) => default.kind(),
                (None, None) => ParamType::String,
            };
            inferred.as_str().clone_into(&mut self.kind);
        }
        default_property_types(self.properties.as_mut());
    }
}

/// Gives properties without a type the type string.
pub(super) fn default_property_types(properties: Option<&mut Properties>) {
    for property in properties.into_iter().flat_map(BTreeMap::values_mut) {
        if property.kind.is_empty() {
            "string".clone_into(&mut property.kind);
        }
    }
}
