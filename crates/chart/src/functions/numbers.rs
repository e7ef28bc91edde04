//! Arithmetic. Integers are int64 and wrap; floats go through decimals.

use gotpl::format::display;
use gotpl::{Error, Function, INT, Type, Value};

use super::args::{any, int, str};
use super::cast::{to_float64, to_int64};
use super::decimal::Decimal;
use super::random::Random;
use super::{Environment, Result};

const A: &[Type] = &[Type::Any];
const AA: &[Type] = &[Type::Any, Type::Any];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::variadic("add", A, |_, args| {
        Ok(Value::int64(
            args.iter().map(to_int64).fold(0, i64::wrapping_add),
        ))
    }),
    Function::fixed("add1", A, |_, args| {
        Ok(Value::int64(to_int64(any(args, 0)).wrapping_add(1)))
    }),
    Function::fixed("sub", AA, |_, args| {
        Ok(Value::int64(first(args).wrapping_sub(second(args))))
    }),
    Function::variadic("mul", AA, |_, args| {
        Ok(Value::int64(
            args.iter().map(to_int64).fold(1, i64::wrapping_mul),
        ))
    }),
    Function::fixed("div", AA, |_, args| divided(args, i64::wrapping_div)),
    Function::fixed("mod", AA, |_, args| divided(args, i64::wrapping_rem)),
    Function::variadic("max", AA, |_, args| Ok(extreme(args, i64::max))),
    Function::variadic("biggest", AA, |_, args| Ok(extreme(args, i64::max))),
    Function::variadic("min", AA, |_, args| Ok(extreme(args, i64::min))),
    Function::variadic("maxf", AA, |_, args| {
        Ok(float_extreme(args, |a, b| a > b, false))
    }),
    Function::variadic("minf", AA, |_, args| {
        Ok(float_extreme(args, |a, b| a < b, true))
    }),
    Function::fixed("ceil", A, |_, args| {
        Ok(to_float64(any(args, 0)).ceil().into())
    }),
    Function::fixed("floor", A, |_, args| {
        Ok(to_float64(any(args, 0)).floor().into())
    }),
    Function::variadic("round", &[Type::Any, INT, Type::Float64], |_, args| {
        Ok(round(args))
    }),
    Function::fixed("int", A, |_, args| Ok(Value::int(to_int64(any(args, 0))))),
    Function::fixed("int64", A, |_, args| {
        Ok(Value::int64(to_int64(any(args, 0))))
    }),
    Function::fixed("float64", A, |_, args| Ok(to_float64(any(args, 0)).into())),
    Function::fixed("atoi", &[Type::String], |_, args| {
        Ok(Value::int(atoi(&str(args, 0))))
    }),
    Function::fixed("toDecimal", A, |_, args| {
        // Octal digits, whatever the name says.
        let text = display(any(args, 0));
        Ok(Value::int64(i64::from_str_radix(&text, 8).unwrap_or(0)))
    }),
    Function::variadic("addf", A, |_, args| {
        floats(Value::Float(0.0), args, Decimal::add, |a, b| a + b)
    }),
    Function::fixed("add1f", A, |_, args| {
        floats(
            any(args, 0).clone(),
            &[Value::int(1)],
            Decimal::add,
            |a, b| a + b,
        )
    }),
    Function::variadic("subf", AA, |_, args| {
        chain(args, |a, b| a.add(b.negated()), |a, b| a - b)
    }),
    Function::variadic("mulf", AA, |_, args| {
        chain(args, Decimal::multiply, |a, b| a * b)
    }),
    Function::variadic("divf", AA, |_, args| {
        chain(args, Decimal::divide, |a, b| a / b)
    }),
    Function::fixed("randInt", &[INT, INT], |context, args| {
        let environment = Environment::of(context)?;
        rand_int(
            &mut environment.random.borrow_mut(),
            int(args, 0),
            int(args, 1),
        )
    }),
];

fn first(args: &[Value]) -> i64 {
    to_int64(any(args, 0))
}

fn second(args: &[Value]) -> i64 {
    to_int64(any(args, 1))
}

fn divided(args: &[Value], divide: fn(i64, i64) -> i64) -> Result {
    match second(args) {
        0 => Err(Error::message("runtime error: integer divide by zero")),
        divisor => Ok(Value::int64(divide(first(args), divisor))),
    }
}

fn extreme(args: &[Value], choose: fn(i64, i64) -> i64) -> Value {
    Value::int64(args.iter().map(to_int64).reduce(choose).unwrap_or(0))
}

/// `math.Max` and `math.Min`: NaN wins, and of the two zeros the one that fits.
fn float_extreme(args: &[Value], better: fn(f64, f64) -> bool, negative_zero: bool) -> Value {
    let choose = |a: f64, b: f64| {
        if a.is_nan() || b.is_nan() {
            f64::NAN
        } else if better(a, b) || a == 0.0 && b == 0.0 && a.is_sign_negative() == negative_zero {
            a
        } else {
            b
        }
    };
    args.iter()
        .map(to_float64)
        .reduce(choose)
        .unwrap_or(0.0)
        .into()
}

fn round(args: &[Value]) -> Value {
    let number = to_float64(any(args, 0));
    let round_on = match args.get(2) {
        Some(Value::Float(round_on)) => *round_on,
        _ => 0.5,
    };
    let power = 10_f64.powf(int(args, 1) as f64);
    let digit = power * number;
    let rounded = if digit.fract() >= round_on {
        digit.ceil()
    } else {
        digit.floor()
    };
    (rounded / power).into()
}

/// `strconv.Atoi` with the error ignored: out of range gives the nearest number.
fn atoi(text: &str) -> i64 {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    text.parse().unwrap_or(if text.starts_with('-') {
        i64::MIN
    } else {
        i64::MAX
    })
}

type Exact = fn(Decimal, Decimal) -> Option<Decimal>;

fn chain(args: &[Value], exact: Exact, rough: fn(f64, f64) -> f64) -> Result {
    match args.split_first() {
        Some((start, rest)) => floats(start.clone(), rest, exact, rough),
        None => Ok(Value::Float(0.0)),
    }
}

fn floats(start: Value, rest: &[Value], exact: Exact, rough: fn(f64, f64) -> f64) -> Result {
    let mut float = to_float64(&start);
    let mut decimal = Decimal::from_float(float)?;
    for value in rest {
        let next = to_float64(value);
        let exact_next = Decimal::from_float(next)?;
        // Only a division is by zero: everything else takes it.
        let by_zero = exact_next.is_some_and(Decimal::is_zero) && !rough(1.0, next).is_finite();
        if by_zero {
            return Err(Error::message("decimal division by 0"));
        }
        decimal = decimal.zip(exact_next).and_then(|(a, b)| exact(a, b));
        float = decimal.map_or_else(|| rough(float, next), Decimal::to_float);
    }
    Ok(float.into())
}

fn rand_int(random: &mut Random, low: i64, high: i64) -> Result {
    let Some(span) = high
        .checked_sub(low)
        .and_then(|span| u64::try_from(span).ok())
    else {
        return Err(Error::message("invalid argument to Intn"));
    };
    if span == 0 {
        return Err(Error::message("invalid argument to Intn"));
    }
    Ok(Value::int(low + random.below(span)? as i64))
}
