//! `over_window(...)` and `select`: calls over frames of rows.

use std::sync::Arc;

use super::extract::aggregate_call;
use super::{OperationBuilder, operation, without_aliases};
use crate::catalog::{Column, Schema};
use crate::expression::{AggregateUse, Expression, LiteralValue, ResolvedExpression, expand_columns};
use crate::function::{FunctionKind, definitions};
use crate::operation::{FrameBound, FrameUnits, OverCall, OverFrame, QueryOperation, SortKey};
use crate::types::TypeKind;
use crate::{PlanError, Result};

/// A window with a name, before its expressions are resolved. Mirrors `OverWindow`.
#[derive(Debug, Clone)]
pub struct OverWindow {
    /// The name by which calls refer to the window.
    pub alias: String,
    /// Rows with equal values are one partition.
    pub partition_by: Vec<Expression>,
    /// The order inside a partition.
    pub order_by: Expression,
    /// The first row; `None` is that of the partition.
    pub preceding: Option<Expression>,
    /// The last row; `None` is the current one.
    pub following: Option<Expression>,
}

/// What a bound is, once resolved.
struct Bound {
    units: FrameUnits,
    bound: FrameBound,
    /// How messages show its type.
    shown: String,
}

impl OperationBuilder<'_> {
    /// `table.over_window(windows).select(expressions)`.
    ///
    /// # Errors
    /// When a call refers to no window of these, when the order is no time, and those of `select`.
    pub fn select_over(
        &self,
        input: &Arc<QueryOperation>,
        windows: &[OverWindow],
        expressions: &[Expression],
    ) -> Result<Arc<QueryOperation>> {
        let schema = input.schema();
        let mut calls = Vec::new();
        let projections = expand_columns(expressions, &schema)?
            .iter()
            .enumerate()
            .map(|(place, expression)| {
                let replaced = self.replace_over(expression, &schema, windows, &mut calls)?;
                // A call without a name is called after its place, not after the column that holds it.
                Ok(if self.is_over(expression) {
                    let name = Expression::literal(LiteralValue::String(format!("_c{place}")));
                    Expression::call(&definitions::AS, vec![replaced, name])
                } else {
                    replaced
                })
            })
            .collect::<Result<Vec<_>>>()?;
        if calls.is_empty() {
            return self.project(input, &projections);
        }
        let mut columns = schema.columns;
        columns.extend(calls.iter().map(|call: &OverCall| Column {
            name: call.name.clone(),
            column_type: call.result_type.clone(),
            comment: None,
        }));
        let over = operation(QueryOperation::Over {
            input: Arc::clone(input),
            calls,
            schema: Schema {
                columns,
                primary_key: Vec::new(),
            },
        });
        self.project(&over, &projections)
    }

    fn is_over(&self, expression: &Expression) -> bool {
        matches!(expression, Expression::Call { target, .. }
            if self.built_in(target) == Some(&definitions::OVER))
    }

    /// The expression with a column in place of every call over a window.
    fn replace_over(
        &self,
        expression: &Expression,
        schema: &Schema,
        windows: &[OverWindow],
        calls: &mut Vec<OverCall>,
    ) -> Result<Expression> {
        let Expression::Call { target, arguments } = expression else {
            return Ok(expression.clone());
        };
        if !self.is_over(expression) {
            return Ok(Expression::Call {
                target: target.clone(),
                arguments: arguments
                    .iter()
                    .map(|argument| self.replace_over(argument, schema, windows, calls))
                    .collect::<Result<Vec<_>>>()?,
            });
        }
        let window = match arguments.as_slice() {
            [_, Expression::Reference(alias)] => windows.iter().find(|window| window.alias == *alias),
            _ => None,
        };
        let (Some(window), Some(called)) = (window, arguments.first()) else {
            return Err(PlanError::validation("Could not resolve over call."));
        };
        let called = without_aliases(self.resolve(called, schema, AggregateUse::Allowed)?);
        let is_aggregate = called
            .built_in()
            .is_some_and(|function| function.kind == FunctionKind::Aggregate);
        if !is_aggregate {
            return Err(PlanError::validation(format!(
                "OVER can only be applied to an aggregation, but was applied to {called}."
            )));
        }
        let name = unused_name(schema, calls.len());
        calls.push(self.over_call(name.clone(), &called, schema, window)?);
        Ok(Expression::Reference(name))
    }

    fn over_call(
        &self,
        name: String,
        called: &ResolvedExpression,
        schema: &Schema,
        window: &OverWindow,
    ) -> Result<OverCall> {
        let place = AggregateUse::Refused("an over window");
        let resolve = |expression: &Expression| Ok(without_aliases(self.resolve(expression, schema, place)?));
        let partition_by = window
            .partition_by
            .iter()
            .map(resolve)
            .collect::<Result<Vec<_>>>()?;
        let order_by = resolve(&window.order_by)?;
        let preceding = match &window.preceding {
            Some(preceding) => self.bound(preceding, schema, FrameBound::Preceding)?,
            None => unbounded(FrameUnits::Range),
        };
        let following = match &window.following {
            Some(following) => self.bound(following, schema, FrameBound::Following)?,
            None => current(preceding.units),
        };
        let invalid = |why: String| {
            let mut types = vec![called.data_type().to_string(), order_by.data_type().to_string()];
            types.extend([preceding.shown.clone(), following.shown.clone()]);
            types.extend(partition_by.iter().map(|one| one.data_type().to_string()));
            PlanError::validation(format!(
                "Invalid function call:\nover({})\nInvalid input arguments. Expected signatures are:\n\
                 over(<INTERNAL>...)\n{why}",
                types.join(", ")
            ))
        };
        if !matches!(
            order_by.data_type().kind,
            TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_)
        ) {
            return Err(invalid(format!(
                "Second argument in OVER window must be a TIME ATTRIBUTE, but is: {}",
                order_by.data_type()
            )));
        }
        if preceding.units != following.units {
            return Err(invalid(
                "Preceding and following must be of same interval type.".to_owned(),
            ));
        }
        let call = aggregate_call(&name, called)?;
        Ok(OverCall {
            name,
            function: call.function,
            arguments: call.arguments,
            distinct: call.distinct,
            filter: None,
            partition_by,
            order_by: vec![SortKey::new(order_by, true)],
            frame: OverFrame {
                units: preceding.units,
                start: preceding.bound,
                end: following.bound,
            },
            result_type: call.result_type,
        })
    }

    fn bound(
        &self,
        expression: &Expression,
        schema: &Schema,
        distant: fn(ResolvedExpression) -> FrameBound,
    ) -> Result<Bound> {
        if let Expression::Call { target, .. } = expression
            && let Some(function) = self.built_in(target)
        {
            for (constant, units) in [
                (&definitions::UNBOUNDED_ROW, FrameUnits::Rows),
                (&definitions::UNBOUNDED_RANGE, FrameUnits::Range),
            ] {
                if function == constant {
                    return Ok(unbounded(units));
                }
            }
            for (constant, units) in [
                (&definitions::CURRENT_ROW, FrameUnits::Rows),
                (&definitions::CURRENT_RANGE, FrameUnits::Range),
            ] {
                if function == constant {
                    return Ok(current(units));
                }
            }
        }
        let distance = self.resolve(expression, schema, AggregateUse::Refused("an over window"))?;
        let units = match &distance {
            ResolvedExpression::Literal {
                value: LiteralValue::Integer(_),
                literal_type,
            } if literal_type.kind == TypeKind::BigInt => FrameUnits::Rows,
            ResolvedExpression::Literal {
                value: LiteralValue::IntervalMillis(_) | LiteralValue::IntervalMonths(_),
                ..
            } => FrameUnits::Range,
            other => {
                return Err(PlanError::validation_with_hint(
                    format!("{other} is no bound of an over window."),
                    "Bounds are row_interval(n), intervals of time, UNBOUNDED_ROW, UNBOUNDED_RANGE, CURRENT_ROW and \
                     CURRENT_RANGE.",
                ));
            }
        };
        let shown = distance.data_type().to_string();
        Ok(Bound {
            units,
            bound: distant(distance),
            shown,
        })
    }
}

const SYMBOL: &str = "SYMBOL NOT NULL";

fn unbounded(units: FrameUnits) -> Bound {
    Bound {
        units,
        bound: FrameBound::UnboundedPreceding,
        shown: SYMBOL.to_owned(),
    }
}

fn current(units: FrameUnits) -> Bound {
    Bound {
        units,
        bound: FrameBound::CurrentRow,
        shown: SYMBOL.to_owned(),
    }
}

/// A name that no column of the input has.
fn unused_name(schema: &Schema, number: usize) -> String {
    let mut name = format!("$over{number}");
    while schema.columns.iter().any(|column| column.name == name) {
        name.push('_');
    }
    name
}
