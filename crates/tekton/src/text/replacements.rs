//! Puts values in the place of variables, in one pass: what was put in is not looked at again
//! (`pkg/substitution/replacements.go`).

use std::collections::{BTreeMap, HashMap};

use super::references::exact_expression;
use crate::model::{Param, ParamValue, WhenExpression};

/// The spellings of a parameter in a pipeline.
pub(crate) const PARAM_PATTERNS: [&str; 3] = ["params.%s", "params[\"%s\"]", "params['%s']"];

/// The spellings of a parameter in a task, with the one of old inputs.
pub(crate) const TASK_PARAM_PATTERNS: [&str; 4] = [
    "params.%s",
    "params[\"%s\"]",
    "params['%s']",
    "inputs.params.%s",
];

/// A pattern with the name in it.
pub(crate) fn pattern_key(pattern: &str, name: &str) -> String {
    pattern.replace("%s", name)
}

/// Values by variable, the variable written without `$(` and `)`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Replacements {
    /// Texts.
    pub strings: HashMap<String, String>,
    /// Lists, for `$(name)` and `$(name[*])` alone in a list.
    pub arrays: HashMap<String, Vec<String>>,
    /// Maps, for `$(name[*])` alone in a value.
    pub objects: HashMap<String, BTreeMap<String, String>>,
}

impl Replacements {
    /// Texts only.
    pub(crate) fn strings(entries: impl IntoIterator<Item = (String, String)>) -> Self {
        Self {
            strings: entries.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Adds a parameter in all its spellings, with its items and keys.
    pub(crate) fn add_param(&mut self, patterns: &[&str], name: &str, value: &ParamValue) {
        for pattern in patterns {
            let key = pattern_key(pattern, name);
            match value {
                ParamValue::String(text) => {
                    self.strings.insert(key, text.clone());
                }
                ParamValue::Array(items) => {
                    for (index, item) in items.iter().enumerate() {
                        self.strings.insert(format!("{key}[{index}]"), item.clone());
                    }
                    self.arrays.insert(key, items.clone());
                }
                ParamValue::Object(entries) => {
                    self.objects.insert(key, entries.clone());
                }
            }
        }
        if let ParamValue::Object(entries) = value {
            for (entry, text) in entries {
                self.strings
                    .insert(format!("params.{name}.{entry}"), text.clone());
            }
        }
    }

    /// The text with every known variable replaced.
    pub(crate) fn text(&self, text: &str) -> String {
        if self.strings.is_empty() || !text.contains("$(") {
            return text.to_owned();
        }
        let mut output = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find("$(") {
            output.push_str(&rest[..start]);
            let from = &rest[start + 2..];
            let found = from
                .find(')')
                .and_then(|end| Some((end, self.strings.get(&from[..end])?)));
            if let Some((end, value)) = found {
                output.push_str(value);
                rest = &from[end + 1..];
            } else {
                output.push_str("$(");
                rest = from;
            }
        }
        output + rest
    }

    /// Replaces in place.
    pub(crate) fn apply(&self, text: &mut String) {
        if text.contains("$(") {
            *text = self.text(text);
        }
    }

    /// What one item of a list becomes: the whole list it names, or itself with texts replaced.
    pub(crate) fn items(&self, item: &str) -> Vec<String> {
        match self.array(item) {
            Some(items) => items.clone(),
            None => vec![self.text(item)],
        }
    }

    /// The list that `$(name)` or `$(name[*])` names.
    fn array(&self, item: &str) -> Option<&Vec<String>> {
        let name = item.strip_prefix("$(")?.strip_suffix(')')?;
        self.arrays
            .get(name)
            .or_else(|| self.arrays.get(name.strip_suffix("[*]")?))
    }

    /// Replaces in a list, where an item can become many or none.
    pub(crate) fn apply_list(&self, list: &mut Vec<String>) {
        if list.iter().any(|item| item.contains("$(")) {
            *list = list.iter().flat_map(|item| self.items(item)).collect();
        }
    }

    /// Replaces in a parameter's value; a text that names a whole list or map becomes one
    /// (`ParamValue.ApplyReplacements`).
    pub(crate) fn apply_value(&self, value: &mut ParamValue) {
        match value {
            ParamValue::Array(items) => self.apply_list(items),
            ParamValue::Object(entries) => entries.values_mut().for_each(|text| self.apply(text)),
            ParamValue::String(text) => {
                let Some(expression) = exact_expression(text) else {
                    return self.apply(text);
                };
                let name = expression.strip_suffix("[*]").unwrap_or(expression);
                if let Some(entries) = self.objects.get(name) {
                    *value = ParamValue::Object(entries.clone());
                } else if let Some(items) = self.arrays.get(name) {
                    *value = ParamValue::Array(items.clone());
                } else if self.strings.contains_key(name) {
                    self.apply(text);
                }
            }
        }
    }

    /// Replaces in the values of parameters.
    pub(crate) fn apply_params(&self, params: &mut [Param]) {
        for param in params {
            self.apply_value(&mut param.value);
        }
    }

    /// Replaces in conditions; a list as input becomes its JSON text (`WhenExpression.applyReplacements`).
    pub(crate) fn apply_when(&self, when: &mut [WhenExpression]) {
        for expression in when {
            match self.array(&expression.input) {
                Some(items) => {
                    expression.input = serde_json::Value::from(items.clone()).to_string();
                }
                None => self.apply(&mut expression.input),
            }
            self.apply(&mut expression.cel);
            self.apply_list(&mut expression.values);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sample() -> Replacements {
        let mut replacements = Replacements::default();
        let string = |text: &str| ParamValue::String(text.to_owned());
        replacements.add_param(&PARAM_PATTERNS, "x", &string("ex"));
        replacements.add_param(&PARAM_PATTERNS, "my.dots", &string("dots"));
        replacements.add_param(&PARAM_PATTERNS, "loop", &string("$(params.x)"));
        replacements.add_param(
            &PARAM_PATTERNS,
            "list",
            &ParamValue::Array(vec!["a".into(), "b c".into()]),
        );
        replacements.add_param(&PARAM_PATTERNS, "none", &ParamValue::Array(vec![]));
        replacements.add_param(
            &PARAM_PATTERNS,
            "o",
            &ParamValue::Object([("k".to_owned(), "v".to_owned())].into()),
        );
        replacements
    }

    #[test]
    fn every_spelling_of_a_parameter_is_replaced_and_lookalikes_stay() {
        for (text, expected) in [
            ("$(params.x)", "ex"),
            ("$(params['x'])", "ex"),
            ("$(params[\"x\"])", "ex"),
            ("$(params['my.dots'])", "dots"),
            ("x$(params.x)y$(params.x)z", "xexyexz"),
            ("$$(params.x)", "$ex"),
            ("$(params.list[1])", "b c"),
            ("$(params['list'][0])", "a"),
            ("$(params.o.k)", "v"),
            ("$(params.o['k'])", "$(params.o['k'])"),
            ("$( params.x )", "$( params.x )"),
            ("${params.x}", "${params.x}"),
            ("$(params.list[2])", "$(params.list[2])"),
            (
                "$(params.unknown) $(date) $() $(",
                "$(params.unknown) $(date) $() $(",
            ),
            ("$($(params.x))", "$(ex)"),
        ] {
            assert_eq!(sample().text(text), expected, "{text}");
        }
    }

    #[test]
    fn replaced_values_are_not_replaced_again() {
        assert_eq!(sample().text("$(params.loop)"), "$(params.x)");
    }

    #[test]
    fn lists_take_the_place_of_an_item_that_names_them() {
        let mut list: Vec<String> = [
            "first",
            "$(params.list[*])",
            "$(params.none[*])",
            "$(params.list)",
            "x$(params.list[*])",
        ]
        .map(str::to_owned)
        .into();
        sample().apply_list(&mut list);
        assert_eq!(
            list,
            ["first", "a", "b c", "a", "b c", "x$(params.list[*])"]
        );
    }

    #[test]
    fn a_value_that_names_a_whole_list_or_map_becomes_one() {
        let applied = |text: &str| {
            let mut value = ParamValue::String(text.to_owned());
            sample().apply_value(&mut value);
            value
        };
        assert_eq!(
            applied("$(params.list[*])"),
            ParamValue::Array(vec!["a".into(), "b c".into()])
        );
        assert_eq!(
            applied("$(params.o[*])"),
            ParamValue::Object([("k".to_owned(), "v".to_owned())].into())
        );
        assert_eq!(applied("$(params.x)!"), ParamValue::String("ex!".into()));
    }

    proptest! {
        #[test]
        fn text_without_variables_is_unchanged(text in "[^$]*") {
            prop_assert_eq!(sample().text(&text), text);
        }

        #[test]
        fn unknown_variables_change_nothing(text in ".*") {
            let unknown = Replacements::strings([("zz.zz".to_owned(), "!".to_owned())]);
            prop_assume!(!text.contains("$(zz.zz)"));
            prop_assert_eq!(unknown.text(&text), text);
        }

        #[test]
        fn a_hostile_value_is_put_in_as_it_stands(value in ".*") {
            let replacements = Replacements::strings([("params.t".to_owned(), value.clone())]);
            prop_assert_eq!(replacements.text("<$(params.t)>"), format!("<{value}>"));
        }
    }
}
