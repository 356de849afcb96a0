use std::sync::Arc;

use arrow::array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, DurationMillisecondArray, Float32Array, Float64Array,
    Int32Array, Int64Array, IntervalYearMonthArray, StringArray, Time32MillisecondArray,
    TimestampMicrosecondArray, TimestampMillisecondArray,
};
use nutkin_plan::function::definitions::{CAST, TRY_CAST};
use nutkin_plan::types::LogicalType;
use nutkin_plan::types::TypeKind::{
    BigInt, Binary, Boolean, Char, Date, Double, Float, Int, IntervalDayTime, IntervalYearMonth, SmallInt,
    Time, Timestamp, TimestampLtz, TinyInt, VarChar,
};

use crate::kit::{apply, decimal, decimals, failure, of};

fn string() -> LogicalType {
    LogicalType::string()
}

fn strings(values: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

fn cast(column: ArrayRef, from: LogicalType, to: LogicalType) -> Vec<String> {
    apply(&CAST, &[(column, from)], to).unwrap()
}

#[test]
fn doubles_are_written_as_java_writes_them() {
    let values = [
        (1e10, "1.0E10"),
        (1.0, "1.0"),
        (100.0, "100.0"),
        (9_999_999.0, "9999999.0"),
        (1e7, "1.0E7"),
        (12_345_678.9, "1.23456789E7"),
        (0.001, "0.001"),
        (0.000_99, "9.9E-4"),
        (-0.0, "-0.0"),
        (0.1 + 0.2, "0.30000000000000004"),
        (f64::NAN, "NaN"),
        (f64::NEG_INFINITY, "-Infinity"),
        (f64::MIN_POSITIVE, "2.2250738585072014E-308"),
        (5e-324, "4.9E-324"),
        (f64::MAX, "1.7976931348623157E308"),
        (123.456, "123.456"),
        (2e23, "2.0E23"),
    ];
    let column: ArrayRef = Arc::new(Float64Array::from_iter_values(
        values.iter().map(|(value, _)| *value),
    ));
    let expected: Vec<&str> = values.iter().map(|(_, text)| *text).collect();
    assert_eq!(cast(column, of(Double), string()), expected);
    let floats: ArrayRef = Arc::new(Float32Array::from(vec![0.1, 1e10, 3.402_823_5e38, 1.4e-45]));
    assert_eq!(
        cast(floats, of(Float), string()),
        ["0.1", "1.0E10", "3.4028235E38", "1.4E-45"]
    );
}

#[test]
fn values_become_text() {
    let booleans: ArrayRef = Arc::new(BooleanArray::from(vec![Some(true), Some(false), None]));
    assert_eq!(cast(booleans, of(Boolean), string()), ["TRUE", "FALSE", "NULL"]);
    assert_eq!(
        cast(
            decimals(5, 3, &[Some(5), Some(-12_345), Some(0)]),
            decimal(5, 3),
            string()
        ),
        ["0.005", "-12.345", "0.000"]
    );
    let dates: ArrayRef = Arc::new(Date32Array::from(vec![18_321, -1]));
    assert_eq!(cast(dates, of(Date), string()), ["2020-02-29", "1969-12-31"]);
    let times: ArrayRef = Arc::new(Time32MillisecondArray::from(vec![3_723_040, 0]));
    assert_eq!(cast(times, of(Time(3)), string()), ["01:02:03.04", "00:00:00.0"]);
    let timestamps: ArrayRef = Arc::new(TimestampMillisecondArray::from(vec![1_500, -1]));
    assert_eq!(
        cast(timestamps, of(Timestamp(3)), string()),
        ["1970-01-01 00:00:01.500", "1969-12-31 23:59:59.999"]
    );
    let months: ArrayRef = Arc::new(IntervalYearMonthArray::from(vec![14, -1]));
    assert_eq!(cast(months, of(IntervalYearMonth), string()), ["+1-02", "-0-01"]);
    let millis: ArrayRef = Arc::new(DurationMillisecondArray::from(vec![93_784_005]));
    assert_eq!(cast(millis, of(IntervalDayTime), string()), ["+1 02:03:04.005"]);
    let bytes: ArrayRef = Arc::new(BinaryArray::from(vec![b"ab".as_slice()]));
    assert_eq!(cast(bytes, of(Binary(2)), string()), ["ab"]);
}

#[test]
fn strings_are_cut_and_padded() {
    let numbers: ArrayRef = Arc::new(Int32Array::from(vec![12345, 7]));
    assert_eq!(cast(Arc::clone(&numbers), of(Int), of(VarChar(3))), ["123", "7"]);
    assert_eq!(cast(numbers, of(Int), of(Char(3))), ["123", "7  "]);
    assert_eq!(cast(strings(&["日本語"]), string(), of(VarChar(2))), ["日本"]);
}

#[test]
fn text_becomes_numbers_or_fails() {
    assert_eq!(
        cast(strings(&[" 12 ", "-7", "+3", "1.9", "-1.9"]), string(), of(Int)),
        ["12", "-7", "3", "1", "-1"]
    );
    for (text, to, class, message) in [
        (
            "abc",
            of(Int),
            "java.lang.NumberFormatException",
            "For input string: 'abc'. Invalid character found.",
        ),
        (
            "",
            of(BigInt),
            "java.lang.NumberFormatException",
            "For input string: ''. Invalid character found.",
        ),
        (
            "128",
            of(TinyInt),
            "java.lang.NumberFormatException",
            "For input string: '128'. Overflow.",
        ),
        (
            "1x",
            of(Double),
            "java.lang.NumberFormatException",
            "For input string: \"1x\"",
        ),
        (
            "maybe",
            of(Boolean),
            "org.apache.flink.table.api.TableRuntimeException",
            "Cannot parse 'maybe' as BOOLEAN.",
        ),
        (
            "2020-02-30",
            of(Date),
            "java.time.DateTimeException",
            "For input string: '2020-02-30'.",
        ),
    ] {
        let column = strings(&[text]);
        assert_eq!(
            failure(apply(&CAST, &[(Arc::clone(&column), string())], to.clone())),
            (class.to_owned(), message.to_owned())
        );
        assert_eq!(apply(&TRY_CAST, &[(column, string())], to).unwrap(), ["NULL"]);
    }
    assert_eq!(
        cast(
            strings(&[" 1.5e3 ", "Infinity", "-.5", "2d"]),
            string(),
            of(Double)
        ),
        ["1500.0", "inf", "-0.5", "2.0"]
    );
    assert_eq!(
        cast(strings(&["T", "no", "1"]), string(), of(Boolean)),
        ["true", "false", "true"]
    );
}

#[test]
fn text_becomes_decimals() {
    assert_eq!(
        cast(
            strings(&["1.005", "-1.005", " 12 ", "1e2", "99999", "0.0049", "1.5E-1"]),
            string(),
            decimal(5, 2)
        ),
        ["1.01", "-1.01", "12.00", "100.00", "NULL", "0.00", "0.15"]
    );
    assert!(apply(&CAST, &[(strings(&["1.2.3"]), string())], decimal(5, 2)).is_err());
}

#[test]
fn text_becomes_dates_and_times() {
    assert_eq!(
        cast(strings(&["2020-02-29", "2020-2-9", "2020"]), string(), of(Date)),
        ["2020-02-29", "2020-02-09", "2020-01-01"]
    );
    assert_eq!(
        cast(
            strings(&["2020-01-02 03:04:05.678999", "2020-01-02"]),
            string(),
            of(Timestamp(3))
        ),
        ["2020-01-02T03:04:05.678", "2020-01-02T00:00:00"]
    );
    assert_eq!(cast(strings(&["12:34:56"]), string(), of(Time(0))), ["12:34:56"]);
}

#[test]
fn numbers_are_narrowed_as_in_java() {
    let longs: ArrayRef = Arc::new(Int64Array::from(vec![(1_i64 << 32) + 5, -1]));
    assert_eq!(cast(Arc::clone(&longs), of(BigInt), of(Int)), ["5", "-1"]);
    assert_eq!(cast(longs, of(BigInt), of(SmallInt)), ["5", "-1"]);
    let doubles: ArrayRef = Arc::new(Float64Array::from(vec![1e20, -2.9, f64::NAN, 300.0]));
    assert_eq!(
        cast(Arc::clone(&doubles), of(Double), of(Int)),
        ["2147483647", "-2", "0", "300"]
    );
    // (byte) 1e20 goes through int: 2147483647 has the low byte -1.
    assert_eq!(cast(doubles, of(Double), of(TinyInt)), ["-1", "-2", "0", "44"]);
    assert_eq!(
        cast(decimals(5, 2, &[Some(-199), Some(199)]), decimal(5, 2), of(Int)),
        ["-1", "1"]
    );
}

#[test]
fn decimals_are_rounded_and_null_beyond_the_precision() {
    assert_eq!(
        cast(
            decimals(6, 3, &[Some(1_005), Some(-1_005), Some(999_995)]),
            decimal(6, 3),
            decimal(4, 2)
        ),
        ["1.01", "-1.01", "NULL"]
    );
    let doubles: ArrayRef = Arc::new(Float64Array::from(vec![1.005, 0.1]));
    assert_eq!(cast(doubles, of(Double), decimal(4, 2)), ["1.01", "0.10"]);
    let longs: ArrayRef = Arc::new(Int64Array::from(vec![99, 100]));
    assert_eq!(cast(longs, of(BigInt), decimal(4, 2)), ["99.00", "NULL"]);
    assert_eq!(
        cast(
            decimals(38, 10, &[Some(12_345_678_901_234_567_890)]),
            decimal(38, 10),
            of(Double)
        ),
        ["1234567890.1234567"]
    );
}

#[test]
fn timestamps_lose_digits_and_fields() {
    let timestamps: ArrayRef = Arc::new(TimestampMicrosecondArray::from(vec![86_400_000_000 + 1_999_999]));
    assert_eq!(
        cast(Arc::clone(&timestamps), of(Timestamp(6)), of(Timestamp(3))),
        ["1970-01-02T00:00:01.999"]
    );
    assert_eq!(
        cast(Arc::clone(&timestamps), of(Timestamp(6)), of(Date)),
        ["1970-01-02"]
    );
    assert_eq!(cast(timestamps, of(Timestamp(6)), of(Time(0))), ["00:00:01"]);
    let dates: ArrayRef = Arc::new(Date32Array::from(vec![1]));
    assert_eq!(cast(dates, of(Date), of(Timestamp(3))), ["1970-01-02T00:00:00"]);
}

/// An instant is shown in the zone of the session, which is UTC here.
#[test]
fn instants_are_written_in_the_zone_of_the_session() {
    let instants: ArrayRef = Arc::new(TimestampMillisecondArray::from(vec![-1]).with_timezone("UTC"));
    assert_eq!(
        cast(instants, of(TimestampLtz(3)), string()),
        ["1969-12-31 23:59:59.999"]
    );
}
