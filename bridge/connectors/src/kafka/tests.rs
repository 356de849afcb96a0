//! The source against librdkafka's own broker for tests, which speaks the protocol over TCP. A real
//! broker, its restarts and its logins are tested end to end.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use arrow::array::AsArray;
use arrow::datatypes::Int64Type;
use nutkin_engine::job::{Cancellation, JobContext, JobMetrics};
use nutkin_engine::source::{SourceEvent, SourceReader};
use nutkin_engine::{EngineError, Result};
use nutkin_plan::catalog::{CatalogTable, Column, ObjectIdentifier, Schema};
use nutkin_plan::stream::ConnectorTable;
use nutkin_plan::types::{TypeDialect, parse_type};
use rdkafka::ClientConfig;
use rdkafka::mocking::MockCluster;
use rdkafka::producer::{BaseProducer, BaseRecord, DefaultProducerContext, Producer};

use crate::registry::create_source;

type Cluster = MockCluster<'static, DefaultProducerContext>;

fn cluster(topics: &[(&str, i32)]) -> Cluster {
    let cluster = MockCluster::new(1).unwrap();
    for (topic, partitions) in topics {
        cluster.create_topic(topic, *partitions, 1).unwrap();
    }
    cluster
}

/// Sends records, each with its partition; `None` is a record without a payload.
fn produce(cluster: &Cluster, topic: &str, records: &[(i32, Option<&str>)]) {
    let producer: BaseProducer = ClientConfig::new()
        .set("bootstrap.servers", cluster.bootstrap_servers())
        .create()
        .unwrap();
    for (partition, payload) in records {
        let record = BaseRecord::<str, str>::to(topic).key("k").partition(*partition);
        let record = match payload {
            Some(payload) => record.payload(payload),
            None => record,
        };
        producer.send(record).map_err(|(error, _)| error).unwrap();
    }
    producer.flush(Duration::from_secs(10)).unwrap();
}

fn table(servers: &str, more: &[(&str, &str)]) -> ConnectorTable {
    let mut options: BTreeMap<String, String> = BTreeMap::new();
    let given = [
        ("connector", "kafka"),
        ("topic", "numbers"),
        ("properties.bootstrap.servers", servers),
        ("format", "csv"),
        ("scan.startup.mode", "earliest-offset"),
        ("scan.bounded.mode", "latest-offset"),
    ];
    for (key, value) in given.iter().chain(more) {
        options.insert((*key).to_owned(), (*value).to_owned());
    }
    let columns = [("word", "STRING"), ("number", "BIGINT")].map(|(name, text)| Column {
        name: name.to_owned(),
        column_type: parse_type(text, TypeDialect::Ddl).unwrap(),
        comment: None,
    });
    ConnectorTable {
        projection: vec![1],
        table: Arc::new(CatalogTable {
            identifier: ObjectIdentifier {
                catalog: "c".to_owned(),
                database: "d".to_owned(),
                object: "t".to_owned(),
            },
            schema: Schema {
                columns: columns.to_vec(),
                primary_key: Vec::new(),
            },
            options,
            comment: None,
            partition_keys: Vec::new(),
            inline_data: None,
            details: nutkin_plan::catalog::TableDetails::default(),
        }),
    }
}

fn context() -> Arc<JobContext> {
    Arc::new(JobContext {
        job_name: "test".to_owned(),
        options: BTreeMap::new(),
        evaluation: nutkin_engine::job::EvaluationContext::default(),
        cancellation: Arc::new(Cancellation::default()),
        metrics: Arc::new(JobMetrics::default()),
    })
}

fn readers(
    table: &ConnectorTable,
    parallelism: usize,
    context: &Arc<JobContext>,
) -> Result<Vec<Box<dyn SourceReader>>> {
    create_source(table)?.create_readers(parallelism, context)
}

/// The numbers of the next chunk.
fn next(reader: &mut dyn SourceReader) -> Result<Option<Vec<i64>>> {
    let deadline = Instant::now() + Duration::from_secs(10);
    while Instant::now() < deadline {
        match reader.poll(Duration::from_millis(100))? {
            SourceEvent::Chunk(chunk) => {
                return Ok(Some(
                    chunk.data.column(0).as_primitive::<Int64Type>().values().to_vec(),
                ));
            }
            SourceEvent::Idle => {}
            SourceEvent::Finished => return Ok(None),
        }
    }
    panic!("no rows for ten seconds");
}

/// The numbers of every reader of a bounded table, sorted.
fn read(table: &ConnectorTable, parallelism: usize, context: &Arc<JobContext>) -> Result<Vec<Vec<i64>>> {
    readers(table, parallelism, context)?
        .iter_mut()
        .map(|reader| {
            let mut numbers = Vec::new();
            while let Some(chunk) = next(reader.as_mut())? {
                numbers.extend(chunk);
            }
            numbers.sort_unstable();
            Ok(numbers)
        })
        .collect()
}

fn failure<T>(result: Result<T>) -> (String, String) {
    match result {
        Ok(_) => panic!("expected an error"),
        Err(error) => (error.to_string(), error.hint().unwrap_or_default().to_owned()),
    }
}

#[test]
fn partitions_are_dealt_out_and_read_to_their_ends() {
    let cluster = cluster(&[("numbers", 3), ("others", 1), ("empty", 2)]);
    let servers = cluster.bootstrap_servers();
    produce(
        &cluster,
        "numbers",
        &[
            (0, Some("a,1")),
            (1, Some("a,2")),
            (2, Some("a,3")),
            (0, Some("a,4")),
        ],
    );
    produce(&cluster, "others", &[(0, Some("a,5"))]);
    let read = |topics: &str, parallelism| {
        read(&table(&servers, &[("topic", topics)]), parallelism, &context()).unwrap()
    };
    assert_eq!(read("numbers", 1), [vec![1, 2, 3, 4]]);
    assert_eq!(read("numbers", 2), [vec![1, 3, 4], vec![2]]);
    assert_eq!(read("numbers;others", 2), [vec![1, 3, 4], vec![2, 5]]);
    assert_eq!(read("empty;others", 4), [vec![], vec![], vec![5], vec![]]);
    let limited = table(&servers, &[("scan.parallelism", "1")]);
    assert_eq!(
        super::tests::read(&limited, 2, &context()).unwrap(),
        [vec![1, 2, 3, 4], vec![]]
    );
}

#[test]
fn starts_and_ends_can_be_named() {
    let cluster = cluster(&[("numbers", 2)]);
    let servers = cluster.bootstrap_servers();
    let records: Vec<(i32, String)> = (0..10)
        .map(|number| (number % 2, format!("a,{number}")))
        .collect();
    let records: Vec<(i32, Option<&str>)> = records
        .iter()
        .map(|(partition, text)| (*partition, Some(text.as_str())))
        .collect();
    produce(&cluster, "numbers", &records);
    let read = |more: &[(&str, &str)]| read(&table(&servers, more), 1, &context()).unwrap();
    assert_eq!(
        read(&[
            ("scan.startup.mode", "specific-offsets"),
            ("scan.startup.specific-offsets", "partition:0,offset:3"),
            ("scan.bounded.mode", "specific-offsets"),
            (
                "scan.bounded.specific-offsets",
                "partition:0,offset:4;partition:1,offset:2"
            ),
        ]),
        [vec![1, 3, 6]]
    );
    assert_eq!(
        read(&[("scan.startup.mode", "latest-offset")]),
        [Vec::<i64>::new()]
    );
}

#[test]
fn offsets_of_the_group_are_committed_only_if_wanted() {
    let cluster = cluster(&[("numbers", 1)]);
    let servers = cluster.bootstrap_servers();
    let of_group = [
        ("scan.startup.mode", "group-offsets"),
        ("properties.group.id", "g"),
    ];
    let reset = [&of_group[..], &[("properties.auto.offset.reset", "earliest")]].concat();
    let committing = [&reset[..], &[("properties.enable.auto.commit", "true")]].concat();
    produce(&cluster, "numbers", &[(0, Some("a,1")), (0, Some("a,2"))]);
    let read = |more: &[(&str, &str)]| read(&table(&servers, more), 1, &context());
    assert_eq!(
        failure(read(&of_group)).0,
        "kafka table `c`.`d`.`t`: Undefined offset with no reset policy for partitions: [numbers-0]; group 'g' has \
         committed nothing there"
    );
    assert_eq!(read(&reset).unwrap(), [vec![1, 2]]);
    assert_eq!(read(&committing).unwrap(), [vec![1, 2]]);
    produce(&cluster, "numbers", &[(0, Some("a,3"))]);
    assert_eq!(read(&of_group).unwrap(), [vec![3]]);
    assert_eq!(
        read(&[
            ("scan.bounded.mode", "group-offsets"),
            ("properties.group.id", "g")
        ])
        .unwrap(),
        [vec![1, 2]]
    );
}

#[test]
fn malformed_records_are_located_or_counted_and_empty_ones_skipped() {
    let cluster = cluster(&[("numbers", 2)]);
    let servers = cluster.bootstrap_servers();
    produce(
        &cluster,
        "numbers",
        &[(1, Some("a,1")), (1, None), (1, Some("a,\"x")), (1, Some("a,2"))],
    );
    let (message, hint) = failure(read(&table(&servers, &[]), 1, &context()));
    assert!(
        message.starts_with("kafka table `c`.`d`.`t`: topic 'numbers', partition 1, offset 2: ")
            && message.contains("a,\"x"),
        "{message}"
    );
    assert!(hint.contains("csv.ignore-parse-errors"), "{hint}");
    let context = context();
    let lenient = table(&servers, &[("csv.ignore-parse-errors", "true")]);
    assert_eq!(read(&lenient, 1, &context).unwrap(), [vec![1, 2]]);
    assert_eq!(context.metrics.parse_errors.load(Ordering::Relaxed), 1);
}

#[test]
fn unbounded_reading_goes_on_while_the_broker_is_away() {
    let cluster = cluster(&[("numbers", 1)]);
    let servers = cluster.bootstrap_servers();
    produce(&cluster, "numbers", &[(0, Some("a,1"))]);
    let context = context();
    let mut readers = readers(
        &table(&servers, &[("scan.bounded.mode", "unbounded")]),
        2,
        &context,
    )
    .unwrap();
    assert_eq!(next(readers[0].as_mut()).unwrap(), Some(vec![1]));
    assert!(matches!(
        readers[1].poll(Duration::from_millis(1)).unwrap(),
        SourceEvent::Idle
    ));
    cluster.broker_down(1).unwrap();
    let until = Instant::now() + Duration::from_millis(500);
    while Instant::now() < until {
        assert!(matches!(
            readers[0].poll(Duration::from_millis(50)).unwrap(),
            SourceEvent::Idle
        ));
    }
    cluster.broker_up(1).unwrap();
    produce(&cluster, "numbers", &[(0, Some("a,2"))]);
    assert_eq!(next(readers[0].as_mut()).unwrap(), Some(vec![2]));
    context.cancellation.cancel();
    drop(readers);
    assert_eq!(context.metrics.lag.load(Ordering::Relaxed), 0);
}

#[test]
fn what_is_not_there_is_named() {
    let servers = "127.0.0.1:1";
    let quick = [("properties.default.api.timeout.ms", "300")];
    let (message, _) = failure(read(&table(servers, &quick), 1, &context()));
    assert!(
        message.starts_with(
            "kafka table `c`.`d`.`t`: the Kafka broker at 127.0.0.1:1 did not answer within 0.3 s"
        ),
        "{message}"
    );
    let context = context();
    let cancellation = Arc::clone(&context.cancellation);
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| read(&table(servers, &[]), 1, &context));
        std::thread::sleep(Duration::from_millis(100));
        cancellation.cancel();
        let start = Instant::now();
        assert!(matches!(waiting.join().unwrap(), Err(EngineError::Cancelled)));
        assert!(start.elapsed() < Duration::from_secs(1));
    });
}
