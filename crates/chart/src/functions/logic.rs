//! Defaults, emptiness, types and kinds.

use gotpl::builtin::equals;
use gotpl::{Function, Type, Value};

use super::args::{any, bool, str};
use super::versions::same_version;

const A: &[Type] = &[Type::Any];
const AA: &[Type] = &[Type::Any, Type::Any];
const SA: &[Type] = &[Type::String, Type::Any];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::variadic("default", AA, |_, args| {
        let given = args.get(1).filter(|given| !empty(given));
        Ok(given.unwrap_or_else(|| any(args, 0)).clone())
    }),
    Function::fixed("empty", A, |_, args| Ok(empty(any(args, 0)).into())),
    Function::variadic("coalesce", A, |_, args| {
        Ok(args
            .iter()
            .find(|value| !empty(value))
            .cloned()
            .unwrap_or_default())
    }),
    Function::variadic("all", A, |_, args| {
        Ok(args.iter().all(|value| !empty(value)).into())
    }),
    Function::variadic("any", A, |_, args| {
        Ok(args.iter().any(|value| !empty(value)).into())
    }),
    Function::fixed("ternary", &[Type::Any, Type::Any, Type::Bool], |_, args| {
        Ok(any(args, usize::from(!bool(args, 2))).clone())
    }),
    Function::fixed("deepEqual", AA, |_, args| {
        let (left, right) = (any(args, 0), any(args, 1));
        Ok((equals(left, right) || same_version(left, right)).into())
    }),
    Function::fixed("typeOf", A, |_, args| Ok(any(args, 0).type_name().into())),
    Function::fixed("typeIs", SA, |_, args| {
        Ok((str(args, 0) == any(args, 1).type_name()).into())
    }),
    Function::fixed("typeIsLike", SA, |_, args| {
        let (target, type_name) = (str(args, 0), any(args, 1).type_name());
        Ok((target == type_name || type_name.strip_prefix('*') == Some(&*target)).into())
    }),
    Function::fixed("kindOf", A, |_, args| Ok(any(args, 0).kind().name().into())),
    Function::fixed("kindIs", SA, |_, args| {
        Ok((str(args, 0) == any(args, 1).kind().name()).into())
    }),
];

/// Sprig's `empty`: the zero value of the type. It is the opposite of what `if` takes for true.
pub(super) fn empty(value: &Value) -> bool {
    !value.truth()
}
