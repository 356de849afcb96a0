//! SUM and SUM0.

use arrow::datatypes::DataType;
use datafusion::functions_aggregate::sum::sum_udaf;
use datafusion::logical_expr::{Expr, cast};
use nutkin_engine::Result;
use nutkin_plan::expression::LiteralValue;
use nutkin_plan::function::definitions;
use nutkin_plan::types::{LogicalType, TypeKind};

use super::{Call, Entry};

/// The functions of this family.
pub(super) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "sum",
        plan: |mut call| {
            let result = call.result.clone();
            sum_as(&mut call, &result)
        },
    },
    Entry {
        name: "sum0",
        plan: sum_or_zero,
    },
];

/// The sum in a type. Integers wrap around in the type of the result: the sum is made in 64 bits and cut,
/// which gives the same bits.
pub(super) fn sum_as(call: &mut Call<'_>, result: &LogicalType) -> Result<Expr> {
    let (argument, argument_type) = call.argument()?;
    match (&argument_type.kind, &result.kind) {
        (
            TypeKind::TinyInt | TypeKind::SmallInt | TypeKind::Int | TypeKind::BigInt,
            TypeKind::TinyInt | TypeKind::SmallInt | TypeKind::Int | TypeKind::BigInt,
        ) => {
            let wide = if argument_type.kind == TypeKind::BigInt {
                argument
            } else {
                cast(argument, DataType::Int64)
            };
            let sum = call.aggregate(sum_udaf(), vec![wide])?;
            if result.kind == TypeKind::BigInt {
                return Ok(sum);
            }
            let sum_type = LogicalType::nullable(TypeKind::BigInt);
            call.apply(&definitions::CAST, vec![(sum, sum_type)], result)
        }
        (TypeKind::Float | TypeKind::Double, TypeKind::Float | TypeKind::Double) => {
            let sum = call.aggregate(sum_udaf(), vec![cast(argument, DataType::Float64)])?;
            Ok(if result.kind == TypeKind::Float {
                cast(sum, DataType::Float32)
            } else {
                sum
            })
        }
        (TypeKind::Decimal { .. }, TypeKind::Decimal { .. }) => {
            // DataFusion gives the sum ten more digits than the values; the value is the same.
            let sum = call.aggregate(sum_udaf(), vec![argument])?;
            Ok(cast(sum, result.to_arrow()))
        }
        _ => Err(call.unsupported()),
    }
}

fn sum_or_zero(mut call: Call<'_>) -> Result<Expr> {
    let result = call.result.clone();
    let sum = sum_as(&mut call, &result)?;
    let zero = match &result.kind {
        TypeKind::Float | TypeKind::Double => LiteralValue::Floating(0.0),
        TypeKind::Decimal { .. } => LiteralValue::Decimal(0),
        _ => LiteralValue::Integer(0),
    };
    let zero = Expr::Literal(nutkin_functions::scalar(&zero, &result)?, None);
    let nullable = result.with_nullable(true);
    call.apply(
        &definitions::COALESCE,
        vec![(sum, nullable.clone()), (zero, nullable)],
        &result,
    )
}
