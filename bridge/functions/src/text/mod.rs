//! Functions of strings. Lengths and positions count characters (code points) unless a function says
//! that it counts the UTF-16 units of Java.

mod characters;
mod like;
mod padding;
mod printf;
mod printf_number;
mod searching;
mod splitting;
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
        name: "initCap",
        lower: |call| strings::map(call, characters::initial_capitals),
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
        name: "substr",
        lower: strings::substring,
    },
    Entry {
        name: "left",
        lower: characters::left,
    },
    Entry {
        name: "right",
        lower: characters::right,
    },
    Entry {
        name: "trim",
        lower: trimming::trim,
    },
    Entry {
        name: "ltrim",
        lower: |call| {
            let ends = trimming::Ends {
                leading: true,
                trailing: false,
            };
            trimming::trim_ends(call, ends)
        },
    },
    Entry {
        name: "rtrim",
        lower: |call| {
            let ends = trimming::Ends {
                leading: false,
                trailing: true,
            };
            trimming::trim_ends(call, ends)
        },
    },
    Entry {
        name: "BTRIM",
        lower: |call| {
            let ends = trimming::Ends {
                leading: true,
                trailing: true,
            };
            trimming::trim_ends(call, ends)
        },
    },
    Entry {
        name: "concat",
        lower: strings::concat,
    },
    Entry {
        name: "concat_ws",
        lower: strings::concat_with_separator,
    },
    Entry {
        name: "replace",
        lower: strings::replace,
    },
    Entry {
        name: "TRANSLATE3",
        lower: characters::translate,
    },
    Entry {
        name: "overlay",
        lower: characters::overlay,
    },
    Entry {
        name: "position",
        lower: searching::position,
    },
    Entry {
        name: "locate",
        lower: searching::position,
    },
    Entry {
        name: "instr",
        lower: searching::instr,
    },
    Entry {
        name: "STARTSWITH",
        lower: |call| searching::affix(call, <[u8]>::starts_with),
    },
    Entry {
        name: "ENDSWITH",
        lower: |call| searching::affix(call, <[u8]>::ends_with),
    },
    Entry {
        name: "lpad",
        lower: |call| padding::pad(call, padding::Side::Left),
    },
    Entry {
        name: "rpad",
        lower: |call| padding::pad(call, padding::Side::Right),
    },
    Entry {
        name: "repeat",
        lower: padding::repeat,
    },
    Entry {
        name: "reverse",
        lower: |call| strings::map(call, |text| text.chars().rev().collect()),
    },
    Entry {
        name: "ascii",
        lower: characters::ascii,
    },
    Entry {
        name: "chr",
        lower: characters::chr,
    },
    Entry {
        name: "SPLIT",
        lower: splitting::split,
    },
    Entry {
        name: "splitIndex",
        lower: splitting::split_index,
    },
    Entry {
        name: "strToMap",
        lower: splitting::str_to_map,
    },
    Entry {
        name: "ELT",
        lower: characters::elt,
    },
    Entry {
        name: "PRINTF",
        lower: printf::printf,
    },
];
