//! What a statement gave. Mirrors `TableResult`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use nutkin_engine::chunk::Chunk;
use nutkin_plan::catalog::{Column, Schema};
use nutkin_plan::expression::LiteralValue;
use nutkin_plan::types::LogicalType;

use super::arrow_stream;
use super::constant::rows_of;
use super::print::{PrintStyle, Printer};
use super::rows::{Next, RowSource, split};
use super::time_zone::in_time_zone;
use crate::Result;
use crate::interrupt::Interrupt;
use crate::job::Job;

/// Whether a statement has rows to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResultKind {
    /// It only did something.
    Success,
    /// It has rows, or a job.
    SuccessWithContent,
}

/// The result of a statement.
pub(crate) struct TableResult {
    pub(crate) schema: Schema,
    pub(crate) kind: ResultKind,
    pub(crate) job: Option<Arc<Job>>,
    /// Whether the job serves nobody but this result.
    owns_job: bool,
    /// The zone that TIMESTAMP_LTZ is to be shown in; that of this machine if there is none.
    time_zone: Option<String>,
    reading: Mutex<Reading>,
}

struct Reading {
    source: RowSource,
    /// What was taken from the source and is more than was asked for.
    left: Option<Chunk>,
    printer: Printer,
}

/// Some rows for a client.
pub(crate) enum Fetched {
    /// An Arrow IPC stream; empty when nothing has come yet.
    Rows(Vec<u8>),
    /// There are no more.
    End,
}

impl TableResult {
    /// The result of a statement that only did something.
    pub(crate) fn ok() -> Result<Self> {
        let schema = text_schema("result");
        let rows = rows_of(&schema, &[vec![LiteralValue::String("OK".to_owned())]])?;
        Ok(Self::ready(schema, rows, ResultKind::Success, PrintStyle::Raw))
    }

    /// The result of a statement that answers with a text, such as `EXPLAIN`.
    pub(crate) fn text(text: String) -> Result<Self> {
        let schema = text_schema("result");
        let rows = rows_of(&schema, &[vec![LiteralValue::String(text)]])?;
        Ok(Self::ready(
            schema,
            rows,
            ResultKind::SuccessWithContent,
            PrintStyle::Raw,
        ))
    }

    /// Rows that are there.
    pub(crate) fn ready(schema: Schema, rows: Chunk, kind: ResultKind, style: PrintStyle) -> Self {
        Self::new(schema, kind, None, RowSource::Ready([rows].into()), style)
    }

    /// The result of inserts: `rows` once their job has ended.
    pub(crate) fn inserts(schema: Schema, rows: Chunk, job: &Arc<Job>) -> Self {
        let source = RowSource::AfterJob(Arc::clone(job), [rows].into());
        let job = Some(Arc::clone(job));
        Self::new(
            schema,
            ResultKind::SuccessWithContent,
            job,
            source,
            PrintStyle::Raw,
        )
    }

    /// The result of a query of a session with this `table.local-time-zone`.
    pub(crate) fn query(
        schema: Schema,
        job: &Arc<Job>,
        rows: nutkin_engine::job::CollectHandle,
        time_zone: Option<String>,
        style: PrintStyle,
    ) -> Self {
        let source = RowSource::Query(Arc::clone(job), rows);
        let job = Some(Arc::clone(job));
        let mut result = Self::new(schema, ResultKind::SuccessWithContent, job, source, style);
        result.owns_job = true;
        result.time_zone = time_zone;
        result
    }

    fn new(
        schema: Schema,
        kind: ResultKind,
        job: Option<Arc<Job>>,
        source: RowSource,
        style: PrintStyle,
    ) -> Self {
        Self {
            schema,
            kind,
            job,
            owns_job: false,
            time_zone: None,
            reading: Mutex::new(Reading {
                source,
                left: None,
                printer: Printer::new(style),
            }),
        }
    }

    /// At most `maximum_rows` rows. Waits at most `timeout` for the first; takes what else is there.
    ///
    /// # Errors
    /// When the job failed or was cancelled, or the caller gave up waiting.
    pub(crate) fn fetch(
        &self,
        maximum_rows: usize,
        timeout: Duration,
        interrupt: &dyn Interrupt,
    ) -> Result<Fetched> {
        let mut reading = self.lock();
        let mut chunks = Vec::new();
        let mut wanted = maximum_rows.max(1);
        let mut patience = timeout;
        while wanted > 0 {
            match reading.next(wanted, patience, interrupt) {
                Ok(Next::Rows(chunk)) => {
                    wanted -= chunk.row_count().min(wanted);
                    if chunk.row_count() > 0 {
                        chunks.push(chunk);
                        patience = Duration::ZERO;
                    }
                }
                Ok(Next::NotYet) => break,
                Ok(Next::End) if chunks.is_empty() => return Ok(Fetched::End),
                Ok(Next::End) => break,
                // The rows before the error are given first; the next call meets it again.
                Err(error) if chunks.is_empty() => return Err(error),
                Err(_) => break,
            }
        }
        arrow_stream::encode(&chunks).map(Fetched::Rows)
    }

    /// The next piece of the printed result, which is empty when nothing has come yet; `None` at the end.
    ///
    /// # Errors
    /// As [`TableResult::fetch`].
    pub(crate) fn print_next(&self, timeout: Duration, interrupt: &dyn Interrupt) -> Result<Option<String>> {
        let mut reading = self.lock();
        match reading.next(usize::MAX, timeout, interrupt)? {
            Next::Rows(chunk) => {
                let (schema, chunk) = in_time_zone(&self.schema, chunk, self.time_zone.as_deref())?;
                reading.printer.rows(&schema, &chunk).map(Some)
            }
            Next::NotYet => Ok(Some(String::new())),
            Next::End => Ok(reading.printer.end()),
        }
    }

    /// Ends the query behind the result, if there is one.
    pub(crate) fn close(&self) {
        if self.owns_job
            && let Some(job) = &self.job
        {
            job.cancel();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Reading> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reading {
    fn next(&mut self, maximum_rows: usize, timeout: Duration, interrupt: &dyn Interrupt) -> Result<Next> {
        let next = match self.left.take() {
            Some(chunk) => Next::Rows(chunk),
            None => self.source.next(timeout, interrupt)?,
        };
        Ok(match next {
            Next::Rows(chunk) => {
                let (first, left) = split(chunk, maximum_rows);
                self.left = left;
                Next::Rows(first)
            }
            other => other,
        })
    }
}

/// Rows that nobody can read any more need no query.
impl Drop for TableResult {
    fn drop(&mut self) {
        self.close();
    }
}

fn text_schema(name: &str) -> Schema {
    Schema {
        columns: vec![Column {
            name: name.to_owned(),
            column_type: LogicalType::string(),
            comment: None,
        }],
        primary_key: Vec::new(),
    }
}
