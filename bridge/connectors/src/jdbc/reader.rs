//! One subtask's reader: a task that streams rows, and the channel from it.

use std::sync::Arc;
use std::time::Duration;

use arrow::array::{RecordBatch, RecordBatchOptions};
use arrow::datatypes::SchemaRef;
use futures_util::TryStreamExt;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::source::{SourceEvent, SourceReader};
use nutkin_engine::{EngineError, Result};
use nutkin_plan::catalog::Column;
use nutkin_plan::types::TypeKind;
use sqlx::Connection as _;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::client::{JdbcClient, reason};
use super::column_builder::ColumnBuilder;
use super::dialect::{Arguments, Connection, Dialect, Row};
use super::runtime::runtime;
use super::value::Value;

/// Rows of the first batch, which should be seen soon, and of those after it.
const FIRST_BATCH_ROWS: usize = 256;
const BATCH_ROWS: usize = 8_192;

/// Batches that wait for the reader; beyond, the database has to wait.
const BATCHES_AHEAD: usize = 2;

/// What is read, shared by the readers.
pub(super) struct Scan<D> {
    pub(super) client: Arc<JdbcClient<D>>,
    pub(super) columns: Vec<Column>,
    pub(super) schema: SchemaRef,
}

/// One query of a reader.
pub(super) struct Query {
    pub(super) text: String,
    /// The bound values of its range.
    pub(super) range: Option<(i64, i64)>,
}

/// Hands on what its task reads.
pub(super) struct JdbcReader {
    batches: Receiver<Result<RecordBatch>>,
}

impl JdbcReader {
    /// Starts the task that runs the queries one after the other.
    pub(super) fn start<D: Dialect>(scan: Arc<Scan<D>>, queries: Vec<Query>) -> Result<Self> {
        let (sender, batches) = channel(BATCHES_AHEAD);
        runtime()?.spawn(async move {
            let work = scan.run(queries, &sender);
            tokio::select! {
                outcome = work => {
                    if let Err(error) = outcome {
                        // A reader that is gone needs no error.
                        let _ = sender.send(Err(error)).await;
                    }
                }
                () = sender.closed() => {}
            }
        });
        Ok(Self { batches })
    }
}

impl SourceReader for JdbcReader {
    fn poll(&mut self, timeout: Duration) -> Result<SourceEvent> {
        let batches = &mut self.batches;
        let received = runtime()?.block_on(async { tokio::time::timeout(timeout, batches.recv()).await });
        match received {
            Err(_) => Ok(SourceEvent::Idle),
            Ok(None) => Ok(SourceEvent::Finished),
            Ok(Some(batch)) => Ok(SourceEvent::Chunk(Chunk::inserts(batch?))),
        }
    }
}

impl<D: Dialect> Scan<D> {
    async fn run(&self, queries: Vec<Query>, sender: &Sender<Result<RecordBatch>>) -> Result<()> {
        if queries.is_empty() {
            return Ok(());
        }
        let mut connection = self
            .client
            .connect()
            .await
            .map_err(|error| self.client.connect_error(&error))?;
        for query in queries {
            self.run_query(&mut connection, query, sender).await?;
        }
        // Everything is read; how the connection ends does not matter.
        let _ = connection.close().await;
        Ok(())
    }

    async fn run_query(
        &self,
        connection: &mut Connection<D>,
        query: Query,
        sender: &Sender<Result<RecordBatch>>,
    ) -> Result<()> {
        let doing = "reading the table";
        let mut arguments = Arguments::<D>::default();
        if let Some((first, last)) = query.range {
            for bound in [first, last] {
                self.client
                    .dialect
                    .bind(&mut arguments, Value::Integer(bound), &TypeKind::BigInt)
                    .map_err(|error| self.client.error(format!("{doing} failed: {error}"), None))?;
            }
        }
        let mut builders = self.builders()?;
        let mut rows = 0;
        let mut wanted = FIRST_BATCH_ROWS;
        let mut stream = self.client.dialect.stream(connection, query.text, arguments);
        while let Some(row) = stream
            .try_next()
            .await
            .map_err(|error| self.client.statement_error(doing, &error))?
        {
            self.append(&row, &mut builders)?;
            rows += 1;
            if rows == wanted {
                self.send(&mut builders, rows, sender).await?;
                rows = 0;
                wanted = BATCH_ROWS;
            }
        }
        if rows > 0 {
            self.send(&mut builders, rows, sender).await?;
        }
        Ok(())
    }

    fn builders(&self) -> Result<Vec<ColumnBuilder>> {
        self.schema
            .fields()
            .iter()
            .map(|field| ColumnBuilder::new(field.data_type()))
            .collect()
    }

    fn append(&self, row: &Row<D>, builders: &mut [ColumnBuilder]) -> Result<()> {
        for (index, (builder, column)) in builders.iter_mut().zip(&self.columns).enumerate() {
            let kind = &column.column_type.kind;
            let value = self.client.dialect.read(row, index, kind).map_err(|error| {
                self.client.error(
                    format!(
                        "a value of column '{}' cannot be read: {}",
                        column.name,
                        reason(&error)
                    ),
                    None,
                )
            })?;
            if value == Value::Null && !column.column_type.nullable {
                return Err(self.client.error(
                    format!("the column '{}' holds NULL and is declared NOT NULL", column.name),
                    Some("declare it without NOT NULL".to_owned()),
                ));
            }
            builder.append(&value).map_err(|_| {
                self.client.error(
                    format!(
                        "the value {value} of column '{}' does not fit into {}",
                        column.name,
                        column.column_type.as_summary_string()
                    ),
                    Some("declare the column with a wider type".to_owned()),
                )
            })?;
        }
        Ok(())
    }

    async fn send(
        &self,
        builders: &mut [ColumnBuilder],
        rows: usize,
        sender: &Sender<Result<RecordBatch>>,
    ) -> Result<()> {
        let columns = builders.iter_mut().map(ColumnBuilder::finish).collect();
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let batch = RecordBatch::try_new_with_options(Arc::clone(&self.schema), columns, &options)?;
        sender.send(Ok(batch)).await.map_err(|_| EngineError::Cancelled)
    }
}
