//! The choice between overloads, as Py4J makes it.
//!
//! Every argument has a cost for every parameter, or cannot be passed. The overload whose costs add up
//! to the least is taken; of equals, the first. Whole numbers become narrower where Java would not.

use super::classes::Classes;
use super::proxy::PythonProxy;
use super::signature::{JavaType, Primitive};
use super::value::JavaValue;

/// What null costs where any object goes, less the depth of its class.
const NULL_COST: u32 = 100_000_000;
/// What one step up from a class costs.
const STEP: u32 = 100;

/// The cost of passing these arguments, or `None` when they do not fit.
pub(crate) fn cost(parameters: &[JavaType], arguments: &[JavaValue], classes: &Classes) -> Option<u32> {
    if parameters.len() != arguments.len() {
        return None;
    }
    parameters
        .iter()
        .zip(arguments)
        .try_fold(0u32, |sum, (parameter, argument)| {
            Some(sum.saturating_add(cost_of(*parameter, argument, classes)?))
        })
}

fn cost_of(parameter: JavaType, argument: &JavaValue, classes: &Classes) -> Option<u32> {
    if argument.is_null() {
        return match parameter {
            JavaType::Primitive(_) | JavaType::Void => None,
            JavaType::Array(_) => Some(NULL_COST - 1),
            JavaType::Class(class) => Some(match classes.distance("java.lang.Object", class) {
                Some(depth) => NULL_COST.saturating_sub(depth),
                None => NULL_COST + 1,
            }),
        };
    }
    if let JavaType::Class(class) = parameter
        && let Some(proxy) = argument.peek::<PythonProxy>()
    {
        let implements = |interface: &String| classes.is_assignable(class, interface);
        return proxy.interfaces.iter().any(implements).then_some(STEP);
    }
    if let JavaType::Class(class) = parameter
        && let Some(steps) = classes.distance(class, argument.class_name())
    {
        return Some(steps * STEP);
    }
    if let JavaType::Array(element) = parameter {
        return classes.is_array_of(argument, element).then_some(0);
    }
    let primitive = match parameter {
        JavaType::Primitive(primitive) => primitive,
        JavaType::Class(class) => Primitive::of_wrapper(class)?,
        JavaType::Array(_) | JavaType::Void => return None,
    };
    cost_of_primitive(primitive, argument)
}

fn cost_of_primitive(parameter: Primitive, argument: &JavaValue) -> Option<u32> {
    use JavaValue as V;
    use Primitive as P;
    Some(match (parameter, argument) {
        (P::Long, V::Long(_)) | (P::Int, V::Int(_)) | (P::Short, V::Short(_)) | (P::Byte, V::Byte(_)) => 0,
        (P::Long, V::Int(_)) | (P::Int, V::Short(_)) | (P::Short, V::Byte(_)) => 1,
        (P::Long, V::Short(_)) | (P::Int, V::Byte(_)) => 2,
        (P::Long, V::Byte(_)) => 3,
        (P::Short, V::Int(_)) => 1,
        (P::Byte, V::Int(_)) => 2,
        (P::Double, V::Double(_)) | (P::Float, V::Float(_)) => 0,
        (P::Double, V::Float(_)) | (P::Float, V::Double(_)) => 1,
        (P::Char, V::Char(_)) | (P::Boolean, V::Boolean(_)) => 0,
        (P::Char, V::String(_)) => 1,
        _ => return None,
    })
}

/// An argument that was found to fit, as the parameter's type.
pub(crate) fn convert(parameter: JavaType, argument: JavaValue) -> JavaValue {
    let primitive = match parameter {
        JavaType::Primitive(primitive) => Some(primitive),
        JavaType::Class(class) => Primitive::of_wrapper(class),
        JavaType::Array(_) | JavaType::Void => None,
    };
    let Some(primitive) = primitive else {
        return argument;
    };
    match (primitive, &argument) {
        (Primitive::Double, JavaValue::Float(value)) => JavaValue::Double(f64::from(*value)),
        (Primitive::Float, JavaValue::Double(value)) => JavaValue::Float(*value as f32),
        (Primitive::Char, JavaValue::String(text)) => text.chars().next().map_or(argument, JavaValue::Char),
        (Primitive::Long, _) => whole(&argument).map_or(argument, JavaValue::Long),
        // What Java would refuse to narrow, Py4J truncates.
        (Primitive::Int, _) => whole(&argument).map_or(argument, |value| JavaValue::Int(value as i32)),
        (Primitive::Short, _) => whole(&argument).map_or(argument, |value| JavaValue::Short(value as i16)),
        (Primitive::Byte, _) => whole(&argument).map_or(argument, |value| JavaValue::Byte(value as i8)),
        _ => argument,
    }
}

fn whole(value: &JavaValue) -> Option<i64> {
    match value {
        JavaValue::Byte(value) => Some(i64::from(*value)),
        JavaValue::Short(value) => Some(i64::from(*value)),
        JavaValue::Int(value) => Some(i64::from(*value)),
        JavaValue::Long(value) => Some(*value),
        _ => None,
    }
}
