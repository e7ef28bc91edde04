//! The pack that deploys an image which exists already has to be told which.

use super::error::PackError;
use super::model::Pack;
use super::values::PlanValue;

/// The pack that others extend and that builds nothing when it is chosen itself.
const AROUND_AN_IMAGE: &str = "base";

/// A reference that any pack could deploy.
pub(super) const EXAMPLE: &str = "registry.example.com/team/app:1.2.3";

/// Whether the image is named where the pack builds none.
///
/// # Errors
/// [`PackError::NoImage`], or a text that is no reference of an image.
pub(super) fn check(pack: &Pack, values: &[PlanValue]) -> Result<(), PackError> {
    let image = values.iter().find(|value| value.name == "image");
    let image = image
        .and_then(|value| value.value.as_str())
        .unwrap_or_default();
    if image.is_empty() {
        return if pack.name == AROUND_AN_IMAGE {
            Err(PackError::NoImage {
                pack: pack.name.clone(),
            })
        } else {
            Ok(())
        };
    }
    let is_plain = image
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | ':' | '@'));
    if is_plain {
        Ok(())
    } else {
        Err(PackError::BadValue {
            name: "image".to_owned(),
            value: image.to_owned(),
            expected: format!("a reference such as {EXAMPLE}"),
        })
    }
}
