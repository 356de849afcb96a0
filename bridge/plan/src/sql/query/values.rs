//! `VALUES`, and the single row that a SELECT without FROM is over.

use std::sync::Arc;

use sqlparser::ast::{Spanned, Values};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::expression::{Clause, Translator};
use super::plan::QueryPlanner;
use super::refuse::refused;
use super::scope::{Relation, Scope};
use crate::catalog::{Column, Schema};
use crate::error::Result;
use crate::expression::{LiteralValue, ResolvedExpression};
use crate::operation::{NamedExpression, QueryOperation, expression_type};
use crate::types::derive::common_type;
use crate::types::{LogicalType, TypeKind};

impl QueryPlanner<'_> {
    /// Plans `VALUES`: its rows in their order, in the common types of their columns.
    pub(super) fn values(&self, values: &Values) -> Result<Relation> {
        let span = values
            .rows
            .iter()
            .flat_map(|row| row.content.iter())
            .map(Spanned::span)
            .next()
            .unwrap_or_else(Span::empty);
        if values.explicit_row || values.value_keyword {
            return Err(refused(
                span,
                "ROW or VALUE in VALUES",
                "Write VALUES (...), (...).",
            ));
        }
        let scope = Scope::empty();
        let mut rows = Vec::with_capacity(values.rows.len());
        for row in &values.rows {
            let mut translator = Translator::new(self, &scope, Clause::Values);
            rows.push(
                row.content
                    .iter()
                    .map(|value| translator.translate(value))
                    .collect::<Result<Vec<_>>>()?,
            );
        }
        let columns = columns(&rows, span)?;
        let rows = rows.into_iter().map(|row| cast(row, &columns)).collect();
        let schema = Schema {
            columns,
            primary_key: Vec::new(),
        };
        Ok(Relation::new(constant_rows(rows, schema)))
    }
}

/// One row with the column ZERO, which holds 0: what Calcite selects constants from.
pub(super) fn single_row() -> Arc<QueryOperation> {
    let column_type = LogicalType::not_null(TypeKind::Int);
    Arc::new(QueryOperation::Values {
        rows: vec![vec![ResolvedExpression::Literal {
            value: LiteralValue::Integer(0),
            literal_type: column_type.clone(),
        }]],
        schema: Schema {
            columns: vec![Column {
                name: "ZERO".to_owned(),
                column_type,
                comment: None,
            }],
            primary_key: Vec::new(),
        },
    })
}

/// The columns that hold the values of all rows.
fn columns(rows: &[Vec<ResolvedExpression>], span: Span) -> Result<Vec<Column>> {
    let width = rows.first().map_or(0, Vec::len);
    if rows.iter().any(|row| row.len() != width) {
        return Err(validation_error(span, "Unequal number of entries in VALUES rows"));
    }
    (0..width)
        .map(|index| {
            let types: Vec<LogicalType> = rows.iter().map(|row| expression_type(&row[index])).collect();
            let common = common_type(&types).ok_or_else(|| {
                validation_error(
                    span,
                    "Values passed to VALUES operator must have compatible types",
                )
            })?;
            Ok(Column {
                name: format!("EXPR${index}"),
                column_type: common.with_nullable(types.iter().any(|part| part.nullable)),
                comment: None,
            })
        })
        .collect()
}

/// A row in the types of the columns. A value that cannot be NULL stays so.
fn cast(row: Vec<ResolvedExpression>, columns: &[Column]) -> Vec<ResolvedExpression> {
    row.into_iter()
        .zip(columns)
        .map(|(value, column)| {
            let nullable = expression_type(&value).nullable;
            value.cast_to(&column.column_type.with_nullable(nullable))
        })
        .collect()
}

/// The rows as one operation. Python functions run in operators of their own, so with such a call each
/// row is a projection over a single row, and the rows come in the order of a UNION ALL: in any.
fn constant_rows(rows: Vec<Vec<ResolvedExpression>>, schema: Schema) -> Arc<QueryOperation> {
    if !rows.iter().flatten().any(ResolvedExpression::contains_python) {
        return Arc::new(QueryOperation::Values { rows, schema });
    }
    let mut inputs: Vec<Arc<QueryOperation>> = rows
        .into_iter()
        .map(|row| {
            let projections = row
                .into_iter()
                .zip(&schema.columns)
                .map(|(expression, column)| NamedExpression {
                    name: column.name.clone(),
                    expression,
                })
                .collect();
            Arc::new(QueryOperation::Project {
                input: single_row(),
                projections,
            })
        })
        .collect();
    if inputs.len() == 1
        && let Some(only) = inputs.pop()
    {
        return only;
    }
    Arc::new(QueryOperation::UnionAll { inputs, schema })
}
