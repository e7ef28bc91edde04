//! Go maps with string keys: shared and changeable in place.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::{Text, Type, Value, types};

/// The entries of a [`Map`], in the order in which `range` visits them.
pub type Entries = BTreeMap<Text, Value>;

/// A map with string keys that every holder sees change, as Go's maps are shared.
///
/// A lock is held only while one entry is read or written, never while a template runs.
#[derive(Debug)]
pub struct Map {
    type_of: Type,
    entries: Arc<Shared>,
}

/// What all views of a map hold. Most maps are never changed, and those are read without a lock.
#[derive(Debug)]
struct Shared {
    /// The entries that the map was made with.
    first: Entries,
    /// The entries since somebody changed one.
    changed: OnceLock<RwLock<Entries>>,
}

/// The entries while they are read.
enum Reading<'a> {
    First(&'a Entries),
    Changed(RwLockReadGuard<'a, Entries>),
}

impl Deref for Reading<'_> {
    type Target = Entries;

    fn deref(&self) -> &Entries {
        match self {
            Self::First(entries) => entries,
            Self::Changed(entries) => entries,
        }
    }
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
            entries: Arc::new(Shared {
                first: entries,
                changed: OnceLock::new(),
            }),
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

    /// The entries, if nobody ever changed one: no lock is needed to read these.
    #[inline]
    pub(crate) fn unchanged(&self) -> Option<&Entries> {
        match self.entries.changed.get() {
            None => Some(&self.entries.first),
            Some(_) => None,
        }
    }

    /// Locks for reading. Drop it before anything else runs: a write meanwhile would wait for ever.
    fn read(&self) -> Reading<'_> {
        match self.entries.changed.get() {
            None => Reading::First(&self.entries.first),
            Some(changed) => {
                Reading::Changed(changed.read().unwrap_or_else(PoisonError::into_inner))
            }
        }
    }

    /// Locks for writing. The same care as with [`Map::read`].
    fn write(&self) -> RwLockWriteGuard<'_, Entries> {
        self.entries
            .changed
            .get_or_init(|| RwLock::new(self.entries.first.clone()))
            .write()
            .unwrap_or_else(PoisonError::into_inner)
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
    /// The values, taken out, if no other view of the map holds them: for those that drop the map.
    pub(super) fn take(&mut self) -> Vec<Value> {
        let Some(shared) = Arc::get_mut(&mut self.entries) else {
            return Vec::new();
        };
        let first = std::mem::take(&mut shared.first);
        let changed = shared.changed.take();
        let changed = changed.map(|lock| lock.into_inner().unwrap_or_else(PoisonError::into_inner));
        let mut entries = first
            .into_iter()
            .chain(changed.into_iter().flatten())
            .map(|(_, value)| value)
            .filter(Value::has_items)
            .peekable();
        if entries.peek().is_none() {
            Vec::new()
        } else {
            entries.collect()
        }
    }
}

impl Drop for Map {
    fn drop(&mut self) {
        super::drop_flat(self.take());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_sees_every_change_and_the_first_one_keeps_the_rest() {
        let map = Map::new([("a".into(), Value::int(1)), ("b".into(), Value::Nil)].into());
        let view = map.view(Type::Named("common.Values", crate::value::Kind::Map));
        assert!(map.unchanged().is_some() && view.contains("b"));
        view.insert("c", Value::int(3));
        assert!(map.unchanged().is_none());
        map.remove("a");
        let keys: Vec<_> = view.snapshot().into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["b", "c"]);
    }
}
