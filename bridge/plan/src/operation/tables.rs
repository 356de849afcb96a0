//! The tables that a query reads.

use std::sync::Arc;

use super::join::{Correlate, CorrelateSource, Join};
use super::match_recognize::MatchRecognize;
use super::query::QueryOperation;
use super::window::{WindowAggregate, WindowTableFunction};
use crate::catalog::CatalogTable;
use crate::expression::ResolvedExpression;

impl QueryOperation {
    /// The tables that the query reads, those of queries inside expressions among them, each once.
    #[must_use]
    pub fn tables(&self) -> Vec<Arc<CatalogTable>> {
        let mut tables = Vec::new();
        collect(self, &mut tables);
        tables
    }
}

fn collect(operation: &QueryOperation, tables: &mut Vec<Arc<CatalogTable>>) {
    match operation {
        QueryOperation::Source { table } => {
            let known = tables.iter().any(|other| other.identifier == table.identifier);
            if !known {
                tables.push(Arc::clone(table));
            }
        }
        QueryOperation::Values { .. } => {}
        QueryOperation::Project { input, projections } => {
            collect(input, tables);
            for projection in projections {
                collect_expression(&projection.expression, tables);
            }
        }
        QueryOperation::Filter { input, condition } => {
            collect(input, tables);
            collect_expression(condition, tables);
        }
        QueryOperation::Aggregate { input, .. }
        | QueryOperation::Sort { input, .. }
        | QueryOperation::Over { input, .. }
        | QueryOperation::WindowTableFunction(WindowTableFunction { input, .. })
        | QueryOperation::WindowAggregate(WindowAggregate { input, .. })
        | QueryOperation::MatchRecognize(MatchRecognize { input, .. }) => collect(input, tables),
        QueryOperation::UnionAll { inputs, .. } => {
            for input in inputs {
                collect(input, tables);
            }
        }
        QueryOperation::SetOperation { left, right, .. } => {
            collect(left, tables);
            collect(right, tables);
        }
        QueryOperation::Join(Join {
            left,
            right,
            condition,
            ..
        }) => {
            collect(left, tables);
            collect(right, tables);
            if let Some(condition) = condition {
                collect_expression(condition, tables);
            }
        }
        QueryOperation::Correlate(Correlate { input, right, .. }) => {
            collect(input, tables);
            if let CorrelateSource::Query(query) = right {
                collect(query, tables);
            }
        }
    }
}

fn collect_expression(expression: &ResolvedExpression, tables: &mut Vec<Arc<CatalogTable>>) {
    match expression {
        ResolvedExpression::Subquery(subquery) => collect(&subquery.operation, tables),
        ResolvedExpression::Call { arguments, .. } => {
            for argument in arguments {
                collect_expression(argument, tables);
            }
        }
        _ => {}
    }
}
