//! Methods that do no more than call a built-in function with their arguments.

use std::collections::HashMap;

use crate::model::{Handler, JavaClass, MethodKind, Parameter};

use super::names::API_EXPRESSION;
use super::operand::OPERAND;

/// A method of an expression or of `Expressions`, and the built-in function that it calls.
#[derive(Debug, Clone, Copy)]
pub(super) struct FunctionCall {
    /// The name in Java.
    pub(super) method: &'static str,
    /// The function's name in the Table API, such as `greaterThan`.
    pub(super) function: &'static str,
    /// The fewest arguments.
    pub(super) fewest: usize,
    /// The most arguments; [`MANY`] has no end.
    pub(super) most: usize,
}

/// Any number of arguments.
pub(super) const MANY: usize = usize::MAX;

const ARGUMENTS: [Parameter; 4] = [
    Parameter::one("first", OPERAND),
    Parameter::one("second", OPERAND),
    Parameter::one("third", OPERAND),
    Parameter::one("fourth", OPERAND),
];
const FURTHER: Parameter = Parameter::many("further", OPERAND);

/// A row of such a table.
pub(super) const fn calls(
    method: &'static str,
    function: &'static str,
    fewest: usize,
    most: usize,
) -> FunctionCall {
    FunctionCall {
        method,
        function,
        fewest,
        most,
    }
}

/// The class with the methods of a table, an overload for each number of arguments.
pub(super) fn with_calls(
    class: JavaClass,
    kind: MethodKind,
    table: &[FunctionCall],
    handler: Handler,
) -> JavaClass {
    let add = |class: JavaClass, name, parameters: &[Parameter]| match kind {
        MethodKind::Instance => class.method(name, parameters, API_EXPRESSION, handler),
        _ => class.function(name, parameters, API_EXPRESSION, handler),
    };
    table.iter().fold(class, |class, call| {
        if call.most == MANY {
            let mut parameters = ARGUMENTS[..call.fewest].to_vec();
            parameters.push(FURTHER);
            return add(class, call.method, &parameters);
        }
        (call.fewest..=call.most).fold(class, |class, count| add(class, call.method, &ARGUMENTS[..count]))
    })
}

/// The functions of a table by the names of their methods.
pub(super) fn functions_by_method(table: &[FunctionCall]) -> HashMap<&'static str, &'static str> {
    table.iter().map(|call| (call.method, call.function)).collect()
}
