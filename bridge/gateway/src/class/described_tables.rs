//! The methods of `TableEnvironment` that make and drop tables, views, functions and models by objects
//! rather than by SQL.

use std::collections::BTreeMap;
use std::sync::Arc;

use nutkin_plan::PlanError;
use nutkin_plan::catalog::{CatalogEntry, CatalogTable, CatalogView, ObjectIdentifier, Schema};
use nutkin_plan::sql::parse_path;
use nutkin_protocol::Value;

use super::model_descriptor::ModelDescriptor;
use super::names::{MODEL_DESCRIPTOR, TABLE, TABLE_DESCRIPTOR};
use super::table::Table;
use super::table_descriptor::TableDescriptor;
use super::table_environment::environment;
use crate::Result;
use crate::model::{Invocation, JavaClass, Parameter, ParameterType, Returned};

/// The class with these methods.
pub(super) fn described_tables(class: JavaClass) -> JavaClass {
    readings(models(drops(tables(class))))
}

fn tables(class: JavaClass) -> JavaClass {
    let path = Parameter::one("path", ParameterType::String);
    let descriptor = Parameter::one("descriptor", ParameterType::Object(TABLE_DESCRIPTOR));
    let condition = Parameter::one("ignoreIfExists", ParameterType::Boolean);
    let view = Parameter::one("view", ParameterType::Object(TABLE));
    class
        .method("createTable", &[path, descriptor], "void", |call| {
            create_table(call, false)
        })
        .method("createTable", &[path, descriptor, condition], "boolean", |call| {
            create_table(call, false)
        })
        .method("createTemporaryTable", &[path, descriptor], "void", |call| {
            create_table(call, true)
        })
        .method(
            "createTemporaryTable",
            &[path, descriptor, condition],
            "void",
            |call| create_table(call, true),
        )
        .method("from", &[descriptor], TABLE, |call| {
            let environment = environment(call)?;
            let descriptor: Arc<TableDescriptor> = call.object(0)?;
            let path = environment.create_anonymous_table(call.session, &descriptor.0)?;
            let operation = environment.table(&path)?;
            Ok(Returned::object(Table::new(environment, operation)))
        })
        .method("createView", &[path, view], "void", |call| {
            create_view(call, false)
        })
        .method("createView", &[path, view, condition], "boolean", |call| {
            let ignore = call.boolean(2)?;
            create_view(call, ignore)
        })
}

fn drops(class: JavaClass) -> JavaClass {
    let path = Parameter::one("path", ParameterType::String);
    let condition = Parameter::one("ignoreIfNotExists", ParameterType::Boolean);
    class
        .method("dropTable", &[path], "boolean", |call| {
            drop_object(call, "TABLE", true)
        })
        .method("dropTable", &[path, condition], "boolean", |call| {
            drop_object(call, "TABLE", call.boolean(1)?)
        })
        .method("dropView", &[path], "boolean", |call| {
            drop_object(call, "VIEW", true)
        })
        .method("dropView", &[path, condition], "boolean", |call| {
            drop_object(call, "VIEW", call.boolean(1)?)
        })
        .method("dropFunction", &[path], "boolean", |call| {
            let path = parse_path(call.string(0)?)?;
            let dropped = environment(call)?.with_catalogs(|catalogs| {
                let identifier = catalogs.qualify(&path)?;
                catalogs.drop_function(&identifier, true)
            })?;
            Ok(dropped.into())
        })
}

fn models(class: JavaClass) -> JavaClass {
    let path = Parameter::one("path", ParameterType::String);
    let descriptor = Parameter::one("descriptor", ParameterType::Object(MODEL_DESCRIPTOR));
    let condition = Parameter::one("ignoreIfExists", ParameterType::Boolean);
    class
        .method("createModel", &[path, descriptor], "void", |call| {
            create_model(call, false)
        })
        .method("createModel", &[path, descriptor, condition], "void", |call| {
            create_model(call, false)
        })
        .method("createTemporaryModel", &[path, descriptor], "void", |call| {
            create_model(call, true)
        })
        .method(
            "createTemporaryModel",
            &[path, descriptor, condition],
            "void",
            |call| create_model(call, true),
        )
}

/// What catalogs hold, as maps and lists: the client makes its own objects of them.
fn readings(class: JavaClass) -> JavaClass {
    let path = Parameter::one("path", ParameterType::String);
    let catalog = Parameter::one("catalog", ParameterType::String);
    let database = Parameter::one("database", ParameterType::String);
    class
        .method("describeTable", &[path], "Map", |call| {
            let path = parse_path(call.string(0)?)?;
            environment(call)?.with_catalogs(|catalogs| {
                let identifier = catalogs.qualify(&path)?;
                match catalogs.find(&identifier)? {
                    Some(CatalogEntry::Table(table)) => Ok(describe_table(&table)),
                    Some(CatalogEntry::View(view)) => Ok(describe_view(&view)),
                    None => Err(PlanError::validation(format!("There is no table {identifier}.")).into()),
                }
            })
        })
        .method("describeDatabase", &[catalog, database], "Map", |call| {
            let (catalog, database) = (call.string(0)?, call.string(1)?);
            let properties = environment(call)?
                .with_catalogs(|catalogs| catalogs.database_properties(catalog, database))?;
            Ok(described(vec![
                ("comment", text_or_null(properties.comment.as_deref())),
                ("properties", map(&properties.options)),
            ]))
        })
        .method(
            "listPermanentTables",
            &[catalog, database],
            "List<String>",
            |call| {
                let (catalog, database) = (call.string(0)?, call.string(1)?);
                let names = environment(call)?.with_catalogs(|catalogs| {
                    let mut names = catalogs.list_tables(catalog, database)?;
                    names.retain(|name| {
                        !catalogs.is_temporary(&ObjectIdentifier {
                            catalog: catalog.to_owned(),
                            database: database.to_owned(),
                            object: name.clone(),
                        })
                    });
                    Ok::<_, PlanError>(names)
                })?;
                Ok(Returned::strings(names))
            },
        )
}

fn describe_table(table: &CatalogTable) -> Returned {
    let key = table
        .schema
        .primary_key
        .iter()
        .filter_map(|at| table.schema.columns.get(*at));
    let mut entries = columns(&table.schema);
    entries.extend([
        ("options", map(&table.options)),
        ("comment", text_or_null(table.comment.as_deref())),
        ("partitionKeys", texts(table.partition_keys.iter().cloned())),
        ("primaryKey", texts(key.map(|column| column.name.clone()))),
        ("query", Value::Null),
    ]);
    described(entries)
}

fn describe_view(view: &CatalogView) -> Returned {
    let query = view.query_text.as_ref().map(|text| text.query.clone());
    let mut entries = columns(&view.schema);
    entries.extend([
        ("options", Value::Map(Vec::new())),
        ("comment", text_or_null(view.comment.as_deref())),
        ("partitionKeys", Value::List(Vec::new())),
        ("primaryKey", Value::List(Vec::new())),
        ("query", Value::String(query.unwrap_or_default())),
    ]);
    described(entries)
}

fn columns(schema: &Schema) -> Vec<(&'static str, Value)> {
    let types = schema.columns.iter().map(|column| column.column_type.to_string());
    vec![
        (
            "names",
            texts(schema.columns.iter().map(|column| column.name.clone())),
        ),
        ("types", texts(types)),
    ]
}

fn described(entries: Vec<(&'static str, Value)>) -> Returned {
    let entries = entries.into_iter();
    Returned::Value(Value::Map(
        entries
            .map(|(key, value)| (Value::String(key.to_owned()), value))
            .collect(),
    ))
}

fn texts(texts: impl Iterator<Item = String>) -> Value {
    Value::List(texts.map(Value::String).collect())
}

fn text_or_null(text: Option<&str>) -> Value {
    text.map_or(Value::Null, |text| Value::String(text.to_owned()))
}

fn map(options: &BTreeMap<String, String>) -> Value {
    let text = |text: &String| Value::String(text.clone());
    Value::Map(
        options
            .iter()
            .map(|(key, value)| (text(key), text(value)))
            .collect(),
    )
}

/// Whether the last argument, if it is given, says to go on when the object is there.
fn ignores(call: &Invocation<'_>) -> Result<bool> {
    if call.argument_count() > 2 {
        call.boolean(2)
    } else {
        Ok(false)
    }
}

fn create_table(call: &Invocation<'_>, temporary: bool) -> Result<Returned> {
    let descriptor: Arc<TableDescriptor> = call.object(1)?;
    let path = call.string(0)?;
    let ignore = ignores(call)?;
    let environment = environment(call)?;
    let existed = ignore && exists(call, path)?;
    environment.create_described_table(call.session, path, &descriptor.0, temporary, ignore)?;
    Ok((!existed).into())
}

fn create_model(call: &Invocation<'_>, temporary: bool) -> Result<Returned> {
    let descriptor: Arc<ModelDescriptor> = call.object(1)?;
    let ignore = ignores(call)?;
    environment(call)?.create_described_model(
        call.session,
        call.string(0)?,
        &descriptor.0,
        temporary,
        ignore,
    )?;
    Ok(Returned::NULL)
}

fn create_view(call: &Invocation<'_>, ignore: bool) -> Result<Returned> {
    let table: Arc<Table> = call.object(1)?;
    let created = environment(call)?.create_permanent_view(call.string(0)?, &table.operation, ignore)?;
    Ok(created.into())
}

fn drop_object(call: &Invocation<'_>, kind: &str, if_exists: bool) -> Result<Returned> {
    let environment = environment(call)?;
    let path = parse_path(call.string(0)?)?;
    let dropped = environment.with_catalogs(|catalogs| {
        let identifier = catalogs.qualify(&path)?;
        if kind == "TABLE" {
            catalogs.drop_table(&identifier, if_exists)
        } else {
            catalogs.drop_view(&identifier, if_exists)
        }
    })?;
    Ok(dropped.into())
}

/// Whether there is a table or view of this name.
fn exists(call: &Invocation<'_>, path: &str) -> Result<bool> {
    let path = parse_path(path)?;
    environment(call)?.with_catalogs(|catalogs| {
        let identifier = catalogs.qualify(&path)?;
        Ok(catalogs.find(&identifier)?.is_some())
    })
}
