//! The scan of a source.
//!
//! The readers of the source run on threads that may wait, one a partition, and hand their rows over a
//! bounded queue.

use std::fmt;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arrow::array::{RecordBatch, RecordBatchOptions};
use arrow::datatypes::SchemaRef;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::error::Result as DataFusionResult;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_expr::{EquivalenceProperties, PhysicalExpr};
use datafusion::physical_plan::execution_plan::{Boundedness, EmissionType};
use datafusion::physical_plan::stream::RecordBatchReceiverStreamBuilder;
use datafusion::physical_plan::{DisplayAs, DisplayFormatType, ExecutionPlan, Partitioning, PlanProperties};
use nutkin_engine::job::JobContext;
use nutkin_engine::source::{Source, SourceEvent, SourceReader};
use nutkin_engine::{EngineError, Result};

use crate::error::external;

/// How long a reader may wait before it looks whether anybody still wants its rows.
const POLL_TIMEOUT: Duration = Duration::from_millis(50);
/// How many batches of a partition wait for the plan.
const QUEUED_BATCHES: usize = 2;

/// The scan of a table.
pub(super) struct SourceScan {
    description: String,
    schema: SchemaRef,
    limit: Option<usize>,
    readers: Arc<Readers>,
    properties: Arc<PlanProperties>,
}

impl SourceScan {
    /// A scan of what a source of these columns reads; `table` is what it is shown as.
    pub(super) fn new(
        table: &str,
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
        let description = format!("table={table}, columns=[{}]", columns.join(", "));
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

impl fmt::Debug for SourceScan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("SourceScan")
            .field(&self.description)
            .finish()
    }
}

impl DisplayAs for SourceScan {
    fn fmt_as(&self, _format: DisplayFormatType, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SourceScan: {}", self.description)?;
        match self.limit {
            Some(limit) => write!(formatter, ", limit={limit}"),
            None => Ok(()),
        }
    }
}

impl ExecutionPlan for SourceScan {
    fn name(&self) -> &'static str {
        "SourceScan"
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

/// A reader until a partition takes it.
type TakenOnce = Option<Box<dyn SourceReader>>;

/// The readers of a source, made when the first partition starts.
struct Readers {
    source: Arc<dyn Source>,
    job: Arc<JobContext>,
    partitions: usize,
    made: Mutex<Option<Vec<TakenOnce>>>,
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
