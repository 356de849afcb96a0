//! Regular expressions as Java has them.
//!
//! Data flow: [`translate`] rewrites a pattern of `java.util.regex` in the syntax of `fancy-regex`,
//! [`pattern`] compiles and searches it as `java.util.regex.Matcher` does, [`functions`] are the
//! functions of SQL, and [`similar`] is `SIMILAR TO`.

mod class;
mod functions;
mod pattern;
mod similar;
mod translate;

pub(crate) use pattern::JavaRegexes;

use crate::call::Entry;

/// The functions of this family.
pub(crate) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "regexp",
        lower: functions::regexp,
    },
    Entry {
        name: "regexpExtract",
        lower: functions::extract,
    },
    Entry {
        name: "regexpReplace",
        lower: functions::replace,
    },
    Entry {
        name: "REGEXP_COUNT",
        lower: functions::count,
    },
    Entry {
        name: "REGEXP_EXTRACT_ALL",
        lower: functions::extract_all,
    },
    Entry {
        name: "REGEXP_INSTR",
        lower: functions::instr,
    },
    Entry {
        name: "REGEXP_SUBSTR",
        lower: functions::substr,
    },
    Entry {
        name: "similar",
        lower: similar::similar,
    },
];
