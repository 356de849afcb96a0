//! `StatementSet`: inserts that run as one job.

use std::sync::{Arc, Mutex, PoisonError};

use nutkin_plan::PlanError;
use nutkin_plan::stream::SinkRequest;

use super::names::{STATEMENT_SET, TABLE, TABLE_RESULT};
use super::table::{Table, refuse_overwrite};
use crate::environment::{TableEnvironment, explain_details};
use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};
use crate::{GatewayError, Result};

/// Inserts that are being collected.
pub(super) struct StatementSet {
    environment: Arc<TableEnvironment>,
    sinks: Mutex<Vec<SinkRequest>>,
}

impl StatementSet {
    pub(super) fn new(environment: Arc<TableEnvironment>) -> Self {
        Self {
            environment,
            sinks: Mutex::default(),
        }
    }

    fn with_sinks<T>(&self, work: impl FnOnce(&mut Vec<SinkRequest>) -> T) -> T {
        work(&mut self.sinks.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl JavaObject for StatementSet {
    fn class_name(&self) -> &'static str {
        STATEMENT_SET
    }
}

pub(super) fn class() -> JavaClass {
    let path = Parameter::one("path", ParameterType::String);
    let table = Parameter::one("table", ParameterType::Object(TABLE));
    let overwrite = Parameter::one("overwrite", ParameterType::Boolean);
    JavaClass::new(
        STATEMENT_SET,
        "Inserts that run as one job; what they share is computed once.",
    )
    .method(
        "addInsertSql",
        &[Parameter::one("statement", ParameterType::String)],
        STATEMENT_SET,
        |call| {
            let set: Arc<StatementSet> = call.receiver()?;
            let sink = set.environment.insert_sql(call.string(0)?)?;
            set.with_sinks(|sinks| sinks.push(sink));
            Ok(set.into())
        },
    )
    .method("addInsert", &[path, table], STATEMENT_SET, add_insert)
    .method("addInsert", &[path, table, overwrite], STATEMENT_SET, |call| {
        refuse_overwrite(call.boolean(2)?)?;
        add_insert(call)
    })
    .method(
        "explain",
        &[Parameter::many("details", ParameterType::String)],
        "String",
        |call| {
            let set: Arc<StatementSet> = call.receiver()?;
            let details = explain_details(&call.strings(0)?)?;
            let sinks = set.with_sinks(|sinks| sinks.clone());
            Ok(set.environment.explain_inserts(&sinks, details)?.into())
        },
    )
    .method("execute", &[], TABLE_RESULT, |call| {
        let set: Arc<StatementSet> = call.receiver()?;
        let sinks = set.with_sinks(std::mem::take);
        if sinks.is_empty() {
            return Err(GatewayError::IllegalState {
                message: "The statement set is empty.".to_owned(),
                hint: Some("add an INSERT by addInsertSql(...) or addInsert(...)".to_owned()),
            });
        }
        Ok(Returned::object(
            set.environment.execute_inserts(call.session, &sinks)?,
        ))
    })
    .refused("add", "use addInsert(...) with the table and the path")
    .refused("compilePlan", "call execute()")
    .refused("attachAsDataStream", "call execute()")
}

fn add_insert(call: &mut Invocation<'_>) -> Result<Returned> {
    let set: Arc<StatementSet> = call.receiver()?;
    let table: Arc<Table> = call.object(1)?;
    if !Arc::ptr_eq(&set.environment, &table.environment) {
        let message = "Only tables that belong to this TableEnvironment can be used.";
        return Err(PlanError::validation(message).into());
    }
    let sink = set.environment.insert(call.string(0)?, &table.operation)?;
    set.with_sinks(|sinks| sinks.push(sink));
    Ok(set.into())
}
