//! Times the reading of an access log: `decode_csv PATH [READERS] [COLUMNS]`.
//!
//! The file has the columns uuid, client_ip, request_time and response_size, without a header.
//! `COLUMNS` are positions such as `1,2,3`; all four are read if it is not given. Prints rows and rows
//! per second.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use nutkin_connectors::registry::create_source;
use nutkin_engine::job::JobContext;
use nutkin_engine::source::{SourceEvent, SourceReader};
use nutkin_plan::catalog::{CatalogTable, Column, ObjectIdentifier, Schema};
use nutkin_plan::stream::ConnectorTable;
use nutkin_plan::types::{LogicalType, TypeKind};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments
        .next()
        .ok_or("usage: decode_csv PATH [READERS] [COLUMNS]")?;
    let readers: usize = arguments.next().map_or(Ok(1), |text| text.parse())?;
    let projection: Vec<usize> = match arguments.next() {
        Some(text) => text.split(',').map(str::parse).collect::<Result<_, _>>()?,
        None => vec![0, 1, 2, 3],
    };
    let table = ConnectorTable {
        table: Arc::new(access_log(path)),
        projection,
    };
    let context = Arc::new(JobContext {
        job_name: "decode_csv".to_owned(),
        options: BTreeMap::new(),
        evaluation: nutkin_engine::job::EvaluationContext::default(),
        cancellation: Arc::default(),
        metrics: Arc::default(),
    });
    let begin = Instant::now();
    let tasks: Vec<_> = create_source(&table)?
        .create_readers(readers, &context)?
        .into_iter()
        .map(|reader| std::thread::spawn(move || count(reader)))
        .collect();
    let mut rows = 0;
    for task in tasks {
        rows += task.join().map_err(|_| "a reader panicked")??;
    }
    let seconds = begin.elapsed().as_secs_f64();
    writeln!(
        std::io::stdout(),
        "{rows} rows in {seconds:.3} s: {:.0} rows/s with {readers} reader(s)",
        rows as f64 / seconds
    )?;
    Ok(())
}

fn count(mut reader: Box<dyn SourceReader>) -> nutkin_engine::Result<usize> {
    let mut rows = 0;
    loop {
        match reader.poll(Duration::from_millis(50))? {
            SourceEvent::Chunk(chunk) => rows += chunk.row_count(),
            SourceEvent::Idle => {}
            SourceEvent::Finished => return Ok(rows),
        }
    }
}

fn access_log(path: String) -> CatalogTable {
    let column = |name: &str, column_type: LogicalType| Column {
        name: name.to_owned(),
        column_type,
        comment: None,
    };
    CatalogTable {
        identifier: ObjectIdentifier {
            catalog: "default_catalog".to_owned(),
            database: "default_database".to_owned(),
            object: "access_log".to_owned(),
        },
        schema: Schema {
            columns: vec![
                column("uuid", LogicalType::string()),
                column("client_ip", LogicalType::string()),
                column("request_time", LogicalType::nullable(TypeKind::BigInt)),
                column("response_size", LogicalType::nullable(TypeKind::BigInt)),
            ],
            primary_key: Vec::new(),
        },
        options: BTreeMap::from([
            ("connector".to_owned(), "filesystem".to_owned()),
            ("path".to_owned(), path),
            ("format".to_owned(), "csv".to_owned()),
        ]),
        comment: None,
        partition_keys: Vec::new(),
        inline_data: None,
        details: nutkin_plan::catalog::TableDetails::default(),
    }
}
