//! Provenance files, and keyrings in all three forms.
//!
//! Laws: the same input ends the same way; nothing counts as signed but the text that the keys of the tests have signed.

use jiff::Timestamp;
use landfall::render::provenance::check_bytes;

const NAME: &str = "shop-1.0.0.tgz";
const CHART: &[u8] = include_bytes!("../../tests/cli/provenance/shop-1.0.0.tgz");
const KEYS: &[u8] = include_bytes!("../../tests/cli/provenance/keys.gpg");
const SIGNED: &[u8] = include_bytes!("../../tests/cli/provenance/ed25519.prov");

/// The middle of 2024, when all keys but one are valid.
const NOW: Timestamp = Timestamp::constant(1_720_000_000, 0);

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let told = |keyring: &[u8], provenance: &[u8]| {
        check_bytes(keyring, NAME, CHART, provenance, NOW).map_err(|error| error.to_string())
    };
    let found = told(KEYS, bytes);
    assert_eq!(found, told(KEYS, bytes), "the same file ends the same way");
    if found.is_ok() {
        let sum = landfall::render::dependency::package_digest(CHART);
        let line = format!("\n  {NAME}: sha256:{sum}");
        let text = crate::text(bytes);
        assert!(text.contains(&line), "only what was signed counts");
    }
    if told(bytes, SIGNED).is_ok() {
        // A key can be written in several ways, but its point has to be in it.
        assert!(bytes.len() > 50, "a key has its bytes");
    }
}
