//! `add_columns` and `add_or_replace_columns`.

use std::sync::Arc;

use super::OperationBuilder;
use super::extract::extract_aggregates;
use crate::expression::{Expression, LiteralValue};
use crate::function::definitions;
use crate::operation::QueryOperation;
use crate::{PlanError, Result};

impl OperationBuilder<'_> {
    /// `table.add_columns(...)`.
    ///
    /// # Errors
    /// When a name is taken, or a column is an aggregate.
    pub fn add_columns(
        &self,
        input: &Arc<QueryOperation>,
        columns: &[Expression],
    ) -> Result<Arc<QueryOperation>> {
        self.no_aggregates(input, columns)?;
        let mut all = vec![Expression::Reference("*".to_owned())];
        all.extend_from_slice(columns);
        self.project(input, &all)
    }

    /// `table.add_or_replace_columns(...)`: a column of a name that exists takes its place.
    ///
    /// # Errors
    /// When a column is an aggregate.
    pub fn add_or_replace_columns(
        &self,
        input: &Arc<QueryOperation>,
        columns: &[Expression],
    ) -> Result<Arc<QueryOperation>> {
        self.no_aggregates(input, columns)?;
        let mut all: Vec<(String, Expression)> = input
            .schema()
            .columns
            .into_iter()
            .map(|column| (column.name.clone(), Expression::Reference(column.name)))
            .collect();
        for expression in columns {
            let name = self
                .alias_of(expression)
                .unwrap_or_else(|| expression.to_string());
            match all.iter_mut().find(|(other, _)| *other == name) {
                Some((_, replaced)) => *replaced = expression.clone(),
                None => all.push((name, expression.clone())),
            }
        }
        let all: Vec<Expression> = all.into_iter().map(|(_, expression)| expression).collect();
        self.project(input, &all)
    }

    fn no_aggregates(&self, input: &Arc<QueryOperation>, columns: &[Expression]) -> Result<()> {
        let Some(aggregate) = columns.iter().find_map(|column| self.first_aggregate(column)) else {
            return Ok(());
        };
        // Flink resolves the call before it refuses it, so a wrong column is reported first.
        extract_aggregates(self, columns, &input.schema(), &[], None)?;
        Err(PlanError::validation(format!(
            "The added field expression cannot be an aggregation, found: as({aggregate}, 'EXPR$0')"
        )))
    }

    /// The name that `as` gives.
    pub(super) fn alias_of(&self, expression: &Expression) -> Option<String> {
        match expression {
            Expression::Call { target, arguments } if self.built_in(target) == Some(&definitions::AS) => {
                match arguments.get(1)? {
                    Expression::Literal {
                        value: LiteralValue::String(name),
                        ..
                    } => Some(name.clone()),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}
