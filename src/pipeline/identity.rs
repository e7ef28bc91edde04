//! Names and UIDs of runs.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use tekton::model::ObjectMeta;

/// The letters of Kubernetes' generated names: no vowels, nothing that looks like something else.
const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
const GENERATED_LENGTH: usize = 5;

/// A random UID in the form of a version 4 UUID.
pub fn new_uid() -> String {
    let digits = format!("{:016x}{:016x}", random(), random());
    format!(
        "{}-{}-4{}-8{}-{}",
        &digits[..8],
        &digits[8..12],
        &digits[13..16],
        &digits[17..20],
        &digits[20..32]
    )
}

/// The name of a run: its own, or one made from `generateName` as the API server makes it.
pub fn name_for(metadata: &ObjectMeta) -> String {
    if !metadata.name.is_empty() {
        return metadata.name.clone();
    }
    let mut seed = random();
    let letters = (0..GENERATED_LENGTH).map(|_| {
        let letter = LETTERS[(seed % LETTERS.len() as u64) as usize];
        seed /= LETTERS.len() as u64;
        char::from(letter)
    });
    letters.fold(metadata.generate_name.clone(), |name, letter| {
        name + &letter.to_string()
    })
}

/// A number that nobody foresees: the standard library seeds its hashers from the system's random source.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_generated_only_where_there_is_none() {
        let named = ObjectMeta {
            name: "x".into(),
            ..ObjectMeta::default()
        };
        assert_eq!(name_for(&named), "x");
        let generated = ObjectMeta {
            generate_name: "x-".into(),
            ..ObjectMeta::default()
        };
        assert_eq!(name_for(&generated).len(), 7);
        assert_ne!(new_uid(), new_uid());
        assert_eq!(new_uid().len(), 36);
    }
}
