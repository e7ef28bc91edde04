//! `landfall render --explain`: where lines and values come from.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

use chart::Place;

use crate::context::Context;
use crate::failure::{Code, Exit, Failure, near_names};
use crate::render::explain::{Explanation, Line, ValuePath, explain, lines};
use crate::render::{Documents, Request, read, value_paths};
use crate::ui::{Style, shortened};

/// What is to be explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    /// Every line, in short.
    All,
    /// Lines of the output, counted from 1.
    Lines(RangeInclusive<usize>),
    /// A value.
    Value(ValuePath),
}

/// Reads what stands behind `--explain=`.
pub(super) fn subject(text: &str) -> Result<Subject, String> {
    if text.is_empty() {
        return Ok(Subject::All);
    }
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        if let (Ok(first), Ok(last)) = (first.parse(), last.parse())
            && 0 < first
            && first <= last
        {
            return Ok(Subject::Lines(first..=last));
        }
    }
    ValuePath::parse(text).map(Subject::Value).ok_or_else(|| {
        "a line such as 12, lines such as 12-20, or a value such as image.tag is expected"
            .to_owned()
    })
}

pub(super) fn run(
    context: &Context<'_>,
    subject: &Subject,
    request: &Request,
    place: &str,
    documents: &Documents,
) -> Result<Exit, Failure> {
    let about = About {
        context,
        request,
        place,
        documents,
    };
    let hooks = documents.hooks.iter().map(|hook| &hook.manifest);
    let printed = || {
        lines(
            documents.manifests.iter().chain(hooks.clone()),
            &documents.outputs,
        )
    };
    let text = match subject {
        Subject::All => about.all(&printed()),
        Subject::Lines(range) => about.lines(&printed(), range)?,
        Subject::Value(path) => about.value(path)?,
    };
    context.ui.answer(&text)?;
    Ok(Exit::Done)
}

/// What an explanation is made from.
struct About<'a> {
    context: &'a Context<'a>,
    request: &'a Request,
    place: &'a str,
    documents: &'a Documents,
}

impl About<'_> {
    /// Every line behind its number and the place that wrote it.
    fn all(&self, lines: &[Line]) -> String {
        let places: Vec<String> = lines.iter().map(|line| in_short(&line.places)).collect();
        let wide = places.iter().map(|place| place.chars().count()).max();
        let wide = wide.unwrap_or(0);
        let digits = lines.len().to_string().len();
        let mut text = String::new();
        for (index, (line, place)) in lines.iter().zip(&places).enumerate() {
            let number = self.dim(&format!("{:>digits$}", index + 1));
            let place = self.dim(&format!("{place:wide$}"));
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "{}",
                format!("{number} {place} | {}", line.text).trim_end()
            );
        }
        text
    }

    fn lines(&self, lines: &[Line], range: &RangeInclusive<usize>) -> Result<String, Failure> {
        if *range.end() > lines.len() {
            return Err(Failure::usage(format!(
                "the output has {} lines, and --explain asks for line {}",
                lines.len(),
                range.end()
            )));
        }
        let mut text = String::new();
        for number in range.clone() {
            if !text.is_empty() {
                text.push('\n');
            }
            self.line(number, &lines[number - 1], &mut text)?;
        }
        Ok(text)
    }

    fn line(&self, number: usize, line: &Line, text: &mut String) -> Result<(), Failure> {
        let strong = self.context.ui.paint(Style::Strong, line.text.trim_end());
        let _ = writeln!(text, "line {number}: {strong}");
        if line.places.is_empty() {
            text.push_str("  no template wrote it\n");
        }
        for place in &line.places {
            let _ = writeln!(text, "  {}", shown(place));
            for caller in place.callers() {
                let _ = writeln!(text, "    called at {}", shown(caller));
            }
        }
        for path in values_of(line) {
            let explanation = self.explained(&path)?;
            let _ = writeln!(text, "  {path} = {}", value(explanation.value.as_ref()));
            sources(&explanation, "    ", text);
        }
        Ok(())
    }

    fn value(&self, path: &ValuePath) -> Result<String, Failure> {
        let explanation = self.explained(path)?;
        if explanation.value.is_none() && explanation.sources.is_empty() {
            return Err(self.no_value(path));
        }
        let mut text = format!("{path} = {}\n", value(explanation.value.as_ref()));
        sources(&explanation, "  ", &mut text);
        Ok(text)
    }

    fn no_value(&self, path: &ValuePath) -> Failure {
        let text = path.to_string();
        let (parent, name) = text.rsplit_once('.').unwrap_or(("", &text));
        let siblings = ValuePath::parse(parent)
            .map_or(Some(&self.documents.values), |parent| {
                parent.find(&self.documents.values)
            })
            .and_then(goyaml::Value::as_map);
        let known: Vec<String> = siblings
            .into_iter()
            .flat_map(|map| map.keys().cloned())
            .collect();
        let failure = Failure::new(format!("the chart has no value {text}"))
            .code(Code::NOT_FOUND)
            .exit(Exit::NotFound);
        match near_names(name, &known).first() {
            Some(near) if parent.is_empty() => failure.hint(format!("did you mean {near}?")),
            Some(near) => failure.hint(format!("did you mean {parent}.{near}?")),
            None => failure,
        }
    }

    fn explained(&self, path: &ValuePath) -> Result<Explanation, Failure> {
        let folder = &self.request.folder;
        explain(
            &self.documents.chart,
            self.place,
            &self.request.layers,
            &|name| read(folder, name),
            &self.documents.values,
            path,
        )
        .map_err(|error| anyhow::Error::new(error).into())
    }

    fn dim(&self, text: &str) -> String {
        self.context.ui.paint(Style::Dim, text)
    }
}

/// The values that the actions of a line name, below the chart that they belong to.
fn values_of(line: &Line) -> Vec<ValuePath> {
    let mut paths: Vec<ValuePath> = Vec::new();
    for place in &line.places {
        // What is handed on is mostly the caller's own dot.
        let chart = place
            .callers()
            .last()
            .unwrap_or(place)
            .template()
            .to_str()
            .into_owned();
        let callers = place
            .callers()
            .filter_map(|caller| caller.action.as_deref());
        for action in place.action.as_deref().into_iter().chain(callers) {
            for path in value_paths(action) {
                let path = below(&chart, path);
                if !paths.contains(&path) {
                    paths.push(path);
                }
            }
        }
    }
    paths
}

/// A value of a chart as the top chart has it: `shop/charts/db/templates/x.yaml` reads what stands below `db`.
fn below(template: &str, path: ValuePath) -> ValuePath {
    let folders: Vec<&str> = template.split('/').collect();
    let mut charts: Vec<&str> = folders
        .windows(2)
        .take_while(|pair| pair[0] != "templates")
        .filter(|pair| pair[0] == "charts")
        .map(|pair| pair[1])
        .collect();
    charts.reverse();
    charts
        .into_iter()
        .fold(path, |path, chart| path.below(chart))
}

/// What sets a value, the winner first.
fn sources(explanation: &Explanation, indent: &str, text: &mut String) {
    let wide = explanation
        .sources
        .iter()
        .map(|source| source.place.chars().count())
        .max();
    let wide = wide.unwrap_or(0);
    if !explanation.is_told() {
        let _ = writeln!(
            text,
            "{indent}what templates see comes from `global` or `import-values` of another chart"
        );
    }
    let is_map = matches!(explanation.value, Some(goyaml::Value::Map(_)));
    for (index, source) in explanation.sources.iter().rev().enumerate() {
        let what = match (index, is_map) {
            (0, _) if explanation.is_told() => "",
            (_, true) => "  (merged)",
            _ => "  (overridden)",
        };
        let shown = value(Some(&source.value));
        let _ = writeln!(text, "{indent}{:wide$}  {shown}{what}", source.place);
    }
}

/// A value in one line.
fn value(value: Option<&goyaml::Value>) -> String {
    let text = match value {
        None => return "nothing".to_owned(),
        Some(value) => {
            goyaml::to_json_raw(value).unwrap_or_else(|_| "a value that is no JSON".to_owned())
        }
    };
    shortened(text.trim_end(), 60)
}

/// The place that wrote a line, and the first template of the way there.
fn in_short(places: &[std::sync::Arc<Place>]) -> String {
    // An action says more than the text around it.
    let Some(place) = places
        .iter()
        .find(|place| place.action.is_some())
        .or(places.first())
    else {
        return String::new();
    };
    let short = |place: &Place| {
        let template = place.template().to_str();
        let file = template.rsplit('/').next().unwrap_or_default();
        format!("{file}:{}", place.location().0)
    };
    match place.callers().last() {
        Some(caller) => format!("{} < {}", short(place), short(caller)),
        None => short(place),
    }
}

fn shown(place: &Place) -> String {
    let (line, column) = place.location();
    let file = place.template().to_str();
    match &place.action {
        Some(action) => format!(
            "{file}:{line}:{}  {}",
            column + 1,
            shortened(&format!("{{{{ {action} }}}}"), 100)
        ),
        None => format!("{file}:{line}:{}", column + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{Subject, below, subject};
    use crate::render::explain::ValuePath;

    #[test]
    fn a_subject_is_a_line_lines_or_a_value() {
        assert_eq!(subject(""), Ok(Subject::All));
        assert_eq!(subject("12"), Ok(Subject::Lines(12..=12)));
        assert_eq!(subject("2-4"), Ok(Subject::Lines(2..=4)));
        let path = ValuePath::parse("image.tag").unwrap();
        assert_eq!(subject(".Values.image.tag"), Ok(Subject::Value(path)));
        for broken in ["a..b", "[1]"] {
            assert!(subject(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn values_of_a_subchart_stand_below_its_name() {
        let tag = || ValuePath::parse("tag").unwrap();
        for (template, expected) in [
            ("shop/templates/a.yaml", "tag"),
            ("shop/charts/db/templates/a.yaml", "db.tag"),
            (
                "shop/charts/db/charts/user/templates/charts/a.yaml",
                "db.user.tag",
            ),
        ] {
            assert_eq!(below(template, tag()).to_string(), expected);
        }
    }
}
