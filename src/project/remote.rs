//! What a remote's URL says about the owner and the repository, for every spelling that git takes.

/// The parts of a remote URL that name the repository. Credentials in the URL are never kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteUrl {
    /// The server; `None` for a path on disk.
    pub host: Option<String>,
    /// The owner; groups and their sub-groups joined with `/`.
    pub owner: Option<String>,
    /// The repository without `.git`.
    pub repository: String,
}

impl RemoteUrl {
    /// Reads `https://host/owner/name.git`, `ssh://git@host:22/owner/name`, `git@host:owner/name.git` or a path.
    /// `None` when no repository can be seen in it.
    pub fn parse(url: &str) -> Option<Self> {
        let url = url.trim();
        let (host, path) = if let Some((scheme, rest)) = url.split_once("://") {
            if scheme == "file" {
                (None, rest)
            } else {
                let (authority, path) = rest.split_once('/')?;
                (Some(host_of(authority)), path)
            }
        } else if let Some((authority, path)) = scp_form(url) {
            (Some(host_of(authority)), path)
        } else {
            (None, url)
        };
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let (last, above) = parts.split_last()?;
        let repository = last.strip_suffix(".git").unwrap_or(last);
        if repository.is_empty() || repository.starts_with('.') {
            return None;
        }
        let owner = if host.is_some() {
            above.join("/")
        } else {
            above.last().copied().unwrap_or_default().to_owned()
        };
        Some(Self {
            host,
            owner: (!owner.is_empty()).then_some(owner),
            repository: repository.to_owned(),
        })
    }
}

/// `git@host:owner/name`: a colon before the first slash, and not a drive letter.
fn scp_form(url: &str) -> Option<(&str, &str)> {
    let (authority, path) = url.split_once(':')?;
    (!authority.contains('/') && authority.len() > 1).then_some((authority, path))
}

fn host_of(authority: &str) -> String {
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    host.split_once(':')
        .map_or(host, |(host, _)| host)
        .to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::RemoteUrl;

    #[test]
    fn every_spelling_names_owner_and_repository() {
        for (url, host, owner, repository) in [
            (
                "https://github.com/acme/go-demo-6.git",
                Some("github.com"),
                Some("acme"),
                "go-demo-6",
            ),
            (
                "https://user:secret@GitHub.com/acme/app",
                Some("github.com"),
                Some("acme"),
                "app",
            ),
            (
                "git@gitlab.com:group/sub/app.git",
                Some("gitlab.com"),
                Some("group/sub"),
                "app",
            ),
            (
                "ssh://git@host:2222/acme/app.git/",
                Some("host"),
                Some("acme"),
                "app",
            ),
            ("/srv/forge/me/app.git", None, Some("me"), "app"),
            ("file:///srv/me/app.git", None, Some("me"), "app"),
            ("../app", None, Some(".."), "app"),
        ] {
            let parsed = RemoteUrl::parse(url).unwrap();
            assert_eq!(parsed.host.as_deref(), host, "{url}");
            assert_eq!(parsed.owner.as_deref(), owner, "{url}");
            assert_eq!(parsed.repository, repository, "{url}");
        }
        for url in ["", "/", "https://host/", "https://host"] {
            assert_eq!(RemoteUrl::parse(url), None, "{url}");
        }
    }
}
