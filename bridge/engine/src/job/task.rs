//! One subtask of a chain, on its own thread.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::context::JobContext;
use super::stage::{self, Fan, StageOutput};
use crate::exchange::{ExchangeInput, InputEvent};
use crate::operator::Output;
use crate::sink::TASK_TICK;
use crate::source::{SourceEvent, SourceReader};
use crate::{EngineError, Result};

/// A subtask ready to run.
pub(super) struct Task {
    /// The thread's name.
    pub(super) name: String,
    pub(super) head: TaskHead,
    pub(super) outputs: Vec<StageOutput>,
    pub(super) job: Arc<JobContext>,
}

/// What feeds the subtask.
pub(super) enum TaskHead {
    /// A reader of a source.
    Source(Box<dyn SourceReader>),
    /// Other tasks.
    Exchange(ExchangeInput),
}

/// Whether the input goes on.
enum Step {
    Continue,
    Finished,
}

impl Task {
    /// Runs to the end of the input, to an error or to cancellation. A panic becomes an error.
    ///
    /// The task must live until its error is reported: when its channels go, its neighbours end too,
    /// and theirs would be taken for the cause.
    pub(super) fn run(&mut self) -> Result<()> {
        let worked = guarded(&self.name, || work(&mut self.head, &mut self.outputs, &self.job));
        // Operators are closed in every case; what failed first is what is reported.
        let closed = guarded(&self.name, || stage::close(&mut self.outputs));
        worked.and(closed)
    }
}

/// Turns a panic into an error of the task.
fn guarded(name: &str, body: impl FnOnce() -> Result<()>) -> Result<()> {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|payload| {
        let text = payload
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()))
            .unwrap_or_else(|| "no message".to_owned());
        Err(EngineError::Internal {
            message: format!("task {name} panicked: {text}"),
        })
    })
}

fn work(head: &mut TaskHead, outputs: &mut [StageOutput], job: &JobContext) -> Result<()> {
    stage::open(outputs)?;
    loop {
        if job.cancellation.is_cancelled() {
            return Err(EngineError::Cancelled);
        }
        let timer = stage::next_timer(outputs);
        if let Step::Finished = step(head, outputs, job, patience(timer))? {
            break;
        }
        if timer.is_some() {
            stage::fire_timers(outputs, Instant::now())?;
        }
    }
    stage::end(outputs)
}

/// How long to wait for input: until the next timer, but not longer than a tick.
fn patience(timer: Option<Instant>) -> Duration {
    timer.map_or(TASK_TICK, |time| {
        time.saturating_duration_since(Instant::now()).min(TASK_TICK)
    })
}

fn step(
    head: &mut TaskHead,
    outputs: &mut [StageOutput],
    job: &JobContext,
    timeout: Duration,
) -> Result<Step> {
    match head {
        TaskHead::Source(reader) => match reader.poll(timeout)? {
            SourceEvent::Chunk(chunk) => {
                job.metrics
                    .rows_in
                    .fetch_add(chunk.row_count() as u64, Ordering::Relaxed);
                Fan(outputs).chunk(chunk)?;
            }
            SourceEvent::Idle => {}
            SourceEvent::Finished => return Ok(Step::Finished),
        },
        TaskHead::Exchange(input) => match input.poll(timeout)? {
            InputEvent::Chunk(chunk) => Fan(outputs).chunk(chunk)?,
            InputEvent::Watermark(watermark) => Fan(outputs).watermark(watermark)?,
            InputEvent::Idle => {}
            InputEvent::Finished => return Ok(Step::Finished),
        },
    }
    Ok(Step::Continue)
}
