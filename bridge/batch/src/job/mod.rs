//! Running plans as jobs.
//!
//! [`submit`] plans every sink's query, and starts a job whose thread spreads the partitions of the plans
//! over the pool of [`crate::runtime`]. Each writer of a sink has a thread of its own, because it may wait;
//! partitions reach it over a bounded queue, so a slow sink slows the query.

mod planned;
mod writer;

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use datafusion::physical_plan::{ExecutionPlan, ExecutionPlanProperties};
use futures_util::StreamExt;
use nutkin_engine::job::{EvaluationContext, JobContext, JobDriver, JobHandle, JobMetrics, drive};
use nutkin_engine::python::Environment;
use nutkin_engine::{EngineError, Result};
use nutkin_functions::ExecutionMode;
use nutkin_plan::stream::{JobOptions, SinkRequest};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::error::running;
use crate::runtime::runtime;
pub(crate) use planned::optimized;
use planned::{PlannedJob, PlannedSink};
use writer::{Message, Writer};

/// How long the job's thread waits before it looks at the cancellation.
const TICK: Duration = Duration::from_millis(20);
/// How many batches wait for a writer.
const QUEUED_BATCHES: usize = 2;

/// Plans queries and starts the job that writes their rows. Everything that can be known before reading is
/// checked first.
///
/// # Errors
/// When a query cannot be planned, or a connector refuses its options. Later errors are those of the job.
pub fn submit(
    sinks: &[SinkRequest],
    environment: Arc<dyn Environment>,
    name: impl Into<String>,
    options: JobOptions,
) -> Result<JobHandle> {
    let context = Arc::new(JobContext {
        job_name: name.into(),
        evaluation: EvaluationContext::starting_now(&options, ExecutionMode::Batch)?,
        options,
        cancellation: environment.cancellation(),
        metrics: Arc::new(JobMetrics::default()),
    });
    let planned = PlannedJob::new(sinks, environment, &context)?;
    drive(context, move |driver| run(planned, driver))
}

/// Runs a job to its end.
fn run(planned: PlannedJob, driver: &JobDriver) -> Result<()> {
    let job = driver.context();
    let (report, reports) = channel();
    let mut threads = Vec::new();
    let mut tasks = Vec::new();
    let mut sinks = Vec::new();
    for sink in planned.sinks {
        let (writers, sink) = start(sink, job, &report, &mut tasks)?;
        threads.extend(writers);
        sinks.push(sink);
    }
    drop(report);
    driver.running();
    let mut outcome = Ok(());
    // Every writer reports once, when it has ended; the channel is closed after the last of them.
    loop {
        match reports.recv_timeout(TICK) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                if outcome.is_ok() {
                    outcome = Err(error);
                }
                abort(&tasks);
            }
            Err(RecvTimeoutError::Timeout) if job.cancellation.is_cancelled() => {
                if outcome.is_ok() {
                    outcome = Err(EngineError::Cancelled);
                }
                abort(&tasks);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    for thread in threads {
        if thread.join().is_err() && outcome.is_ok() {
            outcome = Err(crate::error::internal("a writer of a sink panicked"));
        }
    }
    for python in &planned.python {
        let closed = python.close();
        if outcome.is_ok() {
            outcome = closed;
        }
    }
    outcome?;
    if job.cancellation.is_cancelled() {
        return Err(EngineError::Cancelled);
    }
    sinks.iter().try_for_each(|sink| sink.finish())
}

fn abort(tasks: &[JoinHandle<()>]) {
    for task in tasks {
        task.abort();
    }
}

type Thread = std::thread::JoinHandle<()>;

/// Makes the writers of a sink and starts the partitions that feed them.
fn start(
    planned: PlannedSink,
    job: &Arc<JobContext>,
    report: &Sender<Result<()>>,
    tasks: &mut Vec<JoinHandle<()>>,
) -> Result<(Vec<Thread>, Arc<dyn nutkin_engine::sink::Sink>)> {
    let PlannedSink {
        plan,
        task,
        sink,
        constraints,
        schema,
    } = planned;
    let partitions = plan.output_partitioning().partition_count();
    let wanted = sink
        .max_parallelism()
        .unwrap_or(partitions)
        .clamp(1, partitions.max(1));
    let writers = sink.create_writers(wanted, job)?;
    let mut threads = Vec::with_capacity(writers.len());
    let mut queues = Vec::with_capacity(writers.len());
    for (number, writer) in writers.into_iter().enumerate() {
        let (sender, receiver) = mpsc::channel(QUEUED_BATCHES);
        queues.push(sender);
        let writer = Writer::new(
            writer,
            Arc::clone(&constraints),
            Arc::clone(job),
            Arc::clone(&schema),
        );
        let report = report.clone();
        let thread = std::thread::Builder::new()
            .name(format!("nutkin-sink-{number}"))
            .spawn(move || {
                // The job's thread is gone only if it panicked.
                let _ = report.send(writer.run(receiver));
            })
            .map_err(|error| EngineError::Io {
                doing: "starting the thread of a sink".to_owned(),
                message: error.to_string(),
            })?;
        threads.push(thread);
    }
    for partition in 0..partitions {
        let Some(queue) = queues.get(partition % queues.len().max(1)) else {
            return Err(crate::error::internal("a sink made no writer"));
        };
        let pumped = pump(Arc::clone(&plan), partition, Arc::clone(&task), queue.clone());
        tasks.push(runtime()?.spawn(pumped));
    }
    Ok((threads, sink))
}

/// Moves the rows of a partition to a writer.
async fn pump(
    plan: Arc<dyn ExecutionPlan>,
    partition: usize,
    task: Arc<datafusion::execution::TaskContext>,
    queue: mpsc::Sender<Message>,
) {
    let mut stream = match plan.execute(partition, task) {
        Ok(stream) => stream,
        Err(error) => {
            // Nobody reads any more if this fails.
            let _ = queue.send(Message::Failed(running(error))).await;
            return;
        }
    };
    while let Some(batch) = stream.next().await {
        let message = match batch {
            Ok(batch) => Message::Rows(batch),
            Err(error) => Message::Failed(running(error)),
        };
        let ends = matches!(message, Message::Failed(_));
        if queue.send(message).await.is_err() || ends {
            return;
        }
    }
    let _ = queue.send(Message::Ended).await;
}
