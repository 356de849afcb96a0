//! `ModelDescriptor`: a provider with options, and what goes into its model and comes out.

use std::sync::{Arc, Mutex, PoisonError};

use super::names::{MODEL_DESCRIPTOR, MODEL_DESCRIPTOR_BUILDER, SCHEMA};
use super::schema::Schema;
use crate::Result;
use crate::description::{ModelDescription, SchemaDescription, set_option};
use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};

/// A finished description.
pub(super) struct ModelDescriptor(pub(super) ModelDescription);

/// A description that is being made.
struct ModelDescriptorBuilder(Mutex<ModelDescription>);

impl JavaObject for ModelDescriptor {
    fn class_name(&self) -> &'static str {
        MODEL_DESCRIPTOR
    }
}

impl JavaObject for ModelDescriptorBuilder {
    fn class_name(&self) -> &'static str {
        MODEL_DESCRIPTOR_BUILDER
    }
}

pub(super) fn class() -> JavaClass {
    JavaClass::new(
        MODEL_DESCRIPTOR,
        "A provider with options, and what goes into its model and comes out.",
    )
    .function(
        "forProvider",
        &[Parameter::one("provider", ParameterType::String)],
        MODEL_DESCRIPTOR_BUILDER,
        |call| {
            Ok(Returned::object(ModelDescriptorBuilder(Mutex::new(
                ModelDescription {
                    options: vec![("provider".to_owned(), call.string(0)?.to_owned())],
                    ..ModelDescription::default()
                },
            ))))
        },
    )
    .method("getInputSchema", &[], "Schema|null", |call| {
        Ok(schema(descriptor(call)?.0.input.as_ref()))
    })
    .method("getOutputSchema", &[], "Schema|null", |call| {
        Ok(schema(descriptor(call)?.0.output.as_ref()))
    })
    .method("getOptions", &[], "Map<String, String>", |call| {
        Ok(Returned::string_map(descriptor(call)?.0.options.iter().cloned()))
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
        &[Parameter::one("other", ParameterType::Object(MODEL_DESCRIPTOR))],
        "boolean",
        |call| {
            let other: Arc<ModelDescriptor> = call.object(0)?;
            Ok((descriptor(call)?.0 == other.0).into())
        },
    )
}

pub(super) fn builder_class() -> JavaClass {
    let schema = Parameter::one("schema", ParameterType::Object(SCHEMA));
    JavaClass::new(MODEL_DESCRIPTOR_BUILDER, "Collects what describes a model.")
        .method("inputSchema", &[schema], MODEL_DESCRIPTOR_BUILDER, |call| {
            let schema: Arc<Schema> = call.object(0)?;
            change(call, |model| model.input = Some(schema.0.clone()))
        })
        .method("outputSchema", &[schema], MODEL_DESCRIPTOR_BUILDER, |call| {
            let schema: Arc<Schema> = call.object(0)?;
            change(call, |model| model.output = Some(schema.0.clone()))
        })
        .method(
            "option",
            &[
                Parameter::one("key", ParameterType::String),
                Parameter::one("value", ParameterType::String),
            ],
            MODEL_DESCRIPTOR_BUILDER,
            |call| {
                let (key, value) = (call.string(0)?, call.string(1)?);
                change(call, |model| set_option(&mut model.options, key, value))
            },
        )
        .method(
            "comment",
            &[Parameter::one("comment", ParameterType::String)],
            MODEL_DESCRIPTOR_BUILDER,
            |call| {
                let comment = call.string(0)?.to_owned();
                change(call, |model| model.comment = Some(comment))
            },
        )
        .method("build", &[], MODEL_DESCRIPTOR, |call| {
            let builder: Arc<ModelDescriptorBuilder> = call.receiver()?;
            let model = builder.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
            Ok(Returned::object(ModelDescriptor(model)))
        })
}

fn schema(schema: Option<&SchemaDescription>) -> Returned {
    schema.map_or(Returned::NULL, |schema| Returned::object(Schema(schema.clone())))
}

/// Changes the description and returns the builder itself.
fn change(call: &Invocation<'_>, work: impl FnOnce(&mut ModelDescription)) -> Result<Returned> {
    let builder: Arc<ModelDescriptorBuilder> = call.receiver()?;
    work(&mut builder.0.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(builder.into())
}

fn descriptor(call: &Invocation<'_>) -> Result<Arc<ModelDescriptor>> {
    call.receiver()
}
