//! Statements about tables, views, functions and databases.

use std::collections::BTreeMap;

use super::{catalogs, message, rows, run};
use crate::Result;
use crate::catalog::{CatalogEntry, CatalogManager, CatalogTable};
use crate::sql::{CreateFunction, FunctionBody, Statement, parse_statements};

fn created(sql: &str) -> Result<CatalogTable> {
    let mut catalogs = CatalogManager::default();
    run(sql, &mut catalogs)?;
    match catalogs.from_path(&["t".to_owned()])? {
        CatalogEntry::Table(table) => Ok(table.as_ref().clone()),
        CatalogEntry::View(view) => Err(crate::PlanError::validation(format!("a view: {view:?}"))),
    }
}

fn error_of(sql: &str) -> String {
    message(created(sql))
}

#[test]
fn a_table_with_everything() -> Result<()> {
    let table = created(
        "CREATE TABLE IF NOT EXISTS default_catalog.default_database.t (
           id BIGINT COMMENT 'the key',
           `odd name` VARCHAR,
           amount DECIMAL(10, 2) NOT NULL,
           r ROW<a INT, `b c` ARRAY<STRING NOT NULL>>,
           m MAP<STRING, TIMESTAMP(3) WITH LOCAL TIME ZONE>,
           dt CHAR(8),
           CONSTRAINT pk PRIMARY KEY (id, dt) NOT ENFORCED
         ) COMMENT 'all of it' PARTITIONED BY (dt)
         WITH ('connector' = 'filesystem', 'path' = '/tmp/it''s')",
    )?;
    let columns: Vec<String> = table
        .schema
        .columns
        .iter()
        .map(|column| format!("{} {}", column.name, column.column_type))
        .collect();
    assert_eq!(
        columns,
        [
            "id BIGINT NOT NULL",
            "odd name STRING",
            "amount DECIMAL(10, 2) NOT NULL",
            "r ROW<`a` INT, `b c` ARRAY<STRING NOT NULL>>",
            "m MAP<STRING, TIMESTAMP_LTZ(3)>",
            "dt CHAR(8) NOT NULL",
        ]
    );
    assert_eq!(table.schema.columns[0].comment.as_deref(), Some("the key"));
    assert_eq!(table.schema.primary_key, [0, 5]);
    assert_eq!(table.comment.as_deref(), Some("all of it"));
    assert_eq!(table.partition_keys, ["dt"]);
    let options = [("connector", "filesystem"), ("path", "/tmp/it's")];
    assert_eq!(
        table.options,
        BTreeMap::from(options.map(|(key, value)| (key.to_owned(), value.to_owned())))
    );
    Ok(())
}

#[test]
fn the_ddl_of_old_gets_present_options() -> Result<()> {
    let table = created(
        "CREATE TABLE t (province VARCHAR) WITH ('connector.type' = 'jdbc', 'connector.url' = 'jdbc:sqlite:x', \
         'connector.table' = 's', 'connector.write.flush.interval' = '1s')",
    )?;
    let keys: Vec<&str> = table.options.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "connector",
            "sink.buffer-flush.interval",
            "sink.buffer-flush.max-rows",
            "table-name",
            "url"
        ]
    );
    Ok(())
}

#[test]
fn a_key_at_its_column() -> Result<()> {
    let table = created("CREATE TEMPORARY TABLE t (a INT PRIMARY KEY NOT ENFORCED COMMENT 'k', b INT)")?;
    assert_eq!(table.schema.primary_key, [0]);
    assert!(!table.schema.columns[0].column_type.nullable);
    assert_eq!(table.schema.columns[0].comment.as_deref(), Some("k"));
    Ok(())
}

#[test]
fn faults_in_tables() {
    for (sql, expected) in [
        (
            "CREATE TABLE t (a INT, a STRING)",
            "ValidationException: A regular Column named 'a' already exists in the table.",
        ),
        (
            "CREATE TABLE t (a INT, PRIMARY KEY (a))",
            "SqlValidateException: Flink \
             doesn't support ENFORCED mode for PRIMARY KEY constraint. ENFORCED/NOT ENFORCED controls if the \
             constraint checks are performed on the incoming/outgoing data. Flink does not own the data \
             therefore the only supported mode is the NOT ENFORCED mode",
        ),
        (
            "CREATE TABLE t (a INT, PRIMARY KEY (b) NOT ENFORCED)",
            "ValidationException: Primary key column 'b' is not defined in the schema at line 1, column 37",
        ),
        (
            "CREATE TABLE t (a INT PRIMARY KEY NOT ENFORCED, b INT PRIMARY KEY NOT ENFORCED)",
            "ValidationException: SQL validation failed. From line 1, column 55 to line 1, column 61: Duplicate \
             primary key definition",
        ),
        (
            "CREATE TABLE t (a INT) PARTITIONED BY (x)",
            "ValidationException: Partition column 'x' not defined in the table schema. Available columns: \
             ['a']",
        ),
        (
            "CREATE TABLE t (a INT) WITH ('k' = 'v', 'k' = 'w')",
            "SqlParserException: SQL parse failed. The option 'k' is given twice at line 1, column 41.\n\
             CREATE TABLE t (a INT) WITH ('k' = 'v', 'k' = 'w')\n                                        ^",
        ),
        (
            "CREATE TABLE t (a INT) WITH (k = 'v')",
            "SqlParserException: SQL parse failed. Encountered \"k\" at line 1, column 30.\nWas expecting: a \
             string in single quotes\nCREATE TABLE t (a INT) WITH (k = 'v')\n                             ^",
        ),
        (
            "CREATE TABLE t (a DECIMAL(99, 2))",
            "SqlParserException: SQL parse failed. Decimal precision must be between 1 and 38 (both inclusive) at \
             line 1, column 19.\nCREATE TABLE t (a DECIMAL(99, 2))\n                  ^",
        ),
        (
            "CREATE TABLE t (a NOSUCHTYPE)",
            "UnsupportedOperationException: the type NOSUCHTYPE is not supported",
        ),
    ] {
        assert_eq!(error_of(sql), expected, "{sql}");
    }
}

#[test]
fn clauses_of_tables_that_are_refused() {
    for (sql, expected) in [
        (
            "CREATE TABLE t (a INT, UNIQUE (a))",
            "From line 1, column 24 to line 1, column 29: UNIQUE is not supported",
        ),
        (
            "CREATE TABLE t (a RAW('java.lang.Object', 'x'))",
            "the type RAW('java.lang.Object', 'x') is not supported",
        ),
        ("CREATE TABLE t (a VARIANT)", "the type VARIANT is not supported"),
    ] {
        let given = error_of(sql);
        let given = given.split_once(": ").map_or("", |(_, given)| given);
        assert_eq!(given, expected, "{sql}");
    }
}

/// The columns of a table with the values that reading it computes.
#[test]
fn computed_columns_are_read_above_physical_and_metadata_columns() -> Result<()> {
    let mut catalogs = CatalogManager::default();
    run(
        "CREATE TABLE t (c AS a + `offset`, a INT NOT NULL, `offset` BIGINT METADATA VIRTUAL, d AS UPPER('x')) \
         WITH ('connector' = 'kafka')",
        &mut catalogs,
    )?;
    assert_eq!(
        super::tree("SELECT * FROM t", &catalogs),
        "Project c, a, offset, d\n  Project plus(a, offset) AS c, a, offset, upper('x') AS d\n    Source t"
    );
    assert_eq!(
        super::columns("SELECT * FROM t", &catalogs),
        "c BIGINT, a INT NOT NULL, offset BIGINT, d CHAR(1) NOT NULL"
    );
    Ok(())
}

#[test]
fn a_view_means_what_its_text_means_now() -> Result<()> {
    let mut catalogs = catalogs()?;
    run(
        "CREATE VIEW v AS SELECT a FROM t; CREATE DATABASE other; USE other; CREATE VIEW w AS SELECT * FROM \
         default_database.v",
        &mut catalogs,
    )?;
    assert_eq!(super::columns("SELECT * FROM w", &catalogs), "a INT");
    run(
        "USE default_database; ALTER TABLE t MODIFY a BIGINT",
        &mut catalogs,
    )?;
    assert_eq!(super::columns("SELECT * FROM other.w", &catalogs), "a BIGINT");
    run("DROP TABLE t", &mut catalogs)?;
    assert_eq!(
        message(super::plan("SELECT * FROM other.w", &catalogs)),
        "ValidationException: SQL validation failed. At line 1, column 15: Object 't' not found"
    );
    Ok(())
}

#[test]
fn views() -> Result<()> {
    let mut catalogs = catalogs()?;
    run(
        "CREATE TEMPORARY VIEW v (x, y) COMMENT 'c' AS SELECT a, b + 1 FROM t WHERE e;
         CREATE VIEW w AS SELECT * FROM v",
        &mut catalogs,
    )?;
    assert_eq!(super::columns("SELECT * FROM w", &catalogs), "x INT, y BIGINT");
    match catalogs.from_path(&["v".to_owned()])? {
        CatalogEntry::View(view) => {
            let text = view.query_text.as_ref().map(|text| text.query.as_str());
            assert_eq!(text, Some("SELECT a, b + 1 FROM t WHERE e"));
            assert_eq!(view.comment.as_deref(), Some("c"));
        }
        CatalogEntry::Table(_) => return Err(crate::PlanError::validation("a table")),
    }
    assert_eq!(
        message(run("CREATE VIEW z (x) AS SELECT a, b FROM t", &mut catalogs)),
        "ValidationException: VIEW definition and input fields not match:\n\tDef fields: [x].\n\tInput fields: \
         [a, b]."
    );
    assert_eq!(
        message(run("DROP TABLE w", &mut catalogs)),
        "ValidationException: Table with identifier 'default_catalog.default_database.w' does not exist."
    );
    run(
        "DROP VIEW w; DROP TEMPORARY VIEW IF EXISTS v; DROP VIEW IF EXISTS v",
        &mut catalogs,
    )?;
    assert_eq!(
        message(super::plan("SELECT * FROM v", &catalogs)),
        "ValidationException: SQL validation failed. At line 1, column 15: Object 'v' not found"
    );
    Ok(())
}

#[test]
fn python_functions() -> Result<()> {
    let statements = parse_statements(
        "CREATE TEMPORARY SYSTEM FUNCTION IF NOT EXISTS f AS 'pkg.my_udf.f' LANGUAGE PYTHON",
    )?;
    let [Statement::CreateFunction(create)] = statements.as_slice() else {
        return Err(crate::PlanError::validation(format!("{statements:?}")));
    };
    assert_eq!(
        *create,
        CreateFunction {
            path: vec!["f".to_owned()],
            temporary: true,
            system: true,
            if_not_exists: true,
            body: FunctionBody {
                name: "pkg.my_udf.f".to_owned(),
                language: Some("PYTHON".to_owned()),
                resources: Vec::new(),
                options: BTreeMap::new(),
            },
        }
    );
    for (sql, expected) in [
        (
            "CREATE FUNCTION f AS 'com.x.F'",
            "UnsupportedOperationException: CREATE FUNCTION without LANGUAGE, which means JAVA, is not supported",
        ),
        (
            "CREATE TEMPORARY FUNCTION f AS 'com.x.F' LANGUAGE JAVA USING JAR '/x.jar'",
            "UnsupportedOperationException: CREATE FUNCTION ... \
             LANGUAGE JAVA is not supported",
        ),
        (
            "CREATE FUNCTION f AS 'f' LANGUAGE PYTHON",
            "ValidationException: The fully qualified name is invalid: 'f'. It is expected to be \
             'module.object'.",
        ),
        (
            "CREATE FUNCTION f AS 'm.f' LANGUAGE PYTHON USING JAR 'x'",
            "UnsupportedOperationException: USING JAR 'x' of a Python function is not supported",
        ),
    ] {
        let path = |statements: Vec<Statement>| match statements.as_slice() {
            [Statement::CreateFunction(create)] => create.body.python_path().map(|_| ()),
            other => Err(crate::PlanError::validation(format!("{other:?}"))),
        };
        assert_eq!(message(parse_statements(sql).and_then(path)), expected);
    }
    let mut catalogs = catalogs()?;
    run("DROP TEMPORARY SYSTEM FUNCTION TWICE", &mut catalogs)?;
    assert_eq!(
        message(run("DROP TEMPORARY SYSTEM FUNCTION twice", &mut catalogs)),
        "ValidationException: Could not drop temporary system function. A function named 'twice' doesn't exist."
    );
    run("DROP TEMPORARY SYSTEM FUNCTION IF EXISTS twice", &mut catalogs)
}

fn answer(sql: &str, catalogs: &CatalogManager) -> Result<Vec<String>> {
    match parse_statements(sql)?.as_slice() {
        [Statement::Show(show)] => Ok(rows(&show.answer(catalogs)?)),
        [Statement::Describe(described)] => Ok(rows(&described.answer(catalogs)?)),
        other => Err(crate::PlanError::validation(format!("{other:?}"))),
    }
}

#[test]
fn what_show_answers() -> Result<()> {
    let mut catalogs = catalogs()?;
    run(
        "CREATE DATABASE IF NOT EXISTS d2; CREATE TABLE d2.other (a INT); CREATE VIEW v AS SELECT a FROM t",
        &mut catalogs,
    )?;
    for (sql, expected) in [
        ("SHOW CATALOGS", &["default_catalog"][..]),
        ("SHOW CURRENT CATALOG", &["default_catalog"]),
        ("SHOW CURRENT DATABASE", &["default_database"]),
        ("SHOW DATABASES", &["d2", "default_database"]),
        ("SHOW DATABASES IN default_catalog LIKE 'd_'", &["d2"]),
        ("SHOW TABLES", &["keyed", "t", "v"]),
        ("SHOW TABLES FROM default_catalog.d2", &["other"]),
        ("SHOW TABLES NOT LIKE 'k%'", &["t", "v"]),
        ("SHOW VIEWS", &["v"]),
        ("SHOW USER FUNCTIONS", &["twice"]),
        ("SHOW FUNCTIONS LIKE 'coal%'", &["coalesce"]),
    ] {
        assert_eq!(answer(sql, &catalogs)?, expected, "{sql}");
    }
    assert_eq!(
        answer("DESCRIBE keyed", &catalogs)?,
        [
            "k, STRING, Boolean(false), PRI(k), NULL, NULL",
            "v, BIGINT, Boolean(true), NULL, NULL, NULL",
        ]
    );
    assert_eq!(
        answer("SHOW CREATE TABLE keyed", &catalogs)?,
        [
            "CREATE TABLE `default_catalog`.`default_database`.`keyed` (\n  `k` VARCHAR(2147483647) NOT NULL,\n  `v` \
          BIGINT,\n  CONSTRAINT `PK_k` PRIMARY KEY (`k`) NOT ENFORCED\n)\nWITH (\n  'connector' = 'print'\n)\n"
        ]
    );
    assert_eq!(
        answer("SHOW CREATE VIEW v", &catalogs)?,
        ["CREATE VIEW `default_catalog`.`default_database`.`v` (\n  `a`\n)\nAS SELECT a FROM t\n"]
    );
    assert_eq!(
        message(answer("DESCRIBE nope", &catalogs)),
        "ValidationException: Tables or views with the identifier 'default_catalog.default_database.nope' \
         doesn't exist."
    );
    assert_eq!(
        message(answer("SHOW CREATE VIEW t", &catalogs)),
        "TableException: SHOW CREATE VIEW is only supported for views, but \
         `default_catalog`.`default_database`.`t` is a table. Please use SHOW CREATE TABLE instead."
    );
    Ok(())
}
