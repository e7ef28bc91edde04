//! Generations of charts: what `apiVersion` says, and how far Helm goes with its experimental third one.

use std::cmp::Ordering;

use crate::{Chart, Error, Warning, decode, dependencies};

/// Which of Helm's loaders a chart is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Generation {
    /// `v1`, `v2`, or nothing.
    Second,
    /// `v3`: Helm 4.3.1 loads it, checks it, and then refuses to install it.
    Third,
}

impl Generation {
    /// What a Chart.yaml says.
    ///
    /// # Errors
    /// Text that is no YAML map, or a generation that Helm does not know.
    pub(crate) fn of(text: &[u8]) -> Result<Self, Error> {
        let failed = |cause: String| Error::document("cannot load Chart.yaml", cause);
        let version = match decode::yaml(text).map_err(failed)? {
            goyaml::Value::Null => String::new(),
            goyaml::Value::Map(map) => {
                let field = map
                    .iter()
                    .find(|(key, _)| key.eq_ignore_ascii_case("apiVersion"));
                field
                    .map_or(Ok(String::new()), |(_, value)| {
                        decode::text(value, ".apiVersion")
                    })
                    .map_err(failed)?
            }
            other => return Err(failed(decode::wrong_value(&other, "loader.chartBase"))),
        };
        match version.as_str() {
            "v1" | "v2" | "" => Ok(Self::Second),
            "v3" => Ok(Self::Third),
            _ => Err(Error::other("unsupported chart version")),
        }
    }

    /// What stands for a missing `apiVersion`.
    pub(crate) fn default_version(self) -> &'static str {
        match self {
            Self::Second => "v1",
            Self::Third => "v3",
        }
    }

    /// An error with Go's types of this generation; they are written for the second.
    pub(crate) fn reword(self, error: Error) -> Error {
        match (self, error) {
            (Self::Third, Error::Document { context, cause }) => {
                // A type is the last word of the text.
                let cause = match cause.rsplit_once(" of type ") {
                    Some((before, kind)) => {
                        format!("{before} of type {}", kind.replace("v2.", "v3."))
                    }
                    None => cause,
                };
                Error::Document { context, cause }
            }
            (_, error) => error,
        }
    }
}

/// Why a loaded chart of the third generation is not installed (`runInstall` of `pkg/cmd/install.go`, in its order).
///
/// Helm has as many places for declared dependencies as there are charts in charts/: it trips over a place that stays empty,
/// and breaks down where there are too few, which is no reason to do so here.
pub(crate) fn refuse_third(chart: &Chart, warnings: &mut Vec<Warning>) -> Error {
    if let Err(error) = chart.metadata.check_installable() {
        return error;
    }
    if chart.metadata.deprecated {
        warnings.push(Warning::warn("this chart is deprecated"));
    }
    let (declared, places) = (chart.metadata.dependencies.len(), chart.dependencies.len());
    let checked = match declared.cmp(&places) {
        Ordering::Less => Err(Error::other(
            "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: unsupported chart dependency type",
        )),
        Ordering::Equal => dependencies::check_present(chart),
        Ordering::Greater => Ok(()),
    };
    match checked {
        Err(error) => error,
        Ok(()) => Error::other("invalid chart apiVersion"),
    }
}
