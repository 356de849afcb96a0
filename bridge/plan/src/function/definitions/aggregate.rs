//! Aggregate functions.

use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output;
use crate::function::signature::{Parameter, Signature};

functions! {
    COUNT = Aggregate "count", sql Some("COUNT"), aliases &["count1"],
        &[Signature::Sequence(&[]), Signature::Varying(&[Parameter::Any])] => output::count, Support::Executable;
    SUM = Aggregate "sum", sql Some("SUM"), aliases &[],
        &[Signature::Sequence(&[Parameter::Numeric])] => output::sum, Support::Executable;
    SUM0 = Aggregate "sum0", sql Some("$SUM0"), aliases &[],
        &[Signature::Sequence(&[Parameter::Numeric])] => output::sum_or_zero, Support::Executable;
    MIN = Aggregate "min", sql Some("MIN"), aliases &[],
        &[Signature::FullyComparable(1)] => output::first_argument_nullable, Support::Executable;
    MAX = Aggregate "max", sql Some("MAX"), aliases &[],
        &[Signature::FullyComparable(1)] => output::first_argument_nullable, Support::Executable;
    AVG = Aggregate "avg", sql Some("AVG"), aliases &[],
        &[Signature::Sequence(&[Parameter::Numeric])] => output::average, Support::Executable;
    STDDEV_POP = Aggregate "stddevPop", sql Some("STDDEV_POP"), aliases &[],
        &[Signature::Sequence(&[Parameter::Numeric])] => output::average, Support::Executable;
    STDDEV_SAMP = Aggregate "stddevSamp", sql Some("STDDEV_SAMP"), aliases &["STDDEV"],
        &[Signature::Sequence(&[Parameter::Numeric])] => output::average_or_null, Support::Executable;
    VAR_POP = Aggregate "varPop", sql Some("VAR_POP"), aliases &[],
        &[Signature::Sequence(&[Parameter::Numeric])] => output::average, Support::Executable;
    VAR_SAMP = Aggregate "varSamp", sql Some("VAR_SAMP"), aliases &["VARIANCE"],
        &[Signature::Sequence(&[Parameter::Numeric])] => output::average_or_null, Support::Executable;
    COLLECT = Aggregate "collect", sql Some("COLLECT"), aliases &[],
        &[Signature::Sequence(&[Parameter::Any])] => output::multiset, Support::Executable;
    ARRAY_AGG = Aggregate "ARRAY_AGG", sql Some("ARRAY_AGG"), aliases &[],
        &[Signature::Sequence(&[Parameter::Any])] => output::array_of_first, Support::Executable;
    FIRST_VALUE = Aggregate "first_value", sql Some("FIRST_VALUE"), aliases &["firstValue"],
        &[Signature::Sequence(&[Parameter::Any])] => output::first_argument_nullable, Support::Executable;
    LAST_VALUE = Aggregate "last_value", sql Some("LAST_VALUE"), aliases &["lastValue"],
        &[Signature::Sequence(&[Parameter::Any])] => output::first_argument_nullable, Support::Executable;
    LIST_AGG = Aggregate "listAgg", sql Some("LISTAGG"), aliases &[],
        &[Signature::Sequence(&[Parameter::CharacterString]),
            Signature::Sequence(&[Parameter::CharacterString, Parameter::CharacterString])]
        => output::first_argument, Support::Executable;
    PERCENTILE = Aggregate "PERCENTILE", sql Some("PERCENTILE"), aliases &[],
        &[Signature::Sequence(&[Parameter::Numeric, Parameter::Any]),
            Signature::Sequence(&[Parameter::Numeric, Parameter::Any, Parameter::Numeric])]
        => output::percentile, Support::Executable;
    JSON_OBJECTAGG_NULL_ON_NULL = Aggregate "JSON_OBJECTAGG_NULL_ON_NULL", sql Some("JSON_OBJECTAGG"), aliases &[],
        &[Signature::Sequence(&[Parameter::CharacterString, Parameter::Any])] => output::json, Support::Executable;
    JSON_OBJECTAGG_ABSENT_ON_NULL = Aggregate "JSON_OBJECTAGG_ABSENT_ON_NULL", sql None, aliases &[],
        &[Signature::Sequence(&[Parameter::CharacterString, Parameter::Any])] => output::json, Support::Executable;
    JSON_ARRAYAGG_NULL_ON_NULL = Aggregate "JSON_ARRAYAGG_NULL_ON_NULL", sql None, aliases &[],
        &[Signature::Sequence(&[Parameter::Any])] => output::json, Support::Executable;
    JSON_ARRAYAGG_ABSENT_ON_NULL = Aggregate "JSON_ARRAYAGG_ABSENT_ON_NULL", sql Some("JSON_ARRAYAGG"), aliases &[],
        &[Signature::Sequence(&[Parameter::Any])] => output::json, Support::Executable;
    GROUPING = Aggregate "GROUPING", sql Some("GROUPING"), aliases &[],
        &[Signature::Sequence(&[Parameter::Any])] => output::count, Support::Executable;
    GROUPING_ID = Aggregate "GROUPING_ID", sql Some("GROUPING_ID"), aliases &[],
        &[Signature::Varying(&[Parameter::Any])] => output::count, Support::Executable;
    DISTINCT = Aggregate "distinct", sql Some("DISTINCT"), aliases &[],
        &[Signature::Sequence(&[Parameter::Any])] => output::first_argument, Support::Executable;
}
