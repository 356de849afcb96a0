use std::sync::Arc;

use arrow::array::{
    ArrayRef, Date32Array, DurationMillisecondArray, Float64Array, Int8Array, Int32Array, Int64Array,
    IntervalYearMonthArray, TimestampMillisecondArray,
};
use nutkin_plan::function::definitions::{
    ABS, CEIL, DIVIDE, FLOOR, LN, LOG10, MINUS, MINUS_PREFIX, MOD, PLUS, POWER, ROUND, SIGN, SQRT, TIMES,
};
use nutkin_plan::types::TypeKind::{
    BigInt, Date, Double, Int, IntervalDayTime, IntervalYearMonth, Timestamp, TinyInt,
};

use crate::kit::{apply, call, decimal, decimals, evaluate, failure, field, int, of};

fn ints(values: &[Option<i32>]) -> ArrayRef {
    Arc::new(Int32Array::from(values.to_vec()))
}

fn doubles(values: &[f64]) -> ArrayRef {
    Arc::new(Float64Array::from(values.to_vec()))
}

#[test]
fn integers_wrap_as_in_java() {
    let left = (ints(&[Some(i32::MAX), Some(5), None]), of(Int));
    let right = (ints(&[Some(1), Some(7), Some(1)]), of(Int));
    let columns = [left, right];
    assert_eq!(
        apply(&PLUS, &columns, of(Int)).unwrap(),
        ["-2147483648", "12", "NULL"]
    );
    assert_eq!(
        apply(&MINUS, &columns, of(Int)).unwrap(),
        ["2147483646", "-2", "NULL"]
    );
    assert_eq!(
        apply(&TIMES, &columns, of(Int)).unwrap(),
        ["2147483647", "35", "NULL"]
    );
    let lowest = [(ints(&[Some(i32::MIN)]), of(Int))];
    assert_eq!(apply(&MINUS_PREFIX, &lowest, of(Int)).unwrap(), ["-2147483648"]);
    assert_eq!(apply(&ABS, &lowest, of(Int)).unwrap(), ["-2147483648"]);
}

#[test]
fn integer_division_truncates_and_refuses_zero() {
    let left = (ints(&[Some(7), Some(-7), Some(i32::MIN)]), of(Int));
    let right = (ints(&[Some(2), Some(2), Some(-1)]), of(Int));
    assert_eq!(
        apply(&DIVIDE, &[left.clone(), right], of(Int)).unwrap(),
        ["3", "-3", "-2147483648"]
    );
    let zero = (ints(&[Some(0), Some(1), Some(1)]), of(Int));
    for function in [&DIVIDE, &MOD] {
        assert_eq!(
            failure(apply(function, &[left.clone(), zero.clone()], of(Int))),
            ("java.lang.ArithmeticException".to_owned(), "/ by zero".to_owned())
        );
    }
    // A NULL dividend is NULL, whatever the divisor.
    let null = (ints(&[None]), of(Int));
    let zero = (ints(&[Some(0)]), of(Int));
    assert_eq!(apply(&DIVIDE, &[null, zero], of(Int)).unwrap(), ["NULL"]);
}

#[test]
fn mixed_integers_are_computed_in_the_wider_type() {
    let left: ArrayRef = Arc::new(Int64Array::from(vec![10_000_000_007_i64, -7]));
    let right: ArrayRef = Arc::new(Int8Array::from(vec![10_i8, 4]));
    let columns = [(left, of(BigInt)), (right, of(TinyInt))];
    // MOD has the divisor's type; -7 % 4 is -3 in Java.
    assert_eq!(apply(&MOD, &columns, of(TinyInt)).unwrap(), ["7", "-3"]);
    assert_eq!(apply(&PLUS, &columns, of(BigInt)).unwrap(), ["10000000017", "-3"]);
}

#[test]
fn doubles_divide_by_zero_to_infinity() {
    let columns = [
        (doubles(&[1.0, -1.0, 0.0]), of(Double)),
        (ints(&[Some(0), Some(0), Some(0)]), of(Int)),
    ];
    assert_eq!(
        apply(&DIVIDE, &columns, of(Double)).unwrap(),
        ["inf", "-inf", "NaN"]
    );
}

#[test]
fn decimals_have_the_derived_type_and_round_half_up() {
    // 10.00 / 3.0 as DECIMAL(5,2) / DECIMAL(2,1): scale max(6, 2 + 2 + 1) = 6.
    let columns = [
        (
            decimals(5, 2, &[Some(1000), Some(200), Some(-200), None]),
            decimal(5, 2),
        ),
        (
            decimals(2, 1, &[Some(30), Some(30), Some(30), Some(10)]),
            decimal(2, 1),
        ),
    ];
    assert_eq!(
        apply(&DIVIDE, &columns, decimal(10, 6)).unwrap(),
        ["3.333333", "0.666667", "-0.666667", "NULL"]
    );
    assert_eq!(
        apply(&PLUS, &columns, decimal(6, 2)).unwrap(),
        ["13.00", "5.00", "1.00", "NULL"]
    );
    assert_eq!(
        apply(&TIMES, &columns, decimal(8, 3)).unwrap(),
        ["30.000", "6.000", "-6.000", "NULL"]
    );
    assert_eq!(
        apply(&MOD, &columns, decimal(3, 2)).unwrap(),
        ["1.00", "2.00", "-2.00", "NULL"]
    );
}

#[test]
fn a_decimal_beyond_its_precision_is_null() {
    let nines = 10_i128.pow(38) - 1;
    let columns = [
        (
            decimals(38, 0, &[Some(nines), Some(nines), Some(1)]),
            decimal(38, 0),
        ),
        (decimals(38, 0, &[Some(1), Some(nines), Some(3)]), decimal(38, 0)),
    ];
    assert_eq!(
        apply(&PLUS, &columns, decimal(38, 0)).unwrap(),
        ["NULL", "NULL", "4"]
    );
    assert_eq!(
        apply(&TIMES, &columns, decimal(38, 0)).unwrap(),
        [nines.to_string(), "NULL".to_owned(), "3".to_owned()]
    );
}

#[test]
fn wide_decimal_division_does_not_overflow_inside() {
    // 10^38-1 over 10^-38 units: shift of 44 digits and more.
    let nines = 10_i128.pow(38) - 1;
    let columns = [
        (decimals(38, 0, &[Some(1), Some(2), Some(nines)]), decimal(38, 0)),
        (
            decimals(38, 38, &[Some(nines), Some(3), Some(1)]),
            decimal(38, 38),
        ),
    ];
    // 1 / 0.99..9 is 1.000000; 2 / 3e-38 and the last one do not fit DECIMAL(38,6).
    assert_eq!(
        apply(&DIVIDE, &columns, decimal(38, 6)).unwrap(),
        ["1.000000", "NULL", "NULL"]
    );
}

#[test]
fn the_articles_ratio() {
    // sum(response_size) * 1.0 / sum(request_time): BIGINT * DECIMAL(2,1) is DECIMAL(22,1). Over a BIGINT
    // of 19 digits that makes 21 whole digits and 21 of fraction, of which 38 - 21 = 17 are kept.
    let size: ArrayRef = Arc::new(Int64Array::from(vec![Some(1000), Some(7), None]));
    let time: ArrayRef = Arc::new(Int64Array::from(vec![Some(3), Some(2), Some(1)]));
    let one = crate::kit::literal(nutkin_plan::expression::LiteralValue::Decimal(10), decimal(2, 1));
    let product = call(&TIMES, vec![field(0, of(BigInt)), one], decimal(22, 1));
    let ratio = call(&DIVIDE, vec![product, field(1, of(BigInt))], decimal(38, 17));
    assert_eq!(
        evaluate(&ratio, &[size, time]).unwrap(),
        ["333.33333333333333333", "3.50000000000000000", "NULL"]
    );
}

#[test]
fn rounding_is_half_away_from_zero() {
    let values = doubles(&[2.5, -2.5, 1.005, 123.456, f64::NAN]);
    let rounded = call(&ROUND, vec![field(0, of(Double)), int(2)], of(Double));
    // 1.005 as written rounds up, although the double is a little less.
    assert_eq!(
        evaluate(&rounded, &[Arc::clone(&values)]).unwrap(),
        ["2.5", "-2.5", "1.01", "123.46", "NaN"]
    );
    assert_eq!(
        apply(&ROUND, &[(values, of(Double))], of(Double)).unwrap(),
        ["3.0", "-3.0", "1.0", "123.0", "NaN"]
    );
    let tens = call(&ROUND, vec![field(0, of(Int)), int(-1)], of(Int));
    assert_eq!(
        evaluate(&tens, &[ints(&[Some(15), Some(-15), Some(14)])]).unwrap(),
        ["20", "-20", "10"]
    );
    let decimals_rounded = call(&ROUND, vec![field(0, decimal(5, 3)), int(1)], decimal(4, 1));
    assert_eq!(
        evaluate(
            &decimals_rounded,
            &[decimals(5, 3, &[Some(1250), Some(-1250), Some(99_999)])]
        )
        .unwrap(),
        ["1.3", "-1.3", "100.0"]
    );
}

#[test]
fn floor_ceil_and_sign() {
    let column = (decimals(4, 1, &[Some(15), Some(-15), Some(0)]), decimal(4, 1));
    assert_eq!(
        apply(&FLOOR, std::slice::from_ref(&column), decimal(4, 0)).unwrap(),
        ["1", "-2", "0"]
    );
    assert_eq!(
        apply(&CEIL, std::slice::from_ref(&column), decimal(4, 0)).unwrap(),
        ["2", "-1", "0"]
    );
    assert_eq!(
        apply(&SIGN, &[column], decimal(4, 1)).unwrap(),
        ["1.0", "-1.0", "0.0"]
    );
    let column = (doubles(&[1.5, -1.5, 0.0]), of(Double));
    assert_eq!(
        apply(&FLOOR, std::slice::from_ref(&column), of(Double)).unwrap(),
        ["1.0", "-2.0", "0.0"]
    );
    assert_eq!(
        apply(&SIGN, &[column], of(Double)).unwrap(),
        ["1.0", "-1.0", "0.0"]
    );
}

#[test]
fn mathematics_takes_any_number() {
    let column = (decimals(4, 2, &[Some(400), Some(10000)]), decimal(5, 2));
    assert_eq!(
        apply(&SQRT, std::slice::from_ref(&column), of(Double)).unwrap(),
        ["2.0", "10.0"]
    );
    assert_eq!(
        apply(&LOG10, &[column], of(Double)).unwrap(),
        ["0.6020599913279624", "2.0"]
    );
    let zero = (ints(&[Some(0)]), of(Int));
    assert_eq!(apply(&LN, &[zero], of(Double)).unwrap(), ["-inf"]);
    let columns = [
        (doubles(&[2.0, 1.0, -1.0]), of(Double)),
        (doubles(&[10.0, f64::NAN, f64::INFINITY]), of(Double)),
    ];
    // Math.pow(1, NaN) and Math.pow(-1, Infinity) are NaN in Java.
    assert_eq!(
        apply(&POWER, &columns, of(Double)).unwrap(),
        ["1024.0", "NaN", "NaN"]
    );
}

#[test]
fn dates_move_by_intervals() {
    // 2020-01-31 is day 18292; a month later is the last of February.
    let dates: ArrayRef = Arc::new(Date32Array::from(vec![18292]));
    let month: ArrayRef = Arc::new(IntervalYearMonthArray::from(vec![1]));
    assert_eq!(
        apply(
            &PLUS,
            &[(Arc::clone(&dates), of(Date)), (month, of(IntervalYearMonth))],
            of(Date)
        )
        .unwrap(),
        ["2020-02-29"]
    );
    let days: ArrayRef = Arc::new(DurationMillisecondArray::from(vec![2 * 86_400_000]));
    assert_eq!(
        apply(
            &MINUS,
            &[(dates, of(Date)), (days, of(IntervalDayTime))],
            of(Date)
        )
        .unwrap(),
        ["2020-01-29"]
    );
    let times: ArrayRef = Arc::new(TimestampMillisecondArray::from(vec![1_000]));
    let span: ArrayRef = Arc::new(DurationMillisecondArray::from(vec![2_500]));
    assert_eq!(
        apply(
            &PLUS,
            &[(span, of(IntervalDayTime)), (times, of(Timestamp(3)))],
            of(Timestamp(3))
        )
        .unwrap(),
        ["1970-01-01T00:00:03.500"]
    );
}
