//! DECIMAL: `decimal.Decimal`. An `int` is taken as well; a `float` is not, because its digits are
//! seldom the ones that were meant.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Decimal128Array, Decimal128Builder};
use arrow::datatypes::Decimal128Type;
use nutkin_engine::EngineError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyInt, PyType};

use super::error::lossy;
use super::rules::Rounding;
use super::{ColumnReader, ValueBuilder, ValueError};

/// `decimal.Decimal`, looked up once.
static DECIMAL_CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// The class `decimal.Decimal`.
///
/// # Errors
/// When the module cannot be imported.
pub(crate) fn decimal_class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    DECIMAL_CLASS.import(py, "decimal", "Decimal")
}

pub(super) struct DecimalReader {
    array: Decimal128Array,
    scale: i8,
}

impl DecimalReader {
    pub(super) fn new(array: &ArrayRef, scale: i8) -> Self {
        Self {
            array: array.as_primitive::<Decimal128Type>().clone(),
            scale,
        }
    }
}

impl ColumnReader for DecimalReader {
    fn read<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        if self.array.is_null(row) {
            return Ok(py.None().into_bound(py));
        }
        // Python reads this notation without rounding, whatever its decimal context is.
        let text = format!("{}E{}", self.array.value(row), -i16::from(self.scale));
        decimal_class(py)?.call1((text,))
    }
}

pub(super) struct DecimalBuilder {
    builder: Decimal128Builder,
    precision: u8,
    scale: u8,
    rounding: Rounding,
}

impl DecimalBuilder {
    pub(super) fn new(
        precision: u8,
        scale: u8,
        rounding: Rounding,
        capacity: usize,
    ) -> Result<Self, EngineError> {
        let builder = Decimal128Builder::with_capacity(capacity)
            .with_precision_and_scale(precision, scale.cast_signed())
            .map_err(EngineError::from)?;
        Ok(Self {
            builder,
            precision,
            scale,
            rounding,
        })
    }
}

impl ValueBuilder for DecimalBuilder {
    fn append_value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError> {
        let is_decimal = decimal_class(value.py())
            .and_then(|class| value.is_instance(class))
            .unwrap_or(false);
        let is_integer = value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>();
        if !is_decimal && !is_integer {
            return Err(ValueError::type_of(value));
        }
        let does_not_fit = || ValueError::faulty(value, "does not fit");
        // An int of thousands of digits refuses to be printed, and fits no DECIMAL either.
        let text = value.str().map_err(|_| does_not_fit())?;
        let unscaled = parse_unscaled(&lossy(&text), self.scale, self.rounding)
            .filter(|unscaled| unscaled.unsigned_abs() < 10_u128.pow(u32::from(self.precision)))
            .ok_or_else(does_not_fit)?;
        self.builder.append_value(unscaled);
        Ok(())
    }

    fn append_null(&mut self) {
        self.builder.append_null();
    }

    fn finish(&mut self) -> Result<ArrayRef, EngineError> {
        Ok(Arc::new(self.builder.finish()))
    }
}

/// The unscaled value of a decimal as Python prints it (`-1.50`, `1E+3`); `None` for what is no finite
/// number or has more than 38 digits.
fn parse_unscaled(text: &str, scale: u8, rounding: Rounding) -> Option<i128> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match text.split_once(['E', 'e']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // How many of the digits stand before the point of the unscaled value.
    let kept = i64::try_from(whole.len())
        .ok()?
        .checked_add(exponent)?
        .checked_add(i64::from(scale))?;
    let mut unscaled: i128 = 0;
    if digits.iter().any(|digit| *digit != b'0') {
        let significant = usize::try_from(kept.max(0)).ok()?;
        for digit in digits.iter().take(significant) {
            unscaled = unscaled.checked_mul(10)?.checked_add(i128::from(digit - b'0'))?;
        }
        for _ in digits.len()..significant {
            unscaled = unscaled.checked_mul(10)?;
            // Zeros change nothing, however many the exponent promises; anything else overflows soon.
            if unscaled == 0 {
                break;
            }
        }
        if kept >= 0 && rounds_up(digits.get(significant..).unwrap_or_default(), unscaled, rounding) {
            unscaled = unscaled.checked_add(1)?;
        }
    }
    Some(if negative { -unscaled } else { unscaled })
}

/// Whether these cut-off digits round the magnitude up.
fn rounds_up(cut: &[u8], unscaled: i128, rounding: Rounding) -> bool {
    let Some((first, rest)) = cut.split_first() else {
        return false;
    };
    match first.cmp(&b'5') {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => {
            rounding == Rounding::HalfUp || rest.iter().any(|digit| *digit != b'0') || unscaled % 2 != 0
        }
    }
}
