//! The description of a Python function that travels from the client to the engine.
//!
//! Mirrors `org.apache.flink.table.functions.python.PythonScalarFunction`.

use crate::types::LogicalType;

/// A Python scalar function: its pickled body and its declared types.
#[derive(Debug, Clone, PartialEq)]
pub struct PythonFunction {
    /// The name shown in plans and errors.
    pub name: String,
    /// A cloudpickle stream of an object with an `eval` method.
    pub payload: Vec<u8>,
    /// Declared argument types; `None` accepts any arguments as they are.
    pub input_types: Option<Vec<LogicalType>>,
    /// The declared result type.
    pub result_type: LogicalType,
    /// How the function wants its arguments.
    pub kind: PythonFunctionKind,
    /// Whether equal arguments give equal results.
    pub deterministic: bool,
}

/// How a Python function is called. Mirrors `PythonFunctionKind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PythonFunctionKind {
    /// One call a row.
    General,
}
