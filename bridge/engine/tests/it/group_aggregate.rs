//! Changelogs of a grouped count and sum, worked out by hand after `GroupAggFunction`.

use nutkin_engine::Result;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::operator::GroupAggregate;
use nutkin_engine::schema::relaxed;
use nutkin_plan::function::definitions::SUM;
use nutkin_plan::operation::AggregateCall;

use crate::kit::{aggregate, chunk, column, count_star, run, schema_of};

const INPUT: &str = "k:STRING v:BIGINT";
const OUTPUT: &str = "k:STRING n:BIGINT s:BIGINT";

fn count_and_sum() -> Vec<AggregateCall> {
    let v = column(&schema_of(INPUT), "v");
    vec![count_star(), aggregate(&SUM, v, "BIGINT")]
}

fn operator(emit_update_before: bool, retracting: bool) -> GroupAggregate {
    GroupAggregate::new(
        &nutkin_functions::EvaluationContext::default(),
        &[0],
        &count_and_sum(),
        &relaxed(&schema_of(INPUT)),
        relaxed(&schema_of(OUTPUT)),
        emit_update_before,
        retracting,
    )
    .unwrap()
}

fn changes(emit_update_before: bool, chunks: &[Chunk]) -> Vec<String> {
    run(&mut operator(emit_update_before, true), chunks).unwrap()
}

fn inserts() -> [Chunk; 2] {
    [
        chunk(
            "op k:STRING v:BIGINT
             +I a 1
             +I b 10
             +I a 2
             +I NULL 5",
        ),
        chunk(
            "op k:STRING v:BIGINT
             +I a NULL
             +I c NULL
             +I b 1",
        ),
    ]
}

#[test]
fn every_row_has_its_own_change() {
    assert_eq!(
        changes(true, &inserts()),
        [
            "+I a 1 1",
            "+I b 1 10",
            "-U a 1 1",
            "+U a 2 3",
            "+I NULL 1 5",
            "-U a 2 3",
            "+U a 3 3",
            "+I c 1 NULL",
            "-U b 1 10",
            "+U b 2 11",
        ]
    );
}

#[test]
fn the_changes_of_a_chunk_are_folded() {
    assert_eq!(
        changes(false, &inserts()),
        [
            "+I a 2 3",
            "+I b 1 10",
            "+I NULL 1 5", // The first chunk.
            "+U a 3 3",
            "+I c 1 NULL",
            "+U b 2 11",
        ]
    );
}

fn with_retractions() -> [Chunk; 3] {
    [
        chunk(
            "op k:STRING v:BIGINT
             +I a 1
             +I a 2
             -D a 1
             -D z 9",
        ),
        chunk(
            "op k:STRING v:BIGINT
             -U a 2
             +U a 7
             +I b 3
             -D b 3",
        ),
        chunk(
            "op k:STRING v:BIGINT
             -D a 7
             +I b 4",
        ),
    ]
}

#[test]
fn rows_are_taken_back() {
    assert_eq!(
        changes(true, &with_retractions()),
        [
            "+I a 1 1", "-U a 1 1", "+U a 2 3", "-U a 2 3", "+U a 1 2",
            // -D z is the first thing known of z, and ignored.
            // The group a is empty between -U and +U, so it vanishes and comes back.
            "-D a 1 2", "+I a 1 7", "+I b 1 3", "-D b 1 3", "-D a 1 7", "+I b 1 4",
        ]
    );
    assert_eq!(
        changes(false, &with_retractions()),
        ["+I a 1 2", "+U a 1 7", "-D a 1 7", "+I b 1 4"]
    );
}

#[test]
fn equal_results_are_not_emitted_again() {
    let sums = vec![aggregate(&SUM, column(&schema_of(INPUT), "v"), "BIGINT")];
    let rows = [chunk(
        "op k:STRING v:BIGINT
         +I a 1
         +I a 0
         +I a NULL
         +I a 2",
    )];
    for (emit_update_before, expected) in [
        (true, vec!["+I a 1", "-U a 1", "+U a 3"]),
        (false, vec!["+I a 3"]),
    ] {
        let mut operator = GroupAggregate::new(
            &nutkin_functions::EvaluationContext::default(),
            &[0],
            &sums,
            &relaxed(&schema_of(INPUT)),
            relaxed(&schema_of("k:STRING s:BIGINT")),
            emit_update_before,
            false,
        )
        .unwrap();
        assert_eq!(run(&mut operator, &rows).unwrap(), expected);
        // The same values again: only the first chunk's effect is different.
        let again = [chunk("op k:STRING v:BIGINT\n+I a 0\n+I a NULL")];
        assert_eq!(run(&mut operator, &again).unwrap(), Vec::<String>::new());
    }
}

#[test]
fn a_slot_is_used_again_without_its_past() {
    let rows = [
        chunk("op k:STRING v:BIGINT\n+I a 5\n+I b 1"),
        chunk("op k:STRING v:BIGINT\n-D a 5"),
        chunk("op k:STRING v:BIGINT\n+I c 2\n+I a 1"),
    ];
    for emit_update_before in [true, false] {
        assert_eq!(
            changes(emit_update_before, &rows),
            ["+I a 1 5", "+I b 1 1", "-D a 1 5", "+I c 1 2", "+I a 1 1"]
        );
    }
}

fn global(rows: &[Chunk], emit_update_before: bool) -> Result<Vec<String>> {
    let mut operator = GroupAggregate::new(
        &nutkin_functions::EvaluationContext::default(),
        &[],
        &count_and_sum(),
        &relaxed(&schema_of(INPUT)),
        relaxed(&schema_of("n:BIGINT s:BIGINT")),
        emit_update_before,
        true,
    )?;
    run(&mut operator, rows)
}

#[test]
fn one_group_over_all_rows() {
    assert_eq!(
        global(&inserts(), true).unwrap()[..3],
        ["+I 1 1", "-U 1 1", "+U 2 11"]
    );
    assert_eq!(global(&inserts(), false).unwrap(), ["+I 4 18", "+U 7 19"]);
    // As in Flink's streaming mode, nothing is known before the first row.
    assert_eq!(global(&[], true).unwrap(), Vec::<String>::new());
    let gone = [chunk("op k:STRING v:BIGINT\n+I a 1\n-D a 1\n+I a 2")];
    assert_eq!(global(&gone, true).unwrap(), ["+I 1 1", "-D 1 1", "+I 1 2"]);
}

#[test]
fn keys_of_any_type_group_alike() {
    for (key_type, values) in [
        ("INT", ["1", "-2147483648", "NULL"]),
        ("BIGINT", ["9223372036854775807", "0", "NULL"]),
        ("DATE", ["2020-02-29", "1969-12-31", "NULL"]),
        ("STRING", ["x", "日本", "NULL"]),
        ("DECIMAL(10,2)", ["1.50", "-0.01", "NULL"]),
        ("DOUBLE", ["1.5", "-0.25", "NULL"]),
        ("BOOLEAN", ["true", "false", "NULL"]),
        (
            "TIMESTAMP(3)",
            ["2020-01-01T00:00:00.123", "1969-12-31T23:59:59", "NULL"],
        ),
    ] {
        let header = format!("k:{key_type} v:BIGINT");
        let [one, two, three] = values;
        let rows = chunk(&format!(
            "op {header}\n+I {one} 1\n+I {two} 1\n+I {three} 1\n+I {one} 2\n+I {three} 2"
        ));
        let mut operator = GroupAggregate::new(
            &nutkin_functions::EvaluationContext::default(),
            &[0],
            &count_and_sum(),
            &relaxed(&schema_of(&header)),
            relaxed(&schema_of(&format!("k:{key_type} n:BIGINT s:BIGINT"))),
            false,
            false,
        )
        .unwrap();
        assert_eq!(
            run(&mut operator, &[rows]).unwrap(),
            [
                format!("+I {one} 2 3"),
                format!("+I {two} 1 1"),
                format!("+I {three} 2 3")
            ]
        );
    }
}

#[test]
fn several_columns_make_a_key() {
    let header = "k:STRING j:INT v:BIGINT";
    let rows = [chunk(
        "op k:STRING j:INT v:BIGINT
         +I a 1 1
         +I a NULL 2
         +I NULL 1 3
         +I a 1 4
         +I NULL 1 5",
    )];
    let mut operator = GroupAggregate::new(
        &nutkin_functions::EvaluationContext::default(),
        &[1, 0],
        &[aggregate(&SUM, column(&schema_of(header), "v"), "BIGINT")],
        &relaxed(&schema_of(header)),
        relaxed(&schema_of("j:INT k:STRING s:BIGINT")),
        false,
        false,
    )
    .unwrap();
    assert_eq!(
        run(&mut operator, &rows).unwrap(),
        ["+I 1 a 5", "+I NULL a 2", "+I 1 NULL 8"]
    );
}
