use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Array, Float64Array, Int32Array, Int64Array, StringArray};
use nutkin_plan::expression::LiteralValue;
use nutkin_plan::function::definitions::{
    BETWEEN, EQUALS, GREATER_THAN, IN, IS_NOT_NULL, IS_NULL, LESS_THAN, NOT_BETWEEN, NOT_EQUALS,
};
use nutkin_plan::types::LogicalType;
use nutkin_plan::types::TypeKind::{BigInt, Boolean, Date, Double, Int};

use crate::kit::{apply, call, decimal, decimals, evaluate, field, int, literal, of, text};

#[test]
fn numbers_of_different_types_compare_as_numbers() {
    let big: ArrayRef = Arc::new(Int64Array::from(vec![Some(3), Some(4), None]));
    let small = decimals(5, 2, &[Some(300), Some(399), Some(1)]);
    let columns = [(big, of(BigInt)), (small, decimal(5, 2))];
    assert_eq!(
        apply(&EQUALS, &columns, of(Boolean)).unwrap(),
        ["true", "false", "NULL"]
    );
    assert_eq!(
        apply(&GREATER_THAN, &columns, of(Boolean)).unwrap(),
        ["false", "true", "NULL"]
    );
}

#[test]
fn floats_compare_as_in_java() {
    let left: ArrayRef = Arc::new(Float64Array::from(vec![f64::NAN, -0.0, 1.0]));
    let right: ArrayRef = Arc::new(Float64Array::from(vec![f64::NAN, 0.0, f64::NAN]));
    let columns = [(left, of(Double)), (right, of(Double))];
    assert_eq!(
        apply(&EQUALS, &columns, of(Boolean)).unwrap(),
        ["false", "true", "false"]
    );
    assert_eq!(
        apply(&NOT_EQUALS, &columns, of(Boolean)).unwrap(),
        ["true", "false", "true"]
    );
    assert_eq!(
        apply(&LESS_THAN, &columns, of(Boolean)).unwrap(),
        ["false", "false", "false"]
    );
}

#[test]
fn between_and_in_are_three_valued() {
    let values: ArrayRef = Arc::new(Int32Array::from(vec![Some(1), Some(5), None]));
    let between = |function| call(function, vec![field(0, of(Int)), int(1), int(4)], of(Boolean));
    assert_eq!(
        evaluate(&between(&BETWEEN), &[Arc::clone(&values)]).unwrap(),
        ["true", "false", "NULL"]
    );
    assert_eq!(
        evaluate(&between(&NOT_BETWEEN), &[Arc::clone(&values)]).unwrap(),
        ["false", "true", "NULL"]
    );
    let null = literal(LiteralValue::Null, of(Int));
    let within = call(&IN, vec![field(0, of(Int)), int(1), null], of(Boolean));
    // 5 IN (1, NULL) is unknown.
    assert_eq!(evaluate(&within, &[values]).unwrap(), ["true", "NULL", "NULL"]);
}

#[test]
fn null_tests_are_never_null() {
    let values: ArrayRef = Arc::new(StringArray::from(vec![Some("a"), None]));
    let columns = [(values, LogicalType::string())];
    assert_eq!(apply(&IS_NULL, &columns, of(Boolean)).unwrap(), ["false", "true"]);
    assert_eq!(
        apply(&IS_NOT_NULL, &columns, of(Boolean)).unwrap(),
        ["true", "false"]
    );
}

#[test]
fn a_date_compares_with_text() {
    let dates: ArrayRef = Arc::new(Date32Array::from(vec![0, 1]));
    let after = call(
        &GREATER_THAN,
        vec![field(0, of(Date)), text("1970-01-01")],
        of(Boolean),
    );
    assert_eq!(evaluate(&after, &[dates]).unwrap(), ["false", "true"]);
}

#[test]
fn constants_compare_to_one_value_a_row() {
    let rows: ArrayRef = Arc::new(Int32Array::from(vec![1, 2, 3]));
    let constant = call(&EQUALS, vec![int(1), int(1)], of(Boolean));
    assert_eq!(evaluate(&constant, &[rows]).unwrap(), ["true", "true", "true"]);
}
