//! Signatures of `tests/cli/provenance`, made by gpg; the texts are those of helm 4.3.1 for the same files.

use std::fs;
use std::path::PathBuf;

use super::*;

fn fixture(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cli/provenance");
    fs::read(folder.join(name)).unwrap()
}

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn checked(keyring: &[u8], provenance: &[u8], now: &str) -> String {
    let archive = fixture("shop-1.0.0.tgz");
    match check_bytes(keyring, "shop-1.0.0.tgz", &archive, provenance, at(now)) {
        Ok(()) => "signed".to_owned(),
        Err(error) => error.to_string(),
    }
}

const NOW: &str = "2026-01-01T00:00:00Z";

#[test]
fn signatures_of_every_kind_are_checked() {
    for (provenance, expected) in [
        ("rsa", "signed"),
        ("ed25519", "signed"),
        ("p256", "signed"),
        ("dsa", "signed"),
        ("subkey", "signed"),
        ("sha1", "signed"),
        ("sha256", "signed"),
        ("two", "signed"),
        ("dashes", "signed"),
        ("checksum", "signed"),
        ("expired", "openpgp: key expired"),
        ("revoked", "openpgp: signature made by revoked key"),
        ("stranger", "openpgp: signature made by unknown entity"),
        ("short-lived", "openpgp: signature expired"),
        ("future", "openpgp: signature expired"),
        (
            "notation",
            "openpgp: invalid signature: unknown critical notation: critical@shop.example",
        ),
        (
            "tampered",
            "openpgp: invalid signature: RSA verification failure",
        ),
        ("truncated", "signature block not found"),
        ("no-end", "signature block not found"),
        (
            "other-file",
            "provenance does not contain a SHA for a file named \"shop-1.0.0.tgz\"",
        ),
        ("one-part", "message block must have at least two parts"),
    ] {
        let bytes = fixture(&format!("{provenance}.prov"));
        assert_eq!(
            checked(&fixture("keys.gpg"), &bytes, NOW),
            expected,
            "{provenance}"
        );
    }
    let wrong = checked(&fixture("keys.gpg"), &fixture("wrong-sum.prov"), NOW);
    assert!(
        wrong.starts_with("sha256 sum does not match for shop-1.0.0.tgz: \"sha256:01ba4719"),
        "{wrong}"
    );
}

#[test]
fn keyrings_come_in_three_forms() {
    let unknown = "openpgp: signature made by unknown entity";
    for (keyring, rsa, ed25519) in [
        ("rsa.gpg", "signed", unknown),
        ("rsa.asc", "signed", unknown),
        ("ed25519.gpg", unknown, "signed"),
        ("secret.gpg", unknown, "signed"),
        ("keys.kbx", "signed", "signed"),
        ("two.asc", "signed", "signed"),
        ("two-other.asc", "signed", "signed"),
        ("mute.gpg", unknown, unknown),
        ("subkey.gpg", unknown, unknown),
    ] {
        let found = ["rsa.prov", "ed25519.prov"]
            .map(|provenance| checked(&fixture(keyring), &fixture(provenance), NOW));
        assert_eq!(found, [rsa, ed25519], "{keyring}");
    }
    // A broken key is passed over where there is another.
    let both = [fixture("damaged.gpg"), fixture("ed25519.gpg")].concat();
    assert_eq!(checked(&both, &fixture("rsa.prov"), NOW), unknown);
    assert_eq!(checked(&both, &fixture("ed25519.prov"), NOW), "signed");
}

#[test]
fn what_is_no_keyring_is_told() {
    let cut_armor = &fixture("rsa.asc")[..400];
    let other_armor = b"-----BEGIN PGP SIGNATURE-----\n\niHUE\n-----END PGP SIGNATURE-----\n";
    for (keyring, expected) in [
        (
            &b"garbage\n"[..],
            "openpgp: invalid data: tag byte does not have MSB set",
        ),
        (&fixture("cut.gpg"), "unexpected EOF"),
        (
            &fixture("damaged.gpg"),
            "openpgp: invalid data: user ID self-signature invalid: openpgp: invalid signature: RSA verification failure",
        ),
        (
            &fixture("cut.kbx"),
            "reading keybox keyring: blob at offset 32 has length 783 exceeding the 68 remaining bytes",
        ),
        (cut_armor, "reading armored keyring keyring: unexpected EOF"),
        (
            other_armor,
            "reading armored keyring keyring: expected a public or private key block, got \"PGP SIGNATURE\"",
        ),
        (
            b"-----BEGIN PGP",
            "reading armored keyring keyring: no keys found",
        ),
        (
            &fixture("ed25519.gpg")[53..],
            "openpgp: invalid data: first packet was not a public/private key",
        ),
    ] {
        let found = checked(keyring, &fixture("rsa.prov"), NOW);
        assert_eq!(found, format!("failed to load keyring: {expected}"));
    }
    let found = checked(b"", &fixture("rsa.prov"), NOW);
    assert_eq!(found, "openpgp: signature made by unknown entity");
}

#[test]
fn time_is_the_callers() {
    for (provenance, now, expected) in [
        ("expired", "2024-01-01T23:59:59Z", "signed"),
        ("expired", "2024-01-02T00:00:01Z", "openpgp: key expired"),
        ("short-lived", "2024-01-02T05:59:59Z", "signed"),
        ("future", "2099-06-01T00:00:00Z", "signed"),
        ("rsa", "2024-01-01T03:00:00Z", "openpgp: signature expired"),
        ("rsa", "2023-01-01T00:00:00Z", "openpgp: key expired"),
    ] {
        let bytes = fixture(&format!("{provenance}.prov"));
        let found = checked(&fixture("keys.gpg"), &bytes, now);
        assert_eq!(found, expected, "{provenance} {now}");
    }
}

/// Whatever is changed in what is signed, the signature is none any more; whatever is changed elsewhere, nothing breaks.
#[test]
fn no_byte_of_the_signed_text_can_change() {
    let keyring = fixture("ed25519.gpg");
    let provenance = fixture("ed25519.prov");
    let text = String::from_utf8(provenance.clone()).unwrap();
    let from = text.find("\n\n").unwrap() + 2;
    let to = text.find("\n-----BEGIN PGP SIGNATURE").unwrap();
    for at in (0..provenance.len()).filter(|at| (from..to).contains(at) || at % 5 == 0) {
        let mut changed = provenance.clone();
        changed[at] ^= 1;
        let found = checked(&keyring, &changed, NOW);
        assert!(!(from..to).contains(&at) || found != "signed", "{at}");
    }
    for length in (0..keyring.len()).step_by(7) {
        let found = checked(&keyring[..length], &provenance, NOW);
        // Behind the names stands nothing that the key needs.
        assert!(found != "signed" || length > 200, "{length}");
    }
}

#[test]
fn files_are_looked_at_in_the_order_of_helm() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let trust = Trust {
        keyring: PathBuf::from("keys.gpg"),
        folder: folder.path().to_owned(),
        now: at(NOW),
    };
    let told = |name: &str| {
        let error = trust.check_file(&path(name)).unwrap_err().to_string();
        error.replace(&*folder.path().to_string_lossy(), "FOLDER")
    };
    fs::create_dir(path("a.tgz")).unwrap();
    assert_eq!(told("a.tgz"), "unpacked charts cannot be verified");
    fs::write(path("shop.tar"), "").unwrap();
    assert_eq!(told("shop.tar"), "chart must be a tgz file");
    let name = "shop-1.0.0.tgz";
    fs::write(path(name), fixture(name)).unwrap();
    assert_eq!(
        told(name),
        "could not load provenance file FOLDER/shop-1.0.0.tgz.prov: stat FOLDER/shop-1.0.0.tgz.prov: no such file or directory"
    );
    let beside = path("shop-1.0.0.tgz.prov");
    fs::write(&beside, fixture("rsa.prov")).unwrap();
    assert_eq!(
        told(name),
        "failed to load keyring: open keys.gpg: no such file or directory"
    );
    fs::write(path("keys.gpg"), fixture("keys.gpg")).unwrap();
    assert_eq!(trust.check_file(&path(name)).unwrap(), fixture(name));
    let file = File::create(&beside).unwrap();
    file.set_len(PROVENANCE_LIMIT + 1).unwrap();
    assert_eq!(
        told(name),
        "failed to read provenance file: FOLDER/shop-1.0.0.tgz.prov is larger than 8388608 bytes"
    );
    let file = File::create(path("keys.gpg")).unwrap();
    file.set_len(KEYRING_LIMIT + 1).unwrap();
    assert_eq!(
        told(name),
        "failed to load keyring: keys.gpg is larger than 134217728 bytes"
    );
}
