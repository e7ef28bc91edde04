//! Go's types, as far as templates can see them.

use std::fmt;

/// A Go type: of a value (`printf "%T"`), of a list's items, of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// `interface {}`: takes anything.
    Any,
    /// A parameter that sees the unconverted value, as Go's builtins do (`reflect.Value`).
    Reflect,
    /// `bool`.
    Bool,
    /// One of the integer types.
    Int(IntKind),
    /// `float64`.
    Float64,
    /// `string`.
    String,
    /// `[]T`.
    Slice(&'static Self),
    /// `map[string]T`.
    Map(&'static Self),
    /// A named type such as `time.Time`, with the kind below its name.
    Named(&'static str, Kind),
}

/// `int`.
pub const INT: Type = Type::Int(IntKind::Int);
/// `int64`.
pub const INT64: Type = Type::Int(IntKind::Int64);
/// `[]interface {}`.
pub const LIST: Type = Type::Slice(&Type::Any);
/// `[]string`.
pub const STRINGS: Type = Type::Slice(&Type::String);
/// `[]uint8`, Go's byte slice.
pub const BYTES: Type = Type::Slice(&Type::Int(IntKind::Uint8));
/// `map[string]interface {}`.
pub const DICT: Type = Type::Map(&Type::Any);

/// The integer types, which print alike but have different names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IntKind {
    /// `int`, 64 bits as on every platform Helm is built for.
    Int,
    /// `int32`, also a rune.
    Int32,
    /// `int64`.
    Int64,
    /// `uint8`, a byte.
    Uint8,
    /// `uint32`.
    Uint32,
    /// `uint64`; values above `i64::MAX` are kept as their bits.
    Uint64,
}

impl IntKind {
    /// The name Go prints.
    pub fn name(self) -> &'static str {
        match self {
            Self::Int => "int",
            Self::Int32 => "int32",
            Self::Int64 => "int64",
            Self::Uint8 => "uint8",
            Self::Uint32 => "uint32",
            Self::Uint64 => "uint64",
        }
    }

    /// Cuts a number to the bits of the type, as Go's conversions do.
    pub(crate) fn wrap(self, value: i64) -> i64 {
        match self {
            Self::Int | Self::Int64 | Self::Uint64 => value,
            Self::Int32 => i64::from(value as i32),
            Self::Uint8 => i64::from(value as u8),
            Self::Uint32 => i64::from(value as u32),
        }
    }

    /// Whether Go compares it with unsigned numbers.
    pub fn is_unsigned(self) -> bool {
        matches!(self, Self::Uint8 | Self::Uint32 | Self::Uint64)
    }
}

/// Go's `reflect.Kind`: the shape below a type's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// No value at all.
    Invalid,
    /// `bool`.
    Bool,
    /// An integer.
    Int(IntKind),
    /// `float64`.
    Float64,
    /// `complex128`.
    Complex128,
    /// `string`.
    String,
    /// A slice.
    Slice,
    /// A map.
    Map,
    /// A struct.
    Struct,
    /// A pointer, printed `ptr`.
    Pointer,
    /// A function.
    Func,
    /// An interface that holds nothing.
    Interface,
}

impl Kind {
    /// The name `kindOf` prints.
    pub fn name(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Bool => "bool",
            Self::Int(kind) => kind.name(),
            Self::Float64 => "float64",
            Self::Complex128 => "complex128",
            Self::String => "string",
            Self::Slice => "slice",
            Self::Map => "map",
            Self::Struct => "struct",
            Self::Pointer => "ptr",
            Self::Func => "func",
            Self::Interface => "interface",
        }
    }
}

impl Type {
    /// The kind of values of this type.
    pub fn kind(self) -> Kind {
        match self {
            Self::Any => Kind::Interface,
            Self::Reflect => Kind::Struct,
            Self::Bool => Kind::Bool,
            Self::Int(kind) => Kind::Int(kind),
            Self::Float64 => Kind::Float64,
            Self::String => Kind::String,
            Self::Slice(_) => Kind::Slice,
            Self::Map(_) => Kind::Map,
            Self::Named(_, kind) => kind,
        }
    }

    /// Whether an untyped nil can be passed for it (`canBeNil` of text/template).
    pub fn can_be_nil(self) -> bool {
        matches!(
            self.kind(),
            Kind::Interface | Kind::Map | Kind::Slice | Kind::Pointer | Kind::Func
        ) || self == Self::Reflect
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("interface {}"),
            Self::Reflect => f.write_str("reflect.Value"),
            Self::Bool => f.write_str("bool"),
            Self::Int(kind) => f.write_str(kind.name()),
            Self::Float64 => f.write_str("float64"),
            Self::String => f.write_str("string"),
            Self::Slice(item) => write!(f, "[]{item}"),
            Self::Map(item) => write!(f, "map[string]{item}"),
            Self::Named(name, _) => f.write_str(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_print_as_go_prints_them() {
        assert_eq!(DICT.to_string(), "map[string]interface {}");
        assert_eq!(Type::Slice(&LIST).to_string(), "[][]interface {}");
        assert_eq!(BYTES.to_string(), "[]uint8");
    }
}
