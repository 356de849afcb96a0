//! Variances and standard deviations, by the sums that Flink computes them from, so that the last digits
//! agree and integers are cut as there.

use datafusion::functions_aggregate::count::count_udaf;
use datafusion::logical_expr::expr::Case;
use datafusion::logical_expr::{Expr, cast, lit};
use nutkin_engine::Result;
use nutkin_plan::expression::LiteralValue;
use nutkin_plan::function::definitions;
use nutkin_plan::types::{LogicalType, TypeKind};

use super::sum::sum_as;
use super::{Call, Entry};
use crate::expression::null_of;

/// The functions of this family.
pub(super) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "varPop",
        plan: |call| variance(call, false, false),
    },
    Entry {
        name: "varSamp",
        plan: |call| variance(call, true, false),
    },
    Entry {
        name: "stddevPop",
        plan: |call| variance(call, false, true),
    },
    Entry {
        name: "stddevSamp",
        plan: |call| variance(call, true, true),
    },
];

const BIGINT: LogicalType = LogicalType::nullable(TypeKind::BigInt);
const DOUBLE: LogicalType = LogicalType::nullable(TypeKind::Double);

/// (SUM(x * x) - SUM(x) * SUM(x) / COUNT(x)) / COUNT(x), the last less one for a sample.
fn variance(mut call: Call<'_>, sample: bool, root: bool) -> Result<Expr> {
    let (argument, argument_type) = call.argument()?;
    let result = call.result.clone();
    let computed = match argument_type.kind {
        TypeKind::TinyInt | TypeKind::SmallInt | TypeKind::Int | TypeKind::BigInt => BIGINT,
        TypeKind::Float | TypeKind::Double => DOUBLE,
        TypeKind::Decimal { .. } => result.with_nullable(true),
        _ => return Err(call.unsupported()),
    };
    let value = cast(argument.clone(), computed.to_arrow());
    let pair = |left: Expr, right: Expr| vec![(left, computed.clone()), (right, computed.clone())];
    let square = call.apply(&definitions::TIMES, pair(value.clone(), value.clone()), &computed)?;
    call.arguments = vec![(square, computed.clone())];
    let sum_of_squares = sum_as(&mut call, &computed)?;
    call.arguments = vec![(value, computed.clone())];
    let sum = sum_as(&mut call, &computed)?;
    let count = call.aggregate(count_udaf(), vec![argument])?;
    let square_of_sum = call.apply(&definitions::TIMES, pair(sum.clone(), sum), &computed)?;
    let mean = divided(&call, square_of_sum, &computed, none_if(&count, 0)?)?;
    let deviation = call.apply(&definitions::MINUS, pair(sum_of_squares, mean), &computed)?;
    let divisor = if sample {
        none_if(&(count - lit(1_i64)), 0)?
    } else {
        none_if(&count, 0)?
    };
    let variance = divided(&call, deviation, &computed, divisor)?;
    if !root {
        return call.apply(&definitions::CAST, vec![(variance, computed)], &result);
    }
    let half = Expr::Literal(
        nutkin_functions::scalar(&LiteralValue::Floating(0.5), &DOUBLE)?,
        None,
    );
    let variance = call.apply(&definitions::CAST, vec![(variance, computed)], &DOUBLE)?;
    let deviation = call.apply(
        &definitions::POWER,
        vec![(variance, DOUBLE), (half, DOUBLE)],
        &DOUBLE,
    )?;
    call.apply(&definitions::CAST, vec![(deviation, DOUBLE)], &result)
}

fn divided(call: &Call<'_>, value: Expr, value_type: &LogicalType, count: Expr) -> Result<Expr> {
    let count = match value_type.kind {
        TypeKind::Double => (cast(count, value_type.to_arrow()), value_type.clone()),
        _ => (count, BIGINT),
    };
    call.apply(
        &definitions::DIVIDE,
        vec![(value, value_type.clone()), count],
        value_type,
    )
}

/// NULL where a count has a value that nothing is divided by.
fn none_if(count: &Expr, value: i64) -> Result<Expr> {
    Ok(Expr::Case(Case::new(
        None,
        vec![(
            Box::new(count.clone().lt_eq(lit(value))),
            Box::new(null_of(&arrow::datatypes::DataType::Int64)?),
        )],
        Some(Box::new(count.clone())),
    )))
}
