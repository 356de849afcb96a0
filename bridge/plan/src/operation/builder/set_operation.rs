//! `union`, `intersect` and `minus`, each with and without `_all`.

use std::sync::Arc;

use super::{OperationBuilder, operation};
use crate::catalog::{Column, Schema};
use crate::expression::ResolvedExpression;
use crate::operation::{NamedExpression, QueryOperation, SetKind};
use crate::types::derive::common_type;
use crate::types::supports_avoiding_cast;
use crate::{PlanError, Result};

impl OperationBuilder<'_> {
    /// `left.union_all(right)` and its kin: the left table's names, and types that hold the values of both.
    /// Streams have `union_all` only.
    ///
    /// # Errors
    /// When the tables have different numbers of columns, or columns without a common type.
    pub fn set_operation(
        &self,
        left: &Arc<QueryOperation>,
        right: &Arc<QueryOperation>,
        kind: SetKind,
        all: bool,
    ) -> Result<Arc<QueryOperation>> {
        let is_union_all = all && kind == SetKind::Union;
        if self.is_streaming && !is_union_all {
            return Err(PlanError::validation(format!(
                "The {} operation on two unbounded tables is currently not supported.",
                name(kind).to_uppercase()
            )));
        }
        let name = name(kind);
        let (left_columns, right_columns) = (left.schema().columns, right.schema().columns);
        if left_columns.len() != right_columns.len() {
            return Err(PlanError::validation(format!(
                "The {name} operation on two tables of different column sizes: {} and {} is not supported",
                left_columns.len(),
                right_columns.len()
            )));
        }
        let columns = left_columns
            .iter()
            .zip(&right_columns)
            .enumerate()
            .map(|(position, (left, right))| {
                let types = [left.column_type.clone(), right.column_type.clone()];
                let column_type = common_type(&types).ok_or_else(|| {
                    PlanError::validation(format!(
                        "Incompatible types for {name} operation. Could not find a common type at position \
                         {position} for '{}' and '{}'.",
                        left.column_type, right.column_type
                    ))
                })?;
                Ok(Column {
                    name: left.name.clone(),
                    column_type,
                    comment: None,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let inputs = [
            widen(left, &left_columns, &columns),
            widen(right, &right_columns, &columns),
        ];
        let schema = Schema {
            columns,
            primary_key: Vec::new(),
        };
        if is_union_all {
            return Ok(operation(QueryOperation::UnionAll {
                inputs: inputs.into(),
                schema,
            }));
        }
        let [left, right] = inputs;
        Ok(operation(QueryOperation::SetOperation {
            kind,
            all,
            left,
            right,
            schema,
        }))
    }
}

/// The name in messages.
fn name(kind: SetKind) -> &'static str {
    match kind {
        SetKind::Union => "union",
        SetKind::Intersect => "intersect",
        SetKind::Minus => "minus",
    }
}

/// The input with the types of the union's columns.
fn widen(input: &Arc<QueryOperation>, from: &[Column], to: &[Column]) -> Arc<QueryOperation> {
    let fits = |(from, to): (&Column, &Column)| supports_avoiding_cast(&from.column_type, &to.column_type);
    if from.iter().zip(to).all(fits) {
        return Arc::clone(input);
    }
    let projections = from
        .iter()
        .zip(to)
        .enumerate()
        .map(|(index, (from, to))| {
            let field = ResolvedExpression::Field {
                index,
                name: from.name.clone(),
                field_type: from.column_type.clone(),
            };
            NamedExpression {
                name: from.name.clone(),
                expression: field.cast_to(&to.column_type.with_nullable(from.column_type.nullable)),
            }
        })
        .collect();
    operation(QueryOperation::Project {
        input: Arc::clone(input),
        projections,
    })
}
