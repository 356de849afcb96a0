//! The `blackhole` connector: a sink that takes every row and keeps none.

use std::sync::Arc;

use nutkin_engine::Result;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::job::JobContext;
use nutkin_engine::sink::{Sink, SinkWriter};
use nutkin_engine::source::Source;
use nutkin_plan::catalog::CatalogTable;
use nutkin_plan::stream::{ChangelogMode, ConnectorTable, SinkNode};

use crate::factory::Connector;
use crate::options::{OptionDescription, OptionGroup, validate};

/// The connector's entry in the registry.
pub(crate) struct BlackholeConnector;

impl Connector for BlackholeConnector {
    fn name(&self) -> &'static str {
        "blackhole"
    }

    fn options(&self) -> &'static [OptionDescription] {
        &[]
    }

    fn library(&self) -> String {
        concat!("built in (nutkin ", env!("CARGO_PKG_VERSION"), ")").to_owned()
    }

    fn has_source(&self) -> bool {
        false
    }

    fn has_sink(&self) -> bool {
        true
    }

    fn source(&self, _table: &ConnectorTable) -> Option<Result<Arc<dyn Source>>> {
        None
    }

    fn sink(&self, node: &SinkNode) -> Option<Result<Arc<dyn Sink>>> {
        let options = &node.target.table.options;
        Some(
            validate("blackhole", options, &[OptionGroup::own(&[])])
                .map(|()| Arc::new(BlackholeSink) as Arc<dyn Sink>),
        )
    }

    fn sink_changelog_mode(&self, _table: &CatalogTable) -> ChangelogMode {
        // As in Flink: the rows before an update are not even asked for.
        ChangelogMode::Upsert
    }

    fn applies_changes_by_key(&self) -> bool {
        false
    }
}

struct BlackholeSink;

impl Sink for BlackholeSink {
    fn create_writers(
        &self,
        parallelism: usize,
        _context: &Arc<JobContext>,
    ) -> Result<Vec<Box<dyn SinkWriter>>> {
        Ok((0..parallelism)
            .map(|_| Box::new(BlackholeWriter) as Box<dyn SinkWriter>)
            .collect())
    }
}

struct BlackholeWriter;

impl SinkWriter for BlackholeWriter {
    fn write(&mut self, _chunk: Chunk) -> Result<()> {
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
