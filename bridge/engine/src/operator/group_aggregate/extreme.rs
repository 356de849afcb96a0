//! MIN and MAX.
//!
//! Over insert-only input the extreme itself is the state. Over retracting input every value is kept
//! with how often it is there, because the extreme may be taken back.

use std::collections::BTreeMap;

use arrow::array::{Array, ArrayRef};
use arrow::buffer::{NullBuffer, ScalarBuffer};
use arrow::datatypes::{ArrowNativeType, DataType};

use super::aggregate::{Aggregate, Change};
use super::sum::Images;
use super::text_extreme::TextExtreme;
use super::words::{Value, fits_one_word};
use crate::{EngineError, Result};

/// MIN or MAX over a type; `None` if its values have no order.
pub(super) fn extreme(minimum: bool, data_type: &DataType, retracting: bool) -> Option<Box<dyn Aggregate>> {
    Some(match data_type {
        DataType::Decimal128(..) => Box::new(Extreme::<i128>::new(minimum, data_type, retracting)),
        DataType::Utf8 | DataType::Binary => Box::new(TextExtreme::new(minimum, data_type, retracting)),
        other if fits_one_word(other) => Box::new(Extreme::<i64>::new(minimum, data_type, retracting)),
        _ => return None,
    })
}

/// How often each value is in a group.
pub(super) struct Multisets<K> {
    by_slot: Vec<BTreeMap<K, i64>>,
}

impl<K: Ord> Multisets<K> {
    pub(super) fn new() -> Self {
        Self { by_slot: Vec::new() }
    }

    pub(super) fn grow(&mut self, slots: usize) {
        if self.by_slot.len() < slots {
            self.by_slot.resize_with(slots, BTreeMap::new);
        }
    }

    /// Adds a value or takes it back. A count may be negative for a while, when a value is taken back
    /// before it came; it is no value then.
    pub(super) fn apply(&mut self, slot: u32, value: K, change: Change) {
        let Some(counts) = self.by_slot.get_mut(slot as usize) else {
            return;
        };
        match counts.entry(value) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(change.sign());
            }
            std::collections::btree_map::Entry::Occupied(mut entry) => {
                *entry.get_mut() += change.sign();
                if *entry.get() == 0 {
                    entry.remove();
                }
            }
        }
    }

    pub(super) fn extreme(&self, slot: u32, minimum: bool) -> Option<&K> {
        let counts = self.by_slot.get(slot as usize)?;
        let mut present = counts.iter().filter(|(_, count)| **count > 0);
        let found = if minimum {
            present.next()
        } else {
            present.next_back()
        };
        found.map(|(value, _)| value)
    }

    pub(super) fn clear(&mut self, slot: u32) {
        if let Some(counts) = self.by_slot.get_mut(slot as usize) {
            counts.clear();
        }
    }
}

/// The error of a -U or -D row where the plan promised none.
pub(super) fn unexpected_retraction() -> EngineError {
    EngineError::Internal {
        message: "a row was taken back from an input that was planned as insert-only; MIN and MAX cannot \
                  forget it"
            .to_owned(),
    }
}

/// Words: whether there is a value, and the value.
struct Extreme<V: Value + ArrowNativeType> {
    minimum: bool,
    data_type: DataType,
    column: Option<ScalarBuffer<V>>,
    nulls: Option<NullBuffer>,
    multisets: Option<Multisets<V>>,
}

impl<V: Value + ArrowNativeType> Extreme<V> {
    fn new(minimum: bool, data_type: &DataType, retracting: bool) -> Self {
        Self {
            minimum,
            data_type: data_type.clone(),
            column: None,
            nulls: None,
            multisets: retracting.then(Multisets::new),
        }
    }
}

impl<V: Value + ArrowNativeType> Aggregate for Extreme<V> {
    fn words(&self) -> usize {
        1 + V::WORDS
    }

    fn bind(&mut self, argument: Option<&ArrayRef>, slots: usize) -> Result<()> {
        self.nulls = argument.and_then(|argument| argument.nulls().cloned());
        self.column = argument.map(V::column).transpose()?;
        if let Some(multisets) = &mut self.multisets {
            multisets.grow(slots);
        }
        Ok(())
    }

    fn apply(&mut self, words: &mut [u64], slot: u32, row: usize, change: Change) -> Result<()> {
        let Some(column) = &self.column else {
            return Ok(());
        };
        if self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(row)) {
            return Ok(());
        }
        let value = column[row];
        if let Some(multisets) = &mut self.multisets {
            multisets.apply(slot, value, change);
            match multisets.extreme(slot, self.minimum) {
                Some(extreme) => {
                    words[0] = 1;
                    extreme.write(&mut words[1..]);
                }
                None => words.fill(0),
            }
            return Ok(());
        }
        if change == Change::Retract {
            return Err(unexpected_retraction());
        }
        let better = words[0] == 0 || {
            let known = V::read(&words[1..]);
            if self.minimum {
                value < known
            } else {
                value > known
            }
        };
        if better {
            words[0] = 1;
            value.write(&mut words[1..]);
        }
        Ok(())
    }

    fn same(&self, left: &[u64], right: &[u64]) -> bool {
        left == right
    }

    fn results(&self, images: &[u64], stride: usize, offset: usize) -> Result<ArrayRef> {
        let images = Images::new(images, stride, offset);
        let values: Vec<V> = images.iter().map(|words| V::read(&words[1..])).collect();
        V::array(values, images.nulls(0), &self.data_type)
    }

    fn clear(&mut self, _words: &[u64], slot: u32) {
        if let Some(multisets) = &mut self.multisets {
            multisets.clear(slot);
        }
    }
}
