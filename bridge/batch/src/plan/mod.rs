//! From operations to DataFusion's logical plans.
//!
//! Every column of a plan has a name that no other has, so that joins, sub-queries and tables read twice
//! need no qualifiers; [`Relation`] says which column of the plan is which column of the operation. A
//! projection that only picks and renames columns is no node at all. Every column is nullable, whatever
//! the operation says: NOT NULL is a promise that only sinks enforce.

mod aggregate;
mod correlate;
mod grouping;
mod join;
mod names;
mod over;
mod project;
mod refuse;
mod relation;
mod scan;
mod set_operation;
mod single_row;
mod sort;
mod union;
mod unnest;
mod values;
mod window_table;

use std::sync::Arc;

use datafusion::common::Column;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder};
use nutkin_engine::Result;
use nutkin_plan::catalog::Schema;
use nutkin_plan::operation::QueryOperation;

use crate::error::planning;
use crate::expression::PythonEvaluators;
use crate::table::Tables;
use names::Names;
pub(crate) use relation::Relation;
pub(crate) use single_row::has_at_most_one_row;

/// Makes the logical plan of queries.
pub(crate) struct Planner<'a> {
    pub(crate) tables: &'a Tables,
    pub(crate) names: Names,
    /// What calls of Python functions need; it is closed with the job.
    pub(crate) python: Vec<Arc<PythonEvaluators>>,
    /// The columns of the queries around the one that is being planned, the innermost last.
    pub(crate) outer: Vec<Vec<Column>>,
}

impl<'a> Planner<'a> {
    /// A planner that reads these tables.
    pub(crate) fn new(tables: &'a Tables) -> Self {
        Self {
            tables,
            names: Names::default(),
            python: Vec::new(),
            outer: Vec::new(),
        }
    }

    /// The plan of a query: its columns are those of the query, in order.
    ///
    /// # Errors
    /// When the query has something that batch execution does not run.
    pub(crate) fn query(&mut self, query: &QueryOperation) -> Result<LogicalPlan> {
        let relation = self.relation(query)?;
        let Schema { columns, .. } = query.schema();
        let outputs: Vec<Expr> = relation
            .columns
            .iter()
            .zip(&columns)
            .map(|(column, output)| Expr::Column(column.clone()).alias(self.names.fresh(&output.name)))
            .collect();
        LogicalPlanBuilder::from(relation.plan)
            .project(outputs)
            .and_then(LogicalPlanBuilder::build)
            .map_err(planning)
    }

    /// The plan of an operation.
    pub(crate) fn relation(&mut self, operation: &QueryOperation) -> Result<Relation> {
        match operation {
            QueryOperation::Source { table } => self.scan(table),
            QueryOperation::Values { rows, schema } => self.values(rows, schema),
            QueryOperation::Project { input, projections } => self.project(input, projections),
            QueryOperation::Filter { input, condition } => {
                let input = self.relation(input)?;
                self.filtered(input, condition)
            }
            QueryOperation::Aggregate {
                input,
                groupings,
                grouping_sets,
                aggregates,
            } => self.aggregate(input, groupings, grouping_sets, aggregates),
            QueryOperation::UnionAll { inputs, schema } => self.union_all(inputs, schema),
            QueryOperation::SetOperation {
                kind,
                all,
                left,
                right,
                schema,
            } => self.set_operation(*kind, *all, left, right, schema),
            QueryOperation::Sort {
                input,
                keys,
                offset,
                fetch,
            } => self.sort(input, keys, *offset, *fetch),
            QueryOperation::Join(join) => self.join(join),
            QueryOperation::Correlate(correlate) => self.correlate(correlate),
            QueryOperation::Over { input, calls, .. } => self.over(input, calls),
            QueryOperation::WindowTableFunction(function) => self.window_table_function(function),
            QueryOperation::WindowAggregate(aggregate) => self.window_aggregate(aggregate),
            QueryOperation::MatchRecognize(_) => Err(refuse::match_recognize()),
        }
    }

    /// Plans the query inside an expression over rows with these columns.
    pub(crate) fn inner_query(
        &mut self,
        query: &Arc<QueryOperation>,
        columns: &[Column],
    ) -> Result<Relation> {
        self.outer.push(columns.to_vec());
        let relation = self.relation(query);
        self.outer.pop();
        relation
    }
}
