//! What `--pack` names: a pack of the catalog, a folder, or a folder of a Git repository at a revision.

use std::fmt;
use std::path::{Component, Path, PathBuf};

use crate::pack::error::PackError;
use crate::ports::git::RemoteUrl;
use crate::ports::packs::Revision;

/// What `--pack` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackSpec {
    /// A pack of the catalog.
    Name(String),
    /// A folder with a `pack.yaml`.
    Folder(PathBuf),
    /// A folder of a Git repository.
    Git(PackAddress),
}

/// A folder of a Git repository at a revision, written `URL[//dir][@revision]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackAddress {
    /// The repository.
    pub url: RemoteUrl,
    /// The folder in it; empty for its top.
    pub dir: String,
    /// The branch, tag or commit.
    pub revision: Revision,
}

impl PackSpec {
    /// Reads what was typed in the folder `here`. A path begins with `/`, `.` or `~/`; an address has a scheme or is `user@host:path`.
    ///
    /// # Errors
    /// [`PackError::BadAddress`].
    pub fn parse(text: &str, here: &Path) -> Result<Self, PackError> {
        if text == "."
            || text == ".."
            || text.starts_with(['/', '~'])
            || text.starts_with("./")
            || text.starts_with("../")
        {
            return Ok(Self::Folder(plain(&here.join(text))));
        }
        if is_address(text) {
            return PackAddress::parse(text).map(Self::Git);
        }
        if text.contains('/') {
            return Err(bad(
                text,
                "a path begins with ./, and an address with https://, ssh:// or file://",
            ));
        }
        Ok(Self::Name(text.to_owned()))
    }
}

fn is_address(text: &str) -> bool {
    text.contains("://")
        || text
            .split_once(':')
            .is_some_and(|(host, _)| !host.contains('/'))
}

/// Without `.` and `..`, so that the same folder is written the same way.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

fn bad(text: &str, why: impl Into<String>) -> PackError {
    PackError::BadAddress {
        address: shown(text),
        why: why.into(),
    }
}

/// The text without what may be a password, and without control characters.
fn shown(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { '?' } else { c })
        .collect();
    match text.split_once("://") {
        Some((scheme, rest)) => {
            let end = rest.find('/').unwrap_or(rest.len());
            match rest[..end].rfind('@') {
                Some(at) => format!("{scheme}://***{}", &rest[at..]),
                None => text,
            }
        }
        None => text,
    }
}

impl PackAddress {
    /// Reads `URL[//dir][@revision]`.
    ///
    /// # Errors
    /// [`PackError::BadAddress`]: a protocol that is not https, ssh or file, a password in the address, an empty host, or a folder
    /// or revision that Git would read as something else.
    pub fn parse(text: &str) -> Result<Self, PackError> {
        let refuse = |why: &str| Err(bad(text, why));
        if text.chars().any(char::is_control) {
            return refuse("a control character is in it");
        }
        // What stands in front of the path: scheme and host, or user@host.
        let start = match text.split_once("://") {
            Some((scheme, rest)) => {
                if !["https", "ssh", "file"].contains(&scheme) {
                    return refuse("https://, ssh:// and file:// are possible");
                }
                let host = rest.split('/').next().unwrap_or_default();
                if (scheme == "file") != host.is_empty() {
                    return refuse(if scheme == "file" {
                        "a path follows file://"
                    } else {
                        "it names no host"
                    });
                }
                if let Some((user, _)) = host.rsplit_once('@')
                    && (scheme == "https" || user.contains(':'))
                {
                    return refuse(
                        "a user or a password is in it, and it would be committed; Git's credential helpers know them",
                    );
                }
                if !host.is_empty() && !is_host(host) {
                    return refuse("its host is none");
                }
                scheme.len() + 3 + host.len()
            }
            None => text.find(':').map_or(0, |colon| colon + 1),
        };
        let (front, path) = text.split_at(start);
        if has_hidden_control(path) || path.contains(['?', '#']) {
            return refuse("a query, a fragment or a hidden control character is in it");
        }
        let (path, revision) = match path.rsplit_once('@') {
            Some((path, revision)) => (path, Some(revision)),
            None => (path, None),
        };
        let (repository, dir) = path.split_once("//").unwrap_or((path, ""));
        let dir = dir.trim_matches('/');
        if !dir.is_empty() && super::names::fault(dir).is_some() {
            return refuse("the folder leads out of the repository");
        }
        if repository.split('/').any(|part| part == "..") {
            return refuse(".. is in it");
        }
        if repository.trim_matches('/').is_empty() {
            return refuse("it names no repository");
        }
        let url: RemoteUrl = format!("{front}{}", repository.trim_end_matches('/'))
            .parse()
            .map_err(|error: crate::ports::git::BadName| bad(text, error.why))?;
        let revision = revision.map_or(Ok(Revision::Head), str::parse);
        let revision = revision.map_err(|error: crate::ports::git::BadName| {
            bad(text, format!("the revision: {}", error.why))
        })?;
        Ok(Self {
            url,
            dir: dir.to_owned(),
            revision,
        })
    }

    /// The same folder at another revision.
    #[must_use]
    pub fn at(&self, revision: Revision) -> Self {
        Self {
            revision,
            ..self.clone()
        }
    }

    /// Without the revision.
    pub fn place(&self) -> String {
        if self.dir.is_empty() {
            self.url.to_string()
        } else {
            format!("{}//{}", self.url, self.dir)
        }
    }
}

impl fmt::Display for PackAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.place())?;
        match &self.revision {
            Revision::Head => Ok(()),
            revision => write!(formatter, "@{revision}"),
        }
    }
}

/// `host`, `user@host`, each with a port.
fn is_host(text: &str) -> bool {
    let (user, host) = text.split_once('@').unwrap_or(("user", text));
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (host, "22"),
    };
    let is_name = |name: &str, more: &str| {
        name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    is_name(user, "._-") && is_name(host, ".-[]:") && port.parse::<u16>().is_ok()
}

/// `%0a` and its like, which become control characters further on.
fn has_hidden_control(path: &str) -> bool {
    path.as_bytes().windows(3).any(|part| {
        let is_low = matches!(part[1], b'0' | b'1') || part[1..].eq_ignore_ascii_case(b"7f");
        part[0] == b'%' && is_low
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::{PackAddress, PackSpec};

    fn parsed(text: &str) -> String {
        match PackSpec::parse(text, Path::new("/src/shop")) {
            Ok(PackSpec::Name(name)) => format!("name {name}"),
            Ok(PackSpec::Folder(path)) => format!("folder {}", path.display()),
            Ok(PackSpec::Git(address)) => format!(
                "{} | {} | {}",
                address.url.as_git(),
                address.dir,
                address.revision
            ),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn names_folders_and_addresses_are_told_apart() {
        for (text, expected) in [
            ("go", "name go"),
            ("./packs/go", "folder /src/shop/packs/go"),
            ("../go/.", "folder /src/go"),
            (".", "folder /src/shop"),
            ("/srv/pack/", "folder /srv/pack"),
            (
                "https://host/acme/packs.git//go@v1.2",
                "https://host/acme/packs.git | go | v1.2",
            ),
            (
                "https://host:8443/acme/packs",
                "https://host:8443/acme/packs |  | HEAD",
            ),
            (
                "https://host/acme/packs//a/b@release/1.x",
                "https://host/acme/packs | a/b | release/1.x",
            ),
            (
                "ssh://git@host/acme/packs@main",
                "ssh://git@host/acme/packs |  | main",
            ),
            (
                "git@host:acme/packs.git//go@main",
                "git@host:acme/packs.git | go | main",
            ),
            (
                "ssh://git@[::1]:2222/acme/packs",
                "ssh://git@[::1]:2222/acme/packs |  | HEAD",
            ),
            (
                "file:///srv/packs.git//go",
                "file:///srv/packs.git | go | HEAD",
            ),
        ] {
            assert_eq!(parsed(text), expected, "{text}");
        }
    }

    #[test]
    fn d25_d31_d33_d34_hostile_addresses_are_refused() {
        for text in [
            "http://host/a/b",
            "git://host/a/b",
            "ext::sh -c id",
            "EXT::sh",
            "fd::1/x",
            "ftp://host/a",
            "HTTPS://host/a",
            "https:///a/b",
            "https://",
            "https://host",
            "file://host/a",
            "https://user:secret@host/a",
            "https://token@host/a",
            "ssh://git:secret@host/a",
            "ssh://-oProxyCommand=id/a",
            "-oProxyCommand=id:a",
            "https://host/a%0ab",
            "https://host/a?x=1",
            "https://host/a#x",
            "https://host/a\nb",
            "https://host/trusted/../evil",
            "https://host/a//../../etc",
            "https://host/a//.git",
            "https://host/a@--upload-pack=id",
            "https://host/a@-x",
            "https://host/a@a..b",
            "https://host/a@x.lock",
            "https://host/a@a b",
            "https://host/a@",
            "ssh://git@:@/a",
            "https://host:x/a",
            "https://ho st/a",
            "ssh://-x@host/a",
            "packs/go",
            "file:///",
            "host:",
            "https://host/a//b:c",
        ] {
            let error = PackSpec::parse(text, Path::new("/"))
                .expect_err(text)
                .to_string();
            assert!(
                !error.contains("secret") && !error.contains('\n'),
                "{error}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_address_is_an_option_and_all_print_as_they_are_read(text in "(https://|ssh://git@|file:///)[a-z./@:%-]{0,30}") {
            if let Ok(address) = PackAddress::parse(&text) {
                prop_assert!(!address.revision.to_string().starts_with('-'));
                prop_assert!(!address.dir.split('/').any(|part| part == ".."));
                prop_assert_eq!(PackAddress::parse(&address.to_string()).ok(), Some(address));
            }
        }
    }
}
