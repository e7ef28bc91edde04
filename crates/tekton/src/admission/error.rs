//! Errors with field paths, joined and printed as `apis.FieldError` of knative.dev/pkg does.

use std::collections::BTreeMap;
use std::fmt;

/// Any number of problems; none is "fine".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors {
    problems: Vec<Problem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Problem {
    message: String,
    paths: Vec<String>,
    details: String,
}

impl FieldErrors {
    /// No problem.
    pub fn none() -> Self {
        Self::default()
    }

    /// One problem in words at the given paths (`ErrGeneric`).
    pub fn new(message: impl Into<String>, paths: &[&str]) -> Self {
        Self::detailed(message, paths, "")
    }

    /// One problem with a second line.
    pub fn detailed(message: impl Into<String>, paths: &[&str], details: &str) -> Self {
        let paths = paths.iter().map(|path| (*path).to_owned()).collect();
        Self {
            problems: vec![Problem {
                message: message.into(),
                paths,
                details: details.to_owned(),
            }],
        }
    }

    /// `invalid value: ...`
    pub fn invalid_value(value: impl fmt::Display, path: &str) -> Self {
        Self::new(format!("invalid value: {value}"), &[path])
    }

    /// `missing field(s)`
    pub fn missing(path: &str) -> Self {
        Self::new("missing field(s)", &[path])
    }

    /// `expected exactly one, got neither`
    pub fn neither(paths: &[&str]) -> Self {
        Self::new("expected exactly one, got neither", paths)
    }

    /// `expected exactly one, got both`
    pub fn both(paths: &[&str]) -> Self {
        Self::new("expected exactly one, got both", paths)
    }

    /// Whether there is no problem.
    pub fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    /// Adds the problems of another check.
    pub fn add(&mut self, other: Self) {
        self.problems.extend(other.problems);
    }

    /// The same problems below a field.
    #[must_use]
    pub fn via(mut self, field: &str) -> Self {
        for path in self
            .problems
            .iter_mut()
            .flat_map(|problem| &mut problem.paths)
        {
            *path = joined(field, path);
        }
        self
    }

    /// The same problems below an item of the list itself.
    #[must_use]
    pub fn via_index(self, index: usize) -> Self {
        self.via(&format!("[{index}]"))
    }

    /// The same problems below an item of a list field.
    #[must_use]
    pub fn via_item(self, field: &str, index: usize) -> Self {
        self.via_index(index).via(field)
    }

    /// The same problems below a named item of a list field.
    #[must_use]
    pub fn via_key(self, field: &str, key: &str) -> Self {
        self.via(&format!("[{key}]")).via(field)
    }
}

/// `flatten`: parts joined by dots, empty ones left out, indexes attached to what they index.
fn joined(field: &str, path: &str) -> String {
    let mut whole = String::new();
    for part in field
        .split('.')
        .chain(path.split('.'))
        .filter(|part| !part.is_empty())
    {
        let is_index = part.starts_with('[') && part.ends_with(']');
        if !(whole.is_empty() || is_index) {
            whole.push('.');
        }
        whole.push_str(part);
    }
    whole
}

impl Extend<Self> for FieldErrors {
    fn extend<T: IntoIterator<Item = Self>>(&mut self, others: T) {
        others.into_iter().for_each(|other| self.add(other));
    }
}

impl FromIterator<Self> for FieldErrors {
    fn from_iter<T: IntoIterator<Item = Self>>(others: T) -> Self {
        let mut all = Self::none();
        all.extend(others);
        all
    }
}

impl fmt::Display for FieldErrors {
    /// One line a message, sorted; equal messages are one with all their paths.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut merged: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for problem in &self.problems {
            let paths = merged
                .entry((&problem.message, &problem.details))
                .or_default();
            paths.extend(problem.paths.iter().map(String::as_str));
        }
        for (index, ((message, details), mut paths)) in merged.into_iter().enumerate() {
            paths.sort_unstable();
            paths.dedup();
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{message}: {}", paths.join(", "))?;
            if !details.is_empty() {
                write!(f, "\n{details}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_messages_are_one_line_with_sorted_paths() {
        let mut errors = FieldErrors::new("bad", &["b"])
            .via_item("tasks", 1)
            .via("spec");
        errors.add(
            FieldErrors::new("bad", &["name"])
                .via_key("params", "a")
                .via("spec"),
        );
        errors.add(FieldErrors::detailed("a first", &["x"], "more"));
        errors.add(FieldErrors::new("no path", &[]).via("spec"));
        assert_eq!(
            errors.to_string(),
            "a first: x\nmore\nbad: spec.params[a].name, spec.tasks[1].b\nno path: "
        );
    }

    #[test]
    fn empty_paths_mean_the_field_itself() {
        assert_eq!(
            FieldErrors::new("m", &[""])
                .via("script")
                .via_item("steps", 0)
                .to_string(),
            "m: steps[0].script"
        );
    }
}
