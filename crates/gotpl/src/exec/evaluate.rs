//! Pipelines, commands and fields.

use std::sync::Arc;

use super::call::Args;
use super::{At, Dot, Result, State, unboxed};
use crate::quote::quote;
use crate::set::MissingKey;
use crate::tree::{Command, Number, Operand, OperandKind, Pipe};
use crate::value::{Map, Text, Type, Value};

impl<'t> State<'t> {
    /// The value of a pipeline. Variables that it declares are pushed; callers drop them when they are done.
    pub(super) fn pipeline(&mut self, dot: &Dot, pipe: &'t Pipe) -> Result<Value> {
        self.at = At::Pipe(pipe);
        if !self.context.has_stack() {
            return Err(self.too_deep());
        }
        let mut last = None;
        for command in &pipe.commands {
            let value = self.command(dot, command, last.take())?;
            last = Some(unboxed(value));
        }
        let value = last.unwrap_or(Value::Absent);
        for variable in &pipe.decl {
            let slot = Dot {
                value: value.clone(),
                boxed: false,
            };
            if pipe.is_assign {
                self.set_variable(*variable, slot)?;
            } else {
                self.variables.push((*variable, slot));
            }
        }
        Ok(value)
    }

    /// The value of a command; `last` is what the command before it in the pipeline gave.
    fn command(&mut self, dot: &Dot, command: &'t Command, last: Option<Value>) -> Result<Value> {
        let Some((word, rest)) = command.args.split_first() else {
            return Ok(Value::Absent);
        };
        let args = Args {
            operands: rest,
            last,
        };
        match &word.kind {
            OperandKind::Field(path) => {
                self.at = At::Operand(word);
                Ok(self.field_chain(dot, dot, word, path, args)?.value)
            }
            OperandKind::Chain { operand, fields } => {
                Ok(self.chain(dot, word, operand, fields, args)?.value)
            }
            OperandKind::Identifier(function) => {
                self.at = At::Operand(word);
                self.call_function(dot, function, At::Command(command), args)
            }
            OperandKind::Pipe(pipe) => {
                // The arguments are all inside the pipeline.
                self.refuse_arguments(word, &args)?;
                self.pipeline(dot, pipe)
            }
            OperandKind::Variable { .. } => Ok(self.variable_operand(dot, word, args)?.value),
            constant => {
                self.at = At::Operand(word);
                self.refuse_arguments(word, &args)?;
                match constant {
                    OperandKind::Dot => Ok(dot.value.clone()),
                    OperandKind::Nil => Err(self.error("nil is not a command")),
                    _ => self.constant(word),
                }
            }
        }
    }

    fn refuse_arguments(&self, word: &Operand, args: &Args<'_>) -> Result<()> {
        if args.is_empty() {
            return Ok(());
        }
        let word = self.source().show(word);
        Err(self.error(format!("can't give argument to non-function {word}")))
    }

    /// A constant where any type will do.
    pub(super) fn constant(&mut self, operand: &'t Operand) -> Result<Value> {
        match &operand.kind {
            OperandKind::Bool(value) => Ok(Value::Bool(*value)),
            OperandKind::String { value, .. } => Ok(value.clone()),
            OperandKind::Number(number) => self.ideal(number),
            _ => {
                let shown = self.source().show(operand);
                Err(self.error(format!(
                    "can't handle assignment of {shown} to empty interface argument"
                )))
            }
        }
    }

    fn ideal(&self, number: &Number) -> Result<Value> {
        number
            .value
            .clone()
            .ok_or_else(|| self.error(format!("{} overflows int", number.text)))
    }

    pub(super) fn variable_operand(
        &mut self,
        dot: &Dot,
        operand: &'t Operand,
        args: Args<'t>,
    ) -> Result<Dot> {
        let OperandKind::Variable { variable, fields } = &operand.kind else {
            return Ok(Dot::plain(Value::Absent));
        };
        self.at = At::Operand(operand);
        let value = self.variable(*variable)?;
        if let Some(found) = found(value, fields, &args) {
            return Ok(found);
        }
        let value = value.clone();
        if fields.is_empty() {
            self.refuse_arguments(operand, &args)?;
            return Ok(value);
        }
        self.field_chain(dot, &value, operand, fields, args)
    }

    pub(super) fn chain(
        &mut self,
        dot: &Dot,
        word: &'t Operand,
        inner: &'t Operand,
        fields: &'t [Text],
        args: Args<'t>,
    ) -> Result<Dot> {
        self.at = At::Operand(word);
        if matches!(inner.kind, OperandKind::Nil) {
            let shown = self.source().show(word);
            return Err(self.error(format!("indirection through explicit nil in {shown}")));
        }
        let receiver = self.untyped_argument(dot, inner)?;
        self.field_chain(dot, &receiver, word, fields, args)
    }

    /// `.a.b.c`: all but the last are plain fields, the last may take the arguments.
    pub(super) fn field_chain(
        &mut self,
        dot: &Dot,
        receiver: &Dot,
        node: &'t Operand,
        fields: &'t [Text],
        args: Args<'t>,
    ) -> Result<Dot> {
        if let Some(found) = found(receiver, fields, &args) {
            return Ok(found);
        }
        let Some((last, path)) = fields.split_last() else {
            return Ok(receiver.clone());
        };
        let mut reached = None;
        for name in path {
            let from = reached.as_ref().unwrap_or(receiver);
            reached = Some(self.field(dot, from, name, node, Args::NONE)?);
        }
        self.field(dot, reached.as_ref().unwrap_or(receiver), last, node, args)
    }

    fn field(
        &mut self,
        dot: &Dot,
        receiver: &Dot,
        name: &Text,
        node: &'t Operand,
        args: Args<'t>,
    ) -> Result<Dot> {
        match &receiver.value {
            Value::Absent => {
                if self.context.set().missing_key() == MissingKey::Error {
                    let key = quote(name.as_bytes());
                    return Err(self.error(format!("nil data; no entry for key {key}")));
                }
                Ok(Dot {
                    value: Value::Absent,
                    boxed: false,
                })
            }
            Value::Nil => Err(self.error(format!("nil pointer evaluating interface {{}}.{name}"))),
            Value::Map(map) => self.map_field(map, name, &args),
            Value::Object(object) => {
                let member = name.to_str();
                if let Some(signature) = object.method(&member) {
                    let object = Arc::clone(object);
                    let value = self.call(
                        dot,
                        &member,
                        signature,
                        At::Operand(node),
                        args,
                        |context, values| object.call(&member, context, values),
                    )?;
                    return Ok(Dot {
                        value,
                        boxed: false,
                    });
                }
                if let Some(value) = object.field(&member) {
                    if !args.is_empty() {
                        return Err(self.error(format!(
                            "{name} has arguments but cannot be invoked as function"
                        )));
                    }
                    return Ok(Dot {
                        value,
                        boxed: false,
                    });
                }
                match object.plain() {
                    Some(Value::Map(map)) => self.map_field(&map, name, &args),
                    _ => Err(self.no_field(name, receiver)),
                }
            }
            _ => Err(self.no_field(name, receiver)),
        }
    }

    fn no_field(&self, name: &Text, receiver: &Dot) -> crate::Error {
        let type_name = if receiver.boxed {
            Type::Any.to_string()
        } else {
            receiver.value.type_name()
        };
        self.error(format!("can't evaluate field {name} in type {type_name}"))
    }

    fn map_field(&self, map: &Map, name: &Text, args: &Args<'_>) -> Result<Dot> {
        if !args.is_empty() {
            return Err(self.error(format!("{name} is not a method but has arguments")));
        }
        let boxed = *map.item_type() == Type::Any;
        let value = match map.get(name.as_bytes()) {
            Some(value) => value,
            None => match self.context.set().missing_key() {
                MissingKey::Invalid => Value::Absent,
                MissingKey::Zero => zero(*map.item_type()),
                MissingKey::Error => {
                    let key = quote(name.as_bytes());
                    return Err(self.error(format!("map has no entry for key {key}")));
                }
            },
        };
        Ok(Dot { value, boxed })
    }
}

/// `.a.b.c` in the ordinary case, which needs neither a lock nor a copy on the way: maps that nobody changed, with all keys.
fn found(receiver: &Dot, fields: &[Text], args: &Args<'_>) -> Option<Dot> {
    if fields.is_empty() || !args.is_empty() {
        return None;
    }
    let mut value = &receiver.value;
    let mut boxed = false;
    for name in fields {
        let Value::Map(map) = value else {
            return None;
        };
        value = map.unchanged()?.get(name.as_bytes())?;
        boxed = *map.item_type() == Type::Any;
    }
    Some(Dot {
        value: value.clone(),
        boxed,
    })
}

/// The zero value of a type; that of types which can be nil is nil.
pub(crate) fn zero(type_of: Type) -> Value {
    match type_of {
        Type::Bool => Value::Bool(false),
        Type::Int(kind) => Value::Int(0, kind),
        Type::Float64 => Value::Float(0.0),
        Type::String => Value::from(""),
        Type::Slice(item) => Value::List(Arc::new(crate::value::List::of(item, Vec::new()))),
        Type::Map(_) => Value::map_of(type_of, crate::value::Entries::new()),
        Type::Any | Type::Reflect | Type::Named(..) => Value::Nil,
    }
}
