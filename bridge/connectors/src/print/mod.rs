//! The `print` connector: a sink that writes rows to the standard output or error of the process.

use std::io::{self, Write};
use std::sync::Arc;

use nutkin_engine::chunk::Chunk;
use nutkin_engine::job::JobContext;
use nutkin_engine::sink::{Sink, SinkWriter};
use nutkin_engine::source::Source;
use nutkin_engine::{EngineError, Result};
use nutkin_plan::catalog::CatalogTable;
use nutkin_plan::stream::{ChangelogMode, ConnectorTable, SinkNode};
use nutkin_plan::types::LogicalType;

use crate::factory::Connector;
use crate::options::{OptionDescription, OptionGroup, OptionReader, validate};
use crate::row_text::{RowTexts, TextStyle, row_kind};
use crate::table::all_columns;

/// The connector's entry in the registry.
pub(crate) struct PrintConnector;

const OPTIONS: &[OptionDescription] = &[
    OptionDescription::optional("print-identifier", "String", "What stands in front of each row."),
    OptionDescription::with_default(
        "standard-error",
        "Boolean",
        "false",
        "Writes to the standard error instead of the standard output.",
    ),
    OptionDescription::optional(
        "sink.parallelism",
        "Integer",
        "How many writers there are at most; the job's parallelism if not given.",
    ),
];

impl Connector for PrintConnector {
    fn name(&self) -> &'static str {
        "print"
    }

    fn options(&self) -> &'static [OptionDescription] {
        OPTIONS
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
        Some(create_sink(node).map(|sink| Arc::new(sink) as Arc<dyn Sink>))
    }

    fn sink_changelog_mode(&self, _table: &CatalogTable) -> ChangelogMode {
        ChangelogMode::All
    }
}

fn create_sink(node: &SinkNode) -> Result<PrintSink> {
    let options = &node.target.table.options;
    validate("print", options, &[OptionGroup::own(OPTIONS)])?;
    let reader = OptionReader::new(options, "", OPTIONS);
    Ok(PrintSink {
        table: node.target.clone(),
        identifier: reader.text("print-identifier").unwrap_or_default().to_owned(),
        standard_error: reader.boolean("standard-error")?,
        max_parallelism: reader.positive("sink.parallelism")?,
    })
}

#[derive(Clone)]
struct PrintSink {
    table: ConnectorTable,
    identifier: String,
    standard_error: bool,
    max_parallelism: Option<usize>,
}

impl Sink for PrintSink {
    fn create_writers(
        &self,
        parallelism: usize,
        _context: &Arc<JobContext>,
    ) -> Result<Vec<Box<dyn SinkWriter>>> {
        Ok((0..parallelism)
            .map(|subtask| {
                let prefix = prefix(&self.identifier, subtask, parallelism);
                Box::new(PrintWriter {
                    table: self.table.clone(),
                    standard_error: self.standard_error,
                    prefix,
                    text: String::new(),
                }) as Box<dyn SinkWriter>
            })
            .collect())
    }

    fn max_parallelism(&self) -> Option<usize> {
        self.max_parallelism
    }
}

/// What stands in front of each row: `identifier:subtask> `, as far as there is more than one subtask
/// and an identifier.
fn prefix(identifier: &str, subtask: usize, parallelism: usize) -> String {
    match (identifier.is_empty(), parallelism > 1) {
        (true, false) => String::new(),
        (true, true) => format!("{}> ", subtask + 1),
        (false, false) => format!("{identifier}> "),
        (false, true) => format!("{identifier}:{}> ", subtask + 1),
    }
}

struct PrintWriter {
    table: ConnectorTable,
    standard_error: bool,
    prefix: String,
    text: String,
}

impl PrintWriter {
    /// The lines of a chunk.
    fn lines(&mut self, chunk: &Chunk) -> Result<&str> {
        let rows = all_columns(&self.table, &chunk.data)?;
        let types: Vec<&LogicalType> = self
            .table
            .table
            .schema
            .columns
            .iter()
            .map(|column| &column.column_type)
            .collect();
        let texts = RowTexts::new(&rows, types, TextStyle::JavaObject)?;
        self.text.clear();
        for row in 0..rows.num_rows() {
            self.text.push_str(&self.prefix);
            texts.write_row(row_kind(chunk, row), row, &mut self.text);
            self.text.push('\n');
        }
        Ok(&self.text)
    }
}

impl SinkWriter for PrintWriter {
    fn write(&mut self, chunk: Chunk) -> Result<()> {
        let standard_error = self.standard_error;
        let lines = self.lines(&chunk)?.as_bytes();
        // One lock a chunk, so that lines of several writers do not mix.
        let written = if standard_error {
            io::stderr().lock().write_all(lines)
        } else {
            let mut output = io::stdout().lock();
            output.write_all(lines).and_then(|()| output.flush())
        };
        written.map_err(|error| EngineError::Io {
            doing: "cannot print rows".to_owned(),
            message: error.to_string(),
        })
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_of_flink() {
        assert_eq!(prefix("", 0, 1), "");
        assert_eq!(prefix("", 1, 2), "2> ");
        assert_eq!(prefix("id", 0, 1), "id> ");
        assert_eq!(prefix("id", 0, 2), "id:1> ");
    }
}
