//! `CREATE TABLE`: its text ([`statement`], [`definition`], [`like`]) and the table that it makes ([`resolve`]).

mod definition;
mod like;
mod merge;
mod resolve;
mod statement;

pub use definition::{
    ColumnDefinition, ColumnPosition, ColumnSource, DataType, KeyDefinition, ParsedExpression, TableElements,
    WatermarkDefinition,
};
pub(super) use definition::{read_element, read_elements};
pub use like::{LikeClause, LikeFeature, MergingStrategy};
pub(super) use resolve::{plan_expressions, resolve_elements, unresolved_elements};
pub use statement::{CreateTable, Distribution};
pub(super) use statement::{read, read_distribution};

/// A fault that Flink's parser finds once a statement is read whole.
fn validate_error(message: String) -> crate::PlanError {
    crate::PlanError::Other {
        class: "org.apache.flink.sql.parser.error.SqlValidateException",
        message,
    }
}
