//! Schemas of the chunks inside a job.

use std::sync::Arc;

use arrow::datatypes::{Field, SchemaRef};
use nutkin_plan::catalog::Schema;

/// The Arrow schema of rows between operators: the names and types of `schema`, every column nullable.
///
/// NOT NULL is a promise of the plan that only a sink enforces, as in Flink: a DECIMAL that overflows
/// is NULL even where the plan derived NOT NULL, and must not fail between two operators.
#[must_use]
pub fn relaxed(schema: &Schema) -> SchemaRef {
    let fields: Vec<Field> = schema
        .columns
        .iter()
        .map(|column| column.column_type.to_field(&column.name).with_nullable(true))
        .collect();
    Arc::new(arrow::datatypes::Schema::new(fields))
}
