//! `java.lang.reflect`, as far as PyFlink goes behind the backs of classes with it.

use super::super::array::JavaArray;
use super::super::call::Call;
use super::super::class::Class;
use super::super::failure::{Failure, Outcome, intern};
use super::super::flink::private_field;
use super::super::forward;
use super::super::value::JavaValue;
use crate::model::JavaObject;

/// A field of a class.
struct Field {
    class: &'static str,
    name: &'static str,
}

/// A method of a class.
struct Method {
    class: &'static str,
    name: &'static str,
}

impl JavaObject for Field {
    fn class_name(&self) -> &'static str {
        "java.lang.reflect.Field"
    }

    fn java_string(&self) -> String {
        format!("{}.{}", self.class, self.name)
    }
}

impl JavaObject for Method {
    fn class_name(&self) -> &'static str {
        "java.lang.reflect.Method"
    }

    fn java_string(&self) -> String {
        format!("{}.{}", self.class, self.name)
    }
}

/// The field of a name.
pub(super) fn field(class: &str, name: &str) -> Outcome {
    if private_field::is_known(class, name) {
        return Ok(JavaValue::object(Field {
            class: intern(class),
            name: intern(name),
        }));
    }
    Err(Failure::thrown("java.lang.NoSuchFieldException", name))
}

/// The method of a name, which is the first argument.
pub(super) fn method(call: &Call<'_>, class: &str) -> Outcome {
    let name = call.text(0)?;
    let declared = call
        .machine
        .classes
        .methods(class)
        .any(|(_, method)| method.name == name);
    if declared || forward::has_method(call.machine, class, name) {
        return Ok(JavaValue::object(Method {
            class: intern(class),
            name: intern(name),
        }));
    }
    Err(Failure::thrown(
        "java.lang.NoSuchMethodException",
        format!("{class}.{name}"),
    ))
}

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("java.lang.reflect.Field")
            .method("void setAccessible(boolean)", |_| Ok(JavaValue::Void))
            .method("String getName()", |call| Ok(call.this::<Field>()?.name.into()))
            .method("Object get(Object)", |call| {
                let field = call.this::<Field>()?;
                private_field::get(call, field.name, call.value(0)?)
            })
            .method("void set(Object, Object)", |call| {
                let field = call.this::<Field>()?;
                private_field::set(field.name)
            }),
        Class::new("java.lang.reflect.Method")
            .method("void setAccessible(boolean)", |_| Ok(JavaValue::Void))
            .method("String getName()", |call| Ok(call.this::<Method>()?.name.into()))
            .method("Object invoke(Object, Object[])", |call| {
                let method = call.this::<Method>()?;
                let target = call.value(0)?.clone();
                let arguments = match call.value(1)?.peek::<JavaArray>() {
                    Some(array) => array.elements(),
                    None => Vec::new(),
                };
                if target.is_null() {
                    call.machine
                        .call_static(call.thread, method.class, method.name, arguments)
                } else {
                    call.machine.call(call.thread, &target, method.name, arguments)
                }
            }),
    ]
}
