//! Functions of times and windows, on local milliseconds.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, ListArray, StructArray, TimestampMillisecondArray};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, Field, Fields, TimeUnit, TimestampMillisecondType};
use datafusion::error::{DataFusionError, Result as DataFusionResult};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use nutkin_engine::EngineError;
use nutkin_plan::operation::WindowKind;

/// The field of a window in which it starts.
pub(crate) const START: &str = "start";
/// The field of a window in which it ends.
pub(crate) const END: &str = "end";

const LOCAL_TIME: DataType = DataType::Timestamp(TimeUnit::Millisecond, None);

/// What is computed of a time.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum WindowTime {
    /// The start of the window of that size that the time is in.
    Start {
        /// The length of a window.
        size_millis: i64,
        /// How much later than a multiple of the size windows start.
        offset_millis: i64,
    },
    /// A time so much later.
    Shifted {
        /// How much.
        millis: i64,
    },
    /// The list of windows that the time is in, which overlap.
    Bounds {
        /// The windows.
        window: WindowKind,
    },
}

impl WindowTime {
    /// The call of the function on a time.
    pub(crate) fn call(self, time: Expr) -> Expr {
        let function = Function {
            signature: Signature::exact(vec![LOCAL_TIME], Volatility::Immutable),
            computed: self,
        };
        ScalarUDF::new_from_impl(function).call(vec![time])
    }

    fn result_type(&self) -> DataType {
        match self {
            Self::Start { .. } | Self::Shifted { .. } => LOCAL_TIME,
            Self::Bounds { .. } => DataType::List(Arc::new(Field::new(
                "window",
                DataType::Struct(bound_fields()),
                true,
            ))),
        }
    }

    fn compute(&self, times: &TimestampMillisecondArray) -> DataFusionResult<ArrayRef> {
        match self {
            Self::Start {
                size_millis,
                offset_millis,
            } => each(times, |time| window_start(time, *size_millis, *offset_millis)),
            Self::Shifted { millis } => each(times, |time| time.checked_add(*millis)),
            Self::Bounds { window } => bounds(times, window),
        }
    }
}

/// The last multiple of the size, plus the offset, that is not after the time.
fn window_start(time: i64, size_millis: i64, offset_millis: i64) -> Option<i64> {
    let since = time.checked_sub(offset_millis)?.rem_euclid(size_millis);
    time.checked_sub(since)
}

fn each(
    times: &TimestampMillisecondArray,
    compute: impl Fn(i64) -> Option<i64>,
) -> DataFusionResult<ArrayRef> {
    let computed: TimestampMillisecondArray =
        times.try_unary(|time| compute(time).ok_or_else(|| out_of_range(time)))?;
    Ok(Arc::new(computed))
}

fn out_of_range(time: i64) -> DataFusionError {
    DataFusionError::External(Box::new(EngineError::Compute {
        class: "java.lang.ArithmeticException",
        message: format!("The window of the time {time} ms is outside of the times that there are."),
    }))
}

fn bound_fields() -> Fields {
    Fields::from(vec![
        Field::new(START, LOCAL_TIME, true),
        Field::new(END, LOCAL_TIME, true),
    ])
}

fn bounds(times: &TimestampMillisecondArray, window: &WindowKind) -> DataFusionResult<ArrayRef> {
    let mut starts = Vec::new();
    let mut ends = Vec::new();
    let mut lengths = Vec::with_capacity(times.len());
    for time in times {
        let before = starts.len();
        if let Some(time) = time {
            windows_of(time, window, |start, end| {
                starts.push(start);
                ends.push(end);
            })
            .ok_or_else(|| out_of_range(time))?;
        }
        lengths.push(starts.len() - before);
    }
    let windows = StructArray::new(
        bound_fields(),
        vec![
            Arc::new(TimestampMillisecondArray::from(starts)),
            Arc::new(TimestampMillisecondArray::from(ends)),
        ],
        None,
    );
    Ok(Arc::new(ListArray::try_new(
        Arc::new(Field::new("window", windows.data_type().clone(), true)),
        OffsetBuffer::from_lengths(lengths),
        Arc::new(windows),
        None,
    )?))
}

/// Gives each window that a time is in; `None` if one is outside of the times that there are.
fn windows_of(time: i64, window: &WindowKind, mut add: impl FnMut(i64, i64)) -> Option<()> {
    match window {
        WindowKind::Hop {
            slide_millis,
            size_millis,
            offset_millis,
        } => {
            let first = time.checked_sub(*size_millis)?;
            let mut start = window_start(time, *slide_millis, *offset_millis)?;
            while start > first {
                add(start, start.checked_add(*size_millis)?);
                start = start.checked_sub(*slide_millis)?;
            }
        }
        WindowKind::Cumulate {
            step_millis,
            size_millis,
            offset_millis,
        } => {
            let start = window_start(time, *size_millis, *offset_millis)?;
            let last = start.checked_add(*size_millis)?;
            let mut end = window_start(time, *step_millis, *offset_millis)?.checked_add(*step_millis)?;
            while end <= last {
                add(start, end);
                end = end.checked_add(*step_millis)?;
            }
        }
        WindowKind::Tumble { .. } | WindowKind::Session { .. } => {}
    }
    Some(())
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Function {
    signature: Signature,
    computed: WindowTime,
}

impl ScalarUDFImpl for Function {
    fn name(&self) -> &str {
        match self.computed {
            WindowTime::Start { .. } => "window_start",
            WindowTime::Shifted { .. } => "shifted",
            WindowTime::Bounds { .. } => "windows",
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> DataFusionResult<DataType> {
        Ok(self.computed.result_type())
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> DataFusionResult<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&arguments.args)?;
        let times = arrays
            .first()
            .and_then(|times| times.as_primitive_opt::<TimestampMillisecondType>());
        let times = times.ok_or_else(|| {
            DataFusionError::Internal("a time of a window is no timestamp of milliseconds".to_owned())
        })?;
        Ok(ColumnarValue::Array(self.computed.compute(times)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn windows(time: i64, window: &WindowKind) -> Vec<(i64, i64)> {
        let mut found = Vec::new();
        windows_of(time, window, |start, end| found.push((start, end)));
        found
    }

    #[test]
    fn starts_are_multiples_also_before_the_epoch() {
        for (time, expected) in [(0, 0), (9, 0), (10, 10), (-1, -10), (-10, -10), (-11, -20)] {
            assert_eq!(window_start(time, 10, 0), Some(expected), "{time}");
        }
        assert_eq!(window_start(12, 10, 3), Some(3));
        assert_eq!(window_start(2, 10, 3), Some(-7));
        assert_eq!(window_start(2, 10, -3), Some(-3));
        assert_eq!(window_start(i64::MIN, 10, 0), None);
    }

    #[test]
    fn hopping_windows_overlap_or_leave_gaps() {
        let hop = |slide_millis, size_millis| WindowKind::Hop {
            slide_millis,
            size_millis,
            offset_millis: 0,
        };
        assert_eq!(windows(12, &hop(5, 10)), [(10, 20), (5, 15)]);
        assert_eq!(windows(10, &hop(5, 10)), [(10, 20), (5, 15)]);
        assert_eq!(windows(14, &hop(10, 5)), [(10, 15)]);
        assert_eq!(windows(15, &hop(10, 5)), []);
    }

    #[test]
    fn cumulating_windows_share_their_start() {
        let window = WindowKind::Cumulate {
            step_millis: 5,
            size_millis: 15,
            offset_millis: 0,
        };
        assert_eq!(windows(6, &window), [(0, 10), (0, 15)]);
        assert_eq!(windows(14, &window), [(0, 15)]);
        assert_eq!(windows(15, &window), [(15, 20), (15, 25), (15, 30)]);
    }
}
