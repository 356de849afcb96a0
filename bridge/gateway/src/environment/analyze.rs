//! `ANALYZE TABLE`: counts the rows of a table, and looks at its columns, by a query. Batch mode only, as in
//! Flink.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use arrow::array::{Array, AsArray};
use arrow::datatypes::Int64Type;
use arrow::ipc::reader::StreamReader;
use arrow::record_batch::RecordBatch;
use nutkin_engine::EngineError;
use nutkin_plan::PlanError;
use nutkin_plan::catalog::{
    CatalogEntry, CatalogTable, Column, ColumnStatistics, TableStatistics, quote_identifier,
};
use nutkin_plan::sql::{Analyze, AnalyzedColumns, Statement, parse_statements, plan_query};
use nutkin_plan::types::TypeKind;

use super::TableEnvironment;
use crate::result::Fetched;
use crate::session::NativeSession;
use crate::{GatewayError, Result};

/// How long one wait for the answer is; it is repeated until the answer is there.
const WAIT: Duration = Duration::from_secs(1);

impl TableEnvironment {
    /// Computes the statistics and keeps them in the catalog.
    ///
    /// # Errors
    /// In streaming mode; when there is no such table or column, or the table cannot be read.
    pub(super) fn analyze(&self, session: &NativeSession, analyze: &Analyze) -> Result<()> {
        let (table, operation, columns) = {
            let state = self.lock();
            if !state.configuration.is_batch() {
                return Err(PlanError::Table {
                    message: "ANALYZE TABLE is not supported for streaming mode now".to_owned(),
                    hint: Some("SET 'execution.runtime-mode' = 'batch'".to_owned()),
                }
                .into());
            }
            let identifier = state.catalogs.qualify(&analyze.path)?;
            let found = match state.catalogs.is_temporary(&identifier) {
                true => None,
                false => state.catalogs.find_permanent(&identifier)?,
            };
            let Some(CatalogEntry::Table(table)) = found else {
                return Err(PlanError::validation(format!(
                    "Table {identifier} doesn't exist or is a temporary table."
                ))
                .into());
            };
            if !analyze.partition.is_empty() {
                return Err(PlanError::unsupported(
                    "PARTITION of ANALYZE TABLE",
                    "Statistics are of whole tables: leave the clause out.",
                )
                .into());
            }
            let columns = analyzed(&table, &analyze.columns)?;
            let text = query_text(&table, &columns);
            let statements = parse_statements(&text)?;
            let [Statement::Query(query)] = statements.as_slice() else {
                return Err(PlanError::validation(format!("'{text}' is no query.")).into());
            };
            let operation = state.with_context(|context| plan_query(query, context))?;
            (table, operation, columns)
        };
        let result = self.execute_query(session, &operation)?;
        let never = AtomicBool::new(false);
        let batch = loop {
            match result.fetch(1, WAIT, &never)? {
                Fetched::Rows(stream) if stream.is_empty() => {}
                Fetched::Rows(stream) => {
                    let mut reader =
                        StreamReader::try_new(stream.as_slice(), None).map_err(EngineError::from)?;
                    if let Some(batch) = reader.next() {
                        break batch.map_err(EngineError::from)?;
                    }
                }
                Fetched::End => {
                    return Err(GatewayError::Internal {
                        message: "an aggregate without groups gave no row".to_owned(),
                    });
                }
            }
        };
        let mut changed = table.as_ref().clone();
        changed.details.statistics = Some(statistics(&batch, &columns));
        self.with_catalogs(|catalogs| catalogs.put_permanent(&CatalogEntry::Table(Arc::new(changed))))?;
        Ok(())
    }
}

/// The columns to look at.
fn analyzed(table: &CatalogTable, wanted: &AnalyzedColumns) -> Result<Vec<Column>> {
    let columns = &table.schema.columns;
    match wanted {
        AnalyzedColumns::None => Ok(Vec::new()),
        AnalyzedColumns::All => Ok(columns.clone()),
        AnalyzedColumns::Named(names) => names
            .iter()
            .map(|name| {
                let found = columns.iter().find(|column| column.name == *name).cloned();
                found.ok_or_else(|| {
                    PlanError::validation(format!(
                        "Column: {name} does not exist in the table: {}",
                        table.identifier
                    ))
                    .into()
                })
            })
            .collect(),
    }
}

/// Whether values of the type can be compared, and so counted apart.
const fn is_comparable(kind: &TypeKind) -> bool {
    !matches!(
        kind,
        TypeKind::Array(_) | TypeKind::Map(..) | TypeKind::Multiset(_) | TypeKind::Row(_)
    )
}

/// One row: the number of rows, then four values a column.
fn query_text(table: &CatalogTable, columns: &[Column]) -> String {
    let mut items = vec!["COUNT(*)".to_owned()];
    for column in columns {
        let name = quote_identifier(&column.name);
        items.push(format!("COUNT({name})"));
        if is_comparable(&column.column_type.kind) {
            items.push(format!("COUNT(DISTINCT {name})"));
            items.push(format!("CAST(MIN({name}) AS STRING)"));
            items.push(format!("CAST(MAX({name}) AS STRING)"));
        }
    }
    format!("SELECT {} FROM {}", items.join(", "), table.identifier)
}

fn statistics(batch: &RecordBatch, columns: &[Column]) -> TableStatistics {
    let number = |position: usize| {
        let column = batch.columns().get(position)?.as_primitive_opt::<Int64Type>()?;
        u64::try_from(column.value(0)).ok()
    };
    let text = |position: usize| {
        let column = batch.columns().get(position)?.as_string_opt::<i32>()?;
        (!column.is_null(0)).then(|| column.value(0).to_owned())
    };
    let row_count = number(0).unwrap_or_default();
    let mut statistics = TableStatistics {
        row_count,
        ..TableStatistics::default()
    };
    let mut position = 1;
    for column in columns {
        let present = number(position).unwrap_or_default();
        position += 1;
        let mut found = ColumnStatistics {
            null_count: row_count.saturating_sub(present),
            ..ColumnStatistics::default()
        };
        if is_comparable(&column.column_type.kind) {
            found.distinct_count = number(position).unwrap_or_default();
            found.minimum = text(position + 1);
            found.maximum = text(position + 2);
            position += 3;
        }
        statistics.columns.insert(column.name.clone(), found);
    }
    statistics
}
