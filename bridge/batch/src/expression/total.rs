//! Which expressions give a value, or NULL, for every row.
//!
//! Others may fail: a division by zero, a cast of text. Where Flink would not compute them for a row,
//! because an earlier operand decided, they must not be computed here either.

use nutkin_plan::expression::ResolvedExpression;
use nutkin_plan::types::derive::is_numeric;
use nutkin_plan::types::{TypeKind, supports_avoiding_cast};

/// Functions that never fail if their arguments do not.
const TOTAL: &[&str] = &[
    "and",
    "or",
    "not",
    "isNull",
    "isNotNull",
    "isTrue",
    "isNotTrue",
    "isFalse",
    "isNotFalse",
    "plus",
    "minus",
    "times",
    "minusPrefix",
    "upper",
    "lower",
    "charLength",
    "concat",
    "trim",
    "substring",
    "ifThenElse",
    "COALESCE",
    "as",
];
/// Comparisons, which are as good as the casts to the type they compare in.
const COMPARISONS: &[&str] = &[
    "equals",
    "notEquals",
    "lessThan",
    "lessThanOrEqual",
    "greaterThan",
    "greaterThanOrEqual",
    "between",
    "notBetween",
    "in",
];

/// Whether the expression never fails.
pub(super) fn never_fails(expression: &ResolvedExpression) -> bool {
    match expression {
        ResolvedExpression::Field { .. }
        | ResolvedExpression::OuterField { .. }
        | ResolvedExpression::Literal { .. }
        | ResolvedExpression::Symbol { .. }
        | ResolvedExpression::Subquery(_) => true,
        ResolvedExpression::PatternField { .. } => false,
        ResolvedExpression::Call {
            arguments,
            result_type,
            ..
        } => {
            let Some(function) = expression.built_in() else {
                return false;
            };
            let safe = if TOTAL.contains(&function.name) {
                true
            } else if COMPARISONS.contains(&function.name) {
                compares_without_parsing(arguments)
            } else if function.name == "LIKE" {
                arguments.len() == 2
            } else if function.name == "cast" {
                arguments.iter().all(|argument| {
                    let from = argument.data_type();
                    supports_avoiding_cast(&from, result_type)
                        || (is_numeric(&from.kind) && is_numeric(&result_type.kind))
                })
            } else {
                false
            };
            safe && arguments.iter().all(never_fails)
        }
    }
}

/// Text is parsed when it is compared with a date; a constant text is parsed when the query is planned.
fn compares_without_parsing(arguments: &[ResolvedExpression]) -> bool {
    let is_text = |argument: &ResolvedExpression| {
        matches!(
            argument.data_type().kind,
            TypeKind::Char(_) | TypeKind::VarChar(_)
        )
    };
    let texts = arguments.iter().filter(|argument| is_text(argument)).count();
    texts == 0
        || texts == arguments.len()
        || arguments
            .iter()
            .filter(|argument| is_text(argument))
            .all(|argument| matches!(argument, ResolvedExpression::Literal { .. }))
}
