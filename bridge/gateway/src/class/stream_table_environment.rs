//! `StreamTableEnvironment`: a table environment beside a stream environment.

use std::sync::Arc;

use super::names::{
    ENVIRONMENT_SETTINGS, STREAM_EXECUTION_ENVIRONMENT, STREAM_TABLE_ENVIRONMENT, TABLE_ENVIRONMENT,
};
use super::stream_execution_environment::StreamExecutionEnvironment;
use super::table_environment::create;
use crate::model::{JavaClass, Parameter, ParameterType};

const NO_DATA_STREAM: &str = "write the program with the Table API or SQL, and its result into a table";

pub(super) fn class() -> JavaClass {
    let settings = Parameter::one("settings", ParameterType::Object(ENVIRONMENT_SETTINGS));
    let environment = Parameter::one("environment", ParameterType::Object(STREAM_EXECUTION_ENVIRONMENT));
    let class = JavaClass::new(
        STREAM_TABLE_ENVIRONMENT,
        "A table environment that runs with the parallelism of a stream environment.",
    )
    .extends(TABLE_ENVIRONMENT)
    .function("create", &[settings], STREAM_TABLE_ENVIRONMENT, |call| {
        let settings = call.object(0)?;
        create(call, STREAM_TABLE_ENVIRONMENT, &settings, None)
    })
    .function("create", &[environment], STREAM_TABLE_ENVIRONMENT, |call| {
        let environment: Arc<StreamExecutionEnvironment> = call.object(0)?;
        let stream = Some(Arc::clone(&environment.settings));
        create(call, STREAM_TABLE_ENVIRONMENT, &Arc::default(), stream)
    })
    .function(
        "create",
        &[environment, settings],
        STREAM_TABLE_ENVIRONMENT,
        |call| {
            let environment: Arc<StreamExecutionEnvironment> = call.object(0)?;
            let settings = call.object(1)?;
            let stream = Some(Arc::clone(&environment.settings));
            create(call, STREAM_TABLE_ENVIRONMENT, &settings, stream)
        },
    );
    [
        "fromDataStream",
        "toDataStream",
        "fromChangelogStream",
        "toChangelogStream",
        "toAppendStream",
        "toRetractStream",
    ]
    .into_iter()
    .fold(class, |class, name| class.refused(name, NO_DATA_STREAM))
}
