use std::collections::BTreeMap;
use std::sync::Arc;

use nutkin_engine::job::{Cancellation, JobContext, JobMetrics};
use nutkin_engine::operator::{SinkConstraints, SinkOperator};
use nutkin_engine::sink::Sink;
use nutkin_engine::{EngineError, Result};
use nutkin_plan::stream::ChangelogMode;

use crate::kit::{MemorySink, chunk, run, scan, sink};

/// What a sink of `k BIGINT NOT NULL, v STRING` gets of some rows, and how many were counted.
fn written(mode: ChangelogMode, enforcer: Option<&str>, rows: &str) -> Result<(Vec<String>, u64)> {
    let input = scan("t", "a:BIGINT b:STRING");
    let mut node = sink("s", &input, "k:BIGINT v:STRING", mode, &[0]);
    let mut table = (*node.target.table).clone();
    table.schema.columns[0].column_type.nullable = false;
    node.target.table = Arc::new(table);
    let mut options = BTreeMap::new();
    if let Some(enforcer) = enforcer {
        options.insert(
            "table.exec.sink.not-null-enforcer".to_owned(),
            enforcer.to_owned(),
        );
    }
    let context = Arc::new(JobContext {
        job_name: "test".to_owned(),
        options: options.clone(),
        evaluation: nutkin_functions::EvaluationContext::default(),
        cancellation: Arc::new(Cancellation::default()),
        metrics: Arc::new(JobMetrics::default()),
    });
    let kept = MemorySink::default();
    let writer = kept.create_writers(1, &context)?.remove(0);
    let constraints = Arc::new(SinkConstraints::new(&node, &options)?);
    let mut operator = SinkOperator::new(constraints, writer, Arc::clone(&context));
    run(&mut operator, &[chunk(rows)])?;
    Ok((kept.rows(), context.metrics.snapshot().rows_out))
}

const CHANGES: &str = "op a:BIGINT b:STRING
    +I 1 x
    -U 1 x
    +U 1 y
    -D 1 y";

#[test]
fn an_upsert_sink_never_sees_the_row_before() {
    let (rows, count) = written(ChangelogMode::Upsert, None, CHANGES).unwrap();
    assert_eq!(rows, ["+I 1 x", "+U 1 y", "-D 1 y"]);
    assert_eq!(count, 3);
    let (rows, count) = written(ChangelogMode::All, None, CHANGES).unwrap();
    assert_eq!(rows, ["+I 1 x", "-U 1 x", "+U 1 y", "-D 1 y"]);
    assert_eq!(count, 4);
}

#[test]
fn null_in_a_not_null_column_fails_or_is_dropped() {
    let rows = "op a:BIGINT b:STRING\n+I 1 NULL\n+I NULL x\n+I 2 z";
    let error = written(ChangelogMode::Upsert, None, rows).unwrap_err();
    assert!(
        matches!(&error, EngineError::NotNull { column } if column == "k"),
        "{error}"
    );
    assert_eq!(error.java_class(), "org.apache.flink.table.api.TableException");
    assert!(written(ChangelogMode::Upsert, Some("ERROR"), rows).is_err());
    let (rows, count) = written(ChangelogMode::Upsert, Some("drop"), rows).unwrap();
    assert_eq!(rows, ["+I 1 NULL", "+I 2 z"]);
    assert_eq!(count, 2);
}

#[test]
fn an_unknown_enforcer_is_refused() {
    let error = written(ChangelogMode::Upsert, Some("IGNORE"), CHANGES).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Could not parse value 'IGNORE' for key 'table.exec.sink.not-null-enforcer'."
    );
    assert_eq!(error.hint(), Some("the values are ERROR and DROP"));
}
