//! One subtask's writer.
//!
//! A flush is one transaction. If it fails for a reason that passes, it is rolled back and run again
//! from its first row; the changes are kept until the database has acknowledged them. A connection that
//! is lost while COMMIT is under way leaves open whether it happened: with a key the transaction is
//! simply repeated, to the same result; rows of a table without a key may then be there twice, as with
//! Flink.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use arrow::array::RecordBatch;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::job::JobContext;
use nutkin_engine::sink::SinkWriter;
use nutkin_engine::{EngineError, Result};
use nutkin_plan::types::TypeKind;
use sqlx::{Arguments as _, Connection as _};

use super::buffer::{ChangeBuffer, Changes};
use super::client::{Backoff, JdbcClient, Severity, reason};
use super::column_values::ColumnValues;
use super::dialect::{Arguments, Connection, Dialect, TableColumn};
use super::runtime::wait_for;
use super::statement::{Statements, statement_sizes};

/// A statement should not be larger than this; servers limit the size of one packet.
const STATEMENT_BYTES: usize = 1 << 20;

/// The table written to, shared by its writers.
pub(super) struct Target<D> {
    pub(super) client: Arc<JdbcClient<D>>,
    /// The columns in the order of the rows.
    pub(super) columns: Vec<TableColumn>,
    /// The types of the rows' columns.
    pub(super) kinds: Vec<TypeKind>,
    /// Positions of the key's columns.
    pub(super) key: Vec<usize>,
}

/// Writes the changes of one subtask.
pub(super) struct JdbcWriter<D: Dialect> {
    target: Arc<Target<D>>,
    context: Arc<JobContext>,
    buffer: ChangeBuffer,
    session: Session<D>,
    flush_at: Option<Instant>,
}

/// A connection with the texts of the statements that were sent over it.
struct Session<D: Dialect> {
    connection: Option<Connection<D>>,
    texts: HashMap<(Action, usize), Arc<str>>,
}

/// What a statement does with its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Action {
    Delete,
    Write,
}

/// Why a transaction did not happen.
enum Failure {
    /// There is no connection.
    Connect(sqlx::Error),
    /// A statement failed.
    Statement(sqlx::Error),
    /// A value cannot be sent; the text says which.
    Value(EngineError),
}

impl<D: Dialect> JdbcWriter<D> {
    /// A writer that connects when it has something to write.
    pub(super) fn new(target: Arc<Target<D>>, buffer: ChangeBuffer, context: Arc<JobContext>) -> Self {
        Self {
            target,
            context,
            buffer,
            session: Session {
                connection: None,
                texts: HashMap::new(),
            },
            flush_at: None,
        }
    }

    /// Runs the changes' transaction until it has happened, or cannot.
    fn deliver(&mut self, changes: &Changes) -> Result<()> {
        let client = &self.target.client;
        let mut retries = client.options.max_retries;
        let mut retry_waits = Backoff::new(Duration::MAX / 4);
        let mut lost: Option<Backoff> = None;
        loop {
            let attempt = self.session.transact(&self.target, changes);
            let Err(failure) = wait_for(&self.context.cancellation, attempt)? else {
                return Ok(());
            };
            let (error, severity) = match failure {
                Failure::Value(error) => return Err(error),
                Failure::Connect(error) => {
                    let severity = client.connect_severity(&error);
                    if severity == Severity::Permanent {
                        return Err(client.connect_error(&error));
                    }
                    (error, severity)
                }
                Failure::Statement(error) => {
                    let severity = client.severity(&error);
                    (error, severity)
                }
            };
            let wait = match severity {
                Severity::Permanent => return Err(self.permanent_error(changes, &error)),
                Severity::Retryable if retries == 0 => {
                    return Err(client.error(
                        format!(
                            "writing {} rows failed {} times: {}",
                            changes.row_count(),
                            client.options.max_retries + 1,
                            reason(&error)
                        ),
                        Some("raise 'sink.max-retries', or let fewer others lock the table".to_owned()),
                    ));
                }
                Severity::Retryable => {
                    retries -= 1;
                    retry_waits.next_wait()
                }
                Severity::ConnectionLost => {
                    self.session.connection = None;
                    lost.get_or_insert_with(|| Backoff::new(client.options.max_retry_timeout))
                        .next_wait()
                }
            };
            let Some(wait) = wait else {
                return Err(client.error(
                    format!(
                        "the connection to {} at {} was lost and did not come back within {:.0?}: {}; {} rows \
                         were not written",
                        D::NAME,
                        client.options.url.location(),
                        client.options.max_retry_timeout,
                        reason(&error),
                        changes.row_count()
                    ),
                    Some("check the database server, or raise 'connection.max-retry-timeout'".to_owned()),
                ));
            };
            if self.context.cancellation.wait(wait) {
                return Err(EngineError::Cancelled);
            }
        }
    }

    /// The error of rows that the database does not take, with the row that it is about if it can be found.
    fn permanent_error(&mut self, changes: &Changes, error: &sqlx::Error) -> EngineError {
        let client = &self.target.client;
        let doing = format!(
            "writing to table {}",
            client.options.table.quoted(&client.dialect)
        );
        let located = wait_for(
            &self.context.cancellation,
            self.session.find_culprit(&self.target, changes),
        );
        match located {
            Ok(Some((row, error))) => client.error(
                format!("{doing} failed: {}; the row is {row}", reason(&error)),
                None,
            ),
            _ => client.statement_error(&doing, error),
        }
    }
}

impl<D: Dialect> SinkWriter for JdbcWriter<D> {
    fn write(&mut self, chunk: Chunk) -> Result<()> {
        let interval = self.target.client.options.flush_interval;
        self.buffer.push(chunk)?;
        // Chunks are not cut: a flush may hold more rows than asked for, and takes fewer transactions.
        if self.buffer.received() >= self.target.client.options.flush_max_rows {
            return self.flush();
        }
        if self.flush_at.is_none() && self.buffer.received() > 0 {
            self.flush_at = interval.map(|interval| Instant::now() + interval);
        }
        Ok(())
    }

    fn next_flush(&self) -> Option<Instant> {
        self.flush_at
    }

    fn flush(&mut self) -> Result<()> {
        self.flush_at = None;
        if self.buffer.received() == 0 {
            return Ok(());
        }
        let changes = self.buffer.take()?;
        self.deliver(&changes)
    }

    fn close(&mut self) -> Result<()> {
        if let Some(connection) = self.session.connection.take() {
            // Everything is committed; a server that is gone by now is no failure of the job.
            let _ = wait_for(&self.context.cancellation, connection.close())?;
        }
        Ok(())
    }
}

impl<D: Dialect> Session<D> {
    /// Writes the changes in one transaction.
    async fn transact(&mut self, target: &Target<D>, changes: &Changes) -> Result<(), Failure> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => target.client.connect().await.map_err(Failure::Connect)?,
        };
        let dialect = &target.client.dialect;
        let outcome = async {
            dialect
                .run(&mut connection, D::BEGIN)
                .await
                .map_err(Failure::Statement)?;
            // Deletes come first: a row that takes over another one's unique value must find it free.
            for (action, batch) in changes
                .deletes
                .iter()
                .map(|batch| (Action::Delete, batch))
                .chain(changes.writes.iter().map(|batch| (Action::Write, batch)))
            {
                self.send(&mut connection, target, action, batch).await?;
            }
            dialect
                .run(&mut connection, "COMMIT")
                .await
                .map_err(Failure::Statement)
        }
        .await;
        // A connection whose transaction cannot be rolled back is not used again.
        if outcome.is_ok() || dialect.run(&mut connection, "ROLLBACK").await.is_ok() {
            self.connection = Some(connection);
        }
        outcome
    }

    /// Sends the rows of a batch in as few statements as fit.
    async fn send(
        &mut self,
        connection: &mut Connection<D>,
        target: &Target<D>,
        action: Action,
        batch: &RecordBatch,
    ) -> Result<(), Failure> {
        let columns = Columns::new(target, action, batch).map_err(Failure::Value)?;
        let bytes_per_row = batch.get_array_memory_size() / batch.num_rows().max(1) + 1;
        let max_values = D::MAX_PARAMETERS.min(STATEMENT_BYTES / bytes_per_row * columns.len());
        let mut row = 0;
        for size in statement_sizes(batch.num_rows(), columns.len(), max_values) {
            let text = self.text(target, action, size);
            let arguments = columns.bind(target, row, size).map_err(Failure::Value)?;
            target
                .client
                .dialect
                .execute(connection, text, arguments)
                .await
                .map_err(Failure::Statement)?;
            row += size;
        }
        Ok(())
    }

    /// Runs the changes row by row without keeping them, and returns the first row that fails.
    async fn find_culprit(&mut self, target: &Target<D>, changes: &Changes) -> Option<(String, sqlx::Error)> {
        let dialect = &target.client.dialect;
        let mut connection = self.connection.take()?;
        dialect.run(&mut connection, D::BEGIN).await.ok()?;
        let mut culprit = None;
        'search: for (action, batch) in changes
            .deletes
            .iter()
            .map(|batch| (Action::Delete, batch))
            .chain(changes.writes.iter().map(|batch| (Action::Write, batch)))
        {
            let columns = Columns::new(target, action, batch).ok()?;
            for row in 0..batch.num_rows() {
                let text = self.text(target, action, 1);
                let arguments = columns.bind(target, row, 1).ok()?;
                if let Err(error) = dialect.execute(&mut connection, text, arguments).await {
                    culprit = Some((columns.describe(target, row), error));
                    break 'search;
                }
            }
        }
        // The connection is closed with its transaction open, which rolls it back.
        culprit
    }

    fn text(&mut self, target: &Target<D>, action: Action, rows: usize) -> Arc<str> {
        let text = self.texts.entry((action, rows)).or_insert_with(|| {
            let statements = Statements {
                dialect: &target.client.dialect,
                table: &target.client.options.table,
                columns: &target.columns,
                key: &target.key,
            };
            match action {
                Action::Delete => statements.delete(rows).into(),
                Action::Write => statements.write(rows).into(),
            }
        });
        Arc::clone(text)
    }
}

/// The columns of a batch that a statement binds.
struct Columns<'a> {
    /// With their positions among the table's columns.
    values: Vec<(usize, ColumnValues<'a>)>,
}

impl<'a> Columns<'a> {
    fn new<D: Dialect>(target: &Target<D>, action: Action, batch: &'a RecordBatch) -> Result<Self> {
        let all: Vec<usize> = (0..batch.num_columns()).collect();
        let positions = match action {
            Action::Delete => &target.key,
            Action::Write => &all,
        };
        let values = positions
            .iter()
            .map(|position| Ok((*position, ColumnValues::new(batch.column(*position))?)))
            .collect::<Result<_>>()?;
        Ok(Self { values })
    }

    fn len(&self) -> usize {
        self.values.len()
    }

    fn bind<D: Dialect>(&self, target: &Target<D>, start: usize, rows: usize) -> Result<Arguments<D>> {
        let mut arguments = Arguments::<D>::default();
        arguments.reserve(rows * self.len(), 0);
        for row in start..start + rows {
            for (position, values) in &self.values {
                let kind = target.kinds.get(*position).unwrap_or(&TypeKind::Null);
                target
                    .client
                    .dialect
                    .bind(&mut arguments, values.value(row), kind)
                    .map_err(|error| {
                        target.client.error(
                            format!(
                                "a value cannot be sent: {error}; the row is {}",
                                self.describe(target, row)
                            ),
                            None,
                        )
                    })?;
            }
        }
        Ok(arguments)
    }

    fn describe<D: Dialect>(&self, target: &Target<D>, row: usize) -> String {
        let parts: Vec<String> = self
            .values
            .iter()
            .filter_map(|(position, values)| {
                let column = target.columns.get(*position)?;
                Some(format!("{} = {}", column.name, values.value(row)))
            })
            .collect();
        format!("({})", parts.join(", "))
    }
}
