//! The source of rows that the plan itself holds.
//!
//! One subtask makes them, so that they keep their order. The expressions are lowered when the job is
//! submitted and computed when it runs: what cannot be computed at all is an error of the submission,
//! and a value that fails (a division by zero) is one of the job.

use std::sync::Arc;
use std::time::Duration;

use arrow::array::{Array, ArrayRef, Int32Array, RecordBatch, RecordBatchOptions};
use arrow::compute::concat;
use arrow::datatypes::{DataType, Field, Schema as ArrowSchema, SchemaRef};
use datafusion_physical_expr::PhysicalExpr;
use nutkin_functions::{EvaluationContext, conform, lower};
use nutkin_plan::catalog::Schema;
use nutkin_plan::expression::ResolvedExpression;

use super::context::JobContext;
use crate::Result;
use crate::chunk::Chunk;
use crate::schema::relaxed;
use crate::source::{Source, SourceEvent, SourceReader};

/// Rows of a chunk.
const CHUNK_ROWS: usize = 1024;

type Rows = Arc<[Vec<Arc<dyn PhysicalExpr>>]>;

/// The source of [`nutkin_plan::stream::StreamNode::Values`].
pub(super) struct ValuesSource {
    rows: Rows,
    /// What the expressions are computed over: one row, whose column none of them reads.
    input: RecordBatch,
    schema: SchemaRef,
}

impl ValuesSource {
    /// Lowers the rows' expressions.
    pub(super) fn new(
        context: &EvaluationContext,
        rows: &[Vec<ResolvedExpression>],
        schema: &Schema,
    ) -> Result<Self> {
        let fields = vec![Field::new("ZERO", DataType::Int32, false)];
        let input = RecordBatch::try_new(
            Arc::new(ArrowSchema::new(fields)),
            vec![Arc::new(Int32Array::from(vec![0]))],
        )?;
        let rows = rows
            .iter()
            .map(|row| {
                let values = row.iter().map(|value| lower(value, input.schema_ref(), context));
                Ok(values.collect::<Result<Vec<_>, _>>()?)
            })
            .collect::<Result<Rows>>()?;
        Ok(Self {
            rows,
            input,
            schema: relaxed(schema),
        })
    }
}

impl Source for ValuesSource {
    fn is_bounded(&self) -> bool {
        true
    }

    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn create_readers(
        &self,
        _parallelism: usize,
        _context: &Arc<JobContext>,
    ) -> Result<Vec<Box<dyn SourceReader>>> {
        Ok(vec![Box::new(ValuesReader {
            rows: Arc::clone(&self.rows),
            next: 0,
            input: self.input.clone(),
            schema: Arc::clone(&self.schema),
        })])
    }
}

struct ValuesReader {
    rows: Rows,
    /// The first row that was not made yet.
    next: usize,
    input: RecordBatch,
    schema: SchemaRef,
}

impl SourceReader for ValuesReader {
    fn poll(&mut self, _timeout: Duration) -> Result<SourceEvent> {
        let mut columns: Vec<Vec<ArrayRef>> = vec![Vec::new(); self.schema.fields().len()];
        let mut count = 0;
        for row in self.rows.iter().skip(self.next).take(CHUNK_ROWS) {
            for (column, value) in columns.iter_mut().zip(row) {
                column.push(value.evaluate(&self.input)?.into_array(1)?);
            }
            count += 1;
        }
        if count == 0 {
            return Ok(SourceEvent::Finished);
        }
        self.next += count;
        let columns = columns
            .iter()
            .zip(self.schema.fields())
            .map(|(values, field)| {
                // What is written in one row may be NULL in another, which Arrow's nested types tell apart.
                let values = values
                    .iter()
                    .map(|value| Ok(conform(value, field.data_type())?))
                    .collect::<Result<Vec<_>>>()?;
                let values: Vec<&dyn Array> = values.iter().map(AsRef::as_ref).collect();
                Ok(concat(&values)?)
            })
            .collect::<Result<Vec<_>>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(count));
        let data = RecordBatch::try_new_with_options(Arc::clone(&self.schema), columns, &options)?;
        Ok(SourceEvent::Chunk(Chunk::inserts(data)))
    }
}
