//! Joins, sub-queries, set operations, sorting, windows: their trees, worked by hand or from Flink's own.

use super::{catalogs, columns, run, tree};
use crate::Result;
use crate::catalog::CatalogManager;

/// The tables of [`catalogs`] and `o (id INT, k STRING, v INT, tm TIMESTAMP(3))`, `u (id INT, a INT, x STRING,
/// arr ARRAY<INT>, m MAP<STRING, INT>, r ROW<x INT, y ROW<z STRING>>, ar ARRAY<ROW<p INT, q STRING>>)`.
pub(super) fn tables() -> Result<CatalogManager> {
    let mut catalogs = catalogs()?;
    run(
        "CREATE TABLE o (id INT NOT NULL, k STRING NOT NULL, v INT NOT NULL, tm TIMESTAMP(3))
           WITH ('connector' = 'datagen');
         CREATE TABLE u (id INT NOT NULL, a INT, x STRING, arr ARRAY<INT>, m MAP<STRING, INT>,
           r ROW<x INT, y ROW<z STRING>>, ar ARRAY<ROW<p INT, q STRING>>) WITH ('connector' = 'datagen')",
        &mut catalogs,
    )?;
    Ok(catalogs)
}

#[test]
fn trees_of_relations() -> Result<()> {
    let catalogs = tables()?;
    for (sql, expected) in [
        (
            "SELECT t.a, u.id FROM t JOIN u ON t.a = u.a",
            "Project a, id\n  Join Inner equals(a, a0)\n    Source t\n    Source u",
        ),
        // A comma binds as tightly as JOIN, so that the condition sees all three.
        (
            "SELECT t.a FROM t, o LEFT JOIN u ON t.a = u.a",
            "Project a\n  Join LeftOuter equals(a, a0)\n    Join Inner\n      Source t\n      Source o\n    Source u",
        ),
        (
            "SELECT * FROM keyed FULL JOIN keyed AS other USING (k)",
            "Project COALESCE(k, k0) AS k, v, v0\n  Join FullOuter equals(k, k0)\n    Source keyed\n    Source keyed",
        ),
        (
            "SELECT * FROM t CROSS JOIN (VALUES (1)) AS v(n)",
            "Project a, b, c, d, e, EXPR$0 AS n\n  Join Inner\n    Source t\n    Values (1)",
        ),
        (
            "SELECT a FROM t WHERE a IN (SELECT id FROM u WHERE u.x = t.c)",
            "Project a\n  Filter IN(a, query)\n    Source t\n    In\n      Project id\n        Filter equals(x, \
             c)\n          Source u",
        ),
        (
            "SELECT a FROM t UNION SELECT id FROM u ORDER BY a DESC LIMIT 3 OFFSET 1",
            "Sort a DESC NULLS LAST offset 1 fetch 3\n  SetOperation Union\n    Project a\n      Source t\n    \
             Project id\n      Source u",
        ),
        (
            "SELECT c FROM t ORDER BY a + 1, 1 DESC",
            "Project c\n  Sort EXPR$1 ASC NULLS FIRST, c DESC NULLS LAST\n    Project c, plus(a, 1) AS EXPR$1\n      \
             Source t",
        ),
        (
            "SELECT k, SUM(v) FROM o GROUP BY ROLLUP (k) ORDER BY GROUPING(k)",
            "Project k, EXPR$1\n  Sort EXPR$2 ASC NULLS FIRST\n    Project k, EXPR$0 AS EXPR$1, EXPR$1 AS EXPR$2\n      \
             Aggregate by [k] sets [[0], []] sum(v) AS EXPR$0, GROUPING(k) AS EXPR$1\n        Source o",
        ),
        (
            "SELECT k, RANK() OVER (PARTITION BY k ORDER BY v) AS r FROM o QUALIFY r < 3",
            "Project k, w0$o0 AS r\n  Filter lessThan(w0$o0, 3)\n    Over RANK() by [k] order [v ASC NULLS FIRST] \
             Range UnboundedPreceding CurrentRow AS w0$o0\n      Source o",
        ),
        (
            "SELECT k, SUM(v) AS s, RANK() OVER (ORDER BY SUM(v) DESC) FROM o GROUP BY k",
            "Project k, EXPR$0 AS s, w0$o0 AS EXPR$2\n  Over RANK() by [] order [EXPR$0 DESC NULLS LAST] Range \
             UnboundedPreceding CurrentRow AS w0$o0\n    Aggregate by [k] sum(v) AS EXPR$0\n      Source o",
        ),
        (
            "SELECT window_start, k FROM TABLE(HOP(DATA => TABLE o, TIMECOL => DESCRIPTOR(tm), SLIDE => INTERVAL \
             '1' MINUTE, SIZE => INTERVAL '2' MINUTE))",
            "Project window_start, k\n  WindowTableFunction Hop { slide_millis: 60000, size_millis: 120000, \
             offset_millis: 0 } time 3\n    Source o",
        ),
        (
            "SELECT k FROM SESSION(TABLE o PARTITION BY (k, id), DESCRIPTOR(tm), INTERVAL '1' SECOND)",
            "Project k\n  WindowTableFunction Session { gap_millis: 1000, partition_by: [1, 0] } time 3\n    Source o",
        ),
        (
            "SELECT k, TUMBLE_END(tm, INTERVAL '1' HOUR), COUNT(*) FROM o GROUP BY k, TUMBLE(tm, INTERVAL '1' HOUR)",
            "Project k, w$end AS EXPR$1, EXPR$0 AS EXPR$2\n  WindowAggregate Tumble { size_millis: 3600000, \
             offset_millis: 0 } time tm by [k] count() AS EXPR$0 w$end\n    Source o",
        ),
        (
            "SELECT id, e, n FROM u, UNNEST(arr) WITH ORDINALITY AS w(e, n)",
            "Project id, e, n\n  Correlate Inner Unnest arr ordinality\n    Source u",
        ),
        (
            "SELECT l.id FROM t LEFT JOIN LATERAL (SELECT id FROM u WHERE u.a = t.a) AS l ON l.id > 3",
            "Project id\n  Correlate LeftOuter greaterThan(id, 3) Query\n    Source t\n    Project id\n      Filter \
             equals(a, a)\n        Source u",
        ),
        (
            "SELECT o.id FROM o JOIN u FOR SYSTEM_TIME AS OF o.tm AS w ON o.id = w.id",
            "Project id\n  Join Inner equals(id, id0) as of tm\n    Source o\n    Source u",
        ),
        ("TABLE keyed", "Source keyed"),
    ] {
        assert_eq!(tree(sql, &catalogs), expected, "{sql}");
    }
    Ok(())
}

/// Columns and types as Flink 2.3 gives them.
#[test]
fn columns_of_relations() -> Result<()> {
    let catalogs = tables()?;
    for (sql, expected) in [
        (
            "SELECT o.id, u.id FROM o LEFT JOIN u ON o.id = u.id",
            "id INT NOT NULL, id0 INT",
        ),
        (
            "SELECT id, (SELECT MAX(id) FROM u) FROM o",
            "id INT NOT NULL, EXPR$1 INT",
        ),
        (
            "SELECT a IN (SELECT id FROM u), EXISTS (SELECT 1 FROM u) FROM t",
            "EXPR$0 BOOLEAN, EXPR$1 BOOLEAN NOT NULL",
        ),
        (
            "SELECT LAG(v) OVER w, LAG(v, 1, 0) OVER w, SUM(v) OVER w, SUM(v) OVER (ORDER BY v ROWS 2 PRECEDING) \
             FROM o WINDOW w AS (ORDER BY v)",
            "EXPR$0 INT, EXPR$1 INT NOT NULL, EXPR$2 INT NOT NULL, EXPR$3 INT",
        ),
        (
            "SELECT * FROM TABLE(TUMBLE(TABLE o, DESCRIPTOR(tm), INTERVAL '1' HOUR))",
            "id INT NOT NULL, k STRING NOT NULL, v INT NOT NULL, tm TIMESTAMP(3), window_start TIMESTAMP(3) NOT \
             NULL, window_end TIMESTAMP(3) NOT NULL, window_time TIMESTAMP(3) NOT NULL",
        ),
        ("SELECT w.* FROM u, UNNEST(ar) AS w", "p INT, q STRING"),
        ("SELECT w.* FROM u, UNNEST(m) AS w", "KEY STRING, VALUE INT"),
        ("SELECT w.* FROM u, UNNEST(arr) AS w", "w INT"),
        (
            "SELECT k, v FROM o INTERSECT SELECT x, a FROM u",
            "k STRING, v INT",
        ),
        (
            "SELECT k, SUM(v), STDDEV_POP(v), COLLECT(v), FIRST_VALUE(v) FROM o GROUP BY k",
            "k STRING NOT NULL, EXPR$1 INT NOT NULL, EXPR$2 INT NOT NULL, EXPR$3 MULTISET<INT NOT NULL> NOT NULL, \
             EXPR$4 INT NOT NULL",
        ),
    ] {
        assert_eq!(columns(sql, &catalogs), expected, "{sql}");
    }
    Ok(())
}

/// Messages as Flink 2.3 gives them.
#[test]
fn faults_of_relations() -> Result<()> {
    let catalogs = tables()?;
    for (sql, expected) in [
        (
            "SELECT a FROM t, u",
            "At line 1, column 8: Column 'a' is ambiguous",
        ),
        (
            "SELECT u.r.nope FROM u",
            "From line 1, column 10 to line 1, column 15: Column 'r.nope' not found in table 'u'",
        ),
        (
            "SELECT * FROM t WHERE a IN (SELECT id, a FROM u)",
            "From line 1, column 23 to line 1, column 48: Values passed to IN operator must have compatible types",
        ),
        (
            "SELECT a FROM t ORDER BY 3",
            "At line 1, column 26: Ordinal out of range",
        ),
        (
            "SELECT DISTINCT a FROM t ORDER BY b",
            "At line 1, column 35: Expression 'b' is not in the select clause",
        ),
        (
            "SELECT a FROM t UNION SELECT a, b FROM t",
            "From line 1, column 30 to line 1, column 33: Column count mismatch in UNION",
        ),
        (
            "SELECT a FROM t UNION SELECT c FROM t",
            "At line 1, column 8: Type mismatch in column 1 of UNION",
        ),
        (
            "SELECT a FROM t MINUS SELECT id FROM u",
            "MINUS is not allowed under the current SQL conformance level",
        ),
        (
            "SELECT a FROM t LIMIT 2, 5",
            "'LIMIT start, count' is not allowed under the current SQL conformance level",
        ),
        (
            "SELECT a, GROUPING(b) FROM t GROUP BY a",
            "At line 1, column 20: Argument to GROUPING operator must be a grouped expression",
        ),
        (
            "SELECT v FROM o WHERE SUM(v) OVER () > 1",
            "Windowed aggregate expression is illegal in WHERE clause",
        ),
        (
            "SELECT TUMBLE_START(tm, INTERVAL '2' HOUR) FROM o GROUP BY TUMBLE(tm, INTERVAL '1' HOUR)",
            "From line 1, column 8 to line 1, column 42: Call to auxiliary group function 'TUMBLE_START' must have \
             matching call to group function '$TUMBLE' in GROUP BY clause",
        ),
        (
            "SELECT * FROM TABLE(TUMBLE(TABLE o, DESCRIPTOR(nope), INTERVAL '10' MINUTE))",
            "From line 1, column 48 to line 1, column 51: Unknown identifier 'nope'",
        ),
        (
            "SELECT * FROM TABLE(TUMBLE(TABLE o, DESCRIPTOR(tm)))",
            "From line 1, column 21 to line 1, column 51: Invalid number of arguments to function 'TUMBLE'. Was \
             expecting 3 arguments",
        ),
    ] {
        let given = tree(sql, &catalogs);
        assert!(given.ends_with(expected), "{sql}\n{given}");
    }
    Ok(())
}

/// The pattern, the definitions and the measures as one would write them by hand.
#[test]
fn patterns_in_rows() -> Result<()> {
    use crate::operation::{AfterMatch, Pattern, QueryOperation};

    let catalogs = tables()?;
    let planned = super::plan(
        "SELECT * FROM o MATCH_RECOGNIZE (PARTITION BY k ORDER BY tm MEASURES A.v AS av, FINAL LAST(B.v, 1) AS bv, \
         SUM(B.v) AS s, v AS w AFTER MATCH SKIP TO LAST B PATTERN (A B+? C{2,3} (D | E)*) WITHIN INTERVAL '1' HOUR \
         DEFINE B AS B.v > PREV(B.v) AND SUM(B.v) < 100, C AS v > A.v) AS m",
        &catalogs,
    )?;
    let QueryOperation::Project { input, .. } = planned.as_ref() else {
        return Err(crate::PlanError::validation("no projection"));
    };
    let QueryOperation::MatchRecognize(recognize) = input.as_ref() else {
        return Err(crate::PlanError::validation("no MATCH_RECOGNIZE"));
    };
    let variable = |name: &str| Pattern::Variable(name.to_owned());
    let repeat = |pattern, at_least, at_most, greedy| Pattern::Repeat {
        pattern: Box::new(pattern),
        at_least,
        at_most,
        greedy,
    };
    assert_eq!(
        recognize.pattern,
        Pattern::Sequence(vec![
            variable("A"),
            repeat(variable("B"), 1, None, false),
            repeat(variable("C"), 2, Some(3), true),
            repeat(
                Pattern::Alternation(vec![variable("D"), variable("E")]),
                0,
                None,
                true
            ),
        ])
    );
    assert_eq!(recognize.after_match, AfterMatch::Last("B".to_owned()));
    assert_eq!(recognize.within_millis, Some(3_600_000));
    let definitions: Vec<String> = recognize
        .definitions
        .iter()
        .map(|(name, condition)| format!("{name} AS {condition}"))
        .collect();
    assert_eq!(
        definitions,
        [
            "B AS and(greaterThan(LAST(B.v, 0), PREV(B.v, 1)), lessThan(sum(B.v), 100))",
            "C AS greaterThan(LAST(v, 0), LAST(A.v, 0))",
        ]
    );
    let measures: Vec<String> = recognize
        .measures
        .iter()
        .map(|measure| format!("{} AS {}", measure.expression, measure.name))
        .collect();
    assert_eq!(
        measures,
        [
            "LAST(A.v, 0) AS av",
            "LAST(B.v, 1) AS bv",
            "sum(B.v) AS s",
            "LAST(v, 0) AS w"
        ]
    );
    Ok(())
}

/// Options of a hint are those of the table that is read, there and nowhere else.
#[test]
fn options_of_a_hint_are_of_that_table() -> Result<()> {
    use crate::operation::QueryOperation;

    let catalogs = tables()?;
    let options = |sql: &str| -> Result<Vec<Option<String>>> {
        let planned = super::plan(sql, &catalogs)?;
        let QueryOperation::Project { input, .. } = planned.as_ref() else {
            return Err(crate::PlanError::validation("no projection"));
        };
        let inputs = match input.as_ref() {
            QueryOperation::Join(join) => vec![&join.left, &join.right],
            _ => vec![input],
        };
        Ok(inputs
            .into_iter()
            .map(|input| match input.as_ref() {
                QueryOperation::Source { table } => table.options.get("number-of-rows").cloned(),
                _ => None,
            })
            .collect())
    };
    assert_eq!(
        options("SELECT * FROM o /*+ OPTIONS('number-of-rows'='5') */ AS p")?,
        [Some("5".to_owned())]
    );
    assert_eq!(
        options(
            "SELECT /*+ BROADCAST(o), STATE_TTL('o'='1d') */ * FROM o JOIN o /*+ OPTIONS('number-of-rows'='7') */ AS p ON o.id = p.id"
        )?,
        [None, Some("7".to_owned())]
    );
    Ok(())
}
