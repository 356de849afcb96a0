use std::sync::Arc;

use arrow::array::{ArrayRef, Int32Array};
use nutkin_plan::expression::LiteralValue;
use nutkin_plan::types::LogicalType;
use nutkin_plan::types::TypeKind::{
    BigInt, Boolean, Char, Date, Double, Float, Int, IntervalDayTime, IntervalYearMonth, SmallInt, Time,
    Timestamp, TimestampLtz, TinyInt, VarBinary,
};

use crate::kit::{decimal, evaluate, literal, of};

#[test]
fn literals_of_every_type() {
    let one_row: ArrayRef = Arc::new(Int32Array::from(vec![0]));
    let cases: Vec<(LiteralValue, LogicalType, &str)> = vec![
        (LiteralValue::Null, of(Double), "NULL"),
        (LiteralValue::Boolean(true), of(Boolean), "true"),
        (LiteralValue::Integer(-1), of(TinyInt), "-1"),
        (LiteralValue::Integer(300), of(SmallInt), "300"),
        (LiteralValue::Integer(70_000), of(Int), "70000"),
        (LiteralValue::Integer(1 << 40), of(BigInt), "1099511627776"),
        (LiteralValue::Floating(0.5), of(Float), "0.5"),
        (LiteralValue::Floating(0.1), of(Double), "0.1"),
        (LiteralValue::Decimal(-105), decimal(4, 2), "-1.05"),
        (LiteralValue::String("a".to_owned()), of(Char(1)), "a"),
        (LiteralValue::Bytes(vec![1, 255]), of(VarBinary(2)), "01ff"),
        (LiteralValue::Date(-1), of(Date), "1969-12-31"),
        (LiteralValue::Time(3_600_000_000_000), of(Time(0)), "01:00:00"),
        (LiteralValue::Time(1_500_000), of(Time(6)), "00:00:00.001500"),
        (
            LiteralValue::Timestamp(-1_000_000),
            of(Timestamp(3)),
            "1969-12-31T23:59:59.999",
        ),
        (
            LiteralValue::Timestamp(253_402_300_799_000_000_000),
            of(Timestamp(6)),
            "9999-12-31T23:59:59",
        ),
        (
            LiteralValue::Timestamp(0),
            of(TimestampLtz(0)),
            "1970-01-01T00:00:00Z",
        ),
        (
            LiteralValue::IntervalMonths(14),
            of(IntervalYearMonth),
            "1 years 2 mons",
        ),
        (LiteralValue::IntervalMillis(1500), of(IntervalDayTime), "PT1.5S"),
    ];
    for (value, literal_type, expected) in cases {
        let expression = literal(value, literal_type.clone());
        assert_eq!(
            evaluate(&expression, &[Arc::clone(&one_row)]).unwrap(),
            [expected],
            "{literal_type:?}"
        );
    }
    let wrong = literal(LiteralValue::Integer(300), of(TinyInt));
    assert!(evaluate(&wrong, &[one_row]).is_err());
}
