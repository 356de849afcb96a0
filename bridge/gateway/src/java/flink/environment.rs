//! `TableEnvironment` as Java has it: its planner, and calls that take descriptors and configurations.

use std::sync::Arc;

use super::super::call::Call;
use super::super::class::Class;
use super::super::collection::array_list;
use super::super::failure::Outcome;
use super::super::value::JavaValue;
use super::arrow::ArrowSource;
use super::configuration::Configuration;
use crate::class::{Table, TableEnvironmentObject};
use crate::environment::TableEnvironment;
use crate::model::JavaObject;

/// The planner of an environment, which clients only go through.
struct Planner(Arc<TableEnvironment>);

/// The environment that jobs run in.
pub(crate) struct ExecutionEnvironment(pub(crate) Arc<TableEnvironment>);

impl JavaObject for Planner {
    fn class_name(&self) -> &'static str {
        "org.apache.flink.table.planner.delegation.PlannerBase"
    }
}

impl JavaObject for ExecutionEnvironment {
    fn class_name(&self) -> &'static str {
        "org.apache.flink.table.planner.delegation.ExecutionEnvironment"
    }
}

/// The environment of a call's receiver.
pub(super) fn environment(call: &Call<'_>) -> Outcome<Arc<TableEnvironment>> {
    Ok(Arc::clone(&call.this::<TableEnvironmentObject>()?.environment))
}

pub(super) fn classes() -> Vec<Class> {
    vec![
        table_environment("org.apache.flink.table.api.TableEnvironment"),
        Class::new("org.apache.flink.table.planner.delegation.PlannerBase").method(
            "Object getExecEnv()",
            |call| {
                let planner = call.this::<Planner>()?;
                Ok(JavaValue::object(ExecutionEnvironment(Arc::clone(&planner.0))))
            },
        ),
        Class::new("org.apache.flink.table.planner.delegation.ExecutionEnvironment").method(
            "Object getConfiguration()",
            |call| {
                let execution = call.this::<ExecutionEnvironment>()?;
                Ok(JavaValue::object(Configuration::of_execution(Arc::clone(
                    &execution.0,
                ))))
            },
        ),
        Class::new("org.apache.flink.table.executor.python.ChainingOptimizingExecutor")
            .constructor("(Object)", |call| Ok(call.value(0)?.clone())),
        Class::new("org.apache.flink.table.api.EnvironmentSettings$Builder").method(
            "Object withConfiguration(Configuration)",
            |call| {
                let values = call.object::<Configuration>(0)?.values();
                let entries = super::super::collection::map::JavaMap::of_texts(values)?;
                let builder = call.this.clone();
                call.machine
                    .call(call.thread, &builder, "withConfiguration", vec![entries])
            },
        ),
        Class::new("org.apache.flink.table.api.EnvironmentSettings").method(
            "Configuration getConfiguration()",
            |call| {
                let map = native(call, "getConfiguration")?;
                let arguments = vec![map];
                call.machine.call_static(
                    call.thread,
                    "org.apache.flink.configuration.Configuration",
                    "fromMap",
                    arguments,
                )
            },
        ),
    ]
}

/// What the native class answers to a method without arguments that is declared here too.
fn native(call: &Call<'_>, method: &str) -> Outcome {
    let JavaValue::Object(object) = &call.this else {
        return Ok(JavaValue::Null);
    };
    let receiver = Some(Arc::clone(object));
    let class = object.class_name();
    let answer = super::super::forward::call(call.machine, call.thread, class, receiver, method, Vec::new())?;
    Ok(match answer {
        super::super::forward::Forwarded::Answer(value) => value,
        super::super::forward::Forwarded::NoMethod(_) => JavaValue::Null,
    })
}

fn table_environment(name: &'static str) -> Class {
    Class::new(name)
        .method("Object getPlanner()", |call| Ok(JavaValue::object(Planner(environment(call)?))))
        .method("Object from(org.apache.flink.table.runtime.arrow.ArrowSource)", |call| {
            let environment = environment(call)?;
            let operation = call.object::<ArrowSource>(0)?.operation(&environment)?;
            Ok(JavaValue::object(Table::new(environment, operation)))
        })
        // An environment finds its classes without a loader.
        .method("Object createStatementSet()", |call| native(call, "createStatementSet"))
        .method(
            "String explainSql(String, org.apache.flink.table.api.ExplainFormat, org.apache.flink.table.api.ExplainDetail[])",
            |call| without_format(call, "explainSql", 1),
        )
}

/// A call without its argument for the format, which is TEXT.
pub(super) fn without_format(call: &Call<'_>, method: &str, position: usize) -> Outcome {
    let mut arguments = call.arguments.clone();
    let format = arguments.remove(position).to_text();
    if format != "TEXT" {
        return Err(super::super::failure::Failure::unsupported(
            &format!("ExplainFormat.{format}"),
            "use ExplainFormat.TEXT",
        ));
    }
    let target = call.this.clone();
    call.machine.call(call.thread, &target, method, arguments)
}

/// Makes a list of texts.
pub(super) fn texts(values: impl IntoIterator<Item = String>) -> JavaValue {
    array_list(values.into_iter().map(JavaValue::from).collect())
}

/// The zone that instants are shown in.
pub(super) fn time_zone(environment: &TableEnvironment) -> String {
    let set =
        environment.with_configuration(|all| all.get(crate::configuration::TIME_ZONE).map(str::to_owned));
    set.filter(|zone| zone != "default")
        .unwrap_or_else(|| "UTC".to_owned())
}
