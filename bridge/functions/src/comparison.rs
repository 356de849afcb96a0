//! Comparisons and NULL tests.
//!
//! Numbers of different types are compared as numbers: integers and DECIMALs exactly, anything with a
//! FLOAT or DOUBLE as doubles. Floating-point comparison is Java's: NaN equals nothing, -0.0 is 0.0;
//! Arrow's kernels, which order all floats, are not used for them.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Datum};
use arrow::buffer::{BooleanBuffer, NullBuffer};
use arrow::compute::kernels::cmp;
use arrow::compute::{and_kleene, is_not_null, is_null, not, or_kleene};
use arrow::datatypes::{DataType, Decimal128Type, Float64Type, i256};
use arrow::error::ArrowError;
use arrow::row::{RowConverter, SortField};
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::derive::is_constructed;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::call::{Call, Entry};
use crate::decimal::decimal_digits;
use crate::error::Result;
use crate::function_expression::Values;

/// The functions of this family.
pub(crate) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "equals",
        lower: |call| compare(call, Operator::Equal),
    },
    Entry {
        name: "notEquals",
        lower: |call| compare(call, Operator::NotEqual),
    },
    Entry {
        name: "lessThan",
        lower: |call| compare(call, Operator::Less),
    },
    Entry {
        name: "lessThanOrEqual",
        lower: |call| compare(call, Operator::LessOrEqual),
    },
    Entry {
        name: "greaterThan",
        lower: |call| compare(call, Operator::Greater),
    },
    Entry {
        name: "greaterThanOrEqual",
        lower: |call| compare(call, Operator::GreaterOrEqual),
    },
    Entry {
        name: "between",
        lower: |call| between(call, false),
    },
    Entry {
        name: "notBetween",
        lower: |call| between(call, true),
    },
    Entry {
        name: "in",
        lower: contained,
    },
    Entry {
        name: "isNull",
        lower: |call| Ok(call.with(Arc::new(|values| Ok(Arc::new(is_null(&values.array(0)?)?))))),
    },
    Entry {
        name: "isNotNull",
        lower: |call| Ok(call.with(Arc::new(|values| Ok(Arc::new(is_not_null(&values.array(0)?)?))))),
    },
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// How values of a common type are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ordering {
    Arrow,
    Float,
    Nested,
    /// DECIMALs that no one DECIMAL type holds.
    WideDecimal,
}

/// Casts all arguments to a type in which they can be compared.
fn align(call: &mut Call<'_>) -> Result<Ordering> {
    let Some(common) = comparison_type(&call.types) else {
        return align_decimals(call);
    };
    for index in 0..call.types.len() {
        call.cast_argument(index, &common)?;
    }
    Ok(match common.kind {
        TypeKind::Float | TypeKind::Double => Ordering::Float,
        TypeKind::Array(_) | TypeKind::Row(_) => Ordering::Nested,
        TypeKind::Map(..) | TypeKind::Multiset(_) => return Err(call.unsupported()),
        _ => Ordering::Arrow,
    })
}

/// Makes DECIMALs of exact numbers, each with digits of its own.
fn align_decimals(call: &mut Call<'_>) -> Result<Ordering> {
    for index in 0..call.types.len() {
        let Some((precision, scale)) = decimal_digits(&call.types[index].kind) else {
            return Err(call.unsupported());
        };
        let own = LogicalType::nullable(TypeKind::Decimal { precision, scale });
        call.cast_argument(index, &own)?;
    }
    Ok(Ordering::WideDecimal)
}

/// The type that values are cast to before they are compared; `None` if they cannot be.
#[must_use]
pub fn comparison_type(types: &[LogicalType]) -> Option<LogicalType> {
    let mut common: Option<LogicalType> = None;
    for next in types {
        if next.kind == TypeKind::Null {
            continue;
        }
        common = Some(match common {
            None => next.clone(),
            Some(known) => common_of_two(&known, next)?,
        });
    }
    Some(common.unwrap_or_else(|| LogicalType::nullable(TypeKind::Boolean)))
}

fn common_of_two(left: &LogicalType, right: &LogicalType) -> Option<LogicalType> {
    use TypeKind::{
        BigInt, Binary, Char, Date, Double, Float, Int, SmallInt, Time, Timestamp, TimestampLtz, TinyInt,
        VarBinary, VarChar,
    };
    if left.kind == right.kind {
        return Some(left.clone());
    }
    Some(match (&left.kind, &right.kind) {
        (Char(_) | VarChar(_), Char(_) | VarChar(_)) => LogicalType::string(),
        (Binary(_) | VarBinary(_), Binary(_) | VarBinary(_)) => {
            LogicalType::nullable(VarBinary(nutkin_plan::types::MAX_LENGTH))
        }
        (TinyInt | SmallInt | Int | BigInt, TinyInt | SmallInt | Int | BigInt) => {
            LogicalType::nullable(BigInt)
        }
        (Float | Double, other) | (other, Float | Double) if is_number(other) => {
            LogicalType::nullable(Double)
        }
        (one, other) if is_number(one) && is_number(other) => {
            let (left_precision, left_scale) = decimal_digits(one)?;
            let (right_precision, right_scale) = decimal_digits(other)?;
            let scale = left_scale.max(right_scale);
            let whole = (left_precision - left_scale).max(right_precision - right_scale);
            if whole + scale > 38 {
                return None;
            }
            LogicalType::nullable(TypeKind::Decimal {
                precision: whole + scale,
                scale,
            })
        }
        (Timestamp(one), Timestamp(other)) => LogicalType::nullable(Timestamp(*one.max(other))),
        (TimestampLtz(one), TimestampLtz(other)) => LogicalType::nullable(TimestampLtz(*one.max(other))),
        (Timestamp(one) | TimestampLtz(one), Timestamp(other) | TimestampLtz(other)) => {
            LogicalType::nullable(TimestampLtz(*one.max(other)))
        }
        (Date, Timestamp(precision)) | (Timestamp(precision), Date) => {
            LogicalType::nullable(Timestamp(*precision))
        }
        (Time(one), Time(other)) => LogicalType::nullable(Time(*one.max(other))),
        (Char(_) | VarChar(_), point @ (Date | Time(_) | Timestamp(_)))
        | (point @ (Date | Time(_) | Timestamp(_)), Char(_) | VarChar(_)) => {
            LogicalType::nullable(point.clone())
        }
        (one, other) if is_constructed(one) && is_constructed(other) => {
            nutkin_plan::types::derive::common_type(&[left.clone(), right.clone()])?
        }
        _ => return None,
    })
}

fn is_number(kind: &TypeKind) -> bool {
    decimal_digits(kind).is_some() || matches!(kind, TypeKind::Float | TypeKind::Double)
}

fn compare(mut call: Call<'_>, operator: Operator) -> Result<Arc<dyn PhysicalExpr>> {
    let ordering = align(&mut call)?;
    Ok(call.with(Arc::new(move |values| {
        Ok(Arc::new(compare_values(values, 0, 1, operator, ordering)?))
    })))
}

fn between(mut call: Call<'_>, negated: bool) -> Result<Arc<dyn PhysicalExpr>> {
    let ordering = align(&mut call)?;
    Ok(call.with(Arc::new(move |values| {
        let low = compare_values(values, 0, 1, Operator::GreaterOrEqual, ordering)?;
        let high = compare_values(values, 0, 2, Operator::LessOrEqual, ordering)?;
        let within = and_kleene(&low, &high)?;
        Ok(Arc::new(if negated { not(&within)? } else { within }))
    })))
}

fn contained(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let ordering = align(&mut call)?;
    Ok(call.with(Arc::new(move |values| {
        let mut found = BooleanArray::from(vec![false; values.rows()]);
        for candidate in 1..values.count() {
            let equal = compare_values(values, 0, candidate, Operator::Equal, ordering)?;
            found = or_kleene(&found, &equal)?;
        }
        Ok(Arc::new(found))
    })))
}

fn compare_values(
    values: &Values<'_>,
    left: usize,
    right: usize,
    operator: Operator,
    ordering: Ordering,
) -> Result<BooleanArray> {
    match ordering {
        Ordering::Arrow => {
            let (left, right) = (values.datum(left)?, values.datum(right)?);
            let result = arrow_kernel(operator)(left.as_ref(), right.as_ref())?;
            // Two constants give one value, whatever the number of rows.
            Ok(if result.len() == values.rows() {
                result
            } else {
                let value = result.is_valid(0).then(|| result.value(0));
                BooleanArray::from(vec![value; values.rows()])
            })
        }
        Ordering::Float => Ok(compare_floats(
            &values.array(left)?,
            &values.array(right)?,
            operator,
        )?),
        Ordering::WideDecimal => Ok(compare_decimals(
            &values.array(left)?,
            &values.array(right)?,
            operator,
        )?),
        Ordering::Nested => Ok(compare_rows(
            &values.array(left)?,
            &values.array(right)?,
            operator,
        )?),
    }
}

type ArrowKernel = fn(&dyn Datum, &dyn Datum) -> Result<BooleanArray, ArrowError>;

fn arrow_kernel(operator: Operator) -> ArrowKernel {
    match operator {
        Operator::Equal => cmp::eq,
        Operator::NotEqual => cmp::neq,
        Operator::Less => cmp::lt,
        Operator::LessOrEqual => cmp::lt_eq,
        Operator::Greater => cmp::gt,
        Operator::GreaterOrEqual => cmp::gt_eq,
    }
}

fn compare_floats(left: &ArrayRef, right: &ArrayRef, operator: Operator) -> Result<BooleanArray, ArrowError> {
    let left = arrow::compute::cast(left, &DataType::Float64)?;
    let right = arrow::compute::cast(right, &DataType::Float64)?;
    let (left, right) = (
        left.as_primitive::<Float64Type>(),
        right.as_primitive::<Float64Type>(),
    );
    let holds = |row: usize| holds(operator, &left.value(row), &right.value(row));
    let bits = BooleanBuffer::collect_bool(left.len(), holds);
    Ok(BooleanArray::new(
        bits,
        NullBuffer::union(left.nulls(), right.nulls()),
    ))
}

fn compare_decimals(
    left: &ArrayRef,
    right: &ArrayRef,
    operator: Operator,
) -> Result<BooleanArray, ArrowError> {
    let (left_scale, right_scale) = (scale_of(left.data_type()), scale_of(right.data_type()));
    let scale = left_scale.max(right_scale);
    let factor = |own: u32| i256::from_i128(10).wrapping_pow(scale - own);
    let (left_factor, right_factor) = (factor(left_scale), factor(right_scale));
    let (left, right) = (
        left.as_primitive::<Decimal128Type>(),
        right.as_primitive::<Decimal128Type>(),
    );
    // At most 38 digits are widened by at most 38, which 256 bits hold.
    let wide = |value: i128, factor: i256| i256::from_i128(value).wrapping_mul(factor);
    let bits = BooleanBuffer::collect_bool(left.len(), |row| {
        holds(
            operator,
            &wide(left.value(row), left_factor),
            &wide(right.value(row), right_factor),
        )
    });
    Ok(BooleanArray::new(
        bits,
        NullBuffer::union(left.nulls(), right.nulls()),
    ))
}

fn scale_of(data_type: &DataType) -> u32 {
    match data_type {
        DataType::Decimal128(_, scale) => u32::from(scale.max(&0).unsigned_abs()),
        _ => 0,
    }
}

fn compare_rows(left: &ArrayRef, right: &ArrayRef, operator: Operator) -> Result<BooleanArray, ArrowError> {
    let converter = RowConverter::new(vec![SortField::new(left.data_type().clone())])?;
    let left_rows = converter.convert_columns(std::slice::from_ref(left))?;
    let right_rows = converter.convert_columns(std::slice::from_ref(right))?;
    let bits = BooleanBuffer::collect_bool(left.len(), |row| {
        holds(operator, &left_rows.row(row), &right_rows.row(row))
    });
    Ok(BooleanArray::new(
        bits,
        NullBuffer::union(left.nulls(), right.nulls()),
    ))
}

fn holds<T: PartialOrd>(operator: Operator, left: &T, right: &T) -> bool {
    match operator {
        Operator::Equal => left == right,
        Operator::NotEqual => left != right,
        Operator::Less => left < right,
        Operator::LessOrEqual => left <= right,
        Operator::Greater => left > right,
        Operator::GreaterOrEqual => left >= right,
    }
}
