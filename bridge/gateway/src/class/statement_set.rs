//! `StatementSet`: inserts that run as one job.

use std::sync::{Arc, Mutex, PoisonError};

use nutkin_plan::PlanError;
use nutkin_plan::stream::SinkRequest;

use super::compiled_plan::CompiledPlanObject;
use super::names::{COMPILED_PLAN, STATEMENT_SET, TABLE, TABLE_PIPELINE, TABLE_RESULT};
use super::table::{Table, refuse_overwrite};
use super::table_pipeline::{ONLY_SQL, TablePipeline};
use crate::environment::{TableEnvironment, explain_details};
use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};
use crate::{GatewayError, Result};

/// Inserts that are being collected.
pub(super) struct StatementSet {
    environment: Arc<TableEnvironment>,
    inserts: Mutex<Vec<Insert>>,
}

/// An insert, and its text if it was given as SQL.
struct Insert {
    sink: SinkRequest,
    text: Option<String>,
}

impl StatementSet {
    pub(super) fn new(environment: Arc<TableEnvironment>) -> Self {
        Self {
            environment,
            inserts: Mutex::default(),
        }
    }

    fn with_inserts<T>(&self, work: impl FnOnce(&mut Vec<Insert>) -> T) -> T {
        work(&mut self.inserts.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn push(&self, sink: SinkRequest, text: Option<String>) {
        self.with_inserts(|inserts| inserts.push(Insert { sink, text }));
    }

    fn sinks(&self) -> Vec<SinkRequest> {
        self.with_inserts(|inserts| inserts.iter().map(|insert| insert.sink.clone()).collect())
    }

    /// The statements, if all inserts were given as SQL.
    fn statements(&self) -> Option<Vec<String>> {
        self.with_inserts(|inserts| inserts.iter().map(|insert| insert.text.clone()).collect())
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
            let text = call.string(0)?;
            let sink = set.environment.insert_sql(text)?;
            set.push(sink, Some(text.to_owned()));
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
            let sinks = set.sinks();
            Ok(set.environment.explain_inserts(&sinks, details)?.into())
        },
    )
    .method("execute", &[], TABLE_RESULT, |call| {
        let set: Arc<StatementSet> = call.receiver()?;
        let sinks = set.sinks();
        set.with_inserts(Vec::clear);
        if sinks.is_empty() {
            return Err(GatewayError::IllegalState {
                message: "No operators defined in streaming topology. Cannot execute.".to_owned(),
                hint: Some("add an INSERT by addInsertSql(...) or addInsert(...)".to_owned()),
            });
        }
        Ok(Returned::object(
            set.environment.execute_inserts(call.session, &sinks)?,
        ))
    })
    .method(
        "add",
        &[Parameter::one(
            "tablePipeline",
            ParameterType::Object(TABLE_PIPELINE),
        )],
        STATEMENT_SET,
        |call| {
            let set: Arc<StatementSet> = call.receiver()?;
            let pipeline: Arc<TablePipeline> = call.object(0)?;
            if !Arc::ptr_eq(&set.environment, &pipeline.environment) {
                let message = "Only pipelines that belong to this TableEnvironment can be used.";
                return Err(PlanError::validation(message).into());
            }
            set.environment.unbuffer(&pipeline.sink);
            set.push(pipeline.sink.clone(), None);
            Ok(set.into())
        },
    )
    .method("compilePlan", &[], COMPILED_PLAN, |call| {
        let set: Arc<StatementSet> = call.receiver()?;
        let statements = set
            .statements()
            .ok_or_else(|| PlanError::unsupported("Compiling an insert of a Table object", ONLY_SQL))?;
        let environment = Arc::clone(&set.environment);
        let plan = environment.compile(&statements)?;
        Ok(Returned::object(CompiledPlanObject { environment, plan }))
    })
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
    set.push(sink, None);
    Ok(set.into())
}
