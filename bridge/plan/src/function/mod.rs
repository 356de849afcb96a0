//! Functions: the table of built-in ones and the description of Python ones.
//!
//! [`definitions`] is the table, one file a family; [`signature`] says which arguments a built-in
//! function takes and [`output`] which type it gives. Nothing here computes values.

mod built_in;
pub mod definitions;
mod output;
mod python;
mod signature;

pub use built_in::{BuiltInFunction, FunctionKind, Support, definition, find_built_in};
pub use python::{PythonFunction, PythonFunctionKind};
pub use signature::{Parameter, Signature};
