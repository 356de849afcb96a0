//! DISTINCT: lets an argument through when it comes to a group first, and when it is gone.

use ahash::RandomState;
use arrow::array::{Array, ArrayRef};
use arrow::buffer::{NullBuffer, ScalarBuffer};
use arrow::datatypes::DataType;
use arrow::row::{RowConverter, Rows, SortField};
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use super::aggregate::Change;
use super::words::{Value, fits_one_word};
use crate::Result;

/// How often each argument is in each group. NULL is never an argument.
pub(super) struct Distinct {
    nulls: Option<NullBuffer>,
    values: Values,
}

enum Values {
    Words {
        column: Option<ScalarBuffer<i64>>,
        seen: Vec<HashMap<i64, i64, RandomState>>,
    },
    Rows {
        converter: RowConverter,
        column: Option<Rows>,
        seen: Vec<HashMap<Box<[u8]>, i64, RandomState>>,
    },
}

impl Distinct {
    /// Over arguments of this type.
    pub(super) fn new(data_type: &DataType) -> Result<Self> {
        let values = if fits_one_word(data_type) {
            Values::Words {
                column: None,
                seen: Vec::new(),
            }
        } else {
            Values::Rows {
                converter: RowConverter::new(vec![SortField::new(data_type.clone())])?,
                column: None,
                seen: Vec::new(),
            }
        };
        Ok(Self { nulls: None, values })
    }

    pub(super) fn bind(&mut self, argument: &ArrayRef, slots: usize) -> Result<()> {
        self.nulls = argument.logical_nulls();
        match &mut self.values {
            Values::Words { column, seen } => {
                *column = Some(<i64 as Value>::column(argument)?);
                if seen.len() < slots {
                    seen.resize_with(slots, HashMap::default);
                }
            }
            Values::Rows {
                converter,
                column,
                seen,
            } => {
                *column = Some(converter.convert_columns(std::slice::from_ref(argument))?);
                if seen.len() < slots {
                    seen.resize_with(slots, HashMap::default);
                }
            }
        }
        Ok(())
    }

    /// Whether the row changes which arguments are there.
    pub(super) fn passes(&mut self, slot: u32, row: usize, change: Change) -> bool {
        if self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(row)) {
            return false;
        }
        match &mut self.values {
            Values::Words {
                column: Some(column),
                seen,
            } => count(&mut seen[slot as usize], column[row], change),
            Values::Rows {
                column: Some(column),
                seen,
                ..
            } => count(
                &mut seen[slot as usize],
                Box::from(column.row(row).data()),
                change,
            ),
            _ => false,
        }
    }

    pub(super) fn clear(&mut self, slot: u32) {
        match &mut self.values {
            Values::Words { seen, .. } => seen[slot as usize].clear(),
            Values::Rows { seen, .. } => seen[slot as usize].clear(),
        }
    }
}

fn count<K: Eq + std::hash::Hash>(seen: &mut HashMap<K, i64, RandomState>, key: K, change: Change) -> bool {
    match (seen.entry(key), change) {
        (Entry::Vacant(entry), Change::Add) => {
            entry.insert(1);
            true
        }
        (Entry::Vacant(_), Change::Retract) => false,
        (Entry::Occupied(mut entry), Change::Add) => {
            *entry.get_mut() += 1;
            false
        }
        (Entry::Occupied(mut entry), Change::Retract) => {
            *entry.get_mut() -= 1;
            if *entry.get() == 0 {
                entry.remove();
                true
            } else {
                false
            }
        }
    }
}
