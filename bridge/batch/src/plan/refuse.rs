//! What batch execution does not run, by name.

use nutkin_engine::EngineError;
use nutkin_plan::PlanError;
use nutkin_plan::operation::QueryOperation;

/// The error for an operation that is not run.
pub(super) fn operation(operation: &QueryOperation) -> EngineError {
    let (what, hint) = match operation {
        QueryOperation::WindowTableFunction(_) => (
            "A window table function in batch mode",
            "group by an expression of the time column, such as FLOOR(ts TO HOUR)",
        ),
        QueryOperation::WindowAggregate(_) => (
            "GROUP BY a window in batch mode",
            "group by an expression of the time column, such as FLOOR(ts TO HOUR)",
        ),
        QueryOperation::MatchRecognize(_) => (
            "MATCH_RECOGNIZE in batch mode",
            "use LAG and LEAD with OVER to compare neighbouring rows",
        ),
        _ => ("This operation in batch mode", "use another one"),
    };
    PlanError::unsupported(what, hint).into()
}

/// The error for `FOR SYSTEM_TIME AS OF`.
pub(super) fn temporal_join() -> EngineError {
    PlanError::unsupported(
        "FOR SYSTEM_TIME AS OF in batch mode",
        "join the table as it is, without FOR SYSTEM_TIME AS OF",
    )
    .into()
}

/// The error for a table function.
pub(super) fn table_function(name: &str) -> EngineError {
    PlanError::unsupported(
        format!("The table function '{name}' in batch mode"),
        "use UNNEST of an array that a scalar function returns",
    )
    .into()
}
