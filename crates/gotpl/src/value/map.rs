//! Go maps with string keys: shared and changeable in place.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::{Text, Type, Value, types};

/// The entries of a [`Map`], in the order in which `range` visits them.
pub type Entries = BTreeMap<Text, Value>;

/// A map with string keys that every holder sees change, as Go's maps are shared.
///
/// A lock is held only while one entry is read or written, never while a template runs.
#[derive(Debug)]
pub struct Map {
    type_of: Type,
    entries: Arc<RwLock<Entries>>,
}

impl Map {
    /// A `map[string]interface {}`.
    pub fn new(entries: Entries) -> Self {
        Self::of(types::DICT, entries)
    }

    /// A map of another type: `map[string]string`, or a named one such as `common.Values`.
    pub fn of(type_of: Type, entries: Entries) -> Self {
        Self {
            type_of,
            entries: Arc::new(RwLock::new(entries)),
        }
    }

    /// The same map under another type, as Go converts between named map types: both see what either changes.
    #[must_use]
    pub fn view(&self, type_of: Type) -> Self {
        Self {
            type_of,
            entries: Arc::clone(&self.entries),
        }
    }

    /// The type of the map.
    pub fn type_of(&self) -> Type {
        self.type_of
    }

    /// The type of the values.
    pub fn item_type(&self) -> &'static Type {
        match self.type_of {
            Type::Map(item) => item,
            _ => &Type::Any,
        }
    }

    /// Locks for reading. Drop the guard before anything else runs: a write meanwhile would wait for ever.
    pub fn read(&self) -> RwLockReadGuard<'_, Entries> {
        self.entries.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Locks for writing. The same care as with [`Map::read`].
    pub fn write(&self) -> RwLockWriteGuard<'_, Entries> {
        self.entries.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The value of a key.
    pub fn get(&self, key: impl AsRef<[u8]>) -> Option<Value> {
        self.read().get(key.as_ref()).cloned()
    }

    /// Whether a key is there.
    pub fn contains(&self, key: impl AsRef<[u8]>) -> bool {
        self.read().contains_key(key.as_ref())
    }

    /// Sets a key for every holder of the map.
    pub fn insert(&self, key: impl Into<Text>, value: Value) {
        // The value replaced may be a deep tree: drop it after the lock.
        let replaced = self.write().insert(key.into(), value);
        drop(replaced);
    }

    /// Removes a key for every holder of the map.
    pub fn remove(&self, key: impl AsRef<[u8]>) -> Option<Value> {
        self.write().remove(key.as_ref())
    }

    /// The number of keys.
    pub fn len(&self) -> usize {
        self.read().len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.read().is_empty()
    }

    /// The entries as they are now, in key order: what `range` and the printers walk.
    pub fn snapshot(&self) -> Vec<(Text, Value)> {
        self.read()
            .iter()
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }
}

impl Map {
    /// The entries, taken out, if no other view of the map holds them: for those that drop the map.
    pub(super) fn take(&mut self) -> Entries {
        match Arc::get_mut(&mut self.entries) {
            Some(entries) => {
                std::mem::take(entries.get_mut().unwrap_or_else(PoisonError::into_inner))
            }
            None => Entries::new(),
        }
    }
}

impl Drop for Map {
    fn drop(&mut self) {
        let entries = self.take();
        if entries.values().any(Value::has_items) {
            super::drop_flat(entries.into_values().collect());
        }
    }
}
