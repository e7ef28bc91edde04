//! Results of steps: how much room they have and what they become.
//!
//! Tekton's entrypoint writes them into the container's termination message, JSON of at most 4096 bytes, and the
//! kubelet keeps 12288 bytes a pod, shared by its containers (`pkg/termination/write.go`, `docs/tasks.md`).

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::{ParamType, ParamValue, StepResult, TaskResult};
use crate::text::Replacements;

/// What a container's termination message can hold.
pub const MAX_RESULT_BYTES: usize = 4096;
/// What the messages of a pod's containers can hold together.
const MAX_POD_BYTES: usize = 12288;
/// The entrypoint's own entry: `{"key":"StartedAt","value":"2026-08-20T13:42:35.123Z","type":3}`.
const STARTED_AT_BYTES: usize = 63;
/// `{"key":"ExitCode","value":"","type":3}` without the code.
const EXIT_CODE_BYTES: usize = 38;

/// A result with its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ResultValue {
    pub(crate) name: String,
    pub(crate) value: ParamValue,
}

impl ResultValue {
    pub(crate) fn to_json(&self) -> Value {
        serde_json::json!({
            "name": self.name,
            "type": self.value.kind().as_str(),
            "value": self.value.to_json(),
        })
    }
}

/// What became of a step's termination message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Message {
    /// It arrived.
    Whole,
    /// The entrypoint could not write it: the step fails.
    TooLong,
    /// The kubelet cut it off: it cannot be read and its results are lost.
    Cut,
}

/// Whether results fit into the message of one of so many containers.
pub(crate) fn message_of<'a>(
    results: impl IntoIterator<Item = (&'a String, &'a Vec<u8>)>,
    exit_code: Option<i32>,
    containers: usize,
) -> Message {
    let entries: Vec<usize> = results
        .into_iter()
        .map(|(name, value)| {
            let text = String::from_utf8_lossy(value);
            // {"key":...,"value":...,"type":1}
            json_length(name) + json_length(&text) + r#"{"key":,"value":,"type":1}"#.len()
        })
        .chain([STARTED_AT_BYTES])
        .chain(exit_code.map(|code| EXIT_CODE_BYTES + code.to_string().len()))
        .collect();
    let length = 2 + entries.iter().sum::<usize>() + entries.len() - 1;
    if length > MAX_RESULT_BYTES {
        Message::TooLong
    } else if length > MAX_POD_BYTES / containers.max(1) {
        Message::Cut
    } else {
        Message::Whole
    }
}

/// The length of a text as Go's JSON, quotes included.
fn json_length(text: &str) -> usize {
    let characters = text.chars().map(|c| match c {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => 6,
        c if c.is_ascii_control() && c != '\u{7f}' => 6,
        c => c.len_utf8(),
    });
    characters.sum::<usize>() + 2
}

/// The value of a result file by its declared type; what does not parse stays text (`filterResults`).
pub(crate) fn parse(kind: ParamType, bytes: &[u8]) -> ParamValue {
    let text = String::from_utf8_lossy(bytes).into_owned();
    if kind == ParamType::String {
        return ParamValue::String(text);
    }
    let structured = matches!(bytes.first(), Some(b'[' | b'{' | b'"'));
    match serde_json::from_str::<Value>(&text) {
        Ok(value) if structured => match ParamValue::from_json(&value) {
            // A list or map of other things than texts stays as it was written.
            ParamValue::String(_) if !value.is_string() => ParamValue::String(text),
            parsed => parsed,
        },
        _ => ParamValue::String(text),
    }
}

/// Results in the order in which they were first seen; the last value of each counts (`removeDuplicateResults`).
pub(crate) fn add_result(results: &mut Vec<ResultValue>, name: &str, value: ParamValue) {
    match results.iter_mut().find(|result| result.name == name) {
        Some(known) => known.value = value,
        None => results.push(ResultValue {
            name: name.to_owned(),
            value,
        }),
    }
}

/// Results of another type than declared, in Tekton's words; they are dropped (`mismatchedTypesResults`).
pub(crate) fn drop_mismatched(
    results: &mut Vec<ResultValue>,
    declared: &[TaskResult],
) -> Option<String> {
    let mut mismatched = BTreeMap::new();
    results.retain(|result| {
        let needed = declared.iter().rev().find(|spec| spec.name == result.name);
        let needed = needed.map(|spec| spec.kind.as_str());
        let found = result.value.kind().as_str();
        let fits = needed.is_none_or(|needed| needed == found);
        if !fits {
            mismatched.insert(
                result.name.clone(),
                format!(
                    "task result is expected to be \"{}\" type but was initialized to a different type \"{found}\"",
                    needed.unwrap_or_default()
                ),
            );
        }
        fits
    });
    if mismatched.is_empty() {
        return None;
    }
    let list: Vec<_> = mismatched
        .iter()
        .map(|(name, text)| format!(" \"{name}\": {text}"))
        .collect();
    Some(format!(
        "Provided results don't match declared results; may be invalid JSON or missing result declaration: {}",
        list.join(",")
    ))
}

/// Declared keys that object results lack, in Tekton's words (`missingKeysofObjectResults`).
///
/// Tekton looks at an inline spec's declarations twice and names each missing key twice; so does this.
pub(crate) fn missing_keys(
    results: &[ResultValue],
    declared: &[TaskResult],
    is_inline: bool,
) -> Option<String> {
    let mut missing = BTreeMap::new();
    for result in results {
        let ParamValue::Object(entries) = &result.value else {
            continue;
        };
        let Some(spec) = declared.iter().find(|spec| spec.name == result.name) else {
            continue;
        };
        let keys: Vec<_> = spec
            .properties
            .iter()
            .flatten()
            .map(|(key, _)| key.as_str())
            .filter(|key| !entries.contains_key(*key))
            .collect();
        if !keys.is_empty() {
            let keys = if is_inline {
                [keys.clone(), keys].concat()
            } else {
                keys
            };
            missing.insert(result.name.as_str(), keys.join(" "));
        }
    }
    if missing.is_empty() {
        return None;
    }
    let list: Vec<_> = missing
        .iter()
        .map(|(name, keys)| format!("{name}:[{keys}]"))
        .collect();
    Some(format!(
        "missing keys for these results which are required in TaskResult's properties map[{}]",
        list.join(" ")
    ))
}

/// The declared type of a step's result.
pub(crate) fn step_result_type(declared: &[StepResult], name: &str) -> ParamType {
    let spec = declared.iter().find(|spec| spec.name == name);
    spec.and_then(|spec| ParamType::parse(&spec.kind))
        .unwrap_or(ParamType::String)
}

/// Adds a result under its reference, with its items and keys.
pub(super) fn add_reference(values: &mut Replacements, reference: &str, value: &ParamValue) {
    match value {
        ParamValue::String(text) => {
            values.strings.insert(reference.to_owned(), text.clone());
        }
        ParamValue::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                values
                    .strings
                    .insert(format!("{reference}[{index}]"), item.clone());
            }
            values.arrays.insert(reference.to_owned(), items.clone());
        }
        ParamValue::Object(entries) => {
            for (key, text) in entries {
                values
                    .strings
                    .insert(format!("{reference}.{key}"), text.clone());
            }
            values.objects.insert(reference.to_owned(), entries.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(length: usize) -> Vec<u8> {
        vec![b'x'; length]
    }

    fn fits(files: &[(&str, usize)], containers: usize) -> Message {
        let files: BTreeMap<_, _> = files
            .iter()
            .map(|(name, length)| ((*name).to_owned(), file(*length)))
            .collect();
        message_of(&files, None, containers)
    }

    #[test]
    fn results_share_the_room_of_a_message() {
        assert_eq!(fits(&[("big", 3900)], 3), Message::Whole);
        assert_eq!(fits(&[("big", 5000)], 3), Message::TooLong);
        assert_eq!(fits(&[("a", 2100)], 3), Message::Whole);
        assert_eq!(fits(&[("a", 2100), ("b", 2100)], 3), Message::TooLong);
        assert_eq!(fits(&[("big", 2500)], 6), Message::Cut);
    }

    #[test]
    fn values_are_what_their_declaration_says_or_text() {
        let text = |text: &str| ParamValue::String(text.into());
        for (kind, written, value) in [
            (ParamType::String, "value\n", text("value\n")),
            (ParamType::String, "[\"a\"]", text("[\"a\"]")),
            (
                ParamType::Array,
                "[\"a\",\"b c\"]",
                ParamValue::Array(vec!["a".into(), "b c".into()]),
            ),
            (ParamType::Array, "[1,2]", text("[1,2]")),
            (ParamType::Array, " [\"a\"]", text(" [\"a\"]")),
            (ParamType::Array, "\"text\"", text("text")),
            (ParamType::Array, "not json", text("not json")),
            (
                ParamType::Object,
                "{\"k\":\"v\"}",
                ParamValue::Object([("k".into(), "v".into())].into()),
            ),
            (ParamType::Array, "", text("")),
        ] {
            assert_eq!(parse(kind, written.as_bytes()), value, "{written}");
        }
    }
}
