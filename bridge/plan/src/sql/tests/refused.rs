//! What is refused by name, and what other parsers lose or misread in silence.

use super::{catalogs, message, plan};
use crate::sql::parse_statements;
use crate::{PlanError, Result};

/// Constructs that `sqlparser` reads wrongly or drops; each gives an error here.
#[test]
fn silent_mistakes_of_the_parser_are_errors() -> Result<()> {
    let catalogs = catalogs()?;
    for (sql, expected) in [
        // Hints are comments to sqlparser.
        (
            "SELECT * FROM t /*+ OPTIONS('scan.startup.mode'='earliest-offset') */ AS x",
            "the hint /*+ OPTIONS('scan.startup.mode'='earliest-offset') */ is not supported",
        ),
        (
            "INSERT INTO keyed /*+ OPTIONS('sink.parallelism'='2') */ SELECT c, b FROM t",
            "the hint /*+ OPTIONS('sink.parallelism'='2') */ is not supported",
        ),
        (
            "SELECT /*+ STATE_TTL('t'='1d') */ a FROM t",
            "the hint /*+ STATE_TTL('t'='1d') */ is not supported",
        ),
        // A version of a table is dropped by planners that do not look at it.
        (
            "SELECT * FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '2023-07-31 00:00:00'",
            "FOR SYSTEM_TIME AS OF a time that is no column of the left side of a join is not supported",
        ),
        // The type's parts are lost; Flink's RAW exists in a JVM only.
        ("CREATE TABLE x (r RAW('java.lang.Object', 'abc'))", ""),
        // WITH ORDINALITY is dropped.
        (
            "SELECT a FROM t CROSS JOIN UNNEST(c) WITH ORDINALITY AS u(e, o)",
            "UNNEST is not supported",
        ),
        // UESCAPE is taken for an alias.
        ("SELECT 'x' UESCAPE '#'", "Encountered \"UESCAPE\""),
        // The word FILTER is dropped where it stands alone.
        ("SELECT COUNT(*) FILTER FROM t", "Encountered \"FILTER\""),
        // Strings are taken for names.
        ("SELECT a 'x' FROM t", "a string as a name is not supported"),
        ("SELECT a FROM t AS 'x'", "a string as a name is not supported"),
        ("SELECT a \"x\" FROM t", "Encountered \"\"\""),
        // Constants of other systems.
        ("SELECT INT '5'", "is not supported"),
        ("SELECT 1L", "the constant 1L is not supported"),
        ("SELECT a::BIGINT FROM t", "a cast by :: is not supported"),
    ] {
        let given = match parse_statements(sql) {
            Err(error) => error.to_string(),
            Ok(_) => message(plan(sql, &catalogs)),
        };
        assert!(
            given.contains(expected) && !given.contains("no error"),
            "{sql}\n{given}"
        );
    }
    Ok(())
}

#[test]
fn queries_that_are_refused() -> Result<()> {
    let catalogs = catalogs()?;
    for (sql, expected) in [
        (
            "SELECT * FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(a), INTERVAL '10' SECOND))",
            "TABLE(...) in FROM",
        ),
        ("SELECT * FROM TUMBLE(DATA => t)", "a table function"),
        (
            "SELECT a FROM t, LATERAL TABLE(split(c)) AS x(w)",
            "TABLE(...) in FROM",
        ),
        (
            "SELECT * FROM t MATCH_RECOGNIZE (PATTERN (A B+?) DEFINE A AS A.a > 1)",
            "MATCH_RECOGNIZE",
        ),
        ("SELECT twice(x => a) FROM t", "a named argument"),
        ("SELECT * FROM t TABLESAMPLE BERNOULLI (10)", "TABLESAMPLE"),
        ("WITH RECURSIVE x AS (SELECT 1) SELECT * FROM x", "WITH RECURSIVE"),
        ("SELECT a FROM t GROUP BY ALL", "GROUP BY ALL"),
        ("SELECT a & 1 FROM t", "the operator &"),
    ] {
        let given = match plan(sql, &catalogs) {
            Err(PlanError::Unsupported { what, hint }) => {
                assert!(hint.is_some(), "{sql}");
                what
            }
            other => format!("{other:?}"),
        };
        let given = given.split_once(": ").map_or(given.as_str(), |(_, what)| what);
        assert_eq!(given, expected, "{sql}");
    }
    Ok(())
}
