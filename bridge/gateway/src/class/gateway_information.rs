//! `nutkin.Gateway`: the gateway about itself, and about the jobs in it.

use nutkin_connectors::registry::{SupportLine, connector_support, format_support};
use nutkin_protocol::{PROTOCOL_VERSION, Value};

use super::job_client::JobClient;
use super::names::{GATEWAY, JOB_CLIENT};
use crate::model::{Invocation, JavaClass, Parameter, ParameterType, Returned};
use crate::{GatewayError, Result};

pub(super) fn class() -> JavaClass {
    JavaClass::new(
        GATEWAY,
        "What a gateway is and can, and the jobs that run in it, detached ones among them.",
    )
    .function("getVersion", &[], "String", |_| {
        Ok(env!("CARGO_PKG_VERSION").into())
    })
    .function("getProtocolVersion", &[], "int", |_| {
        Ok(Returned::Value(Value::Int(i32::from(PROTOCOL_VERSION))))
    })
    .function("getConnectors", &[], "List<Map<String, ?>>", |_| {
        Ok(lines(&connector_support()))
    })
    .function("getFormats", &[], "List<Map<String, ?>>", |_| {
        Ok(lines(&format_support()))
    })
    .function("getSessionCount", &[], "long", |call| {
        Ok(count(call.session.shared().sessions.count().0))
    })
    .function("getObjectCount", &[], "long", |call| {
        Ok(count(call.session.shared().sessions.count().1))
    })
    .function("listJobs", &[], "List<Map<String, String>>", |call| {
        let jobs = call.session.shared().jobs.running();
        let lines = jobs.iter().map(|job| {
            Value::Map(vec![
                entry("id", text(&job.id())),
                entry("name", text(job.name())),
                entry("status", text(job.status().name())),
            ])
        });
        Ok(Returned::Value(Value::List(lines.collect())))
    })
    .function(
        "getJobClient",
        &[Parameter::one("jobId", ParameterType::String)],
        JOB_CLIENT,
        job_client,
    )
}

fn job_client(call: &mut Invocation<'_>) -> Result<Returned> {
    let id = call.string(0)?;
    match call.session.shared().jobs.find(id) {
        Some(job) => Ok(Returned::object(JobClient(job))),
        None => Err(GatewayError::IllegalArgument {
            message: format!("There is no job {id} in this gateway."),
            hint: Some("listJobs() names those that run".to_owned()),
        }),
    }
}

fn count(number: usize) -> Returned {
    Returned::Value(Value::Long(i64::try_from(number).unwrap_or(i64::MAX)))
}

fn lines(support: &[SupportLine]) -> Returned {
    let lines = support.iter().map(|line| {
        Value::Map(vec![
            entry("name", text(line.name)),
            entry("source", Value::Boolean(line.source)),
            entry("sink", Value::Boolean(line.sink)),
            entry("library", text(&line.library)),
        ])
    });
    Returned::Value(Value::List(lines.collect()))
}

fn entry(name: &str, value: Value) -> (Value, Value) {
    (text(name), value)
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}
