//! Scripts: where statements end, what kinds there are, and how faults are shown.

use super::message;
use crate::Result;
use crate::sql::{ExplainDetail, Statement, parse_path, parse_statements};

#[test]
fn statements_end_at_semicolons_between_tokens() -> Result<()> {
    let statements = parse_statements(
        ";; SELECT ';' AS `;` -- a ; comment
         ; /* ; */ INSERT INTO s VALUES ('a;b');
         EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; INSERT INTO b SELECT 2; END;
         BEGIN STATEMENT SET; INSERT INTO a SELECT 1; END; EXECUTE SELECT 1;",
    )?;
    let kinds: Vec<&str> = statements
        .iter()
        .map(|statement| match statement {
            Statement::Query(_) => "query",
            Statement::Insert(_) => "insert",
            Statement::StatementSet(_) => "set",
            Statement::BeginStatementSet => "begin",
            Statement::EndStatementSet => "end",
            _ => "other",
        })
        .collect();
    assert_eq!(
        kinds,
        ["query", "insert", "set", "begin", "insert", "end", "query"]
    );
    let [Statement::Query(query), _, Statement::StatementSet(inserts), ..] = statements.as_slice() else {
        return Err(crate::PlanError::validation("other statements"));
    };
    assert_eq!(query.text, "SELECT ';' AS `;`");
    let texts: Vec<&str> = inserts.iter().map(|insert| insert.query.text.as_str()).collect();
    assert_eq!(texts, ["SELECT 1", "SELECT 2"]);
    assert!(parse_statements(" ; -- nothing\n")?.is_empty());
    Ok(())
}

#[test]
fn options_of_a_session() -> Result<()> {
    for (sql, expected) in [
        ("SET", None),
        ("SET 'a.b' = 'c d'", Some(("a.b", "c d"))),
        (
            "SET execution.checkpointing.interval = 3min;",
            Some(("execution.checkpointing.interval", "3min")),
        ),
        ("SET a.b-c = x=y z", Some(("a.b-c", "x=y z"))),
    ] {
        match parse_statements(sql)?.as_slice() {
            [Statement::Set(option)] => {
                let option = option.as_ref().map(|(key, value)| (key.as_str(), value.as_str()));
                assert_eq!(option, expected, "{sql}");
            }
            other => return Err(crate::PlanError::validation(format!("{other:?}"))),
        }
    }
    assert!(matches!(
        parse_statements("RESET 'a'; RESET")?.as_slice(),
        [Statement::Reset(Some(key)), Statement::Reset(None)] if key == "a"
    ));
    Ok(())
}

#[test]
fn explains() -> Result<()> {
    for (sql, expected) in [
        ("EXPLAIN SELECT 1", &[][..]),
        ("EXPLAIN PLAN FOR INSERT INTO s SELECT 1", &[]),
        (
            "EXPLAIN ESTIMATED_COST, CHANGELOG_MODE, JSON_EXECUTION_PLAN SELECT 1",
            &[
                ExplainDetail::EstimatedCost,
                ExplainDetail::ChangelogMode,
                ExplainDetail::JsonExecutionPlan,
            ],
        ),
        ("EXPLAIN STATEMENT SET BEGIN INSERT INTO a SELECT 1; END", &[]),
    ] {
        match parse_statements(sql)?.as_slice() {
            [Statement::Explain(explain)] => assert_eq!(explain.details, expected, "{sql}"),
            other => return Err(crate::PlanError::validation(format!("{other:?}"))),
        }
    }
    assert_eq!(
        message(parse_statements("EXPLAIN DROP TABLE t")),
        "SqlParserException: SQL parse failed. Encountered \"DROP\" at line 1, column 9.\nWas expecting: a query, \
         INSERT or STATEMENT SET\nEXPLAIN DROP TABLE t\n        ^"
    );
    Ok(())
}

#[test]
fn faults_show_their_line() {
    for (sql, expected) in [
        (
            "SELECT a\nFROM t\n  WHERE , x",
            "Encountered \",\" at line 3, column 9.\nWas expecting: an expression\n  WHERE , x\n        ^",
        ),
        (
            "SELECT 1; FROM",
            "Encountered \"FROM\" at line 1, column 11.\nWas expecting: a statement, such as SELECT, INSERT, CREATE, ALTER, DROP, SHOW, DESCRIBE, EXPLAIN, USE, SET or EXECUTE\nSELECT 1; FROM\n          ^",
        ),
        (
            "SELECT (1",
            "Encountered \"<EOF>\" at line 1, column 10.\nWas expecting: )\nSELECT (1\n         ^",
        ),
        (
            "SELECT 'open",
            "Lexical error at line 1, column 8: Unterminated string literal.\nSELECT 'open\n       ^",
        ),
        (
            "SELECT 1 SELECT 2",
            "Encountered \"SELECT\" at line 1, column 10.\nWas expecting: the end of the statement\nSELECT 1 SELECT \
             2\n         ^",
        ),
        (
            "CREATE TABLE t (a >> INT)",
            "Encountered \">\" at line 1, column 19.\nWas expecting: a data type\nCREATE TABLE t (a >> INT)\n                  ^",
        ),
    ] {
        assert_eq!(
            message(parse_statements(sql)),
            format!("SqlParserException: SQL parse failed. {expected}"),
            "{sql}"
        );
    }
}

#[test]
fn paths() -> Result<()> {
    assert_eq!(parse_path("t")?, ["t"]);
    assert_eq!(parse_path("`my-cat`.db.`a``b`")?, ["my-cat", "db", "a`b"]);
    assert_eq!(
        message(parse_path("a.")),
        "SqlParserException: SQL parse failed. Encountered \"<EOF>\" at line 1, column 3.\nWas expecting: an \
         identifier\na.\n  ^"
    );
    assert_eq!(
        message(parse_path("a b")),
        "SqlParserException: SQL parse failed. Encountered \"b\" at line 1, column 3.\nWas expecting: the end of \
         the path\na b\n  ^"
    );
    Ok(())
}
