//! Templates that were parsed before, for renders of many releases at once: most of them have the same charts and libraries.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use gotpl::{Functions, Parsed};
use sha2::{Digest as _, Sha256};

/// The most templates that are kept; a full cache parses the others anew.
const CAPACITY: usize = 10_000;

/// Parsed templates by path and text. One may serve many threads.
#[derive(Debug, Default)]
pub struct TemplateCache {
    parsed: Mutex<HashMap<(String, [u8; 32]), Parsed>>,
}

impl TemplateCache {
    /// The template, parsed now or before.
    ///
    /// # Errors
    /// Go's parse error, which is not kept.
    pub(crate) fn parse(
        &self,
        path: &str,
        text: &str,
        functions: &Functions,
    ) -> Result<Parsed, gotpl::Error> {
        let key = (path.to_owned(), Sha256::digest(text).into());
        if let Some(parsed) = self.lock().get(&key) {
            return Ok(parsed.clone());
        }
        let parsed = Parsed::new(path, text, functions)?;
        let mut kept = self.lock();
        if kept.len() < CAPACITY {
            kept.insert(key, parsed.clone());
        }
        Ok(parsed)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(String, [u8; 32]), Parsed>> {
        self.parsed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
