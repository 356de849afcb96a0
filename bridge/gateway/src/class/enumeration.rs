//! Java's enumerations: a class each, whose static fields are the constants.

use std::sync::Arc;

use nutkin_plan::expression::Expression;
use nutkin_plan::expression::symbol::{ENUMERATIONS, Enumeration};
use nutkin_protocol::Value;

use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};
use crate::{GatewayError, Result};

/// A constant of an enumeration.
pub(super) struct EnumerationConstant {
    enumeration: &'static Enumeration,
    pub(super) name: &'static str,
}

impl JavaObject for EnumerationConstant {
    fn class_name(&self) -> &'static str {
        self.enumeration.class
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        any.downcast_ref::<Self>()
            .is_some_and(|other| other.class_name() == self.class_name() && other.name == self.name)
    }

    fn java_hash(&self) -> i32 {
        let units = self.name.bytes();
        units.fold(0i32, |hash, unit| {
            hash.wrapping_mul(31).wrapping_add(i32::from(unit))
        })
    }

    fn java_string(&self) -> String {
        self.name.to_owned()
    }

    fn as_text(&self) -> Option<String> {
        Some(self.name.to_owned())
    }
}

impl EnumerationConstant {
    /// The constant as an argument of a function.
    pub(super) fn symbol(&self) -> Expression {
        Expression::Symbol {
            class: self.enumeration.simple_name(),
            name: self.name.to_owned(),
        }
    }
}

/// The classes of all enumerations.
pub(super) fn classes() -> Vec<JavaClass> {
    ENUMERATIONS
        .iter()
        .map(|enumeration| class(enumeration))
        .collect()
}

fn class(enumeration: &'static Enumeration) -> JavaClass {
    let class = JavaClass::new(enumeration.class, enumeration.description);
    let class = enumeration.constants.iter().fold(class, |class, name| {
        class.field(name, enumeration.class, constant)
    });
    class
        .function(
            "valueOf",
            &[Parameter::one("name", ParameterType::String)],
            enumeration.class,
            |call| {
                let name = call.string(0)?;
                found(call, name).ok_or_else(|| GatewayError::IllegalArgument {
                    message: format!("No enum constant {}.{name}", call.method.result),
                    hint: None,
                })
            },
        )
        .method("name", &[], "String", name)
        .method("toString", &[], "String", name)
        .method("ordinal", &[], "int", |call| {
            let constant: Arc<EnumerationConstant> = call.receiver()?;
            let names = constant.enumeration.constants;
            let ordinal = names.iter().position(|name| *name == constant.name).unwrap_or(0);
            Ok(Returned::Value(Value::Int(
                i32::try_from(ordinal).unwrap_or(i32::MAX),
            )))
        })
}

/// The constant that is called as the field that is read.
fn constant(call: &mut Invocation<'_>) -> Result<Returned> {
    found(call, call.method.name).ok_or_else(|| GatewayError::Internal {
        message: format!("{} is no constant of {}", call.method.name, call.method.result),
    })
}

/// The constant of a name, of the enumeration that the method returns.
fn found(call: &Invocation<'_>, name: &str) -> Option<Returned> {
    let enumeration = ENUMERATIONS
        .iter()
        .find(|enumeration| enumeration.class == call.method.result)?;
    let name = enumeration.constants.iter().find(|constant| **constant == name)?;
    Some(Returned::object(EnumerationConstant { enumeration, name }))
}

fn name(call: &mut Invocation<'_>) -> Result<Returned> {
    let constant: Arc<EnumerationConstant> = call.receiver()?;
    Ok(constant.name.into())
}
