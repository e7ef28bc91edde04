//! Go slices.

use super::{Type, Value, types};

/// An immutable list with the type of its items.
///
/// No template function changes a slice in place, so lists are shared freely.
#[derive(Clone, Debug)]
pub struct List {
    item: &'static Type,
    items: Vec<Value>,
    /// Go's nil slice: empty like any other, but JSON and YAML print `null`.
    nil: bool,
}

impl List {
    /// A `[]interface {}`.
    pub fn new(items: Vec<Value>) -> Self {
        Self::of(&Type::Any, items)
    }

    /// A `[]item`; the caller answers for the types of the items.
    pub fn of(item: &'static Type, items: Vec<Value>) -> Self {
        Self {
            item,
            items,
            nil: false,
        }
    }

    /// A nil `[]item`.
    pub fn nil(item: &'static Type) -> Self {
        Self {
            item,
            items: Vec::new(),
            nil: true,
        }
    }

    /// Whether it is a nil slice.
    pub fn is_nil(&self) -> bool {
        self.nil
    }

    /// The type of the whole list, such as `[]string`.
    pub fn type_of(&self) -> Type {
        Type::Slice(self.item)
    }

    /// The type of the items.
    pub fn item_type(&self) -> &'static Type {
        self.item
    }

    /// The items.
    pub fn items(&self) -> &[Value] {
        &self.items
    }

    /// The items, taken out: for those that drop the list.
    pub(super) fn take(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.items)
    }

    /// The bytes of a `[]uint8`; `None` for any other list.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        if self.type_of() != types::BYTES {
            return None;
        }
        self.items
            .iter()
            .map(|item| match item {
                Value::Int(byte, _) => Some(*byte as u8),
                _ => None,
            })
            .collect()
    }
}

impl Drop for List {
    fn drop(&mut self) {
        if self.items.iter().any(Value::has_items) {
            super::drop_flat(self.take());
        }
    }
}
