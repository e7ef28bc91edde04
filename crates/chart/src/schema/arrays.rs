//! The keywords of arrays.

use goyaml::Value;

use super::compare::duplicates;
use super::keywords::{limit, list};
use super::report::{Problem, count};
use super::validator::{Checked, Step, Walk};

impl<'d> Walk<'d> {
    pub(super) fn array(&mut self, step: &mut Step<'d>, items: &[Value]) -> Checked {
        let schema = step.place.schema;
        self.bound(step, "minItems", items.len(), |got, want| got >= want);
        self.bound(step, "maxItems", items.len(), |got, want| got <= want);
        if schema.get("uniqueItems").and_then(Value::as_bool) == Some(true)
            && let Some((first, second)) = duplicates(items)
        {
            self.add(step, format!("items at {first} and {second} are equal"));
        }
        let (heads, rest) = if step.draft >= 2020 {
            (list(schema, "prefixItems"), schema.get("items"))
        } else {
            match schema.get("items") {
                Some(Value::List(heads)) => (heads.as_slice(), schema.get("additionalItems")),
                other => (&[][..], other),
            }
        };
        for (i, item) in items.iter().enumerate() {
            let inner = match (heads.get(i), rest) {
                (Some(head), _) => head,
                (None, Some(Value::Bool(false))) if step.draft < 2020 && !heads.is_empty() => {
                    self.add(
                        step,
                        format!(
                            "last {} additionalItem(s) not allowed",
                            count(items.len() - i)
                        ),
                    );
                    break;
                }
                (None, Some(rest)) => rest,
                (None, None) => break,
            };
            step.left.items.remove(&i);
            let problem = self.part(Self::inner(step, inner), item, &i.to_string())?;
            step.problems.extend(problem);
        }
        if let Some(wanted) = schema.get("contains").filter(|_| step.draft >= 6) {
            self.contains(step, items, wanted)?;
        }
        Ok(())
    }

    fn contains(&mut self, step: &mut Step<'d>, items: &[Value], wanted: &'d Value) -> Checked {
        let (mut problems, mut matched) = (Vec::new(), Vec::new());
        for (i, item) in items.iter().enumerate() {
            let problem = self.part(Self::inner(step, wanted), item, &i.to_string())?;
            if let Some(problem) = problem {
                problems.push(problem);
            } else {
                matched.push(i.to_string());
                if step.draft >= 2020 {
                    step.left.items.remove(&i);
                }
            }
        }
        let schema = step.place.schema;
        let at = format!("matched {} items at {}", matched.len(), matched.join(" "));
        let least = limit(schema, "minContains").filter(|_| step.draft >= 2019);
        let most = limit(schema, "maxContains").filter(|_| step.draft >= 2019);
        let too_few = match least {
            Some(least) if matched.len() < least && matched.is_empty() => Some(format!(
                "min {least} items required to match contains schema, but none matched"
            )),
            Some(least) if matched.len() < least => Some(format!(
                "min {least} items required to match contains schema, but {at}"
            )),
            None if matched.is_empty() => Some("no items match contains schema".to_owned()),
            _ => None,
        };
        if let Some(text) = too_few {
            step.problems.push(Problem {
                causes: problems,
                ..self.problem(text)
            });
        }
        if let Some(most) = most.filter(|most| matched.len() > *most) {
            self.add(
                step,
                format!("max {most} items required to match contains schema, but {at}"),
            );
        }
        Ok(())
    }
}
