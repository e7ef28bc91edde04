//! From a printed line to the places in templates that wrote it.

use std::collections::HashMap;
use std::sync::Arc;

use chart::{Manifest, Origins, Output, Place};

/// A line of the printed documents.
#[derive(Debug, Clone)]
pub struct Line {
    /// What is printed.
    pub text: String,
    /// What wrote it, in order; nothing for separators, for lines of white space, and for files that are no templates.
    pub places: Vec<Arc<Place>>,
}

impl Line {
    fn ours(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            places: Vec::new(),
        }
    }
}

/// The lines of documents as `landfall render` prints them, each with its places.
pub fn lines<'m>(manifests: impl Iterator<Item = &'m Manifest>, outputs: &[Output]) -> Vec<Line> {
    let outputs: HashMap<&str, &Output> = outputs
        .iter()
        .map(|output| (output.path.as_str(), output))
        .collect();
    let mut lines = Vec::new();
    for manifest in manifests {
        lines.push(Line::ours("---"));
        lines.push(Line::ours(&format!("# Source: {}", manifest.path)));
        let output = outputs.get(manifest.path.as_str());
        for (index, text) in manifest.content.trim_end().lines().enumerate() {
            let mut line = Line::ours(text);
            if let Some(origins) = output.and_then(|output| output.lines.get(manifest.line + index))
            {
                line.places = telling(origins);
            }
            lines.push(line);
        }
    }
    lines
}

/// The places without the text around actions, which the line of the action shows anyway.
fn telling(origins: &Origins) -> Vec<Arc<Place>> {
    let line = |place: &Place| (place.template().clone(), place.location().0);
    let actions: Vec<_> = origins
        .iter()
        .filter(|place| place.action.is_some())
        .map(|place| line(place))
        .collect();
    origins
        .iter()
        .filter(|place| place.action.is_some() || !actions.contains(&line(place)))
        .cloned()
        .collect()
}
