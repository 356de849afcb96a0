//! MIN and MAX of strings and bytes, whose values do not fit into words.
//!
//! A record holds the number of a value in a store. Values that are replaced stay in the store until
//! the end of the chunk, because images that are still to be emitted name them.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryBuilder, StringBuilder};
use arrow::datatypes::DataType;

use super::aggregate::{Aggregate, Change};
use super::extreme::{Multisets, unexpected_retraction};
use super::sum::Images;
use crate::Result;

/// One word: the value's number plus one; zero if there is no value.
pub(super) struct TextExtreme {
    minimum: bool,
    text: bool,
    column: Option<ArrayRef>,
    store: Vec<Box<[u8]>>,
    free: Vec<u64>,
    replaced: Vec<u64>,
    multisets: Option<Multisets<Box<[u8]>>>,
}

impl TextExtreme {
    pub(super) fn new(minimum: bool, data_type: &DataType, retracting: bool) -> Self {
        Self {
            minimum,
            text: *data_type == DataType::Utf8,
            column: None,
            store: Vec::new(),
            free: Vec::new(),
            replaced: Vec::new(),
            multisets: retracting.then(Multisets::new),
        }
    }

    fn stored(&self, word: u64) -> Option<&[u8]> {
        let index = word.checked_sub(1)?;
        self.store.get(index as usize).map(|value| &**value)
    }

    fn replace(&mut self, word: &mut u64, value: Box<[u8]>) {
        self.forget(*word);
        *word = match self.free.pop() {
            Some(free) => {
                self.store[free as usize - 1] = value;
                free
            }
            None => {
                self.store.push(value);
                self.store.len() as u64
            }
        };
    }

    fn forget(&mut self, word: u64) {
        if word != 0 {
            self.replaced.push(word);
        }
    }
}

impl Aggregate for TextExtreme {
    fn words(&self) -> usize {
        1
    }

    fn bind(&mut self, argument: Option<&ArrayRef>, slots: usize) -> Result<()> {
        self.column = argument.cloned();
        if let Some(multisets) = &mut self.multisets {
            multisets.grow(slots);
        }
        Ok(())
    }

    fn apply(&mut self, words: &mut [u64], slot: u32, row: usize, change: Change) -> Result<()> {
        let Some(column) = self.column.clone() else {
            return Ok(());
        };
        if column.is_null(row) {
            return Ok(());
        }
        let value: &[u8] = if self.text {
            column.as_string::<i32>().value(row).as_bytes()
        } else {
            column.as_binary::<i32>().value(row)
        };
        if let Some(multisets) = &mut self.multisets {
            multisets.apply(slot, Box::from(value), change);
            let extreme = multisets.extreme(slot, self.minimum).cloned();
            match extreme {
                Some(extreme) => {
                    if self.stored(words[0]) != Some(&*extreme) {
                        self.replace(&mut words[0], extreme);
                    }
                }
                None => {
                    self.forget(words[0]);
                    words[0] = 0;
                }
            }
            return Ok(());
        }
        if change == Change::Retract {
            return Err(unexpected_retraction());
        }
        let better = self.stored(words[0]).is_none_or(|known| {
            if self.minimum {
                value < known
            } else {
                value > known
            }
        });
        if better {
            self.replace(&mut words[0], Box::from(value));
        }
        Ok(())
    }

    fn same(&self, left: &[u64], right: &[u64]) -> bool {
        left[0] == right[0] || self.stored(left[0]) == self.stored(right[0])
    }

    fn results(&self, images: &[u64], stride: usize, offset: usize) -> Result<ArrayRef> {
        let values = Images::new(images, stride, offset)
            .iter()
            .map(|words| self.stored(words[0]));
        if self.text {
            let mut builder = StringBuilder::new();
            for value in values {
                builder.append_option(value.map(|bytes| std::str::from_utf8(bytes).unwrap_or_default()));
            }
            Ok(Arc::new(builder.finish()))
        } else {
            let mut builder = BinaryBuilder::new();
            for value in values {
                builder.append_option(value);
            }
            Ok(Arc::new(builder.finish()))
        }
    }

    fn clear(&mut self, words: &[u64], slot: u32) {
        self.forget(words[0]);
        if let Some(multisets) = &mut self.multisets {
            multisets.clear(slot);
        }
    }

    fn end_chunk(&mut self) {
        for word in self.replaced.drain(..) {
            self.store[word as usize - 1] = Box::default();
            self.free.push(word);
        }
    }
}
