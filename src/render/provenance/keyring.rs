//! Keys with what they say about themselves (go-crypto's `keys.go`): what is not signed by the key itself does not count.

use pgp::packet::{PublicKey, PublicSubkey, Signature, UserId};
use pgp::types::{KeyDetails, Tag, VerifyingKey};

use super::OpenPgpError;
use super::armor::{Lines, is_armored};
use super::keybox;
use super::packets::{Packet, Packets};
use super::signature::{created, has_flags, is_of, kind, lets_sign, revoke};

const PUBLIC: &str = "PGP PUBLIC KEY BLOCK";
const PRIVATE: &str = "PGP PRIVATE KEY BLOCK";

/// The types of signatures below a name.
const CERTIFICATIONS: [u8; 5] = [0x10, 0x11, 0x12, 0x13, 0x30];
const REVOKES_NAME: u8 = 0x30;
const BINDS_SUBKEY: u8 = 0x18;
const REVOKES_SUBKEY: u8 = 0x28;
const REVOKES_KEY: u8 = 0x20;

/// The keys that signatures are checked with.
#[derive(Debug, Default)]
pub(super) struct Keyring {
    entities: Vec<Entity>,
}

/// A key with its names and subkeys.
#[derive(Debug)]
pub(super) struct Entity {
    pub(super) key: PublicKey,
    identities: Vec<Identity>,
    revocations: Vec<Signature>,
    subkeys: Vec<Subkey>,
}

#[derive(Debug)]
struct Identity {
    name: Vec<u8>,
    signature: Option<Signature>,
    revocations: Vec<Signature>,
}

#[derive(Debug)]
pub(super) struct Subkey {
    pub(super) key: PublicSubkey,
    pub(super) signature: Signature,
    revocations: Vec<Signature>,
}

/// A key that may sign.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signer<'k> {
    pub(super) entity: &'k Entity,
    /// The signature by which the primary key stands.
    pub(super) signature: &'k Signature,
    pub(super) subkey: Option<&'k Subkey>,
}

impl Keyring {
    /// Reads a keyring: packets, armored packets, or a keybox.
    pub(super) fn read(bytes: &[u8], shown: &str) -> Result<Self, String> {
        if keybox::is_keybox(bytes) {
            let keys =
                keybox::keys(bytes).map_err(|why| format!("reading keybox {shown}: {why}"))?;
            return Self::of_packets(Packets::new(&keys, None)).map_err(|error| error.to_string());
        }
        if is_armored(bytes) {
            return Self::of_armor(bytes)
                .map_err(|why| format!("reading armored keyring {shown}: {why}"));
        }
        Self::of_packets(Packets::new(bytes, None)).map_err(|error| error.to_string())
    }

    fn of_armor(bytes: &[u8]) -> Result<Self, String> {
        let mut ring = Self::default();
        let mut lines = Lines::new(bytes);
        while let Some(block) = lines.next_block() {
            if block.kind != PUBLIC && block.kind != PRIVATE {
                let kind = chart::go_quote(&block.kind);
                return Err(format!(
                    "expected a public or private key block, got {kind}"
                ));
            }
            let keys = Self::of_packets(Packets::new(&block.bytes, block.broken))
                .map_err(|error| error.to_string())?;
            ring.entities.extend(keys.entities);
        }
        if ring.entities.is_empty() {
            return Err("no keys found".to_owned());
        }
        Ok(ring)
    }

    /// A key that is broken is passed over, unless there is no other.
    fn of_packets(mut packets: Packets<'_>) -> Result<Self, OpenPgpError> {
        let mut ring = Self::default();
        let mut passed_over = None;
        loop {
            match entity(&mut packets) {
                Ok(Some(entity)) => ring.entities.push(entity),
                Ok(None) => break,
                Err(error @ OpenPgpError::Structural(_)) => {
                    passed_over = Some(error);
                    if !skip_to_key(&mut packets)? {
                        break;
                    }
                }
                Err(error) => return Err(error),
            }
        }
        match passed_over {
            Some(error) if ring.entities.is_empty() => Err(error),
            _ => Ok(ring),
        }
    }

    /// The keys of this number that may sign.
    pub(super) fn signers(&self, id: [u8; 8]) -> Vec<Signer<'_>> {
        let is_it = |key: &dyn KeyDetails| *key.legacy_key_id().as_ref() == id;
        let mut found = Vec::new();
        for entity in &self.entities {
            let Some(signature) = entity.self_signature() else {
                continue;
            };
            let signer = |subkey| Signer {
                entity,
                signature,
                subkey,
            };
            if is_it(&entity.key) && lets_sign(signature) {
                found.push(signer(None));
            }
            let subkeys = entity.subkeys.iter();
            let subkeys =
                subkeys.filter(|subkey| is_it(&subkey.key) && lets_sign(&subkey.signature));
            found.extend(subkeys.map(|subkey| signer(Some(subkey))));
        }
        found
    }
}

impl Entity {
    /// The name that counts: one that is not revoked, that is marked as the first, that is the newest.
    fn identity(&self) -> Option<&Identity> {
        self.identities.iter().max_by_key(|identity| {
            let signature = identity.signature.as_ref();
            (
                std::cmp::Reverse(identity.revocations.len()),
                signature.is_some_and(Signature::is_primary),
                signature.map(created),
            )
        })
    }

    fn self_signature(&self) -> Option<&Signature> {
        self.identity()?.signature.as_ref()
    }

    /// Whether the key or the name that counts is revoked.
    pub(super) fn is_revoked(&self, now: i64) -> bool {
        let identity = self.identity();
        revoke(&self.revocations, now)
            || identity.is_some_and(|identity| revoke(&identity.revocations, now))
    }
}

impl Subkey {
    pub(super) fn is_revoked(&self, now: i64) -> bool {
        revoke(&self.revocations, now)
    }
}

/// Whether another key follows: packets are passed over up to it.
fn skip_to_key(packets: &mut Packets<'_>) -> Result<bool, OpenPgpError> {
    while let Some(packet) = packets.next()? {
        if matches!(packet, Packet::Primary(_)) {
            packets.unread(packet);
            return Ok(true);
        }
    }
    Ok(false)
}

fn structural<T>(why: impl Into<String>) -> Result<T, OpenPgpError> {
    Err(OpenPgpError::Structural(why.into()))
}

/// A key and what belongs to it; `None` at the end.
fn entity(packets: &mut Packets<'_>) -> Result<Option<Entity>, OpenPgpError> {
    let key = match packets.next()? {
        None => return Ok(None),
        Some(Packet::Primary(key)) => key,
        Some(packet) => {
            packets.unread(packet);
            return structural("first packet was not a public/private key");
        }
    };
    if matches!(u8::from(key.algorithm()), 2 | 16 | 18) {
        return structural("primary key cannot be used for signatures");
    }
    let mut entity = Entity {
        key,
        identities: Vec::new(),
        revocations: Vec::new(),
        subkeys: Vec::new(),
    };
    while let Some(packet) = packets.next()? {
        match packet {
            Packet::UserId(id) => add_name(&mut entity, packets, &id)?,
            Packet::Signature(signature) if kind(&signature) == REVOKES_KEY => {
                entity.revocations.push(signature);
            }
            Packet::Subkey(key) => add_subkey(&mut entity, packets, key)?,
            Packet::Primary(_) => {
                packets.unread(packet);
                break;
            }
            Packet::Signature(_) | Packet::Other => {}
        }
    }
    if entity.identities.is_empty() {
        return structural("v4 entity without any identities");
    }
    let is_own = |revocation: &Signature| revocation.verify_key(&entity.key).is_ok();
    if !entity.revocations.iter().all(is_own) {
        return structural("revocation signature signed by alternate key");
    }
    Ok(Some(entity))
}

/// A name counts once the key itself has signed it.
fn add_name(
    entity: &mut Entity,
    packets: &mut Packets<'_>,
    id: &UserId,
) -> Result<(), OpenPgpError> {
    let mut identity = Identity {
        name: id.id().to_owned(),
        signature: None,
        revocations: Vec::new(),
    };
    let mut is_signed = false;
    while let Some(signature) = next_signature(packets)? {
        if !CERTIFICATIONS.contains(&kind(&signature)) {
            return structural("user ID signature with wrong type");
        }
        if !is_of(&signature, &entity.key) {
            continue;
        }
        if signature
            .verify_certification(&entity.key, Tag::UserId, id)
            .is_err()
        {
            let why = failure(&entity.key);
            return structural(format!("user ID self-signature invalid: {why}"));
        }
        is_signed = true;
        if kind(&signature) == REVOKES_NAME {
            identity.revocations.push(signature);
        } else if is_newer(&signature, identity.signature.as_ref()) {
            identity.signature = Some(signature);
        }
    }
    if is_signed {
        entity
            .identities
            .retain(|other| other.name != identity.name);
        entity.identities.push(identity);
    }
    Ok(())
}

fn add_subkey(
    entity: &mut Entity,
    packets: &mut Packets<'_>,
    key: PublicSubkey,
) -> Result<(), OpenPgpError> {
    let mut binding = None;
    let mut revocations = Vec::new();
    loop {
        let signature = match next_signature(packets) {
            Ok(Some(signature)) => signature,
            Ok(None) => break,
            Err(error) => return structural(format!("subkey signature invalid: {error}")),
        };
        if ![BINDS_SUBKEY, REVOKES_SUBKEY].contains(&kind(&signature)) {
            return structural("subkey signature with wrong type");
        }
        if let Err(error) = check_binding(&entity.key, &key, &signature) {
            return structural(format!("subkey signature invalid: {error}"));
        }
        if kind(&signature) == REVOKES_SUBKEY {
            revocations.push(signature);
        } else if is_newer(&signature, binding.as_ref()) {
            binding = Some(signature);
        }
    }
    let Some(signature) = binding else {
        return structural("subkey packet not followed by signature");
    };
    entity.subkeys.push(Subkey {
        key,
        signature,
        revocations,
    });
    Ok(())
}

/// A subkey that signs has to say so itself: else one could claim another's.
fn check_binding(
    primary: &PublicKey,
    key: &PublicSubkey,
    signature: &Signature,
) -> Result<(), OpenPgpError> {
    if signature.verify_subkey_binding(primary, key).is_err() {
        return Err(failure(primary));
    }
    if !(has_flags(signature) && signature.key_flags().sign()) {
        return Ok(());
    }
    let Some(inner) = signature.embedded_signature() else {
        return structural("signing subkey is missing cross-signature");
    };
    if inner.verify_primary_key_binding(key, primary).is_err() {
        let why = failure(key);
        return structural(format!("error while verifying cross-signature: {why}"));
    }
    Ok(())
}

fn next_signature(packets: &mut Packets<'_>) -> Result<Option<Signature>, OpenPgpError> {
    match packets.next()? {
        Some(Packet::Signature(signature)) => Ok(Some(signature)),
        Some(packet) => {
            packets.unread(packet);
            Ok(None)
        }
        None => Ok(None),
    }
}

fn is_newer(signature: &Signature, other: Option<&Signature>) -> bool {
    other.is_none_or(|other| created(signature) > created(other))
}

/// A signature of this key that does not fit.
pub(super) fn failure(key: &impl VerifyingKey) -> OpenPgpError {
    let algorithm = match u8::from(key.algorithm()) {
        1 | 3 => "RSA",
        17 => "DSA",
        19 => "ECDSA",
        22 => "EdDSA",
        27 => "Ed25519",
        _ => "ed448",
    };
    OpenPgpError::Signature(format!("{algorithm} verification failure"))
}
