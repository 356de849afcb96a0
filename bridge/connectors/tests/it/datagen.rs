//! Made-up rows.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arrow::array::{Array, AsArray};
use arrow::datatypes::{Int64Type, TimestampMillisecondType};
use nutkin_connectors::registry::create_source;
use nutkin_engine::EngineError;
use nutkin_engine::source::SourceEvent;

use crate::tables::{connector_table, context, drain, options, table};

#[test]
fn a_sequence_is_shared_out_and_ends() {
    let table = table(
        &[("id", "BIGINT"), ("text", "STRING")],
        options(&[
            ("connector", "datagen"),
            ("rows-per-second", "1000000"),
            ("fields.id.kind", "sequence"),
            ("fields.id.start", "5"),
            ("fields.id.end", "104"),
            ("fields.text.length", "7"),
        ]),
    );
    let source = create_source(&connector_table(table)).unwrap();
    assert!(source.is_bounded());
    let mut ids = Vec::new();
    for chunk in drain(source.as_ref(), 3, &context()).unwrap() {
        ids.extend(chunk.data.column(0).as_primitive::<Int64Type>().values().to_vec());
        for text in chunk.data.column(1).as_string::<i32>() {
            let text = text.unwrap();
            assert!(
                text.len() == 7 && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
                "{text}"
            );
        }
    }
    ids.sort_unstable();
    assert_eq!(ids, (5..=104).collect::<Vec<i64>>());
}

#[test]
fn random_values_of_all_scalar_types_stay_in_bounds() {
    let columns = [
        ("number", "BIGINT"),
        ("tiny", "TINYINT"),
        ("decimal", "DECIMAL(5, 2)"),
        ("floating", "DOUBLE"),
        ("flag", "BOOLEAN"),
        ("fixed", "CHAR(3)"),
        ("bytes", "BYTES"),
        ("day", "DATE"),
        ("clock", "TIME"),
        ("moment", "TIMESTAMP(3)"),
        ("maybe", "INT"),
    ];
    let table = table(
        &columns,
        options(&[
            ("connector", "datagen"),
            ("rows-per-second", "1000000"),
            ("number-of-rows", "1000"),
            ("fields.number.min", "-3"),
            ("fields.number.max", "3"),
            ("fields.floating.min", "1.5"),
            ("fields.floating.max", "2.5"),
            ("fields.moment.max-past", "1 h"),
            ("fields.maybe.null-rate", "0.5"),
        ]),
    );
    let source = create_source(&connector_table(table)).unwrap();
    let now = i64::try_from(
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_millis(),
    )
    .unwrap();
    let chunks = drain(source.as_ref(), 2, &context()).unwrap();
    let mut seen = [false; 7];
    let (mut rows, mut nulls) = (0, 0);
    for chunk in chunks {
        rows += chunk.row_count();
        for number in chunk.data.column(0).as_primitive::<Int64Type>().values() {
            seen[usize::try_from(number + 3).unwrap()] = true;
        }
        for number in chunk
            .data
            .column(3)
            .as_primitive::<arrow::datatypes::Float64Type>()
            .values()
        {
            assert!((1.5..=2.5).contains(number));
        }
        for moment in chunk
            .data
            .column(9)
            .as_primitive::<TimestampMillisecondType>()
            .values()
        {
            assert!((now - 3_601_000..=now + 60_000).contains(moment));
        }
        nulls += chunk.data.column(10).null_count();
    }
    assert_eq!(rows, 1000);
    assert_eq!(seen, [true; 7], "every number of the range turns up");
    assert!((350..650).contains(&nulls), "{nulls}");
}

#[test]
fn rows_come_at_their_rate_until_cancelled() {
    let table = table(
        &[("a", "INT")],
        options(&[("connector", "datagen"), ("rows-per-second", "100")]),
    );
    let source = create_source(&connector_table(table)).unwrap();
    assert!(!source.is_bounded());
    let context = context();
    let mut reader = source.create_readers(1, &context).unwrap().remove(0);
    let (begin, mut rows) = (Instant::now(), 0);
    while begin.elapsed() < Duration::from_millis(500) {
        if let SourceEvent::Chunk(chunk) = reader.poll(Duration::from_millis(50)).unwrap() {
            rows += chunk.row_count();
        }
    }
    assert!((40..=62).contains(&rows), "{rows}");
    let canceller = Arc::clone(&context);
    let thread = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(20));
        canceller.cancellation.cancel();
    });
    let begin = Instant::now();
    let end = loop {
        match reader.poll(Duration::from_secs(10)) {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert!(matches!(end, EngineError::Cancelled) && begin.elapsed() < Duration::from_secs(1));
    thread.join().unwrap();
}

#[test]
fn options_that_do_not_fit_are_refused() {
    for (pairs, expected) in [
        (
            vec![("fields.b.min", "1")],
            "The option 'fields.b.min' is of no column of the table.",
        ),
        (
            vec![("fields.a.length", "1")],
            "The option 'fields.a.length' does not apply to the column 'a'.",
        ),
        (
            vec![("fields.a.kind", "sequence")],
            "Could not find required property 'fields.a.start' for sequence generator.",
        ),
    ] {
        let mut all = options(&[("connector", "datagen")]);
        all.extend(options(&pairs));
        let error = create_source(&connector_table(table(&[("a", "INT")], all)))
            .err()
            .unwrap();
        assert_eq!(error.to_string(), expected);
    }
    let error = create_source(&connector_table(table(
        &[("a", "ARRAY<INT>")],
        options(&[("connector", "datagen")]),
    )))
    .err()
    .unwrap();
    assert_eq!(
        error.to_string(),
        "The kind 'random' for the column 'a' of type ARRAY<INT> in a datagen table is not supported"
    );
}
