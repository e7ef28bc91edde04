//! The layout of template errors in Helm 4 (`reformatExecErrorMsg`, `cleanupParseError`).

use crate::Error;

/// Around the text of `fail` and `required`.
const WARN_START: &str = "HELM_ERR_START";
const WARN_END: &str = "HELM_ERR_END";

/// `parse error at (FILE:LINE): TEXT`.
pub(crate) fn parse_error(path: &str, error: gotpl::Error) -> Error {
    let text = error.to_string();
    let tokens: Vec<&str> = text.split(": ").collect();
    let text = match tokens.as_slice() {
        [_] => format!("parse error in ({path}): {text}"),
        [_, location, ..] => format!(
            "parse error at ({location}): {}",
            tokens.last().unwrap_or(&"")
        ),
        [] => text,
    };
    template_error(text, error)
}

/// Several lines with the places, or one line where a function's own error is below.
pub(crate) fn exec_error(path: &str, error: gotpl::Error) -> Error {
    let text = error.to_string();
    if !matches!(error.kind(), gotpl::ErrorKind::Exec { .. }) {
        return template_error(text, error);
    }
    let mut tokens = text.splitn(3, ": ");
    let (Some(_), Some(location), Some(rest)) = (tokens.next(), tokens.next(), tokens.next())
    else {
        return template_error(format!("execution error in ({path}): {text}"), error);
    };
    if let Some(message) = warning(rest) {
        let text = format!("execution error at ({location}): {message}");
        return template_error(text, error);
    }
    let Some(frames) = frames(&error) else {
        return template_error(text, error);
    };
    let layout: String = frames.iter().map(Frame::layout).collect();
    template_error(layout.trim().to_owned(), error)
}

/// The places of an error and the ones below it; `None` if one of them has none.
fn frames(error: &gotpl::Error) -> Option<Vec<Frame>> {
    let mut frames: Vec<Frame> = Vec::new();
    for cause in error.chain() {
        let frame = Frame::parse(&cause.to_string())?;
        if frames.last() != Some(&frame) {
            frames.push(frame);
        }
    }
    Some(frames)
}

fn template_error(text: String, cause: gotpl::Error) -> Error {
    Error::Template {
        text,
        cause: Some(Box::new(cause)),
    }
}

/// What stands between the marks of `fail` and `required`.
fn warning(text: &str) -> Option<&str> {
    let start = text.find(WARN_START)? + WARN_START.len();
    let end = text.rfind(WARN_END)?;
    text.get(start..end)
}

/// One place of the trace (`TraceableError`).
#[derive(Debug, PartialEq, Eq, Default)]
struct Frame {
    location: String,
    executing: String,
    message: String,
}

impl Frame {
    /// Takes a one-line error of text/template apart; `None` for other errors.
    fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("template: ")?;
        if rest.starts_with("no template ") {
            return Some(Self {
                message: text.to_owned(),
                ..Self::default()
            });
        }
        Self::executing(rest).or_else(|| Self::simple(rest))
    }

    /// `FILE:LINE:COLUMN: executing "NAME" at <EXPRESSION>: MESSAGE`.
    fn executing(text: &str) -> Option<Self> {
        let (location, after) = text.split_once(": executing ")?;
        let after = after.strip_prefix('"')?;
        let (name, after) = after.split_once('"')?;
        let after = after.strip_prefix(" at <")?;
        let (expression, message) = after.split_once(">: ")?;
        Some(Self {
            location: location.to_owned(),
            executing: format!("executing \"{name}\" at <{expression}>:"),
            message: without_inner(message),
        })
    }

    fn simple(text: &str) -> Option<Self> {
        let (location, message) = text.rsplit_once(": ")?;
        Some(Self {
            location: location.to_owned(),
            executing: String::new(),
            message: without_inner(message),
        })
    }

    fn layout(&self) -> String {
        let mut layout = String::new();
        if !self.location.is_empty() {
            layout.push_str(&self.location);
            layout.push_str("\n  ");
        }
        if !self.executing.is_empty() {
            layout.push_str(&self.executing);
            layout.push_str("\n    ");
        }
        if !self.message.is_empty() {
            layout.push_str(&self.message);
            layout.push('\n');
        }
        layout
    }
}

/// The message up to the error below it, which has a place of its own.
fn without_inner(message: &str) -> String {
    message
        .find(" template:")
        .map_or(message, |at| &message[..at])
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_and_its_message() {
        let frame = Frame::parse(
            "template: c/templates/a.yaml:1:6: executing \"c/templates/a.yaml\" at <include \"h\" .>: \
             error calling include: template: c/templates/_h.tpl:2:10: executing \"h\" at <.x.b>: nil pointer",
        )
        .unwrap();
        assert_eq!(
            frame.layout(),
            "c/templates/a.yaml:1:6\n  executing \"c/templates/a.yaml\" at <include \"h\" .>:\n    error calling include:\n"
        );
        assert_eq!(Frame::parse("a function's own error"), None);
    }

    #[test]
    fn fail_is_told_by_its_marks() {
        assert_eq!(warning("x HELM_ERR_STARTa\nbHELM_ERR_END y"), Some("a\nb"));
        assert_eq!(warning("x"), None);
    }
}
