//! Functions: the table of built-in ones and the description of Python ones.

mod built_in;
mod python;

pub use built_in::{BuiltInFunction, FunctionKind};
pub use python::{PythonFunction, PythonFunctionKind};
