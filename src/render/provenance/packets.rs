//! OpenPGP packets one after the other (RFC 9580, section 4), with the rules of go-crypto's `packet.Reader` for those that it does
//! not know. What is in a packet is `pgp`'s to read.

use std::io;

use pgp::packet::{
    PacketHeader, PublicKey, PublicSubkey, SecretKey, SecretSubkey, Signature, UserId,
};
use pgp::types::Tag;

use super::OpenPgpError;
use super::signature;

/// A packet that says something here.
#[derive(Debug)]
pub(super) enum Packet {
    Primary(PublicKey),
    Subkey(PublicSubkey),
    UserId(UserId),
    Signature(Signature),
    /// A packet of another kind.
    Other,
}

/// Algorithms of keys that go-crypto knows.
const KEY_ALGORITHMS: [u8; 11] = [1, 2, 3, 16, 17, 18, 19, 22, 25, 26, 27];

/// The packets of some bytes.
#[derive(Debug)]
pub(super) struct Packets<'b> {
    rest: &'b [u8],
    /// Stands in for the end of the bytes.
    broken: Option<OpenPgpError>,
    unread: Option<Packet>,
}

impl<'b> Packets<'b> {
    pub(super) fn new(bytes: &'b [u8], broken: Option<OpenPgpError>) -> Self {
        Self {
            rest: bytes,
            broken,
            unread: None,
        }
    }

    /// Gives a packet back: it comes next.
    pub(super) fn unread(&mut self, packet: Packet) {
        self.unread = Some(packet);
    }

    /// The next packet; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Packet>, OpenPgpError> {
        if let Some(packet) = self.unread.take() {
            return Ok(Some(packet));
        }
        loop {
            let Some(first) = self.byte() else {
                return self.broken.take().map_or(Ok(None), Err);
            };
            if first & 0x80 == 0 {
                return Err(OpenPgpError::Structural(
                    "tag byte does not have MSB set".to_owned(),
                ));
            }
            let (tag, body) = if first & 0x40 == 0 {
                (first >> 2 & 0xf, self.old_body(first & 3))
            } else {
                (first & 0x3f, self.new_body())
            };
            // A trust packet or one that need not be known: whatever is in it, all of it or not.
            if tag == 12 || tag >= 40 {
                continue;
            }
            if let Some(packet) = read(tag, &body?)? {
                return Ok(Some(packet));
            }
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// Bytes that have to be there.
    fn take(&mut self, count: usize) -> Result<&'b [u8], OpenPgpError> {
        let Some((taken, rest)) = self.rest.split_at_checked(count) else {
            self.rest = &[];
            return Err(self.broken.clone().unwrap_or(OpenPgpError::Cut));
        };
        self.rest = rest;
        Ok(taken)
    }

    fn number(&mut self, bytes: usize) -> Result<usize, OpenPgpError> {
        let bytes = self.take(bytes)?.iter();
        Ok(bytes.fold(0, |number, byte| number << 8 | usize::from(*byte)))
    }

    fn old_body(&mut self, kind: u8) -> Result<Vec<u8>, OpenPgpError> {
        if kind == 3 {
            return Ok(std::mem::take(&mut self.rest).to_owned());
        }
        let length = self.number(1 << kind)?;
        self.take(length).map(<[u8]>::to_owned)
    }

    /// A body that may come in parts.
    fn new_body(&mut self) -> Result<Vec<u8>, OpenPgpError> {
        let mut body = Vec::new();
        loop {
            let first = self.number(1)?;
            let (length, is_last) = match first {
                0..192 => (first, true),
                192..224 => (((first - 192) << 8) + self.number(1)? + 192, true),
                224..255 => (1 << (first & 0x1f), false),
                _ => (self.number(4)?, true),
            };
            body.extend_from_slice(self.take(length)?);
            if is_last {
                return Ok(body);
            }
        }
    }
}

/// What a packet says; `None` for one that is passed over.
fn read(tag: u8, body: &[u8]) -> Result<Option<Packet>, OpenPgpError> {
    let header = |tag| PacketHeader::new_fixed(tag, body.len() as u32);
    let packet = match tag {
        2 => {
            if !signature::is_known(body)? {
                return Ok(None);
            }
            Signature::try_from_reader(header(Tag::Signature), body).map(Packet::Signature)
        }
        5 | 6 | 7 | 14 if !is_known_key(body)? => return Ok(None),
        5 => SecretKey::try_from_reader(header(Tag::SecretKey), body)
            .map(|key| Packet::Primary(key.public_key().clone())),
        6 => PublicKey::try_from_reader(header(Tag::PublicKey), body).map(Packet::Primary),
        7 => SecretSubkey::try_from_reader(header(Tag::SecretSubkey), body)
            .map(|key| Packet::Subkey(key.public_key().clone())),
        14 => PublicSubkey::try_from_reader(header(Tag::PublicSubkey), body).map(Packet::Subkey),
        10 => return Ok(None),
        13 => UserId::try_from_reader(header(Tag::UserId), body).map(Packet::UserId),
        1 | 3 | 4 | 8 | 9 | 11 | 17 | 18 | 20 | 21 => Ok(Packet::Other),
        tag => return Err(OpenPgpError::CriticalPacket(tag)),
    };
    match packet {
        Ok(Packet::Signature(signature)) => {
            signature::usable(signature).map(|signature| signature.map(Packet::Signature))
        }
        Ok(packet) => Ok(Some(packet)),
        Err(error) if is_cut(&error) => Err(OpenPgpError::Cut),
        // What `pgp` cannot use, as go-crypto passes over what it does not support.
        Err(_) => Ok(None),
    }
}

/// Whether a key has a version and an algorithm that can be read.
fn is_known_key(body: &[u8]) -> Result<bool, OpenPgpError> {
    let (Some(version), Some(algorithm)) = (body.first(), body.get(5)) else {
        return Err(OpenPgpError::Cut);
    };
    Ok(*version == 4 && KEY_ALGORITHMS.contains(algorithm))
}

/// Whether a packet ends before it is complete.
fn is_cut(error: &pgp::errors::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return error.kind() == io::ErrorKind::UnexpectedEof;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The packets of bytes as words, with the error that ends them.
    fn words(bytes: &[u8]) -> String {
        let mut packets = Packets::new(bytes, None);
        let mut words = Vec::new();
        loop {
            words.push(match packets.next() {
                Ok(Some(Packet::UserId(id))) => String::from_utf8_lossy(id.id()).into_owned(),
                Ok(Some(Packet::Other)) => "other".to_owned(),
                Ok(Some(packet)) => format!("{packet:?}"),
                Ok(None) => return words.join(", "),
                Err(error) => {
                    words.push(error.to_string());
                    return words.join(", ");
                }
            });
        }
    }

    #[test]
    fn lengths_come_in_five_forms() {
        let long = "x".repeat(200);
        let longer = "y".repeat(9_000);
        let mut bytes =
            b"\xb4\x01a\xb5\x00\x01b\xb6\x00\x00\x00\x01c\xcd\x01d\xcd\xc0\x08".to_vec();
        bytes.extend(long.bytes());
        bytes.extend(b"\xcd\xff\x00\x00\x23\x28");
        bytes.extend(longer.bytes());
        // In parts: two bytes, four, one.
        bytes.extend(b"\xcd\xe1ab\xe2cdef\x01g");
        bytes.extend(b"\xb7the rest");
        let expected = format!("a, b, c, d, {long}, {longer}, abcdefg, the rest");
        assert_eq!(words(&bytes), expected);
    }

    #[test]
    fn packets_that_need_not_be_known_are_passed_over() {
        let skipped = b"\xb0\x01x\xe8\x01x\xca\x03PGP\xc6\x06\x05.....\xc6\x06\x04....\x63";
        assert_eq!(words(&[skipped, &b"\xcd\x01a"[..]].concat()), "a");
        assert_eq!(words(b"\xcb\x01x\xd1\x01x"), "other, other");
        // A trust packet may end too early.
        assert_eq!(words(b"\xb0\x09x"), "");
    }

    #[test]
    fn what_is_no_packet_is_an_error() {
        for (bytes, expected) in [
            (
                &b"\xcd\x01ax"[..],
                "a, openpgp: invalid data: tag byte does not have MSB set",
            ),
            (b"\xd3\x01x", "openpgp: unknown critical packet type: 19"),
            (b"\xcd", "unexpected EOF"),
            (b"\xcd\x02x", "unexpected EOF"),
            (b"\xcd\xff\x00", "unexpected EOF"),
            (b"\xcd\xfe", "unexpected EOF"),
            (b"\xc6\x02\x04x", "unexpected EOF"),
            (b"\xc6\x07\x04....\x01\x08", "unexpected EOF"),
            (b"\xc2\x01\x04", "unexpected EOF"),
        ] {
            assert_eq!(words(bytes), expected, "{bytes:?}");
        }
        let broken = Some(OpenPgpError::Base64(7));
        let mut packets = Packets::new(b"\xcd\x02x", broken);
        assert_eq!(packets.next().unwrap_err(), OpenPgpError::Base64(7));
    }
}
