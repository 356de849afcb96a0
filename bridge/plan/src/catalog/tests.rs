//! Names and their objects, by Flink's messages.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{CatalogEntry, CatalogManager, CatalogTable, Schema};
use crate::function::{PythonFunction, PythonFunctionKind};
use crate::types::LogicalType;

fn path(text: &str) -> Vec<String> {
    text.split('.').map(str::to_owned).collect()
}

fn table(manager: &CatalogManager, name: &str) -> crate::Result<CatalogTable> {
    Ok(CatalogTable {
        identifier: manager.qualify(&path(name))?,
        schema: Schema::default(),
        options: BTreeMap::new(),
        comment: None,
        partition_keys: Vec::new(),
        inline_data: None,
        details: crate::catalog::TableDetails::default(),
    })
}

fn function(name: &str) -> Arc<PythonFunction> {
    Arc::new(PythonFunction {
        name: name.to_owned(),
        payload: Vec::new(),
        input_types: None,
        result_type: LogicalType::string(),
        kind: PythonFunctionKind::General,
        deterministic: true,
    })
}

fn permanent(name: &str) -> super::CatalogFunction {
    super::CatalogFunction {
        class_name: format!("module.{name}"),
        function: function(name),
    }
}

fn message<T>(result: crate::Result<T>) -> String {
    match result {
        Ok(_) => "no error".to_owned(),
        Err(error) => {
            let cause = error
                .cause()
                .map(|cause| format!(" <- {}: {cause}", cause.java_class()));
            format!("{}: {error}{}", error.java_class(), cause.unwrap_or_default())
        }
    }
}

#[test]
fn a_table_is_created_once() -> crate::Result<()> {
    let mut manager = CatalogManager::default();
    let made = table(&manager, "t")?;
    manager.create_table(made.clone(), false)?;
    manager.create_table(made.clone(), true)?;
    assert_eq!(
        message(manager.create_table(made, false)),
        "org.apache.flink.table.api.ValidationException: Could not execute CreateTable in path \
         `default_catalog`.`default_database`.`t` <- \
         org.apache.flink.table.catalog.exceptions.TableAlreadyExistException: Table (or view) \
         default_database.t already exists in Catalog default_catalog."
    );
    let elsewhere = table(&manager, "nowhere.t")?;
    assert_eq!(
        message(manager.create_table(elsewhere, false)),
        "org.apache.flink.table.api.ValidationException: Could not execute CreateTable in path \
         `default_catalog`.`nowhere`.`t` <- \
         org.apache.flink.table.catalog.exceptions.DatabaseNotExistException: Database nowhere does not exist \
         in Catalog default_catalog."
    );
    let elsewhere = table(&manager, "no.nowhere.t")?;
    assert_eq!(
        message(manager.create_table(elsewhere, false)),
        "org.apache.flink.table.api.ValidationException: Catalog no does not exist."
    );
    Ok(())
}

#[test]
fn paths_of_one_to_three_parts() -> crate::Result<()> {
    let mut manager = CatalogManager::default();
    let made = table(&manager, "t")?;
    manager.create_table(made, false)?;
    for name in ["t", "default_database.t", "default_catalog.default_database.t"] {
        assert_eq!(
            manager.from_path(&path(name))?.identifier().summary(),
            "default_catalog.default_database.t"
        );
    }
    assert_eq!(
        message(manager.from_path(&path("nope"))),
        "org.apache.flink.table.api.ValidationException: Table `nope` was not found."
    );
    assert_eq!(
        message(manager.from_path(&path("d.nope"))),
        "org.apache.flink.table.api.ValidationException: Table `d`.`nope` was not found."
    );
    assert_eq!(
        message(manager.from_path(&path("a.b.c.d"))),
        "org.apache.flink.table.api.ValidationException: Invalid identifier `a`.`b`.`c`.`d`: a path has one \
         to three parts, [[catalog.]database.]object"
    );
    Ok(())
}

#[test]
fn a_temporary_table_hides_and_protects_a_permanent_one() -> crate::Result<()> {
    let mut manager = CatalogManager::default();
    let permanent = table(&manager, "t")?;
    let identifier = permanent.identifier.clone();
    let mut temporary = permanent.clone();
    temporary.comment = Some("temporary".to_owned());
    manager.create_table(permanent, false)?;
    manager.create_temporary(CatalogEntry::Table(Arc::new(temporary.clone())), false)?;
    let comment = |manager: &CatalogManager| match manager.find(&identifier) {
        Ok(Some(CatalogEntry::Table(table))) => table.comment.clone(),
        _ => Some("not found".to_owned()),
    };
    assert_eq!(comment(&manager), Some("temporary".to_owned()));
    assert!(manager.is_temporary(&identifier));
    assert_eq!(manager.list_tables("default_catalog", "default_database")?, ["t"]);
    assert_eq!(
        message(manager.create_temporary(CatalogEntry::Table(Arc::new(temporary)), false)),
        "org.apache.flink.table.api.ValidationException: Temporary table \
         '`default_catalog`.`default_database`.`t`' already exists"
    );
    assert_eq!(
        message(manager.drop_table(&identifier, false)),
        "org.apache.flink.table.api.ValidationException: Temporary table with identifier \
         '`default_catalog`.`default_database`.`t`' exists. Drop it first before removing the permanent table."
    );
    // A view of that name does not exist, whatever tables there are.
    assert_eq!(
        message(manager.drop_view(&identifier, false)),
        "org.apache.flink.table.api.ValidationException: View with identifier \
         'default_catalog.default_database.t' does not exist."
    );
    assert!(manager.drop_temporary_table(&identifier, false)?);
    assert_eq!(comment(&manager), None);
    assert_eq!(
        message(manager.drop_temporary_table(&identifier, false)),
        "org.apache.flink.table.api.ValidationException: Temporary table or view with identifier \
         'default_catalog.default_database.t' does not exist."
    );
    assert!(manager.drop_table(&identifier, false)?);
    assert!(!manager.drop_table(&identifier, true)?);
    assert_eq!(
        message(manager.drop_table(&identifier, false)),
        "org.apache.flink.table.api.ValidationException: Table with identifier \
         'default_catalog.default_database.t' does not exist."
    );
    Ok(())
}

#[test]
fn current_catalog_and_database() -> crate::Result<()> {
    let mut manager = CatalogManager::default();
    manager.create_database(
        "default_catalog",
        "d2",
        super::DatabaseProperties::default(),
        false,
    )?;
    manager.create_database(
        "default_catalog",
        "d2",
        super::DatabaseProperties::default(),
        true,
    )?;
    assert_eq!(
        message(manager.create_database(
            "default_catalog",
            "d2",
            super::DatabaseProperties::default(),
            false
        )),
        "org.apache.flink.table.api.ValidationException: Could not execute CREATE DATABASE: (catalogDatabase: [{}], \
         catalogName: [default_catalog], databaseName: [d2], ignoreIfExists: [false]) <- \
         org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException: Database d2 already exists \
         in Catalog default_catalog."
    );
    manager.use_path(&path("default_catalog.d2"))?;
    assert_eq!(
        (manager.current_catalog(), manager.current_database()),
        ("default_catalog", "d2")
    );
    assert_eq!(
        message(manager.use_path(&path("d3"))),
        "org.apache.flink.table.catalog.exceptions.CatalogException: A database with name [d3] does not exist \
         in the catalog: [default_catalog]."
    );
    assert_eq!(
        message(manager.use_path(&path("other.d3"))),
        "org.apache.flink.table.catalog.exceptions.CatalogException: A catalog with name [other] does \
         not exist."
    );
    // A failed USE leaves everything as it was.
    assert_eq!(manager.current_database(), "d2");
    assert_eq!(
        manager.list_databases("default_catalog")?,
        ["d2", "default_database"]
    );
    assert_eq!(
        manager.qualify(&path("x"))?.to_string(),
        "`default_catalog`.`d2`.`x`"
    );
    Ok(())
}

#[test]
fn functions_have_no_case_and_are_found_in_order() -> crate::Result<()> {
    let mut manager = CatalogManager::default();
    let identifier = manager.qualify(&path("F"))?;
    manager.create_temporary_system_function("Sys", function("system"), false)?;
    assert_eq!(
        message(manager.create_temporary_system_function("SYS", function("again"), false)),
        "org.apache.flink.table.api.ValidationException: Could not register temporary system function. A \
         function named 'SYS' does already exist."
    );
    manager.replace_temporary_system_function("SYS", function("replaced"));
    assert_eq!(
        manager
            .temporary_system_function("sys")
            .map(|found| found.name.as_str()),
        Some("replaced")
    );
    manager.create_function(&identifier, permanent("permanent"), false)?;
    assert_eq!(
        message(manager.create_function(&identifier, permanent("again"), false)),
        "org.apache.flink.table.api.ValidationException: Could not register catalog function. A function \
         'default_catalog.default_database.F' does already exist."
    );
    manager.create_temporary_function(&identifier, function("temporary"), false)?;
    let found = |manager: &CatalogManager, name: &str| {
        manager
            .catalog_function(&path(name))
            .map(|found| found.name.clone())
    };
    assert_eq!(found(&manager, "f"), Some("temporary".to_owned()));
    assert_eq!(
        found(&manager, "default_database.f"),
        Some("temporary".to_owned())
    );
    assert_eq!(manager.list_user_functions(), ["f", "sys"]);
    assert_eq!(
        message(manager.create_temporary_function(&identifier, function("x"), false)),
        "org.apache.flink.table.api.ValidationException: Could not register temporary catalog function. A \
         function 'default_catalog.default_database.F' does already exist."
    );
    assert_eq!(
        message(manager.drop_function(&identifier, false)),
        "org.apache.flink.table.api.ValidationException: Could not drop catalog function. A temporary \
         function 'default_catalog.default_database.F' does already exist. Please drop the temporary function \
         first."
    );
    assert!(manager.drop_temporary_function(&identifier, false)?);
    assert_eq!(
        message(manager.drop_temporary_function(&identifier, false)),
        "org.apache.flink.table.api.ValidationException: Temporary catalog function \
         `default_catalog`.`default_database`.`F` doesn't exist"
    );
    assert_eq!(found(&manager, "f"), Some("permanent".to_owned()));
    assert!(manager.drop_function(&identifier, false)?);
    assert_eq!(
        message(manager.drop_function(&identifier, false)),
        "org.apache.flink.table.api.ValidationException: Function default_database.F does not exist in Catalog \
         default_catalog. <- org.apache.flink.table.catalog.exceptions.FunctionNotExistException: Function \
         default_database.F does not exist in Catalog default_catalog."
    );
    assert_eq!(
        message(manager.drop_temporary_system_function("nope", false)),
        "org.apache.flink.table.api.ValidationException: Could not drop temporary system function. A function \
         named 'nope' doesn't exist."
    );
    Ok(())
}
