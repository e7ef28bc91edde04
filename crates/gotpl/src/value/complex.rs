//! Go's `complex128`: a literal makes one, and printing and `eq` are all that a template can do with it.

use std::any::Any;

use super::{Kind, Object, Type, Value};

/// A complex number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Complex {
    pub(crate) real: f64,
    pub(crate) imaginary: f64,
}

impl Complex {
    /// The complex number in a value.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        value.downcast::<Self>().copied()
    }
}

impl Object for Complex {
    fn type_of(&self) -> Type {
        Type::Named("complex128", Kind::Complex128)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref() == Some(self)
    }
}
