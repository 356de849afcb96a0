//! Finding connectors and formats, and the messages when there is none.

use nutkin_connectors::registry::{Direction, create_sink, create_source, find_format};
use nutkin_engine::EngineError;

use crate::tables::{connector_table, options, sink_node, table};

fn message<T>(result: nutkin_engine::Result<T>) -> (String, Option<String>) {
    match result.err().unwrap() {
        EngineError::Plan(error) => (error.to_string(), error.hint().map(str::to_owned)),
        other => (other.to_string(), other.hint().map(str::to_owned)),
    }
}

#[test]
fn unknown_connector_names_the_nearest() {
    let (message, hint) = message(create_source(&connector_table(table(
        &[("a", "STRING")],
        options(&[("connector", "filesistem")]),
    ))));
    assert!(
        message.starts_with(
            "Could not find any factory for identifier 'filesistem' that implements \
             'org.apache.flink.table.factories.DynamicTableFactory' in the classpath.\n\nAvailable factory \
             identifiers are:\n\nblackhole\ndatagen\nfilesystem\n"
        ),
        "{message}"
    );
    assert_eq!(hint.as_deref(), Some("did you mean 'filesystem'?"));
}

#[test]
fn unknown_format_names_the_nearest() {
    let (message, hint) = message(find_format("jsn", Direction::Encoding));
    assert_eq!(
        message,
        "Could not find any factory for identifier 'jsn' that implements \
         'org.apache.flink.table.factories.SerializationFormatFactory' in the classpath.\n\nAvailable factory \
         identifiers are:\n\ncsv\njson\nparquet"
    );
    assert_eq!(hint.as_deref(), Some("did you mean 'json'?"));
}

#[test]
fn a_sink_is_no_source_and_the_other_way_round() {
    let print = connector_table(table(&[("a", "STRING")], options(&[("connector", "print")])));
    assert_eq!(
        message(create_source(&print)).0,
        "Connector 'print' can only be used as a sink. It cannot be used as a source."
    );
    let datagen = connector_table(table(&[("a", "STRING")], options(&[("connector", "datagen")])));
    assert_eq!(
        message(create_sink(&sink_node(datagen))).0,
        "Connector 'datagen' can only be used as a source. It cannot be used as a sink."
    );
}

#[test]
fn options_of_a_file_table_are_checked() {
    let of = |pairs: &[(&str, &str)]| {
        message(create_source(&connector_table(table(
            &[("a", "STRING")],
            options(pairs),
        ))))
    };
    let (missing, _) = of(&[("connector", "filesystem"), ("format", "csv")]);
    assert_eq!(
        missing,
        "One or more required options are missing.\n\nMissing required options are:\n\npath"
    );
    let (unsupported, hint) = of(&[
        ("connector", "filesystem"),
        ("format", "csv"),
        ("path", "x"),
        ("csv.field-delimeter", ";"),
    ]);
    assert!(
        unsupported.starts_with(
            "Unsupported options found for 'filesystem'.\n\nUnsupported options:\n\ncsv.field-delimeter\n\n"
        ),
        "{unsupported}"
    );
    assert_eq!(hint.as_deref(), Some("did you mean 'csv.field-delimiter'?"));
    let (scheme, _) = of(&[
        ("connector", "filesystem"),
        ("format", "csv"),
        ("path", "s3://b/x"),
    ]);
    assert_eq!(
        scheme,
        "Could not find a file system implementation for scheme 's3'."
    );
    let (value, _) = of(&[
        ("connector", "filesystem"),
        ("format", "csv"),
        ("path", "x"),
        ("csv.ignore-parse-errors", "yes"),
    ]);
    assert_eq!(
        value,
        "Invalid value for option 'csv.ignore-parse-errors'.\n\nCould not parse value 'yes' for key \
         'csv.ignore-parse-errors': expected 'true' or 'false'."
    );
}
