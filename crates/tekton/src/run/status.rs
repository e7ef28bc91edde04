//! JSON of statuses.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Condition;

/// Times as Kubernetes writes them: seconds in UTC.
pub(crate) fn time(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A record as JSON. Records of this crate always have a JSON form.
pub(crate) fn to_json<T: Serialize>(record: &T) -> Value {
    serde_json::to_value(record).unwrap_or_default()
}

/// The list of conditions.
pub(crate) fn conditions(condition: &Condition, since: Timestamp) -> Value {
    json!([{
        "type": "Succeeded",
        "status": condition.status.as_str(),
        "reason": condition.reason,
        "message": condition.message,
        "lastTransitionTime": time(since),
    }])
}

/// Sets fields that have a value.
pub(crate) fn set<const N: usize>(object: &mut Value, fields: [(&str, Option<Value>); N]) {
    let Value::Object(map) = object else { return };
    for (name, value) in fields {
        if let Some(value) = value {
            map.insert(name.to_owned(), value);
        }
    }
}

/// The list, if there is anything in it.
pub(crate) fn list(items: impl IntoIterator<Item = Value>) -> Option<Value> {
    let items: Vec<_> = items.into_iter().collect();
    (!items.is_empty()).then_some(Value::Array(items))
}

/// The map, if there is anything in it.
pub(crate) fn map<'a>(
    entries: impl IntoIterator<Item = (&'a String, &'a String)>,
) -> Option<Value> {
    let entries: Map<_, _> = entries
        .into_iter()
        .map(|(key, value)| (key.clone(), Value::from(value.as_str())))
        .collect();
    (!entries.is_empty()).then_some(Value::Object(entries))
}
