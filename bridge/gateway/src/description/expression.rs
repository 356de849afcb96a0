//! Expressions of the Table API as text of SQL, for the columns of a described table.

use nutkin_plan::PlanError;
use nutkin_plan::catalog::quote_identifier;
use nutkin_plan::expression::{CallTarget, Expression, LiteralValue};

use super::quote_text;
use crate::Result;

const OPERATORS: [&str; 13] = [
    "+", "-", "*", "/", "%", "=", "<>", "<", "<=", ">", ">=", "AND", "OR",
];

/// The expression as SQL.
///
/// # Errors
/// For expressions that SQL has no text of, by name.
pub(super) fn sql_text(expression: &Expression) -> Result<String> {
    match expression {
        Expression::Reference(name) => Ok(quote_identifier(name)),
        Expression::Literal { value, literal_type } => literal(value, expression).map(|text| match value {
            LiteralValue::Null => format!("CAST(NULL AS {literal_type})"),
            _ => text,
        }),
        Expression::TypeLiteral(literal_type) => Ok(literal_type.as_serializable_string()),
        Expression::Symbol { name, .. } => Ok(name.clone()),
        Expression::Sql(text) => Ok(format!("({text})")),
        Expression::Call { target, arguments } => call(target, arguments, expression),
        _ => Err(refused(expression)),
    }
}

fn call(target: &CallTarget, arguments: &[Expression], expression: &Expression) -> Result<String> {
    let texts = arguments.iter().map(sql_text).collect::<Result<Vec<_>>>()?;
    let name = match target {
        CallTarget::Lookup(name) => return Ok(format!("{name}({})", texts.join(", "))),
        CallTarget::BuiltIn(function) => match (function.name, texts.as_slice()) {
            ("cast", [operand, to]) => return Ok(format!("CAST({operand} AS {to})")),
            ("tryCast", [operand, to]) => return Ok(format!("TRY_CAST({operand} AS {to})")),
            ("not", [operand]) => return Ok(format!("(NOT {operand})")),
            ("minusPrefix", [operand]) => return Ok(format!("(-{operand})")),
            ("isNull", [operand]) => return Ok(format!("({operand} IS NULL)")),
            ("isNotNull", [operand]) => return Ok(format!("({operand} IS NOT NULL)")),
            _ => function.sql_name.ok_or_else(|| refused(expression))?,
        },
        CallTarget::Python(_) => return Err(refused(expression)),
    };
    if OPERATORS.contains(&name) {
        return Ok(format!("({})", texts.join(&format!(" {name} "))));
    }
    if !name
        .chars()
        .all(|letter| letter.is_alphanumeric() || letter == '_')
    {
        return Err(refused(expression));
    }
    Ok(format!("{name}({})", texts.join(", ")))
}

fn literal(value: &LiteralValue, expression: &Expression) -> Result<String> {
    Ok(match value {
        LiteralValue::Null => String::new(),
        LiteralValue::Boolean(value) => value.to_string().to_uppercase(),
        LiteralValue::Integer(number) => number.to_string(),
        LiteralValue::Floating(number) => format!("CAST({number:E} AS DOUBLE)"),
        LiteralValue::Decimal(_) => expression.to_string(),
        LiteralValue::String(text) => quote_text(text),
        LiteralValue::IntervalMonths(months) => format!("INTERVAL '{months}' MONTH"),
        LiteralValue::IntervalMillis(millis) => {
            let sign = if *millis < 0 { "-" } else { "" };
            let millis = millis.unsigned_abs();
            format!("INTERVAL '{sign}{}.{:03}' SECOND", millis / 1000, millis % 1000)
        }
        _ => return Err(refused(expression)),
    })
}

fn refused(expression: &Expression) -> crate::GatewayError {
    PlanError::unsupported(
        format!("The expression {expression} in the schema of a table"),
        "write it as text of SQL: columnByExpression(name, \"...\")",
    )
    .into()
}
