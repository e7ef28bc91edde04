//! Many named templates that call one another.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;

use crate::context::{Budget, Context};
use crate::error::Error;
use crate::exec;
use crate::function::Functions;
use crate::parse::parse;
use crate::quote::quote;
use crate::trace::Trace;
use crate::tree::Template;
use crate::value::{Text, Value};

/// What a field of a map gives when the key is missing (`Template.Option("missingkey=...")`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MissingKey {
    /// No value at all; Go's default.
    #[default]
    Invalid,
    /// The zero value of the map's item type: what Helm sets.
    Zero,
    /// An error: what Helm's strict mode sets.
    Error,
}

/// A text that was parsed once, for any number of sets and threads.
#[derive(Clone, Debug)]
pub struct Parsed(Arc<[Arc<Template>]>);

impl Parsed {
    /// Parses a text under a name. The sets that it is added to must have the same functions.
    ///
    /// # Errors
    /// Go's parse error.
    pub fn new(name: &str, text: &str, functions: &Functions) -> Result<Self, Error> {
        let templates = parse(&Text::from(name), text, functions)?;
        Ok(Self(templates.into_iter().map(Arc::new).collect()))
    }
}

/// Named templates and the functions they may call.
#[derive(Clone, Debug)]
pub struct TemplateSet {
    name: Text,
    functions: Arc<Functions>,
    missing_key: MissingKey,
    templates: HashMap<Text, Arc<Template>>,
    /// Templates that this set does not define are looked up here.
    parent: Option<Arc<Self>>,
}

impl TemplateSet {
    /// An empty set. The name appears only in the error for a template that is not there.
    pub fn new(name: &str, functions: Functions, missing_key: MissingKey) -> Self {
        Self {
            name: Text::from(name),
            functions: Arc::new(functions),
            missing_key,
            templates: HashMap::new(),
            parent: None,
        }
    }

    /// Parses a text under a name and adds it with everything it defines.
    ///
    /// A later definition replaces an earlier one of the same name, unless the later one is blank.
    ///
    /// # Errors
    /// Go's parse error; nothing is added then.
    pub fn parse(&mut self, name: &str, text: &str) -> Result<(), Error> {
        let templates = parse(&Text::from(name), text, &self.functions)?;
        self.add(templates.into_iter().map(Arc::new));
        Ok(())
    }

    /// Adds what was parsed before, as [`Self::parse`] does.
    pub fn add_parsed(&mut self, parsed: &Parsed) {
        self.add(parsed.0.iter().cloned());
    }

    fn add(&mut self, templates: impl IntoIterator<Item = Arc<Template>>) {
        for template in templates {
            let blank = template.root.is_blank(&template.source.text);
            if !(blank && self.get(&template.name).is_some()) {
                self.templates.insert(template.name.clone(), template);
            }
        }
    }

    /// A set on top of this one: what it defines hides what the parent defines, and the parent stays as it is.
    pub(crate) fn layer(
        parent: Arc<Self>,
        templates: impl IntoIterator<Item = Arc<Template>>,
    ) -> Self {
        let mut layer = Self {
            name: parent.name.clone(),
            functions: Arc::clone(&parent.functions),
            missing_key: parent.missing_key,
            templates: HashMap::new(),
            parent: Some(parent),
        };
        layer.add(templates);
        layer
    }

    /// Runs a template with `data` as its dot and returns what it writes.
    ///
    /// `environment` is handed to functions, which ask for it by type. Deep recursion needs [`crate::run_with_stack`].
    ///
    /// # Errors
    /// Go's execution error, or a limit of [`crate::limits`].
    pub fn execute(
        self: &Arc<Self>,
        name: &str,
        data: &Value,
        environment: &dyn Any,
    ) -> Result<Text, Error> {
        let budget = Budget::default();
        Context::new(self, environment, &budget).execute(&Text::from(name), data)
    }

    /// As [`Self::execute`], with the places that wrote each line. Slower, by about as much again.
    ///
    /// # Errors
    /// As [`Self::execute`].
    pub fn trace(
        self: &Arc<Self>,
        name: &str,
        data: &Value,
        environment: &dyn Any,
    ) -> Result<(Text, Trace), Error> {
        let budget = Budget::recording();
        let context = Context::new(self, environment, &budget);
        let (text, trace) = self.run(&Text::from(name), data, &context)?;
        Ok((Text::from_bytes(text), trace))
    }

    /// Whether a template of this name is there.
    pub fn contains(&self, name: &str) -> bool {
        self.get(&Text::from(name)).is_some()
    }

    /// The names of all templates, in no order, those of parents left out.
    pub fn names(&self) -> impl Iterator<Item = &Text> {
        self.templates.keys()
    }

    pub(crate) fn get(&self, name: &Text) -> Option<&Arc<Template>> {
        self.templates
            .get(name)
            .or_else(|| self.parent.as_ref()?.get(name))
    }

    pub(crate) fn functions(&self) -> &Functions {
        &self.functions
    }

    pub(crate) fn missing_key(&self) -> MissingKey {
        self.missing_key
    }

    pub(crate) fn run(
        &self,
        name: &Text,
        data: &Value,
        context: &Context<'_>,
    ) -> Result<(Vec<u8>, Trace), Error> {
        let template = self.get(name).ok_or_else(|| {
            Error::message(format!(
                "template: no template {} associated with template {}",
                quote(name.as_bytes()),
                quote(self.name.as_bytes())
            ))
        })?;
        exec::run(template, data, context)
    }
}
