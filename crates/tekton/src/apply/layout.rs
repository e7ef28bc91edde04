//! Where a step's paths are.

/// The folder that stands for `/` in paths that landfall puts into steps: empty where steps see the real paths.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    pub(crate) root: String,
}

impl Layout {
    /// The path as the step sees it.
    pub(crate) fn path(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }
}
