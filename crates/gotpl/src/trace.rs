//! Where each line of an output was written: the places in templates, with the calls that led there.
//!
//! What an action prints is usually the result of functions: `include "labels" . | nindent 4`. The lines of a template that a function
//! ran are known again in what the action prints when they differ only in white space around them; all other lines are the action's own.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::tree::Source;
use crate::value::Text;

/// A place in a template that wrote something.
#[derive(Clone, Debug)]
pub struct Place {
    source: Arc<Source>,
    position: usize,
    /// The name of the template that ran, such as that of a `define`.
    pub executing: Text,
    /// The action, printed from the tree without its braces; `None` for plain text.
    pub action: Option<String>,
    /// The call through which the template ran; `None` in the template that was executed.
    pub caller: Option<Arc<Self>>,
}

impl Place {
    pub(crate) fn new(
        source: &Arc<Source>,
        position: usize,
        executing: &Text,
        action: Option<String>,
    ) -> Self {
        Self {
            source: Arc::clone(source),
            position,
            executing: executing.clone(),
            action,
            caller: None,
        }
    }

    /// The name under which the text was parsed, usually a file.
    pub fn template(&self) -> &Text {
        &self.source.name
    }

    /// The line, counted from 1, and the byte in the line, counted from 0.
    pub fn location(&self) -> (usize, usize) {
        self.source.location(self.position)
    }

    /// The calls through which it ran, innermost first.
    pub fn callers(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(self.caller.as_deref(), |place| place.caller.as_deref())
    }
}

/// The places that wrote one line, in order; none for a line of white space only.
pub type Origins = Vec<Arc<Place>>;

/// The places of one output, line by line. A line that is not ended counts.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// For each line what wrote it.
    pub lines: Vec<Origins>,
}

/// What is kept while templates run.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    outputs: RefCell<Vec<Output>>,
}

/// One output that is being written: that of the execution, or of a template that a function runs.
#[derive(Debug, Default)]
struct Output {
    lines: Vec<Origins>,
    /// The call through which the running template is written.
    caller: Option<Arc<Place>>,
    /// The action that is being evaluated.
    action: Option<Arc<Place>>,
    /// Lines of templates that functions ran, without the white space around them.
    known: HashMap<Vec<u8>, Origins>,
}

impl Recorder {
    /// A template begins whose output is a text of its own.
    pub(crate) fn begin(&self) {
        let mut outputs = self.outputs.borrow_mut();
        let caller = outputs.last().and_then(|outer| outer.action.clone());
        outputs.push(Output {
            lines: vec![Origins::new()],
            caller,
            ..Output::default()
        });
    }

    /// It has ended and has written `text`.
    pub(crate) fn end(&self, text: &[u8]) -> Trace {
        let mut outputs = self.outputs.borrow_mut();
        let Some(ended) = outputs.pop() else {
            return Trace::default();
        };
        if let Some(outer) = outputs.last_mut() {
            for (line, origins) in text.split(|byte| *byte == b'\n').zip(&ended.lines) {
                let line = line.trim_ascii();
                if !line.is_empty() {
                    outer.known.insert(line.to_vec(), origins.clone());
                }
            }
        }
        Trace { lines: ended.lines }
    }

    /// A `{{template}}` begins, which writes into the same output. Returns what [`Self::leave`] takes.
    pub(crate) fn enter(&self, place: Place) -> Option<Arc<Place>> {
        let mut outputs = self.outputs.borrow_mut();
        let output = outputs.last_mut()?;
        let place = output.placed(place);
        output.caller.replace(place)
    }

    /// The `{{template}}` has ended.
    pub(crate) fn leave(&self, caller: Option<Arc<Place>>) {
        if let Some(output) = self.outputs.borrow_mut().last_mut() {
            output.caller = caller;
        }
    }

    /// An action is going to be evaluated.
    pub(crate) fn action(&self, place: Place) {
        if let Some(output) = self.outputs.borrow_mut().last_mut() {
            output.action = Some(output.placed(place));
        }
    }

    /// Plain text was written.
    pub(crate) fn wrote_text(&self, place: Place, text: &[u8]) {
        if let Some(output) = self.outputs.borrow_mut().last_mut() {
            let start = place.position;
            let source = Arc::clone(&place.source);
            let executing = place.executing.clone();
            let mut at = start;
            for (index, line) in text.split(|byte| *byte == b'\n').enumerate() {
                if index > 0 {
                    output.lines.push(Origins::new());
                }
                if !line.trim_ascii().is_empty() {
                    let place = Place::new(&source, at, &executing, None);
                    let place = output.placed(place);
                    output.add(place);
                }
                at += line.len() + 1;
            }
        }
    }

    /// The action that was evaluated last has printed its value.
    pub(crate) fn printed(&self, text: &[u8]) {
        let mut outputs = self.outputs.borrow_mut();
        let Some(output) = outputs.last_mut() else {
            return;
        };
        for (index, line) in text.split(|byte| *byte == b'\n').enumerate() {
            if index > 0 {
                output.lines.push(Origins::new());
            }
            let line = line.trim_ascii();
            if line.is_empty() {
                continue;
            }
            match output.known.get(line).cloned() {
                Some(origins) => origins.into_iter().for_each(|place| output.add(place)),
                None => output
                    .action
                    .clone()
                    .into_iter()
                    .for_each(|place| output.add(place)),
            }
        }
    }
}

impl Output {
    fn placed(&self, place: Place) -> Arc<Place> {
        Arc::new(Place {
            caller: self.caller.clone(),
            ..place
        })
    }

    fn add(&mut self, place: Arc<Place>) {
        if let Some(line) = self.lines.last_mut() {
            line.push(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Place;
    use crate::{Context, Error, Function, Functions, MissingKey, TemplateSet, Type, Value};

    /// `run NAME`: what Helm's `include` does, two spaces in.
    const RUN: &[Function] = &[Function::fixed("run", &[Type::String], run)];

    fn run(context: &Context<'_>, args: &[Value]) -> Result<Value, Error> {
        let Some(Value::Str(name)) = args.first() else {
            return Err(Error::message("no name"));
        };
        let text = context.execute(name, &Value::Nil)?;
        Ok(text.to_str().replace('\n', "\n  ").as_str().into())
    }

    fn traced(templates: &[(&str, &str)]) -> Vec<Vec<String>> {
        let mut set = TemplateSet::new("root", Functions::builtin().with(RUN), MissingKey::Zero);
        for (name, text) in templates {
            set.parse(name, text).unwrap();
        }
        let (name, _) = templates[0];
        let (_, trace) = Arc::new(set).trace(name, &Value::Nil, &()).unwrap();
        let shown = |place: &Place| {
            let (line, column) = place.location();
            format!("{}:{line}:{column}", place.template().to_str())
        };
        let lines = trace.lines.iter().map(|origins| {
            let line = origins.iter().map(|place| {
                let callers = place
                    .callers()
                    .map(|caller| format!(" < {}", shown(caller)));
                format!("{}{}", shown(place), callers.collect::<String>())
            });
            line.collect()
        });
        lines.collect()
    }

    #[test]
    fn text_and_actions_are_where_they_stand() {
        assert_eq!(
            traced(&[("t", "a: 1\n{{- if true }}\nb: {{ 2 }}\n{{- end }}\n")]),
            [vec!["t:1:0"], vec!["t:3:0", "t:3:6"], vec![],]
        );
    }

    #[test]
    fn lines_of_a_called_template_name_the_call() {
        let helpers = "{{define \"labels\"}}a: 1\nb: {{ template \"two\" }}{{end}}\n{{define \"two\"}}2{{end}}";
        assert_eq!(
            traced(&[("t", "x:\n  {{ run \"labels\" }}\n"), ("h", helpers)]),
            [
                vec!["t:1:0"],
                vec!["h:1:19 < t:2:5"],
                vec!["h:2:0 < t:2:5", "h:3:16 < h:2:15 < t:2:5"],
                vec![],
            ]
        );
    }

    #[test]
    fn a_line_made_of_a_called_template_and_more_is_the_actions() {
        assert_eq!(
            traced(&[
                ("t", "{{ run \"name\" | printf \"%s-x\" }}"),
                ("h", "{{define \"name\"}}shop{{end}}")
            ]),
            [vec!["t:1:3"]]
        );
    }
}
