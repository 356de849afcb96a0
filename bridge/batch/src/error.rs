//! From DataFusion's errors to those of jobs.

use datafusion::error::DataFusionError;
use nutkin_engine::EngineError;
use nutkin_plan::PlanError;

use crate::session::{DISABLED_OPERATORS, MANAGED_MEMORY, MEMORY};

/// The error of a plan that runs.
pub(crate) fn running(error: DataFusionError) -> EngineError {
    match error.find_root() {
        DataFusionError::ResourcesExhausted(message) => EngineError::Memory {
            message: format!("The query needs more memory than '{MEMORY}' gives it: {message}"),
            hint: if message.contains("HashJoin") {
                format!(
                    "set '{MEMORY}' (or '{MANAGED_MEMORY}') to more, or '{DISABLED_OPERATORS}' to 'HashJoin': \
                     a join by sorting spills"
                )
            } else {
                format!(
                    "set '{MEMORY}' (or '{MANAGED_MEMORY}') to more, such as '4 gb', or lower \
                     'parallelism.default'"
                )
            },
        },
        _ => EngineError::from(error),
    }
}

/// The error of a query that cannot be planned.
pub(crate) fn planning(error: DataFusionError) -> EngineError {
    match error.find_root() {
        DataFusionError::External(_) | DataFusionError::ArrowError(..) => EngineError::from(error),
        DataFusionError::ResourcesExhausted(_) => running(error),
        // What the optimizer could not make a join of is left in the plan, where nothing computes it.
        DataFusionError::NotImplemented(message)
            if message.contains("OuterReferenceColumn") || message.contains("Subquery") =>
        {
            PlanError::unsupported(
                "This correlated query in batch mode",
                "compare columns of both queries by '=', or write a join and a GROUP BY",
            )
            .into()
        }
        other => PlanError::Table {
            message: format!("The query cannot be planned: {}", other.strip_backtrace()),
            hint: None,
        }
        .into(),
    }
}

/// An error about a plan that does not fit itself.
pub(crate) fn internal(message: impl Into<String>) -> EngineError {
    EngineError::Internal {
        message: message.into(),
    }
}

/// An error of ours on its way through DataFusion.
pub(crate) fn external(error: EngineError) -> DataFusionError {
    DataFusionError::External(Box::new(error))
}
