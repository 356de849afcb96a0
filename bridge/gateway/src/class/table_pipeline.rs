//! `TablePipeline`: a query with the table that its rows go to, before it runs.

use std::sync::Arc;

use nutkin_plan::stream::SinkRequest;

use super::names::{TABLE_PIPELINE, TABLE_RESULT};
use crate::Result;
use crate::environment::{TableEnvironment, explain_details};
use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};

/// A pipeline with the environment that it belongs to.
pub(super) struct TablePipeline {
    pub(super) environment: Arc<TableEnvironment>,
    pub(super) sink: SinkRequest,
}

impl JavaObject for TablePipeline {
    fn class_name(&self) -> &'static str {
        TABLE_PIPELINE
    }
}

/// Why nothing but SQL is compiled.
pub(super) const ONLY_SQL: &str = "compile the INSERT as SQL text: compilePlanSql(...), or addInsertSql(...)";

pub(super) fn class() -> JavaClass {
    JavaClass::new(TABLE_PIPELINE, "A query with the table that its rows go to.")
        .method("execute", &[], TABLE_RESULT, |call| {
            let pipeline = receiver(call)?;
            let sinks = std::slice::from_ref(&pipeline.sink);
            pipeline.environment.unbuffer(&pipeline.sink);
            Ok(Returned::object(
                pipeline.environment.execute_inserts(call.session, sinks)?,
            ))
        })
        .method(
            "explain",
            &[Parameter::many("details", ParameterType::String)],
            "String",
            |call| {
                let pipeline = receiver(call)?;
                let details = explain_details(&call.strings(0)?)?;
                let sinks = std::slice::from_ref(&pipeline.sink);
                Ok(pipeline.environment.explain_inserts(sinks, details)?.into())
            },
        )
        .method("getSinkIdentifier", &[], "List<String>", |call| {
            let identifier = &receiver(call)?.sink.table.identifier;
            let parts = [&identifier.catalog, &identifier.database, &identifier.object];
            Ok(Returned::strings(parts.map(String::as_str)))
        })
        .method("toString", &[], "String", |call| {
            let pipeline = receiver(call)?;
            Ok(format!("TablePipeline{{sink={}}}", pipeline.sink.table.identifier).into())
        })
        .refused("compilePlan", ONLY_SQL)
}

fn receiver(call: &Invocation<'_>) -> Result<Arc<TablePipeline>> {
    call.receiver()
}
