//! The golden file: what the parser of Flink 1.10.3 made of each expression.

use super::*;
use crate::expression::{CallTarget, LiteralValue};
use crate::types::{LogicalType, TypeKind};

/// Input and outcome, a line each, separated by an arrow.
const GOLDEN: &str = include_str!("../../tests/data/legacy-expressions.txt");

/// Prints in the notation of the golden file: `$` is a field, `?` a call to be looked up; INT and CHAR
/// constants go without their type, NOT NULL is left out.
fn printed(expression: &Expression) -> String {
    match expression {
        Expression::Reference(name) => format!("${name}"),
        Expression::TypeLiteral(literal_type) => format!("type({})", printed_type(literal_type)),
        Expression::Symbol { class, name } => format!("{name}:{class}"),
        Expression::Literal { value, literal_type } => {
            let printed_type = printed_type(literal_type);
            match value {
                LiteralValue::Null if literal_type.kind == TypeKind::Int => "null".to_owned(),
                LiteralValue::Null => format!("lit(null:{printed_type})"),
                LiteralValue::String(text) if text.contains('\'') => {
                    format!("lit({expression}:{printed_type})")
                }
                LiteralValue::String(_) => expression.to_string(),
                LiteralValue::Integer(value) if literal_type.kind == TypeKind::Int => value.to_string(),
                _ => format!("{expression}:{printed_type}"),
            }
        }
        Expression::Sql(_) | Expression::Descriptor(_) | Expression::Table(_) => expression.to_string(),
        Expression::Call { target, arguments } => {
            let arguments: Vec<String> = arguments.iter().map(printed).collect();
            let name = match target {
                CallTarget::Lookup(name) => format!("?{name}"),
                CallTarget::BuiltIn(function) => function.name.to_owned(),
                CallTarget::Python(function) => function.name.clone(),
            };
            format!("{name}({})", arguments.join(", "))
        }
    }
}

/// The DECIMAL of old had neither precision nor scale; the golden file shows it as the legacy type.
fn printed_type(literal_type: &LogicalType) -> String {
    if literal_type.kind
        == (TypeKind::Decimal {
            precision: 38,
            scale: 18,
        })
    {
        return "LEGACY('DECIMAL', 'DECIMAL')".to_owned();
    }
    literal_type.to_string().replace(" NOT NULL", "")
}

fn outcome(text: &str) -> String {
    match parse_expression_list(text) {
        Ok(expressions) => {
            let printed: Vec<String> = expressions.iter().map(printed).collect();
            format!("[{}]", printed.join(" ; "))
        }
        Err(error) => {
            let class = error.java_class();
            let class = class.rsplit('.').next().unwrap_or_default();
            format!("ERROR {class}: {}", error.to_string().replace('\n', " \\n "))
        }
    }
}

#[test]
fn every_line_of_the_golden_file() {
    let lines: Vec<_> = GOLDEN
        .lines()
        .map(|line| line.split_once("   =>   ").unwrap())
        .collect();
    assert_eq!(lines.len(), 224);
    let differences: Vec<String> = lines
        .into_iter()
        .filter(|(text, expected)| outcome(text) != *expected)
        .map(|(text, expected)| format!("{text}\n  expected {expected}\n  found    {}", outcome(text)))
        .collect();
    assert!(
        differences.is_empty(),
        "{} differ:\n{}",
        differences.len(),
        differences.join("\n")
    );
}

#[test]
fn one_expression_and_many_lines() {
    assert_eq!(printed(&parse_expression("a > 1").unwrap()), "greaterThan($a, 1)");
    assert!(parse_expression("a, b").is_err());
    let message = parse_expression_list("a,\n\tb c").unwrap_err().to_string();
    assert_eq!(
        message,
        "Could not parse expression at column 4: ',' expected but 'c' found\n\tb c\n\t  ^"
    );
}

#[test]
fn an_unterminated_string_ends_at_its_last_doubled_quote() {
    let message = parse_expression_list("'It''s").unwrap_err().to_string();
    assert!(
        message.starts_with("Could not parse expression at column 5: "),
        "{message}"
    );
}

#[test]
fn deep_nesting_is_an_error_and_not_a_crash() {
    let deep = format!("{}a{}", "(".repeat(5_000), ")".repeat(5_000));
    let long = vec!["a"; 5_000].join(" + ");
    let suffixes = format!("a{}", ".f".repeat(5_000));
    for text in [deep, long, suffixes] {
        let message = parse_expression(&text).unwrap_err().to_string();
        assert!(
            message.starts_with("The expression is nested too deeply"),
            "{message}"
        );
    }
    assert!(parse_expression(&vec!["a"; 900].join(" + ")).is_ok());
    assert!(parse_expression(&format!("{}a{}", "(".repeat(90), ")".repeat(90))).is_ok());
}

/// The two selections of the article's program, resolved: the types that Flink 1.10.3 gives.
#[test]
fn the_articles_expressions_have_the_articles_types() {
    use crate::catalog::{Column, Schema};
    use crate::expression::{AggregateUse, ResolveContext, resolve};

    let column = |(name, kind): (&str, TypeKind)| Column {
        name: name.to_owned(),
        column_type: LogicalType::nullable(kind),
        comment: None,
    };
    let schema = Schema {
        columns: [
            ("uuid", LogicalType::string().kind),
            ("province", LogicalType::string().kind),
            ("response_size", TypeKind::BigInt),
            ("request_time", TypeKind::BigInt),
        ]
        .into_iter()
        .map(column)
        .collect(),
        primary_key: Vec::new(),
    };
    let context = ResolveContext {
        schema: &schema,
        functions: &(),
        aggregates: AggregateUse::Allowed,
    };
    let text = "province, count(uuid) as access_count, sum(response_size) as total_download,  \
        sum(response_size) * 1.0 / sum(request_time) as download_speed";
    let types: Vec<String> = parse_expression_list(text)
        .unwrap()
        .iter()
        .map(|expression| {
            let resolved = resolve(expression, &context).unwrap();
            resolved.data_type().with_nullable(true).to_string()
        })
        .collect();
    assert_eq!(types, ["STRING", "BIGINT", "BIGINT", "DOUBLE"]);
}
