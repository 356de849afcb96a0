//! Functions of strings. Lengths and positions count characters (code points), as Flink does.

mod like;
mod strings;
mod trimming;

pub(crate) use strings::concat_as_strings;

use crate::call::Entry;

/// The functions of this family.
pub(crate) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "upper",
        lower: |call| strings::map(call, str::to_uppercase),
    },
    Entry {
        name: "lower",
        lower: |call| strings::map(call, str::to_lowercase),
    },
    Entry {
        name: "charLength",
        lower: strings::character_length,
    },
    Entry {
        name: "LIKE",
        lower: like::like,
    },
    Entry {
        name: "substring",
        lower: strings::substring,
    },
    Entry {
        name: "trim",
        lower: trimming::trim,
    },
    Entry {
        name: "concat",
        lower: strings::concat,
    },
    Entry {
        name: "replace",
        lower: strings::replace,
    },
    Entry {
        name: "position",
        lower: strings::position,
    },
];
