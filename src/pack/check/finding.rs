//! Something that is wrong with a pack, with its place.

use std::fmt;

use serde::Serialize;

use crate::pack::error::PackError;
use crate::pack::model::Pack;
use crate::pack::rendered::RenderedFile;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It works, and could be better.
    Warning,
    /// It does not work.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file of the pack, with the line where it is known.
    pub place: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
}

impl Finding {
    /// Something that does not work.
    pub fn error(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            severity: Severity::Error,
            message: message.into(),
        }
    }

    /// Something that could be better.
    pub fn warning(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            severity: Severity::Warning,
            message: message.into(),
        }
    }
}

impl From<&PackError> for Finding {
    fn from(error: &PackError) -> Self {
        match error {
            PackError::Invalid { place, reason, .. } | PackError::Broken { place, reason } => {
                Self::error(place, reason)
            }
            PackError::Template(error) => {
                // The message begins with line and column where these are known.
                let (place, message) = match error.message.split_once(": ") {
                    Some((place, message)) if place.starts_with(|c: char| c.is_ascii_digit()) => {
                        (format!("{}:{place}", error.name), message)
                    }
                    _ => (error.name.clone(), error.message.as_str()),
                };
                Self::error(place, message)
            }
            error => {
                let text = error.to_string();
                match text.split_once(": ") {
                    Some((place, message)) => Self::error(place, message),
                    None => Self::error("pack.yaml", text),
                }
            }
        }
    }
}

/// Adds a finding unless it is there.
pub(super) fn add(findings: &mut Vec<Finding>, finding: Finding) {
    if !findings.contains(&finding) {
        findings.push(finding);
    }
}

/// The line of the pack's file that wrote a line of what was rendered: the nearest one with the same text, else one that begins like
/// it, else the same number.
pub fn source_line(pack: &Pack, file: &RenderedFile, line: usize) -> usize {
    let item = pack.files.iter().find(|item| item.origin == file.origin);
    let template = item
        .map(|item| String::from_utf8_lossy(&item.contents))
        .unwrap_or_default();
    let Some(text) = line
        .checked_sub(1)
        .and_then(|index| file.text.lines().nth(index))
    else {
        return line.max(1);
    };
    let nearest = |fits: &dyn Fn(&str) -> bool| {
        template
            .lines()
            .enumerate()
            .filter(|(_, candidate)| fits(candidate))
            .map(|(index, _)| index + 1)
            .min_by_key(|candidate| candidate.abs_diff(line))
    };
    nearest(&|candidate| candidate == text)
        .or_else(|| {
            nearest(&|candidate| {
                let fixed = candidate.split("{{").next().unwrap_or_default();
                fixed.len() < candidate.len() && !fixed.trim().is_empty() && text.starts_with(fixed)
            })
        })
        .unwrap_or(line)
}
