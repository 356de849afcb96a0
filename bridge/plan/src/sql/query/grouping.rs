//! `GROUP BY` and the aggregate calls of a SELECT.
//!
//! While the select list and HAVING are translated, an expression that equals a grouping becomes a
//! reference to it, and an aggregate call is noted here once and referred to. What is left over must
//! not be a column of the input. The sets of `GROUPING SETS`, `ROLLUP` and `CUBE` are read by
//! [`super::grouping_sets`], windows of time by [`super::group_window`].

use std::sync::Arc;

use sqlparser::ast::{Expr, Spanned};

use super::expression::{Clause, Translator};
use super::group_window::{GroupWindow, property_schema};
use super::grouping_sets::sets_of;
use super::over::settle;
use super::plan::QueryPlanner;
use super::refuse::refused;
use super::scope::{Scope, unique_names};
use crate::error::Result;
use crate::expression::{LiteralValue, ResolvedExpression};
use crate::operation::{
    AggregateCall, NamedExpression, QueryOperation, WindowAggregate, WindowProperty, expression_type,
};
use crate::types::{LogicalType, TypeKind};

/// The position of the first property of a window while the number of aggregates is not known.
const FIRST_PROPERTY: usize = usize::MAX / 4;

/// What rows are grouped by and what is computed over the groups.
#[derive(Debug)]
pub(super) struct Grouping {
    keys: Vec<NamedExpression>,
    /// The positions in `keys` that each set groups by; empty for the one set of all keys.
    sets: Vec<Vec<usize>>,
    window: Option<GroupWindow>,
    properties: Vec<(String, WindowProperty)>,
    aggregates: Vec<AggregateCall>,
}

impl Grouping {
    /// Translates the expressions of GROUP BY. A number is a constant like any other: Flink has no
    /// ordinals there.
    pub(super) fn new(planner: &QueryPlanner<'_>, scope: &Scope, written: &[Expr]) -> Result<Self> {
        let mut window: Option<GroupWindow> = None;
        let mut others = Vec::with_capacity(written.len());
        for expression in written {
            match GroupWindow::read(planner, scope, expression)? {
                Some(_) if window.is_some() => {
                    return Err(refused(
                        expression.span(),
                        "a second window in GROUP BY",
                        "Group by one window.",
                    ));
                }
                Some(found) => window = Some(found),
                None => others.push(expression),
            }
        }
        let mut expressions: Vec<ResolvedExpression> = Vec::new();
        let mut sets: Vec<Vec<usize>> = Vec::new();
        for set in sets_of(&others)? {
            let mut positions = Vec::with_capacity(set.len());
            for part in set {
                let key = Translator::new(planner, scope, Clause::GroupBy).translate(part)?;
                let position = expressions.iter().position(|other| *other == key);
                let position = position.unwrap_or_else(|| {
                    expressions.push(key);
                    expressions.len() - 1
                });
                if !positions.contains(&position) {
                    positions.push(position);
                }
            }
            let is_same = |other: &Vec<usize>| {
                other.len() == positions.len() && other.iter().all(|position| positions.contains(position))
            };
            // Calcite drops sets that are there already.
            if !sets.iter().any(is_same) {
                sets.push(positions);
            }
        }
        if sets.len() == 1 {
            sets.clear();
        }
        if let (Some(first), Some(_)) = (others.first(), &window)
            && !sets.is_empty()
        {
            return Err(refused(
                first.span(),
                "GROUPING SETS, CUBE or ROLLUP with a window in GROUP BY",
                "Group by window_start and window_end of a window table function.",
            ));
        }
        let names: Vec<String> = expressions
            .iter()
            .enumerate()
            .map(|(position, key)| match key {
                ResolvedExpression::Field { name, .. } => name.clone(),
                _ => format!("$f{position}"),
            })
            .collect();
        let keys = unique_names(&names)
            .into_iter()
            .zip(expressions)
            .map(|(name, expression)| NamedExpression { name, expression })
            .collect();
        Ok(Self {
            keys,
            sets,
            window,
            properties: Vec::new(),
            aggregates: Vec::new(),
        })
    }

    /// A reference to the grouping that equals an expression over the input.
    pub(super) fn key(&self, expression: &ResolvedExpression) -> Option<ResolvedExpression> {
        let index = self.keys.iter().position(|key| key.expression == *expression)?;
        Some(self.column(index))
    }

    /// The groupings, each over the input and as a column of the groups.
    pub(super) fn keys(&self) -> Vec<(ResolvedExpression, ResolvedExpression)> {
        (0..self.keys.len())
            .map(|index| (self.keys[index].expression.clone(), self.column(index)))
            .collect()
    }

    fn column(&self, index: usize) -> ResolvedExpression {
        let key = &self.keys[index];
        let key_type = expression_type(&key.expression);
        let nullable = key_type.nullable || self.sets.iter().any(|set| !set.contains(&index));
        ResolvedExpression::Field {
            index,
            name: key.name.clone(),
            field_type: key_type.with_nullable(nullable),
        }
    }

    /// Whether there is a group even where there are no rows.
    pub(super) fn is_global(&self) -> bool {
        self.window.is_none() && (self.keys.is_empty() || self.sets.iter().any(Vec::is_empty))
    }

    /// Whether some rows of the result are grouped by less than all keys.
    pub(super) fn has_sets(&self) -> bool {
        !self.sets.is_empty()
    }

    /// The window of time that rows are grouped by.
    pub(super) fn window(&self) -> Option<&GroupWindow> {
        self.window.as_ref()
    }

    /// A reference to a property of the window.
    pub(super) fn property(&mut self, property: WindowProperty, time: &LogicalType) -> ResolvedExpression {
        let known = self.properties.iter().position(|(_, other)| *other == property);
        let position = known.unwrap_or_else(|| {
            let name = match property {
                WindowProperty::Start => "w$start",
                WindowProperty::End => "w$end",
                WindowProperty::Time => "w$rowtime",
            };
            self.properties.push((name.to_owned(), property));
            self.properties.len() - 1
        });
        ResolvedExpression::Field {
            index: FIRST_PROPERTY + position,
            name: self.properties[position].0.clone(),
            field_type: property_type(property, time),
        }
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

    /// The aggregation over its input, and expressions that refer to its columns.
    pub(super) fn into_operation(
        self,
        input: Arc<QueryOperation>,
        expressions: &mut [&mut ResolvedExpression],
    ) -> Arc<QueryOperation> {
        let first_property = self.keys.len() + self.aggregates.len();
        for expression in expressions {
            settle(expression, FIRST_PROPERTY, first_property);
        }
        Arc::new(match self.window {
            None => QueryOperation::Aggregate {
                input,
                groupings: self.keys,
                grouping_sets: self.sets,
                aggregates: self.aggregates,
            },
            Some(window) => {
                let schema = property_schema(&self.keys, &self.aggregates, &self.properties, &window.time);
                QueryOperation::WindowAggregate(WindowAggregate {
                    input,
                    window: window.kind,
                    time: window.time,
                    groupings: self.keys,
                    aggregates: self.aggregates,
                    properties: self.properties,
                    schema,
                })
            }
        })
    }
}

/// The type of a property of windows over a time of this type.
pub(super) fn property_type(property: WindowProperty, time: &LogicalType) -> LogicalType {
    match property {
        WindowProperty::Start | WindowProperty::End => LogicalType::not_null(TypeKind::Timestamp(3)),
        WindowProperty::Time => match time.kind {
            TypeKind::TimestampLtz(_) => LogicalType {
                kind: TypeKind::TimestampLtz(3),
                nullable: time.nullable,
            },
            _ => LogicalType {
                kind: TypeKind::Timestamp(3),
                nullable: time.nullable,
            },
        },
    }
}

/// BIGINT 0: what GROUPING and GROUP_ID are where all rows are grouped alike.
pub(super) fn zero() -> ResolvedExpression {
    ResolvedExpression::Literal {
        value: LiteralValue::Integer(0),
        literal_type: LogicalType::not_null(TypeKind::BigInt),
    }
}
