//! What a signature packet says, read as go-crypto's `packet.Signature` is.

use pgp::packet::{Signature, SignatureType, SubpacketData, SubpacketType};
use pgp::types::{Duration, Fingerprint, KeyDetails};

use super::OpenPgpError;

/// Algorithms and hashes of signatures that go-crypto knows.
const ALGORITHMS: [u8; 7] = [1, 3, 17, 19, 22, 27, 28];
const HASHES: [u8; 7] = [2, 8, 9, 10, 11, 12, 14];

/// Whether a packet is a signature that can be read.
pub(super) fn is_known(body: &[u8]) -> Result<bool, OpenPgpError> {
    let [version, rest @ ..] = body else {
        return Err(OpenPgpError::Cut);
    };
    if *version != 4 {
        return Ok(false);
    }
    let [_, algorithm, hash, ..] = rest else {
        return Err(OpenPgpError::Cut);
    };
    Ok(ALGORITHMS.contains(algorithm) && HASHES.contains(hash))
}

/// A signature, unless it wants something that go-crypto does not know, or is for its maker alone.
pub(super) fn usable(signature: Signature) -> Result<Option<Signature>, OpenPgpError> {
    let Some(config) = signature.config() else {
        return Ok(None);
    };
    for subpacket in config.hashed_subpackets() {
        let is_for_one = matches!(
            subpacket.data,
            SubpacketData::ExportableCertification(false)
        );
        if is_for_one || (subpacket.is_critical && !is_known_subpacket(subpacket.typ())) {
            return Ok(None);
        }
    }
    if signature.created().is_none() {
        return Err(OpenPgpError::Structural(
            "no creation time in signature".to_owned(),
        ));
    }
    match signature.embedded_signature().cloned() {
        Some(inner) if usable(inner.clone())?.is_none() => Ok(None),
        _ => Ok(Some(signature)),
    }
}

fn is_known_subpacket(kind: SubpacketType) -> bool {
    !matches!(
        kind,
        SubpacketType::Revocable
            | SubpacketType::RevocationKey
            | SubpacketType::SignatureTarget
            | SubpacketType::PreferredEncryptionModes
            | SubpacketType::Experimental(_)
            | SubpacketType::Other(_)
    )
}

/// Seconds since 1970.
pub(super) fn created(signature: &Signature) -> i64 {
    signature.created().map_or(0, |time| time.as_secs().into())
}

/// The key that is said to have made it.
pub(super) fn issuer(signature: &Signature) -> Option<[u8; 8]> {
    let config = signature.config()?;
    // Only a hint at the key whose arithmetic then has to fit: it need not be signed.
    let subpackets = config
        .hashed_subpackets()
        .chain(config.unhashed_subpackets());
    let ids = subpackets.filter_map(|subpacket| match &subpacket.data {
        SubpacketData::IssuerKeyId(id) => id.as_ref().try_into().ok(),
        SubpacketData::IssuerFingerprint(Fingerprint::V4(bytes)) => bytes[12..].try_into().ok(),
        _ => None,
    });
    ids.last()
}

/// Whether it is said to be made by this key.
pub(super) fn is_of(signature: &Signature, key: &impl KeyDetails) -> bool {
    match signature.issuer_fingerprint().last() {
        Some(fingerprint) => **fingerprint == key.fingerprint(),
        None => issuer(signature).is_some_and(|id| id == *key.legacy_key_id().as_ref()),
    }
}

/// Whether it says what a key is for.
pub(super) fn has_flags(signature: &Signature) -> bool {
    let is_flags = |data: &SubpacketData| matches!(data, SubpacketData::KeyFlags(_));
    signature.config().is_some_and(|config| {
        let mut subpackets = config.hashed_subpackets();
        subpackets.any(|subpacket| is_flags(&subpacket.data))
    })
}

/// Whether it lets a key sign.
pub(super) fn lets_sign(signature: &Signature) -> bool {
    has_flags(signature) && signature.key_flags().sign()
}

/// Whether it is over, or not begun.
pub(super) fn is_expired(signature: &Signature, now: i64) -> bool {
    let created = created(signature);
    let life = signature.signature_expiration_time();
    is_over(created, life.map(Duration::as_secs), now)
}

/// Whether a key is over by its own signature, or not begun.
pub(super) fn is_key_expired(key: &impl KeyDetails, signature: &Signature, now: i64) -> bool {
    let created = key.created_at().as_secs().into();
    let life = signature.key_expiration_time();
    is_over(created, life.map(Duration::as_secs), now)
}

fn is_over(created: i64, life: Option<u32>, now: i64) -> bool {
    let life = life.filter(|life| *life > 0);
    created > now || life.is_some_and(|life| now > created + i64::from(life))
}

/// Whether one of these revocations counts.
pub(super) fn revoke(revocations: &[Signature], now: i64) -> bool {
    use pgp::packet::RevocationCode::KeyCompromised;
    let counts = |signature: &Signature| {
        signature.revocation_reason_code() == Some(&KeyCompromised) || !is_expired(signature, now)
    };
    revocations.iter().any(counts)
}

/// The first notation that has to be understood: none is.
pub(super) fn critical_notation(signature: &Signature) -> Option<String> {
    let mut subpackets = signature.config()?.hashed_subpackets();
    subpackets.find_map(|subpacket| match &subpacket.data {
        SubpacketData::Notation(notation) if subpacket.is_critical => {
            Some(String::from_utf8_lossy(&notation.name).into_owned())
        }
        _ => None,
    })
}

/// Its type as a number.
pub(super) fn kind(signature: &Signature) -> u8 {
    signature
        .typ()
        .map_or(u8::MAX, |kind: SignatureType| kind.into())
}
