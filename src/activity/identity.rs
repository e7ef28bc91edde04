//! Which repository, branch and build a run belongs to: its labels, its names, and back.
//!
//! Runs carry the labels and annotations of Pipelines-as-Code, which people select by, plus our own build
//! number. Lighthouse's (jx) are read as well.

use serde_json::{Map, Value};

use super::owner::{OWNER, Owner};

/// Label: the repository's owner (Pipelines-as-Code).
pub const ORGANISATION: &str = "pipelinesascode.tekton.dev/url-org";
/// Label: the repository's name (Pipelines-as-Code).
pub const REPOSITORY: &str = "pipelinesascode.tekton.dev/url-repository";
/// Annotation: the branch (Pipelines-as-Code). Not a label: branches have slashes.
pub const BRANCH: &str = "pipelinesascode.tekton.dev/branch";
/// Label: the commit (Pipelines-as-Code).
pub const SHA: &str = "pipelinesascode.tekton.dev/sha";
/// Annotation: the first line of the commit's message (Pipelines-as-Code).
pub const SHA_TITLE: &str = "pipelinesascode.tekton.dev/sha-title";
/// Annotation: where the repository is (Pipelines-as-Code).
pub const REPOSITORY_URL: &str = "pipelinesascode.tekton.dev/repo-url";
/// Label: the pull request's number (Pipelines-as-Code).
pub const PULL_REQUEST: &str = "pipelinesascode.tekton.dev/pull-request";
/// Annotation: the name that the PipelineRun has in its file (Pipelines-as-Code).
pub const ORIGINAL_NAME: &str = "pipelinesascode.tekton.dev/original-prname";
/// Label: the build number. Pipelines-as-Code counts none.
pub const BUILD: &str = "landfall.dev/build";

const JX_ORGANISATION: &str = "lighthouse.jenkins-x.io/refs.org";
const JX_REPOSITORY: &str = "lighthouse.jenkins-x.io/refs.repo";
const JX_BRANCH: &str = "lighthouse.jenkins-x.io/branch";
const JX_PULL_REQUEST: &str = "lighthouse.jenkins-x.io/refs.pull";
const JX_BUILD: &str = "lighthouse.jenkins-x.io/buildNum";
const JX_SHA: &str = "lighthouse.jenkins-x.io/lastCommitSHA";
const JX_CONTEXT: &str = "lighthouse.jenkins-x.io/context";

/// The longest label value that Kubernetes takes.
const LABEL_LIMIT: usize = 63;

/// Where a run comes from. Empty text means unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunIdentity {
    /// The repository's owner.
    pub owner: String,
    /// The repository's name.
    pub repository: String,
    /// The branch that ran; for a pull request its target.
    pub branch: String,
    /// The pull request's number, if it was one.
    pub pull_request: Option<u64>,
    /// The build number within [`RunIdentity::pipeline`]; 0 is unknown.
    pub build: u64,
    /// The commit that ran.
    pub sha: String,
    /// The first line of its message.
    pub sha_title: String,
    /// Where the repository is.
    pub repository_url: String,
    /// The name of the PipelineRun in its file, such as `release`.
    pub context: String,
}

impl RunIdentity {
    /// Returns the branch as activities name it: `PR-<n>` for a pull request.
    pub fn branch_name(&self) -> String {
        match self.pull_request {
            Some(number) => format!("PR-{number}"),
            None => self.branch.clone(),
        }
    }

    /// Returns `owner/repository/branch`, leaving out what is not known.
    ///
    /// This is also the key of the build counter.
    pub fn pipeline(&self) -> String {
        let branch = self.branch_name();
        let parts = [&self.owner, &self.repository, &branch];
        let known: Vec<&str> = parts
            .iter()
            .map(|part| part.as_str())
            .filter(|part| !part.is_empty())
            .collect();
        known.join("/")
    }

    /// Returns the resource name of the activity, `owner-repository-branch-build` as a valid name.
    pub fn activity_name(&self) -> String {
        valid_name(&format!(
            "{}-{}-{}-{}",
            self.owner,
            self.repository,
            self.branch_name(),
            self.build
        ))
    }

    /// Reads the identity from an object's metadata: our labels, then those of Lighthouse.
    pub fn of(object: &Value) -> Self {
        let metadata = |key: &str| {
            ["labels", "annotations"].iter().find_map(|kind| {
                let value = object["metadata"][kind][key].as_str()?;
                (!value.is_empty()).then(|| value.to_owned())
            })
        };
        let first = |keys: &[&str]| keys.iter().find_map(|key| metadata(key));
        let number = |keys: &[&str]| first(keys).and_then(|text| text.parse().ok());
        Self {
            owner: first(&[ORGANISATION, JX_ORGANISATION]).unwrap_or_default(),
            repository: first(&[REPOSITORY, JX_REPOSITORY]).unwrap_or_default(),
            branch: first(&[BRANCH, JX_BRANCH]).unwrap_or_default(),
            pull_request: number(&[PULL_REQUEST, JX_PULL_REQUEST]),
            build: number(&[BUILD, JX_BUILD]).unwrap_or_default(),
            sha: first(&[SHA, JX_SHA]).unwrap_or_default(),
            sha_title: metadata(SHA_TITLE).unwrap_or_default(),
            repository_url: metadata(REPOSITORY_URL).unwrap_or_default(),
            context: first(&[ORIGINAL_NAME, JX_CONTEXT]).unwrap_or_default(),
        }
    }

    /// Makes a run that is about to start this one: its name, its labels, and which process runs it.
    pub fn name_run(&self, run: &mut Value, owner: Option<&Owner>) {
        self.stamp(run);
        if let Some(metadata) = run["metadata"].as_object_mut() {
            metadata.remove("generateName");
            metadata.insert("name".to_owned(), Value::String(self.activity_name()));
        }
        if let Some(owner) = owner {
            run["metadata"]["annotations"][OWNER] = Value::String(owner.to_string());
        }
    }

    /// Writes the identity into an object's `metadata.labels` and `metadata.annotations`.
    ///
    /// A text that Kubernetes would refuse as a label goes into the annotations; [`Self::of`] looks there too.
    pub fn stamp(&self, object: &mut Value) {
        let mut labels = Map::new();
        let mut annotations = Map::new();
        let mut put = |key: &str, value: String, label: bool| {
            if value.is_empty() {
                return;
            }
            let into = if label && is_label_value(&value) {
                &mut labels
            } else {
                &mut annotations
            };
            into.insert(key.to_owned(), Value::String(value));
        };
        let number = |number: Option<u64>| number.map(|n| n.to_string()).unwrap_or_default();
        put(ORGANISATION, self.owner.clone(), true);
        put(REPOSITORY, self.repository.clone(), true);
        put(SHA, self.sha.clone(), true);
        put(PULL_REQUEST, number(self.pull_request), true);
        put(BUILD, number((self.build > 0).then_some(self.build)), true);
        put(BRANCH, self.branch.clone(), false);
        put(SHA_TITLE, self.sha_title.clone(), false);
        put(REPOSITORY_URL, self.repository_url.clone(), false);
        put(ORIGINAL_NAME, self.context.clone(), false);
        extend(object, "labels", labels);
        extend(object, "annotations", annotations);
    }
}

/// Adds `entries` to `metadata.<field>`; what is no mapping there becomes one.
fn extend(object: &mut Value, field: &str, entries: Map<String, Value>) {
    if entries.is_empty() {
        return;
    }
    let metadata = mapping(mapping(object).entry("metadata").or_insert(Value::Null));
    mapping(metadata.entry(field).or_insert(Value::Null)).extend(entries);
}

/// Returns the mapping that `value` is, making it an empty one if it is none.
fn mapping(value: &mut Value) -> &mut Map<String, Value> {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    match value {
        Value::Object(map) => map,
        _ => unreachable!("it was made a mapping above"),
    }
}

/// Tells whether Kubernetes takes `value` as a label value.
pub(super) fn is_label_value(value: &str) -> bool {
    let edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = value.as_bytes();
    bytes.len() <= LABEL_LIMIT
        && edge(bytes.first())
        && edge(bytes.last())
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

/// Makes a resource name as jx does (`naming.ToValidName`).
///
/// Lower-case; `x` in front if there is no letter at all; leading non-letters dropped; everything but letters
/// and digits becomes one dash; no dash at the end. The length is not limited.
pub fn valid_name(text: &str) -> String {
    let mut text = text.to_lowercase();
    if !text.contains(|letter: char| letter.is_ascii_lowercase()) {
        text.insert(0, 'x');
    }
    let mut name = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_lowercase() || (letter.is_ascii_digit() && !name.is_empty()) {
            name.push(letter);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    name.truncate(name.trim_end_matches('-').len());
    name
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shop() -> RunIdentity {
        RunIdentity {
            owner: "acme".to_owned(),
            repository: "shop".to_owned(),
            branch: "feature/nice-thing".to_owned(),
            build: 7,
            sha: "0123abcd".to_owned(),
            sha_title: "feat: a nice thing".to_owned(),
            repository_url: "/forge/acme/shop.git".to_owned(),
            context: "release".to_owned(),
            pull_request: None,
        }
    }

    #[test]
    fn an_identity_reads_back_what_it_stamped() {
        let mut object = json!({"metadata": {"name": "run", "labels": {"mine": "kept"}}});
        let mut identity = shop();
        identity.stamp(&mut object);
        assert_eq!(RunIdentity::of(&object), identity);
        assert_eq!(object["metadata"]["labels"]["mine"], "kept");
        assert_eq!(object["metadata"]["labels"][BUILD], "7");
        assert_eq!(
            object["metadata"]["annotations"][BRANCH],
            "feature/nice-thing"
        );

        identity.repository = "name with spaces".to_owned();
        identity.stamp(&mut object);
        assert_eq!(
            object["metadata"]["annotations"][REPOSITORY],
            "name with spaces"
        );
    }

    #[test]
    fn lighthouse_labels_are_read_too() {
        let object = json!({"metadata": {"labels": {
            "lighthouse.jenkins-x.io/refs.org": "acme",
            "lighthouse.jenkins-x.io/refs.repo": "shop",
            "lighthouse.jenkins-x.io/branch": "main",
            "lighthouse.jenkins-x.io/buildNum": "3",
        }}});
        let identity = RunIdentity::of(&object);
        assert_eq!(identity.pipeline(), "acme/shop/main");
        assert_eq!(identity.activity_name(), "acme-shop-main-3");
    }

    #[test]
    fn a_pull_request_is_named_by_its_number() {
        let mut identity = shop();
        identity.pull_request = Some(12);
        assert_eq!(identity.pipeline(), "acme/shop/PR-12");
        assert_eq!(identity.activity_name(), "acme-shop-pr-12-7");
    }

    #[test]
    fn names_become_valid_as_in_jx() {
        for (text, expected) in [
            ("Acme-Shop-master-7", "acme-shop-master-7"),
            ("my.org-repo_1-feature/x-2", "my-org-repo-1-feature-x-2"),
            ("123-abc-4", "abc-4"),
            ("-2024-", "x-2024"),
            ("--x--y--", "x-y"),
            ("ünïcode-1", "n-code-1"),
            ("", "x"),
        ] {
            assert_eq!(valid_name(text), expected, "{text}");
        }
    }
}
