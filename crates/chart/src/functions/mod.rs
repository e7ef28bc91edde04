//! The functions of Helm's templates: sprig 3.3.0 without `env` and `expandenv`, and Helm's own.
//!
//! One file for each group, each with a table `FUNCTIONS`; [`functions()`] puts them on top of Go's builtins. What a function
//! needs from outside (clock, random numbers, counters) comes from the [`Environment`] of the execution.

mod args;
mod case;
mod cast;
mod certificates;
mod checksums;
mod dates;
mod decimal;
mod dicts;
mod duration;
mod encoding;
mod environment;
mod json;
mod layout;
mod lists;
mod logic;
mod merge;
mod numbers;
mod passwords;
mod paths;
mod random;
mod regex;
mod strings;
mod templates;
mod time;
mod toml;
mod urls;
mod versions;
mod wrap;
mod yaml;

use gotpl::{Error, Functions, Value};

pub(crate) use environment::Environment;
pub use environment::Reproducible;
pub(crate) use regex::go_regex;

/// What a function returns.
type Result<T = Value> = std::result::Result<T, Error>;

/// Every function that a chart of Helm 4.3 may call.
pub(crate) fn functions() -> Functions {
    [
        strings::FUNCTIONS,
        case::FUNCTIONS,
        wrap::FUNCTIONS,
        regex::FUNCTIONS,
        lists::FUNCTIONS,
        dicts::FUNCTIONS,
        logic::FUNCTIONS,
        numbers::FUNCTIONS,
        dates::FUNCTIONS,
        duration::FUNCTIONS,
        encoding::FUNCTIONS,
        json::FUNCTIONS,
        yaml::FUNCTIONS,
        toml::FUNCTIONS,
        paths::FUNCTIONS,
        urls::FUNCTIONS,
        checksums::FUNCTIONS,
        random::FUNCTIONS,
        certificates::FUNCTIONS,
        passwords::FUNCTIONS,
        versions::FUNCTIONS,
        templates::FUNCTIONS,
    ]
    .into_iter()
    .fold(Functions::builtin(), Functions::with)
}

#[cfg(test)]
mod anything;
#[cfg(test)]
mod tests;
