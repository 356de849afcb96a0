//! Chunks: the rows that flow through a streaming job.

use arrow::array::{BooleanArray, Int8Array, RecordBatch, UInt32Array};

/// Flink's `RowKind`, by its byte values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i8)]
pub enum RowKind {
    /// +I.
    Insert = 0,
    /// -U: the row before an update.
    UpdateBefore = 1,
    /// +U: the row after an update.
    UpdateAfter = 2,
    /// -D.
    Delete = 3,
}

/// Some rows with the kind of change each one is.
#[derive(Debug, Clone)]
pub struct Chunk {
    /// The rows.
    pub data: RecordBatch,
    /// [`RowKind`] of each row; `None` means that all rows are +I.
    pub kinds: Option<Int8Array>,
}

impl Chunk {
    /// A chunk of insertions.
    #[must_use]
    pub fn inserts(data: RecordBatch) -> Self {
        Self { data, kinds: None }
    }

    /// How many rows there are.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.data.num_rows()
    }

    /// The kind byte of a row, as [`RowKind`] numbers them.
    #[must_use]
    pub fn kind_byte(&self, row: usize) -> i8 {
        self.kinds.as_ref().map_or(0, |kinds| kinds.value(row))
    }

    /// Whether some row takes an earlier one back.
    #[must_use]
    pub fn has_retractions(&self) -> bool {
        self.kinds.as_ref().is_some_and(|kinds| {
            kinds
                .values()
                .iter()
                .any(|&kind| RowKind::is_retraction_byte(kind))
        })
    }

    /// The rows at `indices`, kinds included.
    ///
    /// # Errors
    /// When an index is out of bounds.
    pub fn take(&self, indices: &UInt32Array) -> crate::Result<Self> {
        let data = arrow::compute::take_record_batch(&self.data, indices)?;
        let kinds = self.kinds.as_ref().map(|kinds| {
            indices
                .values()
                .iter()
                .map(|&index| kinds.value(index as usize))
                .collect::<Int8Array>()
        });
        Ok(Self { data, kinds })
    }

    /// One chunk with the rows of all `chunks`, in order. They have the same columns; an empty slice
    /// gives `None`.
    ///
    /// # Errors
    /// When the columns differ.
    pub fn concat(chunks: &[Self]) -> crate::Result<Option<Self>> {
        let Some(first) = chunks.first() else {
            return Ok(None);
        };
        if chunks.len() == 1 {
            return Ok(Some(first.clone()));
        }
        let data =
            arrow::compute::concat_batches(&first.data.schema(), chunks.iter().map(|chunk| &chunk.data))?;
        let kinds = if chunks.iter().all(|chunk| chunk.kinds.is_none()) {
            None
        } else {
            let mut bytes = Vec::with_capacity(data.num_rows());
            for chunk in chunks {
                match &chunk.kinds {
                    Some(kinds) => bytes.extend_from_slice(kinds.values()),
                    None => bytes.resize(bytes.len() + chunk.row_count(), RowKind::Insert as i8),
                }
            }
            Some(Int8Array::from(bytes))
        };
        Ok(Some(Self { data, kinds }))
    }

    /// Only the rows for which `mask` is true, kinds included.
    ///
    /// # Errors
    /// When the mask's length differs from the chunk's.
    pub fn filter(&self, mask: &BooleanArray) -> crate::Result<Self> {
        let data = arrow::compute::filter_record_batch(&self.data, mask)?;
        let kinds = match &self.kinds {
            Some(kinds) => {
                let kept = arrow::compute::filter(kinds, mask)?;
                Some(arrow::array::AsArray::as_primitive::<arrow::datatypes::Int8Type>(&kept).clone())
            }
            None => None,
        };
        Ok(Self { data, kinds })
    }
}

impl RowKind {
    /// Whether this kind byte is -U or -D.
    #[must_use]
    pub const fn is_retraction_byte(byte: i8) -> bool {
        byte == Self::UpdateBefore as i8 || byte == Self::Delete as i8
    }

    /// The kind of this byte value.
    #[must_use]
    pub fn from_byte(byte: i8) -> Option<Self> {
        match byte {
            0 => Some(Self::Insert),
            1 => Some(Self::UpdateBefore),
            2 => Some(Self::UpdateAfter),
            3 => Some(Self::Delete),
            _ => None,
        }
    }

    /// `+I`, `-U`, `+U` or `-D`.
    #[must_use]
    pub fn short_string(self) -> &'static str {
        match self {
            Self::Insert => "+I",
            Self::UpdateBefore => "-U",
            Self::UpdateAfter => "+U",
            Self::Delete => "-D",
        }
    }
}
