//! A table of any connector, read through its source.
//!
//! Only the columns that a query needs are asked for. The readers of the source run on threads that may
//! wait, one a partition, and hand their rows over a bounded queue.

use std::fmt;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arrow::array::{RecordBatch, RecordBatchOptions};
use arrow::datatypes::SchemaRef;
use async_trait::async_trait;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::error::{DataFusionError, Result as DataFusionResult};
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::logical_expr::{Expr, TableType};
use datafusion::physical_expr::{EquivalenceProperties, PhysicalExpr};
use datafusion::physical_plan::execution_plan::{Boundedness, EmissionType};
use datafusion::physical_plan::stream::RecordBatchReceiverStreamBuilder;
use datafusion::physical_plan::{DisplayAs, DisplayFormatType, ExecutionPlan, Partitioning, PlanProperties};
use nutkin_engine::job::JobContext;
use nutkin_engine::python::Environment;
use nutkin_engine::schema::relaxed;
use nutkin_engine::source::{Source, SourceEvent, SourceReader};
use nutkin_engine::{EngineError, Result};
use nutkin_plan::PlanError;
use nutkin_plan::catalog::CatalogTable;
use nutkin_plan::stream::ConnectorTable;

/// How long a reader may wait before it looks whether anybody still wants its rows.
const POLL_TIMEOUT: Duration = Duration::from_millis(50);
/// How many batches of a partition wait for the plan.
const QUEUED_BATCHES: usize = 2;

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
        Ok(Arc::new(ConnectorScan::new(
            &self.table,
            source,
            Arc::clone(&self.job),
            schema,
            self.partitions,
            limit,
        )))
    }
}

/// The scan of a table.
struct ConnectorScan {
    description: String,
    schema: SchemaRef,
    limit: Option<usize>,
    readers: Arc<Readers>,
    properties: Arc<PlanProperties>,
}

impl ConnectorScan {
    fn new(
        table: &CatalogTable,
        source: Arc<dyn Source>,
        job: Arc<JobContext>,
        schema: SchemaRef,
        partitions: usize,
        limit: Option<usize>,
    ) -> Self {
        let columns: Vec<&str> = schema
            .fields()
            .iter()
            .map(|field| field.name().as_str())
            .collect();
        let description = format!(
            "table={}, columns=[{}]",
            table.identifier.summary(),
            columns.join(", ")
        );
        let properties = PlanProperties::new(
            EquivalenceProperties::new(Arc::clone(&schema)),
            Partitioning::UnknownPartitioning(partitions),
            EmissionType::Incremental,
            Boundedness::Bounded,
        );
        Self {
            description,
            schema,
            limit,
            readers: Arc::new(Readers {
                source,
                job,
                partitions,
                made: Mutex::new(None),
            }),
            properties: Arc::new(properties),
        }
    }
}

impl fmt::Debug for ConnectorScan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("ConnectorScan")
            .field(&self.description)
            .finish()
    }
}

impl DisplayAs for ConnectorScan {
    fn fmt_as(&self, _format: DisplayFormatType, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ConnectorScan: {}", self.description)?;
        match self.limit {
            Some(limit) => write!(formatter, ", limit={limit}"),
            None => Ok(()),
        }
    }
}

impl ExecutionPlan for ConnectorScan {
    fn name(&self) -> &'static str {
        "ConnectorScan"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        Vec::new()
    }

    fn apply_expressions(
        &self,
        _visit: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> DataFusionResult<TreeNodeRecursion>,
    ) -> DataFusionResult<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn with_new_children(
        self: Arc<Self>,
        _children: Vec<Arc<dyn ExecutionPlan>>,
    ) -> DataFusionResult<Arc<dyn ExecutionPlan>> {
        Ok(self)
    }

    fn execute(
        &self,
        partition: usize,
        _context: Arc<TaskContext>,
    ) -> DataFusionResult<SendableRecordBatchStream> {
        let mut builder = RecordBatchReceiverStreamBuilder::new(Arc::clone(&self.schema), QUEUED_BATCHES);
        let sender = builder.tx();
        let readers = Arc::clone(&self.readers);
        let schema = Arc::clone(&self.schema);
        let mut left = self.limit.unwrap_or(usize::MAX);
        builder.spawn_blocking(move || {
            for mut reader in readers.take(partition).map_err(external)? {
                while left > 0 && !sender.is_closed() {
                    if readers.job.cancellation.is_cancelled() {
                        return Err(external(EngineError::Cancelled));
                    }
                    match reader.poll(POLL_TIMEOUT).map_err(external)? {
                        SourceEvent::Chunk(chunk) => {
                            let rows = chunk.row_count();
                            let counter = &readers.job.metrics.rows_in;
                            counter.fetch_add(rows as u64, Ordering::Relaxed);
                            left = left.saturating_sub(rows);
                            let batch = conform(&chunk.data, &schema)?;
                            if sender.blocking_send(Ok(batch)).is_err() {
                                return Ok(());
                            }
                        }
                        SourceEvent::Idle => {}
                        SourceEvent::Finished => break,
                    }
                }
            }
            Ok(())
        });
        Ok(builder.build())
    }
}

/// The rows under the schema of the plan, which takes every column for nullable.
fn conform(rows: &RecordBatch, schema: &SchemaRef) -> DataFusionResult<RecordBatch> {
    let columns = rows
        .columns()
        .iter()
        .take(schema.fields().len())
        .cloned()
        .collect();
    let options = RecordBatchOptions::new().with_row_count(Some(rows.num_rows()));
    Ok(RecordBatch::try_new_with_options(
        Arc::clone(schema),
        columns,
        &options,
    )?)
}

/// The readers of a source, made when the first partition starts.
struct Readers {
    source: Arc<dyn Source>,
    job: Arc<JobContext>,
    partitions: usize,
    made: Mutex<Option<Vec<Option<Box<dyn SourceReader>>>>>,
}

impl Readers {
    /// The readers of a partition. A source may make fewer or more than there are partitions.
    fn take(&self, partition: usize) -> Result<Vec<Box<dyn SourceReader>>> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let readers = match &mut *made {
            Some(readers) => readers,
            None => {
                let readers = self.source.create_readers(self.partitions, &self.job)?;
                made.insert(readers.into_iter().map(Some).collect())
            }
        };
        Ok(readers
            .iter_mut()
            .skip(partition)
            .step_by(self.partitions)
            .filter_map(Option::take)
            .collect())
    }
}

/// An error of ours on its way through DataFusion.
fn external(error: EngineError) -> DataFusionError {
    DataFusionError::External(Box::new(error))
}
