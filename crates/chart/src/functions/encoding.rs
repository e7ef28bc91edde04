//! Base64 and base32, in Go's standard alphabets with padding.

use gotpl::{Function, Text, Type, Value};

use super::args::bytes;

const S: &[Type] = &[Type::String];

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

pub(super) const FUNCTIONS: &[Function] = &[
    Function::fixed("b64enc", S, |_, args| {
        Ok(base64_encode(bytes(args, 0)).into())
    }),
    Function::fixed("b64dec", S, |_, args| {
        Ok(decoded(base64_decode(bytes(args, 0))))
    }),
    Function::fixed("b32enc", S, |_, args| {
        Ok(encode(bytes(args, 0), BASE32, 5).into())
    }),
    Function::fixed("b32dec", S, |_, args| {
        Ok(decoded(
            base32_decode(bytes(args, 0)).map_err(|at| corrupt("base32", at)),
        ))
    }),
];

/// Sprig gives the error's text in place of the result.
fn decoded(result: Result<Vec<u8>, String>) -> Value {
    match result {
        Ok(bytes) => Text::from_bytes(bytes).into(),
        Err(error) => error.into(),
    }
}

fn corrupt(name: &str, at: usize) -> String {
    format!("illegal {name} data at input byte {at}")
}

/// Encodes in base64.
pub(super) fn base64_encode(bytes: &[u8]) -> String {
    encode(bytes, BASE64, 6)
}

/// Decodes base64.
///
/// # Errors
/// Go's text with the place of the first byte that is wrong.
pub(super) fn base64_decode(text: &[u8]) -> Result<Vec<u8>, String> {
    decode(text, BASE64, 6).map_err(|at| corrupt("base64", at))
}

/// Decodes base32. Padding is looked at in the last eight characters only, and what follows it not at all; places are
/// counted without line breaks. The error is a position.
fn base32_decode(text: &[u8]) -> Result<Vec<u8>, usize> {
    const GROUP: usize = 8;
    let text: Vec<u8> = text
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, b'\n' | b'\r'))
        .collect();
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let mut digits: Vec<u64> = Vec::with_capacity(GROUP);
    for (at, byte) in text.iter().enumerate() {
        let rest = &text[at + 1..];
        let count = digits.len();
        if *byte == b'=' && count >= 2 && rest.len() < GROUP {
            if rest.len() + count < GROUP - 1 {
                return Err(text.len());
            }
            let padding = &rest[..(GROUP - 1 - count).min(rest.len())];
            if let Some(wrong) = padding.iter().position(|byte| *byte != b'=') {
                return Err(at + wrong);
            }
            if matches!(count, 3 | 6) {
                return Err(at);
            }
            push(&mut bytes, &digits, 5);
            return Ok(bytes);
        }
        let digit = BASE32.iter().position(|letter| letter == byte).ok_or(at)?;
        digits.push(digit as u64);
        if digits.len() == GROUP {
            push(&mut bytes, &digits, 5);
            digits.clear();
        }
    }
    if digits.is_empty() {
        return Ok(bytes);
    }
    Err(text.len() - digits.len())
}

/// How many characters make a group: 4 of 6 bits, 8 of 5 bits.
fn group(bits: usize) -> usize {
    if bits == 6 { 4 } else { 8 }
}

fn encode(bytes: &[u8], alphabet: &[u8], bits: usize) -> String {
    let group = group(bits);
    let mut text = String::with_capacity(bytes.len() * 8 / bits + group);
    for chunk in bytes.chunks(group * bits / 8) {
        let mut buffer: u64 = 0;
        for byte in chunk {
            buffer = buffer << 8 | u64::from(*byte);
        }
        let used = (chunk.len() * 8).div_ceil(bits);
        buffer <<= used * bits - chunk.len() * 8;
        for index in (0..used).rev() {
            let digit = buffer >> (index * bits) & ((1 << bits) - 1);
            text.push(char::from(alphabet[digit as usize]));
        }
        text.extend(std::iter::repeat_n('=', group - used));
    }
    text
}

/// Decodes as Go does: line breaks are skipped, padding has to be there and complete. The error is a position.
fn decode(text: &[u8], alphabet: &[u8], bits: usize) -> Result<Vec<u8>, usize> {
    let group = group(bits);
    let mut bytes = Vec::with_capacity(text.len() * bits / 8);
    let mut characters = text
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, byte)| !matches!(byte, b'\n' | b'\r'));
    let mut digits: Vec<u64> = Vec::with_capacity(group);
    while let Some((at, byte)) = characters.next() {
        if byte == b'=' {
            let padding = group - digits.len();
            if digits.is_empty() || (digits.len() * bits % 8 >= bits) {
                return Err(at);
            }
            for _ in 1..padding {
                match characters.next() {
                    Some((_, b'=')) => {}
                    Some((at, _)) => return Err(at - 1),
                    None => return Err(text.len()),
                }
            }
            if let Some((at, _)) = characters.next() {
                return Err(at);
            }
            push(&mut bytes, &digits, bits);
            return Ok(bytes);
        }
        let digit = alphabet
            .iter()
            .position(|letter| *letter == byte)
            .ok_or(at)?;
        digits.push(digit as u64);
        if digits.len() == group {
            push(&mut bytes, &digits, bits);
            digits.clear();
        }
    }
    if digits.is_empty() {
        return Ok(bytes);
    }
    // An incomplete group without padding: Go points at where it began.
    Err(text.len() - digits.len())
}

fn push(bytes: &mut Vec<u8>, digits: &[u64], bits: usize) {
    let mut buffer: u64 = 0;
    for digit in digits {
        buffer = buffer << bits | digit;
    }
    let total = digits.len() * bits;
    buffer >>= total % 8;
    for index in (0..total / 8).rev() {
        bytes.push((buffer >> (index * 8)) as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wrong_input_is_told_as_go_tells_it() {
        for (text, at) in [
            ("!", 0),
            ("aGk", 0),
            ("aGk=x", 4),
            ("a===", 1),
            ("aGVsbG8", 4),
        ] {
            assert_eq!(
                base64_decode(text.as_bytes()).unwrap_err(),
                corrupt("base64", at),
                "{text}"
            );
        }
        assert_eq!(base64_decode(b"aGVs\nbG8=").unwrap(), b"hello");
    }

    proptest! {
        #[test]
        fn decoding_undoes_encoding(bytes: Vec<u8>) {
            prop_assert_eq!(base64_decode(base64_encode(&bytes).as_bytes()).unwrap(), bytes.clone());
            prop_assert_eq!(base32_decode(encode(&bytes, BASE32, 5).as_bytes()).unwrap(), bytes);
        }
    }
}
