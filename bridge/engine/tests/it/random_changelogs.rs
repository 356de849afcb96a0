//! Random changelogs: what an aggregate emits, applied to an empty table, must be the aggregates of the
//! rows that are left, computed by brute force.

use std::collections::BTreeMap;

use nutkin_engine::operator::GroupAggregate;
use nutkin_engine::schema::relaxed;
use nutkin_plan::function::definitions::{AVG, COUNT, MAX, MIN, SUM};

use crate::kit::{aggregate, chunk, column, count_star, run, schema_of};

const INPUT: &str = "k:STRING v:BIGINT s:STRING";
const OUTPUT: &str = "k:STRING n:BIGINT sum:BIGINT min:BIGINT max:BIGINT avg:BIGINT d:BIGINT last:STRING";

struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

type Row = (u64, Option<i64>, String);

fn line(kind: &str, row: &Row) -> String {
    let value = row.1.map_or("NULL".to_owned(), |value| value.to_string());
    format!("{kind} k{} {value} {}\n", row.0, row.2)
}

/// The aggregates of the rows left, by brute force.
fn truth(rows: &[Row]) -> BTreeMap<String, String> {
    let mut groups: BTreeMap<u64, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        groups.entry(row.0).or_default().push(row);
    }
    groups
        .into_iter()
        .map(|(key, rows)| {
            let values: Vec<i64> = rows.iter().filter_map(|row| row.1).collect();
            let shown = |value: Option<i64>| value.map_or("NULL".to_owned(), |value| value.to_string());
            let sum = (!values.is_empty()).then(|| values.iter().sum::<i64>());
            let mut distinct = values.clone();
            distinct.sort_unstable();
            distinct.dedup();
            let text = format!(
                "{} {} {} {} {} {} {}",
                rows.len(),
                shown(sum),
                shown(values.iter().min().copied()),
                shown(values.iter().max().copied()),
                shown(sum.map(|sum| sum / values.len() as i64)),
                distinct.len(),
                rows.iter().map(|row| row.2.as_str()).max().unwrap(),
            );
            (format!("k{key}"), text)
        })
        .collect()
}

/// Applies a changelog to an empty table; each change must fit what is there.
fn apply(changes: &[String], emit_update_before: bool) -> BTreeMap<String, String> {
    let mut table: BTreeMap<String, String> = BTreeMap::new();
    for change in changes {
        let mut parts = change.splitn(3, ' ');
        let (kind, key, value) = (
            parts.next().unwrap(),
            parts.next().unwrap().to_owned(),
            parts.next().unwrap().to_owned(),
        );
        match kind {
            "+I" => assert_eq!(table.insert(key, value), None, "{change}"),
            "-U" => assert_eq!(table.get(&key), Some(&value), "{change}"),
            "+U" => {
                let before = table.insert(key, value.clone());
                assert!(before.is_some_and(|before| before != value), "{change}");
            }
            _ => assert_eq!(table.remove(&key), Some(value), "{change}"),
        }
    }
    assert!(emit_update_before || changes.iter().all(|change| !change.starts_with("-U")));
    table
}

#[test]
fn the_changelog_adds_up_to_the_truth() {
    let schema = schema_of(INPUT);
    let value = || column(&schema, "v");
    let mut distinct = aggregate(&COUNT, value(), "BIGINT");
    distinct.distinct = true;
    let calls = [
        count_star(),
        aggregate(&SUM, value(), "BIGINT"),
        aggregate(&MIN, value(), "BIGINT"),
        aggregate(&MAX, value(), "BIGINT"),
        aggregate(&AVG, value(), "BIGINT"),
        distinct,
        aggregate(&MAX, column(&schema, "s"), "STRING"),
    ];
    for seed in 1..=40_u64 {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut left: Vec<Row> = Vec::new();
        let mut chunks = Vec::new();
        for _ in 0..30 {
            let mut text = format!("op {INPUT}\n");
            for _ in 0..=random.below(12) {
                if !left.is_empty() && random.below(5) < 2 {
                    let gone = left.swap_remove(random.below(left.len() as u64) as usize);
                    text.push_str(&line(if random.below(2) == 0 { "-D" } else { "-U" }, &gone));
                } else {
                    let value = (random.below(6) > 0).then(|| random.below(9) as i64 - 4);
                    let row = (random.below(4), value, format!("s{}", random.below(5)));
                    text.push_str(&line("+I", &row));
                    left.push(row);
                }
            }
            chunks.push(chunk(&text));
        }
        for emit_update_before in [true, false] {
            let mut operator = GroupAggregate::new(
                &nutkin_functions::EvaluationContext::default(),
                &[0],
                &calls,
                &relaxed(&schema),
                relaxed(&schema_of(OUTPUT)),
                emit_update_before,
                true,
            )
            .unwrap();
            let changes = run(&mut operator, &chunks).unwrap();
            assert_eq!(apply(&changes, emit_update_before), truth(&left), "seed {seed}");
        }
    }
}
