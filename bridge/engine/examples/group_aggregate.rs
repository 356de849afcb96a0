//! How fast a group aggregation is on one thread: `cargo run --release --example group_aggregate`.
//!
//! Four million rows in chunks of 8192; count, sum, min and max of a BIGINT by key. Each line is one
//! kind of key, number of keys and way of emitting, with rows a second and rows put out.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a program that prints its measurements"
)]

use std::sync::Arc;
use std::time::Instant;

use arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use nutkin_engine::Result;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::operator::{GroupAggregate, Operator, Output};
use nutkin_engine::schema::relaxed;
use nutkin_plan::catalog::{Column, Schema};
use nutkin_plan::expression::ResolvedExpression;
use nutkin_plan::function::BuiltInFunction;
use nutkin_plan::function::definitions::{COUNT, MAX, MIN, SUM};
use nutkin_plan::operation::AggregateCall;
use nutkin_plan::types::{LogicalType, TypeKind};

const ROWS: usize = 4_000_000;
const CHUNK_ROWS: usize = 8192;
const BIGINT: LogicalType = LogicalType::nullable(TypeKind::BigInt);

/// Counts what is put out.
#[derive(Default)]
struct Counting {
    rows: usize,
}

impl Output for Counting {
    fn chunk(&mut self, chunk: Chunk) -> Result<()> {
        self.rows += chunk.row_count();
        Ok(())
    }

    fn watermark(&mut self, _watermark: i64) -> Result<()> {
        Ok(())
    }
}

fn schema(columns: &[(&str, LogicalType)]) -> Schema {
    Schema {
        columns: columns
            .iter()
            .map(|(name, column_type)| Column {
                name: (*name).to_owned(),
                column_type: column_type.clone(),
                comment: None,
            })
            .collect(),
        primary_key: Vec::new(),
    }
}

fn call(function: &'static BuiltInFunction) -> AggregateCall {
    AggregateCall {
        name: function.name.to_owned(),
        function,
        arguments: vec![ResolvedExpression::Field {
            index: 1,
            name: "v".to_owned(),
            field_type: BIGINT,
        }],
        distinct: false,
        filter: None,
        order_by: Vec::new(),
        result_type: BIGINT,
    }
}

fn chunks(input: &Schema, keys: u64, text: bool) -> Vec<Chunk> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut random = move |limit: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit).cast_signed()
    };
    let schema = relaxed(input);
    (0..ROWS.div_ceil(CHUNK_ROWS))
        .map(|_| {
            let numbers: Vec<i64> = (0..CHUNK_ROWS).map(|_| random(keys)).collect();
            let key: ArrayRef = if text {
                Arc::new(StringArray::from_iter_values(
                    numbers.iter().map(|number| format!("key-{number}")),
                ))
            } else {
                Arc::new(Int64Array::from(numbers))
            };
            let values: Int64Array = (0..CHUNK_ROWS).map(|_| Some(random(10_000_000))).collect();
            let data = RecordBatch::try_new(Arc::clone(&schema), vec![key, Arc::new(values)])
                .expect("columns of equal length");
            Chunk::inserts(data)
        })
        .collect()
}

fn main() -> Result<()> {
    for text in [false, true] {
        let key_type = if text { LogicalType::string() } else { BIGINT };
        let input = schema(&[("k", key_type.clone()), ("v", BIGINT)]);
        let output = schema(&[
            ("k", key_type),
            ("n", BIGINT),
            ("s", BIGINT),
            ("min", BIGINT),
            ("max", BIGINT),
        ]);
        for keys in [1_000, 1_000_000] {
            let chunks = chunks(&input, keys, text);
            for emit_update_before in [false, true] {
                let mut operator = GroupAggregate::new(
                    &nutkin_functions::EvaluationContext::default(),
                    &[0],
                    &[call(&COUNT), call(&SUM), call(&MIN), call(&MAX)],
                    &relaxed(&input),
                    relaxed(&output),
                    emit_update_before,
                    false,
                )?;
                let mut counting = Counting::default();
                let started = Instant::now();
                for chunk in &chunks {
                    operator.on_chunk(0, chunk.clone(), &mut counting)?;
                }
                let rate = ROWS as f64 / started.elapsed().as_secs_f64() / 1e6;
                println!(
                    "{} keys: {keys:>8}, {}: {rate:>6.1} million rows/s, {} rows out",
                    if text { "STRING" } else { "BIGINT" },
                    if emit_update_before {
                        "row by row"
                    } else {
                        "folded    "
                    },
                    counting.rows
                );
            }
        }
    }
    Ok(())
}
