//! `TableDescriptor`: a connector with options, and what is in its table.

use std::sync::Arc;

use super::names::{SCHEMA, TABLE_DESCRIPTOR, TABLE_DESCRIPTOR_BUILDER};
use super::schema::Schema;
use super::table_descriptor_builder::TableDescriptorBuilder;
use crate::Result;
use crate::description::TableDescription;
use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};

/// A finished description.
pub(super) struct TableDescriptor(pub(super) TableDescription);

impl JavaObject for TableDescriptor {
    fn class_name(&self) -> &'static str {
        TABLE_DESCRIPTOR
    }
}

pub(super) fn class() -> JavaClass {
    JavaClass::new(
        TABLE_DESCRIPTOR,
        "A connector with options, and what is in its table.",
    )
    .function(
        "forConnector",
        &[Parameter::one("connector", ParameterType::String)],
        TABLE_DESCRIPTOR_BUILDER,
        |call| Ok(Returned::object(TableDescriptorBuilder::new(call.string(0)?))),
    )
    .method("getSchema", &[], "Schema|null", |call| {
        Ok(match &descriptor(call)?.0.schema {
            Some(schema) => Returned::object(Schema(schema.clone())),
            None => Returned::NULL,
        })
    })
    .method("getOptions", &[], "Map<String, String>", |call| {
        Ok(Returned::string_map(descriptor(call)?.0.options.iter().cloned()))
    })
    .method("getPartitionKeys", &[], "List<String>", |call| {
        Ok(Returned::strings(
            descriptor(call)?.0.partition_keys.iter().cloned(),
        ))
    })
    .method("getComment", &[], "String|null", |call| {
        let comment = descriptor(call)?.0.comment.clone();
        Ok(comment.into())
    })
    .method("toString", &[], "String", |call| {
        Ok(descriptor(call)?.0.to_string().into())
    })
    .method(
        "equals",
        &[Parameter::one("other", ParameterType::Object(TABLE_DESCRIPTOR))],
        "boolean",
        |call| {
            let other: Arc<TableDescriptor> = call.object(0)?;
            Ok((descriptor(call)?.0 == other.0).into())
        },
    )
}

/// The parameter for a schema.
pub(super) const SCHEMA_PARAMETER: Parameter = Parameter::one("schema", ParameterType::Object(SCHEMA));

fn descriptor(call: &Invocation<'_>) -> Result<Arc<TableDescriptor>> {
    call.receiver()
}
