//! Functions of JSON text, with the semantics of Jackson and Jayway JsonPath, which Flink uses.
//!
//! Data flow: [`parse`] reads text into a [`value::Json`], which [`write`] prints; [`path`] reads the
//! text of a path, whose conditions are in [`filter`], and [`evaluate`] applies it. [`access`] are the
//! functions that take a path, [`construct`] those that make JSON, [`quote`] and [`test`] the others.

mod access;
mod construct;
mod evaluate;
mod filter;
mod parse;
mod path;
mod quote;
mod test;
mod value;
mod write;

use crate::call::Entry;

/// The functions of this family.
pub(crate) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "IS_JSON",
        lower: test::is_json,
    },
    Entry {
        name: "JSON_EXISTS",
        lower: access::exists,
    },
    Entry {
        name: "JSON_VALUE",
        lower: access::value,
    },
    Entry {
        name: "JSON_QUERY",
        lower: access::query,
    },
    Entry {
        name: "JSON_OBJECT",
        lower: construct::object,
    },
    Entry {
        name: "JSON_ARRAY",
        lower: construct::array,
    },
    Entry {
        name: "JSON_STRING",
        lower: construct::string,
    },
    Entry {
        name: "JSON",
        lower: construct::json,
    },
    Entry {
        name: "JSON_QUOTE",
        lower: quote::quote,
    },
    Entry {
        name: "JSON_UNQUOTE",
        lower: quote::unquote,
    },
];
