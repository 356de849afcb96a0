//! The thread that starts a job's tasks and waits for them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use nutkin_plan::stream::StreamPlan;

use super::graph::{JobGraph, Parallelism};
use super::handle::JobShared;
use super::instances::{self, Parts};
use super::task::Task;
use crate::operator::SinkConstraints;
use crate::python::PythonRuntime;
use crate::sink::Sink;
use crate::source::Source;
use crate::{EngineError, Result};

/// A checked plan with its connectors.
pub(super) struct Prepared {
    pub(super) plan: StreamPlan,
    pub(super) parallelism: usize,
    pub(super) sources: Vec<Arc<dyn Source>>,
    pub(super) sinks: Vec<Arc<dyn Sink>>,
    pub(super) constraints: Vec<Arc<SinkConstraints>>,
    pub(super) python: Arc<dyn PythonRuntime>,
    pub(super) shared: Arc<JobShared>,
}

/// Runs the job to its end; the outcome is in what is shared.
pub(super) fn run(prepared: Prepared) {
    let shared = Arc::clone(&prepared.shared);
    let outcome = catch_unwind(AssertUnwindSafe(|| drive(prepared)));
    match outcome {
        Ok(Ok(())) => {}
        Ok(Err(error)) => shared.fail(error),
        Err(_) => shared.fail(EngineError::Internal {
            message: "a connector panicked while the job was started or finished".to_owned(),
        }),
    }
    shared.ended();
}

fn drive(prepared: Prepared) -> Result<()> {
    let shared = Arc::clone(&prepared.shared);
    let sinks = prepared.sinks.clone();
    let tasks = create(prepared)?;
    let mut threads = Vec::with_capacity(tasks.len());
    for mut task in tasks {
        let shared = Arc::clone(&shared);
        let started = std::thread::Builder::new().name(task.name.clone()).spawn({
            let shared = Arc::clone(&shared);
            move || {
                if let Err(error) = task.run() {
                    shared.fail(error);
                }
            }
        });
        match started {
            Ok(thread) => threads.push(thread),
            Err(error) => {
                shared.fail(EngineError::Io {
                    doing: "starting the thread of a task".to_owned(),
                    message: error.to_string(),
                });
                break;
            }
        }
    }
    shared.running();
    for thread in threads {
        // A task turns its own panics into errors, so there is nothing to learn from the join.
        let _ = thread.join();
    }
    if shared.failure().is_none() {
        for sink in sinks {
            sink.finish()?;
        }
    }
    Ok(())
}

/// Creates readers and writers, cuts the plan and makes the tasks. No row is read yet.
fn create(prepared: Prepared) -> Result<Vec<Task>> {
    let Prepared {
        plan,
        parallelism,
        sources,
        sinks,
        constraints,
        python,
        shared,
    } = prepared;
    let job = Arc::clone(&shared.context);
    let mut readers = Vec::with_capacity(sources.len());
    for source in &sources {
        readers.push(source.create_readers(parallelism, &job)?);
    }
    let source_subtasks: Vec<usize> = readers.iter().map(Vec::len).collect();
    if source_subtasks.contains(&0) {
        return Err(EngineError::Internal {
            message: "a source made no reader".to_owned(),
        });
    }
    let sink_limits: Vec<Option<usize>> = sinks.iter().map(|sink| sink.max_parallelism()).collect();
    let graph = JobGraph::new(
        &plan,
        &Parallelism {
            default: parallelism,
            sources: &source_subtasks,
            sinks: &sink_limits,
        },
    )?;
    let mut writers = Vec::with_capacity(sinks.len());
    for (position, sink) in sinks.iter().enumerate() {
        writers.push(sink.create_writers(graph.sink_parallelism(position), &job)?);
    }
    instances::tasks(
        &graph,
        Parts {
            readers,
            writers,
            constraints,
            python,
            job,
        },
    )
}
