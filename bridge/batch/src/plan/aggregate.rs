//! Grouping and aggregating.

use datafusion::common::Column;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::{Expr, LogicalPlanBuilder};
use nutkin_engine::Result;
use nutkin_plan::operation::{AggregateCall, NamedExpression, QueryOperation};
use nutkin_plan::types::LogicalType;

use super::grouping::{group_expressions, grouping_call, is_grouping};
use super::{Planner, Relation};
use crate::aggregate::{self, Aggregate};
use crate::error::planning;

impl Planner<'_> {
    /// One row a group: the grouping columns, then the aggregates.
    pub(super) fn aggregate(
        &mut self,
        input: &QueryOperation,
        groupings: &[NamedExpression],
        grouping_sets: &[Vec<usize>],
        aggregates: &[AggregateCall],
    ) -> Result<Relation> {
        let input = self.relation(input)?;
        let input_columns = input.columns.clone();
        let keys = groupings
            .iter()
            .map(|grouping| {
                let key = self.expression(&grouping.expression, &input_columns)?;
                Ok((key, grouping.name.clone()))
            })
            .collect::<Result<Vec<_>>>()?;
        self.grouped(input, keys, groupings, grouping_sets, aggregates)
    }

    /// One row a group of rows with equal keys: the keys, then the aggregates. There may be more keys than
    /// groupings.
    pub(super) fn grouped(
        &mut self,
        input: Relation,
        keys: Vec<(Expr, String)>,
        groupings: &[NamedExpression],
        grouping_sets: &[Vec<usize>],
        aggregates: &[AggregateCall],
    ) -> Result<Relation> {
        let input_columns = input.columns.clone();
        let (plan, keys) = input.with_columns(keys, &mut self.names)?;
        let mut outputs = Outputs::default();
        let mut values = Vec::with_capacity(aggregates.len());
        for call in aggregates {
            let value = if is_grouping(call) {
                grouping_call(self, call, groupings, grouping_sets, &keys, &mut outputs)?
            } else {
                self.aggregate_call(call, &input_columns, &mut outputs)?
            };
            values.push((value, call.name.clone()));
        }
        let plan = LogicalPlanBuilder::from(plan)
            .aggregate(group_expressions(&keys, grouping_sets), outputs.expressions())
            .and_then(LogicalPlanBuilder::build)
            .map_err(planning)?;
        let grouped = Relation {
            columns: keys.clone(),
            plan,
        };
        let (plan, values) = grouped.with_columns(values, &mut self.names)?;
        let columns = keys.into_iter().chain(values).collect();
        Ok(Relation { plan, columns })
    }

    fn aggregate_call(
        &mut self,
        call: &AggregateCall,
        columns: &[Column],
        outputs: &mut Outputs,
    ) -> Result<Expr> {
        let arguments = call
            .arguments
            .iter()
            .map(|argument| Ok((self.expression(argument, columns)?, argument.data_type())))
            .collect::<Result<Vec<(Expr, LogicalType)>>>()?;
        let filter = match &call.filter {
            Some(filter) => Some(self.expression(filter, columns)?),
            None => None,
        };
        let order_by = self.sort_keys(&call.order_by, columns)?;
        let names = &mut self.names;
        aggregate::plan(aggregate::Call {
            name: call.function.name,
            arguments,
            distinct: call.distinct,
            filter,
            order_by,
            result: call.result_type.clone(),
            evaluation: self.tables.evaluation(),
            emit: &mut |aggregate| Ok(outputs.add(aggregate, || names.fresh(&call.name))),
        })
    }
}

/// The aggregates that one node computes; equal ones once.
#[derive(Default)]
pub(super) struct Outputs {
    aggregates: Vec<(Expr, String)>,
}

impl Outputs {
    /// Adds an aggregate and gives its column.
    pub(super) fn add(&mut self, aggregate: Aggregate, name: impl FnOnce() -> String) -> Expr {
        let expression = Expr::AggregateFunction(AggregateFunction::new_udf(
            aggregate.function,
            aggregate.arguments,
            aggregate.distinct,
            aggregate.filter.map(Box::new),
            aggregate.order_by,
            None,
        ));
        let known = self.aggregates.iter().find(|(other, _)| *other == expression);
        let name = match known {
            Some((_, name)) => name.clone(),
            None => {
                let name = name();
                self.aggregates.push((expression, name.clone()));
                name
            }
        };
        Expr::Column(Column::new_unqualified(name))
    }

    fn expressions(self) -> Vec<Expr> {
        self.aggregates
            .into_iter()
            .map(|(expression, name)| expression.alias(name))
            .collect()
    }
}
