//! Checksums.

use gotpl::{Function, Type};
use sha2::{Digest, Sha256, Sha512};

use super::args::bytes;

const S: &[Type] = &[Type::String];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::fixed("sha1sum", S, |_, args| {
        Ok(hex(&sha1::Sha1::digest(bytes(args, 0))).into())
    }),
    Function::fixed("sha256sum", S, |_, args| {
        Ok(hex(&Sha256::digest(bytes(args, 0))).into())
    }),
    Function::fixed("sha512sum", S, |_, args| {
        Ok(hex(&Sha512::digest(bytes(args, 0))).into())
    }),
    Function::fixed("adler32sum", S, |_, args| {
        Ok(adler32(bytes(args, 0)).to_string().into())
    }),
];

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

/// RFC 1950, section 8.
fn adler32(bytes: &[u8]) -> u32 {
    const MODULUS: u32 = 65521;
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % MODULUS;
        b = (b + a) % MODULUS;
    }
    b << 16 | a
}
