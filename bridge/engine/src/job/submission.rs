//! Checks a plan and starts its job.

use std::sync::Arc;

use nutkin_functions::{EvaluationContext, ExecutionMode};
use nutkin_plan::stream::explain::describe;
use nutkin_plan::stream::{JobOptions, StreamNode, StreamPlan};

use super::context::{JobContext, JobMetrics};
use super::coordinator::{self, Prepared};
use super::graph;
use super::handle::{JobHandle, JobShared};
use super::instances;
use super::options;
use super::values::ValuesSource;
use crate::operator::SinkConstraints;
use crate::python::Environment;
use crate::{EngineError, Result};

/// Starts a job and returns while it initializes. What can be known without reaching for a broker,
/// a database or a file is checked before: options, connectors, expressions.
///
/// # Errors
/// When the plan cannot be run. Later errors are those of [`JobHandle::wait`].
pub fn submit(
    plan: StreamPlan,
    environment: Arc<dyn Environment>,
    name: impl Into<String>,
    options: JobOptions,
) -> Result<JobHandle> {
    let parallelism = options::parallelism(&options)?;
    let evaluation = EvaluationContext::starting_now(&options, ExecutionMode::Streaming)?;
    let python = environment.python();
    for node in graph::nodes(&plan) {
        instances::instance(&node, &python, &evaluation)?;
    }
    let mut sources = Vec::new();
    for node in graph::sources(&plan) {
        sources.push(match &*node {
            StreamNode::TableSourceScan { source, .. } => environment.source(source)?,
            StreamNode::Values { rows, schema } => Arc::new(ValuesSource::new(&evaluation, rows, schema)?),
            other => {
                return Err(EngineError::Internal {
                    message: format!("{} has no input", describe(other)),
                });
            }
        });
    }
    let mut sinks = Vec::new();
    let mut constraints = Vec::new();
    for node in &plan.sinks {
        sinks.push(environment.sink(node)?);
        constraints.push(Arc::new(SinkConstraints::new(node, &options)?));
    }
    let context = Arc::new(JobContext {
        job_name: name.into(),
        options,
        evaluation,
        cancellation: environment.cancellation(),
        metrics: Arc::new(JobMetrics::default()),
    });
    let shared = Arc::new(JobShared::new(context));
    let prepared = Prepared {
        plan,
        parallelism,
        sources,
        sinks,
        constraints,
        python,
        shared: Arc::clone(&shared),
    };
    std::thread::Builder::new()
        .name("nutkin-job".to_owned())
        .spawn(move || coordinator::run(prepared))
        .map_err(|error| EngineError::Io {
            doing: "starting the thread of a job".to_owned(),
            message: error.to_string(),
        })?;
    Ok(JobHandle::new(shared))
}
