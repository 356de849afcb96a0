"""``nutkin sql`` as its users run it: scripts, pipes, and a pseudo-terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SQL = [sys.executable, "-m", "nutkin._cli", "sql"]
THREE_ROWS = (
    "CREATE TABLE t (a INT) WITH ('connector' = 'datagen', 'number-of-rows' = '3', "
    "'fields.a.kind' = 'sequence', 'fields.a.start' = '1', 'fields.a.end' = '3');"
)


def run(*arguments: str, stdin: str = "", folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs the client to its end."""
    return subprocess.run(
        [*SQL, *arguments], input=stdin, capture_output=True, text=True, cwd=folder, timeout=120, check=False
    )


def test_a_script_prints_tables_and_ends_with_0(tmp_path: Path) -> None:
    """Statements run in order; updates are applied before rows are shown."""
    script = tmp_path / "script.sql"
    script.write_text(
        f"-- a script; with a comment\n{THREE_ROWS}\nSELECT ';' AS s, a FROM t;\nSELECT COUNT(*) AS n FROM t\n"
    )
    done = run("-f", str(script))
    assert done.returncode == 0, done.stderr
    shown = [line for line in done.stdout.splitlines() if not line.startswith("nutkin>")]
    # Two instances make the rows, in any order.
    assert [*shown[:3], *sorted(shown[3:6]), *shown[6:]] == [
        "+---+---+",
        "| s | a |",
        "+---+---+",
        "| ; | 1 |",
        "| ; | 2 |",
        "| ; | 3 |",
        "+---+---+",
        "3 rows in set",
        "+---+",
        "| n |",
        "+---+",
        "| 3 |",
        "+---+",
        "1 row in set",
    ]


def test_an_error_shows_its_line_of_the_script(tmp_path: Path) -> None:
    """Line and column are those of the file; what follows is not run; the exit code is 1."""
    script = tmp_path / "script.sql"
    script.write_text("SELECT 1;\n\n  SELECT nope;\nSELECT 2;\n")
    done = run("-f", str(script))
    assert done.returncode == 1
    assert (
        "At line 3, column 10" in done.stderr or "From line 3, column 10 to line 3, column 13" in done.stderr
    )
    assert "SELECT 2" not in done.stdout
    script.write_text("SELECT 1;\n  SHOW NOTHING;\n")
    done = run("-f", str(script))
    assert 'Encountered "NOTHING" at line 2, column 8.' in done.stderr
    assert "  SHOW NOTHING\n       ^" in done.stderr


def test_csv_and_json() -> None:
    """Forms that other programs read."""
    query = "SELECT * FROM (VALUES (1, 'a,\"b'), (2, CAST(NULL AS STRING))) AS t(x, y)"
    assert run("--output", "csv", "-e", query).stdout == 'x,y\n1,"a,""b"\n2,\n'
    lines = run("--output", "json", "-e", query).stdout.splitlines()
    assert [json.loads(line) for line in lines] == [{"x": 1, "y": 'a,"b'}, {"x": 2, "y": None}]


def test_changelog_and_the_option_for_it() -> None:
    """Every change with its kind."""
    query = f"{THREE_ROWS} SELECT COUNT(*) AS n FROM t;"
    kinds = ["+I", "-U", "+U", "-U", "+U"]
    shown = run("--output", "changelog", "-e", query).stdout
    assert re.findall(r"^\| ([+-][IUD]) \|", shown, re.MULTILINE) == kinds
    option = "SET 'sql-client.execution.result-mode' = 'tableau';"
    assert re.findall(r"^\| ([+-][IUD]) \|", run(stdin=option + query).stdout, re.MULTILINE) == kinds
    wrong = run("-e", "SET 'sql-client.execution.result-mode' = 'nope'")
    assert wrong.returncode == 1
    assert "none of table, csv, json, changelog, tableau" in wrong.stderr


def test_long_results_come_as_they_are_made() -> None:
    """The first rows of an endless query are printed while it runs."""
    endless = (
        "CREATE TABLE t (a INT) WITH ('connector' = 'datagen', 'rows-per-second' = '100000');SELECT a FROM t"
    )
    process = subprocess.Popen([*SQL, "--output", "csv", "-e", endless], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(1500)]
        assert lines[0] == "a\n"
        assert len(lines) == 1500
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert process.returncode == 130


def test_python_functions_of_a_file(tmp_path: Path) -> None:
    """``-pyfs`` finds the function that ``CREATE FUNCTION`` names."""
    (tmp_path / "greetings.py").write_text(
        "from nutkin.table import DataTypes\nfrom nutkin.table.udf import udf\n"
        "@udf(result_type=DataTypes.STRING())\ndef hello(name):\n    return 'hello ' + name\n"
    )
    done = run(
        "-pyfs",
        "greetings.py",
        "--output",
        "csv",
        "-e",
        "CREATE TEMPORARY FUNCTION hello AS 'greetings.hello' LANGUAGE PYTHON; SELECT hello('you') AS h",
        folder=tmp_path,
    )
    assert done.stdout == "h\nhello you\n", done.stderr
    missing = run("-pyfs", "nowhere.py", "-e", "SELECT 1")
    assert missing.returncode == 2
    assert "there is no Python file 'nowhere.py'" in missing.stderr


def test_inserts_are_waited_for_and_catalogs_of_files_stay(tmp_path: Path) -> None:
    """What one run writes, the next one reads: rows, tables, views and databases."""
    catalog = f"CREATE CATALOG c WITH ('type' = 'filesystem', 'path' = '{tmp_path}/catalog'); USE CATALOG c;"
    first = run(
        "-e",
        f"{catalog} CREATE DATABASE d COMMENT 'x'; USE d; CREATE TABLE s (a INT, b AS a + 1) COMMENT 'rows' WITH "
        f"('connector' = 'filesystem', 'path' = '{tmp_path}/data', 'format' = 'csv');"
        "CREATE VIEW v (x) AS SELECT a * 10 FROM s; INSERT INTO s VALUES (1), (2);",
    )
    assert first.returncode == 0, first.stderr
    query = f"{catalog} USE d; SELECT s.a, s.b, v.x FROM s JOIN v ON v.x = s.a * 10 ORDER BY s.a;"
    second = run("--batch", "--output", "csv", "-e", query)
    assert second.stdout == "a,b,x\n1,2,10\n2,3,20\n", second.stderr
    emptied = run(
        "--batch", "--output", "csv", "-e", f"{catalog} TRUNCATE TABLE d.s; SELECT COUNT(*) AS n FROM d.s;"
    )
    assert emptied.stdout == "n\n0\n", emptied.stderr
    schema = run(
        "--output",
        "csv",
        "-e",
        f"{catalog} SELECT TABLE_NAME, TABLE_TYPE FROM information_schema.`TABLES`; DROP DATABASE d CASCADE; "
        "SHOW DATABASES;",
    )
    assert schema.stdout == "TABLE_NAME,TABLE_TYPE\ns,BASE TABLE\nv,VIEW\ndatabase name\ndefault\n", (
        schema.stderr
    )


def test_arguments_that_are_wrong() -> None:
    """A missing file is no statement that failed."""
    done = run("-f", "/no/such/file.sql")
    assert (done.returncode, "No such file" in done.stderr) == (2, True)


class Terminal:
    """The client in a pseudo-terminal."""

    def __init__(self, state: Path) -> None:
        variables = {**os.environ, "XDG_STATE_HOME": str(state), "TERM": "xterm"}
        #: What was shown and not asked for yet.
        self.left = ""
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            os.execvpe(SQL[0], SQL, variables)

    def write(self, text: str) -> None:
        """Types."""
        os.write(self.descriptor, text.encode())

    def read_until(self, pattern: str, seconds: float = 60.0) -> str:
        """What is shown up to a pattern, without the codes that move the cursor."""
        text, self.left = self.left, ""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x07", "", text)
            found = re.search(pattern, plain)
            if found:
                self.left = plain[found.end() :]
                return plain[: found.end()]
            if select.select([self.descriptor], [], [], 0.1)[0]:
                try:
                    text += os.read(self.descriptor, 65536).decode(errors="replace")
                except OSError:
                    break
        raise AssertionError(f"there is no {pattern!r} in {text!r}")

    def end(self) -> int:
        """Waits for the end of the client; its exit code."""
        deadline = time.monotonic() + 20
        ended, status = os.waitpid(self.process, os.WNOHANG)
        while not ended:
            if time.monotonic() > deadline:
                os.kill(self.process, signal.SIGKILL)
            time.sleep(0.05)
            ended, status = os.waitpid(self.process, os.WNOHANG)
        os.close(self.descriptor)
        return os.waitstatus_to_exitcode(status)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A client at its first prompt."""
    opened = Terminal(tmp_path)
    opened.read_until("nutkin> ")
    return opened


def test_a_terminal(terminal: Terminal, tmp_path: Path) -> None:
    """Several lines up to a semicolon, completion, an error, Ctrl-C in a query, history, Ctrl-D."""
    terminal.write("SELECT 40 +\r")
    terminal.write("2 AS answer;\r")
    assert "|     42 |" in terminal.read_until("1 row in set")
    terminal.read_until("nutkin> ", 20)
    terminal.write("SHOW VIE\tS;\r")
    terminal.read_until(r"SHOW VIEW\s*S;", 20)
    terminal.read_until("Empty set", 20)
    terminal.write("SELECT nope;\r")
    terminal.read_until("Column 'nope' not found", 20)
    terminal.write(
        "CREATE TABLE endless (a INT) WITH ('connector' = 'datagen', 'rows-per-second' = '1'); "
        "SELECT COUNT(*) AS n FROM endless;\r"
    )
    terminal.read_until("Execute statement succeeded", 20)
    time.sleep(2)
    os.kill(terminal.process, signal.SIGINT)
    terminal.read_until("Query cancelled", 20)
    terminal.read_until("nutkin> ", 20)
    terminal.write("HELP\r")
    terminal.read_until("QUIT, EXIT", 20)
    # Before the prompt the terminal itself would take Ctrl-D.
    terminal.read_until("nutkin> ", 20)
    terminal.write("\x04")
    assert terminal.end() == 0
    history = (tmp_path / "nutkin" / "sql_history").read_text()
    assert "SELECT nope;" in history
    assert "HELP" in history
