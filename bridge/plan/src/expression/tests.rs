//! Tests of resolution: types, implicit casts and messages.

use std::sync::Arc;

use super::*;
use crate::PlanError;
use crate::catalog::{Column, Schema};
use crate::function::{PythonFunction, PythonFunctionKind, definitions, find_built_in};
use crate::types::{LogicalType, TypeDialect, TypeKind, parse_type};

fn parsed(text: &str) -> LogicalType {
    parse_type(text, TypeDialect::Ddl).unwrap()
}

fn schema() -> Schema {
    let column = |(name, text): (&str, &str)| Column {
        name: name.to_owned(),
        column_type: parsed(text),
        comment: None,
    };
    Schema {
        columns: [
            ("uuid", "STRING"),
            ("client_ip", "VARCHAR(15)"),
            ("request_time", "BIGINT"),
            ("size", "INT NOT NULL"),
            ("price", "DECIMAL(10, 2)"),
            ("ok", "BOOLEAN"),
            ("day", "DATE"),
            ("tags", "ARRAY<STRING>"),
        ]
        .into_iter()
        .map(column)
        .collect(),
        primary_key: Vec::new(),
    }
}

/// One user function, `ip_to_province(STRING, BIGINT) -> STRING`, and one that hides a built-in.
struct UserFunctions;

impl FunctionLookup for UserFunctions {
    fn lookup_function(&self, name: &str) -> Option<Arc<PythonFunction>> {
        let function = |input_types, result_type| {
            Some(Arc::new(PythonFunction {
                name: name.to_lowercase(),
                payload: Vec::new(),
                input_types,
                result_type,
                kind: PythonFunctionKind::General,
                deterministic: true,
            }))
        };
        match name.to_lowercase().as_str() {
            "ip_to_province" => function(Some(vec![parsed("STRING"), parsed("BIGINT")]), parsed("STRING")),
            "upper" => function(None, parsed("INT")),
            _ => None,
        }
    }
}

fn col(name: &str) -> Expression {
    Expression::column(name)
}

fn lit(value: i64) -> Expression {
    Expression::literal(LiteralValue::Integer(value))
}

fn text(value: &str) -> Expression {
    Expression::literal(LiteralValue::String(value.to_owned()))
}

fn call(name: &str, arguments: Vec<Expression>) -> Expression {
    Expression::call_by_name(name, arguments)
}

fn resolved(expression: &Expression) -> crate::Result<ResolvedExpression> {
    resolve(
        expression,
        &ResolveContext {
            schema: &schema(),
            functions: &UserFunctions,
            aggregates: AggregateUse::Allowed,
        },
    )
}

/// The printed expression and its type.
fn shown(expression: &Expression) -> String {
    let resolved = resolved(expression).unwrap_or_else(|error| panic!("{expression}: {error}"));
    format!("{resolved}: {}", resolved.data_type())
}

fn message(expression: &Expression) -> String {
    resolved(expression).unwrap_err().to_string()
}

#[test]
fn types_follow_the_arguments() {
    for (expression, expected) in [
        (
            call("+", vec![col("size"), lit(1)]),
            "plus(size, 1): INT NOT NULL",
        ),
        (
            call("+", vec![col("request_time"), col("size")]),
            "plus(request_time, size): BIGINT",
        ),
        (
            call("*", vec![col("price"), col("price")]),
            "times(price, price): DECIMAL(21, 4)",
        ),
        (
            call("/", vec![col("size"), lit(2)]),
            "divide(size, 2): INT NOT NULL",
        ),
        (
            call("%", vec![col("request_time"), col("size")]),
            "mod(request_time, size): INT",
        ),
        (
            call("+", vec![col("uuid"), col("size")]),
            "concat(uuid, cast(size, STRING)): STRING",
        ),
        (
            call("greaterThan", vec![col("size"), col("price")]),
            "greaterThan(size, price): BOOLEAN",
        ),
        (
            call("isNull", vec![col("tags")]),
            "isNull(tags): BOOLEAN NOT NULL",
        ),
        (
            call("in", vec![col("size"), lit(1), lit(2)]),
            "in(size, 1, 2): BOOLEAN NOT NULL",
        ),
        (
            call(
                "between",
                vec![col("day"), text("2020-01-01"), text("2021-01-01")],
            ),
            "between(day, '2020-01-01', '2021-01-01'): BOOLEAN",
        ),
        (
            call("ifThenElse", vec![col("ok"), col("size"), col("request_time")]),
            "ifThenElse(ok, cast(size, BIGINT), request_time): BIGINT",
        ),
        (
            call("coalesce", vec![col("request_time"), lit(0)]),
            "COALESCE(request_time, cast(0, BIGINT)): BIGINT NOT NULL",
        ),
        (
            call("lowerCase", vec![col("client_ip")]),
            "lower(client_ip): VARCHAR(15)",
        ),
        (
            call("substring", vec![col("client_ip"), lit(1), lit(3)]),
            "substring(client_ip, 1, 3): VARCHAR(15)",
        ),
        (
            call("concat", vec![text("ab"), col("client_ip")]),
            "concat('ab', client_ip): VARCHAR(17)",
        ),
        (
            call("concat", vec![text("ab"), text("c")]),
            "concat('ab', 'c'): CHAR(3) NOT NULL",
        ),
        (call("charLength", vec![col("uuid")]), "charLength(uuid): INT"),
        (
            call("round", vec![col("price"), lit(1)]),
            "round(price, 1): DECIMAL(10, 1)",
        ),
        (call("floor", vec![col("price")]), "floor(price): DECIMAL(10, 0)"),
        (
            call("power", vec![col("size"), lit(2)]),
            "power(size, 2): DOUBLE NOT NULL",
        ),
        (call("count", vec![col("*")]), "count(): BIGINT NOT NULL"),
        (call("sum", vec![col("size")]), "sum(size): INT"),
        (
            call("sum0", vec![col("price")]),
            "sum0(price): DECIMAL(38, 2) NOT NULL",
        ),
        (call("avg", vec![col("size")]), "avg(size): INT"),
        (call("avg", vec![col("price")]), "avg(price): DECIMAL(38, 6)"),
        (call("max", vec![col("size")]), "max(size): INT"),
        (
            call("distinct", vec![call("count", vec![col("uuid")])]),
            "distinct(count(uuid)): BIGINT NOT NULL",
        ),
        (
            call(
                "cast",
                vec![col("size"), Expression::TypeLiteral(parsed("STRING"))],
            ),
            "cast(size, STRING): STRING NOT NULL",
        ),
        (
            call(
                "tryCast",
                vec![col("size"), Expression::TypeLiteral(parsed("DOUBLE"))],
            ),
            "TRY_CAST(size, DOUBLE): DOUBLE",
        ),
        (
            call("as", vec![col("size"), text("s")]),
            "as(size, 's'): INT NOT NULL",
        ),
        (
            call("=", vec![col("size"), Expression::literal(LiteralValue::Null)]),
            "equals(size, null): BOOLEAN",
        ),
    ] {
        assert_eq!(shown(&expression), expected);
    }
}

#[test]
fn the_expression_of_the_article_is_a_double() {
    // sum(response_size) * 1.0 / sum(request_time), where string expressions read 1.0 as DOUBLE.
    let one = Expression::literal(LiteralValue::Floating(1.0));
    let expression = call(
        "divide",
        vec![
            call("times", vec![call("sum", vec![col("request_time")]), one]),
            call("sum", vec![col("size")]),
        ],
    );
    assert_eq!(
        shown(&expression),
        "divide(times(sum(request_time), 1.0), sum(size)): DOUBLE"
    );
}

#[test]
fn user_functions_go_first_and_get_their_declared_types() {
    assert_eq!(
        shown(&call("IP_TO_PROVINCE", vec![col("client_ip"), col("size")])),
        "ip_to_province(client_ip, cast(size, BIGINT)): STRING"
    );
    assert_eq!(shown(&call("UPPER", vec![col("size")])), "upper(size): INT");
    assert_eq!(
        message(&call("ip_to_province", vec![col("client_ip")])),
        "Invalid function call:\nip_to_province(VARCHAR(15))\nInvalid input arguments. Expected signatures are:\n\
         ip_to_province(STRING, BIGINT)\n\
         Invalid number of arguments. 2 arguments expected after argument expansion but 1 passed."
    );
    assert_eq!(
        message(&call("ip_to_province", vec![col("size"), col("size")])),
        "Invalid function call:\nip_to_province(INT NOT NULL, INT NOT NULL)\n\
         Invalid input arguments. Expected signatures are:\nip_to_province(STRING, BIGINT)\n\
         Invalid argument type at position 0. Data type STRING expected but INT NOT NULL passed."
    );
}

#[test]
fn faults_are_reported_in_flinks_words() {
    for (expression, expected) in [
        (
            col("nosuch"),
            "Cannot resolve field [nosuch], input field list:[uuid, client_ip, request_time, size, price, ok, day, tags].",
        ),
        (call("nofn", vec![col("nosuch")]), "Undefined function: nofn"),
        (
            call("lower", vec![col("size")]),
            "Invalid function call:\nlower(INT NOT NULL)\nInvalid input arguments. Expected signatures are:\n\
             lower(<CHARACTER_STRING>)",
        ),
        (
            call("substring", vec![]),
            "Invalid function call:\nsubstring()\nInvalid input arguments. Expected signatures are:\n\
             substring(<CHARACTER_STRING>, <INTEGER>)\nsubstring(<CHARACTER_STRING>, <INTEGER>, <INTEGER>)\n\
             Invalid number of arguments. At least 2 arguments expected but 0 passed.",
        ),
        (
            call("equals", vec![col("size"), col("uuid")]),
            "Invalid function call:\nequals(INT NOT NULL, STRING)\n\
             Invalid input arguments. Expected signatures are:\nequals(<COMPARABLE>...)",
        ),
        (
            call("and", vec![col("ok"), col("size")]),
            "Invalid function call:\nand(BOOLEAN, INT NOT NULL)\n\
             Invalid input arguments. Expected signatures are:\nand(<BOOLEAN>, <BOOLEAN>...)",
        ),
        (
            call("cast", vec![col("day"), Expression::TypeLiteral(parsed("INT"))]),
            "Invalid function call:\ncast(DATE, INT)\nUnsupported cast from 'DATE' to 'INT'.",
        ),
        (
            call("cast", vec![col("size"), col("BIGINT")]),
            "Cannot resolve field [BIGINT], input field list:[uuid, client_ip, request_time, size, price, ok, day, tags].",
        ),
        (
            call("sum", vec![call("sum", vec![col("size")])]),
            "It's not allowed to use an aggregate function as input of another aggregate function",
        ),
        (
            call("distinct", vec![col("size")]),
            "Distinct modifier cannot be applied to size! It can only be applied to an aggregation expression, \
             for example, 'a.count.distinct which is equivalent with COUNT(DISTINCT a).",
        ),
    ] {
        assert_eq!(message(&expression), expected);
    }
}

#[test]
fn ambiguity_and_conditions() {
    let mut doubled = schema();
    doubled.columns.push(doubled.columns[0].clone());
    let context = ResolveContext {
        schema: &doubled,
        functions: &(),
        aggregates: AggregateUse::Refused("a filter condition"),
    };
    let message = |expression| resolve(&expression, &context).unwrap_err().to_string();
    assert_eq!(message(col("uuid")), "Ambiguous column name: uuid");
    assert_eq!(
        message(call("sum", vec![col("size")])),
        "The aggregate function 'sum' cannot be used in a filter condition."
    );
    let number = resolve(&col("request_time"), &context).unwrap();
    assert_eq!(
        boolean_condition(number).unwrap_err().to_string(),
        "Filter operator requires a boolean expression as input, but $condition is of type BIGINT"
    );
    assert!(boolean_condition(resolve(&col("ok"), &context).unwrap()).is_ok());
}

#[test]
fn what_cannot_run_is_refused_by_name() {
    for name in ["currentDatabase", "BITMAP_BUILD"] {
        let error = resolved(&call(name, vec![col("uuid")])).unwrap_err();
        assert!(matches!(error, PlanError::Unsupported { .. }));
        assert_eq!(
            error.to_string(),
            format!("The function '{name}' is not supported")
        );
        assert!(error.hint().is_some());
    }
    assert_eq!(
        message(&call("start", vec![col("uuid")])),
        "Window properties can only be used on windowed tables."
    );
    assert_eq!(
        message(&call("over", vec![col("uuid"), col("w")])),
        "Could not resolve over call."
    );
}

#[test]
fn hints_name_what_is_alike() {
    let hint = |expression| resolved(&expression).unwrap_err().hint().map(str::to_owned);
    assert_eq!(
        hint(col("request_tme")).as_deref(),
        Some("Did you mean request_time?")
    );
    assert_eq!(
        hint(call("substrng", vec![])).as_deref(),
        Some("Did you mean substring?")
    );
    assert_eq!(hint(col("zzz")), None);
}

#[test]
fn column_functions_stand_for_columns() {
    let range = |start, end| call("rangeTo", vec![start, end]);
    let expanded = |expression: Expression| -> Vec<String> {
        expand_columns(&[expression], &schema())
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    assert_eq!(expanded(col("*")).len(), 8);
    assert_eq!(
        expanded(call("withColumns", vec![range(lit(2), lit(3))])),
        ["client_ip", "request_time"]
    );
    assert_eq!(
        expanded(call(
            "withColumns",
            vec![col("uuid"), range(col("day"), col("tags"))]
        )),
        ["uuid", "day", "tags"]
    );
    let without = call("withoutColumns", vec![range(lit(2), lit(8))]);
    assert_eq!(expanded(without), ["uuid"]);
    let minus = call(
        "minusPrefix",
        vec![call("withColumns", vec![range(lit(2), lit(8))])],
    );
    assert_eq!(expanded(minus), ["uuid"]);
    let nested = call("concat", vec![call("withColumns", vec![range(lit(1), lit(2))])]);
    assert_eq!(expanded(nested), ["concat(uuid, client_ip)"]);
    assert_eq!(expanded(call("count", vec![col("*")])), ["count(*)"]);
    let fault = |argument| {
        expand_columns(&[call("withColumns", vec![argument])], &schema())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        fault(lit(9)),
        "There is no column 9: the input has columns 1 to 8."
    );
    assert!(fault(col("nosuch")).starts_with("Cannot resolve field [nosuch]"));
    assert_eq!(
        fault(range(lit(3), lit(1))),
        "The start:3 of withColumns() or withoutColumns() should not bigger than end:1."
    );
}

/// Lines of the expression oracle of Flink 2.3: what `str(expr)` gives.
#[test]
fn unresolved_expressions_print_as_in_flink() {
    let built_in = |name: &str, arguments| Expression::call(find_built_in(name).unwrap(), arguments);
    let a = || col("a");
    let null = || Expression::literal(LiteralValue::Null);
    for (expression, expected) in [
        (built_in("plus", vec![a(), null()]), "plus(a, null)"),
        (
            built_in("equals", vec![a(), Expression::decimal(12, 1).unwrap()]),
            "equals(a, 1.2)",
        ),
        (
            built_in(
                "equals",
                vec![a(), Expression::literal(LiteralValue::Bytes(b"xy".to_vec()))],
            ),
            "equals(a, [120, 121])",
        ),
        (
            built_in("isNotTrue", vec![built_in(">", vec![a(), lit(1)])]),
            "isNotTrue(greaterThan(a, 1))",
        ),
        (
            Expression::call(&definitions::MINUS_PREFIX, vec![a()]),
            "minusPrefix(a)",
        ),
        (
            built_in(
                "cast",
                vec![a(), Expression::TypeLiteral(LogicalType::nullable(TypeKind::Int))],
            ),
            "cast(a, INT)",
        ),
        (built_in("upperCase", vec![a()]), "upper(a)"),
        (built_in("like", vec![a(), text("x%")]), "LIKE(a, 'x%')"),
        (
            Expression::call(
                &definitions::TRIM,
                vec![
                    Expression::literal(LiteralValue::Boolean(true)),
                    Expression::literal(LiteralValue::Boolean(true)),
                    text(" "),
                    a(),
                ],
            ),
            "trim(true, true, ' ', a)",
        ),
        (
            Expression::literal(LiteralValue::IntervalMillis(172_800_000)),
            "172800000",
        ),
        (lit(1 << 40), "1099511627776"),
        (built_in("first_value", vec![a()]), "first_value(a)"),
        (built_in("listAgg", vec![a(), text(",")]), "listAgg(a, ',')"),
        (
            Expression::call(&definitions::UNBOUNDED_ROW, vec![]),
            "UNBOUNDED_ROW",
        ),
        (call("MY_F", vec![a(), lit(1)]), "MY_F(a, 1)"),
        (
            built_in(
                "extract",
                vec![
                    Expression::Symbol {
                        class: "TimeIntervalUnit",
                        name: "YEAR".into(),
                    },
                    a(),
                ],
            ),
            "extract(YEAR, a)",
        ),
    ] {
        assert_eq!(expression.to_string(), expected);
    }
}
