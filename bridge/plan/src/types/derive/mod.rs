//! The type of an operation from the types of its operands.
//!
//! Mirrors `org.apache.flink.table.types.logical.utils.LogicalTypeMerging`: [`decimal`] derives numbers
//! as SQL Server does, with the scale adjustment of Hive, [`common`] finds the common type of several,
//! [`comparable`] says what can be compared, [`family`] names the families of types.

mod common;
mod comparable;
mod decimal;
mod family;

pub use common::common_type;
pub use comparable::{are_equals_comparable, are_fully_comparable};
pub use decimal::{
    ArithmeticOperator, MAX_DECIMAL_PRECISION, arithmetic_type, average_type, round_type, sum_type,
};
pub use family::{
    decimal_digits, is_binary_string, is_character_string, is_constructed, is_date_time, is_exact_numeric,
    is_interval, is_numeric, string_length,
};

#[cfg(test)]
mod tests;
