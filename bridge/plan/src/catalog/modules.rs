//! Modules: where built-in functions come from. There is one, `core`.
//!
//! Mirrors `ModuleManager`. As in Flink, the operators and functions of SQL itself are there without it.

use super::manager::CatalogManager;
use crate::error::{PlanError, Result};

/// The module of the built-in functions.
const CORE: &str = "core";

/// The modules of a session.
#[derive(Debug, Clone)]
pub(super) struct Modules {
    /// The modules that are loaded, in the order of loading.
    loaded: Vec<String>,
    /// The modules in use, in the order in which functions are looked up.
    used: Vec<String>,
}

impl Default for Modules {
    fn default() -> Self {
        Self {
            loaded: vec![CORE.to_owned()],
            used: vec![CORE.to_owned()],
        }
    }
}

impl CatalogManager {
    /// The modules in use.
    #[must_use]
    pub fn list_modules(&self) -> Vec<String> {
        self.modules.used.clone()
    }

    /// All modules that are loaded, each with whether it is in use.
    #[must_use]
    pub fn list_full_modules(&self) -> Vec<(String, bool)> {
        let used = self.modules.used.iter().map(|name| (name.clone(), true));
        let others = self
            .modules
            .loaded
            .iter()
            .filter(|name| !self.modules.used.contains(name))
            .map(|name| (name.clone(), false));
        used.chain(others).collect()
    }

    /// Loads a module.
    ///
    /// # Errors
    /// When it is loaded already, or there is none of that name.
    pub fn load_module(&mut self, name: &str, options: &[(String, String)]) -> Result<()> {
        let fault = |message: String| {
            PlanError::validation(format!("Could not execute LOAD MODULE `{name}`. {message}"))
                .caused_by(PlanError::validation(message))
        };
        if self.modules.loaded.iter().any(|loaded| loaded == name) {
            return Err(fault(format!("A module with name '{name}' already exists")));
        }
        if name != CORE {
            let options: Vec<String> = options
                .iter()
                .map(|(key, value)| format!("'{key}'='{value}'"))
                .collect();
            return Err(fault(format!(
                "Unable to create module '{name}'.\n\nModule options are:\n{}",
                options.join("\n")
            )));
        }
        self.modules.loaded.push(name.to_owned());
        self.modules.used.push(name.to_owned());
        Ok(())
    }

    /// Forgets a module.
    ///
    /// # Errors
    /// When it is not loaded.
    pub fn unload_module(&mut self, name: &str) -> Result<()> {
        if !self.modules.loaded.iter().any(|loaded| loaded == name) {
            let message = format!("No module with name '{name}' exists");
            return Err(
                PlanError::validation(format!("Could not execute UNLOAD MODULE {name}. {message}"))
                    .caused_by(PlanError::validation(message)),
            );
        }
        self.modules.loaded.retain(|loaded| loaded != name);
        self.modules.used.retain(|used| used != name);
        Ok(())
    }

    /// Says which modules are in use, and in which order.
    ///
    /// # Errors
    /// When one is not loaded, or is named twice.
    pub fn use_modules(&mut self, names: &[String]) -> Result<()> {
        for (index, name) in names.iter().enumerate() {
            let message = if !self.modules.loaded.contains(name) {
                format!("No module with name '{name}' exists")
            } else if names[..index].contains(name) {
                format!("Module '{name}' appears more than once")
            } else {
                continue;
            };
            return Err(PlanError::validation(format!(
                "Could not execute USE MODULES: [{}]. {message}",
                names.join(", ")
            ))
            .caused_by(PlanError::validation(message)));
        }
        self.modules.used = names.to_vec();
        Ok(())
    }
}
