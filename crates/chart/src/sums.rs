//! The sums of a provenance file: what stands behind the metadata in its signed text (`pkg/provenance/sign.go`).

use std::collections::BTreeMap;

use goyaml::Value;

use crate::Error;
use crate::decode::{self, Decoded};

/// What parts the metadata from the sums.
const SEPARATOR: &[u8] = b"\n...\n";

/// The sums of files by their names, of the text that was signed: `sha256:` and hex digits.
///
/// # Errors
/// There are no two parts, or the second is no mapping of texts.
///
/// # Example
///
/// ```
/// let text = "name: shop\n\n...\nfiles:\n  shop-1.0.0.tgz: sha256:0a\n";
/// let sums = chart::provenance_sums(text.as_bytes())?;
/// assert_eq!(sums["shop-1.0.0.tgz"], "sha256:0a");
/// # Ok::<(), chart::Error>(())
/// ```
pub fn provenance_sums(text: &[u8]) -> Result<BTreeMap<String, String>, Error> {
    let find = |text: &[u8]| {
        let mut windows = text.windows(SEPARATOR.len());
        windows.position(|window| window == SEPARATOR)
    };
    let Some(at) = find(text) else {
        return Err(Error::other("message block must have at least two parts"));
    };
    let rest = &text[at + SEPARATOR.len()..];
    let part = &rest[..find(rest).unwrap_or(rest.len())];
    read(part).map_err(Error::Other)
}

fn read(part: &[u8]) -> Decoded<BTreeMap<String, String>> {
    let map = match decode::yaml(part)? {
        Value::Null => return Ok(BTreeMap::new()),
        Value::Map(map) => map,
        other => return Err(decode::wrong_value(&other, "provenance.SumCollection")),
    };
    let mut sums = BTreeMap::new();
    for (key, value) in &map {
        match key.to_ascii_lowercase().as_str() {
            "files" => sums.extend(decode::text_map(value, ".files")?),
            "images" => drop(decode::text_map(value, ".images")?),
            _ => {}
        }
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_part_alone_is_read() {
        let sums = |text: &str| provenance_sums(text.as_bytes());
        let text =
            "{ broken\n...\nFiles: {a: x}\nimages: {b: y}\nmore: [1]\n\n...\nfiles: {a: z}\n";
        let expected = BTreeMap::from([("a".to_owned(), "x".to_owned())]);
        assert_eq!(sums(text).unwrap(), expected);
        assert!(sums("a\n...\n").unwrap().is_empty());
        for (text, expected) in [
            ("files: {}", "message block must have at least two parts"),
            (
                "a\n...\n- x",
                "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type provenance.SumCollection",
            ),
            (
                "a\n...\nfiles: [1]",
                "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go struct field .files of type map[string]string",
            ),
            (
                "a\n...\n{",
                "error converting YAML to JSON: yaml: line 1: did not find expected node content",
            ),
        ] {
            assert_eq!(sums(text).unwrap_err().to_string(), expected, "{text}");
        }
    }
}
