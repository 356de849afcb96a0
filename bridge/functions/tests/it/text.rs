use std::sync::Arc;

use arrow::array::{ArrayRef, Int32Array, StringArray};
use nutkin_plan::expression::LiteralValue;
use nutkin_plan::function::BuiltInFunction;
use nutkin_plan::function::definitions::{
    CHAR_LENGTH, CONCAT, LIKE, LOWER, PLUS, POSITION, REPLACE, SUBSTRING, TRIM, UPPER,
};
use nutkin_plan::types::LogicalType;
use nutkin_plan::types::TypeKind::{Boolean, Int};

use crate::kit::{call, evaluate, failure, field, int, literal, of, text};

fn strings(values: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

fn over(
    function: &'static BuiltInFunction,
    column: &[Option<&str>],
    others: Vec<nutkin_plan::expression::ResolvedExpression>,
    result: LogicalType,
) -> Vec<String> {
    let mut arguments = vec![field(0, LogicalType::string())];
    arguments.extend(others);
    evaluate(&call(function, arguments, result), &[strings(column)]).unwrap()
}

#[test]
fn case_and_length_count_characters() {
    let column = [Some("Größe"), Some("日本"), Some("😀a"), None];
    assert_eq!(
        over(&UPPER, &column, vec![], LogicalType::string()),
        ["GRÖSSE", "日本", "😀A", "NULL"]
    );
    assert_eq!(over(&LOWER, &[Some("ÀB")], vec![], LogicalType::string()), ["àb"]);
    assert_eq!(
        over(&CHAR_LENGTH, &column, vec![], of(Int)),
        ["5", "2", "2", "NULL"]
    );
}

#[test]
fn substring_counts_from_one_and_from_the_end() {
    let column = [Some("hello"), Some("日本語"), Some(""), None];
    let cases: [(i64, Option<i64>, [&str; 4]); 6] = [
        (2, None, ["ello", "本語", "", "NULL"]),
        (2, Some(2), ["el", "本語", "", "NULL"]),
        (0, Some(2), ["he", "日本", "", "NULL"]),
        (-2, Some(1), ["l", "本", "", "NULL"]),
        (9, Some(1), ["", "", "", "NULL"]),
        (1, Some(-1), ["NULL", "NULL", "NULL", "NULL"]),
    ];
    for (position, length, expected) in cases {
        let mut others = vec![int(position)];
        others.extend(length.map(int));
        assert_eq!(
            over(&SUBSTRING, &column, others, LogicalType::string()),
            expected,
            "{position} {length:?}"
        );
    }
}

#[test]
fn like_has_no_escape_unless_one_is_given() {
    let column = [Some("abc"), Some("a%c"), Some("a\\bc"), Some("xabcx"), None];
    for (pattern, expected) in [
        ("abc", ["true", "false", "false", "false", "NULL"]),
        ("a%", ["true", "true", "true", "false", "NULL"]),
        ("%c", ["true", "true", "true", "false", "NULL"]),
        ("%abc%", ["true", "false", "false", "true", "NULL"]),
        ("a_c", ["true", "true", "false", "false", "NULL"]),
        ("a\\%", ["false", "false", "true", "false", "NULL"]),
        ("%b%c_", ["false", "false", "false", "true", "NULL"]),
        ("%", ["true", "true", "true", "true", "NULL"]),
        ("", ["false", "false", "false", "false", "NULL"]),
    ] {
        assert_eq!(
            over(&LIKE, &column, vec![text(pattern)], of(Boolean)),
            expected,
            "{pattern}"
        );
    }
    assert_eq!(
        over(&LIKE, &column, vec![text("a!%c"), text("!")], of(Boolean)),
        ["false", "true", "false", "false", "NULL"]
    );
    let wrong = call(
        &LIKE,
        vec![field(0, LogicalType::string()), text("a!bc"), text("!")],
        of(Boolean),
    );
    assert_eq!(
        failure(evaluate(&wrong, &[strings(&[Some("a")])])).1,
        "Invalid escape sequence 'a!bc'"
    );
}

#[test]
fn like_with_a_pattern_from_a_column() {
    let like = call(
        &LIKE,
        vec![field(0, LogicalType::string()), field(1, LogicalType::string())],
        of(Boolean),
    );
    let columns = [
        strings(&[Some("abc"), Some("abc"), Some("abc")]),
        strings(&[Some("a%"), Some("b%"), None]),
    ];
    assert_eq!(evaluate(&like, &columns).unwrap(), ["true", "false", "NULL"]);
}

#[test]
fn trim_removes_any_of_the_characters() {
    let flag = |value| literal(LiteralValue::Boolean(value), of(Boolean));
    for (leading, trailing, expected) in [
        (true, true, "c x"),
        (true, false, "c xba"),
        (false, true, "abac x"),
    ] {
        let trim = call(
            &TRIM,
            vec![
                flag(leading),
                flag(trailing),
                text("ab"),
                field(0, LogicalType::string()),
            ],
            LogicalType::string(),
        );
        assert_eq!(
            evaluate(&trim, &[strings(&[Some("abac xba")])]).unwrap(),
            [expected]
        );
    }
}

#[test]
fn joining_replacing_and_finding() {
    assert_eq!(
        over(
            &CONCAT,
            &[Some("a"), None],
            vec![text("-"), text("z")],
            LogicalType::string()
        ),
        ["a-z", "NULL"]
    );
    assert_eq!(
        over(
            &REPLACE,
            &[Some("banana")],
            vec![text("an"), text("_")],
            LogicalType::string()
        ),
        ["b__a"]
    );
    let find = call(
        &POSITION,
        vec![text("本"), field(0, LogicalType::string())],
        of(Int),
    );
    assert_eq!(
        evaluate(&find, &[strings(&[Some("日本"), Some("x"), None])]).unwrap(),
        ["2", "0", "NULL"]
    );
    // A string plus anything joins it as text.
    let plus = call(
        &PLUS,
        vec![field(0, LogicalType::string()), field(1, of(Int))],
        LogicalType::string(),
    );
    let numbers: ArrayRef = Arc::new(Int32Array::from(vec![7]));
    assert_eq!(
        evaluate(&plus, &[strings(&[Some("n")]), numbers]).unwrap(),
        ["n7"]
    );
}
