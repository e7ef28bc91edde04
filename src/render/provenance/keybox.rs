//! GnuPG's `pubring.kbx`: keys between notes about them (`pkg/provenance/keybox.go`; GnuPG's `kbx/keybox-blob.c`).

const HEADER: u8 = 1;
const OPENPGP: u8 = 2;

/// Kept, but not part of the keyring.
const EPHEMERAL: u16 = 2;

/// Length and kind, which every blob has.
const MIN_BLOB: usize = 5;

/// Up to the length of the keys.
const OPENPGP_HEADER: usize = 16;

/// Whether bytes are a keybox.
pub(super) fn is_keybox(bytes: &[u8]) -> bool {
    bytes.get(4) == Some(&HEADER) && bytes.get(8..12) == Some(b"KBXf")
}

/// The OpenPGP keys of a keybox, one behind the other.
///
/// # Errors
/// Helm's texts.
pub(super) fn keys(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut keys = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.len() < MIN_BLOB {
            return Err(format!("truncated blob header at offset {at}"));
        }
        let length = number(rest, 0);
        if length < MIN_BLOB {
            return Err(format!("invalid blob length {length} at offset {at}"));
        }
        let Some(blob) = rest.get(..length) else {
            return Err(format!(
                "blob at offset {at} has length {length} exceeding the {} remaining bytes",
                rest.len()
            ));
        };
        if blob[4] == OPENPGP {
            if length < OPENPGP_HEADER {
                return Err(format!("OpenPGP blob at offset {at} is too short"));
            }
            let flags = u16::from_be_bytes([blob[6], blob[7]]);
            let start = number(blob, 8);
            let Some(key) = blob.get(start..start.saturating_add(number(blob, 12))) else {
                return Err(format!(
                    "OpenPGP blob at offset {at} has an out-of-range keyblock"
                ));
            };
            if flags & EPHEMERAL == 0 {
                keys.extend_from_slice(key);
            }
        }
        at += length;
    }
    if keys.is_empty() {
        return Err("keybox contains no OpenPGP keys".to_owned());
    }
    Ok(keys)
}

/// Four bytes of a blob that is long enough.
fn number(blob: &[u8], at: usize) -> usize {
    blob[at..at + 4]
        .iter()
        .fold(0, |number, byte| number << 8 | usize::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(kind: u8, flags: u8, start: u8, length: u8, key: &[u8]) -> Vec<u8> {
        let mut blob = vec![0, 0, 0, 16 + key.len() as u8, kind, 1, 0, flags];
        blob.extend([0, 0, 0, start, 0, 0, 0, length]);
        blob.extend(key);
        blob
    }

    #[test]
    fn keys_are_taken_out_of_their_blobs() {
        let header = [0, 0, 0, 12, HEADER, 1, 0, 0, b'K', b'B', b'X', b'f'];
        assert!(is_keybox(&header) && !is_keybox(&header[..11]) && !is_keybox(b""));
        let whole = |blobs: &[Vec<u8>]| keys(&[header.to_vec(), blobs.concat()].concat());
        let good = blob(OPENPGP, 0, 17, 2, b"-ab-");
        let ephemeral = blob(OPENPGP, 2, 16, 1, b"x");
        let other = blob(3, 0, 16, 1, b"x");
        let found = whole(&[good.clone(), ephemeral.clone(), other, good.clone()]);
        assert_eq!(found.unwrap(), b"abab");
        for (blobs, expected) in [
            (vec![ephemeral], "keybox contains no OpenPGP keys"),
            (vec![vec![0; 3]], "truncated blob header at offset 12"),
            (vec![vec![0; 5]], "invalid blob length 0 at offset 12"),
            (
                vec![good[..19].to_vec()],
                "blob at offset 12 has length 20 exceeding the 19 remaining bytes",
            ),
            (
                vec![vec![0, 0, 0, 5, OPENPGP]],
                "OpenPGP blob at offset 12 is too short",
            ),
            (
                vec![blob(OPENPGP, 0, 17, 4, b"abcd")],
                "OpenPGP blob at offset 12 has an out-of-range keyblock",
            ),
        ] {
            assert_eq!(whole(&blobs).unwrap_err(), expected);
        }
    }
}
