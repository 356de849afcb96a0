//! `CompiledPlan`: INSERT statements that were planned, to be kept and run later.

use std::sync::Arc;

use nutkin_plan::PlanError;

use super::names::{COMPILED_PLAN, TABLE_RESULT};
use super::table_environment::environment;
use crate::environment::{CompiledPlan, TableEnvironment, explain_details};
use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};
use crate::{GatewayError, Result};

/// A compiled plan with the environment that it belongs to.
pub(super) struct CompiledPlanObject {
    pub(super) environment: Arc<TableEnvironment>,
    pub(super) plan: CompiledPlan,
}

impl JavaObject for CompiledPlanObject {
    fn class_name(&self) -> &'static str {
        COMPILED_PLAN
    }
}

pub(super) fn class() -> JavaClass {
    let file = Parameter::one("file", ParameterType::String);
    let ignore = Parameter::one("ignoreIfExists", ParameterType::Boolean);
    JavaClass::new(
        COMPILED_PLAN,
        "INSERT statements that were planned, to be run later.",
    )
    .method("asJsonString", &[], "String", |call| {
        Ok(receiver(call)?.plan.to_json()?.into())
    })
    .method("toString", &[], "String", |call| {
        Ok(receiver(call)?.plan.to_json()?.into())
    })
    .method("getFlinkVersion", &[], "String", |call| {
        Ok(receiver(call)?.plan.flink_version.as_str().into())
    })
    .method("writeToFile", &[file], "void", |call| write(call, false))
    .method("writeToFile", &[file, ignore], "void", |call| {
        let ignore = call.boolean(1)?;
        write(call, ignore)
    })
    .method("execute", &[], TABLE_RESULT, |call| {
        let plan = receiver(call)?;
        Ok(Returned::object(
            plan.environment.execute_compiled(call.session, &plan.plan)?,
        ))
    })
    .method(
        "explain",
        &[Parameter::many("details", ParameterType::String)],
        "String",
        |call| {
            let plan = receiver(call)?;
            let details = explain_details(&call.strings(0)?)?;
            Ok(plan
                .environment
                .explain_compiled(call.session, &plan.plan, details)?
                .into())
        },
    )
    .refused("asSmileBytes", "asJsonString() gives the plan as JSON")
}

/// The methods of `TableEnvironment` that compile and run plans.
pub(super) fn methods(class: JavaClass) -> JavaClass {
    let statement = Parameter::one("statement", ParameterType::String);
    let json = Parameter::one("json", ParameterType::String);
    class
        .method("compilePlanSql", &[statement], COMPILED_PLAN, |call| {
            let environment = environment(call)?;
            let plan = environment.compile(&[call.string(0)?.to_owned()])?;
            Ok(Returned::object(CompiledPlanObject { environment, plan }))
        })
        .method("loadPlan", &[json], COMPILED_PLAN, |call| {
            Ok(Returned::object(CompiledPlanObject {
                environment: environment(call)?,
                plan: CompiledPlan::from_json(call.string(0)?)?,
            }))
        })
        .method("executePlan", &[json], TABLE_RESULT, |call| {
            let plan = CompiledPlan::from_json(call.string(0)?)?;
            Ok(Returned::object(
                environment(call)?.execute_compiled(call.session, &plan)?,
            ))
        })
}

fn receiver(call: &Invocation<'_>) -> Result<Arc<CompiledPlanObject>> {
    call.receiver()
}

/// Writes the JSON to a file that must be new, unless an old one is to be left as it is.
fn write(call: &Invocation<'_>, ignore_if_exists: bool) -> Result<Returned> {
    let path = call.string(0)?;
    if std::path::Path::new(path).exists() {
        if ignore_if_exists {
            return Ok(Returned::NULL);
        }
        let message = format!("Cannot overwrite the plan file '{path}'.");
        let hint = "Set 'ignore_if_exists', or remove the file.";
        return Err(PlanError::validation_with_hint(message, hint).into());
    }
    let json = receiver(call)?.plan.to_json()?;
    std::fs::write(path, json).map_err(|error| GatewayError::IllegalState {
        message: format!("Cannot write the plan to '{path}': {error}."),
        hint: None,
    })?;
    Ok(Returned::NULL)
}
