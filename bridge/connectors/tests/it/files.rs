//! The filesystem connector.

use std::path::Path;
use std::sync::atomic::Ordering;

use nutkin_connectors::registry::create_source;
use nutkin_engine::chunk::Chunk;
use nutkin_plan::catalog::CatalogTable;

use crate::tables::{connector_table, context, decoding, drain, options, rows, table};

const COLUMNS: [(&str, &str); 2] = [("a", "STRING"), ("b", "INT")];

fn file_table(columns: &[(&str, &str)], path: &Path, format: &str) -> CatalogTable {
    let path = path.to_str().unwrap();
    table(
        columns,
        options(&[("connector", "filesystem"), ("path", path), ("format", format)]),
    )
}

fn read(table: CatalogTable, columns: &[(&str, &str)], parallelism: usize) -> Vec<String> {
    let source = create_source(&connector_table(table)).unwrap();
    assert!(source.is_bounded());
    drain(source.as_ref(), parallelism, &context())
        .unwrap()
        .iter()
        .flat_map(|chunk| rows(chunk, columns))
        .collect()
}

fn chunk(columns: &[(&str, &str)], records: &[&str]) -> Chunk {
    let mut decoder = decoding("csv", columns, &[("null-literal", "~")])
        .decoder()
        .unwrap();
    for record in records {
        decoder.decode(record.as_bytes()).unwrap();
    }
    Chunk::inserts(decoder.finish().unwrap())
}

/// The names of files below a directory, without their random part.
fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn directories_are_read_without_hidden_files() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("1.csv"), "x,1\ny,2").unwrap();
    std::fs::create_dir(directory.path().join("sub")).unwrap();
    std::fs::write(directory.path().join("sub/2.csv"), "\"z\n,\",3\r\n").unwrap();
    std::fs::write(directory.path().join(".hidden"), "bad").unwrap();
    std::fs::write(directory.path().join("_SUCCESS"), "").unwrap();
    let uri = format!("file://{}", directory.path().display());
    let found = read(file_table(&COLUMNS, Path::new(&uri), "csv"), &COLUMNS, 2);
    assert_eq!(found, ["+I[x, 1]", "+I[y, 2]", "+I[z\n,, 3]"]);
}

#[test]
fn a_malformed_line_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("log.csv");
    std::fs::write(&path, "x,1\n\"y\n\",2\nz,three\n").unwrap();
    let source = create_source(&connector_table(file_table(&COLUMNS, &path, "csv"))).unwrap();
    let error = drain(source.as_ref(), 1, &context()).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "filesystem table `default_catalog`.`default_database`.`t`: {}, line 4: Failed to deserialize CSV \
             row 'z,three'. Fail to deserialize at field: b. 'three' is not an INT",
            path.display()
        )
    );
    assert_eq!(
        error.hint(),
        Some("set 'csv.ignore-parse-errors' = 'true' to go on past such errors")
    );
}

#[test]
fn ignored_lines_are_counted() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("log.json");
    std::fs::write(&path, "{\"a\": \"x\", \"b\": 1}\nnot json\n\n{\"a\": \"y\"}").unwrap();
    let mut table = file_table(&COLUMNS, &path, "json");
    table
        .options
        .insert("json.ignore-parse-errors".to_owned(), "true".to_owned());
    let source = create_source(&connector_table(table)).unwrap();
    let context = context();
    let chunks = drain(source.as_ref(), 1, &context).unwrap();
    assert_eq!(rows_of(&chunks, &COLUMNS), ["+I[x, 1]", "+I[y, NULL]"]);
    assert_eq!(context.metrics.parse_errors.load(Ordering::Relaxed), 1);
}

#[test]
fn a_missing_path_is_named() {
    let source = create_source(&connector_table(file_table(
        &COLUMNS,
        Path::new("/no/such"),
        "csv",
    )))
    .unwrap();
    let error = source.create_readers(1, &context()).err().unwrap();
    assert_eq!(
        error.to_string(),
        "filesystem table `default_catalog`.`default_database`.`t`: cannot read the path '/no/such': No such \
         file or directory (os error 2)"
    );
}

#[test]
fn written_rows_are_visible_at_the_end_and_read_back() {
    let columns = [
        ("a", "STRING"),
        ("b", "INT"),
        ("t", "TIMESTAMP(3)"),
        ("d", "DECIMAL(9, 2)"),
        ("l", "ARRAY<STRING>"),
        ("i", "INTERVAL MONTH"),
    ];
    let records = ["x,1,2020-01-01 12:00:00.123,1.5,p;q,3", "~,~,~,~,~,~"];
    for format in ["csv", "json", "parquet"] {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("out");
        let mut table = file_table(&columns, &path, format);
        if format == "csv" {
            table
                .options
                .insert("csv.null-literal".to_owned(), "~".to_owned());
        }
        let rows = chunk(&columns, &records);
        let sink = nutkin_connectors::registry::create_sink(&crate::tables::sink_node(connector_table(
            table.clone(),
        )))
        .unwrap();
        let mut writers = sink.create_writers(2, &context()).unwrap();
        for writer in &mut writers {
            writer.write(rows.clone()).unwrap();
            writer.flush().unwrap();
            writer.close().unwrap();
        }
        assert_eq!(
            read(table.clone(), &columns, 1),
            [""; 0],
            "{format} before the end"
        );
        sink.finish().unwrap();
        let names = names(&path);
        assert_eq!(names.len(), 2);
        assert!(
            names[0].starts_with("part-") && names[0].ends_with("-0-0"),
            "{names:?}"
        );
        assert!(names[1].ends_with("-1-0"), "{names:?}");
        let one = [
            "+I[x, 1, 2020-01-01 12:00:00.123, 1.50, [p, q], +0-03]",
            "+I[NULL, NULL, NULL, NULL, NULL, NULL]",
        ];
        assert_eq!(read(table, &columns, 2), [one, one].concat(), "{format}");
    }
}

#[test]
fn files_of_a_job_that_failed_are_removed() {
    let directory = tempfile::tempdir().unwrap();
    let target = connector_table(file_table(&COLUMNS, directory.path(), "csv"));
    let sink = nutkin_connectors::registry::create_sink(&crate::tables::sink_node(target)).unwrap();
    let mut writers = sink.create_writers(1, &context()).unwrap();
    writers[0].write(chunk(&COLUMNS, &["x,1"])).unwrap();
    assert_eq!(names(directory.path()).len(), 1);
    drop(writers);
    drop(sink);
    assert_eq!(names(directory.path()), [""; 0]);
}

#[test]
fn partition_columns_are_directories() {
    let columns = [("a", "STRING"), ("day", "DATE"), ("b", "INT"), ("k", "STRING")];
    for format in ["csv", "json", "parquet"] {
        let directory = tempfile::tempdir().unwrap();
        let mut table = file_table(&columns, directory.path(), format);
        table.partition_keys = vec!["day".to_owned(), "k".to_owned()];
        let rows = chunk(
            &columns,
            &["x,2020-01-01,1,p/q", "y,2020-01-02,2,~", "z,2020-01-01,3,p/q"],
        );
        crate::tables::write(table.clone(), vec![rows]).unwrap();
        assert_eq!(names(directory.path()), ["day=2020-01-01", "day=2020-01-02"]);
        assert_eq!(names(&directory.path().join("day=2020-01-01")), ["k=p%2Fq"]);
        assert_eq!(
            names(&directory.path().join("day=2020-01-02")),
            ["k=__HIVE_DEFAULT_PARTITION__"]
        );
        let expected = [
            "+I[x, 2020-01-01, 1, p/q]",
            "+I[z, 2020-01-01, 3, p/q]",
            "+I[y, 2020-01-02, 2, NULL]",
        ];
        assert_eq!(read(table.clone(), &columns, 1), expected, "{format}");
        let mut projected = connector_table(table);
        projected.projection = vec![3, 2];
        let source = create_source(&projected).unwrap();
        let chunks = drain(source.as_ref(), 1, &context()).unwrap();
        assert_eq!(
            rows_of(&chunks, &[("k", "STRING"), ("b", "INT")]),
            ["+I[p/q, 1]", "+I[p/q, 3]", "+I[NULL, 2]"]
        );
    }
}

fn rows_of(chunks: &[Chunk], columns: &[(&str, &str)]) -> Vec<String> {
    chunks.iter().flat_map(|chunk| rows(chunk, columns)).collect()
}

#[test]
fn a_parquet_file_of_other_types_is_converted_or_refused() {
    let directory = tempfile::tempdir().unwrap();
    let written = file_table(&[("b", "INT"), ("s", "STRING")], directory.path(), "parquet");
    let rows = chunk(&[("b", "INT"), ("s", "STRING")], &["1,x"]);
    crate::tables::write(written, vec![rows]).unwrap();
    // Another order, a wider type, and a column that the file does not have.
    let wider = [("s", "STRING"), ("more", "DATE"), ("b", "BIGINT")];
    assert_eq!(
        read(file_table(&wider, directory.path(), "parquet"), &wider, 1),
        ["+I[x, NULL, 1]"]
    );
    let wrong = [("s", "ROW<x INT>")];
    let source = create_source(&connector_table(file_table(&wrong, directory.path(), "parquet"))).unwrap();
    let error = drain(source.as_ref(), 1, &context()).unwrap_err().to_string();
    assert!(error.contains("column 's' is Utf8 in the file"), "{error}");
}

#[test]
fn rows_without_columns_are_counted() {
    for format in ["csv", "json", "parquet"] {
        let directory = tempfile::tempdir().unwrap();
        let table = file_table(&COLUMNS, directory.path(), format);
        crate::tables::write(table.clone(), vec![chunk(&COLUMNS, &["x,1", "y,2", "z,3"])]).unwrap();
        let mut nothing = connector_table(table);
        nothing.projection = Vec::new();
        let source = create_source(&nothing).unwrap();
        let chunks = drain(source.as_ref(), 1, &context()).unwrap();
        assert_eq!(chunks.iter().map(Chunk::row_count).sum::<usize>(), 3, "{format}");
    }
}

#[test]
fn parquet_is_compressed_as_asked() {
    use parquet::basic::Compression;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    for (option, is_it) in [
        (
            None,
            (|found| found == Compression::SNAPPY) as fn(Compression) -> bool,
        ),
        (Some("uncompressed"), |found| found == Compression::UNCOMPRESSED),
        (Some("ZSTD"), |found| matches!(found, Compression::ZSTD(_))),
        (Some("GZIP"), |found| matches!(found, Compression::GZIP(_))),
        (Some("LZ4_RAW"), |found| found == Compression::LZ4_RAW),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let mut table = file_table(&COLUMNS, directory.path(), "parquet");
        if let Some(option) = option {
            table
                .options
                .insert("parquet.compression".to_owned(), option.to_owned());
        }
        crate::tables::write(table, vec![chunk(&COLUMNS, &["x,1"])]).unwrap();
        // Read without Arrow, by the row interface of the parquet crate.
        let name = names(directory.path()).remove(0);
        let file = std::fs::File::open(directory.path().join(name)).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let compression = reader.metadata().row_group(0).column(0).compression();
        assert!(is_it(compression), "{option:?} gave {compression}");
        let row = reader.get_row_iter(None).unwrap().next().unwrap().unwrap();
        let values: Vec<Field> = row.into_columns().into_iter().map(|(_, value)| value).collect();
        assert_eq!(values, [Field::Str("x".to_owned()), Field::Int(1)]);
    }
}

#[test]
fn a_cancelled_job_stops_reading() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("log.csv");
    std::fs::write(&path, "x,1\n").unwrap();
    let source = create_source(&connector_table(file_table(&COLUMNS, &path, "csv"))).unwrap();
    let context = context();
    let mut reader = source.create_readers(1, &context).unwrap().remove(0);
    context.cancellation.cancel();
    let end = reader.poll(std::time::Duration::from_secs(1));
    assert!(matches!(end, Err(nutkin_engine::EngineError::Cancelled)));
}
