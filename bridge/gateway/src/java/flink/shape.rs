//! Results of the native object model in the form that Java has them.

use super::super::failure::Outcome;
use super::super::util::optional::optional;
use super::super::util::time::zone_id;
use super::super::value::JavaValue;
use super::enumeration::{RESULT_KIND, constant};

/// A result as Java's method answers it.
pub(crate) fn result(class: &str, method: &str, value: JavaValue) -> Outcome {
    let simple = class.rsplit('.').next().unwrap_or(class);
    Ok(match (simple, method) {
        ("TableResult", "getResultKind") => enum_constant(RESULT_KIND, value),
        ("TableResult", "getJobClient") => optional(value),
        ("TableConfig", "getLocalTimeZone") => match value {
            JavaValue::Null => zone_id("UTC"),
            zone => zone_id(&zone.to_text()),
        },
        _ => value,
    })
}

/// The constant of a name; a name that the enum lacks stays a text.
fn enum_constant(class: &str, name: JavaValue) -> JavaValue {
    constant(class, &name.to_text()).unwrap_or(name)
}
