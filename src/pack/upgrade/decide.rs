//! What becomes of one file, from its three versions.

use super::plan::{Ours, UpgradeAction, UpgradeInput};
use crate::pack::error::PackError;
use crate::pack::plan::hash;
use crate::ports::packs::ThreeTexts;

/// What becomes of one file.
pub(super) struct Decided {
    /// What is said about it; `None`: it stays, and nothing is worth saying.
    pub(super) said: Option<(UpgradeAction, String)>,
    /// What is done to it.
    pub(super) effect: Effect,
    /// The text that the record holds as the pack's from now on.
    pub(super) base: Base,
}

/// What is done to a file.
pub(super) enum Effect {
    /// Nothing.
    Stays,
    /// It gets this text.
    Becomes(String),
    /// It is removed.
    Goes,
}

/// The text that counts as the pack's from now on.
pub(super) enum Base {
    /// The newer pack's.
    Theirs,
    /// The older pack's: nothing was merged.
    Same,
    /// None: the file is the user's.
    Forgotten,
}

/// Decides about the file at `path`, where the repository has `ours` and the newer pack writes `theirs`.
///
/// # Errors
/// A history that cannot be read.
pub(super) fn decide(
    input: &UpgradeInput<'_>,
    path: &str,
    ours: Option<&Ours>,
    theirs: Option<&str>,
) -> Result<Decided, PackError> {
    let was_written = input.record.files.contains_key(path);
    let say = |action: UpgradeAction, because: &str| Some((action, because.to_owned()));
    let (text, has_crlf) = match ours {
        Some(Ours::Text(text)) => {
            let (text, has_crlf) = unix(text);
            (Some(text), has_crlf)
        }
        Some(Ours::Other(why)) => {
            let base = if was_written {
                Base::Same
            } else {
                Base::Forgotten
            };
            let because = format!("{why}, so it stays as it is");
            return Ok(Decided {
                said: Some((UpgradeAction::Keep, because)),
                effect: Effect::Stays,
                base,
            });
        }
        None => (None, false),
    };
    let back = |text: &str| {
        Effect::Becomes(if has_crlf {
            text.replace('\n', "\r\n")
        } else {
            text.to_owned()
        })
    };
    let (Some(text), true) = (&text, was_written) else {
        return Ok(match (&text, theirs) {
            // The user took away what the pack had written.
            (None, Some(_)) if was_written => Decided {
                said: None,
                effect: Effect::Stays,
                base: Base::Theirs,
            },
            (None, Some(theirs)) => Decided {
                said: say(UpgradeAction::Add, "the newer pack has it"),
                effect: Effect::Becomes(theirs.to_owned()),
                base: Base::Theirs,
            },
            (Some(text), Some(theirs)) if text == theirs => Decided {
                said: None,
                effect: Effect::Stays,
                base: Base::Theirs,
            },
            (Some(_), Some(_)) => Decided {
                said: say(
                    UpgradeAction::Keep,
                    "is yours, and the newer pack has one too",
                ),
                effect: Effect::Stays,
                base: Base::Forgotten,
            },
            (_, None) => Decided {
                said: None,
                effect: Effect::Stays,
                base: Base::Forgotten,
            },
        });
    };
    let is_untouched = input.record.files.get(path) == Some(&hash(text));
    let Some(theirs) = theirs else {
        return Ok(if is_untouched {
            Decided {
                said: say(UpgradeAction::Remove, "the newer pack has it no more"),
                effect: Effect::Goes,
                base: Base::Forgotten,
            }
        } else {
            Decided {
                said: say(
                    UpgradeAction::Keep,
                    "you edited it, and the newer pack has it no more",
                ),
                effect: Effect::Stays,
                base: Base::Forgotten,
            }
        });
    };
    if text == theirs {
        return Ok(Decided {
            said: None,
            effect: Effect::Stays,
            base: Base::Theirs,
        });
    }
    if is_untouched {
        return Ok(Decided {
            said: say(UpgradeAction::Update, "the newer pack changed it"),
            effect: back(theirs),
            base: Base::Theirs,
        });
    }
    if input.record.files.get(path) == Some(&hash(theirs)) {
        return Ok(Decided {
            said: None,
            effect: Effect::Stays,
            base: Base::Theirs,
        });
    }
    let Some(base) = input.bases.find(path)? else {
        return Ok(Decided {
            said: say(
                UpgradeAction::Keep,
                "what the older pack wrote is not known any more, so yours stays",
            ),
            effect: Effect::Stays,
            base: Base::Same,
        });
    };
    let merged = input.texts.merge(&ThreeTexts {
        base: &base,
        ours: text,
        theirs,
        labels: ("yours", "the pack's"),
    })?;
    let (action, because) = if merged.has_conflicts {
        (
            UpgradeAction::Conflict,
            "you and the newer pack changed the same lines",
        )
    } else {
        (
            UpgradeAction::Merge,
            "you and the newer pack changed different lines",
        )
    };
    Ok(if merged.text == *text {
        // Both made the same changes.
        Decided {
            said: None,
            effect: Effect::Stays,
            base: Base::Theirs,
        }
    } else {
        Decided {
            said: say(action, because),
            effect: back(&merged.text),
            base: Base::Theirs,
        }
    })
}

/// A text whose every line ends in CR LF, with LF alone; whether it was one.
pub(super) fn unix(text: &str) -> (String, bool) {
    let ends = text.matches('\n').count();
    if ends > 0 && text.matches("\r\n").count() == ends {
        (text.replace("\r\n", "\n"), true)
    } else {
        (text.to_owned(), false)
    }
}
