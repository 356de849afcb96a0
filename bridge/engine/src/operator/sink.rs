//! The end of a chain: checks rows against the sink table and hands them to a writer.
//!
//! Here, and not in connectors, is what Flink's `SinkOperator` and `ConstraintEnforcer` do for every
//! sink alike: NOT NULL columns, dropping -U rows that an upsert sink never sees, and counting.

use std::sync::Arc;
use std::time::Instant;

use arrow::array::{Array, BooleanArray, RecordBatch, RecordBatchOptions};
use arrow::buffer::BooleanBuffer;
use arrow::datatypes::SchemaRef;
use nutkin_plan::PlanError;
use nutkin_plan::stream::{ChangelogMode, JobOptions, SinkNode};

use super::{Operator, Output};
use crate::chunk::{Chunk, RowKind};
use crate::job::JobContext;
use crate::schema::relaxed;
use crate::sink::SinkWriter;
use crate::{EngineError, Result};

const NOT_NULL_ENFORCER: &str = "table.exec.sink.not-null-enforcer";
const TYPE_LENGTH_ENFORCER: &str = "table.exec.sink.type-length-enforcer";

/// What happens to a row with NULL in a NOT NULL column: `table.exec.sink.not-null-enforcer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotNullEnforcer {
    /// The job fails.
    Error,
    /// The row is left out.
    Drop,
}

/// What a sink demands of its rows.
#[derive(Debug, Clone)]
pub struct SinkConstraints {
    schema: SchemaRef,
    required: Vec<(usize, String)>,
    enforcer: NotNullEnforcer,
    changelog_mode: ChangelogMode,
}

impl SinkConstraints {
    /// Reads the constraints of a sink from its table and the job's options.
    ///
    /// # Errors
    /// When an option has a value that is unknown or not carried out.
    pub fn new(node: &SinkNode, options: &JobOptions) -> Result<Self> {
        let enforcer = match options.get(NOT_NULL_ENFORCER).map(|value| value.to_uppercase()) {
            None => NotNullEnforcer::Error,
            Some(value) if value == "ERROR" => NotNullEnforcer::Error,
            Some(value) if value == "DROP" => NotNullEnforcer::Drop,
            Some(value) => {
                return Err(PlanError::validation_with_hint(
                    format!("Could not parse value '{value}' for key '{NOT_NULL_ENFORCER}'."),
                    "the values are ERROR and DROP",
                )
                .into());
            }
        };
        if let Some(value) = options.get(TYPE_LENGTH_ENFORCER)
            && !value.eq_ignore_ascii_case("IGNORE")
        {
            return Err(PlanError::unsupported(
                format!("'{TYPE_LENGTH_ENFORCER}'='{value}'"),
                "IGNORE, the default, works; cast to the sink's type in the query to trim and pad",
            )
            .into());
        }
        let table = &node.target.table;
        let columns: Vec<_> = node
            .target
            .projection
            .iter()
            .filter_map(|&index| table.schema.columns.get(index).cloned())
            .collect();
        let required = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| !column.column_type.nullable)
            .map(|(index, column)| (index, column.name.clone()))
            .collect();
        let schema = relaxed(&nutkin_plan::catalog::Schema {
            columns,
            primary_key: Vec::new(),
        });
        Ok(Self {
            schema,
            required,
            enforcer,
            changelog_mode: node.changelog_mode,
        })
    }

    /// The rows that the writer gets, under the names of the sink's columns.
    fn apply(&self, chunk: Chunk) -> Result<Chunk> {
        let mut chunk = chunk;
        if self.changelog_mode == ChangelogMode::Upsert
            && let Some(kinds) = &chunk.kinds
        {
            let update_before = RowKind::UpdateBefore as i8;
            if kinds.values().contains(&update_before) {
                let keep = BooleanBuffer::collect_bool(kinds.len(), |row| kinds.value(row) != update_before);
                chunk = chunk.filter(&BooleanArray::new(keep, None))?;
            }
        }
        for (index, name) in &self.required {
            let column = chunk.data.column(*index);
            if column.logical_null_count() == 0 {
                continue;
            }
            if self.enforcer == NotNullEnforcer::Error {
                return Err(EngineError::NotNull { column: name.clone() });
            }
            let keep = arrow::compute::is_not_null(column)?;
            chunk = chunk.filter(&keep)?;
        }
        let options = RecordBatchOptions::new().with_row_count(Some(chunk.row_count()));
        let data = RecordBatch::try_new_with_options(
            Arc::clone(&self.schema),
            chunk.data.columns().to_vec(),
            &options,
        )?;
        Ok(Chunk {
            data,
            kinds: chunk.kinds,
        })
    }
}

/// Hands rows to one writer of a sink.
pub struct SinkOperator {
    constraints: Arc<SinkConstraints>,
    writer: Box<dyn SinkWriter>,
    job: Arc<JobContext>,
}

impl SinkOperator {
    /// The operator of one subtask.
    #[must_use]
    pub fn new(constraints: Arc<SinkConstraints>, writer: Box<dyn SinkWriter>, job: Arc<JobContext>) -> Self {
        Self {
            constraints,
            writer,
            job,
        }
    }
}

impl Operator for SinkOperator {
    fn on_chunk(&mut self, _input: usize, chunk: Chunk, _output: &mut dyn Output) -> Result<()> {
        let chunk = self.constraints.apply(chunk)?;
        let rows = chunk.row_count();
        if rows > 0 {
            self.writer.write(chunk)?;
            self.job.metrics.count_rows_out(rows);
        }
        Ok(())
    }

    fn next_timer(&self) -> Option<Instant> {
        self.writer.next_flush()
    }

    fn on_timer(&mut self, _output: &mut dyn Output) -> Result<()> {
        self.writer.flush()
    }

    fn end_input(&mut self, _input: usize, _output: &mut dyn Output) -> Result<()> {
        self.writer.flush()
    }

    fn close(&mut self) -> Result<()> {
        self.writer.close()
    }
}
