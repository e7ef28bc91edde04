//! Provenance: whether a packed chart is the one that somebody of a keyring signed (`VerifyChart` of
//! `pkg/downloader/chart_downloader.go` and `pkg/provenance` of helm.sh/helm/v4 4.3.1, which reads OpenPGP with
//! ProtonMail/go-crypto 1.4.1; what it accepts and what it says is what stands here).
//!
//! - `clearsign.rs`, `armor.rs`: the signed text and its signature.
//! - `packets.rs`, `signature.rs`: OpenPGP; what is in a packet and the arithmetic are `pgp`'s.
//! - `keyring.rs`, `keybox.rs`: who may have signed.
//! - `chart::provenance_sums`: what the text says about the chart.
//!
//! Keys of version 6 and the brainpool curves are not there: such a key is passed over, as Helm does with what it does not know.

mod armor;
mod clearsign;
mod keybox;
mod keyring;
mod packets;
mod signature;

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use chart::Error;
use jiff::Timestamp;
use pgp::packet::Signature;
use pgp::ser::Serialize as _;
use pgp::types::VerifyingKey;

use self::clearsign::Clearsigned;
use self::keyring::{Keyring, Signer};
use self::packets::{Packet, Packets};
use super::dependency::package_digest;

/// The most that a provenance file may weigh: it holds a Chart.yaml and sums.
pub const PROVENANCE_LIMIT: u64 = 8 << 20;

/// The most that a keyring may weigh: the one of all Debian developers is a quarter of it.
const KEYRING_LIMIT: u64 = 128 << 20;

/// The most that a packed chart may weigh, as Helm has it for those that it fetches.
const ARCHIVE_LIMIT: u64 = 20 << 20;

/// The smallest RSA key that may sign.
const MIN_RSA_BITS: u16 = 1024;

/// Who is trusted, and when that is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trust {
    /// The keyring as it was typed.
    pub keyring: PathBuf,
    /// The folder that it is relative to.
    pub folder: PathBuf,
    /// The time by which keys and signatures may be over.
    pub now: Timestamp,
}

impl Trust {
    /// Checks a packed chart on the disk, which has its provenance beside it; the bytes that were checked.
    ///
    /// # Errors
    /// Helm's texts.
    pub fn check_file(&self, path: &Path) -> Result<Vec<u8>, Error> {
        let stat =
            |path: &Path| std::fs::metadata(path).map_err(|source| io_error("stat", path, source));
        if stat(path)?.is_dir() {
            return Err(other("unpacked charts cannot be verified"));
        }
        check_ending(&path.to_string_lossy())?;
        let mut beside = path.as_os_str().to_owned();
        beside.push(".prov");
        let beside = PathBuf::from(beside);
        stat(&beside).map_err(|error| {
            other(format!(
                "could not load provenance file {}: {error}",
                beside.display()
            ))
        })?;
        let keyring = self.keyring()?;
        let archive = read(path, path, ARCHIVE_LIMIT)
            .map_err(|error| other(format!("failed to read chart archive: {error}")))?;
        let provenance = read(&beside, &beside, PROVENANCE_LIMIT)
            .map_err(|error| other(format!("failed to read provenance file: {error}")))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        check(&keyring, &name, &archive, &provenance, self.now)?;
        Ok(archive)
    }

    /// Checks a packed chart that was fetched as `name`.
    ///
    /// # Errors
    /// Helm's texts.
    pub fn check(&self, name: &str, archive: &[u8], provenance: &[u8]) -> Result<(), Error> {
        check_ending(name)?;
        check(&self.keyring()?, name, archive, provenance, self.now)
    }

    fn keyring(&self) -> Result<Keyring, Error> {
        let failed = |why: String| other(format!("failed to load keyring: {why}"));
        let bytes = read(
            &self.folder.join(&self.keyring),
            &self.keyring,
            KEYRING_LIMIT,
        )
        .map_err(|error| failed(error.to_string()))?;
        Keyring::read(&bytes, &self.keyring.to_string_lossy()).map_err(failed)
    }
}

/// Checks a packed chart by the bytes of its provenance and of a keyring: for those who have no files.
///
/// # Errors
/// Helm's texts.
pub fn check_bytes(
    keyring: &[u8],
    name: &str,
    archive: &[u8],
    provenance: &[u8],
    now: Timestamp,
) -> Result<(), Error> {
    let keyring = Keyring::read(keyring, "keyring")
        .map_err(|why| other(format!("failed to load keyring: {why}")))?;
    check(&keyring, name, archive, provenance, now)
}

fn check(
    keyring: &Keyring,
    name: &str,
    archive: &[u8],
    provenance: &[u8],
    now: Timestamp,
) -> Result<(), Error> {
    let message =
        clearsign::decode(provenance).ok_or_else(|| other("signature block not found"))?;
    check_signature(keyring, &message, now.as_second())
        .map_err(|error| other(error.to_string()))?;
    let sums = chart::provenance_sums(&message.text)?;
    let sum = format!("sha256:{}", package_digest(archive));
    match sums.get(name) {
        Some(said) if *said == sum => Ok(()),
        Some(said) => Err(other(format!(
            "sha256 sum does not match for {name}: {} != {}",
            chart::go_quote(said),
            chart::go_quote(&sum)
        ))),
        None => Err(other(format!(
            "provenance does not contain a SHA for a file named {}",
            chart::go_quote(name)
        ))),
    }
}

/// The first signature whose key is there decides.
fn check_signature(keyring: &Keyring, message: &Clearsigned, now: i64) -> Result<(), OpenPgpError> {
    let armor = &message.signature;
    let mut packets = Packets::new(&armor.bytes, armor.broken.clone());
    loop {
        let signature = match packets.next()? {
            None => return Err(OpenPgpError::UnknownIssuer),
            Some(Packet::Signature(signature)) => signature,
            Some(_) => {
                return Err(OpenPgpError::Structural(
                    "non signature packet found".to_owned(),
                ));
            }
        };
        let Some(id) = signature::issuer(&signature) else {
            return Err(OpenPgpError::Structural(
                "signature doesn't have an issuer".to_owned(),
            ));
        };
        // Helm's library tries the others only with a hash that is spent.
        if let Some(signer) = keyring.signers(id).first() {
            return check_by(signer, &signature, &message.signed, now);
        }
    }
}

fn check_by(
    signer: &Signer<'_>,
    signature: &Signature,
    message: &[u8],
    now: i64,
) -> Result<(), OpenPgpError> {
    let kind = signature::kind(signature);
    if kind > 1 {
        return Err(OpenPgpError::Unsupported(format!(
            "unsupported signature type: {kind}"
        )));
    }
    match signer.subkey {
        Some(subkey) => check_with(&subkey.key, &subkey.key.to_bytes(), signature, message)?,
        None => check_with(
            &signer.entity.key,
            &signer.entity.key.to_bytes(),
            signature,
            message,
        )?,
    }
    let mut signatures = vec![signature, signer.signature];
    if let Some(subkey) = signer.subkey {
        signatures.push(&subkey.signature);
        signatures.extend(subkey.signature.embedded_signature());
    }
    let mut notations = signatures.iter();
    if let Some(name) = notations.find_map(|signature| signature::critical_notation(signature)) {
        return Err(OpenPgpError::Signature(format!(
            "unknown critical notation: {name}"
        )));
    }
    if signer.entity.is_revoked(now) || signer.subkey.is_some_and(|subkey| subkey.is_revoked(now)) {
        return Err(OpenPgpError::KeyRevoked);
    }
    let is_subkey_over =
        |subkey: &keyring::Subkey| signature::is_key_expired(&subkey.key, &subkey.signature, now);
    if signature::is_key_expired(&signer.entity.key, signer.signature, now)
        || signer.subkey.is_some_and(is_subkey_over)
    {
        return Err(OpenPgpError::KeyExpired);
    }
    let mut signatures = signatures.into_iter();
    if signatures.any(|signature| signature::is_expired(signature, now)) {
        return Err(OpenPgpError::SignatureExpired);
    }
    Ok(())
}

/// The arithmetic. `packet` is the key's.
fn check_with(
    key: &impl VerifyingKey,
    packet: &pgp::errors::Result<Vec<u8>>,
    signature: &Signature,
    message: &[u8],
) -> Result<(), OpenPgpError> {
    let config = signature.config();
    if config.is_none_or(|config| config.pub_alg != key.algorithm()) {
        return Err(OpenPgpError::Argument(
            "public key and signature use different algorithms",
        ));
    }
    // Behind version, time and algorithm stands the modulus, whose length in bits comes first.
    let is_rsa = matches!(u8::from(key.algorithm()), 1 | 3);
    let bits = packet.as_ref().ok().and_then(|packet| packet.get(6..8));
    let is_small = bits.is_none_or(|bits| u16::from_be_bytes([bits[0], bits[1]]) < MIN_RSA_BITS);
    if (is_rsa && is_small) || signature.verify(key, message).is_err() {
        return Err(keyring::failure(key));
    }
    Ok(())
}

/// What go-crypto says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum OpenPgpError {
    #[error("openpgp: invalid data: {0}")]
    Structural(String),
    #[error("openpgp: unsupported feature: {0}")]
    Unsupported(String),
    #[error("openpgp: invalid argument: {0}")]
    Argument(&'static str),
    #[error("openpgp: invalid signature: {0}")]
    Signature(String),
    #[error("openpgp: unknown critical packet type: {0}")]
    CriticalPacket(u8),
    #[error("openpgp: signature made by unknown entity")]
    UnknownIssuer,
    #[error("openpgp: signature made by revoked key")]
    KeyRevoked,
    #[error("openpgp: key expired")]
    KeyExpired,
    #[error("openpgp: signature expired")]
    SignatureExpired,
    #[error("unexpected EOF")]
    Cut,
    #[error("illegal base64 data at input byte {0}")]
    Base64(usize),
}

fn check_ending(name: &str) -> Result<(), Error> {
    // Go's `filepath.Ext`: from the last dot of the last part.
    let last = name.rsplit('/').next().unwrap_or_default();
    match last.rsplit_once('.') {
        Some((_, ending)) if ending.eq_ignore_ascii_case("tgz") => Ok(()),
        _ => Err(other("chart must be a tgz file")),
    }
}

fn read(path: &Path, shown: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    let failed = |operation| move |source| io_error(operation, shown, source);
    // An empty name is no file, not the folder that it is relative to.
    let path = if shown.as_os_str().is_empty() {
        shown
    } else {
        path
    };
    let file = File::open(path).map_err(failed("open"))?;
    let mut bytes = Vec::new();
    let mut file = file.take(limit + 1);
    file.read_to_end(&mut bytes).map_err(failed("read"))?;
    if bytes.len() as u64 > limit {
        return Err(other(format!(
            "{} is larger than {limit} bytes",
            shown.display()
        )));
    }
    Ok(bytes)
}

fn io_error(operation: &'static str, path: &Path, source: std::io::Error) -> Error {
    Error::Io {
        operation,
        path: path.to_owned(),
        source,
    }
}

fn other(text: impl Into<String>) -> Error {
    Error::Other(text.into())
}

#[cfg(test)]
mod tests;
