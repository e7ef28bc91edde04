//! Bytes of templates that are no UTF-8. Go's templates pass them on; ours are text, so such bytes travel as private characters.

use std::borrow::Cow;

use memchr::memmem;

/// The first of 256 characters of the last private plane, one for each byte.
const FIRST: u32 = 0x0010_F700;

/// The text of a template.
pub(crate) fn hide(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let hidden = chunk.invalid().iter().map(|byte| FIRST + u32::from(*byte));
        text.extend(hidden.filter_map(char::from_u32));
    }
    Cow::Owned(text)
}

/// The bytes of what was rendered.
pub(crate) fn show(rendered: &[u8]) -> Cow<'_, [u8]> {
    // All 256 characters begin with these bytes; hardly any text has them.
    const LEAD: &[u8] = &[0xF4, 0x8F];
    if memmem::find(rendered, LEAD).is_none() {
        return Cow::Borrowed(rendered);
    }
    let mut bytes = Vec::with_capacity(rendered.len());
    for chunk in rendered.utf8_chunks() {
        for character in chunk.valid().chars() {
            let hidden = u32::from(character).checked_sub(FIRST);
            match hidden.and_then(|byte| u8::try_from(byte).ok()) {
                Some(byte) => bytes.push(byte),
                None => bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        bytes.extend_from_slice(chunk.invalid());
    }
    Cow::Owned(bytes)
}

#[cfg(test)]
mod tests {
    use super::{hide, show};

    #[test]
    fn bytes_come_back_as_they_were() {
        for bytes in [&b"plain"[..], b"a\xFFb\xC3", "é\u{10FFFF}".as_bytes()] {
            assert_eq!(&*show(hide(bytes).as_bytes()), bytes);
        }
    }
}
