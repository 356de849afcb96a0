//! Functions of numbers, dates and intervals.

mod arithmetic;
mod mathematics;
mod random;
mod rounding;
mod temporal;
mod truncating;

pub(crate) use temporal::{
    as_integers, date_of_day, day_of_date, integers_to_temporal, temporal_to_integers,
};

use crate::call::Entry;
use crate::temporal as temporal_functions;

/// The functions of this family.
pub(crate) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "plus",
        lower: arithmetic::plus,
    },
    Entry {
        name: "minus",
        lower: arithmetic::minus,
    },
    Entry {
        name: "times",
        lower: arithmetic::times,
    },
    Entry {
        name: "divide",
        lower: arithmetic::divide,
    },
    Entry {
        name: "mod",
        lower: arithmetic::modulo,
    },
    Entry {
        name: "minusPrefix",
        lower: arithmetic::negate,
    },
    Entry {
        name: "abs",
        lower: rounding::absolute,
    },
    Entry {
        name: "floor",
        lower: |call| match call.types.len() {
            2 => temporal_functions::floor(call),
            _ => rounding::floor(call),
        },
    },
    Entry {
        name: "ceil",
        lower: |call| match call.types.len() {
            2 => temporal_functions::ceil(call),
            _ => rounding::ceil(call),
        },
    },
    Entry {
        name: "round",
        lower: rounding::round,
    },
    Entry {
        name: "sign",
        lower: rounding::sign,
    },
    Entry {
        name: "power",
        lower: mathematics::power,
    },
    Entry {
        name: "sqrt",
        lower: |call| mathematics::of_double(call, f64::sqrt),
    },
    Entry {
        name: "exp",
        lower: |call| mathematics::of_double(call, f64::exp),
    },
    Entry {
        name: "log2",
        lower: |call| mathematics::of_double(call, |x| x.ln() / std::f64::consts::LN_2),
    },
    Entry {
        name: "log",
        lower: mathematics::logarithm,
    },
    Entry {
        name: "sin",
        lower: |call| mathematics::of_double(call, f64::sin),
    },
    Entry {
        name: "cos",
        lower: |call| mathematics::of_double(call, f64::cos),
    },
    Entry {
        name: "tan",
        lower: |call| mathematics::of_double(call, f64::tan),
    },
    Entry {
        name: "cot",
        lower: |call| mathematics::of_double(call, |x| 1.0 / x.tan()),
    },
    Entry {
        name: "asin",
        lower: |call| mathematics::of_double(call, f64::asin),
    },
    Entry {
        name: "acos",
        lower: |call| mathematics::of_double(call, f64::acos),
    },
    Entry {
        name: "atan",
        lower: |call| mathematics::of_double(call, f64::atan),
    },
    Entry {
        name: "atan2",
        lower: |call| mathematics::of_two_doubles(call, f64::atan2),
    },
    Entry {
        name: "sinh",
        lower: |call| mathematics::of_double(call, f64::sinh),
    },
    Entry {
        name: "cosh",
        lower: |call| mathematics::of_double(call, f64::cosh),
    },
    Entry {
        name: "tanh",
        lower: |call| mathematics::of_double(call, f64::tanh),
    },
    Entry {
        name: "degrees",
        lower: |call| mathematics::of_double(call, |x| x * (180.0 / std::f64::consts::PI)),
    },
    Entry {
        name: "radians",
        lower: |call| mathematics::of_double(call, |x| x * (std::f64::consts::PI / 180.0)),
    },
    Entry {
        name: "pi",
        lower: |call| Ok(mathematics::constant(call, std::f64::consts::PI)),
    },
    Entry {
        name: "e",
        lower: |call| Ok(mathematics::constant(call, std::f64::consts::E)),
    },
    Entry {
        name: "rand",
        lower: random::rand,
    },
    Entry {
        name: "randInteger",
        lower: random::rand_integer,
    },
    Entry {
        name: "truncate",
        lower: truncating::truncate,
    },
    Entry {
        name: "ln",
        lower: |call| mathematics::of_double(call, f64::ln),
    },
    Entry {
        name: "log10",
        lower: |call| mathematics::of_double(call, f64::log10),
    },
];
