//! Grouping sets, and the functions that tell them apart.

use arrow::datatypes::DataType;
use datafusion::common::Column;
use datafusion::functions_aggregate::grouping::grouping_udaf;
use datafusion::logical_expr::{Expr, GroupingSet, cast, lit};
use nutkin_engine::Result;
use nutkin_plan::PlanError;
use nutkin_plan::operation::{AggregateCall, NamedExpression};

use super::Planner;
use super::aggregate::Outputs;
use crate::aggregate::Aggregate;
use crate::error::internal;

/// What DataFusion groups by. A column that stands for several groupings is one.
pub(super) fn group_expressions(keys: &[Column], sets: &[Vec<usize>]) -> Vec<Expr> {
    let mut different: Vec<&Column> = Vec::new();
    for key in keys {
        if !different.contains(&key) {
            different.push(key);
        }
    }
    if sets.is_empty() {
        return different.into_iter().cloned().map(Expr::Column).collect();
    }
    let sets = sets
        .iter()
        .map(|set| {
            different
                .iter()
                .filter(|column| set.iter().any(|&position| keys.get(position) == Some(**column)))
                .map(|&column| Expr::Column(column.clone()))
                .collect()
        })
        .collect();
    vec![Expr::GroupingSet(GroupingSet::GroupingSets(sets))]
}

/// Whether a call asks for the grouping set of a row.
pub(super) fn is_grouping(call: &AggregateCall) -> bool {
    let name = call.function.sql_name.unwrap_or(call.function.name);
    ["GROUPING", "GROUPING_ID"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// `GROUPING(a)` and `GROUPING_ID(a, b)`: a bit for each argument, 1 if the row's set leaves it out.
pub(super) fn grouping_call(
    planner: &mut Planner<'_>,
    call: &AggregateCall,
    groupings: &[NamedExpression],
    sets: &[Vec<usize>],
    keys: &[Column],
    outputs: &mut Outputs,
) -> Result<Expr> {
    if sets.is_empty() {
        return Ok(lit(0_i64));
    }
    let arguments = call
        .arguments
        .iter()
        .map(|argument| {
            groupings
                .iter()
                .position(|grouping| grouping.expression == *argument)
                .and_then(|position| keys.get(position))
                .map(|column| Expr::Column(column.clone()))
                .ok_or_else(|| {
                    PlanError::validation(format!(
                        "Argument to {} operator must be a grouped expression",
                        call.function.sql_name.unwrap_or(call.function.name)
                    ))
                    .into()
                })
        })
        .collect::<Result<Vec<Expr>>>()?;
    if arguments.is_empty() {
        return Err(internal("GROUPING has no arguments"));
    }
    let aggregate = Aggregate {
        function: grouping_udaf(),
        arguments,
        distinct: false,
        filter: None,
        order_by: Vec::new(),
    };
    let value = outputs.add(aggregate, || planner.names.fresh(&call.name));
    Ok(cast(value, DataType::Int64))
}
