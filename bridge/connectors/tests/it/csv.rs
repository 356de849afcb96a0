//! The csv format by value.

use std::io::Write;
use std::process::{Command, Stdio};

use nutkin_connectors::format::Decoded;
use proptest::prelude::*;

use crate::tables::{decode, decoding, recode, refusal};

const ALL_TYPES: [(&str, &str); 16] = [
    ("text", "STRING"),
    ("flag", "BOOLEAN"),
    ("tiny", "TINYINT"),
    ("small", "SMALLINT"),
    ("number", "INT"),
    ("big", "BIGINT"),
    ("single", "FLOAT"),
    ("double", "DOUBLE"),
    ("exact", "DECIMAL(10, 3)"),
    ("bytes", "BYTES"),
    ("day", "DATE"),
    ("clock", "TIME(3)"),
    ("moment", "TIMESTAMP(3)"),
    ("instant", "TIMESTAMP_LTZ(3)"),
    ("list", "ARRAY<INT>"),
    ("pair", "ROW<a STRING, b INT>"),
];

const ALL_VALUES: &str = "hi,true,-8,300, 70000 ,5000000000,1.5,2.5E10,12.3456,aGk=,2020-02-29,12:00:00.5,\
                          2020-01-01 12:00:00.123,2020-01-01 12:00:00Z,1;2;3,x;4";

#[test]
fn every_type_is_read() {
    assert_eq!(
        decode("csv", &ALL_TYPES, &[], &[ALL_VALUES]),
        [
            "+I[hi, TRUE, -8, 300, 70000, 5000000000, 1.5, 2.5E10, 12.346, x'6869', 2020-02-29, 12:00:00.500, \
          2020-01-01 12:00:00.123, 2020-01-01 12:00:00.000, [1, 2, 3], (x, 4)]"
        ]
    );
}

#[test]
fn every_type_is_written_as_flink_does() {
    assert_eq!(
        recode(("csv", &[]), ("csv", &[]), &ALL_TYPES, &[ALL_VALUES]),
        [
            "hi,true,-8,300,70000,5000000000,1.5,2.5E10,12.346,aGk=,2020-02-29,12:00:00.5,\
          \"2020-01-01 12:00:00.123\",\"2020-01-01 12:00:00Z\",1;2;3,x;4"
        ]
    );
    let decimal = [("d", "DECIMAL(10, 0)")];
    assert_eq!(
        recode(("csv", &[]), ("csv", &[]), &decimal, &["100000"]),
        ["1E+5"]
    );
    let plain = [("write-bigdecimal-in-scientific-notation", "false")];
    assert_eq!(
        recode(("csv", &[]), ("csv", &plain), &decimal, &["100000"]),
        ["100000"]
    );
}

#[test]
fn characters_of_the_dialect() {
    let columns = [("a", "STRING"), ("b", "INT")];
    for (pairs, record, expected) in [
        (vec![("field-delimiter", "|")], "x,y|1", "+I[x,y, 1]"),
        (vec![("field-delimiter", "\\t")], "x\t1", "+I[x, 1]"),
        (vec![("field-delimiter", "\\u0001")], "x\u{1}1", "+I[x, 1]"),
        (vec![("quote-character", "'")], "'x,''y',1", "+I[x,'y, 1]"),
        (
            vec![("disable-quote-character", "true")],
            "\"x\",1",
            "+I[\"x\", 1]",
        ),
        (vec![("escape-character", "\\")], "x\\,y,1", "+I[x,y, 1]"),
        (vec![("null-literal", "n/a")], "n/a,n/a", "+I[NULL, NULL]"),
        (vec![], ",1", "+I[, 1]"),
        (vec![], "x,1,", "+I[x, 1]"),
        (vec![], "x,1\r\n", "+I[x, 1]"),
    ] {
        assert_eq!(decode("csv", &columns, &pairs, &[record]), [expected], "{record}");
    }
    let comments = [("allow-comments", "true")];
    assert_eq!(decode("csv", &columns, &comments, &["# x", "y,2"]), ["+I[y, 2]"]);
    let list = [("l", "ARRAY<STRING>")];
    assert_eq!(
        decode("csv", &list, &[("array-element-delimiter", "--")], &["a--b", ""]),
        ["+I[[a, b]]"]
    );
}

#[test]
fn malformed_records_say_why() {
    let columns = [("a", "STRING"), ("b", "INT")];
    for (record, reason) in [
        ("x", "Row length mismatch. 2 fields expected but was 1."),
        (
            "x,1,y",
            "Too many entries: expected at most 2 (value #2 (1 chars) \"y\")",
        ),
        ("x,y", "Fail to deserialize at field: b. 'y' is not an INT"),
        ("x,", "Fail to deserialize at field: b. '' is not an INT"),
        ("\"x,1", "Missing closing quote for value"),
    ] {
        assert_eq!(
            refusal("csv", &columns, &[], record),
            format!("Failed to deserialize CSV row '{record}'. {reason}")
        );
    }
}

#[test]
fn ignored_errors_make_nulls_of_fields_and_skip_records() {
    let columns = [("a", "STRING"), ("b", "INT"), ("c", "INT NOT NULL")];
    let decoding = decoding("csv", &columns, &[("ignore-parse-errors", "true")]);
    let mut decoder = decoding.decoder().unwrap();
    for (record, outcome) in [
        ("x,y,1", Decoded::Rows(1)),
        ("x,1", Decoded::Malformed),
        ("x,1,2,3", Decoded::Malformed),
        ("\"x,1,2", Decoded::Malformed),
        ("x,5,z", Decoded::Malformed),
        ("", Decoded::Rows(0)),
        ("w,6,7", Decoded::Rows(1)),
    ] {
        assert_eq!(decoder.decode(record.as_bytes()), Ok(outcome), "{record}");
    }
    assert_eq!(decoder.decode(b"\xff,1,2"), Ok(Decoded::Malformed));
    assert_eq!(decoder.rows(), 2);
    let chunk = nutkin_engine::chunk::Chunk::inserts(decoder.finish().unwrap());
    assert_eq!(
        crate::tables::rows(&chunk, &columns),
        ["+I[x, NULL, 1]", "+I[w, 6, 7]"]
    );
    // With nullable columns a record that is too short is a row with NULLs, as in Flink.
    let nullable = [("a", "STRING"), ("b", "INT")];
    assert_eq!(
        decode("csv", &nullable, &[("ignore-parse-errors", "true")], &["x"]),
        ["+I[x, NULL]"]
    );
}

#[test]
fn what_we_write_cpython_reads() {
    // Each text is written by the encoder and read by CPython's csv module.
    let texts = [
        "plain",
        "with space",
        "a,b",
        "say \"hi\"",
        "two\nlines",
        "é ünï",
        "",
        "x\ty",
    ];
    let records: Vec<String> = texts
        .iter()
        .map(|text| serde_json::to_string(&serde_json::json!({"t": text, "n": 1})).unwrap())
        .collect();
    let records: Vec<&str> = records.iter().map(String::as_str).collect();
    let columns = [("t", "STRING"), ("n", "INT")];
    let written = recode(("json", &[]), ("csv", &[]), &columns, &records).join("\n");
    let script = "import csv,io,json,sys; text=sys.stdin.buffer.read().decode(); \
                  print(json.dumps([row[0] for row in csv.reader(io.StringIO(text, newline=''))]))";
    let mut python = Command::new("python3")
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    python
        .stdin
        .take()
        .unwrap()
        .write_all(written.as_bytes())
        .unwrap();
    let output = python.wait_with_output().unwrap();
    let read: Vec<String> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(read, texts);
}

/// A field as RFC 4180 quotes it.
fn rfc4180(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

proptest! {
    #[test]
    fn quoted_texts_are_read_back(texts in prop::collection::vec("[a-z\",;\n\r\\\\é ]{0,8}", 3)) {
        let columns = [("a", "STRING"), ("b", "STRING"), ("c", "STRING")];
        let record = texts.iter().map(|text| rfc4180(text)).collect::<Vec<_>>().join(",");
        prop_assert_eq!(
            decode("csv", &columns, &[], &[&record]),
            [format!("+I[{}]", texts.join(", "))]
        );
    }

    #[test]
    fn numbers_are_read_as_rust_prints_them(big in any::<i64>(), double in any::<f64>().prop_filter("finite", |v| v.is_finite()), unscaled in -99_999_999_i64..99_999_999) {
        let columns = [("a", "BIGINT"), ("b", "DOUBLE"), ("c", "DECIMAL(8, 3)")];
        let sign = if unscaled < 0 { "-" } else { "" };
        let exact = format!("{sign}{}.{:03}", unscaled.abs() / 1000, unscaled.abs() % 1000);
        let record = format!("{big},{double:e},{exact}");
        let mut decoder = decoding("csv", &columns, &[]).decoder().unwrap();
        decoder.decode(record.as_bytes()).unwrap();
        let batch = decoder.finish().unwrap();
        use arrow::array::AsArray;
        use arrow::datatypes::{Decimal128Type, Float64Type, Int64Type};
        prop_assert_eq!(batch.column(0).as_primitive::<Int64Type>().value(0), big);
        prop_assert_eq!(batch.column(1).as_primitive::<Float64Type>().value(0).to_bits(), double.to_bits());
        prop_assert_eq!(batch.column(2).as_primitive::<Decimal128Type>().value(0), i128::from(unscaled));
    }

    #[test]
    fn what_is_written_is_read_back(text in "\\PC{0,12}", breaks in "[\n\r\"\\\\,; ]{0,4}", millis in 0_i64..4_102_444_800_000, flag in any::<bool>()) {
        use arrow::array::{ArrayRef, AsArray, BooleanArray, RecordBatch, StringArray, TimestampMillisecondArray};
        use arrow::datatypes::TimestampMillisecondType;
        let columns = [("a", "STRING"), ("b", "STRING"), ("t", "TIMESTAMP(3)"), ("f", "BOOLEAN")];
        let schema = nutkin_plan::catalog::Schema { columns: crate::tables::columns(&columns), primary_key: Vec::new() };
        let arrays: Vec<ArrayRef> = vec![
            std::sync::Arc::new(StringArray::from(vec![text.as_str()])),
            std::sync::Arc::new(StringArray::from(vec![breaks.as_str()])),
            std::sync::Arc::new(TimestampMillisecondArray::from(vec![millis])),
            std::sync::Arc::new(BooleanArray::from(vec![flag])),
        ];
        let batch = RecordBatch::try_new(schema.to_arrow(), arrays).unwrap();
        for (format, pairs) in [("csv", vec![]), ("csv", vec![("escape-character", "\\")]), ("json", vec![])] {
            let record = crate::tables::encode(format, &columns, &pairs, &batch).remove(0);
            let mut decoder = decoding(format, &columns, &pairs).decoder().unwrap();
            decoder.decode(record.as_bytes()).unwrap();
            let back = decoder.finish().unwrap();
            prop_assert_eq!(back.column(0).as_string::<i32>().value(0), &text);
            prop_assert_eq!(back.column(1).as_string::<i32>().value(0), &breaks);
            prop_assert_eq!(back.column(2).as_primitive::<TimestampMillisecondType>().value(0), millis);
            prop_assert_eq!(back.column(3).as_boolean().value(0), flag);
        }
    }
}
