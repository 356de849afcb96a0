//! `StreamExecutionEnvironment`, as far as table programs touch it.

use std::sync::Arc;

use nutkin_protocol::Value;

use super::names::STREAM_EXECUTION_ENVIRONMENT;
use crate::environment::StreamSettings;
use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};
use crate::{GatewayError, Result};

const NO_DATA_STREAM: &str = "write the program with the Table API or SQL";

/// The environment of a program.
pub(super) struct StreamExecutionEnvironment {
    pub(super) settings: Arc<StreamSettings>,
}

impl JavaObject for StreamExecutionEnvironment {
    fn class_name(&self) -> &'static str {
        STREAM_EXECUTION_ENVIRONMENT
    }
}

pub(super) fn class() -> JavaClass {
    let class = JavaClass::new(
        STREAM_EXECUTION_ENVIRONMENT,
        "Where a stream program runs, and with what parallelism.",
    )
    .function(
        "getExecutionEnvironment",
        &[],
        STREAM_EXECUTION_ENVIRONMENT,
        |_| {
            Ok(Returned::object(StreamExecutionEnvironment {
                settings: Arc::default(),
            }))
        },
    )
    .method("getParallelism", &[], "int", |call| {
        let environment: Arc<StreamExecutionEnvironment> = call.receiver()?;
        let parallelism = environment.settings.parallelism().unwrap_or_else(number_of_cores);
        Ok(Returned::Value(Value::Int(
            i32::try_from(parallelism).unwrap_or(i32::MAX),
        )))
    })
    .method(
        "setParallelism",
        &[Parameter::one("parallelism", ParameterType::Int)],
        STREAM_EXECUTION_ENVIRONMENT,
        set_parallelism,
    )
    .method(
        "setMaxParallelism",
        &[Parameter::one("maximum", ParameterType::Int)],
        STREAM_EXECUTION_ENVIRONMENT,
        |call| {
            // How keys are grouped, which no result depends on.
            call.receiver::<StreamExecutionEnvironment>().map(Returned::from)
        },
    );
    [
        "execute",
        "executeAsync",
        "addSource",
        "fromSource",
        "fromCollection",
        "fromElements",
        "fromSequence",
        "readTextFile",
        "enableCheckpointing",
        "setStateBackend",
        "setRestartStrategy",
    ]
    .into_iter()
    .fold(class, |class, name| class.refused(name, NO_DATA_STREAM))
}

fn set_parallelism(call: &mut Invocation<'_>) -> Result<Returned> {
    let environment: Arc<StreamExecutionEnvironment> = call.receiver()?;
    let given = call.long(0)?;
    let parallelism = usize::try_from(given).ok().filter(|parallelism| *parallelism > 0);
    environment
        .settings
        .set_parallelism(parallelism.ok_or_else(|| GatewayError::IllegalArgument {
            message: format!("The parallelism must be at least one, but is {given}."),
            hint: None,
        })?);
    Ok(environment.into())
}

/// What the engine takes when nobody says anything.
fn number_of_cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
