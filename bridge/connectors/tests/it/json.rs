//! The json format by value.

use std::process::Command;

use nutkin_connectors::format::{Decoded, RecordColumns};
use nutkin_connectors::options::OptionReader;
use nutkin_connectors::registry::{Direction, find_record_format};
use nutkin_engine::chunk::Chunk;

use crate::tables::{columns, decode, decoding, options, recode, refusal, rows};

const ALL_TYPES: [(&str, &str); 17] = [
    ("text", "STRING"),
    ("flag", "BOOLEAN"),
    ("tiny", "TINYINT"),
    ("small", "SMALLINT"),
    ("number", "INT"),
    ("big", "BIGINT"),
    ("single", "FLOAT"),
    ("double", "DOUBLE"),
    ("exact", "DECIMAL(38, 18)"),
    ("bytes", "BYTES"),
    ("day", "DATE"),
    ("clock", "TIME"),
    ("moment", "TIMESTAMP(3)"),
    ("instant", "TIMESTAMP_LTZ(3)"),
    ("list", "ARRAY<ROW<x INT>>"),
    ("map", "MAP<STRING, ARRAY<BIGINT>>"),
    ("row", "ROW<a STRING, b ROW<c INT>>"),
];

const ALL_VALUES: &str = r#"{"text":"a\"b\\cé\n","flag":true,"tiny":-8,"small":300,"number":70000,"big":5000000000,"single":1.5,"double":2.5E10,"exact":12345678901234567890.123456789012345678,"bytes":"aGk=","day":"2020-02-29","clock":"12:00:00","moment":"2020-01-01 12:00:00.123","instant":"2020-01-01 12:00:00Z","list":[{"x":1},null,{"x":null}],"map":{"k":[1,2],"l":null},"row":{"a":"z","b":{"c":7}}}"#;

#[test]
fn every_type_is_read() {
    assert_eq!(
        decode("json", &ALL_TYPES, &[], &[ALL_VALUES]),
        ["+I[a\"b\\cé\n, TRUE, -8, 300, 70000, 5000000000, 1.5, 2.5E10, \
          12345678901234567890.123456789012345678, x'6869', 2020-02-29, 12:00:00, 2020-01-01 12:00:00.123, \
          2020-01-01 12:00:00.000, [(1), NULL, (NULL)], {k=[1, 2], l=NULL}, (z, (7))]"]
    );
}

#[test]
fn what_is_read_is_written_again() {
    // The text above is as Jackson writes it, so it must come back byte by byte.
    assert_eq!(
        recode(("json", &[]), ("json", &[]), &ALL_TYPES, &[ALL_VALUES]),
        [ALL_VALUES]
    );
}

#[test]
fn cpython_agrees_on_both_sides() {
    // CPython writes the values with escapes for everything that is not ASCII, and reads ours.
    let script = r#"import json; print(json.dumps({"a": "tab\t \u00e9 \U0001f600 \"q\"", "b": [1, None, -3], "c": 0.1}))"#;
    let output = Command::new("python3").args(["-c", script]).output().unwrap();
    let record = String::from_utf8(output.stdout).unwrap();
    assert!(record.contains("\\ud83d\\ude00"), "{record}");
    let columns = [("a", "STRING"), ("b", "ARRAY<INT>"), ("c", "DOUBLE")];
    assert_eq!(
        decode("json", &columns, &[], &[&record]),
        ["+I[tab\t é 😀 \"q\", [1, NULL, -3], 0.1]"]
    );
    let written = recode(("json", &[]), ("json", &[]), &columns, &[&record]).join("");
    let check = "import json,sys; print(json.dumps(json.loads(sys.argv[1])))";
    let output = Command::new("python3")
        .args(["-c", check, &written])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), record);
}

#[test]
fn values_of_other_json_types_convert_as_in_jackson() {
    for (column, json, expected) in [
        ("STRING", "12", "12"),
        ("STRING", "1.50", "1.5"),
        ("STRING", "true", "true"),
        ("STRING", "{ \"a\" : [1, \"x y\"] }", "{\"a\":[1,\"x y\"]}"),
        ("INT", "\" 12 \"", "12"),
        ("INT", "1.9", "1"),
        ("BIGINT", "1e3", "1000"),
        ("BOOLEAN", "\"TRUE\"", "TRUE"),
        ("DOUBLE", "\"1.5\"", "1.5"),
        ("DECIMAL(5, 2)", "\"1.255\"", "1.26"),
        ("DECIMAL(5, 2)", "1000", "NULL"),
        ("INT", "null", "NULL"),
    ] {
        let record = format!("{{\"v\": {json}}}");
        assert_eq!(
            decode("json", &[("v", column)], &[], &[&record]),
            [format!("+I[{expected}]")],
            "{column} {json}"
        );
    }
}

#[test]
fn only_projected_columns_are_looked_at() {
    let (entry, format) = find_record_format("json", Direction::Decoding).unwrap();
    let options = options(&[]);
    let decoding = format
        .decoding(
            &OptionReader::new(&options, "", entry.options()),
            &RecordColumns {
                columns: &columns(&[("a", "INT"), ("b", "INT"), ("c", "STRING")]),
                projection: &[2, 1],
            },
        )
        .unwrap();
    let mut decoder = decoding.decoder().unwrap();
    // The text of `a` does not fit its type, which nobody needs to know.
    decoder
        .decode(br#"{"a": "no number", "b": 1, "c": "x", "b": 2}"#)
        .unwrap();
    let chunk = Chunk::inserts(decoder.finish().unwrap());
    assert_eq!(rows(&chunk, &[("c", "STRING"), ("b", "INT")]), ["+I[x, 2]"]);
}

#[test]
fn malformed_records_say_why() {
    let columns = [("a", "INT")];
    for (record, reason) in [
        (
            "{\"a\": \"x\"}",
            "Fail to deserialize at field: a. 'x' is not an INT",
        ),
        (
            "{\"a\": [1]}",
            "Fail to deserialize at field: a. '[1]' is not of type INT",
        ),
        ("{\"a\": 1", "EOF while parsing an object at line 1 column 7"),
        (
            "12",
            "invalid type: integer `12`, expected a JSON object at line 1 column 2",
        ),
    ] {
        assert_eq!(
            refusal("json", &columns, &[], record),
            format!("Failed to deserialize JSON '{record}'. {reason}")
        );
    }
    assert_eq!(
        refusal("json", &columns, &[("fail-on-missing-field", "true")], "{}"),
        "Failed to deserialize JSON '{}'. Fail to deserialize at field: a. Could not find field with name 'a'."
    );
}

#[test]
fn ignored_errors_make_nulls_of_fields_and_skip_records() {
    let columns = [
        ("a", "INT"),
        ("l", "ARRAY<INT>"),
        ("r", "ROW<x INT NOT NULL, y INT>"),
    ];
    let decoding = decoding("json", &columns, &[("ignore-parse-errors", "true")]);
    let mut decoder = decoding.decoder().unwrap();
    for (record, outcome) in [
        (r#"{"a": "x", "l": [1, "y"]}"#, Decoded::Rows(1)),
        (r#"{"a": 1, "l": 5}"#, Decoded::Rows(1)),
        (r#"{"a": 1"#, Decoded::Malformed),
        // The row's NOT NULL field cannot be NULL, and a part of the record is in the columns already.
        (r#"{"a": 9, "l": [9], "r": {"y": 9}}"#, Decoded::Malformed),
        ("", Decoded::Rows(0)),
        (r#"[{"a": 2}, {"a": 3, "r": {"x": 4}}]"#, Decoded::Rows(2)),
    ] {
        assert_eq!(decoder.decode(record.as_bytes()), Ok(outcome), "{record}");
    }
    let chunk = Chunk::inserts(decoder.finish().unwrap());
    assert_eq!(
        rows(&chunk, &columns),
        [
            "+I[NULL, [1, NULL], NULL]",
            "+I[1, NULL, NULL]",
            "+I[2, NULL, NULL]",
            "+I[3, NULL, (4, NULL)]"
        ]
    );
}

#[test]
fn options_of_writing() {
    let columns = [
        ("t", "TIMESTAMP(3)"),
        ("i", "TIMESTAMP_LTZ(3)"),
        ("d", "DECIMAL(10, 9)"),
    ];
    let record = r#"{"t":"2020-01-01 12:00:00.5","i":null,"d":0.000000027}"#;
    for (pairs, expected) in [
        (vec![], r#"{"t":"2020-01-01 12:00:00.5","i":null,"d":2.7E-8}"#),
        (
            vec![
                ("timestamp-format.standard", "ISO-8601"),
                ("encode.ignore-null-fields", "true"),
            ],
            r#"{"t":"2020-01-01T12:00:00.5","d":2.7E-8}"#,
        ),
        (
            vec![("encode.decimal-as-plain-number", "true")],
            r#"{"t":"2020-01-01 12:00:00.5","i":null,"d":0.000000027}"#,
        ),
    ] {
        assert_eq!(
            recode(("json", &[]), ("json", &pairs), &columns, &[record]),
            [expected]
        );
    }
}
