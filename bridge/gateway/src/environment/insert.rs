//! Inserts: a query, a table, and the job that brings them together.

use std::sync::Arc;

use nutkin_connectors::registry;
use nutkin_plan::PlanError;
use nutkin_plan::catalog::{CatalogEntry, CatalogTable};
use nutkin_plan::operation::{QueryOperation, match_sink};
use nutkin_plan::sql::{Insert, Statement, parse_path};
use nutkin_plan::stream::SinkRequest;

use super::statement::{ONLY_INSERT, parse_one, wrong_statement};
use super::submit::Purpose;
use super::{State, TableEnvironment};
use crate::job::Job;
use crate::result::{TableResult, count_rows};
use crate::session::NativeSession;
use crate::{GatewayError, Result};

impl TableEnvironment {
    /// An insert of a Table API object.
    ///
    /// # Errors
    /// When there is no such table, or the query's columns do not fit it.
    pub(crate) fn insert(&self, path: &str, query: &Arc<QueryOperation>) -> Result<SinkRequest> {
        let path = parse_path(path)?;
        let state = self.lock();
        let identifier = state.catalogs.qualify(&path)?;
        let table = match state.catalogs.find(&identifier)? {
            Some(CatalogEntry::Table(table)) => table.as_sink(),
            Some(CatalogEntry::View(_)) => {
                let message = format!("Cannot insert into {identifier}: it is a view.");
                return Err(PlanError::validation(message).into());
            }
            None => {
                let catalogs = state.catalogs.list_catalogs().join(", ");
                let message = format!(
                    "Cannot find table '{identifier}' in any of the catalogs [{catalogs}], nor as a temporary table."
                );
                return Err(PlanError::validation(message).into());
            }
        };
        let query = match_sink(query, &table, None)?;
        request(table, query)
    }

    /// An `INSERT` statement.
    ///
    /// # Errors
    /// When the text is something else, or means nothing.
    pub(crate) fn insert_sql(&self, text: &str) -> Result<SinkRequest> {
        match parse_one(text, ONLY_INSERT)? {
            Statement::Insert(insert) => self.lock().insert(&insert),
            _ => Err(wrong_statement(ONLY_INSERT)),
        }
    }

    /// Starts inserts as one job.
    ///
    /// # Errors
    /// When they cannot be planned or started.
    pub(crate) fn execute_inserts(
        &self,
        session: &NativeSession,
        sinks: &[SinkRequest],
    ) -> Result<TableResult> {
        let names: Vec<String> = sinks.iter().map(|sink| sink.table.identifier.summary()).collect();
        let job_name = format!("insert-into_{}", names.join(","));
        let job = self.start(session, sinks, &job_name, Purpose::Insert)?;
        let (schema, rows) = count_rows(&names)?;
        Ok(TableResult::inserts(schema, rows, &job))
    }

    /// Notes an insert for [`TableEnvironment::execute_buffered`].
    pub(crate) fn buffer(&self, sink: SinkRequest) {
        self.lock().buffered.push(sink);
    }

    /// Forgets an insert that was noted, because it runs otherwise.
    pub(crate) fn unbuffer(&self, sink: &SinkRequest) {
        self.lock().buffered.retain(|other| {
            !Arc::ptr_eq(&other.query, &sink.query) || other.table.identifier != sink.table.identifier
        });
    }

    /// Starts all noted inserts as one job of this name, and forgets them.
    ///
    /// # Errors
    /// When none were noted, or they cannot be planned or started.
    pub(crate) fn execute_buffered(&self, session: &NativeSession, name: &str) -> Result<Arc<Job>> {
        let sinks = std::mem::take(&mut self.lock().buffered);
        if sinks.is_empty() {
            return Err(GatewayError::IllegalState {
                message: "No operators defined in streaming topology. Cannot execute.".to_owned(),
                hint: Some(
                    "add a sink with insert_into(...) or sql_update(\"INSERT INTO ...\") before execute(...)"
                        .to_owned(),
                ),
            });
        }
        self.start(session, &sinks, name, Purpose::Insert)
    }

    /// The inserts that were noted and not run yet.
    pub(crate) fn buffered(&self) -> Vec<SinkRequest> {
        self.lock().buffered.clone()
    }
}

impl State {
    pub(super) fn insert(&self, insert: &Insert) -> Result<SinkRequest> {
        let planned = self.with_context(|context| insert.plan(context))?;
        request(planned.table, planned.query)
    }
}

fn request(table: Arc<CatalogTable>, query: Arc<QueryOperation>) -> Result<SinkRequest> {
    let connector = registry::find_connector(&table)?;
    let changelog_mode = connector.sink_changelog_mode(&table);
    Ok(SinkRequest {
        query,
        table,
        changelog_mode,
        applies_by_key: connector.applies_changes_by_key(),
    })
}
