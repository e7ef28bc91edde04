//! The parse tree. It prints as Go's tree prints, because error messages quote it.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::function::Function;
use crate::value::{Text, Value};

/// One parsed text and the name it was parsed under: what positions refer to.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) name: Text,
    pub(crate) text: Arc<str>,
    /// The names of all variables, indexed by [`Variable::id`].
    pub(crate) variables: Vec<Box<str>>,
}

/// The body of one template.
#[derive(Debug)]
pub(crate) struct Template {
    pub(crate) name: Text,
    pub(crate) source: Arc<Source>,
    pub(crate) root: List,
}

/// A sequence of nodes.
#[derive(Debug, Default)]
pub(crate) struct List {
    pub(crate) pos: usize,
    pub(crate) nodes: Vec<Node>,
}

#[derive(Debug)]
pub(crate) enum Node {
    Text { pos: usize, range: Range<usize> },
    Action { pos: usize, pipe: Pipe },
    Branch(Box<Branch>),
    Template(Box<Invocation>),
    Break { pos: usize },
    Continue { pos: usize },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BranchKind {
    If,
    With,
    Range,
}

/// `if`, `with` and `range`.
#[derive(Debug)]
pub(crate) struct Branch {
    pub(crate) pos: usize,
    pub(crate) kind: BranchKind,
    pub(crate) pipe: Pipe,
    pub(crate) list: List,
    pub(crate) else_list: Option<List>,
}

/// `{{template "name" pipe}}`.
#[derive(Debug)]
pub(crate) struct Invocation {
    pub(crate) pos: usize,
    pub(crate) name: Text,
    pub(crate) pipe: Option<Pipe>,
}

#[derive(Debug, Default)]
pub(crate) struct Pipe {
    pub(crate) pos: usize,
    pub(crate) is_assign: bool,
    /// The variables declared or assigned, `$` included in the name.
    pub(crate) decl: Vec<Variable>,
    pub(crate) commands: Vec<Command>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Variable {
    /// Index into [`Source::variables`].
    pub(crate) id: u32,
}

#[derive(Debug, Default)]
pub(crate) struct Command {
    pub(crate) pos: usize,
    pub(crate) args: Vec<Operand>,
}

#[derive(Debug)]
pub(crate) struct Operand {
    pub(crate) pos: usize,
    pub(crate) kind: OperandKind,
}

#[derive(Debug)]
pub(crate) enum OperandKind {
    Dot,
    Nil,
    Bool(bool),
    Number(Box<Number>),
    /// A string: its text, and how it was written.
    String {
        value: Value,
        quoted: Range<usize>,
    },
    /// A function.
    Identifier(&'static Function),
    /// `.a.b`
    Field(Vec<Text>),
    /// `$x.a.b`
    Variable {
        variable: Variable,
        fields: Vec<Text>,
    },
    /// `(pipe)`
    Pipe(Box<Pipe>),
    /// `(pipe).a.b`, or fields after a function.
    Chain {
        operand: Box<Operand>,
        fields: Vec<Text>,
    },
}

/// A number under all the types that can hold it, as Go's untyped constants.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Number {
    pub(crate) text: Box<str>,
    pub(crate) int: Option<i64>,
    pub(crate) uint: Option<u64>,
    pub(crate) float: Option<f64>,
    /// What it is where any type will do: `int` or `float64`; `None` if it overflows an int.
    pub(crate) value: Option<Value>,
}

impl PartialEq for Value {
    /// Only for numbers in tests and tables: Go's own comparison is `eq`.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Int(left, kind), Self::Int(right, other)) => left == right && kind == other,
            (Self::Float(left), Self::Float(right)) => left.to_bits() == right.to_bits(),
            _ => false,
        }
    }
}

impl List {
    /// Whether it holds nothing but space: such a definition does not replace another one.
    pub(crate) fn is_blank(&self, source: &str) -> bool {
        self.nodes.iter().all(|node| match node {
            Node::Text { range, .. } => source
                .get(range.clone())
                .is_none_or(|text| text.trim().is_empty()),
            _ => false,
        })
    }
}

impl Source {
    /// Line (from 1) and column (bytes from 0, but the whole offset on the first line) of a position.
    pub(crate) fn location(&self, pos: usize) -> (usize, usize) {
        let before = &self.text.as_bytes()[..pos.min(self.text.len())];
        let line = 1 + before.split(|byte| *byte == b'\n').skip(1).count();
        let column = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(before.len(), |newline| before.len() - newline - 1);
        (line, column)
    }

    /// A tree node as Go prints it.
    pub(crate) fn show<'a, T>(&'a self, node: &'a T) -> Shown<'a, T> {
        Shown { source: self, node }
    }

    fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn variable(&self, variable: Variable) -> &str {
        self.variables
            .get(variable.id as usize)
            .map_or("$", |name| name)
    }
}

/// A node with the source that its ranges point into.
pub(crate) struct Shown<'a, T> {
    source: &'a Source,
    node: &'a T,
}

impl fmt::Display for Shown<'_, Variable> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.source.variable(*self.node))
    }
}

impl fmt::Display for Shown<'_, List> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node
            .nodes
            .iter()
            .try_for_each(|node| write!(f, "{}", self.source.show(node)))
    }
}

impl fmt::Display for Shown<'_, Node> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = self.source;
        match self.node {
            Node::Text { range, .. } => f.write_str(source.slice(range)),
            Node::Action { pipe, .. } => write!(f, "{{{{{}}}}}", source.show(pipe)),
            Node::Branch(branch) => write!(f, "{}", source.show(&**branch)),
            Node::Template(invocation) => write!(f, "{}", source.show(&**invocation)),
            Node::Break { .. } => f.write_str("{{break}}"),
            Node::Continue { .. } => f.write_str("{{continue}}"),
        }
    }
}

impl fmt::Display for Shown<'_, Branch> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.node.kind {
            BranchKind::If => "if",
            BranchKind::With => "with",
            BranchKind::Range => "range",
        };
        let source = self.source;
        write!(
            f,
            "{{{{{name} {}}}}}{}",
            source.show(&self.node.pipe),
            source.show(&self.node.list)
        )?;
        if let Some(list) = &self.node.else_list {
            write!(f, "{{{{else}}}}{}", source.show(list))?;
        }
        f.write_str("{{end}}")
    }
}

impl fmt::Display for Shown<'_, Invocation> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{{{{template {}",
            crate::quote::quote(self.node.name.as_bytes())
        )?;
        if let Some(pipe) = &self.node.pipe {
            write!(f, " {}", self.source.show(pipe))?;
        }
        f.write_str("}}")
    }
}

impl fmt::Display for Shown<'_, Pipe> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, variable) in self.node.decl.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{}", self.source.show(variable))?;
        }
        if !self.node.decl.is_empty() {
            f.write_str(if self.node.is_assign { " = " } else { " := " })?;
        }
        for (index, command) in self.node.commands.iter().enumerate() {
            if index > 0 {
                f.write_str(" | ")?;
            }
            write!(f, "{}", self.source.show(command))?;
        }
        Ok(())
    }
}

impl fmt::Display for Shown<'_, Command> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, operand) in self.node.args.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            match &operand.kind {
                OperandKind::Pipe(pipe) => write!(f, "({})", self.source.show(&**pipe))?,
                _ => write!(f, "{}", self.source.show(operand))?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Shown<'_, Operand> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = self.source;
        let fields = match &self.node.kind {
            OperandKind::Dot => return f.write_str("."),
            OperandKind::Nil => return f.write_str("nil"),
            OperandKind::Bool(value) => return write!(f, "{value}"),
            OperandKind::Number(number) => return f.write_str(&number.text),
            OperandKind::String { quoted, .. } => return f.write_str(source.slice(quoted)),
            OperandKind::Identifier(function) => return f.write_str(function.name),
            OperandKind::Pipe(pipe) => return write!(f, "{}", source.show(&**pipe)),
            OperandKind::Field(fields) => fields,
            OperandKind::Variable { variable, fields } => {
                write!(f, "{}", source.show(variable))?;
                fields
            }
            OperandKind::Chain { operand, fields } => {
                match &operand.kind {
                    OperandKind::Pipe(pipe) => write!(f, "({})", source.show(&**pipe))?,
                    _ => write!(f, "{}", source.show(&**operand))?,
                }
                fields
            }
        };
        fields.iter().try_for_each(|field| write!(f, ".{field}"))
    }
}
