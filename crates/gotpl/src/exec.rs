//! The evaluator, a port of text/template/exec.go with its error texts.

mod call;
mod evaluate;
mod range;

use crate::context::Context;
use crate::error::{Error, ErrorKind};
use crate::format;
use crate::limits::{GO_TEMPLATE_DEPTH, MAX_TEXT_BYTES};
use crate::quote::quote;
use crate::trace::{Place, Trace};
use crate::tree::{
    Branch, BranchKind, Command, Invocation, List, Node, Operand, Pipe, Source, Template, Variable,
};
use crate::value::Value;

pub(crate) use evaluate::zero;

type Result<T> = std::result::Result<T, Error>;

/// Room for what most includes write, so that a buffer need not grow by and by.
const FIRST_OUTPUT_BYTES: usize = 512;

/// Runs a template and returns what it writes, and from where if that is recorded.
pub(crate) fn run(
    template: &Template,
    data: &Value,
    context: &Context<'_>,
) -> Result<(Vec<u8>, Trace)> {
    let mut output = Vec::with_capacity(FIRST_OUTPUT_BYTES);
    // Go reaches for the value behind an interface at once: nil becomes no value.
    let dot = Dot {
        value: unboxed(data.clone()),
        boxed: false,
    };
    let mut state = State::new(template, &dot, context, &mut output);
    if !context.enter() {
        context.leave();
        return Err(state.too_deep());
    }
    if let Some(recorder) = context.recorder() {
        recorder.begin();
    }
    let result = state.list(&dot, &template.root);
    context.leave();
    result?;
    let trace = context
        .recorder()
        .map(|recorder| recorder.end(&output))
        .unwrap_or_default();
    Ok((output, trace))
}

/// A value with what Go's reflection knows beside it: whether it was read out of an `interface {}`.
///
/// Only messages tell the difference.
#[derive(Clone, Debug)]
struct Dot {
    value: Value,
    boxed: bool,
}

impl Dot {
    /// A value that no `interface {}` holds.
    fn plain(value: Value) -> Self {
        Self {
            value,
            boxed: false,
        }
    }
}

/// What a node did to the flow of control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    Next,
    Break,
    Continue,
}

/// The node that errors point at: the last one whose evaluation began.
#[derive(Clone, Copy)]
enum At<'t> {
    List(&'t List),
    Node(&'t Node),
    Branch(&'t Branch),
    Invocation(&'t Invocation),
    Pipe(&'t Pipe),
    Command(&'t Command),
    Operand(&'t Operand),
}

impl At<'_> {
    fn pos(self) -> usize {
        match self {
            Self::List(list) => list.pos,
            Self::Branch(branch) => branch.pos,
            Self::Invocation(invocation) => invocation.pos,
            Self::Pipe(pipe) => pipe.pos,
            Self::Command(command) => command.pos,
            Self::Operand(operand) => operand.pos,
            Self::Node(node) => match node {
                Node::Text { pos, .. }
                | Node::Action { pos, .. }
                | Node::Break { pos }
                | Node::Continue { pos } => *pos,
                Node::Branch(branch) => branch.pos,
                Node::Template(invocation) => invocation.pos,
            },
        }
    }

    fn show(self, source: &Source) -> String {
        match self {
            Self::List(node) => source.show(node).to_string(),
            Self::Branch(node) => source.show(node).to_string(),
            Self::Invocation(node) => source.show(node).to_string(),
            Self::Pipe(node) => source.show(node).to_string(),
            Self::Command(node) => source.show(node).to_string(),
            Self::Operand(node) => source.show(node).to_string(),
            Self::Node(node) => source.show(node).to_string(),
        }
    }
}

/// As many variables are searched in the time of one step.
const NEAR_VARIABLES: usize = 64;

/// The execution of one template.
struct State<'t> {
    context: &'t Context<'t>,
    template: &'t Template,
    at: At<'t>,
    variables: Vec<(Variable, Dot)>,
    output: &'t mut Vec<u8>,
}

impl<'t> State<'t> {
    fn new(
        template: &'t Template,
        dot: &Dot,
        context: &'t Context<'t>,
        output: &'t mut Vec<u8>,
    ) -> Self {
        Self {
            context,
            template,
            at: At::List(&template.root),
            // The parser gives `$` the number 0. No dynamic scope: a template inherits no variables.
            variables: vec![(Variable { id: 0 }, dot.clone())],
            output,
        }
    }

    fn source(&self) -> &'t Source {
        &self.template.source
    }

    fn error(&self, message: impl Into<String>) -> Error {
        self.error_with(message, None)
    }

    fn error_with(&self, message: impl Into<String>, cause: Option<Error>) -> Error {
        let source = self.source();
        let (line, column) = source.location(self.at.pos());
        let kind = ErrorKind::Exec {
            template: source.name.to_string(),
            line,
            column,
            executing: self.template.name.to_string(),
            at: self.at.show(source),
        };
        Error::build(kind, message.into(), cause)
    }

    fn too_deep(&self) -> Error {
        self.error(format!(
            "exceeded maximum template depth ({GO_TEMPLATE_DEPTH})"
        ))
    }

    fn list(&mut self, dot: &Dot, list: &'t List) -> Result<Flow> {
        self.at = At::List(list);
        if !self.context.has_stack() {
            return Err(self.too_deep());
        }
        for node in &list.nodes {
            let flow = self.node(dot, node)?;
            if flow != Flow::Next {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    fn node(&mut self, dot: &Dot, node: &'t Node) -> Result<Flow> {
        self.at = At::Node(node);
        self.context.step().map_err(|message| self.error(message))?;
        match node {
            Node::Text { range, .. } => {
                let text = self.source().text.get(range.clone()).unwrap_or_default();
                self.write(text.as_bytes())?;
                if let Some(recorder) = self.context.recorder() {
                    recorder.wrote_text(self.place(range.start, None), text.as_bytes());
                }
            }
            Node::Action { pipe, .. } => {
                if let Some(recorder) = self.context.recorder() {
                    let action = self.source().show(pipe).to_string();
                    recorder.action(self.place(pipe.pos, Some(action)));
                }
                // Variables stay until the enclosing end. An action that declares one prints nothing.
                let value = self.pipeline(dot, pipe)?;
                if pipe.decl.is_empty() {
                    self.at = At::Node(node);
                    let start = self.output.len();
                    self.print(&value)?;
                    if let Some(recorder) = self.context.recorder() {
                        recorder.printed(&self.output[start..]);
                    }
                }
            }
            Node::Branch(branch) if branch.kind == BranchKind::Range => {
                return self.range(dot, branch);
            }
            Node::Branch(branch) => return self.branch(dot, branch),
            Node::Template(invocation) => self.invoke(dot, invocation)?,
            Node::Break { .. } => return Ok(Flow::Break),
            Node::Continue { .. } => return Ok(Flow::Continue),
        }
        Ok(Flow::Next)
    }

    fn branch(&mut self, dot: &Dot, branch: &'t Branch) -> Result<Flow> {
        let mark = self.variables.len();
        let value = self.pipeline(dot, &branch.pipe)?;
        let flow = if value.truth() {
            if branch.kind == BranchKind::With {
                self.list(
                    &Dot {
                        value,
                        boxed: false,
                    },
                    &branch.list,
                )
            } else {
                self.list(dot, &branch.list)
            }
        } else if let Some(list) = &branch.else_list {
            self.list(dot, list)
        } else {
            Ok(Flow::Next)
        };
        self.variables.truncate(mark);
        flow
    }

    fn invoke(&mut self, dot: &Dot, invocation: &'t Invocation) -> Result<()> {
        self.at = At::Invocation(invocation);
        let Some(template) = self.context.set().get(&invocation.name) else {
            let name = quote(invocation.name.as_bytes());
            return Err(self.error(format!("template {name} not defined")));
        };
        if !self.context.enter() {
            self.context.leave();
            return Err(self.too_deep());
        }
        // Variables declared by the pipeline persist.
        let value = match &invocation.pipe {
            Some(pipe) => self.pipeline(dot, pipe)?,
            None => Value::Absent,
        };
        let dot = Dot {
            value,
            boxed: false,
        };
        let caller = self.context.recorder().map(|recorder| {
            let action = self.source().show(invocation).to_string();
            let action = action.trim_start_matches("{{").trim_end_matches("}}");
            recorder.enter(self.place(invocation.pos, Some(action.to_owned())))
        });
        let mut inner = State::new(template, &dot, self.context, self.output);
        let result = inner.list(&dot, &template.root);
        if let (Some(recorder), Some(caller)) = (self.context.recorder(), caller) {
            recorder.leave(caller);
        }
        self.context.leave();
        result.map(|_| ())
    }

    fn place(&self, position: usize, action: Option<String>) -> Place {
        Place::new(&self.template.source, position, &self.template.name, action)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.context
            .wrote(bytes.len())
            .map_err(|message| self.error(message))?;
        self.output.extend_from_slice(bytes);
        Ok(())
    }

    fn print(&mut self, value: &Value) -> Result<()> {
        match value {
            Value::Str(text) => self.write(text.as_bytes()),
            value if value.is_nil() => self.write(b"<no value>"),
            value => {
                let start = self.output.len();
                format::print_value(self.output, value);
                let written = self.output.len() - start;
                if written > MAX_TEXT_BYTES {
                    return Err(
                        self.error(format!("one value makes more than {MAX_TEXT_BYTES} bytes"))
                    );
                }
                self.context
                    .wrote(written)
                    .map_err(|message| self.error(message))
            }
        }
    }

    fn set_variable(&mut self, variable: Variable, dot: Dot) -> Result<()> {
        let slot = self
            .variables
            .iter_mut()
            .rev()
            .enumerate()
            .find(|(_, (other, _))| *other == variable);
        let Some((distance, (_, slot))) = slot else {
            return Err(self.undefined(variable));
        };
        *slot = dot;
        self.far(distance)
    }

    fn variable(&self, variable: Variable) -> Result<&Dot> {
        let slot = self
            .variables
            .iter()
            .rev()
            .enumerate()
            .find(|(_, (other, _))| *other == variable);
        let (distance, (_, dot)) = slot.ok_or_else(|| self.undefined(variable))?;
        self.far(distance)?;
        Ok(dot)
    }

    /// Counts the search among very many variables as work.
    #[inline]
    fn far(&self, distance: usize) -> Result<()> {
        if distance < NEAR_VARIABLES {
            return Ok(());
        }
        self.count_search(distance)
    }

    #[cold]
    fn count_search(&self, distance: usize) -> Result<()> {
        let steps = (distance / NEAR_VARIABLES) as u64;
        self.context
            .steps(steps)
            .map_err(|message| self.error(message))
    }

    fn undefined(&self, variable: Variable) -> Error {
        self.error(format!(
            "undefined variable: {}",
            self.source().show(&variable)
        ))
    }
}

/// The value in an interface: nil becomes no value.
fn unboxed(value: Value) -> Value {
    match value {
        Value::Nil => Value::Absent,
        value => value,
    }
}
