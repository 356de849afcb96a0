//! Equality of elements of any type.

use arrow::array::ArrayRef;
use arrow::datatypes::DataType;
use arrow::row::{RowConverter, Rows, SortField};

use crate::error::Result;

/// Columns of one type in a form in which their values can be compared; NULL equals NULL.
pub(super) struct Comparable {
    columns: Vec<Rows>,
}

impl Comparable {
    /// Prepares columns, which all have the type of the first.
    pub(super) fn new(columns: &[&ArrayRef]) -> Result<Self> {
        let data_type = columns
            .first()
            .map_or(DataType::Null, |column| column.data_type().clone());
        let converter = RowConverter::new(vec![SortField::new(data_type.clone())])?;
        let columns = columns
            .iter()
            .map(|column| {
                let column = crate::conform::conform(column, &data_type)?;
                Ok(converter.convert_columns(&[column])?)
            })
            .collect::<Result<_>>()?;
        Ok(Self { columns })
    }

    /// Whether a value of one column equals a value of another.
    pub(super) fn equal(&self, left: (usize, usize), right: (usize, usize)) -> bool {
        self.columns[left.0].row(left.1) == self.columns[right.0].row(right.1)
    }

    /// A value as bytes, which are equal if values are.
    pub(super) fn bytes(&self, column: usize, row: usize) -> Vec<u8> {
        self.columns[column].row(row).as_ref().to_vec()
    }
}
