//! AVG, in Flink's types: the average of integers is an integer, truncated towards zero; that of DECIMALs
//! is rounded half up.

use arrow::datatypes::DataType;
use datafusion::functions_aggregate::average::avg_udaf;
use datafusion::functions_aggregate::count::count_udaf;
use datafusion::logical_expr::expr::Case;
use datafusion::logical_expr::{BinaryExpr, Expr, Operator, cast, lit};
use nutkin_engine::Result;
use nutkin_plan::function::definitions;
use nutkin_plan::types::{LogicalType, TypeKind};

use super::sum::sum_as;
use super::{Call, Entry};
use crate::expression::null_of;

/// The functions of this family.
pub(super) const FUNCTIONS: &[Entry] = &[Entry {
    name: "avg",
    plan: average,
}];

fn average(mut call: Call<'_>) -> Result<Expr> {
    let (argument, argument_type) = call.argument()?;
    let result = call.result.clone();
    match (&argument_type.kind, &result.kind) {
        (TypeKind::Float | TypeKind::Double, _) => {
            let average = call.aggregate(avg_udaf(), vec![cast(argument, DataType::Float64)])?;
            Ok(if result.kind == TypeKind::Float {
                cast(average, DataType::Float32)
            } else {
                average
            })
        }
        (TypeKind::Decimal { scale, .. }, TypeKind::Decimal { .. }) => {
            let sum_type = LogicalType::nullable(TypeKind::Decimal {
                precision: 38,
                scale: *scale,
            });
            quotient(&mut call, argument, sum_type, &result)
        }
        _ => {
            let sum_type = LogicalType::nullable(TypeKind::BigInt);
            let wide = quotient(&mut call, argument, sum_type.clone(), &sum_type)?;
            if result.kind == TypeKind::BigInt {
                return Ok(wide);
            }
            call.apply(&definitions::CAST, vec![(wide, sum_type)], &result)
        }
    }
}

/// The sum divided by the count; NULL over no rows.
fn quotient(
    call: &mut Call<'_>,
    argument: Expr,
    sum_type: LogicalType,
    result: &LogicalType,
) -> Result<Expr> {
    let sum = sum_as(call, &sum_type)?;
    let count = call.aggregate(count_udaf(), vec![argument])?;
    let none = Expr::BinaryExpr(BinaryExpr::new(
        Box::new(count.clone()),
        Operator::Eq,
        Box::new(lit(0_i64)),
    ));
    let divisor = Expr::Case(Case::new(
        None,
        vec![(Box::new(none), Box::new(null_of(&DataType::Int64)?))],
        Some(Box::new(count)),
    ));
    let count_type = LogicalType::nullable(TypeKind::BigInt);
    call.apply(
        &definitions::DIVIDE,
        vec![(sum, sum_type), (divisor, count_type)],
        result,
    )
}
