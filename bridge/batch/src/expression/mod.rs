//! From resolved expressions to DataFusion's.
//!
//! [`operator`] and [`conditional`] say in DataFusion's own expressions what it computes as Flink does, so
//! that its optimizer can push, prune and join by them; [`function`](mod@function) wraps everything else
//! into scalar functions; [`subquery`] makes sub-queries that the optimizer turns into joins; [`python`]
//! calls Python. An expression has exactly the Arrow type of its Flink type.

mod collection;
mod comparison;
mod conditional;
mod function;
mod operator;
mod python;
mod subquery;
mod total;

use std::sync::Arc;

use arrow::datatypes::{DataType, Field};
use datafusion::common::Column;
use datafusion::logical_expr::Expr;
use nutkin_engine::Result;
use nutkin_plan::expression::{ResolvedExpression, ResolvedFunction};
use nutkin_plan::types::LogicalType;

use crate::error::internal;
use crate::plan::Planner;
pub(crate) use collection::Collection;
pub(crate) use function::apply;
pub(crate) use python::PythonEvaluators;

impl Planner<'_> {
    /// An expression over rows with these columns.
    ///
    /// # Errors
    /// When it cannot be computed.
    pub(crate) fn expression(&mut self, expression: &ResolvedExpression, columns: &[Column]) -> Result<Expr> {
        match expression {
            ResolvedExpression::Field { index, name, .. } => column(columns, *index, name),
            ResolvedExpression::OuterField {
                depth,
                index,
                name,
                field_type,
            } => self.outer_column(*depth, *index, name, field_type),
            ResolvedExpression::Literal { value, literal_type } => Ok(Expr::Literal(
                nutkin_functions::scalar(value, literal_type)?,
                None,
            )),
            ResolvedExpression::Symbol { .. } | ResolvedExpression::PatternField { .. } => {
                self.wrapped(expression, columns)
            }
            ResolvedExpression::Subquery(subquery) => self.subquery_value(subquery, columns),
            ResolvedExpression::Call {
                function,
                arguments,
                result_type,
            } => match function {
                ResolvedFunction::Python(_) => self.python_call(expression, columns),
                ResolvedFunction::BuiltIn(function) => {
                    match self.native(function.name, arguments, result_type, columns)? {
                        Some(native) => Ok(native),
                        None => self.wrapped(expression, columns),
                    }
                }
            },
        }
    }

    /// A condition that keeps rows: its conjuncts one by one, so that each goes where it belongs, and a
    /// sub-query that is one becomes a semi join.
    ///
    /// # Errors
    /// As [`Planner::expression`].
    pub(crate) fn condition(&mut self, condition: &ResolvedExpression, columns: &[Column]) -> Result<Expr> {
        let conjuncts = conditional::conjuncts(condition);
        self.conjunction(&conjuncts, columns, Self::conjunct)
    }

    fn conjunct(&mut self, conjunct: &ResolvedExpression, columns: &[Column]) -> Result<Expr> {
        match conjunct {
            ResolvedExpression::Subquery(subquery) => self.subquery_condition(subquery, columns),
            other => self.expression(other, columns),
        }
    }

    fn outer_column(&self, depth: usize, index: usize, name: &str, field_type: &LogicalType) -> Result<Expr> {
        let columns = self
            .outer
            .len()
            .checked_sub(depth)
            .and_then(|level| self.outer.get(level))
            .ok_or_else(|| internal(format!("column '{name}' is of a query {depth} levels out")))?;
        let column = columns.get(index).ok_or_else(|| {
            internal(format!(
                "column '{name}' is at position {index} of {}",
                columns.len()
            ))
        })?;
        let field = Field::new(&column.name, field_type.to_arrow(), true);
        Ok(Expr::OuterReferenceColumn(Arc::new(field), column.clone()))
    }
}

fn column(columns: &[Column], index: usize, name: &str) -> Result<Expr> {
    let column = columns.get(index).ok_or_else(|| {
        internal(format!(
            "column '{name}' is at position {index} of {}",
            columns.len()
        ))
    })?;
    Ok(Expr::Column(column.clone()))
}

/// NULL of a type.
pub(crate) fn null_of(data_type: &DataType) -> Result<Expr> {
    let scalar = datafusion::scalar::ScalarValue::try_from(data_type).map_err(crate::error::planning)?;
    Ok(Expr::Literal(scalar, None))
}
