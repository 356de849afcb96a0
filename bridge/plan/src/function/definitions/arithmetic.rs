//! Arithmetic operators and mathematical functions.

use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output;
use crate::function::signature::{Parameter, Signature};

const NUMBERS: Signature = Signature::Sequence(&[Parameter::Numeric, Parameter::Numeric]);
const DAY_TIMES: Signature = Signature::Sequence(&[Parameter::IntervalDayTime, Parameter::IntervalDayTime]);
const YEAR_MONTHS: Signature =
    Signature::Sequence(&[Parameter::IntervalYearMonth, Parameter::IntervalYearMonth]);
const DATE_TIME_INTERVAL: Signature = Signature::Sequence(&[Parameter::DateTime, Parameter::Interval]);
const INTERVAL_NUMBER: Signature = Signature::Sequence(&[Parameter::Interval, Parameter::Numeric]);
const NUMBER: Signature = Signature::Sequence(&[Parameter::Numeric]);
const INTERVAL: Signature = Signature::Sequence(&[Parameter::Interval]);
const NOTHING: Signature = Signature::Sequence(&[]);
const POINT_TO_UNIT: Signature = Signature::Sequence(&[Parameter::DateTime, Parameter::Symbol]);
const NUMBER_TO_DIGITS: Signature = Signature::Sequence(&[Parameter::Numeric, Parameter::Integer]);

functions! {
    PLUS = Scalar "plus", sql Some("+"), aliases &[],
        &[NUMBERS, DAY_TIMES, YEAR_MONTHS, DATE_TIME_INTERVAL, Signature::Sequence(&[Parameter::Interval, Parameter::DateTime]), Signature::Sequence(&[Parameter::CharacterString, Parameter::Predefined])] => output::plus, Support::Executable;
    MINUS = Scalar "minus", sql Some("-"), aliases &[],
        &[NUMBERS, DAY_TIMES, YEAR_MONTHS, DATE_TIME_INTERVAL] => output::minus, Support::Executable;
    TIMES = Scalar "times", sql Some("*"), aliases &[],
        &[NUMBERS, INTERVAL_NUMBER, Signature::Sequence(&[Parameter::Numeric, Parameter::Interval])] => output::times, Support::Executable;
    DIVIDE = Scalar "divide", sql Some("/"), aliases &[],
        &[NUMBERS, INTERVAL_NUMBER] => output::divide, Support::Executable;
    MOD = Scalar "mod", sql Some("MOD"), aliases &["%"],
        &[Signature::Sequence(&[Parameter::ExactNumeric, Parameter::ExactNumeric])] => output::modulo, Support::Executable;
    MINUS_PREFIX = Scalar "minusPrefix", sql Some("-"), aliases &[],
        &[NUMBER, INTERVAL] => output::first_argument, Support::Executable;
    ABS = Scalar "abs", sql Some("ABS"), aliases &[],
        &[NUMBER, INTERVAL] => output::first_argument, Support::Executable;
    FLOOR = Scalar "floor", sql Some("FLOOR"), aliases &[],
        &[NUMBER, POINT_TO_UNIT] => output::whole, Support::Executable;
    CEIL = Scalar "ceil", sql Some("CEIL"), aliases &["CEILING"],
        &[NUMBER, POINT_TO_UNIT] => output::whole, Support::Executable;
    ROUND = Scalar "round", sql Some("ROUND"), aliases &[],
        &[NUMBER, NUMBER_TO_DIGITS] => output::rounded, Support::Executable;
    SIGN = Scalar "sign", sql Some("SIGN"), aliases &[],
        &[NUMBER] => output::first_argument, Support::Executable;
    POWER = Scalar "power", sql Some("POWER"), aliases &[],
        &[NUMBERS] => output::double, Support::Executable;
    SQRT = Scalar "sqrt", sql Some("SQRT"), aliases &[],
        &[NUMBER] => output::double, Support::Executable;
    EXP = Scalar "exp", sql Some("EXP"), aliases &[],
        &[NUMBER] => output::double, Support::Executable;
    LN = Scalar "ln", sql Some("LN"), aliases &[],
        &[NUMBER] => output::double, Support::Executable;
    LOG10 = Scalar "log10", sql Some("LOG10"), aliases &[],
        &[NUMBER] => output::double, Support::Executable;
    LOG2 = Scalar "log2", sql Some("LOG2"), aliases &[],
        &[NUMBER] => output::double, Support::Executable;
    SIN = Scalar "sin", sql Some("SIN"), aliases &[],
        &[NUMBER] => output::double, Support::Executable;
    COS = Scalar "cos", sql Some("COS"), aliases &[],
        &[NUMBER] => output::double, Support::Executable;
    TAN = Scalar "tan", sql Some("TAN"), aliases &[],
        &[NUMBER] => output::double, Support::Executable;
    COT = Scalar "cot", sql Some("COT"), aliases &[],
        &[NUMBER] => output::double, Support::Executable;
    ASIN = Scalar "asin", sql Some("ASIN"), aliases &[],
        &[NUMBER] => output::double, Support::Executable;
    ACOS = Scalar "acos", sql Some("ACOS"), aliases &[],
        &[NUMBER] => output::double, Support::Executable;
    ATAN = Scalar "atan", sql Some("ATAN"), aliases &[],
        &[NUMBER] => output::double, Support::Executable;
    SINH = Scalar "sinh", sql Some("SINH"), aliases &[],
        &[NUMBER] => output::double, Support::Executable;
    COSH = Scalar "cosh", sql Some("COSH"), aliases &[],
        &[NUMBER] => output::double, Support::Executable;
    TANH = Scalar "tanh", sql Some("TANH"), aliases &[],
        &[NUMBER] => output::double, Support::Executable;
    DEGREES = Scalar "degrees", sql Some("DEGREES"), aliases &[],
        &[NUMBER] => output::double, Support::Executable;
    RADIANS = Scalar "radians", sql Some("RADIANS"), aliases &[],
        &[NUMBER] => output::double, Support::Executable;
    LOG = Scalar "log", sql Some("LOG"), aliases &[],
        &[NUMBER, NUMBERS] => output::double, Support::Executable;
    ATAN2 = Scalar "atan2", sql Some("ATAN2"), aliases &[],
        &[NUMBERS] => output::double, Support::Executable;
    PI = Scalar "pi", sql Some("PI"), aliases &[],
        &[NOTHING] => output::double, Support::Executable;
    E = Scalar "e", sql Some("E"), aliases &[],
        &[NOTHING] => output::double, Support::Executable;
    RAND = Scalar "rand", sql Some("RAND"), aliases &[],
        &[NOTHING, Signature::Sequence(&[Parameter::Integer])] => output::double, Support::Executable;
    RAND_INTEGER = Scalar "randInteger", sql Some("RAND_INTEGER"), aliases &[],
        &[Signature::Sequence(&[Parameter::Integer]), Signature::Sequence(&[Parameter::Integer, Parameter::Integer])] => output::integer, Support::Executable;
    TRUNCATE = Scalar "truncate", sql Some("TRUNCATE"), aliases &[],
        &[NUMBER, NUMBER_TO_DIGITS] => output::rounded, Support::Executable;
}
