//! The questions that a pack asks: its variables with a prompt, on a terminal, where nothing answers them.

use std::collections::BTreeMap;

use crate::context::Context;
use crate::failure::Failure;
use crate::pack::{ImportRecord, Pack, Variable, VariableType};

/// The answers to those of the pack's questions that none is given for. An answer that does not fit is asked for again.
pub(super) fn ask(
    context: &Context<'_>,
    pack: &Pack,
    record: Option<&ImportRecord>,
    given: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, Failure> {
    let mut answers = BTreeMap::new();
    if !context.ui.can_ask() || record.is_some() {
        return Ok(answers);
    }
    for variable in &pack.variables {
        let Some(prompt) = &variable.prompt else {
            continue;
        };
        // The repository itself answers those that take a fact.
        if variable.from.is_none() && !given.contains_key(&variable.name) {
            answers.insert(variable.name.clone(), question(context, variable, prompt)?);
        }
    }
    Ok(answers)
}

fn question(context: &Context<'_>, variable: &Variable, prompt: &str) -> Result<String, Failure> {
    let flag = format!("--set {}=VALUE", variable.name);
    if variable.kind == VariableType::Choice {
        let chosen = context.ui.choose(prompt, &variable.choices, &flag)?;
        return Ok(variable.choices.get(chosen).cloned().unwrap_or_default());
    }
    if variable.kind == VariableType::Boolean {
        let yes = context
            .ui
            .confirm(prompt, variable.default == "true", &flag)?;
        return Ok(yes.to_string());
    }
    loop {
        let answer = context.ui.ask(prompt, &variable.default, &flag)?;
        match variable.value(&answer) {
            Ok(_) => return Ok(answer),
            Err(error) => context.ui.warn(error),
        }
    }
}
