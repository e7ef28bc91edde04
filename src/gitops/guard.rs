//! Who may say no: holds and the policy, files of the environment repository that every door asks.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::release::Version;

/// `.landfall/holds/<namespace>/<app>.yaml`: this app stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// The app.
    pub app: String,
    /// The versions that are held; empty: every version.
    #[serde(default)]
    pub versions: Vec<String>,
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// Who holds it: a person, or landfall after a rollback.
    #[serde(default)]
    pub by: String,
    /// Since when, RFC 3339.
    #[serde(default)]
    pub since: String,
    /// Until when, RFC 3339; empty: until the file is removed.
    #[serde(default)]
    pub until: String,
}

impl Hold {
    /// Why `version` is held at `now`; `None` when it is not. An end that cannot be read does not end the hold.
    pub fn refuses(&self, version: &Version, now: Timestamp) -> Option<String> {
        let is_over = self
            .until
            .parse::<Timestamp>()
            .is_ok_and(|until| until <= now);
        let version = version.to_string();
        let is_meant = self.versions.is_empty() || self.versions.contains(&version);
        if is_over || !is_meant {
            return None;
        }
        let parts = [
            (" by ", &self.by),
            (" until ", &self.until),
            (": ", &self.reason),
        ];
        let said = parts.into_iter().filter(|(_, text)| !text.is_empty());
        let mut sentence = "it is held".to_owned();
        for (before, text) in said {
            sentence += before;
            sentence += text;
        }
        Some(sentence)
    }
}

/// `.landfall/policy.yaml`: what must be true before a merge. Approvals, freeze windows and required stays are refused by
/// name, never left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Policy {
    /// Checks, by their context, that must have passed.
    #[serde(default)]
    pub required_checks: Vec<String>,
    /// Not there yet.
    #[serde(default, skip_serializing)]
    approvals: Option<serde_json::Value>,
    /// Not there yet.
    #[serde(default, skip_serializing)]
    freeze: Option<serde_json::Value>,
    /// Not there yet.
    #[serde(default, skip_serializing)]
    promotes_from: Option<serde_json::Value>,
}

impl Policy {
    /// A rule that this version cannot hold: a promotion past it would break a promise.
    pub fn unknown_rule(&self) -> Option<&'static str> {
        [
            (self.approvals.is_some(), "approvals"),
            (self.freeze.is_some(), "freeze"),
            (self.promotes_from.is_some(), "promotesFrom"),
        ]
        .into_iter()
        .find_map(|(is_set, name)| is_set.then_some(name))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::Timestamp;

    use super::{Hold, Policy};
    use crate::release::Version;

    fn hold(text: &str) -> Hold {
        crate::yaml::parse(text, Path::new("hold.yaml")).unwrap()
    }

    #[test]
    fn a_hold_is_for_its_versions_and_its_time() {
        let now: Timestamp = "2026-11-22T18:00:00Z".parse().unwrap();
        let bad = Version::new(1, 4, 0);
        let good = Version::new(1, 4, 1);
        let one = hold("app: shop\nversions: [\"1.4.0\"]\nreason: errors\nby: landfall\n");
        assert_eq!(
            one.refuses(&bad, now).as_deref(),
            Some("it is held by landfall: errors")
        );
        assert_eq!(one.refuses(&good, now), None);
        let all = hold("app: shop\nversions: []\nuntil: 2026-11-22T18:00:01Z\n");
        assert!(all.refuses(&good, now).is_some());
        assert!(
            all.refuses(&good, "2026-11-22T18:00:01Z".parse().unwrap())
                .is_none()
        );
        let unreadable = hold("app: shop\nuntil: soon\n");
        assert!(unreadable.refuses(&good, now).is_some());
    }

    #[test]
    fn rules_that_cannot_be_held_are_named() {
        let policy: Policy =
            crate::yaml::parse("requiredChecks: [a]\nfreeze: []\n", Path::new("p")).unwrap();
        assert_eq!(policy.unknown_rule(), Some("freeze"));
        assert_eq!(Policy::default().unknown_rule(), None);
        assert!(crate::yaml::parse::<Policy>("requireChecks: [a]\n", Path::new("p")).is_err());
    }
}
