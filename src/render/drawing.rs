//! A template error for people: the place with its line of source, the calls that led there, and what usually helps.
//!
//! Helm's own text of the same error is that of [`chart::Error`].

use std::fmt;
use std::path::Path;

use chart::{Chart, Error, TemplateError, TemplateErrorKind};
use goyaml::Value;

use super::explain::ValuePath;
use super::explain::values::subchart;
use crate::failure::near_names;

/// The most characters of a source line that are shown; a line may be a whole certificate.
const SHOWN: usize = 160;

/// A drawn error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// What is wrong, without any place.
    pub message: String,
    /// Where it happened, innermost first, then the calls that led there.
    pub frames: Vec<Frame>,
    /// What usually helps.
    pub hint: Option<String>,
}

/// A place in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The file, or the name of a text that is no file.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// The byte in the line, counted from 0; parse errors have none.
    pub column: Option<usize>,
    /// The template that ran and the expression, as `include "labels" .`.
    pub action: Option<String>,
    /// The line itself, where the file is one of the chart.
    pub source: Option<String>,
}

/// Draws an error of a template; `None` for errors of other kinds. `place` is the chart as it was named.
pub(super) fn draw(chart: &Chart, place: &Path, values: &Value, error: &Error) -> Option<Drawing> {
    let Error::Template {
        cause: Some(cause), ..
    } = error
    else {
        return None;
    };
    let mut frames: Vec<Frame> = cause
        .chain()
        .filter_map(|error| frame(chart, place, error))
        .collect();
    frames.reverse();
    // A runaway recursion is the same call a thousand times.
    frames.dedup_by(|a, b| (&a.file, a.line, a.column) == (&b.file, b.line, b.column));
    let message = message(cause);
    let hint = hint(chart, values, &message, frames.first());
    Some(Drawing {
        message,
        frames,
        hint,
    })
}

fn frame(chart: &Chart, place: &Path, error: &TemplateError) -> Option<Frame> {
    let (template, line, column, action) = match error.kind() {
        TemplateErrorKind::Message => return None,
        TemplateErrorKind::Parse { template, line } => (template, *line, None, None),
        TemplateErrorKind::Exec {
            template,
            line,
            column,
            at,
            ..
        } => (template, *line, Some(*column), Some(at.clone())),
    };
    let text = text_of(chart, template);
    let on_disk = template
        .split_once('/')
        .map(|(_, rest)| place.join(rest))
        .filter(|path| path.is_file());
    Some(Frame {
        file: on_disk.map_or_else(|| template.clone(), |path| path.display().to_string()),
        line,
        column,
        action,
        source: text
            .as_deref()
            .and_then(|text| text.lines().nth(line.saturating_sub(1)))
            .map(str::to_owned),
    })
}

/// The text of a template by its name: `shop/charts/db/templates/a.yaml`.
fn text_of(chart: &Chart, template: &str) -> Option<String> {
    let (_, mut rest) = template.split_once('/')?;
    let mut chart = chart;
    while let Some(below) = rest.strip_prefix("charts/") {
        let (name, after) = below.split_once('/')?;
        chart = subchart(chart, name)?;
        rest = after;
    }
    let file = chart.templates.iter().find(|file| &*file.name == rest)?;
    Some(String::from_utf8_lossy(&file.data).into_owned())
}

/// The text of the innermost place and of what is below it.
fn message(error: &TemplateError) -> String {
    let chain: Vec<&TemplateError> = error.chain().collect();
    let innermost = chain
        .iter()
        .rposition(|error| !matches!(error.kind(), TemplateErrorKind::Message))
        .unwrap_or(0);
    let text: String = chain[innermost..]
        .iter()
        .map(|error| error.text())
        .collect();
    // Around the text of `fail` and `required` stand marks for Helm's own layout.
    let text = match text.split_once("HELM_ERR_START") {
        Some((_, text)) => text.replace("HELM_ERR_END", ""),
        None => text,
    };
    // A name that `include` does not find fails in the call, without a place of its own.
    let text = match text.split_once(": template: ") {
        Some((_, text)) => text,
        None => &text,
    };
    text.trim().to_owned()
}

/// The three usual causes: a parent that is missing, a value of another type, a name that no template has.
fn hint(chart: &Chart, values: &Value, message: &str, frame: Option<&Frame>) -> Option<String> {
    let action = frame
        .and_then(|frame| frame.action.as_deref())
        .unwrap_or_default();
    if message.contains("nil pointer evaluating") {
        return Some(missing_parent(values, action));
    }
    if let Some(name) = message
        .strip_prefix("template \"")
        .or_else(|| message.split("no template \"").nth(1))
        .and_then(|rest| rest.split('"').next())
    {
        let known = defined(chart);
        let near = near_names(name, &known);
        return Some(match near.first() {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("no template of the chart defines \"{name}\""),
        });
    }
    if message.contains("wrong type for value") || message.contains("incompatible types") {
        return Some(
            "convert the value: `toString`, `int`, `float64`, or `toYaml` for a map or a list; numbers of values files are float64"
                .to_owned(),
        );
    }
    None
}

/// What to do about `.Values.a.b` when `a` is not there.
fn missing_parent(values: &Value, action: &str) -> String {
    let guard = "set it in the values, or guard the template with `with` or `if`";
    let Some(path) = value_paths(action).next() else {
        return format!("what stands left of the last name is missing: {guard}");
    };
    let mut known = values;
    let mut walked = String::from(".Values");
    for name in path.to_string().split('.') {
        let Some(next) = known.get(name).filter(|next| !next.is_null()) else {
            let names: Vec<String> = known
                .as_map()
                .map(|map| map.keys().cloned().collect())
                .unwrap_or_default();
            let near = near_names(name, &names);
            return match near.first() {
                Some(near) => format!("{walked} has no \"{name}\": did you mean \"{near}\"?"),
                None => format!("{walked} has no \"{name}\": {guard}"),
            };
        };
        walked = format!("{walked}.{name}");
        known = next;
    }
    format!("what stands left of the last name is missing: {guard}")
}

/// The values that an expression names: `.Values.a.b` as `a.b`.
pub fn value_paths(expression: &str) -> impl Iterator<Item = ValuePath> {
    expression.split(".Values.").skip(1).filter_map(|rest| {
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.')))
            .unwrap_or(rest.len());
        ValuePath::parse(rest[..end].trim_end_matches('.'))
    })
}

/// The names that the templates of a chart and its subcharts define.
fn defined(chart: &Chart) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for file in &chart.templates {
        let text = String::from_utf8_lossy(&file.data);
        for after in text.split("define").skip(1) {
            let mut quoted = after.trim_start().splitn(3, ['"', '`']);
            if let (Some(""), Some(name)) = (quoted.next(), quoted.next()) {
                names.push(name.to_owned());
            }
        }
    }
    names.extend(chart.dependencies.iter().flat_map(defined));
    names
}

impl fmt::Display for Frame {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.file, self.line)?;
        match self.column {
            Some(column) => write!(formatter, ":{}", column + 1),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Drawing {
    /// The message, the source with a caret, and the calls.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        let Some((place, callers)) = self.frames.split_first() else {
            return Ok(());
        };
        write!(formatter, "\n  --> {place}")?;
        if let Some(source) = place
            .source
            .as_deref()
            .filter(|line| !line.trim().is_empty())
        {
            let number = place.line.to_string();
            let margin = " ".repeat(number.len());
            let shown: String = source.chars().take(SHOWN).collect();
            write!(formatter, "\n{margin} |\n{number} | {}", shown.trim_end())?;
            if let Some(column) = place.column
                && let Some(before) = source.get(..column).filter(|before| before.len() < SHOWN)
            {
                // Tabs stay tabs, so that the caret stands where the terminal shows the character.
                let before: String = before
                    .chars()
                    .map(|c| if c == '\t' { c } else { ' ' })
                    .collect();
                write!(formatter, "\n{margin} | {before}^")?;
            }
        }
        for caller in callers {
            write!(formatter, "\n  called at {caller}")?;
            if let Some(action) = &caller.action {
                write!(formatter, "  {action}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use goyaml::Value;

    use super::{Drawing, draw};
    use crate::render::documents::{Request, render};

    /// Renders a chart with one template and one file of helpers, and draws why it fails.
    fn drawn(template: &str, helpers: &str) -> Drawing {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
        write("values.yaml", "image: {tag: latest}\nport: 80\n");
        write("templates/a.yaml", template);
        write("templates/_helpers.tpl", helpers);
        let request = Request {
            release: "shop".to_owned(),
            folder: folder.path().to_owned(),
            ..Request::default()
        };
        let error = render(Path::new("."), &request).unwrap_err();
        error.drawing.expect("an error of a template")
    }

    #[test]
    fn the_place_is_shown_with_its_line_and_the_calls_that_led_there() {
        let helpers = "{{ define \"shop.image\" }}\n\timage: {{ .Values.imge.tag }}\n{{ end }}";
        let drawing = drawn("a: 1\nb: {{ include \"shop.image\" . }}\n", helpers);
        insta::assert_snapshot!(drawing, @r#"
        nil pointer evaluating interface {}.tag
          --> shop/templates/_helpers.tpl:2:19
          |
        2 | 	image: {{ .Values.imge.tag }}
          | 	                 ^
          called at shop/templates/a.yaml:2:7  include "shop.image" .
        "#);
        assert_eq!(
            drawing.hint.unwrap(),
            ".Values has no \"imge\": did you mean \"image\"?"
        );
    }

    #[test]
    fn the_usual_causes_have_a_hint() {
        for (template, hint) in [
            (
                "{{ .Values.image.x.y }}",
                ".Values.image has no \"x\": set it",
            ),
            (
                "{{ include \"shop.nam\" . }}",
                "did you mean \"shop.name\"?",
            ),
            (
                "{{ template \"other\" . }}",
                "no template of the chart defines \"other\"",
            ),
            ("{{ upper .Values.port }}", "convert the value"),
            ("{{ eq .Values.port \"80\" }}", "convert the value"),
        ] {
            let drawing = drawn(template, "{{ define \"shop.name\" }}x{{ end }}");
            let found = drawing.hint.unwrap_or_default();
            assert!(found.starts_with(hint), "{template}: {found}");
        }
    }

    #[test]
    fn texts_of_fail_and_of_the_parser_are_shown_without_helms_layout() {
        assert_eq!(drawn("{{ fail \"no way\" }}", "").message, "no way");
        assert_eq!(
            drawn("{{ required \"set x\" .Values.x }}", "").message,
            "set x"
        );
        let parse = drawn("a\n{{ if }}", "");
        assert_eq!(parse.message, "missing value for if");
        assert_eq!((parse.frames[0].line, parse.frames[0].column), (2, None));
    }

    #[test]
    fn a_runaway_recursion_is_one_call() {
        let helpers = "{{ define \"loop\" }}{{ include \"loop\" . }}{{ end }}";
        let drawing = drawn("{{ include \"loop\" . }}", helpers);
        assert_eq!(drawing.frames.len(), 2, "{drawing}");
    }

    #[test]
    fn other_errors_are_not_drawn() {
        let error = chart::Error::MissingDependencies(vec!["db".to_owned()]);
        let chart = chart::Chart::default();
        assert_eq!(draw(&chart, Path::new("x"), &Value::Null, &error), None);
    }
}
