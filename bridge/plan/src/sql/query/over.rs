//! `OVER`: calls over the rows around each row, and the windows named by `WINDOW`.
//!
//! While the select list, QUALIFY and ORDER BY are translated, each call is noted here once and referred
//! to as a column behind the input's own. How many of those there are is known only at the end, so the
//! reference has a position from [`FIRST_CALL`] on until [`Windows::into_operation`] is asked.

use std::sync::Arc;

use sqlparser::ast::{
    Expr, Ident, NamedWindowDefinition, NamedWindowExpr, OrderByExpr, Spanned, WindowFrame, WindowFrameBound,
    WindowFrameUnits, WindowSpec, WindowType,
};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::call::{Argument, built_in};
use super::expression::{Clause, Translator};
use super::mismatch::no_match;
use super::order::sort_key;
use super::refuse::refused;
use crate::catalog::Column;
use crate::error::{PlanError, Result};
use crate::expression::{LiteralValue, ResolvedExpression, SubqueryKind};
use crate::function::{BuiltInFunction, FunctionKind, definitions};
use crate::operation::{
    FrameBound, FrameUnits, OverCall, OverFrame, QueryOperation, SortKey, expression_type,
};
use crate::types::TypeKind;
use crate::types::derive::{is_interval, is_numeric};

/// The position of the first call while the number of the input's columns is not known.
const FIRST_CALL: usize = usize::MAX / 2;

/// How many positions are set apart for references that are settled at the end.
const RANGE: usize = usize::MAX / 8;

/// The calls of a SELECT with OVER.
#[derive(Debug)]
pub(super) struct Windows {
    named: Vec<NamedWindowDefinition>,
    calls: Vec<OverCall>,
}

/// The parts of a window, put together from its own text and the window that it extends.
#[derive(Clone, Default)]
struct Parts {
    partition_by: Vec<Expr>,
    order_by: Vec<OrderByExpr>,
    frame: Option<WindowFrame>,
}

impl Windows {
    pub(super) fn new(named: &[NamedWindowDefinition]) -> Self {
        Self {
            named: named.to_vec(),
            calls: Vec::new(),
        }
    }

    /// A reference to the value of a call; equal calls are one.
    fn call(&mut self, call: OverCall) -> ResolvedExpression {
        let known = self.calls.iter().position(|other| {
            let renamed = OverCall {
                name: other.name.clone(),
                ..call.clone()
            };
            *other == renamed
        });
        let position = known.unwrap_or_else(|| {
            self.calls.push(OverCall {
                name: format!("w0$o{}", self.calls.len()),
                ..call
            });
            self.calls.len() - 1
        });
        let found = &self.calls[position];
        ResolvedExpression::Field {
            index: FIRST_CALL + position,
            name: found.name.clone(),
            field_type: found.result_type.clone(),
        }
    }

    fn named(&self, name: &Ident) -> Result<Parts> {
        let found = self
            .named
            .iter()
            .find(|NamedWindowDefinition(other, _)| other.value == name.value);
        let Some(NamedWindowDefinition(_, definition)) = found else {
            return Err(validation_error(
                name.span,
                &format!("Window '{}' not found", name.value),
            ));
        };
        match definition {
            NamedWindowExpr::NamedWindow(other) if other.value != name.value => self.named(other),
            NamedWindowExpr::NamedWindow(other) => Err(validation_error(
                other.span,
                &format!("Window '{}' not found", other.value),
            )),
            NamedWindowExpr::WindowSpec(specification) => self.parts(specification),
        }
    }

    fn parts(&self, specification: &WindowSpec) -> Result<Parts> {
        let mut parts = match &specification.window_name {
            None => Parts::default(),
            Some(name) => {
                let inherited = self.named(name)?;
                if !specification.partition_by.is_empty() {
                    return Err(validation_error(
                        name.span,
                        "PARTITION BY not allowed with existing window reference",
                    ));
                }
                if !specification.order_by.is_empty() && !inherited.order_by.is_empty() {
                    return Err(validation_error(
                        name.span,
                        "ORDER BY not allowed in both base and referenced windows",
                    ));
                }
                if inherited.frame.is_some() {
                    return Err(validation_error(
                        name.span,
                        "Referenced window cannot have framing declarations",
                    ));
                }
                inherited
            }
        };
        if specification.window_name.is_none() {
            parts.partition_by = specification.partition_by.clone();
        }
        if !specification.order_by.is_empty() {
            parts.order_by = specification.order_by.clone();
        }
        if let Some(frame) = &specification.window_frame {
            parts.frame = Some(frame.clone());
        }
        Ok(parts)
    }

    /// The expressions of all calls.
    pub(super) fn expressions(&mut self) -> impl Iterator<Item = &mut ResolvedExpression> {
        self.calls.iter_mut().flat_map(|call| {
            call.arguments
                .iter_mut()
                .chain(&mut call.partition_by)
                .chain(call.order_by.iter_mut().map(|key| &mut key.expression))
        })
    }

    /// The input with the calls' values behind its columns, and expressions that refer to them.
    pub(super) fn into_operation(
        self,
        input: Arc<QueryOperation>,
        expressions: &mut [&mut ResolvedExpression],
    ) -> Arc<QueryOperation> {
        if self.calls.is_empty() {
            return input;
        }
        let mut schema = input.schema();
        let width = schema.columns.len();
        for expression in expressions {
            settle(expression, FIRST_CALL, width);
        }
        schema.primary_key.clear();
        schema.columns.extend(self.calls.iter().map(|call| Column {
            name: call.name.clone(),
            column_type: call.result_type.clone(),
            comment: None,
        }));
        Arc::new(QueryOperation::Over {
            input,
            calls: self.calls,
            schema,
        })
    }
}

/// Moves references to the positions from a first one on, up to the next such range, to another place.
pub(super) fn settle(expression: &mut ResolvedExpression, from: usize, to: usize) {
    match expression {
        ResolvedExpression::Field { index, .. } if *index >= from && *index - from < RANGE => {
            *index = *index - from + to;
        }
        ResolvedExpression::Call { arguments, .. } => {
            for argument in arguments {
                settle(argument, from, to);
            }
        }
        ResolvedExpression::Subquery(subquery) => {
            if let SubqueryKind::In { operands, .. } = &mut subquery.kind {
                for operand in operands {
                    settle(operand, from, to);
                }
            }
        }
        _ => {}
    }
}

impl Translator<'_, '_> {
    /// A call with OVER.
    pub(super) fn over(
        &mut self,
        function: &'static BuiltInFunction,
        arguments: &[Argument<'_>],
        distinct: bool,
        has_filter: bool,
        over: &WindowType,
        span: Span,
    ) -> Result<ResolvedExpression> {
        let clause = match self.clause {
            Clause::Select | Clause::OrderBy | Clause::Qualify => None,
            Clause::Where => Some("WHERE"),
            Clause::On => Some("ON"),
            Clause::GroupBy => Some("GROUP BY"),
            Clause::Having => Some("HAVING"),
            Clause::Values => Some("VALUES"),
            Clause::Define => Some("DEFINE"),
            Clause::Measures => Some("MEASURES"),
            Clause::Aggregate => {
                return Err(validation_error(
                    span,
                    "Windowed aggregate expression is illegal in an aggregate expression",
                ));
            }
        };
        if let Some(clause) = clause {
            return Err(validation_error(
                span,
                &format!("Windowed aggregate expression is illegal in {clause} clause"),
            ));
        }
        if has_filter {
            return Err(validation_error(
                span,
                "OVER must be applied to aggregate function",
            ));
        }
        let Some(windows) = &self.windows else {
            return Err(validation_error(span, "OVER needs rows of a SELECT"));
        };
        let parts = match over {
            WindowType::NamedWindow(name) => windows.named(name)?,
            WindowType::WindowSpec(specification) => windows.parts(specification)?,
        };
        let call = self.over_call(function, arguments, distinct, &parts, span)?;
        match &mut self.windows {
            Some(windows) => Ok(windows.call(call)),
            None => Err(validation_error(span, "OVER needs rows of a SELECT")),
        }
    }

    fn over_call(
        &mut self,
        function: &'static BuiltInFunction,
        arguments: &[Argument<'_>],
        distinct: bool,
        parts: &Parts,
        span: Span,
    ) -> Result<OverCall> {
        check_order(function, parts, span)?;
        let arguments = match arguments {
            [Argument::Wildcard] if function == &definitions::COUNT => Vec::new(),
            _ => self.arguments(arguments, span)?,
        };
        let all_have_values = arguments
            .iter()
            .all(|argument| !expression_type(argument).nullable);
        let ResolvedExpression::Call {
            arguments,
            result_type,
            ..
        } = built_in(function, arguments, span)?
        else {
            return Err(no_match(&[function.name.to_owned()], &[], span));
        };
        let partition_by = parts
            .partition_by
            .iter()
            .map(|written| self.translate(written))
            .collect::<Result<Vec<_>>>()?;
        let order_by = parts
            .order_by
            .iter()
            .map(|written| sort_key(written, self.translate(&written.expr)?))
            .collect::<Result<Vec<_>>>()?;
        let frame = self.frame(function, parts, &order_by)?;
        let nullable = match function.kind {
            FunctionKind::Aggregate => result_type.nullable && !(all_have_values && is_never_empty(&frame)),
            _ => result_type.nullable,
        };
        Ok(OverCall {
            name: String::new(),
            function,
            arguments,
            distinct,
            filter: None,
            partition_by,
            order_by,
            frame,
            result_type: result_type.with_nullable(nullable),
        })
    }

    /// The frame written, or the one that SQL takes: up to the current row and its equals if there is an
    /// order, else the whole partition.
    fn frame(
        &mut self,
        function: &'static BuiltInFunction,
        parts: &Parts,
        order_by: &[SortKey],
    ) -> Result<OverFrame> {
        let Some(written) = &parts.frame else {
            let end = match order_by {
                [] => FrameBound::UnboundedFollowing,
                _ => FrameBound::CurrentRow,
            };
            return Ok(OverFrame {
                units: FrameUnits::Range,
                start: FrameBound::UnboundedPreceding,
                end,
            });
        };
        let span = frame_span(written);
        if function.kind == FunctionKind::Window {
            return Err(validation_error(
                span,
                "ROW/RANGE not allowed with RANK, DENSE_RANK, ROW_NUMBER, PERCENTILE_CONT/DISC or LAG/LEAD functions",
            ));
        }
        let units = match written.units {
            WindowFrameUnits::Rows => FrameUnits::Rows,
            WindowFrameUnits::Range => FrameUnits::Range,
            WindowFrameUnits::Groups => {
                return Err(refused(span, "GROUPS in a window", "Write ROWS or RANGE."));
            }
        };
        let start = self.bound(&written.start_bound, units, order_by)?;
        let end = match &written.end_bound {
            None => FrameBound::CurrentRow,
            Some(bound) => self.bound(bound, units, order_by)?,
        };
        check_bounds(&start, &end, span)?;
        Ok(OverFrame { units, start, end })
    }

    fn bound(
        &mut self,
        written: &WindowFrameBound,
        units: FrameUnits,
        order_by: &[SortKey],
    ) -> Result<FrameBound> {
        Ok(match written {
            WindowFrameBound::CurrentRow => FrameBound::CurrentRow,
            WindowFrameBound::Preceding(None) => FrameBound::UnboundedPreceding,
            WindowFrameBound::Following(None) => FrameBound::UnboundedFollowing,
            WindowFrameBound::Preceding(Some(distance)) => {
                FrameBound::Preceding(self.distance(distance, units, order_by)?)
            }
            WindowFrameBound::Following(Some(distance)) => {
                FrameBound::Following(self.distance(distance, units, order_by)?)
            }
        })
    }

    /// A number of rows, or a distance of the sort key: a number or an interval.
    fn distance(
        &mut self,
        written: &Expr,
        units: FrameUnits,
        order_by: &[SortKey],
    ) -> Result<ResolvedExpression> {
        let distance = self.translate(written)?;
        let ResolvedExpression::Literal { value, literal_type } = &distance else {
            return Err(refused(
                written.span(),
                "a frame bound that is not a constant",
                "Write a number or an interval.",
            ));
        };
        let kind = &literal_type.kind;
        let is_negative = match value {
            LiteralValue::Integer(value)
            | LiteralValue::IntervalMillis(value)
            | LiteralValue::IntervalMonths(value) => *value < 0,
            LiteralValue::Decimal(value) => *value < 0,
            _ => false,
        };
        if is_negative {
            return Err(validation_error(
                written.span(),
                "ROWS/RANGE value must not be negative",
            ));
        }
        if units == FrameUnits::Rows {
            return match value {
                LiteralValue::Integer(_) => Ok(distance),
                _ => Err(validation_error(
                    written.span(),
                    "ROWS value must be a non-negative integral constant",
                )),
            };
        }
        let [key] = order_by else {
            return Err(validation_error(
                written.span(),
                "RANGE clause cannot be used with compound ORDER BY clause",
            ));
        };
        let key = expression_type(&key.expression);
        let fits = match &key.kind {
            TypeKind::Date | TypeKind::Time(_) | TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_) => {
                is_interval(kind)
            }
            other => is_numeric(other) && is_numeric(kind),
        };
        if !fits {
            return Err(validation_error(
                written.span(),
                "Data Type mismatch between ORDER BY and RANGE clause",
            ));
        }
        Ok(distance)
    }
}

/// Ranks and the like need an order.
fn check_order(function: &'static BuiltInFunction, parts: &Parts, span: Span) -> Result<()> {
    if function.kind != FunctionKind::Window || !parts.order_by.is_empty() {
        return Ok(());
    }
    if function == &definitions::ROW_NUMBER {
        return Err(PlanError::validation(
            "Over Agg: The window rank function requires order by clause with non-constant fields. please \
             re-check the over window statement.",
        ));
    }
    Err(validation_error(
        span,
        "RANK or DENSE_RANK functions require ORDER BY clause in window specification",
    ))
}

fn check_bounds(start: &FrameBound, end: &FrameBound, span: Span) -> Result<()> {
    let order = |bound: &FrameBound| match bound {
        FrameBound::UnboundedPreceding => 0,
        FrameBound::Preceding(_) => 1,
        FrameBound::CurrentRow => 2,
        FrameBound::Following(_) => 3,
        FrameBound::UnboundedFollowing => 4,
    };
    let message = match (start, end) {
        (FrameBound::UnboundedFollowing, _) => {
            "UNBOUNDED FOLLOWING cannot be specified for the lower frame boundary"
        }
        (_, FrameBound::UnboundedPreceding) => {
            "UNBOUNDED PRECEDING cannot be specified for the upper frame boundary"
        }
        (FrameBound::CurrentRow, FrameBound::Preceding(_)) => {
            "Upper frame boundary cannot be PRECEDING when lower boundary is CURRENT ROW"
        }
        (FrameBound::Following(_), FrameBound::CurrentRow) => {
            "Upper frame boundary cannot be CURRENT ROW when lower boundary is FOLLOWING"
        }
        (FrameBound::Following(_), FrameBound::Preceding(_)) => {
            "Upper frame boundary cannot be PRECEDING when lower boundary is FOLLOWING"
        }
        _ if order(start) > order(end) => "Start of frame cannot be after its end",
        _ => return Ok(()),
    };
    Err(validation_error(span, message))
}

/// Whether each row is in its own frame as far as Calcite can see.
fn is_never_empty(frame: &OverFrame) -> bool {
    matches!(
        frame.start,
        FrameBound::UnboundedPreceding | FrameBound::CurrentRow
    ) && matches!(frame.end, FrameBound::UnboundedFollowing | FrameBound::CurrentRow)
}

/// Where a frame is written, as far as the syntax tree knows.
fn frame_span(frame: &WindowFrame) -> Span {
    match &frame.start_bound {
        WindowFrameBound::Preceding(Some(distance)) | WindowFrameBound::Following(Some(distance)) => {
            distance.span()
        }
        _ => Span::empty(),
    }
}
