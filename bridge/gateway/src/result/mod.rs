//! Results of statements: rows that are there, rows that come, or a job that writes them elsewhere.

mod arrow_stream;
mod constant;
mod print;
mod rows;
mod table_result;
mod tableau;
mod time_zone;

pub(crate) use constant::{count_rows, rows_of};
pub(crate) use print::PrintStyle;
pub(crate) use table_result::{Fetched, ResultKind, TableResult};
