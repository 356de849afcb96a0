//! Operations by hand, and the rows that they give.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use arrow::util::pretty::pretty_format_batches;
use nutkin_engine::job::{CollectSink, collect_sink};
use nutkin_engine::python::{Environment, PythonRuntime};
use nutkin_engine::sink::Sink;
use nutkin_engine::source::Source;
use nutkin_engine::{EngineError, Result};
use nutkin_plan::catalog::{CatalogTable, Column, ObjectIdentifier, Schema};
use nutkin_plan::expression::{LiteralValue, ResolvedExpression};
use nutkin_plan::operation::QueryOperation;
use nutkin_plan::stream::{ChangelogMode, ConnectorTable, SinkNode, SinkRequest};
use nutkin_plan::types::{LogicalType, TypeDialect, TypeKind, parse_type};

/// An environment without tables, whose sink is the reader of the rows.
struct Reader(Arc<CollectSink>);

impl Environment for Reader {
    fn source(&self, _table: &ConnectorTable) -> Result<Arc<dyn Source>> {
        Err(absent("tables"))
    }

    fn sink(&self, _node: &SinkNode) -> Result<Arc<dyn Sink>> {
        Ok(Arc::clone(&self.0) as Arc<dyn Sink>)
    }

    fn python(&self) -> Arc<dyn PythonRuntime> {
        struct None;
        impl PythonRuntime for None {
            fn open(
                &self,
                _calls: &[nutkin_plan::stream::PythonCall],
                _input: arrow::datatypes::SchemaRef,
                _context: &nutkin_engine::operator::OperatorContext,
            ) -> Result<Box<dyn nutkin_engine::python::PythonEvaluator>> {
                Err(absent("Python functions"))
            }
        }
        Arc::new(None)
    }
}

fn absent(what: &str) -> EngineError {
    EngineError::Internal {
        message: format!("there are no {what} here"),
    }
}

/// The rows of a query: each as its values with `|` between them, sorted.
pub(crate) fn rows(query: QueryOperation) -> Result<Vec<String>> {
    let query = Arc::new(query);
    let (sink, handle) = collect_sink(1024);
    let request = SinkRequest {
        table: Arc::new(CatalogTable {
            identifier: ObjectIdentifier {
                catalog: "c".to_owned(),
                database: "d".to_owned(),
                object: "sink".to_owned(),
            },
            schema: query.schema(),
            options: BTreeMap::new(),
            comment: None,
            partition_keys: Vec::new(),
            inline_data: None,
            details: Default::default(),
        }),
        query,
        changelog_mode: ChangelogMode::All,
        applies_by_key: false,
    };
    let options = BTreeMap::from([("parallelism.default".to_owned(), "2".to_owned())]);
    let job = nutkin_batch::submit(&[request], Arc::new(Reader(sink)), "test", options)?;
    let ended = job.wait(Some(Duration::from_secs(30)));
    ended.ok_or_else(|| absent("ends of this job"))??;
    let mut found = Vec::new();
    while let Some(chunk) = handle.next_batch(Duration::ZERO) {
        let text = pretty_format_batches(&[chunk.data])?.to_string();
        let lines = text.lines().skip(3).filter(|line| line.starts_with('|'));
        found.extend(lines.map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            cells.join("|")
        }));
    }
    found.sort();
    Ok(found)
}

/// A type from its text.
pub(crate) fn typed(text: &str) -> LogicalType {
    parse_type(text, TypeDialect::Ddl).unwrap_or_else(|_| LogicalType::nullable(TypeKind::Null))
}

/// Columns from their names and types.
pub(crate) fn schema(columns: &[(&str, &str)]) -> Schema {
    Schema {
        columns: columns
            .iter()
            .map(|(name, column_type)| Column {
                name: (*name).to_owned(),
                column_type: typed(column_type),
                comment: None,
            })
            .collect(),
        primary_key: Vec::new(),
    }
}

/// An INT, or NULL.
pub(crate) fn integer(value: Option<i64>) -> ResolvedExpression {
    ResolvedExpression::Literal {
        value: value.map_or(LiteralValue::Null, LiteralValue::Integer),
        literal_type: typed("INT"),
    }
}

/// A column of the input.
pub(crate) fn field(index: usize, name: &str, field_type: &str) -> ResolvedExpression {
    ResolvedExpression::Field {
        index,
        name: name.to_owned(),
        field_type: typed(field_type),
    }
}
