//! `TableDescriptor.Builder`: collects what describes a table.

use std::sync::{Arc, Mutex, PoisonError};

use super::format_descriptor::FormatDescriptor;
use super::names::{FORMAT_DESCRIPTOR, TABLE_DESCRIPTOR, TABLE_DESCRIPTOR_BUILDER};
use super::schema::Schema;
use super::table_descriptor::{SCHEMA_PARAMETER, TableDescriptor};
use crate::Result;
use crate::description::{FormatDescription, TableDescription, set_option};
use crate::model::{Argument, Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};

/// A description that is being made.
pub(super) struct TableDescriptorBuilder(Mutex<TableDescription>);

impl TableDescriptorBuilder {
    pub(super) fn new(connector: &str) -> Self {
        Self(Mutex::new(TableDescription {
            options: vec![("connector".to_owned(), connector.to_owned())],
            ..TableDescription::default()
        }))
    }
}

impl JavaObject for TableDescriptorBuilder {
    fn class_name(&self) -> &'static str {
        TABLE_DESCRIPTOR_BUILDER
    }
}

pub(super) fn class() -> JavaClass {
    const FORMATS: &[ParameterType] = &[ParameterType::String, ParameterType::Object(FORMAT_DESCRIPTOR)];
    let key = Parameter::one("key", ParameterType::String);
    let value = Parameter::one("value", ParameterType::String);
    let format = Parameter::one("format", ParameterType::Either(FORMATS));
    JavaClass::new(TABLE_DESCRIPTOR_BUILDER, "Collects what describes a table.")
        .method("schema", &[SCHEMA_PARAMETER], TABLE_DESCRIPTOR_BUILDER, |call| {
            let schema: Arc<Schema> = call.object(0)?;
            change(call, |table| table.schema = Some(schema.0.clone()))
        })
        .method("option", &[key, value], TABLE_DESCRIPTOR_BUILDER, |call| {
            let (key, value) = (call.string(0)?, call.string(1)?);
            change(call, |table| set_option(&mut table.options, key, value))
        })
        .method("format", &[format], TABLE_DESCRIPTOR_BUILDER, |call| {
            let format = described_format(call, 0)?;
            change(call, |table| table.set_format("format", &format))
        })
        .method(
            "format",
            &[Parameter::one("formatOption", ParameterType::String), format],
            TABLE_DESCRIPTOR_BUILDER,
            |call| {
                let option = call.string(0)?;
                let format = described_format(call, 1)?;
                change(call, |table| table.set_format(option, &format))
            },
        )
        .method(
            "partitionedBy",
            &[Parameter::many("partitionKeys", ParameterType::String)],
            TABLE_DESCRIPTOR_BUILDER,
            |call| {
                let keys = call.strings(0)?;
                change(call, |table| table.partition_keys.extend(keys))
            },
        )
        .method(
            "comment",
            &[Parameter::one(
                "comment",
                ParameterType::Nullable(&ParameterType::String),
            )],
            TABLE_DESCRIPTOR_BUILDER,
            |call| {
                let comment = match call.argument(0)? {
                    Argument::Value(nutkin_protocol::Value::Null) => None,
                    _ => Some(call.string(0)?.to_owned()),
                };
                change(call, |table| table.comment = comment)
            },
        )
        .method("build", &[], TABLE_DESCRIPTOR, |call| {
            let builder: Arc<TableDescriptorBuilder> = call.receiver()?;
            let table = builder.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
            Ok(Returned::object(TableDescriptor(table)))
        })
}

/// A format by name, or with options.
fn described_format(call: &Invocation<'_>, position: usize) -> Result<FormatDescription> {
    if matches!(call.argument(position)?, Argument::Value(_)) {
        return Ok(FormatDescription {
            format: call.string(position)?.to_owned(),
            options: Vec::new(),
        });
    }
    let descriptor: Arc<FormatDescriptor> = call.object(position)?;
    Ok(descriptor.0.clone())
}

/// Changes the description and returns the builder itself.
fn change(call: &Invocation<'_>, work: impl FnOnce(&mut TableDescription)) -> Result<Returned> {
    let builder: Arc<TableDescriptorBuilder> = call.receiver()?;
    work(&mut builder.0.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(builder.into())
}
