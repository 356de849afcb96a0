//! `Optional`.

use super::super::call::Call;
use super::super::class::Class;
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;
use crate::model::JavaObject;

/// A value that may be missing.
struct Optional(JavaValue);

/// A value, or nothing for null.
pub(crate) fn optional(value: JavaValue) -> JavaValue {
    JavaValue::object(Optional(value))
}

impl JavaObject for Optional {
    fn class_name(&self) -> &'static str {
        "java.util.Optional"
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        any.downcast_ref::<Self>()
            .is_some_and(|other| self.0.equals(&other.0))
    }

    fn java_hash(&self) -> i32 {
        self.0.hash_code()
    }

    fn java_string(&self) -> String {
        if self.0.is_null() {
            "Optional.empty".to_owned()
        } else {
            format!("Optional[{}]", self.0.to_text())
        }
    }
}

fn inner(call: &Call<'_>) -> Outcome {
    Ok(call.this::<Optional>()?.0.clone())
}

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("java.util.Optional")
            .function("Optional empty()", |_| Ok(optional(JavaValue::Null)))
            .function("Optional of(Object)", |call| match call.value(0)? {
                JavaValue::Null => Err(Failure::bare("java.lang.NullPointerException")),
                value => Ok(optional(value.clone())),
            })
            .function("Optional ofNullable(Object)", |call| {
                Ok(optional(call.value(0)?.clone()))
            })
            .method("boolean isPresent()", |call| Ok((!inner(call)?.is_null()).into()))
            .method("boolean isEmpty()", |call| Ok(inner(call)?.is_null().into()))
            .method("Object get()", |call| match inner(call)? {
                JavaValue::Null => Err(Failure::thrown(
                    "java.util.NoSuchElementException",
                    "No value present",
                )),
                value => Ok(value),
            })
            .method("Object orElse(Object)", |call| match inner(call)? {
                JavaValue::Null => Ok(call.value(0)?.clone()),
                value => Ok(value),
            }),
    ]
}
