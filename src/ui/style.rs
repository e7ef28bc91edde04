//! The palette: 4-bit colours only, and never the only carrier of a meaning.

use anstyle::{AnsiColor, Style as AnsiStyle};

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A heading or a name that matters.
    Strong,
    /// Succeeded.
    Good,
    /// Failed.
    Bad,
    /// Under way.
    Active,
    /// Needs attention.
    Warning,
    /// A next step, a path.
    Hint,
    /// Less important.
    Dim,
}

impl Style {
    const fn ansi(self) -> AnsiStyle {
        match self {
            Self::Strong => AnsiStyle::new().bold(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Bad => AnsiColor::Red.on_default(),
            Self::Active => AnsiColor::Blue.on_default(),
            Self::Warning => AnsiColor::Yellow.on_default(),
            Self::Hint => AnsiColor::Cyan.on_default(),
            Self::Dim => AnsiStyle::new().dimmed(),
        }
    }
}

/// `text` with the escape codes of `style` around it, or as it is.
pub fn paint(style: Style, text: &str, colored: bool) -> String {
    if !colored || text.is_empty() {
        return text.to_owned();
    }
    let ansi = style.ansi();
    format!("{ansi}{text}{ansi:#}")
}
