//! Projections and the names of their columns.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{OperationBuilder, operation, without_aliases};
use crate::catalog::Schema;
use crate::expression::{AggregateUse, Expression, ResolvedExpression, ResolvedFunction, expand_columns};
use crate::function::definitions;
use crate::operation::{NamedExpression, QueryOperation};
use crate::{PlanError, Result};

impl OperationBuilder<'_> {
    /// A projection without aggregate functions.
    pub(super) fn project(
        &self,
        input: &Arc<QueryOperation>,
        expressions: &[Expression],
    ) -> Result<Arc<QueryOperation>> {
        let schema = input.schema();
        let projections = self.named(expressions, &schema)?;
        let mut names = BTreeSet::new();
        for projection in &projections {
            if !names.insert(projection.name.as_str()) {
                return Err(PlanError::validation(format!(
                    "Ambiguous column name: {}",
                    projection.name
                )));
            }
        }
        Ok(operation(QueryOperation::Project {
            input: Arc::clone(input),
            projections,
        }))
    }

    fn named(&self, expressions: &[Expression], schema: &Schema) -> Result<Vec<NamedExpression>> {
        expand_columns(expressions, schema)?
            .iter()
            .enumerate()
            .map(|(place, expression)| {
                let expression =
                    self.resolve(expression, schema, AggregateUse::Refused("this select list"))?;
                let name = name_of(&expression).unwrap_or_else(|| format!("_c{place}"));
                Ok(NamedExpression {
                    name,
                    expression: without_aliases(expression),
                })
            })
            .collect()
    }
}

/// The name of a column or of `as`; a cast of such a one is called after both name and type.
fn name_of(expression: &ResolvedExpression) -> Option<String> {
    match expression {
        ResolvedExpression::Call {
            function: ResolvedFunction::BuiltIn(function),
            arguments,
            result_type,
        } if *function == &definitions::CAST => {
            let inner = own_name(arguments.first()?)?;
            Some(format!("{inner}-{}", result_type.with_nullable(true)))
        }
        other => own_name(other).map(str::to_owned),
    }
}

/// The name that an expression has by itself.
pub(super) fn own_name(expression: &ResolvedExpression) -> Option<&str> {
    match expression {
        ResolvedExpression::Field { name, .. } => Some(name),
        other => other.alias().map(|(_, name)| name),
    }
}
