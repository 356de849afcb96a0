//! Statements about catalogs and what is in them, and about the configuration: done when they return.

use std::sync::Arc;

use nutkin_connectors::catalogs::create_catalog;
use nutkin_plan::catalog::{CatalogFunction, CatalogManager, ObjectIdentifier, RegisteredCatalog};
use nutkin_plan::function::PythonFunction;
use nutkin_plan::sql::{AlterFunction, CreateCatalog, CreateFunction, FunctionBody, Statement};
use nutkin_plan::{PlanError, Result as PlanResult};

use super::State;
use crate::{GatewayError, Result};

impl State {
    /// Does what a statement says of catalogs or the configuration. `false` for any other statement.
    ///
    /// # Errors
    /// When it cannot be done.
    pub(super) fn apply(&mut self, statement: &Statement) -> Result<bool> {
        match statement {
            Statement::Set(Some((key, value))) => self.configuration.set(key, value)?,
            Statement::Reset(Some(key)) => {
                self.configuration.remove(key);
            }
            Statement::Reset(None) => self.configuration.clear(),
            Statement::LoadModule(load) => {
                let options: Vec<(String, String)> = load.options.clone().into_iter().collect();
                self.catalogs.load_module(&load.name, &options)?;
            }
            Statement::UnloadModule(name) => self.catalogs.unload_module(name)?,
            Statement::UseModules(names) => self.catalogs.use_modules(names)?,
            other => return self.apply_to_catalogs(other),
        }
        Ok(true)
    }

    /// Does what DDL or `USE` says. `false` for any other statement.
    ///
    /// # Errors
    /// When it cannot be done.
    pub(super) fn apply_to_catalogs(&mut self, statement: &Statement) -> Result<bool> {
        match statement {
            Statement::CreateTable(create) if create.query.is_none() => {
                let table = self.with_context(|context| create.to_catalog_table(context))?;
                create.apply(table, &mut self.catalogs)?;
            }
            Statement::AlterTable(alter) => {
                let altered = self.with_context(|context| alter.plan(context))?;
                altered.apply(&mut self.catalogs)?;
            }
            Statement::DropTable(drop) => drop.apply_to_table(&mut self.catalogs)?,
            Statement::CreateView(create) => {
                let view = self.with_context(|context| create.plan(context))?;
                create.apply(view, &mut self.catalogs)?;
            }
            Statement::AlterView(alter) => {
                let altered = self.with_context(|context| alter.plan(context))?;
                altered.apply(&mut self.catalogs)?;
            }
            Statement::DropView(drop) => drop.apply_to_view(&mut self.catalogs)?,
            Statement::CreateDatabase(create) => create.apply(&mut self.catalogs)?,
            Statement::AlterDatabase(alter) => alter.apply(&mut self.catalogs)?,
            Statement::DropDatabase(drop) => drop.apply(&mut self.catalogs)?,
            Statement::CreateCatalog(create) => self.create_catalog(create)?,
            Statement::AlterCatalog(alter) => alter.apply(&mut self.catalogs)?,
            Statement::DropCatalog(drop) => self.catalogs.drop_catalog(&drop.name, drop.if_exists)?,
            Statement::CreateFunction(create) => self.create_function(create)?,
            Statement::AlterFunction(alter) => self.alter_function(alter)?,
            Statement::DropFunction(drop) => drop.apply(&mut self.catalogs)?,
            Statement::UseCatalog(name) => self.catalogs.use_catalog(name)?,
            Statement::UseDatabase(path) => self.catalogs.use_path(path)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn create_catalog(&mut self, create: &CreateCatalog) -> Result<()> {
        if create.if_not_exists && self.catalogs.has_catalog(&create.name) {
            return Ok(());
        }
        let mut registered = RegisteredCatalog {
            catalog: Arc::new(nutkin_plan::catalog::InMemoryCatalog::new("default")),
            comment: create.comment.clone(),
            options: create.options.clone(),
        };
        // A name that is taken is found before anything is connected to.
        if !self.catalogs.has_catalog(&create.name) {
            registered.catalog = create_catalog(&create.name, &create.options)?;
        }
        self.catalogs.register_catalog(&create.name, registered)?;
        Ok(())
    }

    /// Registers a function that the client has fetched, or asks it to.
    fn create_function(&mut self, create: &CreateFunction) -> Result<()> {
        let function = self.provided(&create.body)?;
        register(create, function, &mut self.catalogs)?;
        self.forget_provided(&create.body);
        Ok(())
    }

    fn alter_function(&mut self, alter: &AlterFunction) -> Result<()> {
        if alter.temporary {
            let kind = if alter.system { "system" } else { "catalog" };
            return Err(
                PlanError::validation(format!("Alter temporary {kind} function is not supported")).into(),
            );
        }
        let identifier = self.catalogs.qualify(&alter.path)?;
        // A missing function is found before its successor is fetched.
        if !self.catalogs.has_catalog_function(&identifier)? {
            return Ok(self
                .catalogs
                .drop_function(&identifier, alter.if_exists)
                .map(drop)?);
        }
        let function = catalog_function(&alter.body, self.provided(&alter.body)?);
        self.catalogs
            .alter_function(&identifier, function, alter.if_exists)?;
        self.forget_provided(&alter.body);
        Ok(())
    }

    fn provided(&self, body: &FunctionBody) -> Result<Arc<PythonFunction>> {
        body.python_path()?;
        let found = self.provided_functions.get(&body.name).cloned();
        found.ok_or_else(|| GatewayError::PythonFunctionNeeded {
            path: body.name.clone(),
        })
    }

    /// The next statement that names the path may mean a newer object.
    fn forget_provided(&mut self, body: &FunctionBody) {
        self.provided_functions.remove(&body.name);
    }
}

fn catalog_function(body: &FunctionBody, function: Arc<PythonFunction>) -> CatalogFunction {
    CatalogFunction {
        class_name: body.name.clone(),
        function,
    }
}

fn register(
    create: &CreateFunction,
    function: Arc<PythonFunction>,
    catalogs: &mut CatalogManager,
) -> PlanResult<()> {
    if create.system {
        let name = create.path.join(".");
        return catalogs.create_temporary_system_function(&name, function, create.if_not_exists);
    }
    let identifier: ObjectIdentifier = catalogs.qualify(&create.path)?;
    if create.temporary {
        catalogs.create_temporary_function(&identifier, function, create.if_not_exists)
    } else {
        let function = catalog_function(&create.body, function);
        catalogs.create_function(&identifier, function, create.if_not_exists)
    }
}
