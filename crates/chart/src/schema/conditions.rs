//! The keywords that combine schemas.

use goyaml::Value;

use super::keywords::list;
use super::report::Problem;
use super::validator::{Checked, Step, Walk};

impl<'d> Walk<'d> {
    pub(super) fn conditions(&mut self, step: &mut Step<'d>, value: &Value) -> Checked {
        let schema = step.place.schema;
        if let Some(refused) = schema.get("not")
            && self
                .same_value(step, Self::inner(step, refused), value)?
                .is_none()
        {
            self.add(step, "'not' failed");
        }
        let mut problems = Vec::new();
        for inner in list(schema, "allOf") {
            problems.extend(self.same_value(step, Self::inner(step, inner), value)?);
        }
        if !problems.is_empty() {
            step.problems.push(Problem {
                causes: problems,
                ..self.problem("'allOf' failed")
            });
        }
        self.any_of(step, value)?;
        self.one_of(step, value)?;
        if step.draft >= 7
            && let Some(condition) = schema.get("if")
        {
            let holds = self
                .same_value(step, Self::inner(step, condition), value)?
                .is_none();
            if let Some(branch) = schema.get(if holds { "then" } else { "else" }) {
                let problem = self.same_value(step, Self::inner(step, branch), value)?;
                step.problems.extend(problem);
            }
        }
        Ok(())
    }

    fn any_of(&mut self, step: &mut Step<'d>, value: &Value) -> Checked {
        let schemas = list(step.place.schema, "anyOf");
        let (mut problems, mut matched) = (Vec::new(), schemas.is_empty());
        for inner in schemas {
            if let Some(problem) = self.same_value(step, Self::inner(step, inner), value)? {
                problems.push(problem);
            } else {
                matched = true;
                if step.left.is_empty() {
                    break;
                }
            }
        }
        if !matched {
            step.problems.push(Problem {
                causes: problems,
                ..self.problem("'anyOf' failed")
            });
        }
        Ok(())
    }

    fn one_of(&mut self, step: &mut Step<'d>, value: &Value) -> Checked {
        let schemas = list(step.place.schema, "oneOf");
        let (mut problems, mut matched) = (Vec::new(), None);
        for (i, inner) in schemas.iter().enumerate() {
            match (
                self.same_value(step, Self::inner(step, inner), value)?,
                matched,
            ) {
                (Some(problem), _) => problems.push(problem),
                (None, None) => matched = Some(i),
                (None, Some(first)) => {
                    self.add(
                        step,
                        format!("'oneOf' failed, subschemas {first}, {i} matched"),
                    );
                    break;
                }
            }
        }
        if matched.is_none() && !schemas.is_empty() {
            step.problems.push(Problem {
                causes: problems,
                ..self.problem("'oneOf' failed, none matched")
            });
        }
        Ok(())
    }

    pub(super) fn unevaluated(&mut self, step: &mut Step<'d>, value: &Value) -> Checked {
        let schema = step.place.schema;
        if let (Value::Map(map), Some(inner)) = (value, schema.get("unevaluatedProperties")) {
            for name in std::mem::take(&mut step.left.properties) {
                if let Some(part) = map.get(&name) {
                    let problem = self.part(Self::inner(step, inner), part, &name)?;
                    step.problems.extend(problem);
                }
            }
        }
        if let (Value::List(items), Some(inner)) = (value, schema.get("unevaluatedItems")) {
            for i in std::mem::take(&mut step.left.items) {
                if let Some(item) = items.get(i) {
                    let problem = self.part(Self::inner(step, inner), item, &i.to_string())?;
                    step.problems.extend(problem);
                }
            }
        }
        Ok(())
    }
}
