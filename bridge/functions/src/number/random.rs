//! `RAND` and `RAND_INTEGER`: the numbers of `java.util.Random`.

use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::{Array, ArrayRef, AsArray, Float64Array, Int32Array};
use arrow::datatypes::Int32Type;
use datafusion_common::ScalarValue;
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::call::Call;
use crate::error::{FunctionError, Result};
use crate::function_expression::Values;

const INT: LogicalType = LogicalType::nullable(TypeKind::Int);

/// `java.util.Random`: a linear congruential generator of 48 bits.
#[derive(Debug, Clone, Copy)]
struct JavaRandom {
    state: u64,
}

const MASK: u64 = (1 << 48) - 1;
const MULTIPLIER: u64 = 0x5_DEEC_E66D;

impl JavaRandom {
    fn seeded(seed: i64) -> Self {
        Self {
            state: (seed.cast_unsigned() ^ MULTIPLIER) & MASK,
        }
    }

    fn next(&mut self, bits: u32) -> i32 {
        self.state = self.state.wrapping_mul(MULTIPLIER).wrapping_add(0xB) & MASK;
        // Java narrows the shifted long to an int.
        (self.state >> (48 - bits)) as i32
    }

    fn next_double(&mut self) -> f64 {
        let high = i64::from(self.next(26)) << 27;
        let low = i64::from(self.next(27));
        (high + low) as f64 / (1_i64 << 53) as f64
    }

    fn next_int(&mut self, bound: i32) -> Result<i32> {
        if bound <= 0 {
            return Err(FunctionError::Compute {
                class: "java.lang.IllegalArgumentException",
                message: "bound must be positive".to_owned(),
            });
        }
        let mut bits = self.next(31);
        if bound & (bound - 1) == 0 {
            return Ok(((i64::from(bound) * i64::from(bits)) >> 31) as i32);
        }
        let mut value = bits % bound;
        while bits.wrapping_sub(value).wrapping_add(bound - 1) < 0 {
            bits = self.next(31);
            value = bits % bound;
        }
        Ok(value)
    }
}

/// The generator of a call. One that is seeded by a constant goes on from batch to batch.
struct Generator {
    shared: Mutex<Option<JavaRandom>>,
}

impl Generator {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            shared: Mutex::new(None),
        })
    }

    /// Runs `next` for every row, with the generator that `seed`, an argument's position, asks for.
    fn rows<T>(
        &self,
        values: &Values<'_>,
        seed: Option<usize>,
        mut next: impl FnMut(&mut JavaRandom, usize) -> Result<Option<T>>,
    ) -> Result<Vec<Option<T>>> {
        let seeds = match seed {
            Some(position) => match values.constant(position) {
                Some(ScalarValue::Int32(None)) => return Ok((0..values.rows()).map(|_| None).collect()),
                Some(_) => None,
                None => Some(values.array(position)?),
            },
            None => None,
        };
        if let Some(seeds) = seeds {
            // A seed of its own for every row.
            let seeds = seeds.as_primitive::<Int32Type>();
            return (0..values.rows())
                .map(|row| {
                    if seeds.is_null(row) {
                        return Ok(None);
                    }
                    next(&mut JavaRandom::seeded(i64::from(seeds.value(row))), row)
                })
                .collect();
        }
        let constant = seed.and_then(|position| match values.constant(position) {
            Some(ScalarValue::Int32(Some(seed))) => Some(i64::from(*seed)),
            _ => None,
        });
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let random = shared.get_or_insert_with(|| JavaRandom::seeded(constant.unwrap_or_else(rand::random)));
        (0..values.rows()).map(|row| next(random, row)).collect()
    }
}

/// `rand()` and `rand(seed)`.
pub(super) fn rand(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let seed = (!call.arguments.is_empty()).then_some(0);
    if seed.is_some() {
        call.cast_argument(0, &INT)?;
    }
    let generator = Generator::new();
    Ok(call.with_volatile(Arc::new(move |values| {
        let numbers = generator.rows(values, seed, |random, _| Ok(Some(random.next_double())))?;
        Ok(Arc::new(Float64Array::from(numbers)) as ArrayRef)
    })))
}

/// `randInteger(bound)` and `randInteger(seed, bound)`.
pub(super) fn rand_integer(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    for index in 0..call.arguments.len() {
        call.cast_argument(index, &INT)?;
    }
    let (seed, bound) = match call.arguments.len() {
        1 => (None, 0),
        _ => (Some(0), 1),
    };
    let generator = Generator::new();
    Ok(call.with_volatile(Arc::new(move |values| {
        let bounds = values.array(bound)?;
        let bounds = bounds.as_primitive::<Int32Type>();
        let numbers = generator.rows(values, seed, |random, row| {
            if bounds.is_null(row) {
                return Ok(None);
            }
            random.next_int(bounds.value(row)).map(Some)
        })?;
        Ok(Arc::new(Int32Array::from(numbers)) as ArrayRef)
    })))
}
