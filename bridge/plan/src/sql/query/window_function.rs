//! Window table functions: `TUMBLE`, `HOP`, `CUMULATE` and `SESSION` over a table or query in FROM.

use std::sync::Arc;

use sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Ident, ObjectName, Spanned, WindowType,
};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::expression::{Clause, Translator};
use super::group_window::length_millis;
use super::mismatch::calcite_type;
use super::plan::QueryPlanner;
use super::refuse::refused;
use super::scope::{Relation, Scope, unique_names};
use crate::catalog::{Column, Schema};
use crate::error::{PlanError, Result};
use crate::expression::{LiteralValue, ResolvedExpression};
use crate::operation::{QueryOperation, WindowKind, WindowTableFunction};
use crate::types::{LogicalType, TypeKind};

/// A window table function.
struct Definition {
    name: &'static str,
    /// The names of its parameters; the last one is an offset unless `required` says all are needed.
    parameters: &'static [&'static str],
    /// How many of them must be given.
    required: usize,
    /// How Flink writes a call in messages.
    form: &'static str,
}

const DEFINITIONS: [Definition; 4] = [
    Definition {
        name: "TUMBLE",
        parameters: &["DATA", "TIMECOL", "SIZE", "OFFSET"],
        required: 3,
        form: "TUMBLE(TABLE table_name, DESCRIPTOR(timecol), datetime interval[, datetime interval])",
    },
    Definition {
        name: "HOP",
        parameters: &["DATA", "TIMECOL", "SLIDE", "SIZE", "OFFSET"],
        required: 4,
        form: "HOP(TABLE table_name, DESCRIPTOR(timecol), datetime interval, datetime interval[, datetime interval])",
    },
    Definition {
        name: "CUMULATE",
        parameters: &["DATA", "TIMECOL", "STEP", "SIZE", "OFFSET"],
        required: 4,
        form: "CUMULATE(TABLE table_name, DESCRIPTOR(timecol), datetime interval, datetime interval[, datetime interval])",
    },
    Definition {
        name: "SESSION",
        parameters: &["DATA", "TIMECOL", "GAP"],
        required: 3,
        form: "SESSION(TABLE table_name [PARTITION BY (cols, ..)], DESCRIPTOR(timecol), datetime interval)",
    },
];

/// The table of a call, with what stands behind it.
struct Data<'t> {
    relation: Relation,
    partition_by: &'t [Expr],
}

impl QueryPlanner<'_> {
    /// The rows of a window table function; `None` if the name is of none.
    pub(super) fn window_function(
        &self,
        name: &ObjectName,
        arguments: &[FunctionArg],
    ) -> Result<Option<Relation>> {
        let written = name.to_string();
        let Some(definition) = DEFINITIONS
            .iter()
            .find(|definition| written.eq_ignore_ascii_case(definition.name))
        else {
            return Ok(None);
        };
        let span = self.source.call_span(name.span());
        let values = match_parameters(definition, arguments, span)?;
        let mut values = values.into_iter();
        let (Some(data), Some(time_column)) = (values.next().flatten(), values.next().flatten()) else {
            return Err(wrong_number(definition, span));
        };
        let data = self.data(data, span)?;
        let schema = data.relation.operation.schema();
        let time_column = time_position(definition, &data.relation, &schema, time_column, span)?;
        let scope = Scope::empty();
        let mut lengths = Vec::new();
        for (position, length) in values.enumerate() {
            let Some(length) = length else { break };
            let value = Translator::new(self, &scope, Clause::Values).translate(length)?;
            lengths.push(match position + 2 < definition.required {
                true => length_millis(&value, length.span())?,
                false => offset_millis(&value, length.span())?,
            });
        }
        let window = window_kind(definition, &lengths, self.partition(&data)?, span)?;
        let schema = with_window_columns(schema, time_column);
        Ok(Some(Relation::new(Arc::new(
            QueryOperation::WindowTableFunction(WindowTableFunction {
                input: data.relation.operation,
                window,
                time_column,
                schema,
            }),
        ))))
    }

    /// `TABLE name`, or a query in parentheses.
    fn data<'t>(&self, written: &'t Expr, span: Span) -> Result<Data<'t>> {
        match written {
            Expr::Subquery(query) => Ok(Data {
                relation: self.query(query)?,
                partition_by: &[],
            }),
            Expr::Nested(inner) => self.data(inner, span),
            Expr::Function(call) if is_table_argument(call) => {
                let name = table_name(call).ok_or_else(|| no_table(span))?;
                let partition_by = match &call.over {
                    Some(WindowType::WindowSpec(specification)) => {
                        if let Some(order) = specification.order_by.first() {
                            return Err(refused(
                                order.expr.span(),
                                "ORDER BY of a table argument",
                                "Windows take rows in any order.",
                            ));
                        }
                        specification.partition_by.as_slice()
                    }
                    _ => &[],
                };
                Ok(Data {
                    relation: self.table(&name)?.0,
                    partition_by,
                })
            }
            _ => Err(no_table(span)),
        }
    }

    /// The positions of the columns of PARTITION BY.
    fn partition(&self, data: &Data<'_>) -> Result<Vec<usize>> {
        let scope = Scope::new(&data.relation, Vec::new());
        let columns = data.partition_by.iter().flat_map(|written| match written {
            Expr::Tuple(parts) => parts.iter().collect(),
            Expr::Nested(inner) => vec![inner.as_ref()],
            other => vec![other],
        });
        columns
            .map(
                |written| match Translator::new(self, &scope, Clause::GroupBy).translate(written)? {
                    ResolvedExpression::Field { index, .. } => Ok(index),
                    _ => Err(refused(
                        written.span(),
                        "PARTITION BY of an expression in a table argument",
                        "Name columns; compute them in a sub-query.",
                    )),
                },
            )
            .collect()
    }
}

/// Whether a call is how the dialect writes `TABLE name`.
pub(super) fn is_table_argument(call: &Function) -> bool {
    call.name.to_string() == "TABLE"
}

fn table_name(call: &Function) -> Option<ObjectName> {
    let FunctionArguments::List(list) = &call.args else {
        return None;
    };
    match list.args.as_slice() {
        [FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::CompoundIdentifier(path)))] => {
            Some(ObjectName::from(path.clone()))
        }
        _ => None,
    }
}

fn no_table(span: Span) -> PlanError {
    validation_error(
        span,
        "A window table function is over a table: write TABLE name, or a query in parentheses",
    )
}

/// The arguments in the order of the parameters.
fn match_parameters<'t>(
    definition: &Definition,
    arguments: &'t [FunctionArg],
    span: Span,
) -> Result<Vec<Option<&'t Expr>>> {
    let mut values: Vec<Option<&Expr>> = vec![None; definition.parameters.len()];
    for (position, argument) in arguments.iter().enumerate() {
        let (slot, value) = match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(value)) => (position, value),
            FunctionArg::Named {
                name,
                arg: FunctionArgExpr::Expr(value),
                ..
            } => (named_parameter(definition, name)?, value),
            _ => return Err(wrong_number(definition, span)),
        };
        match values.get_mut(slot) {
            Some(place @ None) => *place = Some(value),
            _ => return Err(wrong_number(definition, span)),
        }
    }
    if values[..definition.required].iter().any(Option::is_none) {
        return Err(wrong_number(definition, span));
    }
    Ok(values)
}

fn named_parameter(definition: &Definition, name: &Ident) -> Result<usize> {
    definition
        .parameters
        .iter()
        .position(|parameter| name.value.eq_ignore_ascii_case(parameter))
        .ok_or_else(|| {
            validation_error(
                name.span,
                &format!(
                    "{} has no parameter '{}'; its parameters are {}",
                    definition.name,
                    name.value,
                    definition.parameters.join(", ")
                ),
            )
        })
}

fn wrong_number(definition: &Definition, span: Span) -> PlanError {
    validation_error(
        span,
        &format!(
            "Invalid number of arguments to function '{}'. Was expecting {} arguments",
            definition.name, definition.required
        ),
    )
}

/// The position of the column that `DESCRIPTOR(column)` names.
fn time_position(
    definition: &Definition,
    relation: &Relation,
    schema: &Schema,
    written: &Expr,
    span: Span,
) -> Result<usize> {
    let name = match written {
        Expr::Function(call) if call.name.to_string().eq_ignore_ascii_case("DESCRIPTOR") => {
            match &call.args {
                FunctionArguments::List(list) => match list.args.as_slice() {
                    [FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::Identifier(name)))] => Some(name),
                    _ => None,
                },
                _ => None,
            }
        }
        _ => None,
    };
    let Some(name) = name else {
        return Err(validation_error(
            span,
            &format!(
                "The time column of {} is named by DESCRIPTOR(column)",
                definition.name
            ),
        ));
    };
    let Some(position) = relation.names.iter().position(|column| *column == name.value) else {
        return Err(validation_error(
            name.span,
            &format!("Unknown identifier '{}'", name.value),
        ));
    };
    let column_type = &schema.columns[position].column_type;
    match column_type.kind {
        TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_) => Ok(position),
        _ => Err(PlanError::validation(format!(
            "SQL validation failed. The window function {} requires the timecol to be TIMESTAMP or \
             TIMESTAMP_LTZ, but is {}.",
            definition.form,
            calcite_type(column_type)
        ))),
    }
}

/// An offset, which can be negative.
fn offset_millis(offset: &ResolvedExpression, span: Span) -> Result<i64> {
    match offset {
        ResolvedExpression::Literal {
            value: LiteralValue::IntervalMillis(millis),
            ..
        } => Ok(*millis),
        other => length_millis(other, span),
    }
}

fn window_kind(
    definition: &Definition,
    lengths: &[i64],
    partition_by: Vec<usize>,
    span: Span,
) -> Result<WindowKind> {
    let multiple = |part: i64, name: &str| {
        let size = lengths.get(1).copied().unwrap_or(part);
        if definition.name == "CUMULATE" && size % part != 0 {
            return Err(PlanError::Table {
                message: format!(
                    "{} table function based aggregate requires maxSize must be an integral multiple of {name}, \
                     but got maxSize {size} ms and {name} {part} ms",
                    definition.name
                ),
                hint: None,
            });
        }
        Ok(())
    };
    if !partition_by.is_empty() && definition.name != "SESSION" {
        return Err(validation_error(
            span,
            &format!(
                "PARTITION BY of the table of {} has no effect; only SESSION takes it",
                definition.name
            ),
        ));
    }
    let offset_millis = lengths.get(definition.required - 2).copied().unwrap_or(0);
    Ok(match (definition.name, lengths) {
        ("TUMBLE", [size, ..]) => WindowKind::Tumble {
            size_millis: *size,
            offset_millis,
        },
        ("HOP", [slide, size, ..]) => WindowKind::Hop {
            slide_millis: *slide,
            size_millis: *size,
            offset_millis,
        },
        ("CUMULATE", [step, size, ..]) => {
            multiple(*step, "step")?;
            WindowKind::Cumulate {
                step_millis: *step,
                size_millis: *size,
                offset_millis,
            }
        }
        ("SESSION", [gap]) => WindowKind::Session {
            gap_millis: *gap,
            partition_by,
        },
        _ => return Err(wrong_number(definition, span)),
    })
}

/// The input's columns and those of the window.
fn with_window_columns(input: Schema, time_column: usize) -> Schema {
    let time = match input.columns[time_column].column_type.kind {
        TypeKind::TimestampLtz(_) => TypeKind::TimestampLtz(3),
        _ => TypeKind::Timestamp(3),
    };
    let mut columns = input.columns;
    for (name, kind) in [
        ("window_start", TypeKind::Timestamp(3)),
        ("window_end", TypeKind::Timestamp(3)),
        ("window_time", time),
    ] {
        columns.push(Column {
            name: name.to_owned(),
            column_type: LogicalType::not_null(kind),
            comment: None,
        });
    }
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    Schema {
        columns: columns
            .into_iter()
            .zip(unique_names(&names))
            .map(|(column, name)| Column { name, ..column })
            .collect(),
        primary_key: Vec::new(),
    }
}
