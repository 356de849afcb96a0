//! `EnvironmentSettings.Builder`.

use std::sync::{Arc, Mutex, PoisonError};

use super::environment_settings::EnvironmentSettings;
use super::names::{ENVIRONMENT_SETTINGS, ENVIRONMENT_SETTINGS_BUILDER};
use crate::Result;
use crate::configuration::RUNTIME_MODE;
use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};

/// Settings that are being put together.
#[derive(Debug, Default)]
pub(super) struct EnvironmentSettingsBuilder {
    settings: Mutex<EnvironmentSettings>,
}

impl JavaObject for EnvironmentSettingsBuilder {
    fn class_name(&self) -> &'static str {
        ENVIRONMENT_SETTINGS_BUILDER
    }
}

pub(super) fn class() -> JavaClass {
    let name = Parameter::one("name", ParameterType::String);
    JavaClass::new(
        ENVIRONMENT_SETTINGS_BUILDER,
        "Settings of a table environment that are being put together.",
    )
    .constructor(&[], |_| {
        Ok(Returned::object(EnvironmentSettingsBuilder::default()))
    })
    .method("inStreamingMode", &[], ENVIRONMENT_SETTINGS_BUILDER, |call| {
        change(call, |settings| {
            settings.configuration.set(RUNTIME_MODE, "STREAMING")
        })
    })
    .method("inBatchMode", &[], ENVIRONMENT_SETTINGS_BUILDER, |call| {
        change(call, |settings| settings.configuration.set(RUNTIME_MODE, "BATCH"))
    })
    // There is one planner, which runs the programs of all three.
    .method("useBlinkPlanner", &[], ENVIRONMENT_SETTINGS_BUILDER, unchanged)
    .method("useAnyPlanner", &[], ENVIRONMENT_SETTINGS_BUILDER, unchanged)
    .method("useOldPlanner", &[], ENVIRONMENT_SETTINGS_BUILDER, unchanged)
    .method(
        "withConfiguration",
        &[Parameter::one("configuration", ParameterType::Map)],
        ENVIRONMENT_SETTINGS_BUILDER,
        |call| {
            let entries = call.string_map(0)?;
            change(call, |settings| {
                entries
                    .iter()
                    .try_for_each(|(key, value)| settings.configuration.set(key, value))
            })
        },
    )
    .method(
        "withBuiltInCatalogName",
        &[name],
        ENVIRONMENT_SETTINGS_BUILDER,
        |call| {
            let name = call.string(0)?.to_owned();
            change(call, |settings| {
                settings.catalog = name;
                Ok(())
            })
        },
    )
    .method(
        "withBuiltInDatabaseName",
        &[name],
        ENVIRONMENT_SETTINGS_BUILDER,
        |call| {
            let name = call.string(0)?.to_owned();
            change(call, |settings| {
                settings.database = name;
                Ok(())
            })
        },
    )
    .method("build", &[], ENVIRONMENT_SETTINGS, |call| {
        let builder: Arc<EnvironmentSettingsBuilder> = call.receiver()?;
        let settings = builder.settings.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Returned::object(settings.clone()))
    })
}

/// Changes the settings and returns the builder itself.
fn change(
    call: &Invocation<'_>,
    work: impl FnOnce(&mut EnvironmentSettings) -> Result<()>,
) -> Result<Returned> {
    let builder: Arc<EnvironmentSettingsBuilder> = call.receiver()?;
    work(&mut builder.settings.lock().unwrap_or_else(PoisonError::into_inner))?;
    Ok(builder.into())
}

fn unchanged(call: &mut Invocation<'_>) -> Result<Returned> {
    change(call, |_| Ok(()))
}
