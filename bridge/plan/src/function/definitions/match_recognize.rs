//! Functions inside `MATCH_RECOGNIZE` that say of which row of a match a column is.
//!
//! The first argument is an expression over columns of the rows that a variable took, the second one a
//! number of rows. `FIRST` and `LAST` count among the rows of the variable, from its first row on or from
//! its last one back; `PREV` and `NEXT` count among all rows, from the variable's last one.

use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output;
use crate::function::signature::{Parameter, Signature};

const VALUE_AND_NUMBER: &[Signature] = &[Signature::Sequence(&[Parameter::Any, Parameter::Integer])];

functions! {
    MATCH_FIRST = Other "FIRST", sql None, aliases &[],
        VALUE_AND_NUMBER => output::first_argument, Support::Executable;
    MATCH_LAST = Other "LAST", sql None, aliases &[],
        VALUE_AND_NUMBER => output::first_argument, Support::Executable;
    MATCH_PREV = Other "PREV", sql None, aliases &[],
        VALUE_AND_NUMBER => output::first_argument_nullable, Support::Executable;
    MATCH_NEXT = Other "NEXT", sql None, aliases &[],
        VALUE_AND_NUMBER => output::first_argument_nullable, Support::Executable;
}
