//! Aggregate functions: from calls of the plan to DataFusion's.
//!
//! Each family is a module with a table of its entries; [`plan`] joins the tables. An entry makes one or
//! more aggregates, over groups or over windows, and an expression of them that has Flink's value and type:
//! AVG of integers is a sum divided by a count, for example.

mod average;
mod collected;
mod count;
mod extreme;
mod first_last;
mod json;
mod of_list;
mod percentile;
mod single_value;
mod sum;
mod variance;

use std::sync::Arc;

use datafusion::logical_expr::{AggregateUDF, Expr, SortExpr};
use nutkin_engine::Result;
use nutkin_engine::job::EvaluationContext;
use nutkin_plan::PlanError;
use nutkin_plan::function::BuiltInFunction;
use nutkin_plan::types::LogicalType;

use crate::expression::apply;

pub(crate) use single_value::single_value;

/// The tables of all families.
const FAMILIES: &[&[Entry]] = &[
    count::FUNCTIONS,
    sum::FUNCTIONS,
    extreme::FUNCTIONS,
    average::FUNCTIONS,
    variance::FUNCTIONS,
    first_last::FUNCTIONS,
    collected::FUNCTIONS,
    json::FUNCTIONS,
    percentile::FUNCTIONS,
];

/// How calls of one function are planned.
struct Entry {
    /// The name in the plan's table of built-in functions.
    name: &'static str,
    /// Makes the aggregates of a call and the value of them.
    plan: fn(Call<'_>) -> Result<Expr>,
}

/// A call of an aggregate function.
pub(crate) struct Call<'a> {
    /// The function's name.
    pub(crate) name: &'static str,
    /// The arguments, with their types.
    pub(crate) arguments: Vec<(Expr, LogicalType)>,
    /// Whether equal arguments count once.
    pub(crate) distinct: bool,
    /// Which rows are taken.
    pub(crate) filter: Option<Expr>,
    /// The order in which rows are taken.
    pub(crate) order_by: Vec<SortExpr>,
    /// The type of the result.
    pub(crate) result: LogicalType,
    /// The session and the query.
    pub(crate) evaluation: &'a EvaluationContext,
    /// Adds an aggregate and gives the column of its value.
    pub(crate) emit: &'a mut dyn FnMut(Aggregate) -> Result<Expr>,
}

/// An aggregate of DataFusion.
pub(crate) struct Aggregate {
    /// The function.
    pub(crate) function: Arc<AggregateUDF>,
    /// Its arguments.
    pub(crate) arguments: Vec<Expr>,
    /// Whether equal arguments count once.
    pub(crate) distinct: bool,
    /// Which rows are taken.
    pub(crate) filter: Option<Expr>,
    /// The order in which rows are taken.
    pub(crate) order_by: Vec<SortExpr>,
}

impl Call<'_> {
    /// Adds an aggregate over these arguments, with the call's DISTINCT, FILTER and order.
    fn aggregate(&mut self, function: Arc<AggregateUDF>, arguments: Vec<Expr>) -> Result<Expr> {
        (self.emit)(Aggregate {
            function,
            arguments,
            distinct: self.distinct,
            filter: self.filter.clone(),
            order_by: self.order_by.clone(),
        })
    }

    /// A built-in function over the values of aggregates.
    fn apply(
        &self,
        function: &'static BuiltInFunction,
        operands: Vec<(Expr, LogicalType)>,
        result: &LogicalType,
    ) -> Result<Expr> {
        apply(function, operands, result, self.evaluation)
    }

    /// Takes only rows for which this is true as well.
    fn take_only(&mut self, condition: Expr) {
        self.filter = Some(match self.filter.take() {
            Some(filter) => filter.and(condition),
            None => condition,
        });
    }

    /// The only argument.
    fn argument(&self) -> Result<(Expr, LogicalType)> {
        match self.arguments.as_slice() {
            [argument] => Ok(argument.clone()),
            _ => Err(self.unsupported()),
        }
    }

    /// The error of a call that is not computed.
    fn unsupported(&self) -> nutkin_engine::EngineError {
        let types: Vec<String> = self
            .arguments
            .iter()
            .map(|(_, argument)| argument.as_summary_string())
            .collect();
        PlanError::unsupported(
            format!("{}({}) in batch mode", self.name, types.join(", ")),
            "cast the arguments to types that the function is computed for",
        )
        .into()
    }
}

/// Plans a call.
///
/// # Errors
/// When the function is not computed, or not for these types.
pub(crate) fn plan(call: Call<'_>) -> Result<Expr> {
    let found = FAMILIES
        .iter()
        .flat_map(|family| family.iter())
        .find(|entry| entry.name == call.name);
    match found {
        Some(entry) => (entry.plan)(call),
        None => Err(PlanError::unsupported(
            format!("The aggregate function '{}' in batch mode", call.name),
            "compute it over ARRAY_AGG with a Python function",
        )
        .into()),
    }
}
