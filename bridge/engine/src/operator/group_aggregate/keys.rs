//! From grouping columns to dense slots, and back.
//!
//! A single integer or string column is held natively; everything else as the bytes of arrow's row
//! format. Slots of released keys are used again.

use std::sync::Arc;

use ahash::RandomState;
use arrow::array::{Array, ArrayRef, AsArray, Int64Builder, StringBuilder};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int64Type};
use arrow::row::{RowConverter, SortField};
use hashbrown::HashTable;

use crate::{EngineError, Result};

/// Keys by slot.
pub(super) struct KeyIndex {
    random: RandomState,
    slots: u32,
    free: Vec<u32>,
    keys: Keys,
}

enum Keys {
    /// One group over all rows.
    Global,
    /// One column that fits 64 bits.
    Integer {
        column_type: DataType,
        table: HashTable<u32>,
        values: Vec<i64>,
        null: Option<u32>,
    },
    /// One string column.
    Text {
        table: HashTable<(u32, u32)>,
        values: Vec<Box<[u8]>>,
        null: Option<u32>,
    },
    /// Any columns.
    Rows {
        converter: RowConverter,
        table: HashTable<(u32, u32)>,
        values: Vec<Box<[u8]>>,
    },
}

impl KeyIndex {
    /// An empty index over columns of these types.
    pub(super) fn new(types: &[DataType]) -> Result<Self> {
        let keys = match types {
            [] => Keys::Global,
            [
                column_type @ (DataType::Int8
                | DataType::Int16
                | DataType::Int32
                | DataType::Int64
                | DataType::Date32),
            ] => Keys::Integer {
                column_type: column_type.clone(),
                table: HashTable::new(),
                values: Vec::new(),
                null: None,
            },
            [DataType::Utf8] => Keys::Text {
                table: HashTable::new(),
                values: Vec::new(),
                null: None,
            },
            _ => Keys::Rows {
                converter: RowConverter::new(types.iter().cloned().map(SortField::new).collect())?,
                table: HashTable::new(),
                values: Vec::new(),
            },
        };
        Ok(Self {
            random: RandomState::new(),
            slots: 0,
            free: Vec::new(),
            keys,
        })
    }

    /// How many slots were ever given out.
    pub(super) fn slot_count(&self) -> usize {
        self.slots as usize
    }

    /// Appends the slot of every row to `slots`; keys not known yet get one.
    pub(super) fn intern(&mut self, columns: &[ArrayRef], rows: usize, slots: &mut Vec<u32>) -> Result<()> {
        let Self {
            random,
            slots: count,
            free,
            keys,
        } = self;
        let mut allocator = Allocator { count, free };
        slots.reserve(rows);
        match keys {
            Keys::Global => {
                if *allocator.count == 0 && rows > 0 {
                    *allocator.count = 1;
                }
                slots.resize(slots.len() + rows, 0);
            }
            Keys::Integer {
                column_type,
                table,
                values,
                null,
            } => {
                let column = to_int64(&columns[0], column_type)?;
                let column = column.as_primitive::<Int64Type>();
                for (row, &value) in column.values().iter().enumerate() {
                    let slot = if column.is_null(row) {
                        match *null {
                            Some(slot) => slot,
                            None => {
                                let slot = allocator.allocate(values, 0)?;
                                *null = Some(slot);
                                slot
                            }
                        }
                    } else {
                        let hash = random.hash_one(value);
                        match table.find(hash, |&slot| values[slot as usize] == value) {
                            Some(&slot) => slot,
                            None => {
                                let slot = allocator.allocate(values, value)?;
                                table.insert_unique(hash, slot, |&slot| {
                                    random.hash_one(values[slot as usize])
                                });
                                slot
                            }
                        }
                    };
                    slots.push(slot);
                }
            }
            Keys::Text { table, values, null } => {
                let column = columns[0].as_string::<i32>();
                for row in 0..rows {
                    let slot = if column.is_null(row) {
                        match *null {
                            Some(slot) => slot,
                            None => {
                                let slot = allocator.allocate(values, Box::default())?;
                                *null = Some(slot);
                                slot
                            }
                        }
                    } else {
                        intern_bytes(
                            random,
                            table,
                            values,
                            &mut allocator,
                            column.value(row).as_bytes(),
                        )?
                    };
                    slots.push(slot);
                }
            }
            Keys::Rows {
                converter,
                table,
                values,
            } => {
                let converted = converter.convert_columns(columns)?;
                for row in &converted {
                    slots.push(intern_bytes(random, table, values, &mut allocator, row.data())?);
                }
            }
        }
        Ok(())
    }

    /// The grouping columns of these slots.
    pub(super) fn decode(&self, slots: &[u32]) -> Result<Vec<ArrayRef>> {
        Ok(match &self.keys {
            Keys::Global => Vec::new(),
            Keys::Integer {
                column_type,
                values,
                null,
                ..
            } => {
                let mut builder = Int64Builder::with_capacity(slots.len());
                for &slot in slots {
                    if Some(slot) == *null {
                        builder.append_null();
                    } else {
                        builder.append_value(values[slot as usize]);
                    }
                }
                vec![from_int64(Arc::new(builder.finish()), column_type)?]
            }
            Keys::Text { values, null, .. } => {
                let mut builder = StringBuilder::with_capacity(slots.len(), slots.len() * 16);
                for &slot in slots {
                    if Some(slot) == *null {
                        builder.append_null();
                    } else {
                        builder.append_value(std::str::from_utf8(&values[slot as usize]).unwrap_or_default());
                    }
                }
                vec![Arc::new(builder.finish())]
            }
            Keys::Rows {
                converter, values, ..
            } => {
                let parser = converter.parser();
                converter.convert_rows(slots.iter().map(|&slot| parser.parse(&values[slot as usize])))?
            }
        })
    }

    /// Forgets the key of a slot, which may be given to another key.
    pub(super) fn release(&mut self, slot: u32) {
        let random = &self.random;
        match &mut self.keys {
            // The only group keeps its slot.
            Keys::Global => return,
            Keys::Integer {
                table, values, null, ..
            } => {
                if *null == Some(slot) {
                    *null = None;
                } else if let Ok(entry) =
                    table.find_entry(random.hash_one(values[slot as usize]), |&other| other == slot)
                {
                    entry.remove();
                }
            }
            Keys::Text { table, values, null } => {
                if *null == Some(slot) {
                    *null = None;
                } else {
                    forget_bytes(random, table, values, slot);
                }
            }
            Keys::Rows { table, values, .. } => forget_bytes(random, table, values, slot),
        }
        self.free.push(slot);
    }
}

struct Allocator<'a> {
    count: &'a mut u32,
    free: &'a mut Vec<u32>,
}

impl Allocator<'_> {
    fn allocate<T>(&mut self, values: &mut Vec<T>, value: T) -> Result<u32> {
        if let Some(slot) = self.free.pop() {
            values[slot as usize] = value;
            return Ok(slot);
        }
        let slot = *self.count;
        *self.count = slot.checked_add(1).ok_or_else(|| EngineError::Internal {
            message: "a group aggregation holds more than 4294967295 keys in one subtask".to_owned(),
        })?;
        values.push(value);
        Ok(slot)
    }
}

/// The part of a hash that is compared before the bytes are.
fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

fn intern_bytes(
    random: &RandomState,
    table: &mut HashTable<(u32, u32)>,
    values: &mut Vec<Box<[u8]>>,
    allocator: &mut Allocator<'_>,
    key: &[u8],
) -> Result<u32> {
    let hash = random.hash_one(key);
    let tag = tag(hash);
    let found = table.find(hash, |&(other, slot)| {
        other == tag && &*values[slot as usize] == key
    });
    if let Some(&(_, slot)) = found {
        return Ok(slot);
    }
    let slot = allocator.allocate(values, Box::from(key))?;
    table.insert_unique(hash, (tag, slot), |&(_, slot)| {
        random.hash_one(&*values[slot as usize])
    });
    Ok(slot)
}

fn forget_bytes(
    random: &RandomState,
    table: &mut HashTable<(u32, u32)>,
    values: &mut [Box<[u8]>],
    slot: u32,
) {
    let hash = random.hash_one(&*values[slot as usize]);
    if let Ok(entry) = table.find_entry(hash, |&(_, other)| other == slot) {
        entry.remove();
    }
    values[slot as usize] = Box::default();
}

fn to_int64(column: &ArrayRef, column_type: &DataType) -> Result<ArrayRef> {
    Ok(match column_type {
        DataType::Int64 => Arc::clone(column),
        DataType::Date32 => cast(&cast(column, &DataType::Int32)?, &DataType::Int64)?,
        _ => cast(column, &DataType::Int64)?,
    })
}

fn from_int64(column: ArrayRef, column_type: &DataType) -> Result<ArrayRef> {
    Ok(match column_type {
        DataType::Int64 => column,
        DataType::Date32 => cast(&cast(&column, &DataType::Int32)?, &DataType::Date32)?,
        other => cast(&column, other)?,
    })
}
