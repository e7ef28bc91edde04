//! Go strings: byte sequences that are nearly always, but not certainly, UTF-8.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// An immutable Go string; cloning copies a reference.
///
/// Go strings hold bytes: `trunc`, `substr` and `b64dec` can leave text that is no UTF-8. Such text is kept as it is.
#[derive(Clone)]
pub struct Text(Repr);

/// `Bytes` is used only for what is not UTF-8, so the two never hold the same text.
#[derive(Clone)]
enum Repr {
    Utf8(Arc<str>),
    Bytes(Arc<[u8]>),
}

impl Text {
    /// Keeps bytes as a string, checking once whether they are UTF-8.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self(Repr::Utf8(text.into())),
            Err(error) => Self(Repr::Bytes(error.into_bytes().into())),
        }
    }

    /// The bytes, as Go's `len`, `index` and slicing see them.
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Repr::Utf8(text) => text.as_bytes(),
            Repr::Bytes(bytes) => bytes,
        }
    }

    /// The text if it is UTF-8.
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Repr::Utf8(text) => Some(text),
            Repr::Bytes(_) => None,
        }
    }

    /// The text with every invalid byte replaced by U+FFFD, as Go does when it decodes runes.
    pub fn to_str(&self) -> Cow<'_, str> {
        match &self.0 {
            Repr::Utf8(text) => Cow::Borrowed(text),
            Repr::Bytes(bytes) => Cow::Owned(decode_lossy(bytes)),
        }
    }

    /// Whether others hold the same bytes.
    pub(crate) fn is_shared(&self) -> bool {
        match &self.0 {
            Repr::Utf8(text) => Arc::strong_count(text) > 1,
            Repr::Bytes(bytes) => Arc::strong_count(bytes) > 1,
        }
    }

    /// The number of bytes.
    pub fn len(&self) -> usize {
        self.as_bytes().len()
    }

    /// Whether there is not a single byte.
    pub fn is_empty(&self) -> bool {
        self.as_bytes().is_empty()
    }
}

/// Decodes as Go's range over a string does: one U+FFFD for each invalid byte.
///
/// `String::from_utf8_lossy` replaces a whole truncated sequence by one, Go replaces each of its bytes.
pub fn decode_lossy(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for _ in chunk.invalid() {
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    text
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_str(), f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_str())
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::from("")
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Repr::Utf8(text.into()))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Repr::Utf8(text.into()))
    }
}

impl From<Arc<str>> for Text {
    fn from(text: Arc<str>) -> Self {
        Self(Repr::Utf8(text))
    }
}

impl From<&[u8]> for Text {
    fn from(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::from(text),
            Err(_) => Self(Repr::Bytes(bytes.into())),
        }
    }
}

impl Borrow<[u8]> for Text {
    fn borrow(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_bytes_are_kept_and_decoded_one_by_one() {
        let text = Text::from(&b"h\xc3\xe2\x82"[..]);
        assert_eq!(text.len(), 4);
        assert!(text.as_str().is_none());
        assert_eq!(text.to_str(), "h\u{fffd}\u{fffd}\u{fffd}");
    }

    #[test]
    fn valid_bytes_become_text() {
        assert_eq!(Text::from_bytes("é".into()).as_str(), Some("é"));
        assert_eq!(Text::from(&b"a"[..]), "a");
    }
}
