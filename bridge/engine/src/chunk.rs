//! Chunks: the rows that flow through a streaming job.

use arrow::array::{BooleanArray, Int8Array, RecordBatch};

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
