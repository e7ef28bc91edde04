//! Paths and addresses as Go's `path/filepath` and Helm's `urlutil` treat them.

use std::path::Path;

use chart::Error;
use url::Url;

use super::other;
use crate::ports::charts::Login;

/// What a registry's address begins with.
const OCI: &str = "oci://";

/// What a folder's address begins with.
const FILE: &str = "file://";

/// Whether a repository is a registry.
pub(super) fn is_oci(repository: &str) -> bool {
    repository.starts_with(OCI)
}

/// Whether a repository is a folder.
pub(super) fn is_file(repository: &str) -> bool {
    repository.starts_with(FILE)
}

/// `filepath.Clean`: by the text alone.
pub(super) fn clean(path: &str) -> String {
    let is_absolute = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => _ = parts.pop(),
            ".." if is_absolute => {}
            part => parts.push(part),
        }
    }
    match (is_absolute, parts.join("/")) {
        (true, path) => format!("/{path}"),
        (false, path) if path.is_empty() => ".".to_owned(),
        (false, path) => path,
    }
}

/// The folder of a `file://` repository, relative ones from the chart: as it is opened.
pub(super) fn local_path(
    repository: &str,
    shown: &str,
    chart: &Path,
) -> Result<std::path::PathBuf, Error> {
    let path = repository.strip_prefix(FILE).unwrap_or(repository);
    let (shown, real) = if path.starts_with('/') {
        (clean(path), path.into())
    } else {
        (clean(&format!("{shown}/{path}")), chart.join(path))
    };
    match real.try_exists() {
        Ok(true) => Ok(real),
        Ok(false) => Err(other(format!("directory {shown} not found"))),
        Err(source) => Err(Error::Io {
            operation: "stat",
            path: shown.into(),
            source,
        }),
    }
}

/// Whether two texts name one repository.
pub(super) fn are_equal(a: &str, b: &str) -> bool {
    let plain = |text: &str| {
        let mut url = Url::parse(text).ok()?;
        let path = clean(url.path());
        url.set_path(&path);
        Some(url.to_string())
    };
    match (plain(a), plain(b)) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}

/// An address that may be relative to a repository's, which is a folder.
pub(super) fn resolve(repository: &str, reference: &str) -> Result<String, Error> {
    match Url::parse(reference) {
        Ok(_) => return Ok(reference.to_owned()),
        Err(url::ParseError::RelativeUrlWithoutBase) => {}
        Err(error) => {
            return Err(other(format!(
                "failed to parse {reference} as URL: {error}"
            )));
        }
    }
    let failed = |error| other(format!("failed to parse {repository} as URL: {error}"));
    let mut base = Url::parse(repository).map_err(failed)?;
    let path = format!("{}/", base.path().trim_end_matches('/'));
    base.set_path(&path);
    let mut joined = base.join(reference).map_err(failed)?;
    joined.set_query(base.query());
    Ok(joined.to_string())
}

/// The scheme of an address; empty without one.
pub(super) fn scheme(address: &str) -> String {
    Url::parse(address).map_or_else(|_| String::new(), |url| url.scheme().to_owned())
}

/// The last part of an address's path.
pub(super) fn file_name(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let last = url.path_segments()?.next_back()?.to_owned();
    Some(decoded(&last))
}

/// An address without the name and the password in it, and those.
pub(super) fn without_login(address: &str) -> (String, Option<Login>) {
    let Ok(mut url) = Url::parse(address) else {
        return (address.to_owned(), None);
    };
    if url.username().is_empty() && url.password().is_none() {
        return (address.to_owned(), None);
    }
    let password = decoded(url.password().unwrap_or_default());
    let login = Login::new(&decoded(url.username()), &password);
    // Addresses that cannot have a login have none to hide.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    (url.to_string(), login)
}

/// `%2B` and the like as the bytes they stand for.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_cleaned_as_go_does() {
        for (path, expected) in [
            ("", "."),
            ("./a//b/", "a/b"),
            ("../a/..", ".."),
            ("/../a", "/a"),
            ("a/../..", ".."),
        ] {
            assert_eq!(clean(path), expected, "{path}");
        }
    }

    #[test]
    fn references_are_below_the_repository() {
        for (reference, expected) in [
            ("a-1.tgz", "https://x.example/charts/a-1.tgz?k=1"),
            ("/a-1.tgz", "https://x.example/a-1.tgz?k=1"),
            ("https://y.example/a-1.tgz", "https://y.example/a-1.tgz"),
        ] {
            let found = resolve("https://x.example/charts?k=1", reference).unwrap();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_slash_at_the_end_makes_no_other_repository() {
        assert!(are_equal("https://x.example/a/", "https://x.example/a"));
        assert!(are_equal("https://x.example", "https://x.example/"));
        assert!(!are_equal("https://x.example/a", "https://x.example/b"));
        assert!(!are_equal("@a", "@b"));
    }

    #[test]
    fn names_of_files_are_decoded() {
        assert_eq!(
            file_name("https://x.example/c/a-1.0.0%2Bb.tgz?x=/y").as_deref(),
            Some("a-1.0.0+b.tgz")
        );
        assert_eq!(
            file_name("https://x.example/%2e%2e%2fx").as_deref(),
            Some("../x")
        );
    }
}
