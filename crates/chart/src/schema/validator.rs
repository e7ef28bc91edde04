//! The walk over schema and value (`validator.go`).

use goyaml::Value;

use super::compare::equal;
use super::documents::{Documents, Place, RefError};
use super::format;
use super::report::{Kind, Problem, display};
use super::unevaluated::Unevaluated;
use crate::limits::{MAX_SCHEMA_DEPTH, MAX_SCHEMA_STEPS};

/// Checks a value against the root of a document.
pub(super) fn validate(
    documents: &Documents,
    document: usize,
    value: &Value,
) -> Result<Option<Problem>, RefError> {
    let mut walk = Walk {
        documents,
        scope: Vec::new(),
        location: Vec::new(),
        next_value: 0,
        steps: 0,
    };
    let root = documents.root(document);
    let (problem, _) = walk.schema(root, value, 0, false)?;
    Ok(problem)
}

pub(super) struct Walk<'d> {
    pub(super) documents: &'d Documents,
    /// Schemas on the way here and the value each was asked about.
    scope: Vec<(*const Value, usize, usize)>,
    pub(super) location: Vec<String>,
    next_value: usize,
    steps: u64,
}

/// One schema asked about one value.
pub(super) struct Step<'d> {
    pub(super) place: Place<'d>,
    pub(super) draft: u16,
    pub(super) value_id: usize,
    pub(super) problems: Vec<Problem>,
    pub(super) left: Unevaluated,
}

pub(super) type Checked<T = ()> = Result<T, RefError>;

impl<'d> Walk<'d> {
    /// Asks a schema about a value; gives the problem and what the schema left unevaluated.
    fn schema(
        &mut self,
        place: Place<'d>,
        value: &Value,
        value_id: usize,
        caller_asks: bool,
    ) -> Checked<(Option<Problem>, Unevaluated)> {
        let left = Unevaluated::of(value, place.schema, caller_asks);
        match place.schema {
            Value::Bool(false) => return Ok((Some(self.problem("false schema")), left)),
            Value::Map(_) => {}
            _ => return Ok((None, left)),
        }
        if self.scope.len() > MAX_SCHEMA_DEPTH {
            return Err(RefError::TooDeep);
        }
        self.steps += 1;
        if self.steps > MAX_SCHEMA_STEPS {
            return Err(RefError::TooLong);
        }
        let entry = (std::ptr::from_ref(place.schema), place.document, value_id);
        if self
            .scope
            .iter()
            .rev()
            .take_while(|(.., id)| *id == value_id)
            .any(|known| *known == entry)
        {
            let url = &self.documents.get(place.document).url;
            return Ok((
                Some(self.problem(format!("{url} causing reference cycle"))),
                left,
            ));
        }
        self.scope.push(entry);
        let draft = self.documents.get(place.document).draft;
        let mut step = Step {
            place,
            draft,
            value_id,
            problems: Vec::new(),
            left,
        };
        let first = self.check(&mut step, value);
        self.scope.pop();
        if let Some(problem) = first? {
            return Ok((Some(problem), step.left));
        }
        let problem = match step.problems.len() {
            0 | 1 => step.problems.pop(),
            _ => Some(Problem {
                location: self.location.clone(),
                kind: Kind::Group,
                causes: step.problems,
            }),
        };
        Ok((problem, step.left))
    }

    /// Type, const, enum and format end the check at once; everything else is collected.
    fn check(&mut self, step: &mut Step<'d>, value: &Value) -> Checked<Option<Problem>> {
        let schema = step.place.schema;
        let alone = step.draft < 2019 && schema.get("$ref").is_some();
        if !alone && let Some(problem) = self.simple(schema, step.draft, value) {
            return Ok(Some(problem));
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let problem = self.reference(step, reference, value)?;
            if step.draft < 2019 {
                return Ok(problem);
            }
            step.problems.extend(problem);
        }
        match value {
            Value::Map(map) => self.object(step, map)?,
            Value::List(items) => self.array(step, items)?,
            Value::String(text) => self.text(step, text)?,
            Value::Int(_) | Value::Uint(_) | Value::Float(_) => self.number(step, value),
            Value::Null | Value::Bool(_) => {}
        }
        if step.draft >= 2019 {
            for keyword in ["$recursiveRef", "$dynamicRef"] {
                if let Some(reference) = schema.get(keyword).and_then(Value::as_str) {
                    let problem = self.dynamic(step, reference, value)?;
                    step.problems.extend(problem);
                }
            }
        }
        self.conditions(step, value)?;
        if step.draft >= 2019 {
            self.unevaluated(step, value)?;
        }
        Ok(None)
    }

    fn simple(&self, schema: &Value, draft: u16, value: &Value) -> Option<Problem> {
        if let Some(types) = schema.get("type") {
            let wanted = types_of(types);
            if !wanted.is_empty() && !wanted.iter().any(|wanted| has_type(value, wanted)) {
                return Some(self.problem(format!(
                    "got {}, want {}",
                    type_of(value),
                    wanted.join(" or ")
                )));
            }
        }
        if let Some(wanted) = schema.get("const").filter(|_| draft >= 6)
            && !equal(value, wanted)
        {
            return Some(self.problem(match wanted {
                Value::List(_) | Value::Map(_) => "'const' failed".to_owned(),
                _ => format!("value must be {}", display(wanted)),
            }));
        }
        if let Some(Value::List(wanted)) = schema.get("enum")
            && !wanted.iter().any(|wanted| equal(value, wanted))
        {
            let plain = !wanted
                .iter()
                .any(|item| matches!(item, Value::List(_) | Value::Map(_)));
            let shown: Vec<_> = wanted.iter().map(display).collect();
            return Some(self.problem(match shown.as_slice() {
                [one] if plain => format!("value must be {one}"),
                _ if plain => format!("value must be one of {}", shown.join(", ")),
                _ => "'enum' failed".to_owned(),
            }));
        }
        if let (Some(Value::String(name)), Value::String(text)) = (schema.get("format"), value)
            && (draft < 2019 || name == "regex")
            && let Some(why) = format::problem(name, text)
        {
            return Some(self.problem(format!(
                "{} is not valid {name}: {why}",
                super::report::quote(text)
            )));
        }
        None
    }

    pub(super) fn problem(&self, text: impl Into<String>) -> Problem {
        Problem::keyword(&self.location, text)
    }

    /// Asks another schema about the same value.
    pub(super) fn same_value(
        &mut self,
        step: &mut Step<'d>,
        schema: Place<'d>,
        value: &Value,
    ) -> Checked<Option<Problem>> {
        let (problem, left) = self.schema(schema, value, step.value_id, !step.left.is_empty())?;
        if problem.is_none() {
            step.left.keep(&left);
        }
        Ok(problem)
    }

    /// Asks a schema about a part of the value.
    pub(super) fn part(
        &mut self,
        schema: Place<'d>,
        value: &Value,
        token: &str,
    ) -> Checked<Option<Problem>> {
        self.next_value += 1;
        let value_id = self.next_value;
        self.location.push(token.to_owned());
        let checked = self.schema(schema, value, value_id, false);
        self.location.pop();
        checked.map(|(problem, _)| problem)
    }

    /// A schema inside the current one.
    pub(super) fn inner(step: &Step<'d>, schema: &'d Value) -> Place<'d> {
        Place {
            document: step.place.document,
            schema,
        }
    }

    fn reference(
        &mut self,
        step: &mut Step<'d>,
        reference: &str,
        value: &Value,
    ) -> Checked<Option<Problem>> {
        let target = self.documents.follow(step.place.document, reference)?;
        self.refer(step, target, value)
    }

    /// `$dynamicRef` and `$recursiveRef` lead to the outermost schema on the way here that carries the same anchor.
    fn dynamic(
        &mut self,
        step: &mut Step<'d>,
        reference: &str,
        value: &Value,
    ) -> Checked<Option<Problem>> {
        let mut target = self.documents.follow(step.place.document, reference)?;
        let anchor = |schema: &Value| {
            let dynamic = schema
                .get("$dynamicAnchor")
                .and_then(Value::as_str)
                .map(str::to_owned);
            dynamic.or_else(|| {
                schema
                    .get("$recursiveAnchor")
                    .and_then(Value::as_bool)
                    .map(|_| String::new())
            })
        };
        if let Some(name) = anchor(target.schema) {
            let documents = self.documents;
            let outermost = self
                .scope
                .iter()
                .map(|(_, document, _)| *document)
                .find_map(|document| {
                    let root = documents.root(document);
                    (anchor(root.schema).as_ref() == Some(&name)).then_some(root)
                });
            target = outermost.unwrap_or(target);
        }
        self.refer(step, target, value)
    }

    fn refer(
        &mut self,
        step: &mut Step<'d>,
        target: Place<'d>,
        value: &Value,
    ) -> Checked<Option<Problem>> {
        let problem = self.same_value(step, target, value)?;
        Ok(problem.map(|problem| {
            let causes = match problem.kind {
                Kind::Group => problem.causes,
                Kind::Keyword(_) | Kind::Reference => vec![problem],
            };
            Problem {
                location: self.location.clone(),
                kind: Kind::Reference,
                causes,
            }
        }))
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "boolean",
        other => goyaml::kind(other),
    }
}

/// The wanted types in the library's order.
fn types_of(types: &Value) -> Vec<&'static str> {
    let named = |name: &str| match types {
        Value::String(one) => one == name,
        Value::List(several) => several.iter().any(|one| one.as_str() == Some(name)),
        _ => false,
    };
    let known = [
        "null", "boolean", "number", "integer", "string", "array", "object",
    ];
    known.into_iter().filter(|name| named(name)).collect()
}

fn has_type(value: &Value, wanted: &str) -> bool {
    match wanted {
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        _ => type_of(value) == wanted,
    }
}
