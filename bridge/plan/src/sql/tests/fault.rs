//! Errors in queries: their places, their words, and that none of them ends the process.

use super::{catalogs, message, plan};
use crate::sql::{PlanContext, Statement, parse_statements, plan_query};
use crate::stream::JobOptions;
use crate::{PlanError, Result};

#[test]
fn faults_have_places() -> Result<()> {
    let catalogs = catalogs()?;
    for (sql, expected) in [
        (
            "SELECT 1\nFROM nope",
            "From line 2, column 6 to line 2, column 9: Object 'nope' not found",
        ),
        (
            "SELECT 1 FROM default_database.nope",
            "From line 1, column 15 to line 1, column 35: Object 'nope' not found within 'default_catalog.default_database'",
        ),
        (
            "SELECT 1 FROM nodb.nope",
            "From line 1, column 15 to line 1, column 23: Object 'nodb' not found",
        ),
        (
            "SELECT 1 FROM default_catalog.nodb.nope",
            "From line 1, column 15 to line 1, column 39: Object 'nodb' not found within 'default_catalog'",
        ),
        (
            "SELECT x.nope FROM t AS x",
            "From line 1, column 10 to line 1, column 13: Column 'nope' not found in table 'x'",
        ),
        (
            "SELECT y.a FROM t AS x",
            "At line 1, column 8: Table 'y' not found",
        ),
        ("SELECT y.* FROM t", "At line 1, column 8: Unknown identifier 'y'"),
        (
            "SELECT f() FROM t",
            "From line 1, column 8 to line 1, column 10: No match found for function signature f()",
        ),
        (
            "SELECT f('x', 1, e) FROM t",
            "From line 1, column 8 to line 1, column 19: No match found for function signature f(<CHARACTER>, <NUMERIC>, <BOOLEAN>)",
        ),
        (
            "SELECT a FROM t WHERE SUM(a) > 1",
            "From line 1, column 23 to line 1, column 28: Aggregate expression is illegal in WHERE clause",
        ),
        (
            "SELECT 1 FROM t GROUP BY SUM(a)",
            "From line 1, column 26 to line 1, column 31: Aggregate expression is illegal in GROUP BY clause",
        ),
        (
            "SELECT SUM(COUNT(*)) FROM t",
            "From line 1, column 12 to line 1, column 19: Aggregate expressions cannot be nested",
        ),
        (
            "SELECT *, COUNT(*) FROM t GROUP BY a",
            "At line 1, column 8: Expression 'b' is not being grouped",
        ),
        (
            "SELECT a FROM t GROUP BY a HAVING a",
            "At line 1, column 35: HAVING clause must be a condition",
        ),
        (
            "SELECT COUNT(*) FILTER (WHERE a) FROM t",
            "At line 1, column 31: FILTER clause must be a condition",
        ),
        (
            "SELECT UPPER(DISTINCT c) FROM t",
            "From line 1, column 8 to line 1, column 24: DISTINCT/ALL or FILTER not allowed with UPPER function",
        ),
        (
            "SELECT CASE WHEN e THEN 1 ELSE 'x' END FROM t",
            "Illegal mixing of types in CASE or COALESCE statement",
        ),
        (
            "SELECT CASE WHEN e THEN NULL END FROM t",
            "ELSE clause or at least one THEN clause must be non-NULL",
        ),
        (
            "SELECT a FROM t UNION ALL SELECT a, b FROM t",
            "Column count mismatch in UNION ALL",
        ),
        (
            "SELECT a FROM t UNION ALL SELECT e FROM t",
            "Type mismatch in column 1 of UNION ALL",
        ),
        ("VALUES (1), (1, 2)", "Unequal number of entries in VALUES rows"),
        (
            "VALUES (1), (TRUE)",
            "Values passed to VALUES operator must have compatible types",
        ),
        ("SELECT *", "SELECT * requires a FROM clause"),
        (
            "SELECT * FROM (VALUES (1, 2)) AS t(a)",
            "List of column aliases must have same degree as table; table has 2 columns ('EXPR$0', 'EXPR$1'), whereas alias list has 1 columns",
        ),
        (
            "SELECT 99999999999999999999",
            "Numeric literal '99999999999999999999' out of range",
        ),
        (
            "SELECT INTERVAL '1x' DAY",
            "Illegal interval literal format '1x' for INTERVAL DAY",
        ),
        (
            "SELECT INTERVAL '1:99' HOUR TO MINUTE",
            "Illegal interval literal format '1:99' for INTERVAL HOUR TO MINUTE",
        ),
        (
            "SELECT e = 1 FROM t",
            "Cannot apply '=' to arguments of type '<BOOLEAN> = <INTEGER>'. Supported form(s): '<COMPARABLE_TYPE> = <COMPARABLE_TYPE>'",
        ),
        (
            "SELECT CAST(e AS DATE) FROM t",
            "Unsupported cast from 'BOOLEAN' to 'DATE'.",
        ),
        (
            "SELECT twice(c) FROM t",
            "Invalid argument type at position 0. Data type BIGINT expected but STRING passed.",
        ),
    ] {
        let given = message(plan(sql, &catalogs));
        assert!(
            given.starts_with("ValidationException: SQL validation failed. ") && given.ends_with(expected),
            "{sql}\n{given}\n{expected}"
        );
    }
    Ok(())
}

/// Tests run on threads with stacks of 2 MiB, as tasks do.
#[test]
fn long_and_deep_expressions_never_end_the_process() -> Result<()> {
    let catalogs = catalogs()?;
    let chain = |count: usize, operator: &str| vec!["a = 1"; count].join(operator);
    for operator in [" OR ", " AND "] {
        let condition = chain(5_000, operator);
        plan(&format!("SELECT 1 FROM t WHERE {condition}"), &catalogs)?;
        plan(
            &format!("SELECT a FROM t GROUP BY a HAVING {condition}"),
            &catalogs,
        )?;
    }
    let unions = vec!["SELECT a FROM t"; 1_000].join(" UNION ALL ");
    plan(&unions, &catalogs)?;
    plan(&format!("SELECT a{} FROM t", " + 1".repeat(400)), &catalogs)?;
    for (sql, expected) in [
        (
            format!("SELECT 1 FROM t WHERE {}", chain(100_000, " OR ")),
            "a chain of more than 5000 ANDs, ORs or UNIONs is not supported",
        ),
        (
            format!("SELECT a = 1{} FROM t", " = TRUE".repeat(600)),
            "a chain of more than 500 operators is not supported",
        ),
        (
            format!("SELECT a{} FROM t", " + 1".repeat(501)),
            "a chain of more than 500 operators is not supported",
        ),
        (
            format!(
                "SELECT COUNT(*) FROM t GROUP BY a HAVING a{} > 1",
                " + 1".repeat(5_000)
            ),
            "a chain of more than 500 operators is not supported",
        ),
        (
            // Sums inside sums: no chain is too long, all of them together are.
            format!(
                "SELECT {}a{} FROM t",
                "(".repeat(20),
                format!("{})", " + 1".repeat(30)).repeat(20)
            ),
            "an expression of more than 500 levels is not supported",
        ),
        (
            format!("SELECT {}1{}", "(".repeat(10_000), ")".repeat(10_000)),
            "The statement is nested too deeply.",
        ),
    ] {
        let given = message(plan(&sql, &catalogs));
        assert!(
            given.ends_with(expected),
            "{}",
            given.chars().take(200).collect::<String>()
        );
    }
    Ok(())
}

#[test]
fn another_dialect_is_refused() -> Result<()> {
    let catalogs = catalogs()?;
    let mut options = JobOptions::from([("table.sql-dialect".to_owned(), "hive".to_owned())]);
    let planned = |options: &JobOptions| match parse_statements("SELECT a FROM t")?.as_slice() {
        [Statement::Query(query)] => plan_query(
            query,
            &PlanContext {
                catalogs: &catalogs,
                options,
            },
        ),
        other => Err(PlanError::validation(format!("{other:?}"))),
    };
    assert_eq!(
        message(planned(&options)),
        "UnsupportedOperationException: the SQL dialect 'hive' is not supported"
    );
    options.insert("table.sql-dialect".to_owned(), "DEFAULT".to_owned());
    planned(&options).map(|_| ())
}
