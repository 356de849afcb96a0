//! What batch mode runs and streaming does not: refused by name while planning.

use crate::PlanError;
use crate::expression::ResolvedExpression;
use crate::operation::{CorrelateSource, QueryOperation, SetKind};

const HINT: &str = "EnvironmentSettings.in_batch_mode() runs it on bounded tables.";

/// The aggregate functions that streaming runs.
const STREAMING: [&str; 7] = ["count", "sum", "sum0", "min", "max", "avg", "distinct"];

/// The error of an operation that streaming does not run.
pub(super) fn refused(operation: &QueryOperation) -> PlanError {
    let what = match operation {
        QueryOperation::SetOperation { kind, .. } => match kind {
            SetKind::Union => "UNION without ALL",
            SetKind::Intersect => "INTERSECT",
            SetKind::Minus => "EXCEPT",
        },
        QueryOperation::Sort { .. } => "ORDER BY, OFFSET or LIMIT",
        QueryOperation::Join(join) if join.as_of.is_some() => "A join FOR SYSTEM_TIME AS OF",
        QueryOperation::Join(_) => "A join",
        QueryOperation::Correlate(correlate) => match correlate.right {
            CorrelateSource::Query(_) => "LATERAL",
            CorrelateSource::Unnest { .. } => "UNNEST",
            CorrelateSource::Function { .. } => "A table function",
        },
        QueryOperation::Over { .. } => "OVER",
        QueryOperation::WindowTableFunction(_) => "A window table function",
        QueryOperation::WindowAggregate(_) => "Grouping by windows",
        QueryOperation::MatchRecognize(_) => "MATCH_RECOGNIZE",
        QueryOperation::Aggregate { .. } => "GROUPING SETS, ROLLUP, CUBE or WITHIN GROUP",
        _ => "A query inside an expression",
    };
    PlanError::unsupported(format!("{what} in streaming mode"), HINT)
}

/// Looks for what streaming does not run in the expressions and details of one operation.
///
/// # Errors
/// When there is some.
pub(super) fn check(operation: &QueryOperation) -> crate::Result<()> {
    let fits = match operation {
        QueryOperation::Project { projections, .. } => projections
            .iter()
            .all(|projection| is_row_wise(&projection.expression)),
        QueryOperation::Filter { condition, .. } => is_row_wise(condition),
        QueryOperation::Aggregate {
            grouping_sets,
            aggregates,
            ..
        } => {
            if let Some(call) = aggregates
                .iter()
                .find(|call| !STREAMING.contains(&call.function.name))
            {
                let name = call.function.sql_name.unwrap_or(call.function.name);
                return Err(PlanError::unsupported(
                    format!("The aggregate function {name} in streaming mode"),
                    format!("Aggregate functions that run there: {}.", STREAMING.join(", ")),
                ));
            }
            grouping_sets.is_empty() && aggregates.iter().all(|call| call.order_by.is_empty())
        }
        _ => true,
    };
    if fits { Ok(()) } else { Err(refused(operation)) }
}

/// Whether an expression needs its row only.
fn is_row_wise(expression: &ResolvedExpression) -> bool {
    match expression {
        ResolvedExpression::Call { arguments, .. } => arguments.iter().all(is_row_wise),
        ResolvedExpression::Subquery(_)
        | ResolvedExpression::OuterField { .. }
        | ResolvedExpression::PatternField { .. } => false,
        ResolvedExpression::Field { .. }
        | ResolvedExpression::Literal { .. }
        | ResolvedExpression::Symbol { .. } => true,
    }
}
