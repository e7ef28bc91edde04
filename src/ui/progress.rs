//! Progress on a terminal; silence in a pipe.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Ui, Verbosity};

/// One thing under way. Dropping it clears the line.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// Says what is being done now.
    pub fn message(&self, text: impl Into<String>) {
        self.0.set_message(text.into());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

impl Ui {
    /// Shows `text` with a spinner while the work lasts, on a terminal that is not quiet.
    pub fn progress(&self, text: impl Into<String>) -> Progress {
        let shown = self.stderr_terminal && self.options.verbosity > Verbosity::Quiet;
        let target = if shown {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target).with_message(text.into());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        // Faster work than this shows nothing.
        bar.enable_steady_tick(Duration::from_millis(100));
        Progress(bar)
    }
}
