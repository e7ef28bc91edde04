//! Which kinds Kubernetes serves under which API versions, from when to when.
//!
//! `client.txt` is generated from k8s.io/api v0.37.1 (what its types say of themselves) and is what helm lint looks at;
//! `others.txt` holds what this client does not have or does not say, from Kubernetes' guide of removals. A line is
//! `VERSION KIND INTRODUCED DEPRECATED REMOVED REPLACEMENT`, `-` where there is none.

use std::fmt::Write as _;

/// A minor version of Kubernetes: `(1, 37)`.
pub type Minor = (u32, u32);

const CLIENT: &str = include_str!("client.txt");
const OTHERS: &str = include_str!("others.txt");

/// The life of one kind under one API version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// The first Kubernetes that has it.
    pub introduced: Option<Minor>,
    /// The first that warns.
    pub deprecated: Option<Minor>,
    /// The first that does not have it.
    pub removed: Option<Minor>,
    /// What to use instead: an API version and a kind.
    pub replacement: Option<&'static str>,
}

impl Lifetime {
    /// Whether this Kubernetes serves it.
    pub fn is_served(&self, version: Minor) -> bool {
        self.introduced.is_none_or(|first| first <= version)
            && self.removed.is_none_or(|end| version < end)
    }
}

/// What is known of a kind; `None` for those of custom resources.
pub fn lifetime(api_version: &str, kind: &str) -> Option<Lifetime> {
    find(OTHERS, api_version, kind).or_else(|| find(CLIENT, api_version, kind))
}

/// Whether the group is one of Kubernetes' own, of which every kind is known.
pub fn is_known_group(api_version: &str) -> bool {
    let group = group(api_version);
    [CLIENT, OTHERS].iter().any(|table| {
        table
            .lines()
            .filter_map(|line| line.split_once(' '))
            .any(|(version, _)| self::group(version) == group)
    })
}

/// The client library's warning for a kind that is deprecated in this Kubernetes, word for word.
pub fn deprecation(api_version: &str, kind: &str, version: Minor) -> Option<String> {
    let found = find(CLIENT, api_version, kind)?;
    let (major, minor) = found.deprecated.filter(|first| *first <= version)?;
    let mut text = format!("{api_version} {kind} is deprecated in v{major}.{minor}+");
    // Writing to a String cannot fail.
    if let Some((major, minor)) = found.removed {
        let _ = write!(text, ", unavailable in v{major}.{minor}+");
    }
    if let Some(replacement) = found.replacement {
        let _ = write!(text, "; use {replacement}");
    }
    Some(text)
}

fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

fn find(table: &'static str, api_version: &str, kind: &str) -> Option<Lifetime> {
    table.lines().find_map(|line| {
        let mut words = line.splitn(6, ' ');
        if words.next() != Some(api_version) || words.next() != Some(kind) {
            return None;
        }
        Some(Lifetime {
            introduced: words.next().and_then(minor),
            deprecated: words.next().and_then(minor),
            removed: words.next().and_then(minor),
            replacement: words.next().filter(|text| *text != "-"),
        })
    })
}

fn minor(text: &str) -> Option<Minor> {
    let (major, minor) = text.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        for table in [CLIENT, OTHERS] {
            for line in table.lines() {
                let words: Vec<_> = line.split(' ').collect();
                assert!(matches!(words.len(), 6 | 7), "{line}");
                let dates = words[2..5].iter();
                assert!(
                    dates
                        .clone()
                        .all(|date| *date == "-" || minor(date).is_some()),
                    "{line}"
                );
                let found = find(table, words[0], words[1]).unwrap();
                assert_eq!(found.removed, minor(words[4]), "{line}");
            }
        }
    }

    #[test]
    fn a_kind_is_served_from_its_first_to_its_last_version() {
        let ingress = lifetime("extensions/v1beta1", "Ingress").unwrap();
        assert!(ingress.is_served((1, 21)));
        assert!(!ingress.is_served((1, 22)));
        let autoscaler = lifetime("autoscaling/v2beta2", "HorizontalPodAutoscaler").unwrap();
        assert!(!autoscaler.is_served((1, 26)));
        assert!(
            !lifetime("autoscaling/v2", "HorizontalPodAutoscaler")
                .unwrap()
                .is_served((1, 22))
        );
        assert!(lifetime("v1", "Pod").unwrap().is_served((1, 37)));
        assert_eq!(lifetime("example.com/v1", "Pod"), None);
        assert!(is_known_group("v1") && is_known_group("policy/v9"));
        assert!(!is_known_group("example.com/v1"));
    }

    #[test]
    fn a_deprecation_is_said_as_the_client_library_does() {
        assert_eq!(
            deprecation("policy/v1beta1", "PodDisruptionBudget", (1, 37)).as_deref(),
            Some(
                "policy/v1beta1 PodDisruptionBudget is deprecated in v1.21+, unavailable in v1.25+; use policy/v1 PodDisruptionBudget"
            )
        );
        assert_eq!(
            deprecation("policy/v1beta1", "PodDisruptionBudget", (1, 20)),
            None
        );
        assert_eq!(
            deprecation("policy/v1beta1", "PodSecurityPolicy", (1, 30)),
            None
        );
    }
}
