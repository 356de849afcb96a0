//! `Object`, `Enum`, and interfaces without methods of their own.

use super::super::class::Class;
use super::super::class_object::{ClassObject, EnumConstant};
use super::super::collection::compare::natural;
use super::super::failure::Failure;
use super::super::value::JavaValue;

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("java.lang.Object")
            .constructor("()", |_| Ok(JavaValue::object(PlainObject)))
            .method("boolean equals(Object)", |call| {
                Ok(call.this.equals(call.value(0)?).into())
            })
            .method("int hashCode()", |call| Ok(call.this.hash_code().into()))
            .method("String toString()", |call| Ok(call.this.to_text().into()))
            .method("Class getClass()", |call| {
                Ok(ClassObject::of(call.this.class_name()))
            }),
        Class::new("java.lang.Enum")
            .implements(&["java.lang.Comparable"])
            .method("String name()", |call| {
                Ok(call.this::<EnumConstant>()?.name.into())
            })
            .method("int ordinal()", |call| {
                Ok(call.this::<EnumConstant>()?.ordinal.into())
            })
            .method("int compareTo(Object)", |call| {
                Ok((natural(&call.this, call.value(0)?)? as i32).into())
            })
            .method("Class getDeclaringClass()", |call| {
                Ok(ClassObject::of(call.this.class_name()))
            })
            .function("Object[] values()", |call| {
                let class = call.class;
                let constants = call
                    .machine
                    .classes
                    .get(class)
                    .map_or(&[][..], |found| found.constants);
                let values = constants
                    .iter()
                    .filter_map(|name| EnumConstant::value(class, constants, name))
                    .collect();
                Ok(JavaValue::object(super::super::array::JavaArray::new(
                    class, values,
                )))
            })
            .function("Object valueOf(String)", |call| {
                let class = call.class;
                let constants = call
                    .machine
                    .classes
                    .get(class)
                    .map_or(&[][..], |found| found.constants);
                let name = call.text(0)?;
                EnumConstant::value(class, constants, name).ok_or_else(|| {
                    Failure::illegal(format!("No enum constant {}.{name}", class.replace('$', ".")))
                })
            }),
        Class::interface("java.lang.Comparable"),
        Class::interface("java.lang.Iterable"),
        Class::interface("java.lang.CharSequence").implements(&["java.lang.Comparable"]),
        Class::interface("java.lang.Runnable"),
        Class::interface("java.lang.AutoCloseable"),
        Class::interface("java.io.Serializable"),
    ]
}

/// `new Object()`.
struct PlainObject;

impl crate::model::JavaObject for PlainObject {
    fn class_name(&self) -> &'static str {
        "java.lang.Object"
    }
}
