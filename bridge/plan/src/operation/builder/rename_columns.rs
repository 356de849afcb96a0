//! `rename_columns`.

use std::sync::Arc;

use super::OperationBuilder;
use crate::expression::{Expression, expand_columns};
use crate::function::definitions;
use crate::operation::QueryOperation;
use crate::{PlanError, Result};

impl OperationBuilder<'_> {
    /// `table.rename_columns(col("a").alias("b"))`: columns keep their places.
    ///
    /// # Errors
    /// When an expression is not a column with a new name.
    pub fn rename_columns(
        &self,
        input: &Arc<QueryOperation>,
        renamings: &[Expression],
    ) -> Result<Arc<QueryOperation>> {
        let schema = input.schema();
        let mut all: Vec<(String, Expression)> = schema
            .columns
            .iter()
            .map(|column| (column.name.clone(), Expression::Reference(column.name.clone())))
            .collect();
        for renaming in expand_columns(renamings, &schema)? {
            let old = self.renamed(&renaming)?;
            match all.iter_mut().find(|(name, _)| *name == old) {
                Some((_, column)) => *column = renaming,
                // It cannot be resolved, which is what the user is told.
                None => all.push((old, renaming)),
            }
        }
        let all: Vec<Expression> = all.into_iter().map(|(_, expression)| expression).collect();
        self.project(input, &all)
    }

    /// The column that gets a new name.
    fn renamed(&self, renaming: &Expression) -> Result<String> {
        if let Expression::Call { target, arguments } = renaming
            && self.built_in(target) == Some(&definitions::AS)
            && let Some(Expression::Reference(name)) = arguments.first()
        {
            return Ok(name.clone());
        }
        // The missing space is Flink's.
        Err(PlanError::validation(format!(
            "Invalid alias for a renaming column operation. Renaming must add an alias to anexisting field. \
             E.g.: 'a as a1'. But was: {renaming}"
        )))
    }
}
