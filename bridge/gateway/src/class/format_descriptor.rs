//! `FormatDescriptor`: a format with its options.

use std::sync::{Arc, Mutex, PoisonError};

use super::names::{FORMAT_DESCRIPTOR, FORMAT_DESCRIPTOR_BUILDER};
use crate::Result;
use crate::description::{FormatDescription, set_option};
use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};

/// A finished description.
pub(super) struct FormatDescriptor(pub(super) FormatDescription);

/// A description that is being made.
struct FormatDescriptorBuilder(Mutex<FormatDescription>);

impl JavaObject for FormatDescriptor {
    fn class_name(&self) -> &'static str {
        FORMAT_DESCRIPTOR
    }
}

impl JavaObject for FormatDescriptorBuilder {
    fn class_name(&self) -> &'static str {
        FORMAT_DESCRIPTOR_BUILDER
    }
}

pub(super) fn class() -> JavaClass {
    JavaClass::new(FORMAT_DESCRIPTOR, "A format with its options.")
        .function(
            "forFormat",
            &[Parameter::one("format", ParameterType::String)],
            FORMAT_DESCRIPTOR_BUILDER,
            |call| {
                Ok(Returned::object(FormatDescriptorBuilder(Mutex::new(
                    FormatDescription {
                        format: call.string(0)?.to_owned(),
                        options: Vec::new(),
                    },
                ))))
            },
        )
        .method("getFormat", &[], "String", |call| {
            Ok(descriptor(call)?.0.format.clone().into())
        })
        .method("getOptions", &[], "Map<String, String>", |call| {
            Ok(Returned::string_map(descriptor(call)?.0.options.iter().cloned()))
        })
        .method("toString", &[], "String", |call| {
            Ok(descriptor(call)?.0.to_string().into())
        })
        .method(
            "equals",
            &[Parameter::one("other", ParameterType::Object(FORMAT_DESCRIPTOR))],
            "boolean",
            |call| {
                let other: Arc<FormatDescriptor> = call.object(0)?;
                Ok((descriptor(call)?.0 == other.0).into())
            },
        )
}

pub(super) fn builder_class() -> JavaClass {
    JavaClass::new(FORMAT_DESCRIPTOR_BUILDER, "Collects the options of a format.")
        .method(
            "option",
            &[
                Parameter::one("key", ParameterType::String),
                Parameter::one("value", ParameterType::String),
            ],
            FORMAT_DESCRIPTOR_BUILDER,
            |call| {
                let builder: Arc<FormatDescriptorBuilder> = call.receiver()?;
                let mut format = builder.0.lock().unwrap_or_else(PoisonError::into_inner);
                set_option(&mut format.options, call.string(0)?, call.string(1)?);
                drop(format);
                Ok(builder.into())
            },
        )
        .method("build", &[], FORMAT_DESCRIPTOR, |call| {
            let builder: Arc<FormatDescriptorBuilder> = call.receiver()?;
            let format = builder.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
            Ok(Returned::object(FormatDescriptor(format)))
        })
}

fn descriptor(call: &Invocation<'_>) -> Result<Arc<FormatDescriptor>> {
    call.receiver()
}
