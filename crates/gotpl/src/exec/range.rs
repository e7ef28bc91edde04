//! `range` over lists, maps and numbers.

use super::{At, Dot, Flow, Result, State};
use crate::format;
use crate::tree::Branch;
use crate::value::{Type, Value};

impl<'t> State<'t> {
    pub(super) fn range(&mut self, dot: &Dot, branch: &'t Branch) -> Result<Flow> {
        self.at = At::Branch(branch);
        let outer = self.variables.len();
        let flow = self.range_with_variables(dot, branch);
        self.variables.truncate(outer);
        flow
    }

    fn range_with_variables(&mut self, dot: &Dot, branch: &'t Branch) -> Result<Flow> {
        let value = self.pipeline(dot, &branch.pipe)?;
        let rounds = match value.plain() {
            Value::Int(count, _) if branch.pipe.decl.len() > 1 => {
                return Err(self.error(format!(
                    "can't use {count} to iterate over more than one variable"
                )));
            }
            Value::Int(count, kind) => {
                let items = (0..count).map(|number| (Value::Absent, Value::Int(number, kind)));
                self.rounds(branch, items, false)?
            }
            Value::List(list) => {
                let boxed = *list.item_type() == Type::Any;
                let items = list.items().iter().cloned().enumerate();
                self.rounds(
                    branch,
                    items.map(|(index, item)| (Value::int(index as i64), item)),
                    boxed,
                )?
            }
            Value::Map(map) => {
                let boxed = *map.item_type() == Type::Any;
                let entries = map.snapshot().into_iter();
                self.rounds(
                    branch,
                    entries.map(|(key, item)| (Value::Str(key), item)),
                    boxed,
                )?
            }
            Value::Nil | Value::Absent => 0,
            other => {
                let shown = format::sprint_value(&other);
                return Err(self.error(format!("range can't iterate over {shown}")));
            }
        };
        match &branch.else_list {
            // Go catches a break in the else branch as well, but lets a continue through to the loop around this one.
            Some(list) if rounds == 0 => match self.list(dot, list)? {
                Flow::Break => Ok(Flow::Next),
                flow => Ok(flow),
            },
            _ => Ok(Flow::Next),
        }
    }

    /// Runs the body once for each item and returns how often that was.
    fn rounds(
        &mut self,
        branch: &'t Branch,
        items: impl Iterator<Item = (Value, Value)>,
        boxed: bool,
    ) -> Result<u64> {
        let mark = self.variables.len();
        let mut rounds = 0;
        for (index, value) in items {
            rounds += 1;
            let dot = Dot { value, boxed };
            self.assign_round(branch, index, &dot, mark)?;
            self.context.step().map_err(|message| self.error(message))?;
            let flow = self.list(&dot, &branch.list)?;
            self.variables.truncate(mark);
            if flow == Flow::Break {
                break;
            }
        }
        Ok(rounds)
    }

    /// Gives the variables of the range their values: the index comes first if there are two.
    fn assign_round(
        &mut self,
        branch: &'t Branch,
        index: Value,
        item: &Dot,
        mark: usize,
    ) -> Result<()> {
        let index = Dot {
            value: index,
            boxed: false,
        };
        match branch.pipe.decl.as_slice() {
            [] => {}
            [single] if branch.pipe.is_assign => self.set_variable(*single, item.clone())?,
            [first, second, ..] if branch.pipe.is_assign => {
                self.set_variable(*first, index)?;
                self.set_variable(*second, item.clone())?;
            }
            // The pipeline pushed them in order, so the item's is on top.
            [_] => self.set_from_top(mark, 1, item.clone()),
            _ => {
                self.set_from_top(mark, 1, item.clone());
                self.set_from_top(mark, 2, index);
            }
        }
        Ok(())
    }

    fn set_from_top(&mut self, mark: usize, depth: usize, dot: Dot) {
        if let Some((_, slot)) = mark
            .checked_sub(depth)
            .and_then(|at| self.variables.get_mut(at))
        {
            *slot = dot;
        }
    }
}
