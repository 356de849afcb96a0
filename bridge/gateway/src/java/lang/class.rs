//! `Class`.

use super::super::array::JavaArray;
use super::super::call::Call;
use super::super::class::Class;
use super::super::class_object::ClassObject;
use super::super::failure::{Failure, Outcome};
use super::super::signature::Primitive;
use super::super::value::JavaValue;
use super::reflect;

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("java.lang.Class")
            .function("Class forName(String)", |call| find(call))
            .function("Class forName(String, boolean, ClassLoader)", |call| find(call))
            .method("String getName()", |call| Ok(name(call)?.into()))
            .method("String getTypeName()", |call| Ok(name(call)?.into()))
            .method("String getCanonicalName()", |call| {
                Ok(name(call)?.replace('$', ".").into())
            })
            .method("String getSimpleName()", |call| {
                let name = name(call)?;
                Ok(name.rsplit(['.', '$']).next().unwrap_or(name).into())
            })
            .method("String getPackageName()", |call| {
                Ok(name(call)?
                    .rsplit_once('.')
                    .map_or("", |(package, _)| package)
                    .into())
            })
            .method("boolean isInterface()", |call| {
                Ok(call.machine.classes.is_interface(name(call)?).into())
            })
            .method("boolean isArray()", |call| {
                Ok(name(call)?.starts_with('[').into())
            })
            .method("boolean isPrimitive()", |call| {
                Ok(Primitive::named(name(call)?).is_some().into())
            })
            .method("boolean isInstance(Object)", |call| {
                let class = name(call)?;
                Ok(call.machine.is_instance(class, call.value(0)?).into())
            })
            .method("boolean isAssignableFrom(Class)", |call| {
                let class = name(call)?;
                let other = call.object::<ClassObject>(0)?;
                Ok(call.machine.classes.is_assignable(class, other.name).into())
            })
            .method("Class getSuperclass()", |call| {
                let parent = call.machine.classes.parent(name(call)?);
                Ok(parent.map_or(JavaValue::Null, ClassObject::of))
            })
            .method("ClassLoader getClassLoader()", |_| {
                Ok(super::class_loader::system())
            })
            .method("Object newInstance()", |call| {
                let class = name(call)?;
                call.machine.call_static(call.thread, class, "", Vec::new())
            })
            .method("Object[] getEnumConstants()", |call| {
                let class = name(call)?;
                call.machine.call_static(call.thread, class, "values", Vec::new())
            })
            .method("java.lang.reflect.Field getDeclaredField(String)", |call| {
                reflect::field(name(call)?, call.text(0)?)
            })
            .method("java.lang.reflect.Field getField(String)", |call| {
                reflect::field(name(call)?, call.text(0)?)
            })
            .method(
                "java.lang.reflect.Method getDeclaredMethod(String, Class[])",
                |call| reflect::method(call, name(call)?),
            )
            .method("java.lang.reflect.Method getMethod(String, Class[])", |call| {
                reflect::method(call, name(call)?)
            }),
        Class::new("java.lang.reflect.Array")
            .function("int getLength(Object)", |call| match call.value(0)? {
                JavaValue::Bytes(bytes) => Ok(JavaValue::count(bytes.len())),
                other => match other.peek::<JavaArray>() {
                    Some(array) => Ok(JavaValue::count(array.lock().len())),
                    None => Err(Failure::illegal("Argument is not an array")),
                },
            })
            .function("Object get(Object, int)", |call| {
                let index = call.long(1)?;
                call.object::<JavaArray>(0)?.get(index)
            })
            .function("void set(Object, int, Object)", |call| {
                let index = call.long(1)?;
                call.object::<JavaArray>(0)?.set(index, call.value(2)?.clone())?;
                Ok(JavaValue::Void)
            })
            .function("Object newInstance(Class, int)", |call| {
                let class = call.object::<ClassObject>(0)?;
                Ok(JavaArray::filled(class.name, &[call.index(1)?]))
            }),
    ]
}

fn name(call: &Call<'_>) -> Outcome<&'static str> {
    Ok(call.this::<ClassObject>()?.name)
}

fn find(call: &Call<'_>) -> Outcome {
    by_name(call, call.text(0)?)
}

/// The object of the class of a name.
pub(crate) fn by_name(call: &Call<'_>, name: &str) -> Outcome {
    match call.machine.classes.known(name) {
        Some(known) => Ok(ClassObject::of(known)),
        None if Primitive::named(name).is_some() => Ok(ClassObject::of(name)),
        None => Err(Failure::thrown("java.lang.ClassNotFoundException", name)),
    }
}
