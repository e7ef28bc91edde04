//! What a function sees of the execution that calls it.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use crate::error::Error;
use crate::exec;
use crate::limits::{
    COUNTED_BYTES, MAX_CACHED_TEXT_BYTES, MAX_MADE_BYTES, MAX_OUTPUT_BYTES, MAX_STEPS,
};
use crate::parse::parse;
use crate::set::TemplateSet;
use crate::stack;
use crate::trace::Recorder;
use crate::tree::Template;
use crate::value::{Text, Value};

/// What one execution has used up so far, and what it keeps for later.
#[derive(Debug)]
pub(crate) struct Budget {
    steps: Cell<u64>,
    output: Cell<usize>,
    /// Bytes of what functions made.
    made: Cell<usize>,
    depth: Cell<usize>,
    /// The address that the stack must not fall below.
    stack_floor: usize,
    /// Parsed texts of [`Context::execute_text`]: charts render the same text again and again.
    texts: RefCell<HashMap<Text, Vec<Arc<Template>>>>,
    /// The bytes of these texts.
    cached: Cell<usize>,
    /// Where the output comes from, if somebody wants to know.
    recorder: Option<Recorder>,
}

impl Budget {
    /// One that keeps where the output comes from.
    pub(crate) fn recording() -> Self {
        Self {
            recorder: Some(Recorder::default()),
            ..Self::default()
        }
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            steps: Cell::default(),
            output: Cell::default(),
            made: Cell::default(),
            depth: Cell::default(),
            stack_floor: stack::floor(),
            texts: RefCell::default(),
            cached: Cell::default(),
            recorder: None,
        }
    }
}

/// The running execution, handed to every function and method.
pub struct Context<'a> {
    set: &'a Arc<TemplateSet>,
    environment: &'a dyn Any,
    budget: &'a Budget,
}

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context").finish_non_exhaustive()
    }
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        set: &'a Arc<TemplateSet>,
        environment: &'a dyn Any,
        budget: &'a Budget,
    ) -> Self {
        Self {
            set,
            environment,
            budget,
        }
    }

    /// The environment that the caller of the execution handed in, if it is a `T`.
    pub fn environment<T: Any>(&self) -> Option<&'a T> {
        self.environment.downcast_ref()
    }

    /// Runs another template of the set and returns what it writes.
    ///
    /// # Errors
    /// The other template's error, unchanged.
    pub fn execute(&self, name: &Text, data: &Value) -> Result<Text, Error> {
        let (text, _) = self.set.run(name, data, self)?;
        Ok(Text::from_bytes(text))
    }

    /// Parses a text on top of the running set and runs it: it sees all templates, what it defines is seen only inside.
    ///
    /// # Errors
    /// [`TextError`] tells whether parsing or running failed.
    pub fn execute_text(&self, name: &str, text: &Text, data: &Value) -> Result<Text, TextError> {
        let templates = self.parsed(name, text).map_err(TextError::Parse)?;
        let Some((main, defines)) = templates.split_last() else {
            return Ok(Text::default());
        };
        let written = if defines.is_empty() {
            exec::run(main, data, self)
        } else {
            let layer = TemplateSet::layer(Arc::clone(self.set), templates.iter().cloned());
            let layer = Arc::new(layer);
            exec::run(
                main,
                data,
                &Context::new(&layer, self.environment, self.budget),
            )
        };
        written
            .map(|(text, _)| Text::from_bytes(text))
            .map_err(TextError::Run)
    }

    fn parsed(&self, name: &str, text: &Text) -> Result<Vec<Arc<Template>>, Error> {
        if let Some(templates) = self.budget.texts.borrow().get(text) {
            return Ok(templates.clone());
        }
        let parsed = parse(&Text::from(name), &text.to_str(), self.set.functions())?;
        let templates: Vec<_> = parsed.into_iter().map(Arc::new).collect();
        let cached = self.budget.cached.get().saturating_add(text.len());
        if cached <= MAX_CACHED_TEXT_BYTES {
            self.budget.cached.set(cached);
            let mut texts = self.budget.texts.borrow_mut();
            texts.insert(text.clone(), templates.clone());
        }
        Ok(templates)
    }

    pub(crate) fn set(&self) -> &'a Arc<TemplateSet> {
        self.set
    }

    pub(crate) fn recorder(&self) -> Option<&'a Recorder> {
        self.budget.recorder.as_ref()
    }

    /// Counts one step of evaluation.
    pub(crate) fn step(&self) -> Result<(), String> {
        self.steps(1)
    }

    /// Counts work that takes as long as several steps.
    #[inline]
    pub(crate) fn steps(&self, count: u64) -> Result<(), String> {
        let steps = self.budget.steps.get().saturating_add(count);
        self.budget.steps.set(steps);
        if steps > MAX_STEPS {
            return Err(format!("the templates take more than {MAX_STEPS} steps"));
        }
        Ok(())
    }

    /// Counts output.
    pub(crate) fn wrote(&self, bytes: usize) -> Result<(), String> {
        let output = self.budget.output.get().saturating_add(bytes);
        self.budget.output.set(output);
        if output > MAX_OUTPUT_BYTES {
            return Err(format!(
                "the templates write more than {MAX_OUTPUT_BYTES} bytes"
            ));
        }
        Ok(())
    }

    /// Counts memory that a function takes for what it returns. Large texts and lists are counted for it.
    ///
    /// # Errors
    /// If all functions of the execution together take more than [`MAX_MADE_BYTES`].
    pub fn take_memory(&self, bytes: usize) -> Result<(), Error> {
        let made = self.budget.made.get().saturating_add(bytes);
        self.budget.made.set(made);
        if made > MAX_MADE_BYTES {
            return Err(Error::message(format!(
                "the templates make more than {MAX_MADE_BYTES} bytes of text and lists"
            )));
        }
        Ok(())
    }

    /// Counts what a function returned, if it is large and nobody held it before.
    #[inline]
    pub(crate) fn made(&self, value: &Value) -> Result<(), Error> {
        let bytes = match value {
            Value::Str(text) if text.len() > COUNTED_BYTES && !text.is_shared() => text.len(),
            Value::List(list) if Arc::strong_count(list) == 1 => size_of_val(list.items()),
            _ => return Ok(()),
        };
        if bytes > COUNTED_BYTES {
            self.take_memory(bytes)
        } else {
            Ok(())
        }
    }

    /// Whether there is stack left to go deeper.
    #[inline]
    pub(crate) fn has_stack(&self) -> bool {
        stack::top() > self.budget.stack_floor
    }

    /// Enters a template; `false` if the calls are nested too deep for the stack.
    pub(crate) fn enter(&self) -> bool {
        let depth = self.budget.depth.get();
        self.budget.depth.set(depth + 1);
        depth < stack::template_depth()
    }

    pub(crate) fn leave(&self) {
        self.budget
            .depth
            .set(self.budget.depth.get().saturating_sub(1));
    }
}

/// Why [`Context::execute_text`] failed; Helm words the two differently.
#[derive(Debug)]
pub enum TextError {
    /// The text is no template.
    Parse(Error),
    /// The template failed.
    Run(Error),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Functions, MissingKey};

    #[test]
    fn an_execution_without_end_is_stopped() {
        let mut set = TemplateSet::new("root", Functions::builtin(), MissingKey::Zero);
        set.parse("t", "{{range 100}}.{{end}}").unwrap();
        let (set, budget) = (Arc::new(set), Budget::default());
        let context = Context::new(&set, &(), &budget);
        budget.steps.set(MAX_STEPS - 10);
        let error = context.execute(&Text::from("t"), &Value::Nil).unwrap_err();
        assert!(error.text().contains("steps"), "{error}");
        budget.steps.set(0);
        budget.output.set(MAX_OUTPUT_BYTES - 10);
        let error = context.execute(&Text::from("t"), &Value::Nil).unwrap_err();
        assert!(error.text().contains("bytes"), "{error}");
    }

    #[test]
    fn a_text_sees_the_set_and_hides_what_it_defines() {
        let mut set = TemplateSet::new("root", Functions::builtin(), MissingKey::Zero);
        set.parse("t", "{{define \"a\"}}outer{{end}}").unwrap();
        let (set, budget) = (Arc::new(set), Budget::default());
        let context = Context::new(&set, &(), &budget);
        let text = Text::from("{{define \"b\"}}{{template \"a\"}}!{{end}}{{template \"b\"}}");
        assert_eq!(
            context.execute_text("x", &text, &Value::Nil).unwrap(),
            "outer!"
        );
        assert!(!set.contains("b"));
        let broken = context.execute_text("x", &Text::from("{{"), &Value::Nil);
        assert!(matches!(broken, Err(TextError::Parse(_))));
    }
}
