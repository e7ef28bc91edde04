//! Names of children, volumes and claims.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::md5::md5_hex;

/// The longest name of an object that becomes a label's value.
const MAX_NAME_LENGTH: usize = 63;
const MD5_HEX_LENGTH: usize = 32;

/// The name of a child: parent and suffix, with a hash where that is too long (`kmeta.ChildName` of knative.dev/pkg).
///
/// Cuts at characters, never at bytes in the middle of one: long names crashed the controller once.
pub(crate) fn child_name(parent: &str, suffix: &str) -> String {
    if parent.len() + suffix.len() <= MAX_NAME_LENGTH {
        return format!("{parent}{suffix}");
    }
    let parent_room = MAX_NAME_LENGTH - MD5_HEX_LENGTH;
    let name = if suffix.len() < parent_room {
        let head = head_of(parent, parent_room - suffix.len());
        format!("{head}{}{suffix}", md5_hex(parent.as_bytes()))
    } else {
        // The suffix does not fit beside a hash: both are hashed together, and what room is left shows its start.
        let hash = md5_hex(format!("{parent}{suffix}").as_bytes());
        let name = format!("{}{hash}", head_of(parent, parent_room));
        let room = MAX_NAME_LENGTH - name.len();
        name + head_of(suffix, room)
    };
    // A name does not end with a separator.
    name.trim_end_matches(|c: char| !c.is_ascii_alphanumeric())
        .to_owned()
}

/// The name of one of `count` children of a pipeline task (`getNewRunNames`): the number is never cut off.
pub(crate) fn matrix_child_name(parent: &str, task: &str, index: usize, count: usize) -> String {
    let plain = || child_name(parent, &format!("-{task}"));
    if count == 1 {
        return plain();
    }
    let number = format!("-{index}");
    let name = child_name(parent, &format!("-{task}{number}"));
    if name.ends_with(&number) {
        return name;
    }
    let room = MAX_NAME_LENGTH - format!("-{count}").len();
    format!("{}{number}", head_of(&plain(), room))
}

fn head_of(text: &str, length: usize) -> &str {
    let end = (0..=length.min(text.len()))
        .rev()
        .find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

/// The container's name of a step: `step-<name>` or `step-unnamed-<index>`.
pub(crate) fn step_container(name: &str, index: usize) -> String {
    if name.is_empty() {
        format!("step-unnamed-{index}")
    } else {
        format!("step-{name}")
    }
}

/// The step's name in a status: `<name>` or `unnamed-<index>`.
pub(crate) fn step_name(name: &str, index: usize) -> String {
    if name.is_empty() {
        format!("unnamed-{index}")
    } else {
        name.to_owned()
    }
}

/// The volume that carries a workspace: `ws-` and five hexadecimal digits of the name's FNV-1a hash
/// (`names.GenerateHashedName`).
pub(crate) fn workspace_volume(workspace: &str) -> String {
    let hash = workspace.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let digits = format!("{hash:x}");
    format!("ws-{:0<5}", &digits[..digits.len().min(5)])
}

/// The claim made from a workspace's template: `pvc-` and ten digits of a hash of workspace and owner
/// (`volumeclaim.getPersistentVolumeClaimIdentity`).
pub(crate) fn claim_from_template(template: &str, workspace: &str, owner_uid: &str) -> String {
    let digest = Sha256::digest(format!("{workspace}{owner_uid}").as_bytes());
    let prefix = if template.is_empty() { "pvc" } else { template };
    format!("{prefix}-{}", &hex(&digest)[..10])
}

/// A UID for a child that is the same whenever the run's UID is: names hashed to the form of a UUID.
pub(crate) fn derived_uid(run_uid: &str, name: &str) -> String {
    let digest = hex(&Sha256::digest(format!("{run_uid}/{name}").as_bytes()));
    format!(
        "{}-{}-{}-{}-{}",
        &digest[..8],
        &digest[8..12],
        &digest[12..16],
        &digest[16..20],
        &digest[20..32]
    )
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn short_names_are_joined_and_long_ones_hashed_as_recorded_from_tekton() {
        let long = "a-run-with-a-rather-long-name-of-more-than-forty-characters";
        for (parent, suffix, name) in [
            ("hello", "-greet", "hello-greet"),
            (
                long,
                "-and-a-task-with-a-long-name-too",
                "a-run-with-a-rather-long-name-o19a4bde3be46dda612e38ea41ad42131",
            ),
            (
                long,
                "-short",
                "a-run-with-a-rather-long-1b40e53295a270eaaedeabc784c0a75b-short",
            ),
        ] {
            assert_eq!(child_name(parent, suffix), name);
        }
    }

    #[test]
    fn volumes_of_workspaces_are_hashed() {
        assert_eq!(workspace_volume("data"), "ws-d872e");
    }

    proptest! {
        #[test]
        fn children_never_have_names_that_are_too_long(parent in ".{0,200}", suffix in "-.{0,200}") {
            prop_assert!(child_name(&parent, &suffix).len() <= MAX_NAME_LENGTH);
        }
    }
}
