//! Calls of functions and methods: numbers and types of arguments.

use smallvec::SmallVec;

use super::{At, Dot, Result, State};
use crate::context::Context;
use crate::error::Error;
use crate::function::{Function, Special};
use crate::tree::{Number, Operand, OperandKind};
use crate::value::{Kind, Signature, Type, Value};

/// The arguments of a call: the ones written after the name, and the value piped in.
pub(super) struct Args<'t> {
    pub(super) operands: &'t [Operand],
    pub(super) last: Option<Value>,
}

impl Args<'_> {
    pub(super) const NONE: Self = Self {
        operands: &[],
        last: None,
    };

    pub(super) fn is_empty(&self) -> bool {
        self.operands.is_empty() && self.last.is_none()
    }
}

/// Arguments of ordinary calls are kept on the stack.
const INLINE_ARGS: usize = 4;

impl<'t> State<'t> {
    /// Calls a function; errors of its body point at `at`.
    pub(super) fn call_function(
        &mut self,
        dot: &Dot,
        function: &'static Function,
        at: At<'t>,
        args: Args<'t>,
    ) -> Result<Value> {
        match function.special {
            Special::And | Special::Or => {
                self.check_count(function.name, function.signature, &args)?;
                self.short_circuit(dot, function.special == Special::Or, args)
            }
            Special::Call => {
                let callee = match args.operands.first() {
                    Some(operand) => self.source().show(operand).to_string(),
                    None => args.last.as_ref().map(callee_name).unwrap_or_default(),
                };
                self.call(
                    dot,
                    function.name,
                    function.signature,
                    at,
                    args,
                    |_, values| Err(crate::builtin::call_error(&callee, values)),
                )
            }
            Special::Slice => self.slice(dot, function, at, args),
            Special::None => self.call(
                dot,
                function.name,
                function.signature,
                at,
                args,
                function.body,
            ),
        }
    }

    /// `and` and `or` return the argument that decided and leave the rest unevaluated.
    fn short_circuit(&mut self, dot: &Dot, stop_at: bool, args: Args<'t>) -> Result<Value> {
        let mut value = Value::Absent;
        for operand in args.operands {
            value = self.argument(dot, Type::Reflect, operand)?;
            if value.truth() == stop_at {
                return Ok(value);
            }
        }
        Ok(args.last.unwrap_or(value))
    }

    /// `slice` has to know which of its arguments lie in an `interface {}`.
    fn slice(
        &mut self,
        dot: &Dot,
        function: &'static Function,
        at: At<'t>,
        args: Args<'t>,
    ) -> Result<Value> {
        self.check_count(function.name, function.signature, &args)?;
        let mut values = Vec::with_capacity(INLINE_ARGS);
        let mut boxed = Vec::with_capacity(INLINE_ARGS);
        for operand in args.operands {
            self.at = At::Operand(operand);
            let argument = match self.evaluated(dot, operand) {
                Some(argument) => argument?,
                None => Dot::plain(self.constant_argument(Type::Reflect, operand)?),
            };
            boxed.push(argument.boxed);
            values.push(argument.value);
        }
        values.extend(args.last);
        let context = self.context;
        let result = crate::builtin::slice(&values, &boxed).and_then(|value| {
            context.made(&value)?;
            Ok(value)
        });
        result.map_err(|cause| self.failed(function.name, at, cause))
    }

    pub(super) fn call(
        &mut self,
        dot: &Dot,
        name: &str,
        signature: Signature,
        at: At<'t>,
        args: Args<'t>,
        body: impl FnOnce(&Context<'_>, &[Value]) -> Result<Value>,
    ) -> Result<Value> {
        self.check_count(name, signature, &args)?;
        let mut values = SmallVec::<[Value; INLINE_ARGS]>::new();
        for (index, operand) in args.operands.iter().enumerate() {
            values.push(self.argument(dot, parameter(signature, index), operand)?);
        }
        if let Some(last) = args.last {
            values.push(self.validate(last, parameter(signature, args.operands.len()))?);
        }
        let context = self.context;
        let result = body(context, &values).and_then(|value| {
            context.made(&value)?;
            Ok(value)
        });
        result.map_err(|cause| self.failed(name, at, cause))
    }

    #[cold]
    fn failed(&mut self, name: &str, at: At<'t>, cause: Error) -> Error {
        self.at = at;
        self.error_with(format!("error calling {name}: "), Some(cause))
    }

    fn check_count(&self, name: &str, signature: Signature, args: &Args<'_>) -> Result<()> {
        let written = args.operands.len();
        let given = written + usize::from(args.last.is_some());
        let wanted = signature.params.len();
        if signature.variadic {
            if given + 1 < wanted {
                return Err(self.error(format!(
                    "wrong number of args for {name}: want at least {} got {written}",
                    wanted - 1
                )));
            }
        } else if given != wanted {
            return Err(self.error(format!(
                "wrong number of args for {name}: want {wanted} got {given}"
            )));
        }
        Ok(())
    }

    /// The value of an operand whose type does not matter.
    pub(super) fn untyped_argument(&mut self, dot: &Dot, operand: &'t Operand) -> Result<Dot> {
        self.at = At::Operand(operand);
        self.evaluated(dot, operand)
            .unwrap_or_else(|| self.constant(operand).map(Dot::plain))
    }

    /// The value of an operand that is no constant.
    fn evaluated(&mut self, dot: &Dot, operand: &'t Operand) -> Option<Result<Dot>> {
        Some(match &operand.kind {
            OperandKind::Dot => Ok(dot.clone()),
            OperandKind::Field(path) => self.field_chain(dot, dot, operand, path, Args::NONE),
            OperandKind::Variable { .. } => self.variable_operand(dot, operand, Args::NONE),
            OperandKind::Pipe(pipe) => self.pipeline(dot, pipe).map(Dot::plain),
            OperandKind::Identifier(function) => self
                .call_function(dot, function, At::Operand(operand), Args::NONE)
                .map(Dot::plain),
            OperandKind::Chain {
                operand: inner,
                fields,
            } => self.chain(dot, operand, inner, fields, Args::NONE),
            _ => return None,
        })
    }

    fn argument(&mut self, dot: &Dot, wanted: Type, operand: &'t Operand) -> Result<Value> {
        self.at = At::Operand(operand);
        match self.evaluated(dot, operand) {
            Some(value) => self.validate(value?.value, wanted),
            None => self.constant_argument(wanted, operand),
        }
    }

    fn constant_argument(&mut self, wanted: Type, operand: &'t Operand) -> Result<Value> {
        match (&operand.kind, wanted.kind()) {
            (OperandKind::Nil, _) => {
                if !wanted.can_be_nil() {
                    return Err(self.error(format!("cannot assign nil to {wanted}")));
                }
                Ok(if wanted == Type::Reflect {
                    Value::Absent
                } else {
                    Value::Nil
                })
            }
            (_, Kind::Interface) => self.constant(operand),
            _ if wanted == Type::Reflect => self.constant(operand),
            (OperandKind::Bool(value), Kind::Bool) => Ok(Value::Bool(*value)),
            (OperandKind::String { value, .. }, Kind::String) => Ok(value.clone()),
            (OperandKind::Number(number), Kind::Int(_) | Kind::Float64) => {
                number_as(number, wanted).ok_or_else(|| self.unexpected_constant(wanted, operand))
            }
            _ => Err(self.unexpected_constant(wanted, operand)),
        }
    }

    fn unexpected_constant(&self, wanted: Type, operand: &Operand) -> Error {
        let shown = self.source().show(operand);
        let expected = match wanted.kind() {
            Kind::Bool => "bool",
            Kind::String => "string",
            Kind::Float64 => "float",
            Kind::Int(kind) if kind.is_unsigned() => "unsigned integer",
            Kind::Int(_) => "integer",
            _ => return self.error(format!("can't handle {shown} for arg of type {wanted}")),
        };
        self.error(format!("expected {expected}; found {shown}"))
    }

    /// Checks that a value can be passed for a parameter.
    fn validate(&self, value: Value, wanted: Type) -> Result<Value> {
        match (&value, wanted) {
            (_, Type::Reflect) => Ok(value),
            (Value::Absent, _) if wanted.can_be_nil() => Ok(Value::Nil),
            (Value::Absent, _) => Err(self.error(format!("invalid value; expected {wanted}"))),
            (_, Type::Any) => Ok(value),
            _ if is_assignable(&value, wanted) => Ok(value),
            _ => {
                let got = value.type_of().unwrap_or(Type::Any);
                Err(self.error(format!(
                    "wrong type for value; expected {wanted}; got {got}"
                )))
            }
        }
    }
}

/// What `reflect.Value.String` makes of a value that was piped into `call`.
fn callee_name(value: &Value) -> String {
    match value {
        Value::Str(text) => text.to_string(),
        value => format!("<{} Value>", value.type_name()),
    }
}

/// The type that the argument at `index` has to have.
fn parameter(signature: Signature, index: usize) -> Type {
    signature
        .params
        .get(index)
        .or(signature.params.last())
        .copied()
        .unwrap_or(Type::Any)
}

fn number_as(number: &Number, wanted: Type) -> Option<Value> {
    match wanted.kind() {
        Kind::Float64 => number.float.map(Value::Float),
        Kind::Int(kind) => {
            let value = if kind.is_unsigned() {
                number.uint? as i64
            } else {
                number.int?
            };
            Some(Value::Int(kind.wrap(value), kind))
        }
        _ => None,
    }
}

/// Go's assignability: the same type, or a named map or slice for its unnamed form.
fn is_assignable(value: &Value, wanted: Type) -> bool {
    match value.type_of() {
        Some(type_of) if type_of == wanted => true,
        Some(Type::Named(_, Kind::Map)) => match value {
            Value::Map(map) => Type::Map(map.item_type()) == wanted,
            _ => false,
        },
        _ => false,
    }
}
