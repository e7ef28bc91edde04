//! The fan-out of a pipeline task (`pkg/apis/pipeline/v1/matrix_types.go`).

use std::collections::BTreeMap;

use crate::model::{IncludeParams, Matrix, Param, ParamValue};

/// As many combinations as a stock Tekton admits (`default-max-matrix-combinations-count`).
pub(crate) const MAX_COMBINATIONS: usize = 256;

/// The values of one child, by parameter.
type Combination = BTreeMap<String, String>;

impl Matrix {
    /// Whether it fans out at all.
    pub(crate) fn is_used(&self) -> bool {
        !self.params.is_empty() || !self.include.is_empty()
    }

    /// Every parameter that it gives a value to.
    pub(crate) fn all_params(&self) -> impl Iterator<Item = &Param> {
        let included = self.include.iter().flat_map(|include| &include.params);
        self.params.iter().chain(included)
    }

    /// Whether a list that it fans out over has no items: then nothing runs.
    pub(crate) fn has_empty_list(&self) -> bool {
        self.params
            .iter()
            .any(|param| matches!(&param.value, ParamValue::Array(items) if items.is_empty()))
    }

    /// The params of each child, in order (`FanOut`). Look at [`Matrix::count`] before: lists multiply.
    pub(crate) fn combinations(&self) -> Vec<Vec<Param>> {
        let included: Vec<Combination> = self.include.iter().map(included).collect();
        let mut all: Vec<Combination> = Vec::new();
        if self.params.is_empty() {
            all = included;
        } else {
            for param in &self.params {
                all = fan_out(all, param);
            }
            overwrite(&mut all, &included);
            add_new(&mut all, included);
        }
        all.into_iter().map(into_params).collect()
    }

    /// How many children there are (`CountCombinations`); a list that is not known yet counts as one.
    pub(crate) fn count(&self) -> usize {
        if self.params.is_empty() {
            return self.include.len();
        }
        let lengths = self.params.iter().map(|param| items(param).len());
        let fanned_out = lengths
            .filter(|length| *length > 0)
            .fold(1, usize::saturating_mul);
        fanned_out.saturating_add(self.count_new())
    }

    /// `countNewCombinationsFromInclude`, which counts a combination once for each of its values that is new.
    fn count_new(&self) -> usize {
        let listed: BTreeMap<&str, &[String]> = self
            .params
            .iter()
            .map(|param| (param.name.as_str(), items(param)))
            .collect();
        let mut count = 0;
        for include in &self.include {
            for param in &include.params {
                match listed.get(param.name.as_str()) {
                    Some(values) if values.iter().any(|value| value == param.value.text()) => break,
                    Some(_) => count += 1,
                    None => {}
                }
            }
        }
        count
    }
}

fn items(param: &Param) -> &[String] {
    match &param.value {
        ParamValue::Array(items) => items,
        ParamValue::String(_) | ParamValue::Object(_) => &[],
    }
}

fn included(include: &IncludeParams) -> Combination {
    let values = include
        .params
        .iter()
        .map(|param| (param.name.clone(), param.value.text().to_owned()));
    values.collect()
}

/// Every combination so far with every item; the last parameter changes slowest.
fn fan_out(so_far: Vec<Combination>, param: &Param) -> Vec<Combination> {
    let so_far = if so_far.is_empty() {
        vec![Combination::new()]
    } else {
        so_far
    };
    let mut expanded = Vec::new();
    for item in items(param) {
        for combination in &so_far {
            let mut combination = combination.clone();
            combination.insert(param.name.clone(), item.clone());
            expanded.push(combination);
        }
    }
    expanded
}

/// Included values go into every combination that they do not contradict.
fn overwrite(all: &mut [Combination], included: &[Combination]) {
    for combination in all {
        for values in included {
            let agrees = values
                .iter()
                .all(|(name, value)| combination.get(name).is_none_or(|known| known == value));
            if agrees {
                combination.extend(values.clone());
            }
        }
    }
}

/// Included values that no combination shares are a combination of their own.
fn add_new(all: &mut Vec<Combination>, included: Vec<Combination>) {
    for values in included {
        let is_shared = all.iter().any(|combination| {
            values
                .iter()
                .any(|(name, value)| combination.get(name) == Some(value))
        });
        if !values.is_empty() && !is_shared {
            all.push(values);
        }
    }
}

fn into_params(combination: Combination) -> Vec<Param> {
    combination
        .into_iter()
        .map(|(name, value)| Param {
            name,
            value: ParamValue::String(value),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matrix(params: &[(&str, &[&str])], include: &[&[(&str, &str)]]) -> Matrix {
        let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect();
        Matrix {
            params: params
                .iter()
                .map(|(name, items)| Param {
                    name: (*name).to_owned(),
                    value: ParamValue::Array(list(items)),
                })
                .collect(),
            include: include
                .iter()
                .map(|values| IncludeParams {
                    params: values
                        .iter()
                        .map(|(name, value)| Param {
                            name: (*name).to_owned(),
                            value: ParamValue::String((*value).to_owned()),
                        })
                        .collect(),
                    ..IncludeParams::default()
                })
                .collect(),
        }
    }

    fn shown(matrix: &Matrix) -> Vec<String> {
        matrix
            .combinations()
            .iter()
            .map(|params| {
                let values = params
                    .iter()
                    .map(|param| format!("{}={}", param.name, param.value.text()));
                values.collect::<Vec<_>>().join(" ")
            })
            .collect()
    }

    #[test]
    fn the_first_list_changes_fastest_and_included_values_join_what_they_fit() {
        let matrix = matrix(
            &[("os", &["linux", "mac"]), ("arch", &["amd", "arm"])],
            &[
                &[("os", "mac"), ("arch", "arm"), ("flag", "-v")],
                &[("everywhere", "yes")],
                &[("os", "plan9")],
            ],
        );
        assert_eq!(
            shown(&matrix),
            [
                "arch=amd everywhere=yes os=linux",
                "arch=amd everywhere=yes os=mac",
                "arch=arm everywhere=yes os=linux",
                "arch=arm everywhere=yes flag=-v os=mac",
                "os=plan9",
            ]
        );
        assert_eq!(matrix.count(), 5);
    }

    #[test]
    fn included_combinations_alone_are_taken_as_they_are() {
        let matrix = matrix(&[], &[&[("a", "1"), ("b", "2")], &[("a", "1")]]);
        assert_eq!(shown(&matrix), ["a=1 b=2", "a=1"]);
        assert_eq!(matrix.count(), 2);
        assert!(!Matrix::default().is_used());
    }

    #[test]
    fn an_empty_list_is_noticed_and_a_huge_product_does_not_overflow() {
        assert!(matrix(&[("a", &["1"]), ("b", &[])], &[]).has_empty_list());
        let items = ["x"; 200];
        let lists: Vec<(String, &[&str])> = (0..20).map(|n| (n.to_string(), &items[..])).collect();
        let lists: Vec<(&str, &[&str])> = lists.iter().map(|(n, i)| (n.as_str(), *i)).collect();
        assert_eq!(matrix(&lists, &[]).count(), usize::MAX);
    }

    proptest! {
        #[test]
        fn lists_alone_give_as_many_children_as_are_counted(lengths in proptest::collection::vec(1_usize..5, 1..4)) {
            let items = ["a", "b", "c", "d"];
            let names = ["x", "y", "z"];
            let lists: Vec<(&str, &[&str])> =
                lengths.iter().zip(names).map(|(length, name)| (name, &items[..*length])).collect();
            let matrix = matrix(&lists, &[]);
            prop_assert_eq!(matrix.combinations().len(), matrix.count());
        }
    }
}
