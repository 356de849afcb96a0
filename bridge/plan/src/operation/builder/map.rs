//! `map`: a row for a row, of the fields of a function's result.

use std::sync::Arc;

use super::{OperationBuilder, operation, without_aliases};
use crate::expression::{
    AggregateUse, Expression, LiteralValue, ResolvedExpression, ResolvedFunction, expand_columns,
};
use crate::function::{FunctionKind, definitions};
use crate::operation::{NamedExpression, QueryOperation};
use crate::types::TypeKind;
use crate::{PlanError, Result};

/// The column that holds the function's result, until its fields are read.
const RESULT: &str = "$map";

impl OperationBuilder<'_> {
    /// `table.map(call)`. A result that is no ROW is one column.
    ///
    /// # Errors
    /// When the expression is no call of a scalar function.
    pub fn map(&self, input: &Arc<QueryOperation>, call: &Expression) -> Result<Arc<QueryOperation>> {
        let schema = input.schema();
        let expanded = expand_columns(std::slice::from_ref(call), &schema)?;
        let [call] = expanded.as_slice() else {
            return Err(not_scalar());
        };
        let call = without_aliases(self.resolve(call, &schema, AggregateUse::Allowed)?);
        let is_scalar = match &call {
            ResolvedExpression::Call { function, .. } => match function {
                ResolvedFunction::BuiltIn(function) => function.kind == FunctionKind::Scalar,
                ResolvedFunction::Python(_) => true,
            },
            _ => false,
        };
        if !is_scalar {
            return Err(not_scalar());
        }
        let TypeKind::Row(fields) = call.data_type().kind else {
            return Ok(operation(QueryOperation::Project {
                input: Arc::clone(input),
                projections: vec![NamedExpression {
                    name: "_c0".to_owned(),
                    expression: call,
                }],
            }));
        };
        let mapped = operation(QueryOperation::Project {
            input: Arc::clone(input),
            projections: vec![NamedExpression {
                name: RESULT.to_owned(),
                expression: call,
            }],
        });
        let text = |text: &str| Expression::literal(LiteralValue::String(text.to_owned()));
        let columns: Vec<Expression> = fields
            .iter()
            .map(|field| {
                let read = vec![Expression::column(RESULT), text(&field.name)];
                let value = Expression::call(&definitions::GET, read);
                Expression::call(&definitions::AS, vec![value, text(&field.name)])
            })
            .collect();
        self.project(&mapped, &columns)
    }
}

fn not_scalar() -> PlanError {
    PlanError::validation("Only a scalar function can be used in the map operator.")
}
