//! Pacing and sharing of made-up rows.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arrow::datatypes::SchemaRef;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::job::JobContext;
use nutkin_engine::source::{Source, SourceEvent, SourceReader};
use nutkin_engine::{EngineError, Result};

use super::field::FieldPlan;
use crate::format::row_builder::RowBuilder;
use crate::random::SplitMix64;

/// The most rows of a chunk.
const CHUNK_ROWS: u64 = 8192;

/// A source of made-up rows; bounded if their number is given or a sequence ends.
pub(super) struct DatagenSource {
    pub(super) rows_per_second: u64,
    pub(super) number_of_rows: Option<u64>,
    /// How many rows the shortest sequence has.
    pub(super) sequence_rows: Option<u64>,
    pub(super) schema: SchemaRef,
    /// The projected columns.
    pub(super) fields: Vec<FieldPlan>,
}

impl DatagenSource {
    fn row_limit(&self) -> Option<u64> {
        self.number_of_rows.into_iter().chain(self.sequence_rows).min()
    }
}

impl Source for DatagenSource {
    fn is_bounded(&self) -> bool {
        self.row_limit().is_some()
    }

    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn create_readers(
        &self,
        parallelism: usize,
        context: &Arc<JobContext>,
    ) -> Result<Vec<Box<dyn SourceReader>>> {
        let limit = self.row_limit().unwrap_or(u64::MAX);
        let readers = parallelism as u64;
        Ok((0..readers)
            .map(|subtask| {
                Box::new(DatagenReader {
                    fields: self.fields.clone(),
                    builder: RowBuilder::new(
                        Arc::clone(&self.schema),
                        self.fields.iter().map(|field| &field.logical_type),
                    ),
                    random: SplitMix64::unpredictable(),
                    // Reader i makes rows i, i + n, i + 2n, ... of all rows.
                    next_row: subtask,
                    step: readers,
                    limit,
                    rows_per_second: self.rows_per_second as f64 / readers as f64,
                    started: None,
                    made: 0,
                    context: Arc::clone(context),
                }) as Box<dyn SourceReader>
            })
            .collect())
    }
}

struct DatagenReader {
    fields: Vec<FieldPlan>,
    builder: RowBuilder,
    random: SplitMix64,
    next_row: u64,
    step: u64,
    limit: u64,
    /// The rate of this reader.
    rows_per_second: f64,
    started: Option<Instant>,
    made: u64,
    context: Arc<JobContext>,
}

impl SourceReader for DatagenReader {
    fn poll(&mut self, timeout: Duration) -> Result<SourceEvent> {
        if self.context.cancellation.is_cancelled() {
            return Err(EngineError::Cancelled);
        }
        if self.next_row >= self.limit {
            return Ok(SourceEvent::Finished);
        }
        let started = *self.started.get_or_insert_with(Instant::now);
        let elapsed = started.elapsed();
        // The first row is due at once.
        let due = (elapsed.as_secs_f64() * self.rows_per_second) as u64 + 1;
        if due <= self.made {
            let next_due = Duration::from_secs_f64(self.made as f64 / self.rows_per_second);
            let wait = next_due.saturating_sub(elapsed).min(timeout);
            if self.context.cancellation.wait(wait) {
                return Err(EngineError::Cancelled);
            }
            return Ok(SourceEvent::Idle);
        }
        for _ in 0..(due - self.made).min(CHUNK_ROWS) {
            if self.next_row >= self.limit {
                break;
            }
            for (field, builder) in self.fields.iter().zip(&mut self.builder.columns) {
                field
                    .append(builder, self.next_row, &mut self.random)
                    .map_err(|message| EngineError::Connector {
                        connector: "datagen".to_owned(),
                        message,
                        hint: None,
                    })?;
            }
            self.builder.end_row();
            self.made += 1;
            self.next_row = self.next_row.saturating_add(self.step);
        }
        Ok(SourceEvent::Chunk(Chunk::inserts(self.builder.finish()?)))
    }
}
