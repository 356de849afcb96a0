//! Rows that the query itself holds.

use std::sync::Arc;

use datafusion::common::DFSchema;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, Values, cast};
use nutkin_engine::Result;
use nutkin_engine::schema::relaxed;
use nutkin_plan::catalog::{Column, Schema};
use nutkin_plan::expression::ResolvedExpression;

use super::{Planner, Relation};
use crate::error::planning;

impl Planner<'_> {
    /// A relation of these rows.
    pub(super) fn values(&mut self, rows: &[Vec<ResolvedExpression>], schema: &Schema) -> Result<Relation> {
        let named = Schema {
            columns: schema
                .columns
                .iter()
                .map(|column| Column {
                    name: self.names.fresh(&column.name),
                    ..column.clone()
                })
                .collect(),
            primary_key: Vec::new(),
        };
        let arrow = relaxed(&named);
        // A row without columns is what a query without FROM reads.
        if schema.columns.is_empty() {
            let empty = LogicalPlanBuilder::empty(!rows.is_empty());
            return Ok(Relation::of(empty.build().map_err(planning)?));
        }
        let values = rows
            .iter()
            .map(|row| {
                row.iter()
                    .zip(arrow.fields())
                    .map(|(value, field)| {
                        let is_typed = value.data_type().to_arrow() == *field.data_type();
                        let value = self.expression(value, &[])?;
                        Ok(if is_typed {
                            value
                        } else {
                            cast(value, field.data_type().clone())
                        })
                    })
                    .collect::<Result<Vec<Expr>>>()
            })
            .collect::<Result<Vec<_>>>()?;
        let schema = DFSchema::try_from(Arc::clone(&arrow)).map_err(planning)?;
        if values.is_empty() {
            return Ok(Relation::of(LogicalPlan::EmptyRelation(
                datafusion::logical_expr::EmptyRelation {
                    produce_one_row: false,
                    schema: Arc::new(schema),
                },
            )));
        }
        Ok(Relation::of(LogicalPlan::Values(Values {
            schema: Arc::new(schema),
            values,
        })))
    }
}
