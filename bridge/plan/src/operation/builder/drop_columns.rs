//! `drop_columns`.

use std::sync::Arc;

use super::OperationBuilder;
use crate::expression::{Expression, expand_columns};
use crate::operation::QueryOperation;
use crate::{PlanError, Result};

impl OperationBuilder<'_> {
    /// `table.drop_columns(col("a"))`.
    ///
    /// # Errors
    /// When an expression is not a column of the input.
    pub fn drop_columns(
        &self,
        input: &Arc<QueryOperation>,
        dropped: &[Expression],
    ) -> Result<Arc<QueryOperation>> {
        let schema = input.schema();
        let mut names = Vec::with_capacity(dropped.len());
        for expression in expand_columns(dropped, &schema)? {
            let Expression::Reference(name) = expression else {
                return Err(PlanError::validation(format!(
                    "Unexpected drop column expression: {expression}"
                )));
            };
            names.push(name);
        }
        let exists = |name: &String| schema.columns.iter().any(|column| column.name == *name);
        if let Some(unknown) = names.iter().find(|name| !exists(name)) {
            return Err(PlanError::validation(format!(
                "Field {unknown} does not exist in source table"
            )));
        }
        let kept: Vec<Expression> = schema
            .columns
            .into_iter()
            .filter(|column| !names.contains(&column.name))
            .map(|column| Expression::Reference(column.name))
            .collect();
        self.project(input, &kept)
    }
}
