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
    /// One call a batch of rows, on pandas series.
    Pandas,
    /// One coroutine a row.
    Async,
    /// Any number of rows for each row.
    Table,
    /// One value for a group of rows.
    Aggregate,
    /// One value for a group of rows, on pandas series.
    PandasAggregate,
    /// Any number of rows for a group of rows.
    TableAggregate,
}

impl PythonFunctionKind {
    /// What a function of this kind is called, and what works instead of one that does not run; `None` for
    /// the kind that runs.
    #[must_use]
    pub fn refusal(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::General => return None,
            Self::Pandas => (
                "pandas function",
                "use func_type='general', which is called once a row",
            ),
            Self::Async => ("async function", "use an ordinary function"),
            Self::Table => (
                "table function",
                "return an ARRAY from a scalar function and use UNNEST",
            ),
            Self::Aggregate => (
                "aggregate function",
                "use built-in aggregates, such as SUM and COLLECT",
            ),
            Self::PandasAggregate => (
                "pandas aggregate function",
                "use built-in aggregates, such as SUM",
            ),
            Self::TableAggregate => (
                "table aggregate function",
                "use built-in aggregates, such as COLLECT",
            ),
        })
    }
}
