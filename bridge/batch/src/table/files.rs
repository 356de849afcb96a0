//! Tables of the `filesystem` connector.

use std::fmt;
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema as ArrowSchema, SchemaRef};
use async_trait::async_trait;
use datafusion::catalog::{Session, TableProvider};
use datafusion::error::Result as DataFusionResult;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown, TableType};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::empty::EmptyExec;
use nutkin_connectors::filesystem::FileScan;
use nutkin_engine::Result;
use nutkin_engine::job::JobContext;
use nutkin_engine::schema::relaxed;
use nutkin_plan::catalog::CatalogTable;

use super::parquet;
use super::partitions::{is_about_partitions, pruned};
use super::source_scan::SourceScan;
use crate::error::external;

/// A table of files.
pub(super) struct FileTableProvider {
    scan: FileScan,
    job: Arc<JobContext>,
    table: Arc<CatalogTable>,
    schema: SchemaRef,
    partitions: usize,
}

impl FileTableProvider {
    /// Checks the options of the table; no file is looked at.
    pub(super) fn new(
        scan: FileScan,
        job: Arc<JobContext>,
        table: Arc<CatalogTable>,
        partitions: usize,
    ) -> Result<Self> {
        // Makes a format say what it refuses.
        scan.source(Vec::new(), (0..table.schema.columns.len()).collect())?;
        let schema = relaxed(&table.schema);
        Ok(Self {
            schema: if reads_natively(&scan) {
                with_views(&schema, &scan)
            } else {
                schema
            },
            scan,
            job,
            table,
            partitions,
        })
    }
}

/// Whether DataFusion reads the files.
fn reads_natively(scan: &FileScan) -> bool {
    scan.format() == "parquet"
}

/// Strings of files as views, which Parquet is decoded to without copying; other types as they are.
fn with_views(schema: &SchemaRef, scan: &FileScan) -> SchemaRef {
    let in_files = |field: &Field| {
        scan.file_columns()
            .iter()
            .any(|column| column.name == *field.name())
    };
    let fields: Vec<Field> = schema
        .fields()
        .iter()
        .map(|field| match field.data_type() {
            DataType::Utf8 if in_files(field) => field.as_ref().clone().with_data_type(DataType::Utf8View),
            DataType::Binary if in_files(field) => {
                field.as_ref().clone().with_data_type(DataType::BinaryView)
            }
            _ => field.as_ref().clone(),
        })
        .collect();
    Arc::new(ArrowSchema::new(fields))
}

impl fmt::Debug for FileTableProvider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("FileTableProvider")
            .field(&self.table.identifier)
            .finish()
    }
}

#[async_trait]
impl TableProvider for FileTableProvider {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    fn supports_filters_pushdown(
        &self,
        filters: &[&Expr],
    ) -> DataFusionResult<Vec<TableProviderFilterPushDown>> {
        Ok(filters
            .iter()
            .map(|filter| {
                if is_about_partitions(filter, &self.scan) {
                    TableProviderFilterPushDown::Exact
                } else if reads_natively(&self.scan) {
                    TableProviderFilterPushDown::Inexact
                } else {
                    TableProviderFilterPushDown::Unsupported
                }
            })
            .collect())
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> DataFusionResult<Arc<dyn ExecutionPlan>> {
        let wanted = match projection {
            Some(projection) => projection.clone(),
            None => (0..self.schema.fields().len()).collect(),
        };
        let schema = Arc::new(self.schema.project(&wanted)?);
        let listed = self.scan.list().map_err(external)?;
        let all = listed.len();
        let files = pruned(state, &self.scan, listed, filters)?;
        if files.is_empty() {
            return Ok(Arc::new(EmptyExec::new(schema)));
        }
        if reads_natively(&self.scan) {
            return parquet::scan(state, &self.scan, &self.schema, &files, wanted, limit).await;
        }
        let mut name = self.table.identifier.summary();
        if !self.scan.partition_columns().is_empty() {
            name = format!("{name}, files={} of {all}", files.len());
        }
        // Readers count rows by their columns, so one is read even if none is wanted.
        let read = if wanted.is_empty() { vec![0] } else { wanted };
        let source = self.scan.source(files, read).map_err(external)?;
        let job = Arc::clone(&self.job);
        Ok(Arc::new(SourceScan::new(
            &name,
            source,
            job,
            schema,
            self.partitions,
            limit,
        )))
    }
}
