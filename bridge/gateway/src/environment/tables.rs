//! Tables by name, names for tables, and tables of rows that come with the call.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::ipc::reader::StreamReader;
use nutkin_engine::EngineError;
use nutkin_plan::PlanError;
use nutkin_plan::catalog::{CatalogEntry, CatalogTable, CatalogView, Column, ObjectIdentifier, Schema};
use nutkin_plan::expression::LiteralValue;
use nutkin_plan::operation::QueryOperation;
use nutkin_plan::sql::{Show, ShowTarget, parse_path};
use nutkin_plan::types::{TypeDialect, TypeKind, parse_type};

use super::TableEnvironment;
use crate::Result;

impl TableEnvironment {
    /// The table or view that a path names, such as `` `a`.b ``.
    ///
    /// # Errors
    /// When the path cannot be read, or names nothing.
    pub(crate) fn table(&self, path: &str) -> Result<Arc<QueryOperation>> {
        self.table_at(&parse_path(path)?)
    }

    /// The table or view of a path in parts.
    ///
    /// # Errors
    /// When it names nothing.
    pub(crate) fn table_at(&self, path: &[String]) -> Result<Arc<QueryOperation>> {
        let state = self.lock();
        Ok(state.catalogs.from_path(path)?.scan(&state.catalogs)?)
    }

    /// Gives a query a name for as long as the environment lives. A name that is taken is an error,
    /// except to the calls of old, which replace.
    ///
    /// # Errors
    /// When the path cannot be read, or is taken.
    pub(crate) fn create_temporary_view(
        &self,
        path: &str,
        operation: &Arc<QueryOperation>,
        replace: bool,
    ) -> Result<()> {
        let path = parse_path(path)?;
        let mut state = self.lock();
        let entry = CatalogEntry::View(Arc::new(CatalogView {
            identifier: state.catalogs.qualify(&path)?,
            query_text: None,
            operation: Arc::clone(operation),
            schema: operation.schema(),
            comment: None,
        }));
        if replace {
            state.catalogs.replace_temporary(entry);
        } else {
            state.catalogs.create_temporary(entry, false)?;
        }
        Ok(())
    }

    /// Gives a query a name that is used by nothing else: what a table is called in strings.
    ///
    /// # Errors
    /// When there is no current database.
    pub(crate) fn create_unnamed_view(&self, operation: &Arc<QueryOperation>) -> Result<String> {
        let name = {
            let mut state = self.lock();
            state.unnamed_views += 1;
            format!("UnnamedTable${}", state.unnamed_views - 1)
        };
        self.create_temporary_view(&format!("`{name}`"), operation, true)?;
        Ok(name)
    }

    /// Gives a query a name in a catalog. Says whether it did; with `ignore`, a name that is taken is none.
    ///
    /// # Errors
    /// When the path cannot be read, or is taken.
    pub(crate) fn create_permanent_view(
        &self,
        path: &str,
        operation: &Arc<QueryOperation>,
        ignore: bool,
    ) -> Result<bool> {
        let path = parse_path(path)?;
        let mut state = self.lock();
        let identifier = state.catalogs.qualify(&path)?;
        if ignore && state.catalogs.find(&identifier)?.is_some() {
            return Ok(false);
        }
        state.catalogs.create_view(
            CatalogView {
                identifier,
                query_text: None,
                operation: Arc::clone(operation),
                schema: operation.schema(),
                comment: None,
            },
            false,
        )?;
        Ok(true)
    }

    /// The names of all functions, built-in ones included.
    ///
    /// # Errors
    /// None that is known; `SHOW FUNCTIONS` answers it.
    pub(crate) fn list_functions(&self) -> Result<Vec<String>> {
        let show = Show {
            target: ShowTarget::Functions {
                only_user: false,
                database: None,
            },
            like: None,
        };
        let answer = show.answer(&self.lock().catalogs)?;
        let names = answer.rows.into_iter().flatten().filter_map(|value| match value {
            LiteralValue::String(name) => Some(name),
            _ => None,
        });
        Ok(names.collect())
    }

    /// A table of rows that came with the call: an Arrow IPC stream, and the ROW type of its columns.
    ///
    /// # Errors
    /// When the type is no ROW, or the stream's columns are not of it.
    pub(crate) fn table_of_rows(&self, rows: Vec<u8>, row_type: &str) -> Result<Arc<QueryOperation>> {
        let row_type = parse_type(row_type, TypeDialect::Ddl)?;
        let TypeKind::Row(fields) = row_type.kind else {
            let message = format!("The rows of a table are of a ROW type, not {row_type}.");
            return Err(PlanError::validation(message).into());
        };
        let schema = Schema {
            columns: fields
                .into_iter()
                .map(|field| Column {
                    name: field.name,
                    column_type: field.field_type,
                    comment: field.description,
                })
                .collect(),
            primary_key: Vec::new(),
        };
        check_columns(&rows, &schema)?;
        let mut state = self.lock();
        state.anonymous_tables += 1;
        let identifier = ObjectIdentifier {
            catalog: state.catalogs.current_catalog().to_owned(),
            database: state.catalogs.current_database().to_owned(),
            object: format!("*anonymous_python-input-format${}*", state.anonymous_tables),
        };
        Ok(Arc::new(QueryOperation::Source {
            table: Arc::new(CatalogTable {
                identifier,
                schema,
                options: BTreeMap::new(),
                comment: None,
                partition_keys: Vec::new(),
                inline_data: Some(Arc::new(rows)),
                details: nutkin_plan::catalog::TableDetails::default(),
            }),
        }))
    }
}

/// Checks that a stream has the columns of a schema.
fn check_columns(rows: &[u8], schema: &Schema) -> Result<()> {
    let found = StreamReader::try_new(rows, None)
        .map_err(EngineError::from)?
        .schema();
    let wanted = schema.to_arrow();
    if found.fields().len() != wanted.fields().len() {
        let message = format!(
            "The rows have {} columns, but their type has {}.",
            found.fields().len(),
            wanted.fields().len()
        );
        return Err(PlanError::validation(message).into());
    }
    for ((found, wanted), column) in found.fields().iter().zip(wanted.fields()).zip(&schema.columns) {
        if !found.data_type().equals_datatype(wanted.data_type()) {
            let message = format!(
                "The values of column '{}' are of the Arrow type {}, but {} needs {}.",
                column.name,
                found.data_type(),
                column.column_type,
                wanted.data_type()
            );
            return Err(PlanError::validation(message).into());
        }
    }
    Ok(())
}
