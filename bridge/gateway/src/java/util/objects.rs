//! `Objects`.

use super::super::class::Class;
use super::super::failure::Failure;
use super::super::value::JavaValue;

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("java.util.Objects")
            .function("boolean isNull(Object)", |call| {
                Ok(call.value(0)?.is_null().into())
            })
            .function("boolean nonNull(Object)", |call| {
                Ok((!call.value(0)?.is_null()).into())
            })
            .function("boolean equals(Object, Object)", |call| {
                Ok(call.value(0)?.equals(call.value(1)?).into())
            })
            .function("int hashCode(Object)", |call| {
                Ok(call.value(0)?.hash_code().into())
            })
            .function("String toString(Object)", |call| {
                let value = call.value(0)?.clone();
                Ok(match value {
                    JavaValue::String(_) => value,
                    other => call.machine.to_text(call.thread, &other)?.into(),
                })
            })
            .function("String toString(Object, String)", |call| {
                let value = call.value(0)?.clone();
                if value.is_null() {
                    return Ok(call.value(1)?.clone());
                }
                Ok(call.machine.to_text(call.thread, &value)?.into())
            })
            .function("Object requireNonNull(Object)", |call| match call.value(0)? {
                JavaValue::Null => Err(Failure::bare("java.lang.NullPointerException")),
                value => Ok(value.clone()),
            })
            .function("Object requireNonNull(Object, String)", |call| {
                match call.value(0)? {
                    JavaValue::Null => Err(Failure::thrown("java.lang.NullPointerException", call.text(1)?)),
                    value => Ok(value.clone()),
                }
            }),
    ]
}
