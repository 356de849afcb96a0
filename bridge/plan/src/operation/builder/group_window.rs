//! `window(Tumble...)`, `group_by` and `select`: groups of rows in windows of time.

use std::sync::Arc;

use super::extract::{WindowScope, extract_aggregates};
use super::{OperationBuilder, operation};
use crate::catalog::{Column, Schema};
use crate::expression::{AggregateUse, Expression, LiteralValue, ResolvedExpression};
use crate::operation::{QueryOperation, WindowAggregate, WindowKind, WindowProperty};
use crate::types::{LogicalType, TypeKind};
use crate::{PlanError, Result};

/// A window with a name, before its expressions are resolved. Mirrors `GroupWindow`.
#[derive(Debug, Clone)]
pub struct GroupWindow {
    /// The name by which `group_by` and `select` refer to the window.
    pub alias: String,
    /// The time of a row.
    pub time: Expression,
    /// The kind with its lengths.
    pub kind: GroupWindowKind,
}

/// The kind of a [`GroupWindow`].
#[derive(Debug, Clone)]
pub enum GroupWindowKind {
    /// One window after the other.
    Tumble {
        /// The length.
        size: Expression,
    },
    /// Windows that overlap.
    Slide {
        /// The length.
        size: Expression,
        /// The time from start to start.
        slide: Expression,
    },
    /// Windows that end after a pause.
    Session {
        /// The pause.
        gap: Expression,
    },
}

impl OperationBuilder<'_> {
    /// `table.window(w).group_by(w, groupings).select(expressions)`.
    ///
    /// # Errors
    /// When a length is no interval of time, when the time field is no time, and those of `select`.
    pub fn select_windowed(
        &self,
        input: &Arc<QueryOperation>,
        window: &GroupWindow,
        groupings: &[Expression],
        expressions: &[Expression],
    ) -> Result<Arc<QueryOperation>> {
        let schema = input.schema();
        let keys = self.groupings(input, groupings)?;
        let time = self.window_time(&window.time, &schema)?;
        let kind = self.window_kind(&window.kind, &schema)?;
        let scope = WindowScope { alias: &window.alias };
        let extracted = extract_aggregates(self, expressions, &schema, &keys, Some(&scope))?;
        let start_type = LogicalType::nullable(TypeKind::Timestamp(3));
        let mut columns: Vec<Column> = keys
            .iter()
            .map(|key| column(&key.name, key.expression.data_type()))
            .collect();
        columns.extend(
            extracted
                .aggregates
                .iter()
                .map(|call| column(&call.name, call.result_type.clone())),
        );
        columns.extend(extracted.properties.iter().map(|(name, property)| {
            let property_type = match property {
                WindowProperty::Start | WindowProperty::End => start_type.clone(),
                WindowProperty::Time => time.data_type().with_nullable(true),
            };
            column(name, property_type)
        }));
        let aggregate = operation(QueryOperation::WindowAggregate(WindowAggregate {
            input: Arc::clone(input),
            window: kind,
            time,
            groupings: keys,
            aggregates: extracted.aggregates,
            properties: extracted.properties,
            schema: Schema {
                columns,
                primary_key: Vec::new(),
            },
        }));
        self.project(&aggregate, &extracted.projections)
    }

    fn window_time(&self, time: &Expression, schema: &Schema) -> Result<ResolvedExpression> {
        let time = self.resolve(time, schema, AggregateUse::Refused("the time of a window"))?;
        let mode = if self.is_streaming { "stream" } else { "batch" };
        match time.data_type().kind {
            TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_) => Ok(time),
            TypeKind::BigInt if !self.is_streaming => Err(PlanError::unsupported(
                "A group window over a BIGINT",
                "Make a TIMESTAMP_LTZ of it with TO_TIMESTAMP_LTZ.",
            )),
            _ => Err(PlanError::validation(format!(
                "A group window expects a time attribute for grouping in a {mode} environment."
            ))),
        }
    }

    fn window_kind(&self, kind: &GroupWindowKind, schema: &Schema) -> Result<WindowKind> {
        let length = |expression: &Expression, wrong: &str| self.window_length(expression, schema, wrong);
        match kind {
            GroupWindowKind::Tumble { size } => {
                let wrong = "Tumbling window expects a size literal of a day-time interval or BIGINT type.";
                Ok(WindowKind::Tumble {
                    size_millis: length(size, wrong)?.time()?,
                    offset_millis: 0,
                })
            }
            GroupWindowKind::Slide { size, slide } => {
                let of = |what| {
                    format!(
                        "A sliding window expects a {what} literal of a day-time interval or BIGINT type."
                    )
                };
                let size = length(size, &of("size"))?;
                let slide = length(slide, &of("slide"))?;
                if size.is_time() != slide.is_time() {
                    return Err(PlanError::validation(
                        "A sliding window expects the same type of size and slide.",
                    ));
                }
                Ok(WindowKind::Hop {
                    slide_millis: slide.time()?,
                    size_millis: size.time()?,
                    offset_millis: 0,
                })
            }
            GroupWindowKind::Session { gap } => {
                let wrong = "A session window expects a gap literal of a day-time interval type.";
                match length(gap, wrong)? {
                    Length::Millis(gap_millis) => Ok(WindowKind::Session {
                        gap_millis,
                        partition_by: Vec::new(),
                    }),
                    Length::Rows => Err(PlanError::validation(wrong)),
                }
            }
        }
    }

    fn window_length(&self, expression: &Expression, schema: &Schema, wrong: &str) -> Result<Length> {
        let resolved = self.resolve(
            expression,
            schema,
            AggregateUse::Refused("the length of a window"),
        )?;
        match resolved {
            ResolvedExpression::Literal {
                value: LiteralValue::IntervalMillis(millis),
                ..
            } => Ok(Length::Millis(millis)),
            ResolvedExpression::Literal {
                value: LiteralValue::Integer(_),
                ref literal_type,
            } if literal_type.kind == TypeKind::BigInt => Ok(Length::Rows),
            _ => Err(PlanError::validation(wrong)),
        }
    }
}

/// The length of a window.
enum Length {
    Millis(i64),
    Rows,
}

impl Length {
    fn is_time(&self) -> bool {
        matches!(self, Self::Millis(_))
    }

    fn time(self) -> Result<i64> {
        match self {
            Self::Millis(millis) => Ok(millis),
            Self::Rows => Err(PlanError::unsupported(
                "A group window of a number of rows",
                "Give the length as an interval of time, such as lit(10).minutes.",
            )),
        }
    }
}

fn column(name: &str, column_type: LogicalType) -> Column {
    Column {
        name: name.to_owned(),
        column_type,
        comment: None,
    }
}
