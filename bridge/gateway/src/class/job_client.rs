//! `JobClient`: a handle on a job.

use std::sync::Arc;
use std::time::Duration;

use nutkin_protocol::Value;

use super::names::JOB_CLIENT;
use super::table_result::duration;
use crate::Result;
use crate::job::Job;
use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};

const NO_SAVEPOINT: &str = "cancel() ends the job; jobs are not checkpointed yet";

/// A job under its Java class.
pub(super) struct JobClient(pub(super) Arc<Job>);

impl JavaObject for JobClient {
    fn class_name(&self) -> &'static str {
        JOB_CLIENT
    }
}

pub(super) fn class() -> JavaClass {
    let millis = Parameter::one("timeoutMillis", ParameterType::Long);
    JavaClass::new(
        JOB_CLIENT,
        "A handle on a job. Letting go of it does not end the job.",
    )
    .method("getJobID", &[], "String", |call| Ok(job(call)?.id().into()))
    .method("getJobName", &[], "String", |call| Ok(job(call)?.name().into()))
    .method("getJobStatus", &[], "String", |call| {
        Ok(job(call)?.status().name().into())
    })
    .method("cancel", &[], "void", |call| {
        job(call)?.cancel();
        Ok(Returned::NULL)
    })
    .method("awaitTermination", &[millis], "boolean", |call| {
        let timeout = duration(call, 0)?;
        Ok(job(call)?.wait(Some(timeout), call.interrupt)?.is_some().into())
    })
    .method("getJobExecutionResult", &[], "Map<String, ?>", |call| {
        let job = job(call)?;
        // Without a timeout a wait only ends with the job.
        let runtime = job
            .wait(None, call.interrupt)?
            .map_or(Duration::ZERO, |result| result.net_runtime);
        Ok(Returned::Value(Value::Map(vec![
            entry("job_id", Value::String(job.id())),
            entry("net_runtime_millis", long(runtime.as_millis())),
        ])))
    })
    .method("getMetrics", &[], "Map<String, ?>", |call| {
        Ok(metrics(job(call)?.as_ref()))
    })
    .refused("stopWithSavepoint", NO_SAVEPOINT)
    .refused("triggerSavepoint", NO_SAVEPOINT)
    .refused("getAccumulators", "getMetrics() has the figures of the job")
}

/// The job's figures: `rows_in`, `rows_out`, `parse_errors`, `lag` (null while unknown),
/// `first_row_micros` (null while there was none) and `elapsed_micros`.
fn metrics(job: &Job) -> Returned {
    let snapshot = job.metrics();
    let optional = |number: Option<u128>| number.map_or(Value::Null, long);
    Returned::Value(Value::Map(vec![
        entry("rows_in", long(snapshot.rows_in.into())),
        entry("rows_out", long(snapshot.rows_out.into())),
        entry("parse_errors", long(snapshot.parse_errors.into())),
        entry("lag", optional(snapshot.lag.map(u128::from))),
        entry(
            "first_row_micros",
            optional(snapshot.first_row.map(|time| time.as_micros())),
        ),
        entry("elapsed_micros", long(snapshot.elapsed.as_micros())),
    ]))
}

fn entry(name: &str, value: Value) -> (Value, Value) {
    (Value::String(name.to_owned()), value)
}

fn long(number: u128) -> Value {
    Value::Long(i64::try_from(number).unwrap_or(i64::MAX))
}

fn job(call: &Invocation<'_>) -> Result<Arc<Job>> {
    let client: Arc<JobClient> = call.receiver()?;
    Ok(Arc::clone(&client.0))
}
