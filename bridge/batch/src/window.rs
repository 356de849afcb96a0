//! Functions that only windows have, and frames.

use std::sync::Arc;

use datafusion::functions_window::cume_dist::cume_dist_udwf;
use datafusion::functions_window::lead_lag::{lag_udwf, lead_udwf};
use datafusion::functions_window::nth_value::{first_value_udwf, last_value_udwf, nth_value_udwf};
use datafusion::functions_window::ntile::ntile_udwf;
use datafusion::functions_window::rank::{dense_rank_udwf, percent_rank_udwf, rank_udwf};
use datafusion::functions_window::row_number::row_number_udwf;
use datafusion::logical_expr::expr::NullTreatment;
use datafusion::logical_expr::{Expr, WindowFrame, WindowFrameBound, WindowFrameUnits, WindowUDF, cast};
use datafusion::scalar::ScalarValue;
use nutkin_engine::Result;
use nutkin_plan::PlanError;
use nutkin_plan::expression::{LiteralValue, ResolvedExpression};
use nutkin_plan::operation::{FrameBound, FrameUnits, OverFrame, SortKey};
use nutkin_plan::types::LogicalType;

/// How calls of one window function are planned.
pub(crate) struct Entry {
    /// The name in SQL.
    name: &'static str,
    /// Makes the call and its value.
    pub(crate) plan: fn(Call<'_>) -> Result<Expr>,
}

/// A call of a window function.
pub(crate) struct Call<'a> {
    /// The arguments, with their types.
    pub(crate) arguments: Vec<(Expr, LogicalType)>,
    /// The type of the result.
    pub(crate) result: LogicalType,
    /// Adds a window function and gives the column of its value.
    pub(crate) emit: &'a mut dyn FnMut(Arc<WindowUDF>, Vec<Expr>, Option<NullTreatment>) -> Expr,
}

/// The window functions. Aggregate functions over windows are in [`crate::aggregate`].
const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "ROW_NUMBER",
        plan: |call| Ok(call.counted(row_number_udwf())),
    },
    Entry {
        name: "RANK",
        plan: |call| Ok(call.counted(rank_udwf())),
    },
    Entry {
        name: "DENSE_RANK",
        plan: |call| Ok(call.counted(dense_rank_udwf())),
    },
    Entry {
        name: "NTILE",
        plan: |call| Ok(call.counted(ntile_udwf())),
    },
    Entry {
        name: "PERCENT_RANK",
        plan: |call| Ok(call.counted(percent_rank_udwf())),
    },
    Entry {
        name: "CUME_DIST",
        plan: |call| Ok(call.counted(cume_dist_udwf())),
    },
    Entry {
        name: "LAG",
        plan: |call| Ok(call.shifted(lag_udwf())),
    },
    Entry {
        name: "LEAD",
        plan: |call| Ok(call.shifted(lead_udwf())),
    },
    Entry {
        name: "FIRST_VALUE",
        plan: |call| Ok(call.present(first_value_udwf())),
    },
    Entry {
        name: "LAST_VALUE",
        plan: |call| Ok(call.present(last_value_udwf())),
    },
    Entry {
        name: "NTH_VALUE",
        plan: |call| Ok(call.shifted(nth_value_udwf())),
    },
];

impl Call<'_> {
    /// A number, in Flink's type.
    fn counted(self, function: Arc<WindowUDF>) -> Expr {
        let arguments = self.arguments.into_iter().map(|(argument, _)| argument).collect();
        cast((self.emit)(function, arguments, None), self.result.to_arrow())
    }

    /// A value of another row, which has the argument's type; so has the default.
    fn shifted(self, function: Arc<WindowUDF>) -> Expr {
        let wanted = self.result.to_arrow();
        let arguments = self
            .arguments
            .into_iter()
            .enumerate()
            .map(|(position, (argument, argument_type))| {
                if position != 1 && argument_type.to_arrow() != wanted {
                    cast(argument, wanted.clone())
                } else if position == 1 {
                    cast(argument, arrow::datatypes::DataType::Int64)
                } else {
                    argument
                }
            })
            .collect();
        (self.emit)(function, arguments, None)
    }

    /// A value of another row. NULLs are passed over.
    fn present(self, function: Arc<WindowUDF>) -> Expr {
        let arguments = self.arguments.into_iter().map(|(argument, _)| argument).collect();
        (self.emit)(function, arguments, Some(NullTreatment::IgnoreNulls))
    }
}

/// The window function of this name in SQL.
pub(crate) fn find(name: &str) -> Option<&'static Entry> {
    FUNCTIONS
        .iter()
        .find(|entry| entry.name.eq_ignore_ascii_case(name))
}

/// A frame in DataFusion's terms.
///
/// # Errors
/// When a bound is not a constant.
pub(crate) fn frame(frame: &OverFrame, order_by: &[SortKey]) -> Result<WindowFrame> {
    let is_whole =
        frame.start == FrameBound::UnboundedPreceding && frame.end == FrameBound::UnboundedFollowing;
    // Without an order all rows of a partition are equals, which is what a frame by range sees.
    if order_by.is_empty() && (is_whole || frame.units == FrameUnits::Range) {
        return Ok(WindowFrame::new(None));
    }
    let units = match frame.units {
        FrameUnits::Rows => WindowFrameUnits::Rows,
        FrameUnits::Range => WindowFrameUnits::Range,
    };
    let start = bound(&frame.start, frame.units)?;
    let end = bound(&frame.end, frame.units)?;
    Ok(WindowFrame::new_bounds(units, start, end))
}

fn bound(bound: &FrameBound, units: FrameUnits) -> Result<WindowFrameBound> {
    Ok(match bound {
        FrameBound::UnboundedPreceding => WindowFrameBound::Preceding(unbounded(units)),
        FrameBound::UnboundedFollowing => WindowFrameBound::Following(unbounded(units)),
        FrameBound::CurrentRow => WindowFrameBound::CurrentRow,
        FrameBound::Preceding(distance) => WindowFrameBound::Preceding(constant(distance, units)?),
        FrameBound::Following(distance) => WindowFrameBound::Following(constant(distance, units)?),
    })
}

fn unbounded(units: FrameUnits) -> ScalarValue {
    match units {
        FrameUnits::Rows => ScalarValue::UInt64(None),
        FrameUnits::Range => ScalarValue::Null,
    }
}

fn constant(distance: &ResolvedExpression, units: FrameUnits) -> Result<ScalarValue> {
    let ResolvedExpression::Literal { value, literal_type } = distance else {
        return Err(not_constant());
    };
    Ok(match (value, units) {
        (LiteralValue::Integer(rows), FrameUnits::Rows) => {
            ScalarValue::UInt64(Some(u64::try_from(*rows).map_err(|_| not_constant())?))
        }
        (LiteralValue::IntervalMillis(millis), FrameUnits::Range) => {
            let nanoseconds = millis.checked_mul(1_000_000).ok_or_else(not_constant)?;
            ScalarValue::new_interval_mdn(0, 0, nanoseconds)
        }
        (LiteralValue::IntervalMonths(months), FrameUnits::Range) => {
            ScalarValue::new_interval_mdn(i32::try_from(*months).map_err(|_| not_constant())?, 0, 0)
        }
        _ => nutkin_functions::scalar(value, literal_type)?,
    })
}

fn not_constant() -> nutkin_engine::EngineError {
    PlanError::validation("The bounds of an OVER window must be constants that are not negative.").into()
}
