//! `TableResult` as Java has it: rows one by one, and printing on the gateway's output.

use std::collections::VecDeque;
use std::io::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use arrow::array::RecordBatch;
use arrow::ipc::reader::StreamReader;
use nutkin_engine::EngineError;

use super::super::call::Call;
use super::super::class::Class;
use super::super::class_object::EnumConstant;
use super::super::failure::{Failure, Outcome, Throwable};
use super::super::value::JavaValue;
use super::pickled_row::CollectedRow;
use crate::GatewayError;
use crate::interrupt::Interrupt;
use crate::model::JavaObject;
use crate::result::{Fetched, TableResult};

/// How long one wait for rows lasts.
const PATIENCE: Duration = Duration::from_millis(500);
/// How many rows are taken at once.
const ROWS: usize = 4096;

/// `CloseableIterator<Row>`.
struct CollectIterator {
    result: Arc<TableResult>,
    batches: Mutex<Batches>,
}

#[derive(Default)]
struct Batches {
    waiting: VecDeque<Arc<RecordBatch>>,
    position: usize,
}

impl JavaObject for CollectIterator {
    fn class_name(&self) -> &'static str {
        "org.apache.flink.table.api.internal.CollectIterator"
    }
}

/// The next rows of a result, with their kinds in the first column; `None` at the end.
pub(super) fn next_batches(
    result: &TableResult,
    interrupt: &dyn Interrupt,
) -> Outcome<Option<Vec<RecordBatch>>> {
    loop {
        match result.fetch(ROWS, PATIENCE, interrupt)? {
            Fetched::End => return Ok(None),
            Fetched::Rows(bytes) if bytes.is_empty() => {}
            Fetched::Rows(bytes) => {
                let read = || -> Result<Vec<RecordBatch>, arrow::error::ArrowError> {
                    StreamReader::try_new(bytes.as_slice(), None)?.collect()
                };
                let batches = read().map_err(|error| GatewayError::from(EngineError::from(error)))?;
                return Ok(Some(batches));
            }
        }
    }
}

impl CollectIterator {
    fn lock(&self) -> MutexGuard<'_, Batches> {
        self.batches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether there is another row; waits for it.
    fn has_next(&self, interrupt: &dyn Interrupt) -> Outcome<bool> {
        let mut batches = self.lock();
        loop {
            match batches.waiting.front() {
                Some(first) if batches.position < first.num_rows() => return Ok(true),
                Some(_) => {
                    batches.waiting.pop_front();
                    batches.position = 0;
                }
                None => match next_batches(&self.result, interrupt).map_err(failed)? {
                    Some(more) => batches.waiting.extend(more.into_iter().map(Arc::new)),
                    None => return Ok(false),
                },
            }
        }
    }

    fn next(&self, interrupt: &dyn Interrupt) -> Outcome {
        if !self.has_next(interrupt)? {
            return Err(Failure::bare("java.util.NoSuchElementException"));
        }
        let mut batches = self.lock();
        let position = batches.position;
        batches.position += 1;
        match batches.waiting.front() {
            Some(rows) => Ok(JavaValue::object(CollectedRow {
                rows: Arc::clone(rows),
                position,
            })),
            None => Err(Failure::bare("java.util.NoSuchElementException")),
        }
    }
}

/// Java tells of a failed job where its rows are read.
fn failed(failure: Failure) -> Failure {
    match failure {
        Failure::Thrown(cause) => Failure::Thrown(Throwable::new(
            "java.lang.RuntimeException",
            Some("Failed to fetch next result".to_owned()),
            Some(cause),
        )),
        other => other,
    }
}

fn this(call: &Call<'_>) -> Outcome<Arc<CollectIterator>> {
    call.this()
}

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("org.apache.flink.table.api.TableResult")
            .method("org.apache.flink.util.CloseableIterator collect()", |call| {
                Ok(JavaValue::object(CollectIterator {
                    result: call.this::<TableResult>()?,
                    batches: Mutex::default(),
                }))
            })
            .method("void print()", print)
            .method("void await()", |call| {
                wait(call, None)?;
                Ok(JavaValue::Void)
            })
            .method("void await(long, java.util.concurrent.TimeUnit)", |call| {
                let unit = call.object::<EnumConstant>(1)?;
                let nanos = [
                    1,
                    1_000,
                    1_000_000,
                    1_000_000_000,
                    60_000_000_000,
                    3_600_000_000_000,
                    86_400_000_000_000,
                ];
                let index = usize::try_from(unit.ordinal).unwrap_or(0);
                let factor: u64 = nanos.get(index).copied().unwrap_or(1);
                let count = u64::try_from(call.long(0)?).unwrap_or(0);
                let timeout = Duration::from_nanos(count.saturating_mul(factor));
                if wait(call, Some(timeout))? {
                    Ok(JavaValue::Void)
                } else {
                    Err(Failure::bare("java.util.concurrent.TimeoutException"))
                }
            }),
        Class::interface("org.apache.flink.util.CloseableIterator")
            .implements(&["java.util.Iterator", "java.lang.AutoCloseable"]),
        Class::new("org.apache.flink.table.api.internal.CollectIterator")
            .implements(&["org.apache.flink.util.CloseableIterator"])
            .method("boolean hasNext()", |call| {
                Ok(this(call)?.has_next(&*call.thread.interrupt)?.into())
            })
            .method("Object next()", |call| this(call)?.next(&*call.thread.interrupt))
            .method("void close()", |call| {
                this(call)?.result.close();
                Ok(JavaValue::Void)
            }),
    ]
}

/// Waits for the job of a result; whether it has ended. A result without a job has.
fn wait(call: &Call<'_>, timeout: Option<Duration>) -> Outcome<bool> {
    let result = call.this::<TableResult>()?;
    let Some(job) = &result.job else { return Ok(true) };
    match job.wait(timeout, &*call.thread.interrupt) {
        Ok(ended) => Ok(ended.is_some()),
        Err(error) => Err(match Failure::from(error) {
            Failure::Thrown(cause) => Failure::Thrown(Throwable::new(
                "java.util.concurrent.ExecutionException",
                Some(cause.summary()),
                Some(cause),
            )),
            other => other,
        }),
    }
}

fn print(call: &mut Call<'_>) -> Outcome {
    let result = call.this::<TableResult>()?;
    loop {
        let text = result.print_next(PATIENCE, &*call.thread.interrupt);
        let Some(text) = text.map_err(|error| failed(error.into()))? else {
            return Ok(JavaValue::Void);
        };
        if !text.is_empty() {
            let mut out = std::io::stdout().lock();
            // A closed output is no error in Java either.
            let _ = out.write_all(text.as_bytes());
            let _ = out.flush();
        }
    }
}
