//! Commit messages and tags: conventional commits, versions, changelogs, the marks of promotions. Parts are split at NULs.
//!
//! Laws: a tag leads back to its version; the next version is not below the last; a changelog names every commit; a mark that was read
//! is written as it stood.

use landfall::gitops::Intent;
use landfall::release::{Changelog, ConventionalCommit, ReleaseTags, Version, next_version};

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let text = crate::text(bytes);
    let messages: Vec<String> = text.split('\0').map(str::to_owned).collect();
    for message in &messages {
        let commit = ConventionalCommit::parse(message);
        assert!(!commit.description.contains('\n'));
        if let Some(kind) = &commit.kind {
            assert!(!kind.is_empty() && !commit.description.is_empty());
        }
        if let Some(intent) = Intent::of_body(message) {
            assert!(message.contains(&intent.marker()), "{message}");
        }
        let _ = Intent::id_of_commit(message);
    }
    let tags = messages.iter().map(String::as_str);
    let latest = ReleaseTags::default()
        .latest(tags)
        .map(|(version, _)| version);
    if let Some(version) = &latest {
        assert_eq!(Version::from_tag(&version.tag()).as_ref(), Some(version));
        let next = next_version(Some(version.clone()), &messages).version;
        // At the end of u64 there is no next one.
        let build_only = version.to_string().contains('+');
        assert!(next >= *version || build_only, "{next} after {version}");
    }
    let commits = messages
        .iter()
        .map(|message| ("0123456789abcdef", message.as_str(), "ada"));
    let changelog = Changelog::new(commits);
    let count: usize = changelog.sections.iter().map(|one| one.entries.len()).sum();
    assert!(count >= messages.len(), "a commit is missing");
    for entry in changelog.sections.iter().flat_map(|one| &one.entries) {
        assert!(!entry.contains(char::is_control), "{entry:?}");
    }
    let _ = changelog.markdown("1.2.3");
}
