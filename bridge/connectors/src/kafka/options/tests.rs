use nutkin_engine::EngineError;
use nutkin_plan::catalog::{ObjectIdentifier, Schema};

use super::*;

fn table(pairs: &[(&str, &str)]) -> CatalogTable {
    let mut options: BTreeMap<String, String> = [
        ("connector", "kafka"),
        ("topic", "logs"),
        ("properties.bootstrap.servers", "h:9092"),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value.to_owned()))
    .collect();
    for (key, value) in pairs {
        options.insert((*key).to_owned(), (*value).to_owned());
    }
    CatalogTable {
        identifier: ObjectIdentifier {
            catalog: "c".to_owned(),
            database: "d".to_owned(),
            object: "t".to_owned(),
        },
        schema: Schema::default(),
        options,
        comment: None,
        partition_keys: Vec::new(),
        inline_data: None,
        details: nutkin_plan::catalog::TableDetails::default(),
    }
}

fn read(pairs: &[(&str, &str)]) -> Result<KafkaOptions> {
    KafkaOptions::read(&table(pairs))
}

fn refusal(pairs: &[(&str, &str)]) -> String {
    match read(pairs) {
        Err(EngineError::Plan(error)) => error.to_string(),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[test]
fn defaults_are_flinks() {
    let options = read(&[]).unwrap();
    assert_eq!(options.topics, ["logs"]);
    assert_eq!(options.startup, StartupMode::GroupOffsets);
    assert_eq!(options.bounded, BoundedMode::Unbounded);
    assert_eq!(options.discovery_interval, Some(Duration::from_secs(300)));
    let config = &options.properties.config;
    assert_eq!(config.get("group.id").map(String::as_str), Some("KafkaSource-t"));
    assert_eq!(config.get("auto.offset.reset").map(String::as_str), Some("error"));
    assert_eq!(
        config.get("enable.auto.commit").map(String::as_str),
        Some("false")
    );
    assert_eq!(
        config.get("isolation.level").map(String::as_str),
        Some("read_uncommitted")
    );
}

#[test]
fn several_topics_are_separated_by_semicolons() {
    assert_eq!(read(&[("topic", "a; b;a;")]).unwrap().topics, ["a", "b"]);
}

#[test]
fn modes_with_their_values() {
    let options = read(&[
        ("scan.startup.mode", "specific-offsets"),
        (
            "scan.startup.specific-offsets",
            "partition:0,offset:42;partition:1,offset:300",
        ),
        ("scan.bounded.mode", "timestamp"),
        ("scan.bounded.timestamp-millis", "1700000000000"),
    ])
    .unwrap();
    assert_eq!(
        options.startup,
        StartupMode::SpecificOffsets(BTreeMap::from([(0, 42), (1, 300)]))
    );
    assert_eq!(options.bounded, BoundedMode::Timestamp(1_700_000_000_000));
    assert_eq!(options.discovery_interval, None);
}

#[test]
fn what_is_missing_or_malformed_is_said_as_flink_does() {
    for (pairs, message) in [
        (
            &[("scan.startup.mode", "timestamp")][..],
            "'scan.startup.timestamp-millis' is required in 'timestamp' startup mode but missing.",
        ),
        (
            &[("scan.bounded.mode", "specific-offsets")],
            "'scan.bounded.specific-offsets' is required in 'specific-offsets' bounded mode but missing.",
        ),
        (
            &[
                ("scan.startup.mode", "specific-offsets"),
                ("scan.startup.specific-offsets", "0:42"),
            ],
            "Invalid properties 'scan.startup.specific-offsets' should follow the format \
             'partition:0,offset:42;partition:1,offset:300', but is '0:42'.",
        ),
        (
            &[
                ("topic", "a;b"),
                ("scan.startup.mode", "specific-offsets"),
                ("scan.startup.specific-offsets", "partition:0,offset:42"),
            ],
            "Currently Kafka source only supports specific offset for single topic.",
        ),
        (
            &[("topic-pattern", "a.*")],
            "Option 'topic' and 'topic-pattern' shouldn't be set together.",
        ),
        (
            &[("key.format", "csv")],
            "The option 'key.format' is not supported",
        ),
        (
            &[("properties.auto.offset.reset", "first")],
            "auto.offset.reset can not be set to first. Valid values: [latest,earliest,none]",
        ),
    ] {
        assert_eq!(refusal(pairs), message);
    }
}

#[test]
fn format_is_named_once() {
    assert_eq!(
        format_option(&table(&[("value.format", "json")])).unwrap(),
        ("value.format", "json")
    );
    assert!(format_option(&table(&[("value.format", "json"), ("format", "json")])).is_err());
    assert!(format_option(&table(&[])).is_err());
}
