//! Fitting a query to the table that it is inserted into.
//!
//! Mirrors `DynamicSinkUtils.validateSchemaAndApplyImplicitCast`: as many columns as the sink has, each
//! of the sink's type or of one that converts without loss; the casts become a projection on top.
//! NOT NULL is not checked here but when rows arrive, as in Flink.

use std::sync::Arc;

use super::query::{NamedExpression, QueryOperation};
use crate::catalog::{CatalogTable, Column};
use crate::expression::{LiteralValue, ResolvedExpression};
use crate::types::{supports_avoiding_cast, supports_implicit_cast};
use crate::{PlanError, Result};

/// The query with exactly the sink's columns and types. `target_columns` is the column list of an
/// `INSERT`; columns that it leaves out become NULL.
///
/// # Errors
/// When the number of columns differs, a type does not convert, or the column list does not fit.
pub fn match_sink(
    query: &Arc<QueryOperation>,
    sink: &CatalogTable,
    target_columns: Option<&[String]>,
) -> Result<Arc<QueryOperation>> {
    let query = match target_columns {
        Some(names) => spread(query, sink, names)?,
        None => Arc::clone(query),
    };
    let source = query.schema().columns;
    let target: Vec<Column> = sink
        .schema
        .columns
        .iter()
        .map(|column| Column {
            column_type: column.column_type.with_nullable(true),
            ..column.clone()
        })
        .collect();
    if source.len() != target.len() {
        return Err(mismatch("Different number of columns.", sink, &source, &target));
    }
    for (position, (from, to)) in source.iter().zip(&target).enumerate() {
        if !supports_implicit_cast(&from.column_type, &to.column_type) {
            let cause = format!(
                "Incompatible types for sink column '{}' at position {position}.",
                to.name
            );
            return Err(mismatch(&cause, sink, &source, &target));
        }
    }
    let fits = |(from, to): (&Column, &Column)| supports_avoiding_cast(&from.column_type, &to.column_type);
    if source.iter().zip(&target).all(fits) {
        return Ok(query);
    }
    let projections = source
        .iter()
        .zip(&target)
        .enumerate()
        .map(|(index, (from, to))| {
            let target = to.column_type.with_nullable(from.column_type.nullable);
            NamedExpression {
                name: to.name.clone(),
                expression: field(index, from).cast_to(&target),
            }
        })
        .collect();
    Ok(Arc::new(QueryOperation::Project {
        input: query,
        projections,
    }))
}

/// The query's columns at the places that the column list of an `INSERT` gives them.
fn spread(query: &Arc<QueryOperation>, sink: &CatalogTable, names: &[String]) -> Result<Arc<QueryOperation>> {
    let source = query.schema().columns;
    if source.len() != names.len() {
        return Err(PlanError::validation(format!(
            "Number of INSERT target columns ({}) does not equal number of source items ({})",
            names.len(),
            source.len()
        )));
    }
    for (place, name) in names.iter().enumerate() {
        if !sink.schema.columns.iter().any(|column| column.name == *name) {
            return Err(PlanError::validation_with_hint(
                format!("Unknown target column '{name}'"),
                format!("the columns of the table are {}", summary(&sink.schema.columns)),
            ));
        }
        if names.iter().take(place).any(|other| other == name) {
            return Err(PlanError::validation(format!(
                "Target column '{name}' is assigned more than once"
            )));
        }
    }
    let mut projections = Vec::with_capacity(sink.schema.columns.len());
    for column in &sink.schema.columns {
        let place = names.iter().position(|name| *name == column.name);
        let given = place.and_then(|place| source.get(place).map(|from| field(place, from)));
        let expression = match given {
            Some(field) => field,
            None if column.column_type.nullable => ResolvedExpression::Literal {
                value: LiteralValue::Null,
                literal_type: column.column_type.clone(),
            },
            None => {
                return Err(PlanError::validation(format!(
                    "Column '{}' has no default value and does not allow NULLs",
                    column.name
                )));
            }
        };
        projections.push(NamedExpression {
            name: column.name.clone(),
            expression,
        });
    }
    Ok(Arc::new(QueryOperation::Project {
        input: Arc::clone(query),
        projections,
    }))
}

fn field(index: usize, column: &Column) -> ResolvedExpression {
    ResolvedExpression::Field {
        index,
        name: column.name.clone(),
        field_type: column.column_type.clone(),
    }
}

fn mismatch(cause: &str, sink: &CatalogTable, source: &[Column], target: &[Column]) -> PlanError {
    PlanError::validation(format!(
        "Column types of query result and sink for '{}' do not match.\nCause: {cause}\n\nQuery schema: {}\nSink schema:  {}",
        sink.identifier.summary(),
        summary(source),
        summary(target)
    ))
}

fn summary(columns: &[Column]) -> String {
    let columns: Vec<String> = columns
        .iter()
        .map(|column| format!("{}: {}", column.name, column.column_type.as_summary_string()))
        .collect();
    format!("[{}]", columns.join(", "))
}
