//! CAST and TRY_CAST with Flink's rules.
//!
//! One module a direction: between numbers, from text, to text, between dates and times. A value that
//! cannot be read fails CAST and is NULL for TRY_CAST; one that has too many digits for a DECIMAL is
//! NULL for both; integers are narrowed as Java narrows them.

mod from_text;
mod nested;
mod numeric;
mod temporal;
mod to_text;

use std::sync::Arc;

pub(crate) use temporal::{parse_date, parse_timestamp};

use arrow::array::{ArrayRef, AsArray, StringArray, new_null_array};
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::call::{Call, Entry};
use crate::context::EvaluationContext;
use crate::error::{FunctionError, Result};
use crate::function_expression::{FunctionExpression, Kernel};

/// The functions of this family.
pub(crate) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "cast",
        lower: |call| cast(call, false),
    },
    Entry {
        name: "TRY_CAST",
        lower: |call| cast(call, true),
    },
    Entry {
        name: "TYPEOF",
        lower: type_of,
    },
];

/// `TYPEOF(x)`, and `TYPEOF(x, force_serializable)`: the type of the expression as text.
fn type_of(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let Some(argument) = call.types.first() else {
        return Err(call.unsupported());
    };
    let (summary, serializable) = (argument.as_summary_string(), argument.as_serializable_string());
    Ok(call.with(Arc::new(move |values| {
        let text = match values.count() {
            1 => vec![Some(summary.as_str()); values.rows()],
            _ => {
                let flags = values.array(1)?;
                let choose = |flag: Option<bool>| {
                    Some(if flag? {
                        serializable.as_str()
                    } else {
                        summary.as_str()
                    })
                };
                flags.as_boolean().iter().map(choose).collect()
            }
        };
        Ok(Arc::new(StringArray::from(text)) as ArrayRef)
    })))
}

fn cast(call: Call<'_>, lenient: bool) -> Result<Arc<dyn PhysicalExpr>> {
    let Some(argument) = call.arguments.first() else {
        return Err(call.unsupported());
    };
    cast_expression(
        Arc::clone(argument),
        &call.types[0],
        call.result,
        lenient,
        &call.context,
    )
}

/// `expression` as a value of type `to`; with `lenient`, values that cannot be cast are NULL.
pub(crate) fn cast_expression(
    expression: Arc<dyn PhysicalExpr>,
    from: &LogicalType,
    to: &LogicalType,
    lenient: bool,
    context: &EvaluationContext,
) -> Result<Arc<dyn PhysicalExpr>> {
    let Some(kernel) = kernel(from, to, lenient, context)? else {
        return Ok(expression);
    };
    let name = format!(
        "{}[{}]",
        if lenient { "TRY_CAST" } else { "CAST" },
        to.as_summary_string()
    );
    Ok(FunctionExpression::create(
        name,
        vec![expression],
        to.to_arrow(),
        kernel,
    ))
}

/// How to cast; `None` if values stay as they are.
fn kernel(
    from: &LogicalType,
    to: &LogicalType,
    lenient: bool,
    context: &EvaluationContext,
) -> Result<Option<Kernel>> {
    use TypeKind::{
        Array, BigInt, Binary, Boolean, Char, Date, Decimal, Double, Float, Int, IntervalDayTime,
        IntervalYearMonth, Map, Multiset, Null, Row, SmallInt, Time, Timestamp, TimestampLtz, TinyInt,
        VarBinary, VarChar,
    };
    if from.kind == to.kind {
        return Ok(None);
    }
    if from.kind == Null {
        let target = to.to_arrow();
        return Ok(Some(Arc::new(move |values| {
            Ok(new_null_array(&target, values.rows()))
        })));
    }
    let found = match (&from.kind, &to.kind) {
        (Char(_) | VarChar(_), Char(_) | VarChar(_)) => return to_text::adjust_length(&from.kind, &to.kind),
        (_, Char(_) | VarChar(_)) => to_text::kernel(&from.kind, &to.kind, context.time_zone),
        (Char(_) | VarChar(_), _) => from_text::kernel(&to.kind, lenient, context.time_zone),
        (Array(_) | Map(..) | Multiset(_) | Row(_), Array(_) | Map(..) | Multiset(_) | Row(_)) => {
            nested::kernel(from, to, lenient, context)?
        }
        (Binary(_) | VarBinary(_), Binary(_) | VarBinary(_)) => {
            return from_text::adjust_bytes(&from.kind, &to.kind);
        }
        (
            Boolean | TinyInt | SmallInt | Int | BigInt | Float | Double | Decimal { .. },
            Boolean | TinyInt | SmallInt | Int | BigInt | Float | Double | Decimal { .. },
        ) => numeric::kernel(&from.kind, &to.kind),
        (
            Date | Time(_) | Timestamp(_) | TimestampLtz(_) | IntervalDayTime | IntervalYearMonth,
            Date | Time(_) | Timestamp(_) | TimestampLtz(_),
        ) => temporal::kernel(&from.kind, &to.kind, context.time_zone),
        (IntervalDayTime | IntervalYearMonth, TinyInt | SmallInt | Int | BigInt) => {
            temporal::interval_to_number(&to.kind)
        }
        (TinyInt | SmallInt | Int | BigInt, IntervalDayTime | IntervalYearMonth) => {
            temporal::number_to_interval(&to.kind)
        }
        _ => None,
    };
    match found {
        Some(kernel) => Ok(Some(kernel)),
        // Types that only differ in how their columns are described.
        None if from.to_arrow() == to.to_arrow() => Ok(None),
        None => Err(FunctionError::unsupported(
            format!(
                "CAST from {} to {}",
                from.as_summary_string(),
                to.as_summary_string()
            ),
            "a Python function can convert the value",
        )),
    }
}
