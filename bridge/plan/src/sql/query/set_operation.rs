//! `UNION`, `INTERSECT` and `EXCEPT`.

use std::sync::Arc;

use sqlparser::ast::{SetExpr, SetOperator, SetQuantifier, Spanned};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::plan::QueryPlanner;
use super::refuse::refused;
use super::scope::{Relation, field};
use crate::catalog::{Column, Schema};
use crate::error::{PlanError, Result};
use crate::expression::ResolvedExpression;
use crate::operation::{NamedExpression, QueryOperation, SetKind, expression_type};
use crate::types::derive::common_type;
use crate::types::{LogicalType, supports_avoiding_cast};

/// A set operation with its queries. `a UNION ALL b UNION ALL c` is one of three.
struct Written<'t> {
    kind: SetKind,
    all: bool,
    parts: Vec<&'t SetExpr>,
}

impl QueryPlanner<'_> {
    /// Plans a set operation. The names are those of the first query, the types are common ones.
    pub(super) fn set_operation(&self, body: &SetExpr) -> Result<Relation> {
        let Some(written) = read(body)? else {
            return self.body(body);
        };
        let parts = written
            .parts
            .iter()
            .map(|part| self.body(part))
            .collect::<Result<Vec<_>>>()?;
        combine(&written, parts)
    }
}

/// The operation at the root, with as many queries as are joined in the same way.
fn read(body: &SetExpr) -> Result<Option<Written<'_>>> {
    let Some((kind, all)) = operator(body)? else {
        return Ok(None);
    };
    let mut parts = Vec::new();
    let mut rest = body;
    while let SetExpr::SetOperation { left, right, .. } = rest
        && operator(rest)? == Some((kind, all))
    {
        parts.push(right.as_ref());
        rest = left;
        if !(kind == SetKind::Union && all) {
            break;
        }
    }
    parts.push(rest);
    parts.reverse();
    Ok(Some(Written { kind, all, parts }))
}

/// What is done with the rows, and whether ALL of them count.
fn operator(body: &SetExpr) -> Result<Option<(SetKind, bool)>> {
    let SetExpr::SetOperation {
        op,
        set_quantifier,
        right,
        ..
    } = body
    else {
        return Ok(None);
    };
    let kind = match op {
        SetOperator::Union => SetKind::Union,
        SetOperator::Intersect => SetKind::Intersect,
        SetOperator::Except => SetKind::Minus,
        SetOperator::Minus => {
            return Err(PlanError::SqlParser {
                message: "SQL parse failed. MINUS is not allowed under the current SQL conformance level"
                    .to_owned(),
            });
        }
    };
    let all = match set_quantifier {
        SetQuantifier::All => true,
        SetQuantifier::Distinct | SetQuantifier::None => false,
        SetQuantifier::ByName | SetQuantifier::AllByName | SetQuantifier::DistinctByName => {
            return Err(refused(
                right.span(),
                &format!("{op} BY NAME"),
                "Columns are matched by position.",
            ));
        }
    };
    Ok(Some((kind, all)))
}

fn combine(written: &Written<'_>, parts: Vec<Relation>) -> Result<Relation> {
    let name = match (written.kind, written.all) {
        (SetKind::Union, true) => "UNION ALL",
        (SetKind::Union, false) => "UNION",
        (SetKind::Intersect, true) => "INTERSECT ALL",
        (SetKind::Intersect, false) => "INTERSECT",
        (SetKind::Minus, true) => "EXCEPT ALL",
        (SetKind::Minus, false) => "EXCEPT",
    };
    let schemas: Vec<Schema> = parts.iter().map(|part| part.operation.schema()).collect();
    let columns = common_columns(&schemas, name, &written.parts)?;
    let Some(names) = parts.first().map(|first| first.names.clone()) else {
        return Err(PlanError::validation("A set operation has queries."));
    };
    let mut inputs: Vec<_> = parts
        .into_iter()
        .zip(&schemas)
        .map(|(part, schema)| convert(part.operation, schema, &columns))
        .collect();
    let schema = Schema {
        columns,
        primary_key: Vec::new(),
    };
    let operation = match (written.kind, written.all, inputs.len()) {
        (SetKind::Union, true, _) | (_, _, 0 | 1 | 3..) => QueryOperation::UnionAll { inputs, schema },
        (kind, all, 2) => {
            let right = inputs.remove(1);
            let left = inputs.remove(0);
            QueryOperation::SetOperation {
                kind,
                all,
                left,
                right,
                schema,
            }
        }
    };
    Ok(Relation {
        operation: Arc::new(operation),
        names,
    })
}

/// The columns in the common types of all queries.
fn common_columns(schemas: &[Schema], name: &str, written: &[&SetExpr]) -> Result<Vec<Column>> {
    let Some(first) = schemas.first() else {
        return Ok(Vec::new());
    };
    if let Some(other) = schemas
        .iter()
        .position(|schema| schema.columns.len() != first.columns.len())
    {
        return Err(validation_error(
            select_list_span(written[other]),
            &format!("Column count mismatch in {name}"),
        ));
    }
    let column = |(index, column): (usize, &Column)| {
        let types: Vec<LogicalType> = schemas
            .iter()
            .map(|schema| schema.columns[index].column_type.clone())
            .collect();
        let common = common_type(&types).ok_or_else(|| {
            validation_error(
                item_span(written[0], index),
                &format!("Type mismatch in column {} of {name}", index + 1),
            )
        })?;
        Ok(Column {
            name: column.name.clone(),
            column_type: common.with_nullable(types.iter().any(|part| part.nullable)),
            comment: None,
        })
    };
    first.columns.iter().enumerate().map(column).collect()
}

/// Where the select list of a query is.
fn select_list_span(written: &SetExpr) -> Span {
    match written {
        SetExpr::Select(select) => Span::union_iter(select.projection.iter().map(Spanned::span)),
        other => other.span(),
    }
}

/// Where an item of the select list is.
fn item_span(written: &SetExpr, index: usize) -> Span {
    match written {
        SetExpr::Select(select) => match select.projection.get(index) {
            Some(item) if select.projection.len() > index => item.span(),
            _ => written.span(),
        },
        other => other.span(),
    }
}

/// The rows in the types wanted. Nullability is no difference of values, nor is a longer string type.
pub(super) fn convert(
    operation: Arc<QueryOperation>,
    schema: &Schema,
    wanted: &[Column],
) -> Arc<QueryOperation> {
    let same = schema.columns.iter().zip(wanted).all(|(column, wanted)| {
        supports_avoiding_cast(&column.column_type, &wanted.column_type.with_nullable(true))
    });
    if same {
        return operation;
    }
    let cast = |(index, wanted): (usize, &Column)| {
        let value: ResolvedExpression = field(schema, index);
        let nullable = expression_type(&value).nullable;
        NamedExpression {
            name: schema.columns[index].name.clone(),
            expression: value.cast_to(&wanted.column_type.with_nullable(nullable)),
        }
    };
    Arc::new(QueryOperation::Project {
        projections: wanted.iter().enumerate().map(cast).collect(),
        input: operation,
    })
}
