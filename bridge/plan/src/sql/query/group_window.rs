//! Windows of time in `GROUP BY`: `TUMBLE(time, size)`, `HOP(time, slide, size)`, `SESSION(time, gap)`, and
//! what the select list asks of them by `TUMBLE_START(...)` and the like.

use sqlparser::ast::{Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Spanned};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::expression::{Clause, Translator};
use super::grouping::property_type;
use super::plan::QueryPlanner;
use super::scope::Scope;
use crate::catalog::{Column, Schema};
use crate::error::{PlanError, Result};
use crate::expression::{LiteralValue, ResolvedExpression};
use crate::operation::{AggregateCall, NamedExpression, WindowKind, WindowProperty, expression_type};
use crate::types::TypeKind;

/// A window that rows are grouped by.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GroupWindow {
    /// The windows.
    pub(super) kind: WindowKind,
    /// The time of a row.
    pub(super) time: ResolvedExpression,
}

/// Names of the windows, with the number of their arguments.
const WINDOWS: [(&str, usize); 3] = [("TUMBLE", 2), ("HOP", 3), ("SESSION", 2)];

/// What can be asked of a window, by the end of the function's name.
const PROPERTIES: [(&str, Option<WindowProperty>); 4] = [
    ("_START", Some(WindowProperty::Start)),
    ("_END", Some(WindowProperty::End)),
    ("_ROWTIME", Some(WindowProperty::Time)),
    ("_PROCTIME", None),
];

/// The window that a name means.
fn window_name(name: &str) -> Option<(&'static str, usize)> {
    WINDOWS
        .into_iter()
        .find(|(window, _)| name.eq_ignore_ascii_case(window))
}

impl GroupWindow {
    /// The window, if an expression of GROUP BY is one.
    pub(super) fn read(planner: &QueryPlanner<'_>, scope: &Scope, written: &Expr) -> Result<Option<Self>> {
        let Expr::Function(call) = written else {
            return Ok(None);
        };
        let Some((name, count)) = window_name(&call.name.to_string()) else {
            return Ok(None);
        };
        let span = planner.source.call_span(call.name.span());
        read_call(planner, scope, call, name, count, span).map(Some)
    }
}

fn read_call(
    planner: &QueryPlanner<'_>,
    scope: &Scope,
    call: &Function,
    name: &'static str,
    count: usize,
    span: Span,
) -> Result<GroupWindow> {
    let arguments = plain_arguments(call)
        .filter(|arguments| arguments.len() == count)
        .ok_or_else(|| {
            validation_error(
                span,
                &format!("Invalid number of arguments to function '{name}'. Was expecting {count} arguments"),
            )
        })?;
    let mut translator = Translator::new(planner, scope, Clause::GroupBy);
    let time = translator.translate(arguments[0])?;
    if !matches!(
        expression_type(&time).kind,
        TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_)
    ) {
        return Err(PlanError::validation(format!(
            "Window can only be defined over a time attribute column. {name} is over a column of type {}.",
            expression_type(&time)
        )));
    }
    let mut lengths = Vec::with_capacity(count - 1);
    for argument in &arguments[1..] {
        lengths.push(length_millis(&translator.translate(argument)?, argument.span())?);
    }
    let kind = match (name, lengths.as_slice()) {
        ("TUMBLE", [size]) => WindowKind::Tumble {
            size_millis: *size,
            offset_millis: 0,
        },
        ("HOP", [slide, size]) => WindowKind::Hop {
            slide_millis: *slide,
            size_millis: *size,
            offset_millis: 0,
        },
        (_, [gap, ..]) => WindowKind::Session {
            gap_millis: *gap,
            partition_by: Vec::new(),
        },
        (_, []) => return Err(validation_error(span, "A window has a length")),
    };
    Ok(GroupWindow { kind, time })
}

/// A length of time, which is a positive constant.
pub(super) fn length_millis(length: &ResolvedExpression, span: Span) -> Result<i64> {
    match length {
        ResolvedExpression::Literal {
            value: LiteralValue::IntervalMillis(millis),
            ..
        } if *millis > 0 => Ok(*millis),
        ResolvedExpression::Literal {
            value: LiteralValue::IntervalMonths(_),
            ..
        } => Err(PlanError::Table {
            message:
                "Window aggregate only support SECOND, MINUTE, HOUR, DAY as the time unit. MONTH and YEAR \
                      time unit are not supported yet."
                    .to_owned(),
            hint: None,
        }),
        _ => Err(validation_error(
            span,
            "Only constant window intervals with millisecond resolution are supported.",
        )),
    }
}

fn plain_arguments(call: &Function) -> Option<Vec<&Expr>> {
    let FunctionArguments::List(list) = &call.args else {
        return None;
    };
    list.args
        .iter()
        .map(|argument| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(value)) => Some(value),
            _ => None,
        })
        .collect()
}

impl Translator<'_, '_> {
    /// `TUMBLE_START(...)` and the like; `None` if a call is none of them.
    pub(super) fn window_property(
        &mut self,
        call: &Function,
        span: Span,
    ) -> Result<Option<ResolvedExpression>> {
        let name = call.name.to_string().to_uppercase();
        if let Some((window, _)) = window_name(&name) {
            return Err(validation_error(
                span,
                &format!("Group function '${window}' can only appear in GROUP BY clause"),
            ));
        }
        let found = PROPERTIES.iter().find_map(|(suffix, property)| {
            let (window, count) = window_name(name.strip_suffix(suffix)?)?;
            Some((window, count, *property))
        });
        let Some((window, count, property)) = found else {
            return Ok(None);
        };
        let unmatched = || {
            validation_error(
                span,
                &format!(
                    "Call to auxiliary group function '{name}' must have matching call to group function \
                     '${window}' in GROUP BY clause"
                ),
            )
        };
        let asked = read_call(self.planner, self.scope, call, window, count, span)?;
        let Some(grouping) = &mut self.grouping else {
            self.wants_groups = true;
            return Err(unmatched());
        };
        if grouping.window() != Some(&asked) {
            return Err(unmatched());
        }
        let Some(property) = property else {
            return Err(PlanError::validation(
                "PROCTIME window property is not supported in batch queries.",
            ));
        };
        Ok(Some(grouping.property(property, &expression_type(&asked.time))))
    }
}

/// The columns of grouping by a window: groupings, aggregates, properties.
pub(super) fn property_schema(
    keys: &[NamedExpression],
    aggregates: &[AggregateCall],
    properties: &[(String, WindowProperty)],
    time: &ResolvedExpression,
) -> Schema {
    let time = expression_type(time);
    let keys = keys
        .iter()
        .map(|key| (key.name.clone(), expression_type(&key.expression)));
    let aggregates = aggregates
        .iter()
        .map(|call| (call.name.clone(), call.result_type.clone()));
    let properties = properties
        .iter()
        .map(|(name, property)| (name.clone(), property_type(*property, &time)));
    Schema {
        columns: keys
            .chain(aggregates)
            .chain(properties)
            .map(|(name, column_type)| Column {
                name,
                column_type,
                comment: None,
            })
            .collect(),
        primary_key: Vec::new(),
    }
}
