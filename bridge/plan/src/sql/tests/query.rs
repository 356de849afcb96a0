//! Queries and their trees of operations.

use super::{catalogs, columns, message, plan, tree};
use crate::sql::{PlanContext, PlannedInsert, Statement, parse_statements};
use crate::stream::JobOptions;
use crate::{PlanError, Result};

#[test]
fn trees() -> Result<()> {
    let catalogs = catalogs()?;
    for (sql, expected) in [
        ("SELECT * FROM t", "Project a, b, c, d, e\n  Source t"),
        (
            "SELECT t.*, a AS x FROM t",
            "Project a, b, c, d, e, a AS x\n  Source t",
        ),
        (
            "SELECT x.a, default_database.t.a FROM t AS x",
            "SQL validation failed. From line 1, column 13 to line 1, column 30: Table 'default_database.t' not \
             found",
        ),
        (
            "SELECT default_database.t.a, t.b FROM t",
            "Project a, b\n  Source t",
        ),
        // Names that repeat are made unique where they leave the query.
        ("SELECT a, a, a FROM t", "Project a, a AS a0, a AS a1\n  Source t"),
        (
            "SELECT a FROM (SELECT a, a FROM t)",
            "SQL validation failed. At line 1, column 8: Column 'a' is ambiguous",
        ),
        (
            "SELECT * FROM (SELECT a, a FROM t)",
            "Project a, a0\n  Project a, a AS a0\n    Source t",
        ),
        (
            "SELECT a + 1, twice(b) AS n FROM t WHERE e AND a > 5",
            "Project plus(a, 1) AS EXPR$0, twice(b) AS n\n  Filter and(e, greaterThan(a, 5))\n    Source t",
        ),
        // An INT is cast for a parameter of type BIGINT.
        (
            "SELECT TWICE(a) FROM t",
            "Project twice(cast(a, BIGINT)) AS EXPR$0\n  Source t",
        ),
        (
            "SELECT c, COUNT(*) AS n, SUM(b), SUM(b) * 2 FROM t GROUP BY c HAVING SUM(b) > 1",
            "Project c, EXPR$1 AS n, EXPR$0 AS EXPR$2, times(EXPR$0, 2) AS EXPR$3\n  Filter \
             greaterThan(EXPR$0, 1)\n    Aggregate by [c] sum(b) AS EXPR$0, count() AS EXPR$1\n      Source t",
        ),
        (
            "SELECT twice(b), COUNT(DISTINCT a) FILTER (WHERE e) FROM t GROUP BY twice(b)",
            "Project $f0 AS EXPR$0, EXPR$0 AS EXPR$1\n  Aggregate by [twice(b) AS $f0] count(distinct a) where \
             e AS EXPR$0\n    Source t",
        ),
        (
            "SELECT COUNT(*) FROM t HAVING COUNT(*) > 1",
            "Project EXPR$0\n  Filter greaterThan(EXPR$0, 1)\n    Aggregate by [] count() AS EXPR$0\n      \
             Source t",
        ),
        // A number in GROUP BY is a constant, as Flink has it, and not the first column.
        (
            "SELECT a FROM t GROUP BY 1",
            "SQL validation failed. At line 1, column 8: Expression 'a' is not being grouped",
        ),
        (
            "SELECT 1 FROM t GROUP BY 1",
            "Project $f0 AS EXPR$0\n  Aggregate by [1 AS $f0]\n    Source t",
        ),
        (
            "SELECT a FROM t GROUP BY ()",
            "SQL validation failed. At line 1, column 8: Expression 'a' is not being grouped",
        ),
        (
            "SELECT a % 2, a % 2 + 1 FROM t GROUP BY a % 2",
            "Project $f0 AS EXPR$0, plus($f0, 1) AS EXPR$1\n  Aggregate by [mod(a, 2) AS $f0]\n    Source t",
        ),
        (
            "SELECT DISTINCT a FROM t",
            "Aggregate by [a]\n  Project a\n    Source t",
        ),
        (
            "SELECT a FROM t UNION ALL SELECT b FROM t UNION ALL SELECT 1",
            "UnionAll\n  Project cast(a, BIGINT) AS a\n    Project a\n      Source t\n  Project b\n    Source t\n  \
             Project cast(EXPR$0, BIGINT) AS EXPR$0\n    Project 1 AS EXPR$0\n      Values (0)",
        ),
        ("VALUES (1, 'a'), (2, 'bc')", "Values (1, 'a'), (2, 'bc')"),
        // Rows are in the common types of their columns.
        (
            "VALUES (1, NULL), (2.5, 1 / 0)",
            "Values (cast(1, DECIMAL(11, 1)), null), (cast(2.5, DECIMAL(11, 1)), divide(1, 0))",
        ),
        // Python functions have operators of their own.
        (
            "VALUES (1, twice(2)), (2, 3)",
            "UnionAll\n  Project 1 AS EXPR$0, twice(cast(2, BIGINT)) AS EXPR$1\n    Values (0)\n  Project 2 \
             AS EXPR$0, cast(3, BIGINT) AS EXPR$1\n    Values (0)",
        ),
        (
            "VALUES (twice(2))",
            "Project twice(cast(2, BIGINT)) AS EXPR$0\n  Values (0)",
        ),
        (
            "WITH x AS (SELECT a FROM t), y (n) AS (SELECT a + 1 FROM x) SELECT y.n FROM y WHERE n > 0",
            "Project EXPR$0 AS n\n  Filter greaterThan(EXPR$0, 0)\n    Project plus(a, 1) AS EXPR$0\n      \
             Project a\n        Source t",
        ),
        (
            "SELECT * FROM (VALUES (1)) AS v(n) WHERE n IS NOT NULL",
            "Project EXPR$0 AS n\n  Filter isNotNull(EXPR$0)\n    Values (1)",
        ),
        // Column names keep their case, and reserved words in back-ticks are names.
        (
            "SELECT A FROM t",
            "SQL validation failed. At line 1, column 8: Column 'A' not found in any table; did you mean 'a'?",
        ),
        (
            "SELECT a AS `select`, b AS `Mixed Case` FROM t",
            "Project a AS select, b AS Mixed Case\n  Source t",
        ),
    ] {
        assert_eq!(tree(sql, &catalogs), expected, "{sql}");
    }
    Ok(())
}

fn expression(sql: &str) -> Result<String> {
    let tree = tree(&format!("SELECT {sql} AS x FROM t"), &catalogs()?);
    let first = tree.lines().next().unwrap_or_default();
    Ok(first
        .strip_prefix("Project ")
        .and_then(|rest| rest.strip_suffix(" AS x"))
        .unwrap_or(first)
        .to_owned())
}

#[test]
fn expressions() -> Result<()> {
    for (sql, expected) in [
        ("a + b * 2 - -3", "minus(plus(a, times(b, 2)), -3)"),
        ("-a", "minusPrefix(a)"),
        ("+a", "a"),
        ("NOT e OR e AND e", "or(not(e), and(e, e))"),
        ("e OR e OR (e OR e)", "or(e, e, or(e, e))"),
        ("IF(e, 1, a)", "ifThenElse(e, 1, a)"),
        (
            "a <> 1 AND b <= 2 AND b >= 3",
            "and(notEquals(a, 1), lessThanOrEqual(b, 2), greaterThanOrEqual(b, 3))",
        ),
        ("a BETWEEN 1 AND 2 AND e", "and(between(a, 1, 2), e)"),
        ("a NOT BETWEEN 1 AND 2", "notBetween(a, 1, 2)"),
        ("a NOT IN (1, 2)", "not(in(a, 1, 2))"),
        ("c LIKE 'a%'", "LIKE(c, 'a%')"),
        ("c NOT LIKE 'a!%' ESCAPE '!'", "not(LIKE(c, 'a!%', '!'))"),
        ("c || 'x' || c", "concat(concat(c, 'x'), c)"),
        ("e IS UNKNOWN", "isNull(e)"),
        ("e IS NOT FALSE", "isNotFalse(e)"),
        // sqlparser alone makes `a IS DISTINCT FROM (1 AND e)` of this.
        (
            "a IS DISTINCT FROM 1 AND e",
            "and(not(or(and(isNull(a), isNull(1)), isTrue(equals(a, 1)))), e)",
        ),
        (
            "CASE WHEN e THEN a ELSE b END",
            "ifThenElse(e, cast(a, BIGINT), b)",
        ),
        (
            "CASE a WHEN 1 THEN c WHEN 2 THEN 'x' END",
            "ifThenElse(equals(a, 1), c, ifThenElse(equals(a, 2), 'x', null))",
        ),
        ("NULLIF(a, 1)", "ifThenElse(equals(a, 1), null, a)"),
        ("COALESCE(a, b)", "COALESCE(cast(a, BIGINT), b)"),
        ("CAST(a AS VARCHAR)", "cast(a, STRING)"),
        ("TRY_CAST(c AS DECIMAL(5, 1))", "TRY_CAST(c, DECIMAL(5, 1))"),
        ("TRIM(c)", "trim(true, true, ' ', c)"),
        ("TRIM(LEADING 'x' FROM c)", "trim(true, false, 'x', c)"),
        ("POSITION('x' IN c)", "position('x', c)"),
        ("SUBSTRING(c FROM 2)", "substring(c, 2)"),
        ("FLOOR(d)", "floor(d)"),
        ("UPPER(c)", "upper(c)"),
        // Flink takes no names of the Table API in SQL.
        (
            "upperCase(c)",
            "SQL validation failed. From line 1, column 8 to line 1, column 19: No match found for function signature upperCase(<CHARACTER>)",
        ),
    ] {
        assert_eq!(expression(sql)?, expected, "{sql}");
    }
    Ok(())
}

#[test]
fn constants_and_their_types() -> Result<()> {
    let catalogs = catalogs()?;
    for (sql, expected) in [
        ("1", "INT NOT NULL"),
        ("-2147483648", "INT NOT NULL"),
        ("3000000000", "BIGINT NOT NULL"),
        ("1.0", "DECIMAL(2, 1) NOT NULL"),
        ("0.05", "DECIMAL(3, 2) NOT NULL"),
        ("1.", "INT NOT NULL"),
        ("1e0", "DOUBLE NOT NULL"),
        ("'x'", "CHAR(1) NOT NULL"),
        ("''", "CHAR(0) NOT NULL"),
        ("U&'\\00e9'", "CHAR(1) NOT NULL"),
        ("X'45F0AB'", "BINARY(3) NOT NULL"),
        ("TIME '10:00:00.5'", "TIME(1) NOT NULL"),
        ("TIMESTAMP '2020-01-01 00:00:00'", "TIMESTAMP(0) NOT NULL"),
        ("INTERVAL '1-2' YEAR TO MONTH", "INTERVAL MONTH NOT NULL"),
        ("INTERVAL '1' DAY", "INTERVAL SECOND(3) NOT NULL"),
        ("NULL", "NULL"),
    ] {
        assert_eq!(
            columns(&format!("SELECT {sql} AS x"), &catalogs),
            format!("x {expected}"),
            "{sql}"
        );
    }
    Ok(())
}

#[test]
fn values_of_constants() -> Result<()> {
    use crate::expression::{LiteralValue, ResolvedExpression};
    use crate::operation::QueryOperation;

    let catalogs = catalogs()?;
    for (sql, expected) in [
        ("-1.50", LiteralValue::Decimal(-150)),
        ("-2147483648", LiteralValue::Integer(-2_147_483_648)),
        ("1.2E3", LiteralValue::Floating(1200.0)),
        ("'it''s'", LiteralValue::String("it's".to_owned())),
        ("X'45F0AB'", LiteralValue::Bytes(vec![0x45, 0xF0, 0xAB])),
        // Days since 1970-01-01 by the calendar: 50 years with 12 leap days among them.
        ("DATE '2020-01-01'", LiteralValue::Date(50 * 365 + 12)),
        ("DATE '1969-12-31'", LiteralValue::Date(-1)),
        (
            "TIME '10:00:00.5'",
            LiteralValue::Time((36_000 * 10 + 5) * 100_000_000),
        ),
        (
            "TIMESTAMP '1970-01-02 00:00:01.000000001'",
            LiteralValue::Timestamp(86_401_000_000_001),
        ),
        ("INTERVAL '10' MINUTE", LiteralValue::IntervalMillis(600_000)),
        ("INTERVAL '2' HOURS", LiteralValue::IntervalMillis(7_200_000)),
        ("INTERVAL '-1.5' SECOND", LiteralValue::IntervalMillis(-1_500)),
        ("INTERVAL -'1' DAY", LiteralValue::IntervalMillis(-86_400_000)),
        ("INTERVAL '2' WEEK", LiteralValue::IntervalMillis(14 * 86_400_000)),
        ("INTERVAL '1-2' YEAR TO MONTH", LiteralValue::IntervalMonths(14)),
        ("INTERVAL '3' QUARTER", LiteralValue::IntervalMonths(9)),
        (
            "INTERVAL '10 00:00:00.004' DAY TO SECOND(3)",
            LiteralValue::IntervalMillis(864_000_004),
        ),
        (
            "INTERVAL '1 2:03' DAY TO MINUTE",
            LiteralValue::IntervalMillis(93_780_000),
        ),
        (
            "INTERVAL '90:00' MINUTE TO SECOND",
            LiteralValue::IntervalMillis(5_400_000),
        ),
    ] {
        let planned = plan(&format!("SELECT {sql}"), &catalogs)?;
        let QueryOperation::Project { projections, .. } = planned.as_ref() else {
            return Err(PlanError::validation(format!("{planned:?}")));
        };
        match &projections[0].expression {
            ResolvedExpression::Literal { value, .. } => assert_eq!(*value, expected, "{sql}"),
            other => return Err(PlanError::validation(format!("{sql}: {other:?}"))),
        }
    }
    Ok(())
}

fn insert(sql: &str) -> Result<PlannedInsert> {
    let catalogs = catalogs()?;
    let options = JobOptions::default();
    match parse_statements(sql)?.as_slice() {
        [Statement::Insert(insert)] => insert.plan(&PlanContext {
            catalogs: &catalogs,
            options: &options,
        }),
        other => Err(PlanError::validation(format!("not one insert: {other:?}"))),
    }
}

#[test]
fn inserts_fit_their_sink() -> Result<()> {
    for (sql, expected) in [
        ("INSERT INTO keyed SELECT c, b FROM t", "c STRING, b BIGINT"),
        // A shorter string is a string, an INT has to be cast.
        (
            "INSERT INTO keyed VALUES ('x', 1)",
            "k CHAR(1) NOT NULL, v BIGINT NOT NULL",
        ),
        (
            "INSERT INTO keyed (v, k) SELECT b, c FROM t",
            "k STRING, v BIGINT",
        ),
        ("INSERT INTO keyed (k) SELECT c FROM t", "k STRING, v BIGINT"),
        ("INSERT INTO keyed (SELECT c, b FROM t)", "c STRING, b BIGINT"),
    ] {
        let planned = insert(sql)?;
        assert_eq!(planned.table.identifier.object, "keyed");
        let columns: Vec<String> = planned
            .query
            .schema()
            .columns
            .iter()
            .map(|column| format!("{} {}", column.name, column.column_type))
            .collect();
        assert_eq!(columns.join(", "), expected, "{sql}");
    }
    for (sql, expected) in [
        (
            "INSERT INTO keyed SELECT c FROM t",
            "ValidationException: Column types of query result and sink for \
             'default_catalog.default_database.keyed' do not match.\nCause: Different number of \
             columns.\n\nQuery schema: [c: STRING]\nSink schema:  [k: STRING, v: BIGINT]",
        ),
        (
            "INSERT INTO keyed SELECT c, c FROM t",
            "ValidationException: Column types of query result and sink for \
             'default_catalog.default_database.keyed' do not match.\nCause: Incompatible types for sink column \
             'v' at position 1.\n\nQuery schema: [c: STRING, c0: STRING]\nSink schema:  [k: STRING, v: BIGINT]",
        ),
        (
            "INSERT INTO nope SELECT c FROM t",
            "ValidationException: Cannot find table \
             '`default_catalog`.`default_database`.`nope`' in any of the catalogs [default_catalog], nor as a \
             temporary table.",
        ),
        (
            "INSERT INTO keyed (v) SELECT b FROM t",
            "ValidationException: Column 'k' has no default value and does not allow NULLs",
        ),
    ] {
        assert_eq!(message(insert(sql)), expected);
    }
    Ok(())
}
