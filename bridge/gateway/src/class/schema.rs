//! `Schema`: columns, watermarks and primary key as a program describes them.

use std::sync::Arc;

use super::names::{SCHEMA, SCHEMA_BUILDER};
use super::schema_builder::SchemaBuilder;
use crate::description::SchemaDescription;
use crate::model::{JavaClass, JavaObject, Parameter, ParameterType, Returned};

/// A finished description.
pub(super) struct Schema(pub(super) SchemaDescription);

impl JavaObject for Schema {
    fn class_name(&self) -> &'static str {
        SCHEMA
    }
}

pub(super) fn class() -> JavaClass {
    JavaClass::new(
        SCHEMA,
        "Columns, watermarks and primary key as a program describes them.",
    )
    .function("newBuilder", &[], SCHEMA_BUILDER, |_| {
        Ok(Returned::object(SchemaBuilder::default()))
    })
    .method("toString", &[], "String", |call| {
        let schema: Arc<Schema> = call.receiver()?;
        Ok(schema.0.to_string().into())
    })
    .method(
        "equals",
        &[Parameter::one("other", ParameterType::Object(SCHEMA))],
        "boolean",
        |call| {
            let schema: Arc<Schema> = call.receiver()?;
            let other: Arc<Schema> = call.object(0)?;
            Ok((schema.0 == other.0).into())
        },
    )
}
