"""The client in a terminal."""

from __future__ import annotations

import os
from pathlib import Path

from nutkin import _native
from nutkin._commands.sql.client import COMMANDS, Quit, SqlClient, SqlFailure, print_error
from nutkin.util.exceptions import JavaException

PROMPT = "nutkin> "

#: Words that are completed beside names.
_WORDS = (
    "ADD ALL ALTER ANALYZE AND AS ASC BEGIN BETWEEN BY CASCADE CASE CAST CATALOG CATALOGS COLUMNS "
    "COMMENT COMPUTE CREATE CROSS CURRENT DATABASE DATABASES DELETE DESC DESCRIBE DISTINCT DROP ELSE "
    "END ESCAPE EXCEPT EXECUTE EXISTS EXPLAIN EXTENDED FALSE FETCH FOR FROM FULL FUNCTION FUNCTIONS "
    "GROUP GROUPING HAVING IN INNER INSERT INTERSECT INTERVAL INTO IS JOB JOBS JOIN LANGUAGE LATERAL "
    "LEFT LIKE LIMIT METADATA MODIFY MODULE MODULES NATURAL NOT NULL OFFSET ON OR ORDER OUTER OVER "
    "OVERWRITE PARTITION PARTITIONED PARTITIONS PRIMARY KEY PYTHON RENAME RESET RESTRICT RIGHT ROW "
    "ROWS SELECT SET SHOW STATEMENT STATISTICS STOP TABLE TABLES TEMPORARY THEN TRUE TRUNCATE UNION "
    "UNLOAD UNNEST UPDATE USE USING VALUES VIEW VIEWS WATERMARK WHEN WHERE WINDOW WITH "
)

#: How many tables are asked for their columns, so that a large catalog does not hold up the prompt.
_COMPLETED_TABLES = 50


def interact(client: SqlClient) -> int:
    """Reads and runs statements until the user leaves; returns the exit code."""
    editor = _native.LineEditor(str(history_path()), _WORDS.split(), [*COMMANDS])
    print("Statements end with ';'. HELP shows what else there is; QUIT or Ctrl-D leaves.")
    while True:
        editor.set_names(names(client))
        try:
            text = editor.read(PROMPT)
        except KeyboardInterrupt:
            # What was typed is dropped, as in a shell.
            continue
        if text is None:
            return 0
        try:
            run(client, text)
        except Quit:
            return 0


def run(client: SqlClient, text: str) -> None:
    """Runs the statements of one input; an error ends them and not the client."""
    for statement, _, _, _ in _native.split_script(text):
        try:
            client.run(statement)
        except KeyboardInterrupt:
            print("Query cancelled.")
            return
        except SqlFailure:
            return
        except (JavaException, OSError) as error:
            print_error(error)
            return


def history_path() -> Path:
    """The file of past inputs, in the user's state directory."""
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "nutkin" / "sql_history"


def names(client: SqlClient) -> list[str]:
    """Tables, their columns and functions, for completion."""
    environment = client.environment
    try:
        tables = [*environment.list_tables(), *environment.list_databases(), *environment.list_catalogs()]
        columns = [
            column
            for table in environment.list_tables()[:_COMPLETED_TABLES]
            for column in environment.from_path(f"`{table}`").get_resolved_schema().get_column_names()
        ]
        return [*tables, *columns, *environment.list_functions()]
    except JavaException:
        # Completion is a help: a catalog that cannot be reached shows itself when it is used.
        return []
