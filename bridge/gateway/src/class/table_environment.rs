//! `TableEnvironment`: where table programs begin.

use std::sync::Arc;

use nutkin_plan::sql::parse_path;

use super::compiled_plan;
use super::described_tables::described_tables;
use super::environment_settings::EnvironmentSettings;
use super::job_client::JobClient;
use super::names::{
    ENVIRONMENT_SETTINGS, JOB_CLIENT, PYTHON_SCALAR_FUNCTION, STATEMENT_SET, TABLE, TABLE_CONFIG,
    TABLE_ENVIRONMENT, TABLE_RESULT,
};
use super::python_scalar_function::PythonScalarFunction;
use super::statement_set::StatementSet;
use super::table::Table;
use super::table_config::TableConfig;
use crate::Result;
use crate::environment::{StreamSettings, TableEnvironment, explain_details};
use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};

const USE_DDL: &str = "use CREATE TABLE in executeSql(...)";
const NO_CATALOG: &str =
    "tables, views and functions are kept in memory, in databases made by CREATE DATABASE";
const NO_MODULE: &str = "all functions that run are there from the start";

/// A table environment under one of its two class names.
pub(crate) struct TableEnvironmentObject {
    class: &'static str,
    pub(crate) environment: Arc<TableEnvironment>,
}

impl JavaObject for TableEnvironmentObject {
    fn class_name(&self) -> &'static str {
        self.class
    }
}

pub(super) fn class() -> JavaClass {
    let settings = Parameter::one("settings", ParameterType::Object(ENVIRONMENT_SETTINGS));
    let class = JavaClass::new(
        TABLE_ENVIRONMENT,
        "Catalogs, configuration and execution of table programs.",
    )
    .function("create", &[settings], TABLE_ENVIRONMENT, |call| {
        let settings = call.object(0)?;
        create(call, TABLE_ENVIRONMENT, &settings, None)
    });
    let class = refusals(described_tables(listings(functions(tables(statements(class))))));
    let class = compiled_plan::methods(class);
    class.method("getConfig", &[], TABLE_CONFIG, |call| {
        Ok(Returned::object(TableConfig(environment(call)?)))
    })
}

/// Makes an environment.
pub(super) fn create(
    call: &Invocation<'_>,
    class: &'static str,
    settings: &EnvironmentSettings,
    stream: Option<Arc<StreamSettings>>,
) -> Result<Returned> {
    let environment = TableEnvironment::new(
        call.session.shared(),
        &settings.catalog,
        &settings.database,
        settings.configuration.clone(),
        stream,
    );
    Ok(Returned::object(TableEnvironmentObject {
        class,
        environment: Arc::new(environment),
    }))
}

fn statements(class: JavaClass) -> JavaClass {
    let statement = Parameter::one("statement", ParameterType::String);
    let details = Parameter::many("details", ParameterType::String);
    class
        .method("executeSql", &[statement], TABLE_RESULT, |call| {
            let result = environment(call)?.execute_sql(call.session, call.string(0)?)?;
            Ok(Returned::object(result))
        })
        .method("sqlQuery", &[statement], TABLE, |call| {
            let environment = environment(call)?;
            let operation = environment.sql_query(call.string(0)?)?;
            Ok(Returned::object(Table::new(environment, operation)))
        })
        .method("sqlUpdate", &[statement], "void", |call| {
            environment(call)?.sql_update(call.string(0)?)?;
            Ok(Returned::NULL)
        })
        .method("explainSql", &[statement, details], "String", |call| {
            let details = explain_details(&call.strings(1)?)?;
            Ok(environment(call)?.explain_sql(call.string(0)?, details)?.into())
        })
        .method("explain", &[details], "String", |call| {
            let details = explain_details(&call.strings(0)?)?;
            let environment = environment(call)?;
            Ok(environment
                .explain_inserts(&environment.buffered(), details)?
                .into())
        })
        .method("createStatementSet", &[], STATEMENT_SET, |call| {
            Ok(Returned::object(StatementSet::new(environment(call)?)))
        })
        .method(
            "execute",
            &[Parameter::one("jobName", ParameterType::String)],
            JOB_CLIENT,
            |call| {
                let job = environment(call)?.execute_buffered(call.session, call.string(0)?)?;
                Ok(Returned::object(JobClient(job)))
            },
        )
}

fn tables(class: JavaClass) -> JavaClass {
    let path = Parameter::one("path", ParameterType::String);
    let table = Parameter::one("table", ParameterType::Object(TABLE));
    class
        .method("from", &[path], TABLE, |call| {
            let environment = environment(call)?;
            let operation = environment.table(call.string(0)?)?;
            Ok(Returned::object(Table::new(environment, operation)))
        })
        .method(
            "scan",
            &[Parameter::many("path", ParameterType::String)],
            TABLE,
            |call| {
                let environment = environment(call)?;
                let operation = environment.table_at(&call.strings(0)?)?;
                Ok(Returned::object(Table::new(environment, operation)))
            },
        )
        .method(
            "fromArrow",
            &[
                Parameter::one("rows", ParameterType::Rows),
                Parameter::one("rowType", ParameterType::String),
            ],
            TABLE,
            |call| {
                let environment = environment(call)?;
                let rows = call.take_bytes(0)?;
                let operation = environment.table_of_rows(rows, call.string(1)?)?;
                Ok(Returned::object(Table::new(environment, operation)))
            },
        )
        .method("createTemporaryView", &[path, table], "void", |call| {
            let table: Arc<Table> = call.object(1)?;
            environment(call)?.create_temporary_view(call.string(0)?, &table.operation, false)?;
            Ok(Returned::NULL)
        })
        .method("registerTable", &[path, table], "void", |call| {
            let table: Arc<Table> = call.object(1)?;
            environment(call)?.create_temporary_view(call.string(0)?, &table.operation, true)?;
            Ok(Returned::NULL)
        })
        .method("insertInto", &[path, table], "void", |call| {
            let table: Arc<Table> = call.object(1)?;
            let environment = environment(call)?;
            let sink = environment.insert(call.string(0)?, &table.operation)?;
            environment.buffer(sink);
            Ok(Returned::NULL)
        })
        .method("dropTemporaryView", &[path], "boolean", |call| {
            let path = parse_path(call.string(0)?)?;
            let dropped = environment(call)?.with_catalogs(|catalogs| {
                let identifier = catalogs.qualify(&path)?;
                catalogs.drop_temporary_view(&identifier, true)
            })?;
            Ok(dropped.into())
        })
        .method("dropTemporaryTable", &[path], "boolean", |call| {
            let path = parse_path(call.string(0)?)?;
            let dropped = environment(call)?.with_catalogs(|catalogs| {
                let identifier = catalogs.qualify(&path)?;
                catalogs.drop_temporary_table(&identifier, true)
            })?;
            Ok(dropped.into())
        })
}

fn functions(class: JavaClass) -> JavaClass {
    let name = Parameter::one("name", ParameterType::String);
    let path = Parameter::one("path", ParameterType::String);
    let function = Parameter::one("function", ParameterType::Object(PYTHON_SCALAR_FUNCTION));
    class
        .method(
            "createTemporarySystemFunction",
            &[name, function],
            "void",
            |call| {
                let function: Arc<PythonScalarFunction> = call.object(1)?;
                let name = call.string(0)?;
                environment(call)?.with_catalogs(|catalogs| {
                    catalogs.create_temporary_system_function(name, Arc::clone(&function.0), false)
                })?;
                Ok(Returned::NULL)
            },
        )
        .method("registerFunction", &[name, function], "void", |call| {
            let function: Arc<PythonScalarFunction> = call.object(1)?;
            let name = call.string(0)?;
            environment(call)?.with_catalogs(|catalogs| {
                catalogs.replace_temporary_system_function(name, Arc::clone(&function.0));
            });
            Ok(Returned::NULL)
        })
        .method("createTemporaryFunction", &[path, function], "void", |call| {
            let function: Arc<PythonScalarFunction> = call.object(1)?;
            let path = parse_path(call.string(0)?)?;
            environment(call)?.with_catalogs(|catalogs| {
                let identifier = catalogs.qualify(&path)?;
                catalogs.create_temporary_function(&identifier, Arc::clone(&function.0), false)
            })?;
            Ok(Returned::NULL)
        })
        .method("dropTemporarySystemFunction", &[name], "boolean", |call| {
            let name = call.string(0)?;
            let dropped = environment(call)?
                .with_catalogs(|catalogs| catalogs.drop_temporary_system_function(name, true))?;
            Ok(dropped.into())
        })
        .method("dropTemporaryFunction", &[path], "boolean", |call| {
            let path = parse_path(call.string(0)?)?;
            let dropped = environment(call)?.with_catalogs(|catalogs| {
                let identifier = catalogs.qualify(&path)?;
                catalogs.drop_temporary_function(&identifier, true)
            })?;
            Ok(dropped.into())
        })
        .method("providePythonFunction", &[path, function], "void", |call| {
            let function: Arc<PythonScalarFunction> = call.object(1)?;
            environment(call)?.provide_python_function(call.string(0)?, Arc::clone(&function.0));
            Ok(Returned::NULL)
        })
        .method("addPythonFile", &[path], "void", |call| {
            environment(call)?.add_python_file(call.string(0)?)?;
            Ok(Returned::NULL)
        })
        .method(
            "addPythonFileContent",
            &[name, Parameter::one("content", ParameterType::Bytes)],
            "void",
            |call| {
                let content = call.take_bytes(1)?;
                environment(call)?.add_python_file_content(call.string(0)?, &content)?;
                Ok(Returned::NULL)
            },
        )
}

fn listings(class: JavaClass) -> JavaClass {
    let name = Parameter::one("name", ParameterType::String);
    class
        .method("listCatalogs", &[], "String[]", |call| {
            Ok(Returned::strings(
                environment(call)?.with_catalogs(|catalogs| catalogs.list_catalogs()),
            ))
        })
        .method("listDatabases", &[], "String[]", |call| {
            let names = environment(call)?.with_catalogs(|catalogs| {
                let catalog = catalogs.current_catalog().to_owned();
                catalogs.list_databases(&catalog)
            })?;
            Ok(Returned::strings(names))
        })
        .method("listTables", &[], "String[]", |call| {
            let names = environment(call)?.with_catalogs(|catalogs| {
                catalogs.list_tables(catalogs.current_catalog(), catalogs.current_database())
            })?;
            Ok(Returned::strings(names))
        })
        .method("listViews", &[], "String[]", |call| {
            let names = environment(call)?.with_catalogs(|catalogs| {
                catalogs.list_views(catalogs.current_catalog(), catalogs.current_database())
            })?;
            Ok(Returned::strings(names))
        })
        .method("listTemporaryTables", &[], "String[]", |call| {
            let names = environment(call)?.with_catalogs(|catalogs| catalogs.list_temporary_tables());
            Ok(Returned::strings(names))
        })
        .method("listTemporaryViews", &[], "String[]", |call| {
            let names = environment(call)?.with_catalogs(|catalogs| catalogs.list_temporary_views());
            Ok(Returned::strings(names))
        })
        .method("listUserDefinedFunctions", &[], "String[]", |call| {
            let names = environment(call)?.with_catalogs(|catalogs| catalogs.list_user_functions());
            Ok(Returned::strings(names))
        })
        .method("listFunctions", &[], "String[]", |call| {
            Ok(Returned::strings(environment(call)?.list_functions()?))
        })
        .method("getCurrentCatalog", &[], "String", |call| {
            Ok(environment(call)?
                .with_catalogs(|catalogs| catalogs.current_catalog().to_owned())
                .into())
        })
        .method("getCurrentDatabase", &[], "String", |call| {
            Ok(environment(call)?
                .with_catalogs(|catalogs| catalogs.current_database().to_owned())
                .into())
        })
        .method("useCatalog", &[name], "void", |call| {
            let name = call.string(0)?;
            environment(call)?.with_catalogs(|catalogs| catalogs.use_catalog(name))?;
            Ok(Returned::NULL)
        })
        .method("useDatabase", &[name], "void", |call| {
            let name = call.string(0)?;
            environment(call)?.with_catalogs(|catalogs| catalogs.use_database(name))?;
            Ok(Returned::NULL)
        })
}

fn refusals(class: JavaClass) -> JavaClass {
    [
        ("connect", USE_DDL),
        ("registerTableSource", USE_DDL),
        ("registerTableSink", USE_DDL),
        ("fromTableSource", USE_DDL),
        (
            "fromValues",
            "use fromArrow, or SELECT ... FROM (VALUES ...) in sqlQuery(...)",
        ),
        (
            "createFunction",
            "use CREATE FUNCTION in executeSql(...), or createTemporaryFunction(...)",
        ),
        ("createCatalog", NO_CATALOG),
        ("registerCatalog", NO_CATALOG),
        ("getCatalog", NO_CATALOG),
        ("loadModule", NO_MODULE),
        ("unloadModule", NO_MODULE),
        ("useModules", NO_MODULE),
        ("listModules", NO_MODULE),
        ("listFullModules", NO_MODULE),
    ]
    .into_iter()
    .fold(class, |class, (name, hint)| class.refused(name, hint))
}

/// The environment that a method is called on.
pub(super) fn environment(call: &Invocation<'_>) -> Result<Arc<TableEnvironment>> {
    let object: Arc<TableEnvironmentObject> = call.receiver()?;
    Ok(Arc::clone(&object.environment))
}
