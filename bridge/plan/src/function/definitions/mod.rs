//! The table of built-in functions.
//!
//! Mirrors `org.apache.flink.table.functions.BuiltInFunctionDefinitions`: each function is a constant
//! here, of which [`all`] is the list. A function that is known but not run is in [`refused`].

/// Declares the functions of a family: a constant each, and their list.
macro_rules! functions {
    ($($constant:ident = $kind:ident $name:literal, sql $sql_name:expr, aliases $aliases:expr,
        $signatures:expr => $output:path, $support:expr;)*) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub static $constant: BuiltInFunction = BuiltInFunction {
                name: $name,
                sql_name: $sql_name,
                aliases: $aliases,
                kind: FunctionKind::$kind,
                signatures: $signatures,
                output: $output,
                support: $support,
            };
        )*

        /// The functions of this family.
        pub(super) static FUNCTIONS: &[&BuiltInFunction] = &[$(&$constant),*];
    };
}

mod aggregate;
mod arithmetic;
mod collection;
mod comparison;
mod conversion;
mod encoding;
mod json;
mod logic;
mod match_recognize;
mod pattern;
mod planner;
pub mod refused;
mod temporal;
mod text;
mod value;
mod window;

pub use aggregate::*;
pub use arithmetic::*;
pub use collection::*;
pub use comparison::*;
pub use conversion::*;
pub use encoding::*;
pub use json::*;
pub use logic::*;
pub use match_recognize::*;
pub use pattern::*;
pub use planner::*;
pub use temporal::*;
pub use text::*;
pub use value::*;
pub use window::*;

use super::built_in::BuiltInFunction;

/// All built-in functions.
pub fn all() -> impl Iterator<Item = &'static BuiltInFunction> {
    [
        logic::FUNCTIONS,
        comparison::FUNCTIONS,
        arithmetic::FUNCTIONS,
        text::FUNCTIONS,
        pattern::FUNCTIONS,
        encoding::FUNCTIONS,
        json::FUNCTIONS,
        value::FUNCTIONS,
        conversion::FUNCTIONS,
        aggregate::FUNCTIONS,
        window::FUNCTIONS,
        match_recognize::FUNCTIONS,
        temporal::FUNCTIONS,
        collection::FUNCTIONS,
        planner::FUNCTIONS,
        refused::FUNCTIONS,
    ]
    .into_iter()
    .flatten()
    .copied()
}
