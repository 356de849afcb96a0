//! Functions of numbers, dates and intervals.

mod arithmetic;
mod mathematics;
mod rounding;
mod temporal;

pub(crate) use temporal::{
    as_integers, date_of_day, day_of_date, integers_to_temporal, temporal_to_integers,
};

use crate::call::Entry;

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
        lower: rounding::floor,
    },
    Entry {
        name: "ceil",
        lower: rounding::ceil,
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
        name: "ln",
        lower: |call| mathematics::of_double(call, f64::ln),
    },
    Entry {
        name: "log10",
        lower: |call| mathematics::of_double(call, f64::log10),
    },
];
