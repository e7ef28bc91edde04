//! Versions and constraints as Masterminds/semver 3.5 has them, which the `semver` crate does not: `v1.2` is a version,
//! `>=1.20-0` lets prereleases in, `1.x || ~2.3` is a constraint.

mod constraint;
mod version;

pub use constraint::Constraint;
pub use version::Version;

/// Why a text is no version or no constraint, in Go's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SemverError {
    /// Not a version at all.
    #[error("invalid semantic version")]
    Invalid,
    /// A number of the prerelease has a leading zero.
    #[error("version segment starts with 0")]
    LeadingZero,
    /// The version is longer than the limit.
    #[error(
        "version string is too long (max {} bytes)",
        version::MAX_VERSION_BYTES
    )]
    TooLong,
    /// A number that does not fit in 64 bits.
    #[error(
        "error parsing version segment: strconv.ParseUint: parsing \"{0}\": value out of range"
    )]
    OutOfRange(String),
    /// Not a constraint.
    #[error("improper constraint: {}", gotpl::quote::quote(.0.as_bytes()))]
    Improper(String),
    /// The constraint's version is none.
    #[error("constraint parser error")]
    ConstraintVersion,
    /// The constraint is longer than the limit.
    #[error(
        "constraint string is too long (max {} bytes)",
        constraint::MAX_CONSTRAINT_BYTES
    )]
    ConstraintTooLong,
    /// More alternatives than the limit.
    #[error("too many constraint groups (max {})", constraint::MAX_GROUPS)]
    TooManyGroups,
}
