//! Tables, jobs and formats for tests.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use arrow::array::RecordBatch;
use nutkin_connectors::format::{DecodingFormat, EncodedRecords, RecordColumns};
use nutkin_connectors::options::OptionReader;
use nutkin_connectors::registry::{Direction, create_sink, find_record_format};
use nutkin_connectors::row_text::{RowTexts, TextStyle, row_kind};
use nutkin_engine::Result;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::job::JobContext;
use nutkin_engine::source::{Source, SourceEvent};
use nutkin_plan::catalog::{CatalogTable, Column, ObjectIdentifier, Schema};
use nutkin_plan::stream::{ChangelogMode, ConnectorTable, SinkNode, StreamNode};
use nutkin_plan::types::{LogicalType, TypeDialect, parse_type};

/// A column type from its SQL text.
pub(crate) fn sql_type(text: &str) -> LogicalType {
    parse_type(text, TypeDialect::Ddl).unwrap()
}

pub(crate) fn options(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

pub(crate) fn columns(columns: &[(&str, &str)]) -> Vec<Column> {
    columns
        .iter()
        .map(|(name, column_type)| Column {
            name: (*name).to_owned(),
            column_type: sql_type(column_type),
            comment: None,
        })
        .collect()
}

pub(crate) fn table(table_columns: &[(&str, &str)], options: BTreeMap<String, String>) -> CatalogTable {
    CatalogTable {
        identifier: ObjectIdentifier {
            catalog: "default_catalog".to_owned(),
            database: "default_database".to_owned(),
            object: "t".to_owned(),
        },
        schema: Schema {
            columns: columns(table_columns),
            primary_key: Vec::new(),
        },
        options,
        comment: None,
        partition_keys: Vec::new(),
        inline_data: None,
        details: nutkin_plan::catalog::TableDetails::default(),
    }
}

/// All columns of a table.
pub(crate) fn connector_table(table: CatalogTable) -> ConnectorTable {
    ConnectorTable {
        projection: (0..table.schema.columns.len()).collect(),
        table: Arc::new(table),
    }
}

pub(crate) fn context() -> Arc<JobContext> {
    Arc::new(JobContext {
        job_name: "test".to_owned(),
        options: BTreeMap::new(),
        evaluation: nutkin_engine::job::EvaluationContext::default(),
        cancellation: Arc::default(),
        metrics: Arc::default(),
    })
}

/// Everything that a bounded source gives, its readers polled in turns.
pub(crate) fn drain(
    source: &dyn Source,
    parallelism: usize,
    context: &Arc<JobContext>,
) -> Result<Vec<Chunk>> {
    let mut readers = source.create_readers(parallelism, context)?;
    let mut chunks = Vec::new();
    while !readers.is_empty() {
        let mut finished = Vec::new();
        for (position, reader) in readers.iter_mut().enumerate() {
            match reader.poll(Duration::from_millis(10))? {
                SourceEvent::Chunk(chunk) => chunks.push(chunk),
                SourceEvent::Idle => {}
                SourceEvent::Finished => finished.push(position),
            }
        }
        for position in finished.into_iter().rev() {
            readers.remove(position);
        }
    }
    Ok(chunks)
}

/// Plans a decoder of all columns.
pub(crate) fn decoding(
    format: &str,
    table_columns: &[(&str, &str)],
    pairs: &[(&str, &str)],
) -> Arc<dyn DecodingFormat> {
    let (entry, records) = find_record_format(format, Direction::Decoding).unwrap();
    let options = options(pairs);
    let columns = columns(table_columns);
    let projection: Vec<usize> = (0..columns.len()).collect();
    records
        .decoding(
            &OptionReader::new(&options, "", entry.options()),
            &RecordColumns {
                columns: &columns,
                projection: &projection,
            },
        )
        .unwrap()
}

/// Decodes records that are all right, and shows the rows as SQL does.
pub(crate) fn decode(
    format: &str,
    table_columns: &[(&str, &str)],
    pairs: &[(&str, &str)],
    records: &[&str],
) -> Vec<String> {
    let mut decoder = decoding(format, table_columns, pairs).decoder().unwrap();
    for record in records {
        decoder.decode(record.as_bytes()).unwrap();
    }
    let batch = decoder.finish().unwrap();
    rows(&Chunk::inserts(batch), table_columns)
}

/// Decodes one record that is malformed, and gives the reason.
pub(crate) fn refusal(
    format: &str,
    table_columns: &[(&str, &str)],
    pairs: &[(&str, &str)],
    record: &str,
) -> String {
    let mut decoder = decoding(format, table_columns, pairs).decoder().unwrap();
    decoder.decode(record.as_bytes()).unwrap_err().reason
}

/// Encodes a batch.
pub(crate) fn encode(
    format: &str,
    table_columns: &[(&str, &str)],
    pairs: &[(&str, &str)],
    batch: &RecordBatch,
) -> Vec<String> {
    let (entry, records) = find_record_format(format, Direction::Encoding).unwrap();
    let options = options(pairs);
    let encoding = records
        .encoding(
            &OptionReader::new(&options, "", entry.options()),
            &columns(table_columns),
        )
        .unwrap();
    let mut encoded = EncodedRecords::default();
    encoding.encoder().encode(batch, &mut encoded).unwrap();
    encoded
        .iter()
        .map(|record| String::from_utf8(record.to_vec()).unwrap())
        .collect()
}

/// Decodes records of one format, encodes the rows in another.
pub(crate) fn recode(
    from: (&str, &[(&str, &str)]),
    to: (&str, &[(&str, &str)]),
    table_columns: &[(&str, &str)],
    records: &[&str],
) -> Vec<String> {
    let mut decoder = decoding(from.0, table_columns, from.1).decoder().unwrap();
    for record in records {
        decoder.decode(record.as_bytes()).unwrap();
    }
    encode(to.0, table_columns, to.1, &decoder.finish().unwrap())
}

/// The rows of a chunk as `+I[...]`, values as SQL shows them.
pub(crate) fn rows(chunk: &Chunk, table_columns: &[(&str, &str)]) -> Vec<String> {
    let types: Vec<LogicalType> = table_columns.iter().map(|(_, text)| sql_type(text)).collect();
    let texts = RowTexts::new(&chunk.data, &types, TextStyle::SqlCast).unwrap();
    (0..chunk.row_count())
        .map(|row| {
            let mut text = String::new();
            texts.write_row(row_kind(chunk, row), row, &mut text);
            text
        })
        .collect()
}

/// Writes chunks into a table with one writer and ends the job well.
pub(crate) fn write(table: CatalogTable, chunks: Vec<Chunk>) -> Result<()> {
    let target = connector_table(table);
    let sink = create_sink(&sink_node(target))?;
    let mut writers = sink.create_writers(1, &context())?;
    for writer in &mut writers {
        for chunk in &chunks {
            writer.write(chunk.clone())?;
        }
        writer.flush()?;
        writer.close()?;
    }
    sink.finish()
}

/// The end of a plan that inserts into a table.
pub(crate) fn sink_node(target: ConnectorTable) -> SinkNode {
    SinkNode {
        input: Arc::new(StreamNode::TableSourceScan {
            schema: target.table.schema.clone(),
            source: target.clone(),
        }),
        target,
        changelog_mode: ChangelogMode::InsertOnly,
        upsert_key: Vec::new(),
    }
}
