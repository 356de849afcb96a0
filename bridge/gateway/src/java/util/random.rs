//! `Random`: Java's generator, so that seeds mean the same numbers.

use std::sync::{Arc, Mutex, PoisonError};

use super::super::call::Call;
use super::super::class::Class;
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;
use crate::model::JavaObject;

const MULTIPLIER: u64 = 0x5_DEEC_E66D;
const INCREMENT: u64 = 0xB;
const MASK: u64 = (1 << 48) - 1;

/// A generator of 48 bits with the number that `nextGaussian` kept.
struct Random(Mutex<State>);

struct State {
    seed: u64,
    kept: Option<f64>,
}

impl State {
    fn new(seed: i64) -> Self {
        Self {
            seed: (seed.cast_unsigned() ^ MULTIPLIER) & MASK,
            kept: None,
        }
    }

    fn next(&mut self, bits: u32) -> i32 {
        self.seed = self.seed.wrapping_mul(MULTIPLIER).wrapping_add(INCREMENT) & MASK;
        ((self.seed >> (48 - bits)) as u32).cast_signed()
    }

    fn bounded(&mut self, bound: i32) -> i32 {
        if bound & (bound - 1) == 0 {
            return ((i64::from(bound) * i64::from(self.next(31))) >> 31) as i32;
        }
        loop {
            let bits = self.next(31);
            let value = bits % bound;
            if bits.wrapping_sub(value).wrapping_add(bound - 1) >= 0 {
                return value;
            }
        }
    }

    fn double(&mut self) -> f64 {
        let high = i64::from(self.next(26)) << 27;
        (high + i64::from(self.next(27))) as f64 / (1u64 << 53) as f64
    }

    fn gaussian(&mut self) -> f64 {
        if let Some(kept) = self.kept.take() {
            return kept;
        }
        loop {
            let first = 2.0 * self.double() - 1.0;
            let second = 2.0 * self.double() - 1.0;
            let sum = first * first + second * second;
            if sum < 1.0 && sum != 0.0 {
                let factor = (-2.0 * sum.ln() / sum).sqrt();
                self.kept = Some(second * factor);
                return first * factor;
            }
        }
    }
}

impl JavaObject for Random {
    fn class_name(&self) -> &'static str {
        "java.util.Random"
    }
}

fn with<T>(call: &Call<'_>, work: impl FnOnce(&mut State) -> T) -> Outcome<T> {
    let random: Arc<Random> = call.this()?;
    let mut state = random.0.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(work(&mut state))
}

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("java.util.Random")
            .constructor("()", |_| {
                Ok(JavaValue::object(Random(Mutex::new(State::new(rand::random())))))
            })
            .constructor("(long)", |call| {
                Ok(JavaValue::object(Random(Mutex::new(State::new(call.long(0)?)))))
            })
            .method("int nextInt()", |call| with(call, |state| state.next(32).into()))
            .method("int nextInt(int)", |call| match call.int(0)? {
                bound if bound > 0 => with(call, |state| state.bounded(bound).into()),
                _ => Err(Failure::illegal("bound must be positive")),
            })
            .method("long nextLong()", |call| {
                with(call, |state| {
                    let high = i64::from(state.next(32)) << 32;
                    high.wrapping_add(i64::from(state.next(32))).into()
                })
            })
            .method("boolean nextBoolean()", |call| {
                with(call, |state| (state.next(1) != 0).into())
            })
            .method("double nextDouble()", |call| {
                with(call, |state| state.double().into())
            })
            .method("float nextFloat()", |call| {
                with(call, |state| {
                    JavaValue::Float(state.next(24) as f32 / (1u32 << 24) as f32)
                })
            })
            .method("double nextGaussian()", |call| {
                with(call, |state| state.gaussian().into())
            })
            .method("void setSeed(long)", |call| {
                let seed = call.long(0)?;
                with(call, |state| *state = State::new(seed))?;
                Ok(JavaValue::Void)
            }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_numbers_of_java() {
        // new Random(42): nextInt() twice, then nextInt(100) of a fresh one three times, by OpenJDK 17.
        let mut state = State::new(42);
        assert_eq!([state.next(32), state.next(32)], [-1_170_105_035, 234_785_527]);
        let mut state = State::new(42);
        assert_eq!(
            [state.bounded(100), state.bounded(100), state.bounded(100)],
            [30, 63, 48]
        );
    }
}
