//! Queries whose rows go to the client.

use std::collections::BTreeMap;
use std::sync::Arc;

use nutkin_engine::job::collect_sink;
use nutkin_plan::catalog::{CatalogTable, ObjectIdentifier};
use nutkin_plan::operation::QueryOperation;
use nutkin_plan::stream::{ChangelogMode, SinkRequest};

use super::TableEnvironment;
use super::submit::Purpose;
use crate::Result;
use crate::configuration::TIME_ZONE;
use crate::result::{PrintStyle, TableResult};
use crate::session::NativeSession;

/// How many chunks wait for the client before the query is held back.
const QUEUED_CHUNKS: usize = 16;

impl TableEnvironment {
    /// Starts a query; its rows come through the result.
    ///
    /// # Errors
    /// When it cannot be planned or started.
    pub(crate) fn execute_query(
        &self,
        session: &NativeSession,
        query: &Arc<QueryOperation>,
    ) -> Result<TableResult> {
        let schema = query.schema();
        // Stands for the client in the plan; the job's environment knows it by its address.
        let table = Arc::new(CatalogTable {
            identifier: self.with_catalogs(|catalogs| ObjectIdentifier {
                catalog: catalogs.current_catalog().to_owned(),
                database: catalogs.current_database().to_owned(),
                object: "*anonymous_collect$1*".to_owned(),
            }),
            schema: schema.clone(),
            options: BTreeMap::new(),
            comment: None,
            partition_keys: Vec::new(),
            inline_data: None,
            details: nutkin_plan::catalog::TableDetails::default(),
        });
        let request = SinkRequest {
            query: Arc::clone(query),
            table: Arc::clone(&table),
            changelog_mode: ChangelogMode::All,
            applies_by_key: false,
        };
        let (sink, rows) = collect_sink(QUEUED_CHUNKS);
        let job = self.start(session, &[request], "collect", Purpose::Collect(table, sink))?;
        let (time_zone, is_batch) = self.with_configuration(|configuration| {
            let zone = configuration.get(TIME_ZONE).map(str::to_owned);
            (zone, configuration.is_batch())
        });
        let style = if is_batch {
            PrintStyle::Rows
        } else {
            PrintStyle::Changes
        };
        Ok(TableResult::query(schema, &job, rows, time_zone, style))
    }
}
