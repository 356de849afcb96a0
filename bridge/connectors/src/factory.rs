//! How a connector is found and made from a table's options.

use std::sync::Arc;

use nutkin_engine::Result;
use nutkin_engine::sink::Sink;
use nutkin_engine::source::Source;
use nutkin_plan::stream::{ConnectorTable, SinkNode};

use crate::options::OptionDescription;

/// A connector: the value of the option `'connector'`. One static instance a connector, listed in
/// [`crate::registry`]; support tables and `nutkin doctor` are printed from it.
pub trait Connector: Send + Sync {
    /// The value of the option `'connector'`, such as `kafka`.
    fn name(&self) -> &'static str;

    /// Every option it knows, without those of formats. Unknown ones are refused with the nearest
    /// known name.
    fn options(&self) -> &'static [OptionDescription];

    /// Library and version behind it, for `nutkin doctor`.
    fn library(&self) -> String;

    /// Whether its tables can be read.
    fn has_source(&self) -> bool;

    /// Whether its tables can be written.
    fn has_sink(&self) -> bool;

    /// Makes the source of a table; `None` if the connector has no source.
    ///
    /// # Errors
    /// When an option's value is wrong. Nothing is connected to yet.
    fn source(&self, table: &ConnectorTable) -> Option<Result<Arc<dyn Source>>>;

    /// Makes the sink of a plan; `None` if the connector has no sink.
    ///
    /// # Errors
    /// As [`Connector::source`].
    fn sink(&self, node: &SinkNode) -> Option<Result<Arc<dyn Sink>>>;

    /// The most that the connector's sink wants to know of changes. Flink asks the same with
    /// `getChangelogMode`. An insert-only sink refuses updating queries when it is planned.
    fn sink_changelog_mode(
        &self,
        table: &nutkin_plan::catalog::CatalogTable,
    ) -> nutkin_plan::stream::ChangelogMode;

    /// Removes all rows of a table: `TRUNCATE TABLE`. `None` if the connector cannot.
    ///
    /// # Errors
    /// When an option's value is wrong, or the system refuses.
    fn truncate(&self, _table: &nutkin_plan::catalog::CatalogTable) -> Option<Result<()>> {
        None
    }

    /// Whether the table's columns of this metadata key can be read.
    fn reads_metadata(&self, _key: &str) -> bool {
        false
    }

    /// Whether the sink applies updates to rows it finds by key. One that does refuses an updating
    /// query without a key when it is planned.
    fn applies_changes_by_key(&self) -> bool {
        true
    }
}
