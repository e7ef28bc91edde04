//! Private keys: RSA and ECDSA on P-256. Ed25519 keys can be made, but no certificate of them.

use gotpl::Error;
use p256::SecretKey;
use p256::elliptic_curve::Generate;
use p256::pkcs8::DecodePrivateKey;
use rsa::pkcs1::{DecodeRsaPrivateKey, EncodeRsaPrivateKey};
use x509_cert::der::pem::LineEnding;

use super::super::random::Random;
use super::Result;
use crate::functions::encoding::base64_encode;

/// The size of the keys of `genPrivateKey "rsa"`, as in sprig.
const RSA_BITS: usize = 4096;

/// A key that can sign.
pub(super) enum PrivateKey {
    Rsa(Box<rsa::PrivateKey>),
    Ecdsa(Box<SecretKey>),
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::message(format!("failed to generate private key: {error}"))
}

impl PrivateKey {
    pub(super) fn generate_rsa(bits: usize, random: &mut Random) -> Result<Self> {
        let key = rsa::PrivateKey::new(random, bits)
            .map_err(|error| Error::message(format!("error generating rsa key: {error}")))?;
        Ok(Self::Rsa(Box::new(key)))
    }

    fn generate_ecdsa(random: &mut Random) -> Result<Self> {
        Ok(Self::Ecdsa(Box::new(
            SecretKey::try_generate_from_rng(random).map_err(failed)?,
        )))
    }

    /// Reads a key in PKCS#1, SEC 1 or PKCS#8.
    ///
    /// # Errors
    /// Sprig's text, without what its callers put in front.
    pub(super) fn from_pem(pem: &str) -> std::result::Result<Self, String> {
        let rsa = |key| Self::Rsa(Box::new(key));
        let ecdsa = |key| Self::Ecdsa(Box::new(key));
        match label(pem) {
            None => Err("no PEM data in input".to_owned()),
            Some("RSA PRIVATE KEY") => rsa::PrivateKey::from_pkcs1_pem(pem)
                .map(rsa)
                .map_err(|error| format!("parsing RSA private key from PEM: {error}")),
            Some("EC PRIVATE KEY") => SecretKey::from_sec1_pem(pem)
                .map(ecdsa)
                .map_err(|error| format!("parsing EC private key from PEM: {error}")),
            Some("PRIVATE KEY") => rsa::PrivateKey::from_pkcs8_pem(pem).map(rsa).or_else(|_| {
                SecretKey::from_pkcs8_pem(pem)
                    .map(ecdsa)
                    .map_err(|error| format!("decoding PEM as PKCS#8: {error}"))
            }),
            Some("DSA PRIVATE KEY") => Err("DSA keys are not supported".to_owned()),
            Some(other) => match other.strip_suffix(" PRIVATE KEY") {
                Some(kind) => Err(format!("invalid private key type {kind}")),
                None => Err(format!("no private key data in PEM block of type {other}")),
            },
        }
    }

    /// Writes the key as Go does: PKCS#1 or SEC 1.
    pub(super) fn to_pem(&self) -> Result<String> {
        let pem = match self {
            Self::Rsa(key) => key.to_pkcs1_pem(LineEnding::LF).map_err(failed)?,
            Self::Ecdsa(key) => key.to_sec1_pem(LineEnding::LF).map_err(failed)?,
        };
        Ok(pem.to_string())
    }
}

/// What a PEM block says it holds.
fn label(pem: &str) -> Option<&str> {
    let after = pem.split_once("-----BEGIN ")?.1;
    after.split_once("-----").map(|(label, _)| label)
}

/// `genPrivateKey`: a key as PEM, or a text about what is wrong.
pub(super) fn generate_pem(kind: &str, random: &mut Random) -> Result<String> {
    match kind {
        "" | "rsa" => PrivateKey::generate_rsa(RSA_BITS, random)?.to_pem(),
        "ecdsa" => PrivateKey::generate_ecdsa(random)?.to_pem(),
        "ed25519" => ed25519_pem(random),
        "dsa" => Err(Error::message("genPrivateKey: DSA keys are not supported")),
        other => Ok(format!("Unknown type {other}")),
    }
}

/// An Ed25519 key is any 32 bytes in the frame of RFC 8410, section 7.
fn ed25519_pem(random: &mut Random) -> Result<String> {
    const FRAME: [u8; 16] = [
        0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20,
    ];
    let mut seed = [0; 32];
    random.fill(&mut seed)?;
    let body = base64_encode(&[FRAME.as_slice(), &seed].concat());
    Ok(format!(
        "-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n"
    ))
}
