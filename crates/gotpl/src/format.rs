//! Go's `fmt`: `%v` of every value, `print`, `println` and `printf`.

pub mod float;
mod integer;
mod printer;
mod printf;

use crate::limits::MAX_TEXT_BYTES;
use crate::value::{Kind, Text, Value};
use printer::Printer;

pub use printf::sprintf;

/// Appends a value as a template action prints it.
pub(crate) fn print_value(output: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Str(text) => output.extend_from_slice(text.as_bytes()),
        Value::Absent => output.extend_from_slice(b"<no value>"),
        Value::Object(object) => match object.display() {
            Some(text) => output.extend_from_slice(text.as_bytes()),
            // A template looks through a pointer before it prints.
            None if object.kind() == Kind::Pointer => Printer::new(output).pointee(&**object),
            None => Printer::new(output).argument(value, 'v'),
        },
        value => Printer::new(output).argument(value, 'v'),
    }
}

/// A value as `fmt.Sprint` prints it.
pub fn sprint_value(value: &Value) -> Text {
    if let Value::Str(text) = value {
        return text.clone();
    }
    Text::from_bytes(sprint(std::slice::from_ref(value)))
}

/// `fmt.Sprint`: a space between two values of which neither is a string.
///
/// What is longer than [`crate::limits::MAX_TEXT_BYTES`] breaks off somewhere beyond.
pub fn sprint(values: &[Value]) -> Vec<u8> {
    let mut output = Vec::new();
    let mut after_string = false;
    for (index, value) in values.iter().enumerate() {
        let is_string = matches!(value, Value::Str(_));
        if index > 0 && !is_string && !after_string {
            output.push(b' ');
        }
        Printer::new(&mut output).argument(value, 'v');
        after_string = is_string;
        if output.len() > MAX_TEXT_BYTES {
            break;
        }
    }
    output
}

/// `fmt.Sprintln`: a space between all values, and a newline. As long as [`sprint`] at most.
pub fn sprintln(values: &[Value]) -> Vec<u8> {
    let mut output = Vec::new();
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            output.push(b' ');
        }
        Printer::new(&mut output).argument(value, 'v');
        if output.len() > MAX_TEXT_BYTES {
            break;
        }
    }
    output.push(b'\n');
    output
}

/// A value as `fmt.Sprint` prints it, for messages.
pub fn display(value: &Value) -> String {
    sprint_value(value).to_str().into_owned()
}

#[cfg(test)]
mod tests;
