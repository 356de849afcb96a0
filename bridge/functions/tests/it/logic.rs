use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Int32Array, StringArray};
use nutkin_plan::function::definitions::{
    AND, COALESCE, DIVIDE, GREATER_THAN, IF_THEN_ELSE, IS_FALSE, IS_NOT_FALSE, IS_NOT_TRUE, IS_TRUE, NOT,
    NOT_EQUALS, OR,
};
use nutkin_plan::types::LogicalType;
use nutkin_plan::types::TypeKind::{BigInt, Boolean, Int};

use crate::kit::{apply, call, evaluate, failure, field, int, of, text};

const T: Option<bool> = Some(true);
const F: Option<bool> = Some(false);
const N: Option<bool> = None;

fn booleans(values: &[Option<bool>]) -> (ArrayRef, LogicalType) {
    (Arc::new(BooleanArray::from(values.to_vec())), of(Boolean))
}

#[test]
fn and_or_not_follow_the_truth_tables() {
    let left = booleans(&[T, T, T, F, F, F, N, N, N]);
    let right = booleans(&[T, F, N, T, F, N, T, F, N]);
    let columns = [left, right];
    assert_eq!(
        apply(&AND, &columns, of(Boolean)).unwrap(),
        [
            "true", "false", "NULL", "false", "false", "false", "NULL", "false", "NULL"
        ]
    );
    assert_eq!(
        apply(&OR, &columns, of(Boolean)).unwrap(),
        [
            "true", "true", "true", "true", "false", "NULL", "true", "NULL", "NULL"
        ]
    );
    let one = [booleans(&[T, F, N])];
    assert_eq!(apply(&NOT, &one, of(Boolean)).unwrap(), ["false", "true", "NULL"]);
    assert_eq!(
        apply(&IS_TRUE, &one, of(Boolean)).unwrap(),
        ["true", "false", "false"]
    );
    assert_eq!(
        apply(&IS_NOT_TRUE, &one, of(Boolean)).unwrap(),
        ["false", "true", "true"]
    );
    assert_eq!(
        apply(&IS_FALSE, &one, of(Boolean)).unwrap(),
        ["false", "true", "false"]
    );
    assert_eq!(
        apply(&IS_NOT_FALSE, &one, of(Boolean)).unwrap(),
        ["true", "false", "true"]
    );
}

#[test]
fn later_operands_are_computed_only_where_they_matter() {
    let x: ArrayRef = Arc::new(Int32Array::from(vec![Some(0), Some(2), Some(20), None]));
    let quotient = call(&DIVIDE, vec![int(10), field(0, of(Int))], of(Int));
    let large = call(&GREATER_THAN, vec![quotient.clone(), int(1)], of(Boolean));
    let guard = call(&NOT_EQUALS, vec![field(0, of(Int)), int(0)], of(Boolean));
    let guarded = call(&AND, vec![guard.clone(), large.clone()], of(Boolean));
    assert_eq!(
        evaluate(&guarded, &[Arc::clone(&x)]).unwrap(),
        ["false", "true", "false", "NULL"]
    );
    let chosen = call(&IF_THEN_ELSE, vec![guard, quotient, int(-1)], of(Int));
    // NULL <> 0 is unknown, which takes the second branch.
    assert_eq!(
        evaluate(&chosen, &[Arc::clone(&x)]).unwrap(),
        ["-1", "5", "0", "-1"]
    );
    assert_eq!(failure(evaluate(&large, &[x])).1, "/ by zero");
}

#[test]
fn coalesce_takes_the_first_value_and_casts_to_the_common_type() {
    let a: ArrayRef = Arc::new(Int32Array::from(vec![Some(1), None, None]));
    let b: ArrayRef = Arc::new(arrow::array::Int64Array::from(vec![Some(7), Some(1 << 40), None]));
    assert_eq!(
        apply(&COALESCE, &[(a, of(Int)), (b, of(BigInt))], of(BigInt)).unwrap(),
        ["1", "1099511627776", "NULL"]
    );
    let names: ArrayRef = Arc::new(StringArray::from(vec![Some("x"), None]));
    let named = call(
        &COALESCE,
        vec![field(0, LogicalType::string()), text("unknown")],
        LogicalType::string(),
    );
    assert_eq!(evaluate(&named, &[names]).unwrap(), ["x", "unknown"]);
}
