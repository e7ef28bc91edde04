//! What a repository asks of a toolchain, in the words of any ecosystem: `>=1.21`, `^20 || 22.x`, `~> 3.2`, `3.11.4`, `==3.9.*`.

use std::sync::LazyLock;

use regex::Regex;

/// One comparison: an operator and a version.
static COMPARISON: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?-u)(\^|~>|~=|~|>=|<=|>|<|={1,3}|!=)?\s*v?(\d+(?:\.\d+)*)((?:\.[xX*])*)[-+.\w]*")
        .ok()
});

/// `16 - 20`, which npm and Composer have.
static RANGE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?-u)v?(\d[\w.]*)\s+-\s+v?(\d[\w.]*)").ok());

/// The longest text that is read as a requirement; more is not one.
const MAX_LENGTH: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    /// The version itself, or one that begins with it.
    Is,
    Not,
    AtLeast,
    Above,
    AtMost,
    Below,
    /// The same up to the first part that is not 0.
    Caret,
    /// The same up to the second part.
    Tilde,
    /// The same up to the part before the last.
    Pessimistic,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Comparison {
    operator: Operator,
    version: Vec<u32>,
}

/// A requirement: any of the lists, and all of what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Requirement {
    any: Vec<Vec<Comparison>>,
}

impl Requirement {
    /// Reads a requirement; `None` for words such as `lts/*` or `system`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_LENGTH {
            return None;
        }
        let text = match RANGE.as_ref() {
            Some(range) => range.replace_all(text, ">=$1 <=$2").into_owned(),
            None => text.to_owned(),
        };
        let text = text.replace("||", "|").replace(" or ", "|");
        let any: Vec<Vec<Comparison>> = text
            .split('|')
            .map(comparisons)
            .filter(|all| !all.is_empty())
            .collect();
        (!any.is_empty()).then_some(Self { any })
    }

    /// At least this version, as Go and Cargo mean it.
    pub(super) fn at_least(text: &str) -> Option<Self> {
        Self::parse(&format!(">={}", text.trim()))
    }

    /// Whether a release fits.
    pub(super) fn admits(&self, release: &[u32]) -> bool {
        self.any
            .iter()
            .any(|all| all.iter().all(|one| one.admits(release)))
    }

    /// Whether a release differs only in what follows the first `parts` of an exact version that is asked for.
    pub(super) fn is_near(&self, release: &[u32], parts: usize) -> bool {
        self.any.iter().any(|all| match all.as_slice() {
            [one] if one.operator == Operator::Is => {
                one.version.len() > parts && begins(release, &one.version[..parts])
            }
            _ => false,
        })
    }
}

fn comparisons(text: &str) -> Vec<Comparison> {
    let Some(pattern) = COMPARISON.as_ref() else {
        return Vec::new();
    };
    pattern
        .captures_iter(text)
        .filter_map(|found| {
            let version: Vec<u32> = found[2]
                .split('.')
                .map(|part| part.parse().ok())
                .collect::<Option<_>>()?;
            let operator = match found.get(1).map_or("", |operator| operator.as_str()) {
                "^" => Operator::Caret,
                "~" => Operator::Tilde,
                "~>" | "~=" => Operator::Pessimistic,
                ">=" => Operator::AtLeast,
                ">" => Operator::Above,
                "<=" => Operator::AtMost,
                "<" => Operator::Below,
                "!=" => Operator::Not,
                _ => Operator::Is,
            };
            Some(Comparison { operator, version })
        })
        .collect()
}

impl Comparison {
    fn admits(&self, release: &[u32]) -> bool {
        let version = &self.version;
        match self.operator {
            Operator::Is => begins(release, version),
            Operator::Not => !begins(release, version),
            Operator::AtLeast => !is_less(release, version),
            Operator::Above => is_less(version, release) && !begins(release, version),
            Operator::AtMost => !is_less(version, release) || begins(release, version),
            Operator::Below => is_less(release, version),
            Operator::Caret => {
                let same = version.iter().take_while(|part| **part == 0).count() + 1;
                !is_less(release, version) && begins(release, &version[..same.min(version.len())])
            }
            Operator::Tilde => {
                !is_less(release, version) && begins(release, &version[..version.len().min(2)])
            }
            Operator::Pessimistic => {
                let same = version.len().saturating_sub(1).max(1);
                !is_less(release, version) && begins(release, &version[..same])
            }
        }
    }
}

/// Whether `release` has the parts of `version` in front.
fn begins(release: &[u32], version: &[u32]) -> bool {
    version
        .iter()
        .enumerate()
        .all(|(index, part)| release.get(index).copied().unwrap_or(0) == *part)
}

/// Whether one version is below another; missing parts are 0.
fn is_less(one: &[u32], other: &[u32]) -> bool {
    let part = |version: &[u32], index: usize| version.get(index).copied().unwrap_or(0);
    (0..one.len().max(other.len()))
        .map(|index| part(one, index).cmp(&part(other, index)))
        .find(|order| order.is_ne())
        .is_some_and(std::cmp::Ordering::is_lt)
}

#[cfg(test)]
mod tests {
    use super::Requirement;

    #[test]
    fn the_ranges_of_all_ecosystems_are_understood() {
        for (text, admitted, refused) in [
            (">=18", vec!["18.0.0", "24.19.0"], vec!["17.9.9"]),
            (">=18 <19", vec!["18.20.8"], vec!["19.0.0", "24.1.0"]),
            (">= 3.8, < 4", vec!["3.13.15"], vec!["4.0.0", "3.7.9"]),
            (
                "^20 || 22.x",
                vec!["20.1.0", "22.23.2"],
                vec!["21.0.0", "24.0.0"],
            ),
            ("^8.2|^8.3", vec!["8.4.1"], vec!["8.1.0", "9.0.0"]),
            ("^0.3.1", vec!["0.3.2"], vec!["0.4.0"]),
            ("~18.1", vec!["18.1.9"], vec!["18.2.0"]),
            ("~> 3.2", vec!["3.2.0", "3.9.0"], vec!["3.1.9", "4.0.0"]),
            ("~> 3.2.1", vec!["3.2.9"], vec!["3.3.0", "3.2.0"]),
            ("~=3.11", vec!["3.12.0"], vec!["4.0.0"]),
            ("==3.9.*", vec!["3.9.1"], vec!["3.10.0"]),
            ("v20.11.1", vec!["20.11.1"], vec!["20.11.2"]),
            ("3.13.0rc2", vec!["3.13.0"], vec!["2.0.0", "3.13.1"]),
            (
                "16 - 20",
                vec!["16.0.0", "20.9.0"],
                vec!["15.0.0", "21.0.0"],
            ),
            (">18", vec!["19.0.0"], vec!["18.5.0"]),
            ("<=3.12", vec!["3.12.9"], vec!["3.13.0"]),
            (">=3.8,!=3.9.*", vec!["3.10.0"], vec!["3.9.2"]),
        ] {
            let requirement = Requirement::parse(text).unwrap();
            let release = |text: &str| -> Vec<u32> {
                text.split('.').map(|part| part.parse().unwrap()).collect()
            };
            for version in admitted {
                assert!(
                    requirement.admits(&release(version)),
                    "{text} admits {version}"
                );
            }
            for version in refused {
                assert!(
                    !requirement.admits(&release(version)),
                    "{text} refuses {version}"
                );
            }
        }
    }

    #[test]
    fn words_are_no_requirement_and_numbers_may_be_long() {
        for text in [
            "lts/*",
            "node",
            "system",
            "",
            "*",
            &"1".repeat(300),
            "99999999999",
        ] {
            assert_eq!(Requirement::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_exact_version_has_neighbours() {
        let exact = Requirement::parse("3.3.0").unwrap();
        assert!(exact.is_near(&[3, 3, 12], 2) && !exact.is_near(&[3, 4, 0], 2));
        assert!(
            !Requirement::parse(">=3.3.0")
                .unwrap()
                .is_near(&[3, 3, 12], 2)
        );
    }
}
