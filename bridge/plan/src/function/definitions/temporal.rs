//! Functions of dates, times and intervals, and of the current time.

use crate::expression::{LiteralValue, ResolvedExpression};
use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output::{self, Arguments};
use crate::function::signature::{Parameter, Signature};
use crate::types::{LogicalType, MAX_LENGTH, TypeKind};

const UNIT_AND_POINT: Signature = Signature::Sequence(&[Parameter::Symbol, Parameter::DateTime]);
const UNIT_AND_INTERVAL: Signature = Signature::Sequence(&[Parameter::Symbol, Parameter::Interval]);
const STRING: Signature = Signature::Sequence(&[Parameter::CharacterString]);
const STRING_AND_PATTERN: Signature =
    Signature::Sequence(&[Parameter::CharacterString, Parameter::CharacterString]);
const THREE_STRINGS: Signature = Signature::Sequence(&[
    Parameter::CharacterString,
    Parameter::CharacterString,
    Parameter::CharacterString,
]);
const NOTHING: Signature = Signature::Sequence(&[]);

functions! {
    EXTRACT = Scalar "extract", sql Some("EXTRACT"), aliases &[],
        &[UNIT_AND_POINT, UNIT_AND_INTERVAL] => output::big_integer, Support::Executable;
    TIMESTAMP_ADD = Scalar "timestampAdd", sql Some("TIMESTAMPADD"), aliases &[],
        &[Signature::Sequence(&[Parameter::Symbol, Parameter::AnyInteger, Parameter::DateTime])] => added, Support::Executable;
    TIMESTAMP_DIFF = Scalar "timestampDiff", sql Some("TIMESTAMPDIFF"), aliases &[],
        &[Signature::Sequence(&[Parameter::Symbol, Parameter::DateTime, Parameter::DateTime])] => output::integer, Support::Executable;
    TEMPORAL_OVERLAPS = Scalar "temporalOverlaps", sql Some("OVERLAPS"), aliases &[],
        &[Signature::Sequence(&[Parameter::DateTime, Parameter::DateTime, Parameter::DateTime, Parameter::DateTime]),
          Signature::Sequence(&[Parameter::DateTime, Parameter::Interval, Parameter::DateTime, Parameter::Interval]),
          Signature::Sequence(&[Parameter::DateTime, Parameter::DateTime, Parameter::DateTime, Parameter::Interval]),
          Signature::Sequence(&[Parameter::DateTime, Parameter::Interval, Parameter::DateTime, Parameter::DateTime])] => output::boolean, Support::Executable;
    DATE_FORMAT = Scalar "dateFormat", sql Some("DATE_FORMAT"), aliases &[],
        &[Signature::Sequence(&[Parameter::Timestamp, Parameter::CharacterString]), STRING_AND_PATTERN] => nullable_string, Support::Executable;
    TO_DATE = Scalar "toDate", sql Some("TO_DATE"), aliases &[],
        &[STRING, STRING_AND_PATTERN] => nullable_date, Support::Executable;
    TO_TIMESTAMP = Scalar "toTimestamp", sql Some("TO_TIMESTAMP"), aliases &[],
        &[STRING, STRING_AND_PATTERN] => nullable_timestamp, Support::Executable;
    TO_TIMESTAMP_LTZ = Scalar "TO_TIMESTAMP_LTZ", sql Some("TO_TIMESTAMP_LTZ"), aliases &[],
        &[Signature::Sequence(&[Parameter::Numeric]), Signature::Sequence(&[Parameter::Numeric, Parameter::AnyInteger]), STRING, STRING_AND_PATTERN, THREE_STRINGS] => instant, Support::Executable;
    CONVERT_TZ = Scalar "convertTz", sql Some("CONVERT_TZ"), aliases &[],
        &[THREE_STRINGS] => nullable_string, Support::Executable;
    FROM_UNIXTIME = Scalar "fromUnixtime", sql Some("FROM_UNIXTIME"), aliases &[],
        &[Signature::Sequence(&[Parameter::AnyInteger]), Signature::Sequence(&[Parameter::AnyInteger, Parameter::CharacterString])] => nullable_string, Support::Executable;
    UNIX_TIMESTAMP = Scalar "unixTimestamp", sql Some("UNIX_TIMESTAMP"), aliases &[],
        &[NOTHING, STRING, STRING_AND_PATTERN] => output::big_integer, Support::Executable;
    CURRENT_DATE = Scalar "currentDate", sql Some("CURRENT_DATE"), aliases &[],
        &[NOTHING] => date, Support::Executable;
    CURRENT_TIME = Scalar "currentTime", sql Some("CURRENT_TIME"), aliases &[],
        &[NOTHING] => time, Support::Executable;
    CURRENT_TIMESTAMP = Scalar "currentTimestamp", sql Some("CURRENT_TIMESTAMP"), aliases &[],
        &[NOTHING] => current_instant, Support::Executable;
    NOW = Scalar "now", sql Some("NOW"), aliases &[],
        &[NOTHING] => current_instant, Support::Executable;
    CURRENT_ROW_TIMESTAMP = Scalar "currentRowTimestamp", sql Some("CURRENT_ROW_TIMESTAMP"), aliases &[],
        &[NOTHING] => current_instant, Support::Executable;
    PROCESSING_TIME = Scalar "processingTime", sql Some("PROCTIME"), aliases &[],
        &[NOTHING] => current_instant, Support::Executable;
    LOCAL_TIME = Scalar "localTime", sql Some("LOCALTIME"), aliases &[],
        &[NOTHING] => time, Support::Executable;
    LOCAL_TIMESTAMP = Scalar "localTimestamp", sql Some("LOCALTIMESTAMP"), aliases &[],
        &[NOTHING] => local_timestamp, Support::Executable;
}

fn date(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::not_null(TypeKind::Date))
}

fn time(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::not_null(TypeKind::Time(0)))
}

fn current_instant(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::not_null(TypeKind::TimestampLtz(3)))
}

fn local_timestamp(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::not_null(TypeKind::Timestamp(3)))
}

fn nullable_string(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::nullable(TypeKind::VarChar(MAX_LENGTH)))
}

fn nullable_date(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::nullable(TypeKind::Date))
}

fn nullable_timestamp(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::nullable(TypeKind::Timestamp(3)))
}

/// Instants have milliseconds; what is read from text may be no time at all.
fn instant(arguments: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::nullable(TypeKind::TimestampLtz(instant_precision(
        arguments,
    ))))
}

/// Three digits, or as many as a constant asks for beyond that.
fn instant_precision(arguments: &Arguments<'_>) -> u8 {
    match arguments.expressions.get(1) {
        Some(ResolvedExpression::Literal {
            value: LiteralValue::Integer(precision @ 4..=9),
            ..
        }) => *precision as u8,
        _ => 3,
    }
}

/// A date that is moved by hours or less becomes a timestamp.
fn added(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let point = arguments.types.get(2)?;
    let kind = match (&point.kind, arguments.symbol(0)?) {
        (TypeKind::Date, "HOUR" | "MINUTE" | "SECOND") => TypeKind::Timestamp(6),
        (kind, _) => kind.clone(),
    };
    arguments.of(kind)
}
