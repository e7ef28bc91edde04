//! A packed chart (.tgz) as a list of files; entries that would leave the chart are refused.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::limits::MAX_CHART_BYTES;
use crate::model::File;
use crate::{Error, content_type};

/// First bytes of a gzip stream.
const GZIP_MAGIC: &[u8] = &[0x1F, 0x8B, 0x08];

/// Length of the head of a gzip stream.
const GZIP_HEAD: usize = 10;

/// How much of a file is looked at to tell what it is.
const HEAD_BYTES: usize = 512;

/// Checks that a file looks packed, with Helm's words for what is not (`EnsureArchive`).
pub(crate) fn ensure(name: &str, bytes: &[u8]) -> Result<(), Error> {
    if bytes.starts_with(GZIP_MAGIC) {
        return Ok(());
    }
    if matches!(name.rsplit_once('.'), Some((_, "yml" | "yaml"))) {
        return Err(Error::other(format!(
            "file '{name}' seems to be a YAML file, but expected a gzipped archive"
        )));
    }
    // Helm looks at a buffer of this size, whose end stays zero.
    let mut head = bytes[..bytes.len().min(HEAD_BYTES)].to_vec();
    head.resize(HEAD_BYTES, 0);
    let kind = content_type::of(&head);
    Err(Error::other(format!(
        "file '{name}' does not appear to be a gzipped archive; got '{kind}'"
    )))
}

/// The files of a packed chart, without its top folder, in the order of the archive.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<File>, Error> {
    if bytes.is_empty() {
        return Err(Error::other("EOF"));
    }
    if bytes.len() < GZIP_HEAD {
        return Err(Error::other("unexpected EOF"));
    }
    if !bytes.starts_with(GZIP_MAGIC) {
        return Err(Error::other("gzip: invalid header"));
    }
    let failed = |error: std::io::Error| Error::other(error.to_string());
    // One byte more than the limit, so that reaching it can be told from exceeding it.
    let unpacked = MultiGzDecoder::new(bytes).take(MAX_CHART_BYTES * 2);
    let mut archive = tar::Archive::new(unpacked);
    let mut files = Vec::new();
    let mut left = MAX_CHART_BYTES;
    for entry in archive.entries().map_err(failed)? {
        let mut entry = entry.map_err(failed)?;
        let kind = entry.header().entry_type();
        if kind.is_dir() || kind.is_pax_global_extensions() || kind.is_pax_local_extensions() {
            continue;
        }
        let full = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if full.ends_with('/') {
            continue;
        }
        let name = inner_name(&full)?;
        let size = entry.size();
        let too_large = || {
            Error::other(format!(
                "decompressed chart is larger than the maximum size {MAX_CHART_BYTES}"
            ))
        };
        if size > left {
            return Err(too_large());
        }
        let mut data = Vec::new();
        entry
            .by_ref()
            .take(left)
            .read_to_end(&mut data)
            .map_err(failed)?;
        left -= data.len() as u64;
        if (data.len() as u64) < size {
            return Err(Error::other("unexpected EOF"));
        }
        if left == 0 {
            return Err(too_large());
        }
        files.push(File::new(&name, data));
    }
    if files.is_empty() {
        return Err(Error::other("no files in chart archive"));
    }
    Ok(files)
}

/// The path below the top folder, cleaned.
fn inner_name(full: &str) -> Result<String, Error> {
    let delimiter = if full.contains('\\') { '\\' } else { '/' };
    let (top, inner) = full.split_once(delimiter).unwrap_or((full, ""));
    let inner = inner.replace(delimiter, "/");
    if inner.starts_with('/') {
        return Err(Error::other("chart illegally contains absolute paths"));
    }
    let name = clean(&inner);
    if name == "." {
        let full = gotpl::quote::quote(full.as_bytes());
        return Err(Error::other(format!(
            "chart illegally contains content outside the base directory: {full}"
        )));
    }
    if name.starts_with("..") {
        return Err(Error::other("chart illegally references parent directory"));
    }
    let bytes = name.as_bytes();
    if bytes.len() > 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':' && bytes[2] == b'/' {
        return Err(Error::other("chart contains illegally named files"));
    }
    if top == "Chart.yaml" {
        return Err(Error::other("chart yaml not in base directory"));
    }
    Ok(name)
}

/// Go's `path.Clean` of a relative path.
fn clean(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    if parts.is_empty() {
        ".".to_owned()
    } else {
        parts.join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_the_chart() {
        for (full, expected) in [
            ("c/Chart.yaml", Ok("Chart.yaml")),
            ("c/a/../b", Ok("b")),
            ("c\\templates\\a", Ok("templates/a")),
            ("c//etc", Err("chart illegally contains absolute paths")),
            (
                "c/../../x",
                Err("chart illegally references parent directory"),
            ),
            (
                "c/.",
                Err("chart illegally contains content outside the base directory: \"c/.\""),
            ),
            ("c/C:/x", Err("chart contains illegally named files")),
            (
                "Chart.yaml",
                Err("chart illegally contains content outside the base directory: \"Chart.yaml\""),
            ),
        ] {
            let found = inner_name(full).map_err(|error| error.to_string());
            assert_eq!(
                found,
                expected.map(str::to_owned).map_err(str::to_owned),
                "{full}"
            );
        }
    }

    #[test]
    fn what_is_not_packed_is_named() {
        let error = ensure("a.tgz", b"hello").unwrap_err();
        assert_eq!(
            error.to_string(),
            "file 'a.tgz' does not appear to be a gzipped archive; got 'application/octet-stream'"
        );
    }
}
