//! `GROUP BY` and the aggregate calls of a SELECT.
//!
//! While the select list and HAVING are translated, an expression that equals a grouping becomes a
//! reference to it, and an aggregate call is noted here once and referred to. What is left over must
//! not be a column of the input.

use std::sync::Arc;

use sqlparser::ast::{Expr, Spanned};

use super::expression::{Clause, Translator};
use super::plan::QueryPlanner;
use super::refuse::refused;
use super::scope::{Scope, unique_names};
use crate::error::Result;
use crate::expression::ResolvedExpression;
use crate::operation::{AggregateCall, NamedExpression, QueryOperation, expression_type};

/// What rows are grouped by and what is computed over the groups.
#[derive(Debug)]
pub(super) struct Grouping {
    keys: Vec<NamedExpression>,
    aggregates: Vec<AggregateCall>,
}

const GROUPING_SETS: &str = "Write a UNION ALL of queries that group by one set of columns each.";

impl Grouping {
    /// Translates the expressions of GROUP BY. A number is a constant like any other: Flink has no
    /// ordinals there.
    pub(super) fn new(planner: &QueryPlanner<'_>, scope: &Scope, written: &[Expr]) -> Result<Self> {
        let mut expressions: Vec<ResolvedExpression> = Vec::new();
        let mut names = Vec::new();
        for expression in written {
            match expression {
                Expr::GroupingSets(_) | Expr::Cube(_) | Expr::Rollup(_) => {
                    return Err(refused(
                        expression.span(),
                        "GROUPING SETS, CUBE or ROLLUP",
                        GROUPING_SETS,
                    ));
                }
                // `GROUP BY ()` is one group over all rows.
                Expr::Tuple(parts) if parts.is_empty() => continue,
                _ => {}
            }
            let key = Translator::new(planner, scope, Clause::GroupBy).translate(expression)?;
            if expressions.contains(&key) {
                continue;
            }
            names.push(match &key {
                ResolvedExpression::Field { name, .. } => name.clone(),
                _ => format!("$f{}", expressions.len()),
            });
            expressions.push(key);
        }
        let keys = unique_names(&names)
            .into_iter()
            .zip(expressions)
            .map(|(name, expression)| NamedExpression { name, expression })
            .collect();
        Ok(Self {
            keys,
            aggregates: Vec::new(),
        })
    }

    /// A reference to the grouping that equals an expression over the input.
    pub(super) fn key(&self, expression: &ResolvedExpression) -> Option<ResolvedExpression> {
        let index = self.keys.iter().position(|key| key.expression == *expression)?;
        Some(ResolvedExpression::Field {
            index,
            name: self.keys[index].name.clone(),
            field_type: expression_type(expression),
        })
    }

    /// Whether there is a group even where there are no rows.
    pub(super) fn is_global(&self) -> bool {
        self.keys.is_empty()
    }

    /// A reference to the result of an aggregate call; equal calls are one.
    pub(super) fn aggregate(&mut self, call: AggregateCall) -> ResolvedExpression {
        let known = self.aggregates.iter().position(|other| {
            std::ptr::eq(other.function, call.function)
                && other.arguments == call.arguments
                && other.distinct == call.distinct
                && other.filter == call.filter
                && other.order_by == call.order_by
        });
        let position = known.unwrap_or_else(|| {
            let name = self.unused_name();
            self.aggregates.push(AggregateCall { name, ..call });
            self.aggregates.len() - 1
        });
        let found = &self.aggregates[position];
        ResolvedExpression::Field {
            index: self.keys.len() + position,
            name: found.name.clone(),
            field_type: found.result_type.clone(),
        }
    }

    fn unused_name(&self) -> String {
        let mut number = self.aggregates.len();
        loop {
            let name = format!("EXPR${number}");
            let taken = self.keys.iter().any(|key| key.name == name)
                || self.aggregates.iter().any(|call| call.name == name);
            if !taken {
                return name;
            }
            number += 1;
        }
    }

    /// The aggregation over its input.
    pub(super) fn into_operation(self, input: Arc<QueryOperation>) -> Arc<QueryOperation> {
        Arc::new(QueryOperation::Aggregate {
            input,
            groupings: self.keys,
            grouping_sets: Vec::new(),
            aggregates: self.aggregates,
        })
    }
}
