//! Text that is signed and stays readable (RFC 9580, section 7), as go-crypto's `clearsign.Decode` takes it.

use super::armor::{Armor, Lines};

const START: &[u8] = b"-----BEGIN PGP SIGNED MESSAGE-----";
const SIGNATURE: &[u8] = b"-----BEGIN PGP SIGNATURE-----";
const END: &[u8] = b"\n-----END PGP SIGNATURE-----";

/// The hashes that a `Hash` header may name.
const HASHES: [&str; 9] = [
    "MD5",
    "SHA1",
    "RIPEMD160",
    "SHA224",
    "SHA256",
    "SHA384",
    "SHA512",
    "SHA3-256",
    "SHA3-512",
];

/// A message and its signature.
#[derive(Debug)]
pub(super) struct Clearsigned {
    /// The text, its lines ended by `\n`.
    pub(super) text: Vec<u8>,
    /// The bytes that were signed: the lines parted by `\r\n`.
    pub(super) signed: Vec<u8>,
    pub(super) signature: Armor,
}

/// The first message in `bytes`; `None` when there is none, or when it is broken.
pub(super) fn decode(bytes: &[u8]) -> Option<Clearsigned> {
    let mut rest = after_start(bytes)?;
    if !take_line(&mut rest).is_empty() {
        return None;
    }
    take_headers(&mut rest)?;
    let mut lines: Vec<&[u8]> = Vec::new();
    loop {
        let here = rest;
        let line = take_line(&mut rest);
        if line.is_empty() && rest.is_empty() {
            return None;
        }
        if line == SIGNATURE {
            rest = here;
            break;
        }
        let line = line.strip_prefix(b"- ").unwrap_or(line);
        let blank = line.iter().rev().take_while(|byte| b" \t".contains(byte));
        lines.push(&line[..line.len() - blank.count()]);
    }
    if lines.is_empty() {
        return None;
    }
    let end = find(rest, END)? + END.len();
    Some(Clearsigned {
        text: lines.join(&b"\n"[..]),
        signed: lines.join(&b"\r\n"[..]),
        signature: Lines::new(&rest[..end]).next_block()?,
    })
}

/// What follows the first line that begins a message.
fn after_start(bytes: &[u8]) -> Option<&[u8]> {
    if let Some(rest) = bytes.strip_prefix(START) {
        return Some(rest);
    }
    let mut from = 0;
    loop {
        let at = from + find(&bytes[from..], START)?;
        if bytes[..at].ends_with(b"\n") {
            return Some(&bytes[at + START.len()..]);
        }
        from = at + 1;
    }
}

/// Takes the headers and the empty line behind them: `Hash` is the only one there may be.
fn take_headers(rest: &mut &[u8]) -> Option<()> {
    loop {
        if rest.is_empty() {
            return None;
        }
        let line = take_line(rest);
        if String::from_utf8_lossy(line).trim().is_empty() {
            return Some(());
        }
        if !line.iter().all(|byte| (0x20..=0x7e).contains(byte)) {
            return None;
        }
        let line = std::str::from_utf8(line).ok()?;
        let (key, values) = line.split_once(':')?;
        let is_known = |value: &str| {
            let value = value.trim().to_ascii_uppercase();
            HASHES.contains(&value.as_str())
        };
        if key.trim() != "Hash" || !values.split(',').all(is_known) {
            return None;
        }
    }
}

/// A line without its end, `\n` or `\r\n`.
fn take_line<'b>(rest: &mut &'b [u8]) -> &'b [u8] {
    let bytes: &'b [u8] = rest;
    let Some(at) = bytes.iter().position(|byte| *byte == b'\n') else {
        *rest = &[];
        return bytes;
    };
    let (line, after) = (&bytes[..at], &bytes[at + 1..]);
    *rest = after;
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAIL: &str =
        "-----BEGIN PGP SIGNATURE-----\n\niHUE\n=AAAA\n-----END PGP SIGNATURE-----\n";

    fn decoded(head: &str) -> Option<(String, String)> {
        let found = decode(format!("{head}{TAIL}").as_bytes())?;
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Some((text(found.text), text(found.signed)))
    }

    #[test]
    fn what_is_signed_is_the_text_without_what_transport_may_change() {
        let head = "words in front\n-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA512, SHA256\n\na \t\r\n- - b\n- -----BEGIN\n\n";
        let (text, signed) = decoded(head).unwrap();
        assert_eq!(text, "a\n- b\n-----BEGIN\n");
        assert_eq!(signed, "a\r\n- b\r\n-----BEGIN\r\n");
    }

    #[test]
    fn what_is_no_message_is_none() {
        for head in [
            "",
            "x-----BEGIN PGP SIGNED MESSAGE-----\n\na\n",
            "-----BEGIN PGP SIGNED MESSAGE----- \n\na\n",
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA999\n\na\n",
            "-----BEGIN PGP SIGNED MESSAGE-----\nComment: x\n\na\n",
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash SHA512\n\na\n",
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA\u{e9}\n\na\n",
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n",
            "-----BEGIN PGP SIGNED MESSAGE-----\n",
        ] {
            assert!(decoded(head).is_none(), "{head}");
        }
        let whole = format!("-----BEGIN PGP SIGNED MESSAGE-----\n\na\n{TAIL}");
        let end = whole.find("-----END").unwrap() + "-----END PGP SIGNATURE-----".len();
        for length in 0..end {
            assert!(decode(&whole.as_bytes()[..length]).is_none(), "{length}");
        }
        assert!(decode(whole.as_bytes()).is_some());
    }
}
