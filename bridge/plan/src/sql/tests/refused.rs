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
            "SELECT * FROM t AS x /*+ OPTIONS('scan.startup.mode'='earliest-offset') */",
            "Encountered \"/*+\"",
        ),
        (
            "SELECT a /*+ OPTIONS('a'='b') */ + 1 FROM t",
            "Encountered \"/*+\"",
        ),
        (
            "INSERT INTO keyed /*+ OPTIONS('sink.parallelism'='2') */ SELECT c, b FROM t",
            "the hint /*+ OPTIONS('sink.parallelism'='2') */ is not supported",
        ),
        (
            "SELECT * FROM t /*+ NOPE('x') */",
            "Hint: NOPE should be registered in the HintStrategyTable",
        ),
        (
            "SELECT /*+ BROADCAST(zzz) */ a FROM t",
            "The options of following hints cannot match the name of input tables or views: \n`zzz` in `BROADCAST`",
        ),
        (
            "SELECT /*+ BROADCAST */ a FROM t",
            "Invalid hint: BROADCAST, expecting at least one table or view specified in hint BROADCAST.",
        ),
        (
            "SELECT /*+ STATE_TTL('t'='blah') */ a FROM t",
            "Invalid STATE_TTL hint value: text does not start with a number",
        ),
        (
            "SELECT /*+ LOOKUP('nope'='t') */ a FROM t",
            "Invalid LOOKUP hint: incomplete required option(s)",
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
            "SELECT a FROM t CROSS JOIN twice(a) WITH ORDINALITY AS u(e, o)",
            "WITH ORDINALITY of a function is not supported",
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
