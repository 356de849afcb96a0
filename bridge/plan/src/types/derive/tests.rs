//! Derivations worked by hand.

use super::*;
use crate::types::{LogicalType, TypeDialect, parse_type};

fn parsed(text: &str) -> LogicalType {
    parse_type(text, TypeDialect::Ddl).unwrap()
}

/// Worked by hand from the rules: +,- max(s)+max(p-s)+1; * p1+p2+1, s1+s2; / p1-s1+s2+max(6, s1+p2+1);
/// % min(p-s)+max(s); above 38 digits the scale gives way down to 6.
#[test]
fn decimals_are_derived_as_flink_does() {
    use ArithmeticOperator::{Divide, Minus, Mod, Plus, Times};
    for (operator, left, right, expected) in [
        (Plus, "DECIMAL(10, 2)", "DECIMAL(8, 4)", "DECIMAL(13, 4)"),
        (Minus, "DECIMAL(5, 5)", "DECIMAL(3, 0)", "DECIMAL(9, 5)"),
        (Plus, "DECIMAL(38, 8)", "DECIMAL(32, 8)", "DECIMAL(38, 7)"),
        (Plus, "DECIMAL(10, 2)", "INT", "DECIMAL(13, 2)"),
        (Times, "DECIMAL(10, 2)", "DECIMAL(8, 4)", "DECIMAL(19, 6)"),
        (Times, "DECIMAL(38, 10)", "DECIMAL(38, 10)", "DECIMAL(38, 6)"),
        (Times, "DECIMAL(30, 2)", "DECIMAL(20, 2)", "DECIMAL(38, 4)"),
        (Times, "DECIMAL(3, 3)", "BIGINT", "DECIMAL(23, 3)"),
        (
            Times,
            "BIGINT NOT NULL",
            "DECIMAL(2, 1) NOT NULL",
            "DECIMAL(22, 1) NOT NULL",
        ),
        (Divide, "DECIMAL(10, 2)", "DECIMAL(8, 4)", "DECIMAL(23, 11)"),
        (Divide, "DECIMAL(22, 1)", "BIGINT", "DECIMAL(38, 17)"),
        (Divide, "DECIMAL(1, 0)", "DECIMAL(1, 0)", "DECIMAL(7, 6)"),
        (Mod, "DECIMAL(10, 2)", "DECIMAL(8, 4)", "DECIMAL(8, 4)"),
        (Mod, "DECIMAL(5, 0)", "DECIMAL(3, 0)", "DECIMAL(3, 0)"),
        (Plus, "DECIMAL(10, 2)", "DOUBLE", "DOUBLE"),
        (Plus, "DECIMAL(10, 2)", "FLOAT", "DOUBLE"),
        (Divide, "INT", "INT NOT NULL", "INT"),
        (Times, "INT NOT NULL", "BIGINT NOT NULL", "BIGINT NOT NULL"),
        (Times, "BIGINT", "FLOAT", "FLOAT"),
        (Times, "TINYINT", "SMALLINT", "SMALLINT"),
    ] {
        let derived = arithmetic_type(operator, &parsed(left), &parsed(right)).unwrap();
        assert_eq!(
            derived.as_summary_string(),
            expected,
            "{operator:?} {left} {right}"
        );
    }
    assert_eq!(arithmetic_type(Plus, &parsed("STRING"), &parsed("INT")), None);
}

#[test]
fn rounding_and_aggregation_of_decimals() {
    assert_eq!(round_type(&parsed("DECIMAL(10, 4)"), 2), parsed("DECIMAL(9, 2)"));
    assert_eq!(round_type(&parsed("DECIMAL(10, 4)"), 4), parsed("DECIMAL(10, 4)"));
    assert_eq!(round_type(&parsed("DECIMAL(10, 4)"), -1), parsed("DECIMAL(7, 0)"));
    assert_eq!(round_type(&parsed("DOUBLE"), 1), parsed("DOUBLE"));
    assert_eq!(sum_type(&parsed("DECIMAL(10, 4)")), parsed("DECIMAL(38, 4)"));
    assert_eq!(sum_type(&parsed("INT")), parsed("INT"));
    assert_eq!(average_type(&parsed("DECIMAL(10, 4)")), parsed("DECIMAL(38, 6)"));
    assert_eq!(average_type(&parsed("DECIMAL(10, 8)")), parsed("DECIMAL(38, 8)"));
    assert_eq!(
        average_type(&parsed("BIGINT NOT NULL")),
        parsed("BIGINT NOT NULL")
    );
}

#[test]
fn common_types() {
    for (types, expected) in [
        (&["INT", "BIGINT", "DECIMAL(2, 2)"][..], Some("DECIMAL(21, 2)")),
        (
            &["CHAR(3) NOT NULL", "CHAR(5) NOT NULL"],
            Some("VARCHAR(5) NOT NULL"),
        ),
        (&["CHAR(3)", "STRING"], Some("STRING")),
        (&["INT NOT NULL", "NULL"], Some("INT")),
        (&["NULL", "NULL"], None),
        (&["TIMESTAMP(3)", "TIMESTAMP_LTZ(6)"], Some("TIMESTAMP_LTZ(6)")),
        (&["ARRAY<INT>", "ARRAY<DOUBLE>"], Some("ARRAY<DOUBLE>")),
        (&["TIMESTAMP(3)", "INTERVAL DAY"], Some("TIMESTAMP(3)")),
        (&["INT", "STRING"], None),
        (&["BOOLEAN", "INT"], None),
        (&["FLOAT", "INT"], Some("FLOAT")),
    ] {
        let parsed: Vec<_> = types.iter().map(|text| parsed(text)).collect();
        let found = common_type(&parsed).map(|found| found.as_summary_string());
        assert_eq!(found.as_deref(), expected, "{types:?}");
    }
}

#[test]
fn comparability() {
    let equals = |left, right| are_equals_comparable(&parsed(left), &parsed(right));
    let fully = |left, right| are_fully_comparable(&parsed(left), &parsed(right));
    assert!(equals("INT", "DECIMAL(3, 1)"));
    assert!(equals("ARRAY<INT>", "ARRAY<BIGINT>"));
    assert!(!fully("ARRAY<INT>", "ARRAY<INT>"));
    assert!(fully("CHAR(3)", "STRING"));
    assert!(!equals("STRING", "INT"));
    assert!(!equals("BOOLEAN", "INT"));
}
