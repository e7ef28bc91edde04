//! Passwords and encryption (sprig's crypto.go).

use aes::Aes256;
use aes::cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use gotpl::{Error, Function, IntKind, Text, Type, Value};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::args::{bytes, int, str};
use super::encoding::{base64_decode, base64_encode};
use super::random::Random;
use super::{Environment, Result};

const S: Type = Type::String;
const UINT32: Type = Type::Int(IntKind::Uint32);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::fixed("bcrypt", &[S], |context, args| {
        let random = &mut *Environment::of(context)?.random.borrow_mut();
        Ok(bcrypt_hash(bytes(args, 0), random)?.into())
    }),
    Function::fixed("htpasswd", &[S, S], |context, args| {
        htpasswd(args, &mut Environment::of(context)?.random.borrow_mut())
    }),
    Function::fixed("derivePassword", &[UINT32, S, S, S, S], |_, args| {
        derive_password(args)
    }),
    Function::fixed("encryptAES", &[S, S], |context, args| {
        let random = &mut *Environment::of(context)?.random.borrow_mut();
        encrypt(bytes(args, 0), bytes(args, 1), random)
    }),
    Function::fixed("decryptAES", &[S, S], |_, args| {
        decrypt(bytes(args, 0), bytes(args, 1))
    }),
];

/// The cost and the limit of Go's bcrypt.
const BCRYPT_COST: u32 = 10;
const BCRYPT_BYTES: usize = 72;

fn bcrypt_hash(password: &[u8], random: &mut Random) -> Result<String> {
    const FAILED: &str = "failed to encrypt string with bcrypt:";
    if password.len() > BCRYPT_BYTES {
        return Ok(format!("{FAILED} bcrypt: password length exceeds 72 bytes"));
    }
    let mut salt = [0; 16];
    random.fill(&mut salt)?;
    Ok(match bcrypt::hash_with_salt(password, BCRYPT_COST, salt) {
        Ok(parts) => parts.format_for_version(bcrypt::Version::TwoA),
        Err(error) => format!("{FAILED} {error}"),
    })
}

fn htpasswd(args: &[Value], random: &mut Random) -> Result {
    let user = str(args, 0);
    if user.contains(':') {
        return Ok(format!("invalid username: {user}").into());
    }
    Ok(format!("{user}:{}", bcrypt_hash(bytes(args, 1), random)?).into())
}

const SEED: &[u8] = b"com.lyndir.masterpassword";

/// The shapes of passwords of each kind (Master Password algorithm, version 1).
fn password_shapes(kind: &str) -> Option<&'static [&'static [u8]]> {
    Some(match kind {
        "maximum" => &[b"anoxxxxxxxxxxxxxxxxx", b"axxxxxxxxxxxxxxxxxno"],
        "long" => &[
            b"CvcvnoCvcvCvcv",
            b"CvcvCvcvnoCvcv",
            b"CvcvCvcvCvcvno",
            b"CvccnoCvcvCvcv",
            b"CvccCvcvnoCvcv",
            b"CvccCvcvCvcvno",
            b"CvcvnoCvccCvcv",
            b"CvcvCvccnoCvcv",
            b"CvcvCvccCvcvno",
            b"CvcvnoCvcvCvcc",
            b"CvcvCvcvnoCvcc",
            b"CvcvCvcvCvccno",
            b"CvccnoCvccCvcv",
            b"CvccCvccnoCvcv",
            b"CvccCvccCvcvno",
            b"CvcvnoCvccCvcc",
            b"CvcvCvccnoCvcc",
            b"CvcvCvccCvccno",
            b"CvccnoCvcvCvcc",
            b"CvccCvcvnoCvcc",
            b"CvccCvcvCvccno",
        ],
        "medium" => &[b"CvcnoCvc", b"CvcCvcno"],
        "short" => &[b"Cvcn"],
        "basic" => &[b"aaanaaan", b"aannaaan", b"aaannaaa"],
        "pin" => &[b"nnnn"],
        _ => return None,
    })
}

/// The characters that a letter of a shape stands for.
fn shape_characters(letter: u8) -> &'static [u8] {
    match letter {
        b'V' => b"AEIOU",
        b'C' => b"BCDFGHJKLMNPQRSTVWXYZ",
        b'v' => b"aeiou",
        b'c' => b"bcdfghjklmnpqrstvwxyz",
        b'a' => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
        b'n' => b"0123456789",
        b'o' => b"@&%?,=[]_:-+*$#!'^~;()/.",
        _ => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    }
}

fn derive_password(args: &[Value]) -> Result {
    let kind = str(args, 1);
    let Some(shapes) = password_shapes(&kind) else {
        return Ok(format!("cannot find password template {kind}").into());
    };
    let (password, user, site) = (bytes(args, 2), bytes(args, 3), bytes(args, 4));
    let failed = |error: &dyn std::fmt::Display| {
        Error::message(format!("failed to derive password: {error}"))
    };
    let salt = [SEED, &length(user), user].concat();
    // N = 2^15, r = 8, p = 2
    let params = scrypt::Params::new(15, 8, 2).map_err(|error| failed(&error))?;
    let mut key = [0; 64];
    scrypt::scrypt(password, &salt, &params, &mut key).map_err(|error| failed(&error))?;
    let counter = int(args, 0) as u32;
    let message = [SEED, &length(site), site, &counter.to_be_bytes()].concat();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|error| failed(&error))?;
    mac.update(&message);
    let seed = mac.finalize().into_bytes();
    let shape = shapes[usize::from(seed[0]) % shapes.len()];
    let derived = shape.iter().zip(&seed[1..]).map(|(letter, byte)| {
        let characters = shape_characters(*letter);
        characters[usize::from(*byte) % characters.len()]
    });
    Ok(Text::from_bytes(derived.collect()).into())
}

/// A length as the Master Password algorithm counts it in.
fn length(text: &[u8]) -> [u8; 4] {
    u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes()
}

const BLOCK: usize = 16;
const KEY: usize = 32;

/// AES-256 with the password as key, cut or filled with zeros.
fn cipher(password: &[u8]) -> Aes256 {
    let mut key = [0; KEY];
    let used = password.len().min(KEY);
    key[..used].copy_from_slice(&password[..used]);
    <Aes256 as KeyInit>::new(&Array::from(key))
}

fn xor(block: &[u8], mask: &[u8]) -> [u8; BLOCK] {
    std::array::from_fn(|index| {
        block.get(index).copied().unwrap_or(0) ^ mask.get(index).copied().unwrap_or(0)
    })
}

/// CBC with the padding of PKCS #7; the random first block goes in front.
fn encrypt(password: &[u8], text: &[u8], random: &mut Random) -> Result {
    if text.is_empty() {
        return Ok("".into());
    }
    let cipher = cipher(password);
    let padding = BLOCK - text.len() % BLOCK;
    let mut plain = text.to_vec();
    plain.resize(text.len() + padding, padding as u8);
    let mut previous = [0; BLOCK];
    random.fill(&mut previous)?;
    let mut encrypted = previous.to_vec();
    for chunk in plain.chunks(BLOCK) {
        let mut block = Array::from(xor(chunk, &previous));
        cipher.encrypt_block(&mut block);
        previous = block.into();
        encrypted.extend_from_slice(&previous);
    }
    Ok(base64_encode(&encrypted).into())
}

fn decrypt(password: &[u8], text: &[u8]) -> Result {
    if text.is_empty() {
        return Ok("".into());
    }
    let encrypted = base64_decode(text).map_err(Error::message)?;
    if encrypted.len() < BLOCK {
        let length = encrypted.len();
        return Err(Error::message(format!(
            "runtime error: slice bounds out of range [:{BLOCK}] with capacity {length}"
        )));
    }
    if encrypted.len() % BLOCK != 0 {
        return Err(Error::message("crypto/cipher: input not full blocks"));
    }
    let cipher = cipher(password);
    let mut plain = Vec::with_capacity(encrypted.len());
    for (chunk, previous) in encrypted.chunks(BLOCK).skip(1).zip(encrypted.chunks(BLOCK)) {
        let mut block = Array::from(xor(chunk, &[0; BLOCK]));
        cipher.decrypt_block(&mut block);
        let block: [u8; BLOCK] = block.into();
        plain.extend_from_slice(&xor(&block, previous));
    }
    let padding = plain.last().copied().map(usize::from);
    let kept = padding.and_then(|padding| plain.len().checked_sub(padding));
    let Some(kept) = kept else {
        return Err(Error::message("runtime error: slice bounds out of range"));
    };
    plain.truncate(kept);
    Ok(Text::from_bytes(plain).into())
}
