//! Calls over frames of rows.

use datafusion::common::Column;
use datafusion::logical_expr::expr::{NullTreatment, WindowFunction, WindowFunctionParams};
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, WindowFunctionDefinition};
use nutkin_engine::Result;
use nutkin_plan::operation::{OverCall, QueryOperation};
use nutkin_plan::types::LogicalType;

use super::{Planner, Relation};
use crate::aggregate::{self, Aggregate};
use crate::error::planning;
use crate::window::{self, frame};

impl Planner<'_> {
    /// The input's columns, then one a call.
    pub(super) fn over(&mut self, input: &QueryOperation, calls: &[OverCall]) -> Result<Relation> {
        let mut input = self.relation(input)?;
        let columns = input.columns.clone();
        let mut windows: Vec<(Expr, String)> = Vec::new();
        let mut values = Vec::with_capacity(calls.len());
        for call in calls {
            let value = self.over_call(call, &columns, &mut windows)?;
            values.push((value, call.name.clone()));
        }
        input.plan = computed(input.plan, windows)?;
        let (plan, added) = input.with_columns(values, &mut self.names)?;
        Ok(Relation {
            plan,
            columns: columns.into_iter().chain(added).collect(),
        })
    }

    fn over_call(
        &mut self,
        call: &OverCall,
        columns: &[Column],
        windows: &mut Vec<(Expr, String)>,
    ) -> Result<Expr> {
        let arguments = call
            .arguments
            .iter()
            .map(|argument| Ok((self.expression(argument, columns)?, argument.data_type())))
            .collect::<Result<Vec<(Expr, LogicalType)>>>()?;
        let partition_by = call
            .partition_by
            .iter()
            .map(|key| self.expression(key, columns))
            .collect::<Result<Vec<_>>>()?;
        let filter = match &call.filter {
            Some(filter) => Some(self.expression(filter, columns)?),
            None => None,
        };
        let order_by = self.sort_keys(&call.order_by, columns)?;
        let window_frame = frame(&call.frame, &call.order_by)?;
        let names = &mut self.names;
        let mut emit = |function: WindowFunctionDefinition,
                        arguments: Vec<Expr>,
                        distinct: bool,
                        filter: Option<Expr>,
                        null_treatment: Option<NullTreatment>| {
            let expression = Expr::from(WindowFunction {
                fun: function,
                params: WindowFunctionParams {
                    args: arguments,
                    partition_by: partition_by.clone(),
                    order_by: order_by.clone(),
                    window_frame: window_frame.clone(),
                    filter: filter.map(Box::new),
                    null_treatment,
                    distinct,
                },
            });
            let known = windows.iter().find(|(other, _)| *other == expression);
            let name = match known {
                Some((_, name)) => name.clone(),
                None => {
                    let name = names.fresh(&call.name);
                    windows.push((expression, name.clone()));
                    name
                }
            };
            Expr::Column(Column::new_unqualified(name))
        };
        let name = call.function.sql_name.unwrap_or(call.function.name);
        if let Some(entry) = window::find(name) {
            return (entry.plan)(window::Call {
                arguments,
                result: call.result_type.clone(),
                emit: &mut |function, arguments, null_treatment| {
                    emit(
                        WindowFunctionDefinition::WindowUDF(function),
                        arguments,
                        false,
                        None,
                        null_treatment,
                    )
                },
            });
        }
        aggregate::plan(aggregate::Call {
            name: call.function.name,
            arguments,
            distinct: call.distinct,
            filter,
            order_by: Vec::new(),
            result: call.result_type.clone(),
            evaluation: self.tables.evaluation(),
            emit: &mut |Aggregate {
                            function,
                            arguments,
                            distinct,
                            filter,
                            ..
                        }| {
                Ok(emit(
                    WindowFunctionDefinition::AggregateUDF(function),
                    arguments,
                    distinct,
                    filter,
                    None,
                ))
            },
        })
    }
}

/// Adds the windows to a plan, each under its name. DataFusion sorts once for those of equal order.
fn computed(plan: LogicalPlan, windows: Vec<(Expr, String)>) -> Result<LogicalPlan> {
    let mut outputs: Vec<Expr> = plan.schema().columns().into_iter().map(Expr::Column).collect();
    for (window, name) in &windows {
        let column = Column::new_unqualified(window.schema_name().to_string());
        outputs.push(Expr::Column(column).alias(name));
    }
    let windows = windows.into_iter().map(|(window, _)| window);
    LogicalPlanBuilder::window_plan(plan, windows)
        .map(LogicalPlanBuilder::from)
        .and_then(|builder| builder.project(outputs))
        .and_then(LogicalPlanBuilder::build)
        .map_err(planning)
}
