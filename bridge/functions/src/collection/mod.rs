//! Constructors and functions of ARRAY, MAP, MULTISET and ROW, and access to their parts.
//!
//! Results are put together by [`selection`]: which elements of which columns, in which order. Elements
//! are compared by [`equality`], in which NULL equals NULL, as in Flink's collection functions.

mod access;
mod array;
mod construct;
mod equality;
mod joining;
mod map;
mod order;
mod selection;
mod set;

use crate::call::Entry;

/// The functions of this family.
pub(crate) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "array",
        lower: construct::array,
    },
    Entry {
        name: "map",
        lower: construct::map,
    },
    Entry {
        name: "row",
        lower: construct::row,
    },
    Entry {
        name: "at",
        lower: access::at,
    },
    Entry {
        name: "get",
        lower: access::get,
    },
    Entry {
        name: "cardinality",
        lower: access::cardinality,
    },
    Entry {
        name: "element",
        lower: access::element,
    },
    Entry {
        name: "ARRAY_APPEND",
        lower: |call| array::with_element(call, false),
    },
    Entry {
        name: "ARRAY_PREPEND",
        lower: |call| array::with_element(call, true),
    },
    Entry {
        name: "ARRAY_CONCAT",
        lower: array::concat_arrays,
    },
    Entry {
        name: "ARRAY_REVERSE",
        lower: array::reverse,
    },
    Entry {
        name: "ARRAY_SLICE",
        lower: array::slice,
    },
    Entry {
        name: "ARRAY_CONTAINS",
        lower: set::contains,
    },
    Entry {
        name: "ARRAY_POSITION",
        lower: set::position,
    },
    Entry {
        name: "ARRAY_REMOVE",
        lower: set::remove,
    },
    Entry {
        name: "ARRAY_DISTINCT",
        lower: set::distinct,
    },
    Entry {
        name: "ARRAY_UNION",
        lower: set::union,
    },
    Entry {
        name: "ARRAY_EXCEPT",
        lower: |call| set::filtered(call, false),
    },
    Entry {
        name: "ARRAY_INTERSECT",
        lower: |call| set::filtered(call, true),
    },
    Entry {
        name: "ARRAY_JOIN",
        lower: joining::array_join,
    },
    Entry {
        name: "ARRAY_SORT",
        lower: order::sort,
    },
    Entry {
        name: "ARRAY_MAX",
        lower: |call| order::extreme(call, true),
    },
    Entry {
        name: "ARRAY_MIN",
        lower: |call| order::extreme(call, false),
    },
    Entry {
        name: "MAP_KEYS",
        lower: |call| map::part(call, |map| map.keys().clone()),
    },
    Entry {
        name: "MAP_VALUES",
        lower: |call| map::part(call, |map| map.values().clone()),
    },
    Entry {
        name: "MAP_ENTRIES",
        lower: map::entries,
    },
    Entry {
        name: "MAP_FROM_ARRAYS",
        lower: map::from_arrays,
    },
    Entry {
        name: "MAP_UNION",
        lower: map::union,
    },
];
