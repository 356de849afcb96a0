//! Expressions as Java has them: calls of functions that are no names, and literals made of anything.

use super::super::class::Class;
use super::super::value::JavaValue;

const EXPRESSIONS: &str = "org.apache.flink.table.api.Expressions";

pub(super) fn classes() -> Vec<Class> {
    vec![
        // Private in Java; PyFlink calls it by reflection.
        Class::new(EXPRESSIONS).function("Object apiCall(Object, Object[])", |call| {
            let arguments = call.arguments.clone();
            call.machine
                .call_static(call.thread, EXPRESSIONS, "call", arguments)
        }),
        Class::new("org.apache.flink.table.expressions.ApiExpressionUtils").function(
            "Object objectToExpression(Object)",
            |call| {
                let value = call.value(0)?.clone();
                if matches!(value, JavaValue::Object(_)) && call.machine.is_instance(API_EXPRESSION, &value) {
                    return Ok(value);
                }
                call.machine
                    .call_static(call.thread, EXPRESSIONS, "lit", vec![value])
            },
        ),
        Class::new(API_EXPRESSION).extends("org.apache.flink.table.expressions.Expression"),
    ]
}

const API_EXPRESSION: &str = "org.apache.flink.table.api.ApiExpression";
