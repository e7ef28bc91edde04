//! The keywords of objects, texts and numbers.

use goyaml::{Map, Value};
use regex::Regex;

use crate::functions::go_regex;

use super::documents::RefError;
use super::report::{Kind, Problem, count, number, quote, quote_all};
use super::validator::{Checked, Step, Walk};

pub(super) fn limit(schema: &Value, keyword: &str) -> Option<usize> {
    schema
        .get(keyword)
        .and_then(Value::as_f64)
        .filter(|limit| *limit >= 0.0)
        .map(|limit| limit as usize)
}

pub(super) fn list<'s>(schema: &'s Value, keyword: &str) -> &'s [Value] {
    schema
        .get(keyword)
        .and_then(Value::as_list)
        .unwrap_or_default()
}

fn map<'s>(schema: &'s Value, keyword: &str) -> Option<&'s Map> {
    schema.get(keyword).and_then(Value::as_map)
}

fn pattern(text: &str) -> Checked<Regex> {
    go_regex(text).map_err(|_| RefError::Regex(text.to_owned()))
}

/// Required names that a value lacks.
fn missing<'s>(value: &Map, required: &'s [Value]) -> Vec<&'s str> {
    required
        .iter()
        .filter_map(Value::as_str)
        .filter(|name| !value.contains_key(*name))
        .collect()
}

/// Whether a number keeps to a limit.
type Fits = fn(f64, f64) -> bool;

impl<'d> Walk<'d> {
    pub(super) fn add(&self, step: &mut Step<'d>, text: impl Into<String>) {
        step.problems.push(self.problem(text));
    }

    /// `NAME: got N, want N` for a keyword that limits a count.
    pub(super) fn bound(
        &self,
        step: &mut Step<'d>,
        keyword: &str,
        got: usize,
        fits: impl Fn(usize, usize) -> bool,
    ) {
        if let Some(want) = limit(step.place.schema, keyword)
            && !fits(got, want)
        {
            self.add(
                step,
                format!("{keyword}: got {}, want {}", count(got), count(want)),
            );
        }
    }

    pub(super) fn object(&mut self, step: &mut Step<'d>, value: &Map) -> Checked {
        let schema = step.place.schema;
        self.bound(step, "minProperties", value.len(), |got, want| got >= want);
        self.bound(step, "maxProperties", value.len(), |got, want| got <= want);
        match missing(value, list(schema, "required")).as_slice() {
            [] => {}
            [one] => self.add(step, format!("missing property {}", quote(one))),
            several => self.add(
                step,
                format!("missing properties {}", quote_all(several.iter().copied())),
            ),
        }
        for (name, dependency) in map(schema, "dependencies").into_iter().flatten() {
            self.dependency(step, value, name, dependency)?;
        }
        self.properties(step, value)?;
        if step.draft == 4 {
            return Ok(());
        }
        if let Some(names) = schema.get("propertyNames") {
            for name in value.keys() {
                let found =
                    self.part(Self::inner(step, names), &Value::from(name.as_str()), name)?;
                if let Some(found) = found {
                    // The library checks names apart: their problems lie at the top.
                    let cause = relocated(found, self.location.len() + 1);
                    let kind = Kind::Keyword(format!("invalid propertyName {}", quote(name)));
                    let causes = match cause.kind {
                        Kind::Group => cause.causes,
                        Kind::Keyword(_) | Kind::Reference => vec![cause],
                    };
                    step.problems.push(Problem {
                        location: self.location.clone(),
                        kind,
                        causes,
                    });
                }
            }
        }
        for (name, dependency) in map(schema, "dependentSchemas").into_iter().flatten() {
            self.dependency(step, value, name, dependency)?;
        }
        for (name, dependency) in map(schema, "dependentRequired").into_iter().flatten() {
            self.dependency(step, value, name, dependency)?;
        }
        Ok(())
    }

    /// Names or a schema that apply when a property is there.
    fn dependency(
        &mut self,
        step: &mut Step<'d>,
        value: &Map,
        name: &str,
        dependency: &'d Value,
    ) -> Checked {
        if !value.contains_key(name) {
            return Ok(());
        }
        if let Value::List(required) = dependency {
            let missing = missing(value, required);
            if !missing.is_empty() {
                self.add(
                    step,
                    format!(
                        "properties {} required, if {} exists",
                        quote_all(missing),
                        quote(name)
                    ),
                );
            }
            return Ok(());
        }
        let problem = self.same_value(
            step,
            Self::inner(step, dependency),
            &Value::Map(value.clone()),
        )?;
        step.problems.extend(problem);
        Ok(())
    }

    fn properties(&mut self, step: &mut Step<'d>, value: &Map) -> Checked {
        let schema = step.place.schema;
        let known = map(schema, "properties");
        let mut patterns = Vec::new();
        for (text, inner) in map(schema, "patternProperties").into_iter().flatten() {
            patterns.push((pattern(text)?, inner));
        }
        let mut additional = Vec::new();
        for (name, part) in value {
            let mut schemas: Vec<&'d Value> = known
                .and_then(|known| known.get(name))
                .into_iter()
                .collect();
            schemas.extend(
                patterns
                    .iter()
                    .filter(|(pattern, _)| pattern.is_match(name))
                    .map(|(_, inner)| *inner),
            );
            let mut evaluated = !schemas.is_empty();
            for inner in schemas {
                let problem = self.part(Self::inner(step, inner), part, name)?;
                step.problems.extend(problem);
            }
            if !evaluated && let Some(rest) = schema.get("additionalProperties") {
                evaluated = true;
                match rest {
                    Value::Bool(true) => {}
                    Value::Bool(false) => additional.push(name.as_str()),
                    rest => {
                        let problem = self.part(Self::inner(step, rest), part, name)?;
                        step.problems.extend(problem);
                    }
                }
            }
            if evaluated {
                step.left.properties.remove(name);
            }
        }
        if !additional.is_empty() {
            self.add(
                step,
                format!(
                    "additional properties {} not allowed",
                    quote_all(additional)
                ),
            );
        }
        Ok(())
    }

    pub(super) fn text(&self, step: &mut Step<'d>, text: &str) -> Checked {
        let length = text.chars().count();
        self.bound(step, "minLength", length, |got, want| got >= want);
        self.bound(step, "maxLength", length, |got, want| got <= want);
        if let Some(wanted) = step.place.schema.get("pattern").and_then(Value::as_str)
            && !pattern(wanted)?.is_match(text)
        {
            self.add(
                step,
                format!("{} does not match pattern {}", quote(text), quote(wanted)),
            );
        }
        Ok(())
    }

    pub(super) fn number(&self, step: &mut Step<'d>, value: &Value) {
        let schema = step.place.schema;
        let Some(got) = value.as_f64() else { return };
        // Draft 4 has booleans that make the limits exclusive.
        let exclusive = |keyword: &str| schema.get(keyword).and_then(Value::as_bool) == Some(true);
        let limits: [(&str, &str, bool, Fits); 6] = [
            (
                "minimum",
                "minimum",
                !exclusive("exclusiveMinimum"),
                |got, want| got >= want,
            ),
            (
                "maximum",
                "maximum",
                !exclusive("exclusiveMaximum"),
                |got, want| got <= want,
            ),
            (
                "exclusiveMinimum",
                "minimum",
                exclusive("exclusiveMinimum"),
                |got, want| got > want,
            ),
            ("exclusiveMinimum", "exclusiveMinimum", true, |got, want| {
                got > want
            }),
            (
                "exclusiveMaximum",
                "maximum",
                exclusive("exclusiveMaximum"),
                |got, want| got < want,
            ),
            ("exclusiveMaximum", "exclusiveMaximum", true, |got, want| {
                got < want
            }),
        ];
        for (name, keyword, applies, fits) in limits {
            if let Some(want) = schema
                .get(keyword)
                .and_then(Value::as_f64)
                .filter(|_| applies)
                && !fits(got, want)
            {
                self.add(
                    step,
                    format!("{name}: got {}, want {}", number(got), number(want)),
                );
            }
        }
        if let Some(want) = schema.get("multipleOf").and_then(Value::as_f64)
            && !is_multiple(got, want)
        {
            self.add(
                step,
                format!("multipleOf: got {}, want {}", number(got), number(want)),
            );
        }
    }
}

/// The problem with the first tokens of all its places taken off.
fn relocated(problem: Problem, tokens: usize) -> Problem {
    Problem {
        location: problem.location.get(tokens..).unwrap_or_default().to_vec(),
        kind: problem.kind,
        causes: problem
            .causes
            .into_iter()
            .map(|cause| relocated(cause, tokens))
            .collect(),
    }
}

/// Whether a decimal number is a multiple of another: both are scaled to whole numbers by their shortest digits first.
fn is_multiple(value: f64, of: f64) -> bool {
    let places = |number: f64| {
        let text = goyaml::number::format_json(number);
        text.split_once('.')
            .map_or(0, |(_, fraction)| fraction.len()) as i32
    };
    let scale = 10_f64.powi(places(value).max(places(of)));
    let (value, of) = ((value * scale).round(), (of * scale).round());
    of != 0.0 && value % of == 0.0
}

#[cfg(test)]
mod tests {
    use super::is_multiple;

    #[test]
    fn multiples_of_decimals() {
        assert!(is_multiple(1.2, 0.1));
        assert!(is_multiple(6.0, 3.0));
        assert!(!is_multiple(1.3, 0.5));
    }
}
