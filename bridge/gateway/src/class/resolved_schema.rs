//! `ResolvedSchema`: the columns of a table or result.

use std::sync::Arc;

use nutkin_plan::catalog::{Schema, quote_identifier};
use nutkin_protocol::Value;

use super::names::RESOLVED_SCHEMA;
use crate::Result;
use crate::model::{Invocation, JavaClass, JavaObject, Returned};

/// Columns and primary key.
pub(crate) struct ResolvedSchema(pub(crate) Schema);

impl JavaObject for ResolvedSchema {
    fn class_name(&self) -> &'static str {
        RESOLVED_SCHEMA
    }
}

pub(super) fn class() -> JavaClass {
    JavaClass::new(RESOLVED_SCHEMA, "The columns of a table or a result.")
        .method("getColumnCount", &[], "int", |call| {
            let count = i32::try_from(schema(call)?.0.columns.len()).unwrap_or(i32::MAX);
            Ok(Returned::Value(Value::Int(count)))
        })
        .method("getColumnNames", &[], "List<String>", |call| {
            let schema = schema(call)?;
            Ok(Returned::strings(
                schema.0.columns.iter().map(|column| column.name.clone()),
            ))
        })
        .method("getColumnDataTypes", &[], "List<String>", |call| {
            let schema = schema(call)?;
            let types = schema
                .0
                .columns
                .iter()
                .map(|column| column.column_type.to_string());
            Ok(Returned::strings(types))
        })
        .method("getPrimaryKey", &[], "List<String>", |call| {
            Ok(Returned::strings(key_columns(&schema(call)?.0)))
        })
        .method(
            "toString",
            &[],
            "String",
            |call| Ok(text(&schema(call)?.0).into()),
        )
}

/// The schema as Flink prints it.
fn text(schema: &Schema) -> String {
    let mut lines: Vec<String> = schema
        .columns
        .iter()
        .map(|column| format!("  {} {}", quote_identifier(&column.name), column.column_type))
        .collect();
    let key = key_columns(schema);
    if !key.is_empty() {
        let quoted: Vec<String> = key.iter().map(|name| quote_identifier(name)).collect();
        lines.push(format!(
            "  CONSTRAINT {} PRIMARY KEY ({}) NOT ENFORCED",
            quote_identifier(&format!("PK_{}", key.join("_"))),
            quoted.join(", ")
        ));
    }
    format!("(\n{}\n)", lines.join(",\n"))
}

fn key_columns(schema: &Schema) -> Vec<String> {
    schema
        .primary_key
        .iter()
        .filter_map(|position| schema.columns.get(*position))
        .map(|column| column.name.clone())
        .collect()
}

fn schema(call: &Invocation<'_>) -> Result<Arc<ResolvedSchema>> {
    call.receiver()
}
