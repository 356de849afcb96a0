//! `join` and its outer forms.

use std::sync::Arc;

use super::{OperationBuilder, operation, without_aliases};
use crate::catalog::{Column, Schema};
use crate::expression::{AggregateUse, Expression, LiteralValue, ResolvedExpression};
use crate::function::definitions;
use crate::operation::{Join, JoinKind, QueryOperation};
use crate::types::TypeKind;
use crate::{PlanError, Result};

impl OperationBuilder<'_> {
    /// `left.join(right, condition)`, and `left_outer_join` and its kin by the kind. Without a condition every
    /// row of one side is joined with every row of the other.
    ///
    /// # Errors
    /// When the tables have columns of one name, when the condition is not BOOLEAN, and when an outer join's
    /// condition compares no column of one side with one of the other.
    pub fn join(
        &self,
        left: &Arc<QueryOperation>,
        right: &Arc<QueryOperation>,
        kind: JoinKind,
        condition: Option<&Expression>,
    ) -> Result<Arc<QueryOperation>> {
        let (left_columns, right_columns) = (left.schema().columns, right.schema().columns);
        let ambiguous: Vec<&str> = left_columns
            .iter()
            .map(|column| column.name.as_str())
            .filter(|name| right_columns.iter().any(|column| column.name == **name))
            .collect();
        if !ambiguous.is_empty() {
            return Err(PlanError::validation(format!(
                "join relations with ambiguous names: [{}]",
                ambiguous.join(", ")
            )));
        }
        let left_width = left_columns.len();
        let both = joined(left_columns, right_columns, JoinKind::Inner);
        let condition = condition
            .map(|condition| self.join_condition(condition, &both, left_width, kind))
            .transpose()?
            .flatten();
        let schema = joined(left.schema().columns, right.schema().columns, kind);
        Ok(operation(QueryOperation::Join(Join {
            left: Arc::clone(left),
            right: Arc::clone(right),
            kind,
            condition,
            as_of: None,
            schema,
        })))
    }

    /// The condition over the columns of both sides; `None` if it is the constant TRUE.
    fn join_condition(
        &self,
        condition: &Expression,
        both: &Schema,
        left_width: usize,
        kind: JoinKind,
    ) -> Result<Option<ResolvedExpression>> {
        let condition = self.resolve(condition, both, AggregateUse::Refused("a join condition"))?;
        let condition = without_aliases(condition);
        let condition_type = condition.data_type();
        if condition_type.kind != TypeKind::Boolean {
            return Err(PlanError::validation(format!(
                "Filter operator requires a boolean expression as input, but {condition} is of type \
                 {condition_type}"
            )));
        }
        let always_true = matches!(
            condition,
            ResolvedExpression::Literal {
                value: LiteralValue::Boolean(true),
                ..
            }
        );
        if always_true {
            return Ok(None);
        }
        if kind != JoinKind::Inner && !has_equality(&condition, left_width) {
            return Err(PlanError::validation(format!(
                "Invalid join condition: {condition}. At least one equi-join predicate is required."
            )));
        }
        Ok(Some(condition))
    }
}

/// The columns of both sides; those of a side whose rows may be missing are nullable.
fn joined(left: Vec<Column>, right: Vec<Column>, kind: JoinKind) -> Schema {
    let nullable = |columns: Vec<Column>, missing: bool| {
        columns.into_iter().map(move |column| Column {
            column_type: column
                .column_type
                .with_nullable(column.column_type.nullable || missing),
            ..column
        })
    };
    let left_missing = matches!(kind, JoinKind::RightOuter | JoinKind::FullOuter);
    let right_missing = matches!(kind, JoinKind::LeftOuter | JoinKind::FullOuter);
    Schema {
        columns: nullable(left, left_missing)
            .chain(nullable(right, right_missing))
            .collect(),
        primary_key: Vec::new(),
    }
}

/// Whether a column of the left side has to equal one of the right side.
fn has_equality(condition: &ResolvedExpression, left_width: usize) -> bool {
    let ResolvedExpression::Call { arguments, .. } = condition else {
        return false;
    };
    match condition.built_in() {
        Some(function) if function == &definitions::AND => arguments
            .iter()
            .any(|argument| has_equality(argument, left_width)),
        Some(function) if function == &definitions::EQUALS => match arguments.as_slice() {
            [
                ResolvedExpression::Field { index: first, .. },
                ResolvedExpression::Field { index: second, .. },
            ] => (*first < left_width) != (*second < left_width),
            _ => false,
        },
        _ => false,
    }
}
