//! Comparisons and tests of values.

use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output;
use crate::function::signature::{Parameter, Signature};

functions! {
    EQUALS = Scalar "equals", sql Some("="), aliases &["==", "==="],
        &[Signature::EqualsComparable(Some(2))] => output::boolean, Support::Executable;
    NOT_EQUALS = Scalar "notEquals", sql Some("<>"), aliases &["!=", "!=="],
        &[Signature::EqualsComparable(Some(2))] => output::boolean, Support::Executable;
    GREATER_THAN = Scalar "greaterThan", sql Some(">"), aliases &[],
        &[Signature::FullyComparable(2)] => output::boolean, Support::Executable;
    GREATER_THAN_OR_EQUAL = Scalar "greaterThanOrEqual", sql Some(">="), aliases &[],
        &[Signature::FullyComparable(2)] => output::boolean, Support::Executable;
    LESS_THAN = Scalar "lessThan", sql Some("<"), aliases &[],
        &[Signature::FullyComparable(2)] => output::boolean, Support::Executable;
    LESS_THAN_OR_EQUAL = Scalar "lessThanOrEqual", sql Some("<="), aliases &[],
        &[Signature::FullyComparable(2)] => output::boolean, Support::Executable;
    IS_NULL = Scalar "isNull", sql Some("IS NULL"), aliases &[],
        &[Signature::Sequence(&[Parameter::Any])] => output::boolean_not_null, Support::Executable;
    IS_NOT_NULL = Scalar "isNotNull", sql Some("IS NOT NULL"), aliases &[],
        &[Signature::Sequence(&[Parameter::Any])] => output::boolean_not_null, Support::Executable;
    IS_TRUE = Scalar "isTrue", sql Some("IS TRUE"), aliases &[],
        &[Signature::Sequence(&[Parameter::Boolean])] => output::boolean_not_null, Support::Executable;
    IS_FALSE = Scalar "isFalse", sql Some("IS FALSE"), aliases &[],
        &[Signature::Sequence(&[Parameter::Boolean])] => output::boolean_not_null, Support::Executable;
    IS_NOT_TRUE = Scalar "isNotTrue", sql Some("IS NOT TRUE"), aliases &[],
        &[Signature::Sequence(&[Parameter::Boolean])] => output::boolean_not_null, Support::Executable;
    IS_NOT_FALSE = Scalar "isNotFalse", sql Some("IS NOT FALSE"), aliases &[],
        &[Signature::Sequence(&[Parameter::Boolean])] => output::boolean_not_null, Support::Executable;
    BETWEEN = Scalar "between", sql Some("BETWEEN"), aliases &[],
        &[Signature::FullyComparable(3)] => output::boolean, Support::Executable;
    NOT_BETWEEN = Scalar "notBetween", sql Some("NOT BETWEEN"), aliases &[],
        &[Signature::FullyComparable(3)] => output::boolean, Support::Executable;
    IN = Scalar "in", sql Some("IN"), aliases &[],
        &[Signature::EqualsComparable(None)] => output::boolean, Support::Executable;
}
