//! Reading tables.

use std::sync::Arc;

use datafusion::catalog::default_table_source::provider_as_source;
use datafusion::common::TableReference;
use datafusion::logical_expr::LogicalPlanBuilder;
use nutkin_engine::Result;
use nutkin_plan::catalog::CatalogTable;

use super::{Planner, Relation};
use crate::error::planning;

impl Planner<'_> {
    /// All columns of a table; DataFusion finds out which of them are needed.
    pub(super) fn scan(&mut self, table: &Arc<CatalogTable>) -> Result<Relation> {
        let provider = self.tables.provider(table)?;
        let name = TableReference::bare(self.names.fresh(&table.identifier.object));
        let plan = LogicalPlanBuilder::scan(name, provider_as_source(provider), None)
            .and_then(LogicalPlanBuilder::build)
            .map_err(planning)?;
        Ok(Relation::of(plan))
    }
}
