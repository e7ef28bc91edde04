//! Stable error codes. Each has a page in `docs/errors`, which `landfall explain` prints.

use std::fmt;

use include_dir::{Dir, include_dir};

static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/errors");

/// An error code such as `LF0101`. The hundreds group by topic; the list is in this file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(u16);

macro_rules! codes {
    ($($(#[doc = $help:literal])+ $name:ident = $number:literal),+ $(,)?) => {
        impl Code {
            $($(#[doc = $help])+ pub const $name: Self = Self($number);)+

            /// Every code, in the order of this file.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];
        }
    };
}

codes! {
    /// A command or feature that the product promises and this version does not have.
    NOT_THERE_YET = 1,
    /// An answer is needed, and asking is not possible or not allowed.
    CANNOT_ASK = 2,
    /// A settings file or variable has a value that cannot be used.
    BAD_SETTING = 3,
    /// An object with that name does not exist.
    NOT_FOUND = 4,
    /// The program itself is at fault.
    INTERNAL = 5,
    /// A file could not be read or written.
    FILE = 10,
    /// Another landfall process holds the lock.
    LOCKED = 11,
    /// The record of runs cannot be used: damaged, newer, or busy.
    RECORD = 12,
    /// A chart or an image cannot be kept or used.
    ARTIFACT = 13,
    /// The git program is missing or too old.
    NO_GIT = 20,
    /// A folder is no Git repository, or one that cannot be read here.
    NO_REPOSITORY = 21,
    /// Git does not know who commits.
    NO_IDENTITY = 22,
    /// A Git hook, a protected branch or the other side's login said no.
    GIT_REFUSED = 23,
    /// Somebody else changed the same thing.
    GIT_CONFLICT = 24,
    /// The git program or the object database failed.
    GIT_FAILED = 25,
    /// A file under `.tekton` cannot be used.
    PIPELINE = 30,
    /// A newer version of the app is there or on its way.
    SUPERSEDED = 40,
    /// The environment, a hold or its policy does not let the version in.
    PROMOTION_REFUSED = 41,
    /// A check of a promotion failed.
    CHECKS_FAILED = 42,
    /// A promotion still waits when its time is over.
    STILL_WAITING = 43,
    /// A file of an environment repository cannot be used.
    BAD_ENVIRONMENT = 44,
    /// A text cannot be the name of an app.
    BAD_NAME = 101,
    /// No pack fits the repository, or several applications are in it.
    NO_PACK = 102,
    /// A pack of that name does not exist.
    UNKNOWN_PACK = 103,
    /// A pack's own files are wrong.
    BAD_PACK = 104,
    /// The repository is not in a state to import.
    NOT_IMPORTABLE = 105,
    /// A revision of a pack is another one than when it was imported.
    PACK_MOVED = 106,
    /// A newer pack and the repository change the same lines.
    PACK_CONFLICT = 107,
    /// A chart of the repository lacks what a switch or an adoption needs.
    CHART_LACKS = 110,
    /// The local platform is not running.
    NOT_RUNNING = 70,
    /// The local platform does not answer, or not in time.
    NO_ANSWER = 71,
    /// An environment's content cannot be run.
    CANNOT_APPLY = 72,
    /// The local platform cannot start.
    CANNOT_SERVE = 73,
}

impl Code {
    /// Reads `LF0101`, `lf101` or `101`; `None` when no such code exists.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text
            .get(..2)
            .filter(|prefix| prefix.eq_ignore_ascii_case("lf"))
            .map_or(text, |_| &text[2..]);
        let number: u16 = digits.parse().ok()?;
        Self::ALL.iter().copied().find(|code| code.0 == number)
    }

    /// The page about this code, as Markdown.
    pub fn page(self) -> &'static str {
        PAGES
            .get_file(format!("{self}.md"))
            .and_then(|file| file.contents_utf8())
            .unwrap_or_default()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "LF{:04}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, PAGES};

    #[test]
    fn every_code_has_a_page_and_every_page_a_code() {
        for code in Code::ALL {
            assert!(
                code.page().starts_with(&format!("# {code}: ")),
                "docs/errors/{code}.md is missing"
            );
        }
        assert_eq!(PAGES.files().count(), Code::ALL.len());
    }

    #[test]
    fn codes_are_read_in_any_spelling_and_are_unique() {
        assert_eq!(Code::parse("LF0003"), Some(Code::BAD_SETTING));
        assert_eq!(Code::parse("lf3"), Some(Code::BAD_SETTING));
        assert_eq!(Code::parse("LF9999"), None);
        assert_eq!(Code::parse("é"), None);
        let mut all = Code::ALL.to_vec();
        all.dedup();
        assert_eq!(all.len(), Code::ALL.len());
    }
}
