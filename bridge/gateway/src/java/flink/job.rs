//! `JobClient` as Java has it: ids as objects, and answers that come later.

use std::sync::Arc;

use super::super::call::Call;
use super::super::class::Class;
use super::super::collection::map::JavaMap;
use super::super::failure::{Failure, Outcome};
use super::super::forward::{Forwarded, call as native};
use super::super::value::{JavaValue, string_hash};
use super::enumeration::{JOB_STATUS, constant};
use crate::model::JavaObject;

/// `JobID`.
struct JobId(String);

/// `JobExecutionResult`.
struct JobExecutionResult {
    id: String,
    net_runtime_millis: i64,
}

/// A `CompletableFuture` that asks when it is asked: the value is not there before.
struct Future {
    client: Arc<dyn JavaObject>,
    method: &'static str,
}

const CLIENT: &str = "org.apache.flink.core.execution.JobClient";
const ID: &str = "org.apache.flink.api.common.JobID";
const RESULT: &str = "org.apache.flink.api.common.JobExecutionResult";
const FUTURE: &str = "java.util.concurrent.CompletableFuture";

impl JavaObject for JobId {
    fn class_name(&self) -> &'static str {
        ID
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        any.downcast_ref::<Self>().is_some_and(|other| other.0 == self.0)
    }

    fn java_hash(&self) -> i32 {
        string_hash(&self.0)
    }

    fn java_string(&self) -> String {
        self.0.clone()
    }
}

impl JavaObject for JobExecutionResult {
    fn class_name(&self) -> &'static str {
        RESULT
    }

    fn java_string(&self) -> String {
        format!(
            "Program execution finished\nJob with JobID {} has finished.\nJob Runtime: {} ms\n",
            self.id, self.net_runtime_millis
        )
    }
}

impl JavaObject for Future {
    fn class_name(&self) -> &'static str {
        FUTURE
    }
}

/// Asks the native client.
fn ask(call: &Call<'_>, client: &Arc<dyn JavaObject>, method: &str) -> Outcome {
    match native(
        call.machine,
        call.thread,
        CLIENT,
        Some(Arc::clone(client)),
        method,
        Vec::new(),
    )? {
        Forwarded::Answer(value) => Ok(value),
        Forwarded::NoMethod(_) => Err(Failure::no_method("", method, &[])),
    }
}

fn receiver(call: &Call<'_>) -> Outcome<Arc<dyn JavaObject>> {
    match &call.this {
        JavaValue::Object(object) => Ok(Arc::clone(object)),
        _ => Err(Failure::bare("java.lang.NullPointerException")),
    }
}

fn future(call: &Call<'_>, method: &'static str) -> Outcome {
    Ok(JavaValue::object(Future {
        client: receiver(call)?,
        method,
    }))
}

/// The value of a future, in Java's form.
fn value(call: &Call<'_>) -> Outcome {
    let future = call.this::<Future>()?;
    let answer = ask(call, &future.client, future.method)?;
    Ok(match future.method {
        "getJobStatus" => constant(JOB_STATUS, &answer.to_text()).unwrap_or(answer),
        "getJobExecutionResult" => {
            let map = answer.peek::<JavaMap>();
            let read = |key: &str| map.and_then(|map| map.lock().get(&JavaValue::from(key)).cloned());
            JavaValue::object(JobExecutionResult {
                id: read("job_id").map(|id| id.to_text()).unwrap_or_default(),
                net_runtime_millis: match read("net_runtime_millis") {
                    Some(JavaValue::Long(millis)) => millis,
                    _ => 0,
                },
            })
        }
        _ => answer,
    })
}

/// Whether the value is there: only the end of a job is waited for.
fn is_done(call: &Call<'_>) -> Outcome<bool> {
    let future = call.this::<Future>()?;
    if future.method != "getJobExecutionResult" {
        return Ok(true);
    }
    let status = ask(call, &future.client, "getJobStatus")?.to_text();
    Ok(["FINISHED", "FAILED", "CANCELED"].contains(&status.as_str()))
}

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new(CLIENT)
            .method("Object getJobID()", |call| {
                let id = ask(call, &receiver(call)?, "getJobID")?;
                Ok(JavaValue::object(JobId(id.to_text())))
            })
            .method("Object getJobStatus()", |call| future(call, "getJobStatus"))
            .method("Object getJobExecutionResult()", |call| {
                future(call, "getJobExecutionResult")
            })
            .method("Object cancel()", |call| {
                ask(call, &receiver(call)?, "cancel")?;
                future(call, "getJobStatus")
            }),
        Class::new(ID).method("String toHexString()", |call| Ok(call.this.to_text().into())),
        Class::new(RESULT)
            .method("Object getJobID()", |call| {
                Ok(JavaValue::object(JobId(
                    call.this::<JobExecutionResult>()?.id.clone(),
                )))
            })
            .method("long getNetRuntime()", |call| {
                Ok(call.this::<JobExecutionResult>()?.net_runtime_millis.into())
            })
            .method("Map getAllAccumulatorResults()", |_| {
                Ok(JavaValue::object(JavaMap::empty()))
            }),
        Class::new(FUTURE)
            .method("Object get()", |call| value(call))
            .method("Object join()", |call| value(call))
            .method("Object get(long, Object)", |call| value(call))
            .method("boolean isDone()", |call| Ok(is_done(call)?.into()))
            .method("boolean isCancelled()", |_| Ok(false.into()))
            .method("boolean isCompletedExceptionally()", |_| Ok(false.into()))
            .method("Object getNow(Object)", |call| {
                if is_done(call)? {
                    value(call)
                } else {
                    Ok(call.value(0)?.clone())
                }
            })
            .method("boolean cancel(boolean)", |_| Ok(false.into())),
    ]
}
