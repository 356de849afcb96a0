//! Flink's logical types.

mod logical_type;

pub use logical_type::{LogicalType, MAX_LENGTH, RowField, TypeKind};
