//! `EnvironmentSettings`: what a table environment is made with.

use std::sync::Arc;

use nutkin_plan::catalog::{DEFAULT_CATALOG, DEFAULT_DATABASE};
use nutkin_protocol::Value;

use super::environment_settings_builder::EnvironmentSettingsBuilder;
use super::names::{ENVIRONMENT_SETTINGS, ENVIRONMENT_SETTINGS_BUILDER};
use crate::Result;
use crate::configuration::{Configuration, RUNTIME_MODE};
use crate::model::{Invocation, JavaClass, JavaObject, Returned};

/// Settings.
#[derive(Debug, Clone)]
pub(super) struct EnvironmentSettings {
    pub(super) catalog: String,
    pub(super) database: String,
    pub(super) configuration: Configuration,
}

impl Default for EnvironmentSettings {
    fn default() -> Self {
        Self {
            catalog: DEFAULT_CATALOG.to_owned(),
            database: DEFAULT_DATABASE.to_owned(),
            configuration: Configuration::default(),
        }
    }
}

impl JavaObject for EnvironmentSettings {
    fn class_name(&self) -> &'static str {
        ENVIRONMENT_SETTINGS
    }
}

pub(super) fn class() -> JavaClass {
    JavaClass::new(ENVIRONMENT_SETTINGS, "What a table environment is made with.")
        .function("newInstance", &[], ENVIRONMENT_SETTINGS_BUILDER, |_| {
            Ok(Returned::object(EnvironmentSettingsBuilder::default()))
        })
        .function("inStreamingMode", &[], ENVIRONMENT_SETTINGS, |_| {
            Ok(Returned::object(EnvironmentSettings::default()))
        })
        .function("inBatchMode", &[], ENVIRONMENT_SETTINGS, |_| {
            let mut settings = EnvironmentSettings::default();
            settings.configuration.set(RUNTIME_MODE, "BATCH")?;
            Ok(Returned::object(settings))
        })
        .method("isStreamingMode", &[], "boolean", |call| {
            Ok((!settings(call)?.configuration.is_batch()).into())
        })
        .method("getBuiltInCatalogName", &[], "String", |call| {
            Ok(settings(call)?.catalog.clone().into())
        })
        .method("getBuiltInDatabaseName", &[], "String", |call| {
            Ok(settings(call)?.database.clone().into())
        })
        .method("getConfiguration", &[], "Map<String, String>", |call| {
            Ok(map(&settings(call)?.configuration))
        })
}

/// A configuration as a map.
pub(super) fn map(configuration: &Configuration) -> Returned {
    let text = |text: &String| Value::String(text.clone());
    let entries = configuration.values().iter();
    Returned::Value(Value::Map(
        entries.map(|(key, value)| (text(key), text(value))).collect(),
    ))
}

fn settings(call: &Invocation<'_>) -> Result<Arc<EnvironmentSettings>> {
    call.receiver()
}
