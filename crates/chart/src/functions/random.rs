//! Random texts, from the operating system or from a seed.

use std::fmt::Write as _;

use chacha20::ChaCha20Rng;
use chacha20::rand_core::{SeedableRng as _, TryCryptoRng, TryRng};
use gotpl::limits::MAX_TEXT_BYTES;
use gotpl::{Error, Function, INT, Text, Type};
use sha2::{Digest as _, Sha256};

use super::args::{int, str};
use super::encoding::base64_encode;
use super::{Environment, Result};

const I: &[Type] = &[INT];

const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
const DIGITS: &[u8] = b"0123456789";

pub(super) const FUNCTIONS: &[Function] = &[
    Function::fixed("randAlphaNum", I, |context, args| {
        characters(
            Environment::of(context)?,
            int(args, 0),
            &[UPPER, LOWER, DIGITS].concat(),
        )
    }),
    Function::fixed("randAlpha", I, |context, args| {
        characters(
            Environment::of(context)?,
            int(args, 0),
            &[UPPER, LOWER].concat(),
        )
    }),
    Function::fixed("randNumeric", I, |context, args| {
        characters(Environment::of(context)?, int(args, 0), DIGITS)
    }),
    Function::fixed("randAscii", I, |context, args| {
        let printable: Vec<u8> = (b' '..=b'~').collect();
        characters(Environment::of(context)?, int(args, 0), &printable)
    }),
    Function::fixed("randBytes", I, |context, args| {
        let random = &mut *Environment::of(context)?.random.borrow_mut();
        let mut bytes = vec![0; count(int(args, 0))?];
        random.fill(&mut bytes)?;
        Ok(base64_encode(&bytes).into())
    }),
    Function::fixed("shuffle", &[Type::String], |context, args| {
        let random = &mut *Environment::of(context)?.random.borrow_mut();
        let mut characters: Vec<char> = str(args, 0).chars().collect();
        for last in (1..characters.len()).rev() {
            let other = random.below(last as u64 + 1)? as usize;
            characters.swap(last, other);
        }
        Ok(characters.into_iter().collect::<String>().into())
    }),
    Function::fixed("uuidv4", &[], |context, _| {
        let random = &mut *Environment::of(context)?.random.borrow_mut();
        let mut bytes = [0; 16];
        random.fill(&mut bytes)?;
        Ok(uuid(bytes).into())
    }),
];

/// A source of random numbers.
#[derive(Debug, Default)]
pub(crate) enum Random {
    /// The operating system's.
    #[default]
    System,
    /// The same ones in each run.
    Seeded(Box<ChaCha20Rng>),
}

impl Random {
    /// The numbers that follow from a seed and from what they are for.
    pub(crate) fn seeded(seed: &str, purpose: &str) -> Self {
        let mut hash = Sha256::new();
        for part in [seed, purpose] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Self::Seeded(Box::new(ChaCha20Rng::from_seed(hash.finalize().into())))
    }

    /// Fills a buffer.
    ///
    /// # Errors
    /// If the operating system has none to give.
    pub(super) fn fill(&mut self, bytes: &mut [u8]) -> Result<()> {
        self.try_fill_bytes(bytes)
            .map_err(|error| Error::message(format!("no random numbers: {error}")))
    }

    /// An even choice among the numbers below `bound`, which is not 0.
    pub(super) fn below(&mut self, bound: u64) -> Result<u64> {
        // Numbers of the last, incomplete round are drawn again: they would make small ones likelier.
        let rounds = u64::MAX - u64::MAX % bound.max(1);
        loop {
            let mut bytes = [0; 8];
            self.fill(&mut bytes)?;
            let number = u64::from_le_bytes(bytes);
            if number < rounds {
                return Ok(number % bound.max(1));
            }
        }
    }
}

impl TryRng for Random {
    type Error = getrandom::Error;

    fn try_next_u32(&mut self) -> std::result::Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> std::result::Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> std::result::Result<(), Self::Error> {
        match self {
            Self::System => getrandom::fill(bytes),
            Self::Seeded(numbers) => {
                let Ok(()) = numbers.try_fill_bytes(bytes);
                Ok(())
            }
        }
    }
}

impl TryCryptoRng for Random {}

fn count(count: i64) -> Result<usize> {
    match usize::try_from(count) {
        Ok(count) if count <= MAX_TEXT_BYTES => Ok(count),
        Ok(_) => Err(Error::message(format!(
            "more than {MAX_TEXT_BYTES} random bytes"
        ))),
        Err(_) => Err(Error::message("runtime error: makeslice: len out of range")),
    }
}

fn characters(environment: &Environment, length: i64, alphabet: &[u8]) -> Result {
    // Sprig drops the error for a negative length and keeps the empty text.
    let length = count(length.max(0))?;
    let mut random = environment.random.borrow_mut();
    let mut text = Vec::with_capacity(length);
    for _ in 0..length {
        let index = random.below(alphabet.len() as u64)? as usize;
        text.push(alphabet[index]);
    }
    Ok(Text::from_bytes(text).into())
}

/// The text of a random UUID (RFC 9562, version 4).
fn uuid(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
