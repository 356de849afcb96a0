//! SQL expressions inside Table API calls: `callSql`.

use super::create_table::plan_expressions;
use super::query::PlanContext;
use crate::catalog::{CatalogManager, Schema};
use crate::error::{PlanError, Result};
use crate::expression::ResolvedExpression;
use crate::stream::JobOptions;

/// What an expression means over the columns of a table.
///
/// # Errors
/// When it cannot be parsed, or does not resolve; the cause says why.
pub(crate) fn sql_expression(
    text: &str,
    schema: &Schema,
    catalogs: &CatalogManager,
) -> Result<ResolvedExpression> {
    let options = JobOptions::default();
    let context = PlanContext {
        catalogs,
        options: &options,
    };
    let invalid = || PlanError::validation(format!("Invalid SQL expression: {text}"));
    let mut planned =
        plan_expressions(&[text], &schema.columns, &context).map_err(|error| invalid().caused_by(error))?;
    match (planned.pop(), planned.is_empty()) {
        (Some(expression), true) => Ok(expression),
        _ => Err(invalid()),
    }
}
