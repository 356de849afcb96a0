//! `alias`: new names for the first columns.

use std::sync::Arc;

use super::OperationBuilder;
use crate::expression::{Expression, LiteralValue};
use crate::function::definitions;
use crate::operation::QueryOperation;
use crate::{PlanError, Result};

impl OperationBuilder<'_> {
    /// `table.alias("a", "b")`: names as references or as strings. Further columns keep theirs.
    ///
    /// # Errors
    /// When there are more names than columns, or one is no name.
    pub fn alias(&self, input: &Arc<QueryOperation>, names: &[Expression]) -> Result<Arc<QueryOperation>> {
        let columns = input.schema().columns;
        if names.len() > columns.len() {
            return Err(PlanError::validation(
                "Aliasing more fields than we actually have.",
            ));
        }
        let names = names.iter().map(name).collect::<Result<Vec<_>>>()?;
        let expressions: Vec<Expression> = columns
            .iter()
            .enumerate()
            .map(|(place, column)| {
                let column = Expression::Reference(column.name.clone());
                match names.get(place) {
                    Some(name) => named(column, name),
                    None => column,
                }
            })
            .collect();
        self.project(input, &expressions)
    }
}

/// `expression as name`.
fn named(expression: Expression, name: &str) -> Expression {
    let name = Expression::literal(LiteralValue::String(name.to_owned()));
    Expression::call(&definitions::AS, vec![expression, name])
}

fn name(expression: &Expression) -> Result<String> {
    let name = match expression {
        Expression::Reference(name) => name,
        Expression::Literal {
            value: LiteralValue::String(name),
            ..
        } => name,
        _ => {
            return Err(PlanError::validation(
                "Alias accepts only names that are not '*' reference.",
            ));
        }
    };
    if name == "*" {
        return Err(PlanError::validation("Alias can not accept '*' as name."));
    }
    Ok(name.clone())
}
