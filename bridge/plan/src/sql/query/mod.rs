//! Queries to trees of operations.
//!
//! Data flow: a syntax tree -> [`plan`] (set operations, `WITH`) -> [`values`] or [`select`] (one SELECT:
//! [`from`], WHERE, [`grouping`], select list) with [`expression`] for everything that has a value ->
//! [`QueryOperation`]. Names are looked up where they stand, so that errors tell line and column in
//! Calcite's words. What is not planned is refused by name in [`refuse`]; nothing is skipped over.

mod call;
mod collection;
mod conditional;
mod context;
mod expression;
mod forms;
mod from;
mod group_window;
mod grouping;
mod grouping_sets;
mod hint;
mod interval;
mod items;
mod join;
mod json;
mod literal;
mod match_recognize;
mod mismatch;
mod names;
mod operators;
mod order;
mod outer;
mod over;
mod plan;
mod refuse;
mod refuse_expression;
mod row_comparison;
mod scope;
mod select;
mod set_operation;
mod subquery;
mod table_function;
mod temporal;
mod values;
mod window_function;

use std::sync::Arc;

pub use context::PlanContext;
use plan::QueryPlanner;

use super::statement::ParsedQuery;
use crate::error::{PlanError, Result};
use crate::operation::QueryOperation;

/// Plans a query. The columns of the result have the query's names, made unique.
pub fn plan_query(query: &ParsedQuery, context: &PlanContext<'_>) -> Result<Arc<QueryOperation>> {
    check_dialect(context)?;
    let planner = QueryPlanner::new(context, &query.source);
    let operation = planner.query(&query.ast)?.operation;
    planner.check_hints_used(query.span)?;
    Ok(operation)
}

/// `table.sql-dialect` can ask for a dialect in which the same text means something else.
fn check_dialect(context: &PlanContext<'_>) -> Result<()> {
    match context.options.get("table.sql-dialect") {
        Some(dialect) if !dialect.eq_ignore_ascii_case("default") => Err(PlanError::unsupported(
            format!("the SQL dialect '{dialect}'"),
            "Set 'table.sql-dialect' to 'default'.",
        )),
        _ => Ok(()),
    }
}
