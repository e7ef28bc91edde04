//! Semantic versions (github.com/Masterminds/semver 3).

use std::any::Any;

use gotpl::{Context, Error, Function, IntKind, Kind, Object, Signature, Type, Value};

use super::Result;
use super::args::str;
use crate::semver::{Constraint, Version};

const S: Type = Type::String;
const POINTER: Type = Type::Named("*semver.Version", Kind::Pointer);
const VERSION: Type = Type::Named("semver.Version", Kind::Struct);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::fixed("semver", &[S], |_, args| {
        Ok(version(Version::parse(&str(args, 0)).map_err(text)?))
    }),
    Function::fixed("semverCompare", &[S, S], |_, args| {
        let constraint = Constraint::parse(&str(args, 0)).map_err(text)?;
        let version = Version::parse(&str(args, 1)).map_err(text)?;
        Ok(constraint.check(&version).into())
    }),
];

fn text(error: impl std::fmt::Display) -> Error {
    Error::message(error.to_string())
}

fn version(version: Version) -> Value {
    Value::object(Semver {
        version,
        type_of: POINTER,
    })
}

/// An empty version of the same type, if the value is a version.
pub(super) fn zeroed(value: &Value) -> Option<Value> {
    let Semver { type_of, .. } = value.downcast::<Semver>()?;
    Some(Value::object(Semver {
        version: Version::default(),
        type_of: *type_of,
    }))
}

/// Whether two versions have the same parts: `==` compares pointers, `reflect.DeepEqual` what they point to.
pub(super) fn same_version(left: &Value, right: &Value) -> bool {
    let versions = left.downcast::<Semver>().zip(right.downcast::<Semver>());
    versions
        .is_some_and(|(left, right)| left.version == right.version && left.type_of == right.type_of)
}

/// `*semver.Version`, or the version itself, which methods that change one return.
#[derive(Debug)]
struct Semver {
    version: Version,
    type_of: Type,
}

impl Semver {
    fn by_value(version: Version) -> Value {
        Value::object(Self {
            version,
            type_of: VERSION,
        })
    }

    /// The version written anew, whatever it was read from.
    fn canonical(&self) -> String {
        let Version {
            major,
            minor,
            patch,
            prerelease,
            metadata,
            ..
        } = &self.version;
        let mut text = format!("{major}.{minor}.{patch}");
        if !prerelease.is_empty() {
            text.push('-');
            text.push_str(prerelease);
        }
        if !metadata.is_empty() {
            text.push('+');
            text.push_str(metadata);
        }
        text
    }

    /// A new version with other numbers, without prerelease and metadata.
    fn with_numbers(&self, major: u64, minor: u64, patch: u64) -> Value {
        let prefix = if self.version.original.starts_with('v') {
            "v"
        } else {
            ""
        };
        Self::by_value(Version {
            major,
            minor,
            patch,
            prerelease: String::new(),
            metadata: String::new(),
            original: format!("{prefix}{major}.{minor}.{patch}"),
        })
    }
}

impl Object for Semver {
    fn type_of(&self) -> Type {
        self.type_of
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn method(&self, name: &str) -> Option<Signature> {
        Some(match name {
            "Major" | "Minor" | "Patch" | "Prerelease" | "Metadata" | "Original" | "String"
            | "IncMajor" | "IncMinor" | "IncPatch" => Signature::fixed(&[]),
            "SetPrerelease" | "SetMetadata" => Signature::fixed(&[S]),
            "Compare" | "Equal" | "LessThan" | "LessThanEqual" | "GreaterThan"
            | "GreaterThanEqual" => Signature::fixed(&[POINTER]),
            _ => return None,
        })
    }

    fn call(&self, name: &str, _: &Context<'_>, args: &[Value]) -> Result {
        let number = |number: u64| Value::Int(number as i64, IntKind::Uint64);
        let Version {
            major,
            minor,
            patch,
            prerelease,
            metadata,
            original,
        } = &self.version;
        let order = args.first().and_then(|other| other.downcast::<Self>());
        let order = order.map(|other| self.version.compare(&other.version));
        let is = |test: fn(std::cmp::Ordering) -> bool| Value::from(order.is_some_and(test));
        Ok(match name {
            "Major" => number(*major),
            "Minor" => number(*minor),
            "Patch" => number(*patch),
            "Prerelease" => prerelease.as_str().into(),
            "Metadata" => metadata.as_str().into(),
            "Original" => original.as_str().into(),
            "IncMajor" => self.with_numbers(major.wrapping_add(1), 0, 0),
            "IncMinor" => self.with_numbers(*major, minor.wrapping_add(1), 0),
            "IncPatch" if prerelease.is_empty() => {
                self.with_numbers(*major, *minor, patch.wrapping_add(1))
            }
            "IncPatch" => self.with_numbers(*major, *minor, *patch),
            "Compare" => Value::int(order.map_or(1, |order| order as i64)),
            "Equal" => is(std::cmp::Ordering::is_eq),
            "LessThan" => is(std::cmp::Ordering::is_lt),
            "LessThanEqual" => is(std::cmp::Ordering::is_le),
            "GreaterThan" => is(std::cmp::Ordering::is_gt),
            "GreaterThanEqual" => is(std::cmp::Ordering::is_ge),
            "SetPrerelease" | "SetMetadata" => {
                let suffix = str(args, 0);
                let changed = if name == "SetPrerelease" {
                    format!("{major}.{minor}.{patch}-{suffix}")
                } else {
                    format!(
                        "{}+{suffix}",
                        self.canonical().split('+').next().unwrap_or_default()
                    )
                };
                Self::by_value(Version::parse(&changed).map_err(text)?)
            }
            _ => self.canonical().into(),
        })
    }

    fn display(&self) -> Option<String> {
        Some(self.canonical())
    }

    fn json(&self) -> Option<Value> {
        Some(self.canonical().into())
    }
}
