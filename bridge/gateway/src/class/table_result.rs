//! `TableResult`: what a statement gave.

use std::sync::Arc;
use std::time::Duration;

use nutkin_protocol::Value;

use super::job_client::JobClient;
use super::names::{RESOLVED_SCHEMA, TABLE_RESULT};
use super::resolved_schema::ResolvedSchema;
use crate::Result;
use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};
use crate::result::{Fetched, ResultKind, TableResult};

impl JavaObject for TableResult {
    fn class_name(&self) -> &'static str {
        TABLE_RESULT
    }
}

pub(super) fn class() -> JavaClass {
    let millis = Parameter::one("timeoutMillis", ParameterType::Long);
    JavaClass::new(
        TABLE_RESULT,
        "What a statement gave: rows, or a job that writes them.",
    )
    .method("getJobClient", &[], JOB_CLIENT_OR_NULL, |call| {
        Ok(match &result(call)?.job {
            Some(job) => Returned::object(JobClient(Arc::clone(job))),
            None => Returned::NULL,
        })
    })
    .method("getResolvedSchema", &[], RESOLVED_SCHEMA, |call| {
        Ok(Returned::object(ResolvedSchema(result(call)?.schema.clone())))
    })
    .method("getResultKind", &[], "String", |call| {
        Ok(match result(call)?.kind {
            ResultKind::Success => "SUCCESS".into(),
            ResultKind::SuccessWithContent => "SUCCESS_WITH_CONTENT".into(),
        })
    })
    .method("await", &[], "boolean", |call| await_end(call, None))
    .method("await", &[millis], "boolean", |call| {
        let timeout = duration(call, 0)?;
        await_end(call, Some(timeout))
    })
    .method(
        "fetch",
        &[Parameter::one("maximumRows", ParameterType::Int), millis],
        "Arrow|null",
        |call| {
            let rows = usize::try_from(call.long(0)?).unwrap_or(1);
            Ok(
                match result(call)?.fetch(rows, duration(call, 1)?, call.interrupt)? {
                    Fetched::Rows(rows) => Returned::Value(Value::Arrow(rows)),
                    Fetched::End => Returned::NULL,
                },
            )
        },
    )
    .method("printNext", &[millis], "String|null", |call| {
        let text = result(call)?.print_next(duration(call, 0)?, call.interrupt)?;
        Ok(text.map_or(Returned::NULL, Returned::from))
    })
    .method("close", &[], "void", |call| {
        result(call)?.close();
        Ok(Returned::NULL)
    })
    .refused("collect", "fetch(...) gives the rows in batches")
    .refused("print", "printNext(...) gives the text piece by piece")
}

const JOB_CLIENT_OR_NULL: &str = "JobClient|null";

/// Waits for the end of the job; whether it has ended. A result without a job has.
fn await_end(call: &Invocation<'_>, timeout: Option<Duration>) -> Result<Returned> {
    match &result(call)?.job {
        Some(job) => Ok(job.wait(timeout, call.interrupt)?.is_some().into()),
        None => Ok(true.into()),
    }
}

/// An argument that counts milliseconds; less than none is none.
pub(super) fn duration(call: &Invocation<'_>, position: usize) -> Result<Duration> {
    Ok(Duration::from_millis(
        u64::try_from(call.long(position)?).unwrap_or(0),
    ))
}

fn result(call: &Invocation<'_>) -> Result<Arc<TableResult>> {
    call.receiver()
}
