//! A table of any connector, read through its source. Only the columns that a query needs are asked for.

use std::fmt;
use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use async_trait::async_trait;
use datafusion::catalog::{Session, TableProvider};
use datafusion::error::Result as DataFusionResult;
use datafusion::logical_expr::{Expr, TableType};
use datafusion::physical_plan::ExecutionPlan;
use nutkin_engine::Result;
use nutkin_engine::job::JobContext;
use nutkin_engine::python::Environment;
use nutkin_engine::schema::relaxed;
use nutkin_plan::PlanError;
use nutkin_plan::catalog::CatalogTable;
use nutkin_plan::stream::ConnectorTable;

use super::source_scan::SourceScan;
use crate::error::external;

/// A table of a connector.
pub(super) struct ConnectorTableProvider {
    environment: Arc<dyn Environment>,
    job: Arc<JobContext>,
    table: Arc<CatalogTable>,
    schema: SchemaRef,
    partitions: usize,
}

impl ConnectorTableProvider {
    /// Asks the connector for its source, which is where wrong options are found.
    pub(super) fn new(
        environment: Arc<dyn Environment>,
        job: Arc<JobContext>,
        table: Arc<CatalogTable>,
        partitions: usize,
    ) -> Result<Self> {
        let source = environment.source(&ConnectorTable {
            projection: (0..table.schema.columns.len()).collect(),
            table: Arc::clone(&table),
        })?;
        if !source.is_bounded() {
            return Err(PlanError::validation(format!(
                "Querying an unbounded table '{}' in batch mode is not allowed. The table source is unbounded.",
                table.identifier.summary()
            ))
            .into());
        }
        Ok(Self {
            schema: relaxed(&table.schema),
            environment,
            job,
            table,
            partitions,
        })
    }
}

impl fmt::Debug for ConnectorTableProvider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("ConnectorTableProvider")
            .field(&self.table.identifier)
            .finish()
    }
}

#[async_trait]
impl TableProvider for ConnectorTableProvider {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        _state: &dyn Session,
        projection: Option<&Vec<usize>>,
        _filters: &[Expr],
        limit: Option<usize>,
    ) -> DataFusionResult<Arc<dyn ExecutionPlan>> {
        let wanted = match projection {
            Some(projection) => projection.clone(),
            None => (0..self.schema.fields().len()).collect(),
        };
        let schema = Arc::new(self.schema.project(&wanted)?);
        // Sources count rows by their columns, so one is read even if none is wanted.
        let read = if wanted.is_empty() { vec![0] } else { wanted };
        let source = self
            .environment
            .source(&ConnectorTable {
                table: Arc::clone(&self.table),
                projection: read,
            })
            .map_err(external)?;
        let name = self.table.identifier.summary();
        let partitions = self.partitions;
        Ok(Arc::new(SourceScan::new(
            &name,
            source,
            Arc::clone(&self.job),
            schema,
            partitions,
            limit,
        )))
    }
}
