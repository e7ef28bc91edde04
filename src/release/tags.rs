//! The tags of an app's releases.

use super::Version;

/// How the tags of an app are called: `v1.2.3` at the top of a repository, `services/cart/v1.2.3` for the app in that folder, as Go
/// has it for modules in folders (<https://go.dev/ref/mod#vcs-version>).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReleaseTags {
    prefix: String,
}

impl ReleaseTags {
    /// The tags of an app whose files have this before their paths: nothing, or a folder with a `/`.
    pub fn below(prefix: &str) -> Self {
        Self {
            prefix: prefix.to_owned(),
        }
    }

    /// The tag of a version.
    pub fn name(&self, version: &Version) -> String {
        format!("{}{}", self.prefix, version.tag())
    }

    /// The highest version among the app's own tags, with its tag; pre-releases count only where there is nothing else.
    pub fn latest<'a>(
        &self,
        tags: impl IntoIterator<Item = &'a str>,
    ) -> Option<(Version, &'a str)> {
        let own = tags.into_iter().filter_map(|tag| {
            let version = Version::from_tag(tag.strip_prefix(&self.prefix)?)?;
            Some((version, tag))
        });
        own.max_by(|(a, _), (b, _)| (!a.is_prerelease(), a).cmp(&(!b.is_prerelease(), b)))
    }
}

#[cfg(test)]
mod tests {
    use super::ReleaseTags;

    #[test]
    fn the_highest_version_is_not_the_last_in_the_alphabet() {
        let top = ReleaseTags::default();
        let latest = |tags: &[&str]| {
            let found = top.latest(tags.iter().copied());
            found.map(|(_, tag)| tag.to_owned())
        };
        let tags = ["v1.9.0", "v1.10.0", "v1.10.1-rc.1", "nightly", "2"];
        assert_eq!(latest(&tags).as_deref(), Some("v1.10.0"));
        assert_eq!(
            latest(&["v0.1.0-rc.1", "0.1.0-rc.2"]).as_deref(),
            Some("0.1.0-rc.2")
        );
        assert_eq!(latest(&["x"]), None);
    }

    #[test]
    fn each_app_of_a_repository_counts_its_own() {
        let tags = [
            "v2.0.0",
            "services/cart/v0.1.0",
            "services/cart/web/v3.0.0",
            "services/cart2/v4.0.0",
        ];
        let cart = ReleaseTags::below("services/cart/");
        let (version, tag) = cart.latest(tags).unwrap();
        assert_eq!(
            (version.to_string().as_str(), tag),
            ("0.1.0", "services/cart/v0.1.0")
        );
        assert_eq!(cart.name(&version.next_minor()), "services/cart/v0.2.0");
        assert_eq!(ReleaseTags::default().latest(tags).unwrap().1, "v2.0.0");
        assert_eq!(ReleaseTags::below("apps/").latest(tags), None);
    }
}
