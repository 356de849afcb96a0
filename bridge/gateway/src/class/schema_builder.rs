//! `Schema.Builder`: collects columns, watermarks and the primary key.

use std::sync::{Arc, Mutex, PoisonError};

use nutkin_plan::types::{TypeDialect, TypeKind, parse_type};
use nutkin_plan::{PlanError, expression::Expression};

use super::names::{API_EXPRESSION, RESOLVED_SCHEMA, SCHEMA, SCHEMA_BUILDER};
use super::operand::operand;
use super::resolved_schema::ResolvedSchema;
use super::schema::Schema;
use crate::Result;
use crate::description::{ColumnDescription, DescribedExpression, DescribedType, SchemaDescription};
use crate::model::{Argument, Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};

/// A description that is being made.
#[derive(Default)]
pub(super) struct SchemaBuilder(Mutex<SchemaDescription>);

impl JavaObject for SchemaBuilder {
    fn class_name(&self) -> &'static str {
        SCHEMA_BUILDER
    }
}

pub(super) fn class() -> JavaClass {
    let name = Parameter::one("columnName", ParameterType::String);
    let data_type = Parameter::one("dataType", ParameterType::String);
    let columns = Parameter::many("columnNames", ParameterType::String);
    let texts = ParameterType::List(&ParameterType::String);
    let class = JavaClass::new(
        SCHEMA_BUILDER,
        "Collects columns, watermarks and the primary key.",
    )
    .method("column", &[name, data_type], SCHEMA_BUILDER, |call| {
        let column = ColumnDescription::Physical(call.string(0)?.to_owned(), column_type(call, 1, false)?);
        change(call, |schema| schema.columns.push(column))
    })
    .method("columnOfType", &[name, data_type], SCHEMA_BUILDER, |call| {
        let column = ColumnDescription::Physical(call.string(0)?.to_owned(), column_type(call, 1, true)?);
        change(call, |schema| schema.columns.push(column))
    })
    .method(
        "columnByExpression",
        &[name, expression_parameter("expression")],
        SCHEMA_BUILDER,
        |call| {
            let column = ColumnDescription::Computed(call.string(0)?.to_owned(), expression(call, 1)?);
            change(call, |schema| schema.columns.push(column))
        },
    )
    .method(
        "watermark",
        &[name, expression_parameter("watermarkExpression")],
        SCHEMA_BUILDER,
        |call| {
            let watermark = (call.string(0)?.to_owned(), expression(call, 1)?);
            change(call, |schema| schema.watermarks.push(watermark))
        },
    )
    .method("primaryKey", &[columns], SCHEMA_BUILDER, |call| {
        primary_key(call, None, call.strings(0)?)
    })
    .method(
        "primaryKey",
        &[Parameter::one("columnNames", texts)],
        SCHEMA_BUILDER,
        |call| {
            let columns = call.string_list(0)?.unwrap_or_default();
            primary_key(call, None, columns)
        },
    )
    .method(
        "primaryKeyNamed",
        &[Parameter::one("constraintName", ParameterType::String), columns],
        SCHEMA_BUILDER,
        |call| primary_key(call, Some(call.string(0)?), call.strings(1)?),
    );
    sources(metadata(class)).method("build", &[], SCHEMA, |call| {
        let builder: Arc<SchemaBuilder> = call.receiver()?;
        let schema = builder.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Ok(Returned::object(Schema(schema)))
    })
}

/// The overloads of `columnByMetadata`; those with a resolved type have a name of their own.
fn metadata(class: JavaClass) -> JavaClass {
    let name = Parameter::one("columnName", ParameterType::String);
    let data_type = Parameter::one("dataType", ParameterType::String);
    let is_virtual = Parameter::one("isVirtual", ParameterType::Boolean);
    let key = Parameter::one("metadataKey", ParameterType::Nullable(&ParameterType::String));
    class
        .method("columnByMetadata", &[name, data_type], SCHEMA_BUILDER, |call| {
            add_metadata(call, false, None, None)
        })
        .method(
            "columnByMetadata",
            &[name, data_type, is_virtual],
            SCHEMA_BUILDER,
            |call| add_metadata(call, false, None, Some(2)),
        )
        .method(
            "columnByMetadata",
            &[name, data_type, key],
            SCHEMA_BUILDER,
            |call| add_metadata(call, false, Some(2), None),
        )
        .method(
            "columnByMetadata",
            &[name, data_type, key, is_virtual],
            SCHEMA_BUILDER,
            |call| add_metadata(call, false, Some(2), Some(3)),
        )
        .method(
            "columnOfTypeByMetadata",
            &[name, data_type, key, is_virtual],
            SCHEMA_BUILDER,
            |call| add_metadata(call, true, Some(2), Some(3)),
        )
}

/// The methods that take columns from elsewhere.
fn sources(class: JavaClass) -> JavaClass {
    let texts = ParameterType::List(&ParameterType::String);
    class
        .method(
            "fromSchema",
            &[Parameter::one("unresolvedSchema", ParameterType::Object(SCHEMA))],
            SCHEMA_BUILDER,
            |call| {
                let other: Arc<Schema> = call.object(0)?;
                change(call, |schema| {
                    schema.columns.extend(other.0.columns.iter().cloned());
                    schema.watermarks.extend(other.0.watermarks.iter().cloned());
                    if other.0.primary_key.is_some() {
                        schema.primary_key.clone_from(&other.0.primary_key);
                    }
                })
            },
        )
        .method(
            "fromResolvedSchema",
            &[Parameter::one(
                "resolvedSchema",
                ParameterType::Object(RESOLVED_SCHEMA),
            )],
            SCHEMA_BUILDER,
            |call| {
                let resolved: Arc<ResolvedSchema> = call.object(0)?;
                let columns = resolved
                    .0
                    .columns
                    .iter()
                    .map(|column| physical(&column.name, column.column_type.as_serializable_string()));
                let columns: Vec<ColumnDescription> = columns.collect();
                let key = resolved
                    .0
                    .primary_key
                    .iter()
                    .filter_map(|at| resolved.0.columns.get(*at));
                let key: Vec<String> = key.map(|column| column.name.clone()).collect();
                change(call, |schema| {
                    schema.columns.extend(columns);
                    if !key.is_empty() {
                        schema.set_primary_key(None, key);
                    }
                })
            },
        )
        .method(
            "fromRowDataType",
            &[Parameter::one("dataType", ParameterType::String)],
            SCHEMA_BUILDER,
            |call| {
                let row_type = parse_type(call.string(0)?, TypeDialect::Ddl)?;
                let TypeKind::Row(fields) = row_type.kind else {
                    return Err(PlanError::validation("Data type of ROW expected.").into());
                };
                let columns: Vec<ColumnDescription> = fields
                    .iter()
                    .map(|field| physical(&field.name, field.field_type.to_string()))
                    .collect();
                change(call, |schema| schema.columns.extend(columns))
            },
        )
        .method(
            "fromFields",
            &[
                Parameter::one("fieldNames", texts),
                Parameter::one("fieldDataTypes", texts),
            ],
            SCHEMA_BUILDER,
            |call| {
                let names = call.string_list(0)?.unwrap_or_default();
                let types = call.string_list(1)?.unwrap_or_default();
                if names.len() != types.len() {
                    let message = "Field names and field data types must have the same length.";
                    return Err(PlanError::validation(message).into());
                }
                let columns: Vec<ColumnDescription> = names
                    .iter()
                    .zip(types)
                    .map(|(name, column_type)| physical(name, column_type))
                    .collect();
                change(call, |schema| schema.columns.extend(columns))
            },
        )
}

fn physical(name: &str, text: String) -> ColumnDescription {
    let is_resolved = true;
    ColumnDescription::Physical(name.to_owned(), DescribedType { text, is_resolved })
}

fn expression_parameter(name: &'static str) -> Parameter {
    const CHOICES: &[ParameterType] = &[ParameterType::String, ParameterType::Object(API_EXPRESSION)];
    Parameter::one(name, ParameterType::Either(CHOICES))
}

/// A text of SQL, or an expression.
fn expression(call: &Invocation<'_>, position: usize) -> Result<DescribedExpression> {
    if matches!(call.argument(position)?, Argument::Value(_)) {
        return Ok(DescribedExpression::Sql(call.string(position)?.to_owned()));
    }
    let tree: Expression = operand(call, position)?;
    Ok(DescribedExpression::Tree(tree))
}

fn column_type(call: &Invocation<'_>, position: usize, is_resolved: bool) -> Result<DescribedType> {
    let text = call.string(position)?.to_owned();
    // A type that cannot be read is an error here, at the program's own line.
    parse_type(&text, TypeDialect::Ddl)?;
    Ok(DescribedType { text, is_resolved })
}

fn add_metadata(
    call: &Invocation<'_>,
    is_resolved: bool,
    key: Option<usize>,
    is_virtual: Option<usize>,
) -> Result<Returned> {
    let key = match key {
        Some(position) => match call.argument(position)? {
            Argument::Value(nutkin_protocol::Value::Null) => None,
            _ => Some(call.string(position)?.to_owned()),
        },
        None => None,
    };
    let column = ColumnDescription::Metadata {
        name: call.string(0)?.to_owned(),
        column_type: column_type(call, 1, is_resolved)?,
        key,
        is_virtual: is_virtual.map_or(Ok(false), |position| call.boolean(position))?,
    };
    change(call, |schema| schema.columns.push(column))
}

fn primary_key(call: &Invocation<'_>, name: Option<&str>, columns: Vec<String>) -> Result<Returned> {
    if columns.is_empty() {
        return Err(PlanError::validation("Primary key column names must not be empty.").into());
    }
    let builder: Arc<SchemaBuilder> = call.receiver()?;
    let has_key = builder
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .primary_key
        .is_some();
    if has_key {
        return Err(PlanError::validation("Multiple primary keys are not supported.").into());
    }
    change(call, |schema| schema.set_primary_key(name, columns))
}

/// Changes the description and returns the builder itself.
fn change(call: &Invocation<'_>, work: impl FnOnce(&mut SchemaDescription)) -> Result<Returned> {
    let builder: Arc<SchemaBuilder> = call.receiver()?;
    work(&mut builder.0.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(builder.into())
}
