//! Names that Git gets from us, built only by checking: no user text reaches a command line as an option or a protocol.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A name that Git would refuse, or that could be read as something else.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is no {what}: {why}")]
pub struct BadName {
    /// What was expected: `branch name`, `commit id`, ...
    pub what: &'static str,
    /// The text as given.
    pub text: String,
    /// What is wrong with it.
    pub why: &'static str,
}

fn refuse<T>(what: &'static str, text: &str, why: &'static str) -> Result<T, BadName> {
    Err(BadName {
        what,
        text: text.to_owned(),
        why,
    })
}

macro_rules! text_type {
    ($name:ident) => {
        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadName;

            fn try_from(text: String) -> Result<Self, BadName> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }
    };
}

/// The id of a commit: 40 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CommitId(String);

text_type!(CommitId);

impl CommitId {
    /// The id that hooks use for "nothing there".
    pub const ZERO: &'static str = "0000000000000000000000000000000000000000";

    /// The first seven digits, for people.
    pub fn short(&self) -> &str {
        &self.0[..7]
    }
}

impl FromStr for CommitId {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        if text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return refuse("commit id", text, "SHA-256 repositories are not supported");
        }
        if text.len() != 40 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return refuse("commit id", text, "40 hexadecimal digits are expected");
        }
        Ok(Self(text.to_ascii_lowercase()))
    }
}

/// A full name of a reference, such as `refs/heads/main`, `refs/tags/v1.0.0` or `refs/pull/1/head`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RefName(String);

text_type!(RefName);

impl RefName {
    /// The branch, when it is one.
    pub fn branch(&self) -> Option<BranchName> {
        self.0.strip_prefix("refs/heads/")?.parse().ok()
    }

    /// The tag's name, when it is one.
    pub fn tag(&self) -> Option<&str> {
        self.0.strip_prefix("refs/tags/")
    }

    /// The number of the pull request whose head this is.
    pub fn pull_request(&self) -> Option<u64> {
        self.0
            .strip_prefix("refs/pull/")?
            .strip_suffix("/head")?
            .parse()
            .ok()
    }

    /// The reference that holds the head of pull request `number`.
    pub fn of_pull_request(number: u64) -> Self {
        Self(format!("refs/pull/{number}/head"))
    }
}

impl FromStr for RefName {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        match text.strip_prefix("refs/") {
            Some(rest) if rest.contains('/') => check_ref_path("reference", text)?,
            _ => return refuse("reference", text, "it does not begin with refs/<kind>/"),
        }
        Ok(Self(text.to_owned()))
    }
}

/// A branch without `refs/heads/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BranchName(String);

text_type!(BranchName);

impl BranchName {
    /// The branch of repositories that landfall makes: `main`.
    pub fn main() -> Self {
        Self("main".to_owned())
    }

    /// The full name of the reference.
    pub fn reference(&self) -> RefName {
        RefName(format!("refs/heads/{}", self.0))
    }
}

impl FromStr for BranchName {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        if text.starts_with('-') || text == "HEAD" {
            return refuse("branch name", text, "Git reads it as something else");
        }
        check_ref_path("branch name", text)?;
        Ok(Self(text.to_owned()))
    }
}

/// A tag without `refs/tags/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TagName(String);

text_type!(TagName);

impl TagName {
    /// The full name of the reference.
    pub fn reference(&self) -> RefName {
        RefName(format!("refs/tags/{}", self.0))
    }
}

impl FromStr for TagName {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        if text.starts_with('-') {
            return refuse("tag name", text, "Git reads it as an option");
        }
        check_ref_path("tag name", text)?;
        Ok(Self(text.to_owned()))
    }
}

/// The rules of git-check-ref-format(1) for the part below `refs/<kind>/`.
fn check_ref_path(what: &'static str, text: &str) -> Result<(), BadName> {
    let bad_char = |c: char| c.is_ascii_control() || " ~^:?*[\\".contains(c);
    if text.is_empty() || text == "@" {
        return refuse(what, text, "it is empty");
    }
    if text.chars().any(bad_char) {
        return refuse(
            what,
            text,
            "a space, a control character or one of ~^:?*[\\ is in it",
        );
    }
    if text.contains("..") || text.contains("@{") || text.ends_with('.') {
        return refuse(
            what,
            text,
            "\"..\", \"@{\" and a dot at the end are not allowed",
        );
    }
    let bad_part = |part: &str| part.is_empty() || part.starts_with('.') || has_lock_suffix(part);
    if text.split('/').any(bad_part) {
        return refuse(
            what,
            text,
            "a part between slashes is empty, begins with a dot or ends in .lock",
        );
    }
    Ok(())
}

fn has_lock_suffix(part: &str) -> bool {
    Path::new(part).extension().is_some_and(|end| end == "lock")
}

/// The name of a remote, such as `origin`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RemoteName(String);

text_type!(RemoteName);

impl RemoteName {
    /// `origin`.
    pub fn origin() -> Self {
        Self("origin".to_owned())
    }
}

impl FromStr for RemoteName {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        let good = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        if text.is_empty() || text.starts_with(['-', '.']) || !text.chars().all(good) {
            return refuse(
                "name of a remote",
                text,
                "letters, digits and ._- are expected",
            );
        }
        Ok(Self(text.to_owned()))
    }
}

/// Where a repository is: an absolute path, `file://`, `https://`, `ssh://` or `user@host:path`. Nothing else, so that
/// no address can name a program to run. Printed without credentials.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RemoteUrl(String);

impl RemoteUrl {
    /// The address of a repository on this machine.
    ///
    /// # Errors
    /// A relative path, or one that is not Unicode.
    pub fn of_path(path: &Path) -> Result<Self, BadName> {
        match path.to_str() {
            Some(text) if path.is_absolute() => text.parse(),
            Some(text) => refuse("repository address", text, "an absolute path is expected"),
            None => refuse(
                "repository address",
                &path.to_string_lossy(),
                "the path is not Unicode",
            ),
        }
    }

    /// The address as Git takes it, credentials included. Never print it; see [`fmt::Display`].
    pub fn as_git(&self) -> &str {
        &self.0
    }

    /// The folder, when the repository is on this machine.
    pub fn path(&self) -> Option<PathBuf> {
        if self.0.starts_with('/') {
            return Some(PathBuf::from(&self.0));
        }
        self.0
            .strip_prefix("file://")
            .filter(|rest| rest.starts_with('/'))
            .map(PathBuf::from)
    }

    /// Owner and name: the last two segments, `.git` left out. `None` when there are fewer.
    pub fn owner_and_name(&self) -> Option<(String, String)> {
        let text = self.0.trim_end_matches('/');
        let mut parts = text.rsplit(['/', ':']);
        let name = parts.next()?;
        let name = name.strip_suffix(".git").unwrap_or(name);
        let owner = parts.next()?;
        (!name.is_empty() && !owner.is_empty()).then(|| (owner.to_owned(), name.to_owned()))
    }
}

impl FromStr for RemoteUrl {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        const WHAT: &str = "repository address";
        if text.chars().any(char::is_control) {
            return refuse(WHAT, text, "a control character is in it");
        }
        let known = ["https://", "ssh://", "file:///"];
        let is_scp_like = || {
            let Some((host, path)) = text.split_once(':') else {
                return false;
            };
            let good = |c: char| c.is_ascii_alphanumeric() || "@._-".contains(c);
            !host.is_empty()
                && !host.starts_with('-')
                && host.chars().all(good)
                && !path.starts_with([':', '-'])
                && !path.starts_with("//")
                && !path.is_empty()
        };
        if text.starts_with('/') {
            return Ok(Self(text.to_owned()));
        }
        if let Some(scheme) = known.iter().find(|scheme| text.starts_with(**scheme)) {
            // A host that begins with a dash would become an option of ssh.
            let host = text[scheme.len()..].rsplit('@').next().unwrap_or_default();
            if host.starts_with('-') {
                return refuse(WHAT, text, "the host begins with a dash");
            }
            return Ok(Self(text.to_owned()));
        }
        if is_scp_like() {
            return Ok(Self(text.to_owned()));
        }
        refuse(
            WHAT,
            text,
            "an absolute path, https://, ssh:// or user@host:path is expected",
        )
    }
}

impl TryFrom<String> for RemoteUrl {
    type Error = BadName;

    fn try_from(text: String) -> Result<Self, BadName> {
        text.parse()
    }
}

impl From<RemoteUrl> for String {
    fn from(url: RemoteUrl) -> Self {
        url.0
    }
}

impl fmt::Display for RemoteUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((scheme, rest)) = self.0.split_once("://") else {
            return formatter.write_str(&self.0);
        };
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        match host.rsplit_once('@') {
            Some((user, host)) => {
                // A user name alone is no secret, and ssh needs it.
                let user = user.split_once(':').map_or(user, |_| "***");
                write!(formatter, "{scheme}://{user}@{host}/{path}")
            }
            None => formatter.write_str(&self.0),
        }
    }
}

impl fmt::Debug for RemoteUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RemoteUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::{BranchName, CommitId, RefName, RemoteName, RemoteUrl, TagName};

    #[test]
    fn branches_follow_check_ref_format() {
        for good in ["main", "promote/staging/jx/app", "a.b", "feature/é", "a@b"] {
            assert!(good.parse::<BranchName>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "-x",
            "HEAD",
            "@",
            "a b",
            "a..b",
            "a~1",
            "a:b",
            ".a",
            "a/.b",
            "a.lock",
            "a/b.lock/c",
            "a//b",
            "/a",
            "a/",
            "a.",
            "a@{1}",
            "a\\b",
            "a\nb",
            "*",
        ] {
            assert!(bad.parse::<BranchName>().is_err(), "{bad:?}");
        }
        assert!("-v1".parse::<TagName>().is_err());
    }

    #[test]
    fn references_know_what_they_are() {
        let pull: RefName = "refs/pull/12/head".parse().unwrap();
        assert_eq!(pull.pull_request(), Some(12));
        assert_eq!(RefName::of_pull_request(12), pull);
        assert_eq!(pull.branch(), None);
        let branch: RefName = "refs/heads/a/b".parse().unwrap();
        assert_eq!(branch.branch().unwrap().as_str(), "a/b");
        assert!("refs/heads".parse::<RefName>().is_err());
        assert!("heads/main".parse::<RefName>().is_err());
    }

    #[test]
    fn commit_ids_are_forty_digits() {
        let id: CommitId = "ABCDEF0123456789abcdef0123456789abcdef01".parse().unwrap();
        assert_eq!(id.short(), "abcdef0");
        assert!("abcdef0".parse::<CommitId>().is_err());
        let error = "a".repeat(64).parse::<CommitId>().unwrap_err();
        assert!(error.to_string().contains("SHA-256"), "{error}");
    }

    #[test]
    fn addresses_that_run_programs_are_refused() {
        for bad in [
            "ext::sh -c id",
            "--upload-pack=id",
            "-oProxyCommand=id:x",
            "ssh://-oProxyCommand=id/x",
            "ssh://git@-oProxyCommand=id/x",
            "relative/path",
            "http://plain.example/x",
            "git://host/x",
            "host::x",
            "",
        ] {
            assert!(bad.parse::<RemoteUrl>().is_err(), "{bad}");
        }
        for (good, owner, name) in [
            ("/home/me/forge/acme/shop.git", "acme", "shop"),
            ("https://github.com/acme/shop", "acme", "shop"),
            ("git@github.com:acme/shop.git", "acme", "shop"),
            ("ssh://git@host:22/acme/shop.git/", "acme", "shop"),
        ] {
            let url: RemoteUrl = good.parse().unwrap();
            assert_eq!(
                url.owner_and_name(),
                Some((owner.to_owned(), name.to_owned()))
            );
        }
        assert!("a/b".parse::<RemoteName>().is_err());
    }

    #[test]
    fn credentials_are_not_printed() {
        let url: RemoteUrl = "https://me:secret@host/acme/shop".parse().unwrap();
        assert_eq!(url.to_string(), "https://***@host/acme/shop");
        assert!(!format!("{url:?}").contains("secret"));
        let url: RemoteUrl = "ssh://git@host/acme/shop".parse().unwrap();
        assert_eq!(url.to_string(), "ssh://git@host/acme/shop");
    }
}
