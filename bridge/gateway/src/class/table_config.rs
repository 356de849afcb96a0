//! `TableConfig`: the configuration of a table environment, in force from the next statement on.

use std::sync::Arc;

use super::environment_settings::map;
use super::names::TABLE_CONFIG;
use crate::Result;
use crate::configuration::TIME_ZONE;
use crate::environment::TableEnvironment;
use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};

/// The configuration of this environment.
pub(crate) struct TableConfig(pub(crate) Arc<TableEnvironment>);

impl JavaObject for TableConfig {
    fn class_name(&self) -> &'static str {
        TABLE_CONFIG
    }
}

pub(super) fn class() -> JavaClass {
    let key = Parameter::one("key", ParameterType::String);
    let value = Parameter::one("value", ParameterType::String);
    JavaClass::new(TABLE_CONFIG, "The configuration of a table environment.")
        .method("get", &[key], "String|null", |call| {
            let found = get(call, call.string(0)?)?;
            Ok(found.map_or(Returned::NULL, Returned::from))
        })
        .method(
            "get",
            &[key, Parameter::one("defaultValue", ParameterType::String)],
            "String",
            |call| match get(call, call.string(0)?)? {
                Some(value) => Ok(value.into()),
                None => Ok(call.string(1)?.into()),
            },
        )
        .method("set", &[key, value], TABLE_CONFIG, |call| {
            set(call, &[(call.string(0)?.to_owned(), call.string(1)?.to_owned())])
        })
        .method("remove", &[key], "boolean", |call| {
            let key = call.string(0)?;
            let config: Arc<TableConfig> = call.receiver()?;
            Ok(config
                .0
                .with_configuration(|configuration| configuration.remove(key))
                .into())
        })
        .method(
            "addConfiguration",
            &[Parameter::one("configuration", ParameterType::Map)],
            TABLE_CONFIG,
            |call| set(call, &call.string_map(0)?),
        )
        .method("toMap", &[], "Map<String, String>", |call| {
            let config: Arc<TableConfig> = call.receiver()?;
            Ok(config.0.with_configuration(|configuration| map(configuration)))
        })
        .method("getLocalTimeZone", &[], "String|null", |call| {
            Ok(get(call, TIME_ZONE)?.map_or(Returned::NULL, Returned::from))
        })
        .method(
            "setLocalTimeZone",
            &[Parameter::one("zone", ParameterType::String)],
            TABLE_CONFIG,
            |call| set(call, &[(TIME_ZONE.to_owned(), call.string(0)?.to_owned())]),
        )
}

fn get(call: &Invocation<'_>, key: &str) -> Result<Option<String>> {
    let config: Arc<TableConfig> = call.receiver()?;
    Ok(config
        .0
        .with_configuration(|configuration| configuration.get(key).map(str::to_owned)))
}

/// Sets keys and returns the configuration itself.
fn set(call: &Invocation<'_>, entries: &[(String, String)]) -> Result<Returned> {
    let config: Arc<TableConfig> = call.receiver()?;
    config.0.with_configuration(|configuration| {
        entries
            .iter()
            .try_for_each(|(key, value)| configuration.set(key, value))
    })?;
    Ok(config.into())
}
