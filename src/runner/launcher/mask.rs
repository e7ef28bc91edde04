//! Keeps secrets out of logs.

/// What stands for a secret.
const MASK: &[u8] = b"***";
/// Shorter texts are not masked: they would tear ordinary words apart.
const SHORTEST: usize = 4;

/// Replaces texts in a stream, also where they are cut by the borders of reads.
#[derive(Debug)]
pub(super) struct Masker {
    secrets: Vec<Vec<u8>>,
    held: Vec<u8>,
}

impl Masker {
    /// Longer texts are replaced first.
    pub(super) fn new(secrets: &[String]) -> Self {
        let mut secrets: Vec<_> = secrets
            .iter()
            .filter(|secret| secret.len() >= SHORTEST)
            .map(|secret| secret.as_bytes().to_vec())
            .collect();
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        Self {
            secrets,
            held: Vec::new(),
        }
    }

    /// The next part of the stream, less what may be the start of a secret.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.held.extend_from_slice(bytes);
        self.replace(false)
    }

    /// What is left at the stream's end.
    pub(super) fn finish(&mut self) -> Vec<u8> {
        self.replace(true)
    }

    fn replace(&mut self, is_end: bool) -> Vec<u8> {
        let mut output = Vec::with_capacity(self.held.len());
        let mut at = 0;
        while at < self.held.len() {
            let rest = &self.held[at..];
            let may_grow = |secret: &Vec<u8>| secret.len() > rest.len() && secret.starts_with(rest);
            if !is_end && self.secrets.iter().any(may_grow) {
                break;
            }
            if let Some(secret) = self.secrets.iter().find(|secret| rest.starts_with(secret)) {
                output.extend_from_slice(MASK);
                at += secret.len();
            } else {
                output.push(rest[0]);
                at += 1;
            }
        }
        self.held.drain(..at);
        output
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn masked(parts: &[&str]) -> String {
        let mut masker = Masker::new(&["hunter2".to_owned(), "hunt".to_owned(), "x".to_owned()]);
        let mut output: Vec<u8> = parts
            .iter()
            .flat_map(|part| masker.push(part.as_bytes()))
            .collect();
        output.extend(masker.finish());
        String::from_utf8(output).unwrap()
    }

    #[test]
    fn secrets_are_replaced_also_across_reads() {
        assert_eq!(masked(&["pw=hunter2\n"]), "pw=***\n");
        assert_eq!(masked(&["pw=hun", "ter2\n"]), "pw=***\n");
        assert_eq!(masked(&["hunted hun"]), "***ed hun");
        assert_eq!(masked(&["x marks"]), "x marks");
    }

    proptest! {
        #[test]
        fn no_secret_survives_however_the_stream_is_cut(
            before in "[a-z]{0,9}", after in "[a-z]{0,9}", cut in 0_usize..30,
        ) {
            let text = format!("{before}hunter2{after}");
            let cut = cut.min(text.len());
            prop_assert!(!masked(&[&text[..cut], &text[cut..]]).contains("hunter2"));
        }
    }
}
