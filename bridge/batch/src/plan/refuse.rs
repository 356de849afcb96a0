//! What batch execution does not run, by name.

use nutkin_engine::EngineError;
use nutkin_plan::PlanError;

/// The error for `MATCH_RECOGNIZE`.
pub(super) fn match_recognize() -> EngineError {
    PlanError::unsupported(
        "MATCH_RECOGNIZE in batch mode",
        "use LAG and LEAD with OVER to compare neighbouring rows",
    )
    .into()
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
