//! The operations of the Table API: from an operation and unresolved expressions to a new operation.
//!
//! Mirrors `OperationTreeBuilder`. Every method resolves at once and fails in Flink's words, so that an
//! error is raised at the user's own line. SQL has its own names and scopes and builds
//! [`QueryOperation`]s by itself.

mod add_columns;
mod aggregate;
mod alias;
mod distinct;
mod drop_columns;
mod extract;
mod filter;
mod group_window;
mod join;
mod map;
mod over_window;
mod project;
mod rename_columns;
mod select;
mod set_operation;
mod sort;

use std::sync::Arc;

pub use group_window::{GroupWindow, GroupWindowKind};
pub use over_window::OverWindow;

use super::query::QueryOperation;
use crate::Result;
use crate::catalog::Schema;
use crate::expression::{
    AggregateUse, Expression, FunctionLookup, ResolveContext, ResolvedExpression, resolve,
};

/// Builds operations with the functions of a session.
#[derive(Clone, Copy)]
pub struct OperationBuilder<'a> {
    functions: &'a dyn FunctionLookup,
    /// Whether rows may never end, which some operations cannot have.
    is_streaming: bool,
}

impl<'a> OperationBuilder<'a> {
    /// A builder that finds user functions there.
    #[must_use]
    pub fn new(functions: &'a dyn FunctionLookup, is_streaming: bool) -> Self {
        Self {
            functions,
            is_streaming,
        }
    }

    /// Resolves an expression over the columns of an input, without the names given inside it.
    fn resolve(
        &self,
        expression: &Expression,
        schema: &Schema,
        aggregates: AggregateUse,
    ) -> Result<ResolvedExpression> {
        let context = ResolveContext {
            schema,
            functions: self.functions,
            aggregates,
        };
        resolve(expression, &context)
    }
}

/// A new reference to an operation's result.
fn operation(operation: QueryOperation) -> Arc<QueryOperation> {
    Arc::new(operation)
}

/// An expression without the names given anywhere in it; they matter to the select list only.
fn without_aliases(expression: ResolvedExpression) -> ResolvedExpression {
    if let Some((named, _)) = expression.alias() {
        return without_aliases(named.clone());
    }
    match expression {
        ResolvedExpression::Call {
            function,
            arguments,
            result_type,
        } => ResolvedExpression::Call {
            function,
            arguments: arguments.into_iter().map(without_aliases).collect(),
            result_type,
        },
        other => other,
    }
}

#[cfg(test)]
mod tests;
