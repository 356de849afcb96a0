//! Making columns whole after a failure in the middle of a row, so that the row can be dropped.

use super::{ColumnBuilder, Nested, Values};

impl ColumnBuilder {
    /// How many values were begun: more than [`ColumnBuilder::len`] after a failure inside a ROW.
    fn begun(&self) -> usize {
        match &self.values {
            Values::Row(_, fields) => fields
                .iter()
                .map(Self::begun)
                .max()
                .unwrap_or_default()
                .max(self.len()),
            _ => self.len(),
        }
    }

    /// After a failure in the middle of a value: brings nested builders back to whole values and to
    /// `rows` values, so that the row can be dropped.
    pub(crate) fn repair(&mut self, rows: usize) {
        let null = self.logical_type.nullable;
        match &mut self.values {
            Values::Row(nulls, fields) => {
                for field in fields {
                    field.repair(rows);
                }
                while nulls.len() < rows {
                    nulls.append(!null);
                }
            }
            Values::List(nested, element) => {
                let elements = element.begun();
                element.repair(elements);
                nested.repair(elements, rows);
            }
            Values::Map(nested, key, value) => {
                let entries = key.begun().max(value.begun());
                key.repair(entries);
                value.repair(entries);
                nested.repair(entries, rows);
            }
            _ => {
                while self.len() < rows {
                    self.append_filler();
                }
            }
        }
    }
}

impl Nested {
    /// Ends a list or map that was begun and not ended, and adds empty ones up to `rows`.
    fn repair(&mut self, elements: usize, rows: usize) {
        let end = i32::try_from(elements).unwrap_or(i32::MAX);
        while self.nulls.len() < rows {
            self.offsets.push(end);
            self.nulls.append_non_null();
        }
    }
}
