"""What a user sees who does something wrong: each message, as the program prints it."""

import re
import sqlite3

import pytest
from support import Programs

HEAD = """
from pyflink.table import DataTypes, EnvironmentSettings, TableEnvironment
from pyflink.table.expressions import col, lit
from pyflink.table.udf import udf

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
t_env.get_config().set("parallelism.default", "1")
"""


def failing(programs: Programs, code: str, *expected: str) -> str:
    """Runs a program that has to fail; every expected text is in what it prints to standard error."""
    programs.write(HEAD + code)
    finished = programs.run(programs.folder / "program.py")
    assert finished.code == 1, f"exit code {finished.code}\n{finished.stdout}\n{finished.stderr}"
    for text in expected:
        assert text in finished.stderr, f"{text!r} is not in:\n{finished.stderr}"
    assert "panicked" not in finished.stderr
    assert ".rs:" not in finished.stderr
    return finished.stderr


def source(options: str, columns: str = "a STRING, b BIGINT") -> str:
    """A statement that makes the table ``s``."""
    return f't_env.execute_sql("""CREATE TABLE s ({columns}) WITH ({options})""")\n'


def test_malformed_csv_line_names_file_and_line(programs: Programs) -> None:
    """Without ``ignore-parse-errors`` a bad line ends the job."""
    (programs.folder / "log.csv").write_text("x,1\ny,two\nz,3\n")
    code = source("'connector'='filesystem','path'='log.csv','format'='csv'")
    failing(programs, code + "t_env.from_path('s').execute().print()\n", "log.csv", "line 2", "y,two", "two")


def test_malformed_csv_line_is_skipped_and_counted(programs: Programs) -> None:
    """With ``ignore-parse-errors`` the field is NULL, as in Flink, and rows that are no rows are left out."""
    (programs.folder / "log.csv").write_text('x,1\ny,two\n"broken\n')
    code = source("'connector'='filesystem','path'='log.csv','format'='csv','csv.ignore-parse-errors'='true'")
    programs.write(
        HEAD
        + code
        + """
result = t_env.from_path('s').execute()
print(list(result.collect()))
print('skipped', result.get_job_client()._metrics()['parse_errors'])
"""
    )
    finished = programs.run(programs.folder / "program.py")
    assert finished.code == 0, finished.stderr
    assert "Row(a='x', b=1)" in finished.stdout
    assert "Row(a='y', b=None)" in finished.stdout
    assert "skipped 1" in finished.stdout


def test_malformed_json_line(programs: Programs) -> None:
    """The same in JSON."""
    (programs.folder / "log.json").write_text('{"a":"x","b":1}\n{"a":"y","b":\n')
    code = source("'connector'='filesystem','path'='log.json','format'='json'")
    failing(
        programs, code + "t_env.from_path('s').execute().print()\n", "log.json", "line 2", '{"a":"y","b":'
    )


def test_missing_file(programs: Programs) -> None:
    """A path that is not there is named."""
    code = source("'connector'='filesystem','path'='nosuch.csv','format'='csv'")
    failing(programs, code + "t_env.from_path('s').execute().print()\n", "nosuch.csv")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("'connector'='kafkaa'", ["Could not find any factory for identifier 'kafkaa'", "kafka"]),
        ("'connector'='filesystem','path'='x','format'='cvs'", ["cvs", "csv"]),
        (
            "'connector'='filesystem','path'='x','formatt'='y','format'='csv'",
            ["Unsupported options", "formatt", "format"],
        ),
        ("'connector'='filesystem','format'='csv'", ["required options are missing", "path"]),
        ("'connector'='datagen','rows-per-second'='many'", ["rows-per-second", "many"]),
        (
            "'connector'='kafka','topic'='t','format'='csv','scan.startup.mode'='newest'",
            ["scan.startup.mode", "newest", "latest-offset"],
        ),
        ("'format'='csv'", ["'connector'"]),
    ],
)
def test_options(programs: Programs, options: str, expected: list[str]) -> None:
    """Unknown connectors, formats, options and values name what is wrong and the nearest valid one."""
    failing(programs, source(options) + "t_env.from_path('s').execute().print()\n", *expected)


def test_legacy_option_of_no_meaning(programs: Programs) -> None:
    """Keys of old are checked as well."""
    code = source(
        "'connector.type'='kafka','connector.version'='universal','connector.topics'='t','format.type'='csv'"
    )
    failing(programs, code, "connector.topics", "connector.topic")


def test_unknown_column(programs: Programs) -> None:
    """Flink's message, raised at the call: the line of the program is shown."""
    code = "t = t_env.from_elements([(1, 'x')], ['a', 'b'])\nt.select(col('nosuch'))\n"
    text = failing(programs, code, "Cannot resolve field [nosuch], input field list:[a, b].")
    assert "t.select(col('nosuch'))" in text
    assert "ValidationException" in text


def test_unknown_column_in_a_string(programs: Programs) -> None:
    """The same in the expression language of 1.x."""
    code = "t = t_env.from_elements([(1, 'x')], ['a', 'b'])\nt.select('a, nosuch')\n"
    failing(programs, code, "Cannot resolve field [nosuch], input field list:[a, b].")


def test_string_that_cannot_be_parsed(programs: Programs) -> None:
    """Column, line and caret."""
    code = "t = t_env.from_elements([(1, 'x')], ['a', 'b'])\nt.select('a and b')\n"
    failing(
        programs, code, "Could not parse expression at column 3: ',' expected but 'a' found", "a and b", "  ^"
    )


def test_unknown_function(programs: Programs) -> None:
    """Flink's message, for strings, expressions and SQL."""
    table = "t = t_env.from_elements([(1, 'x')], ['a', 'b'])\n"
    failing(programs, table + "t.select('nofn(a)')\n", "Undefined function: nofn")
    view = table + "t_env.create_temporary_view('v', t)\n"
    failing(
        programs,
        view + "t_env.sql_query('SELECT nofn(a) FROM v')\n",
        "No match found for function signature nofn",
    )


def test_unknown_table(programs: Programs) -> None:
    """By path and in SQL."""
    failing(programs, "t_env.from_path('nope')\n", "Table `nope` was not found.")
    failing(
        programs,
        "t_env.execute_sql('SELECT * FROM nope')\n",
        "SQL validation failed. From line 1, column 15 to line 1, column 18: Object 'nope' not found",
    )


def test_sql_that_cannot_be_parsed(programs: Programs) -> None:
    """Line, column, the line and a caret."""
    failing(programs, "t_env.execute_sql('SELECT a FROM t WHERE')\n", "SQL parse failed", "line 1", "^")


def test_types_of_query_and_sink(programs: Programs) -> None:
    """Column count and types, with both schemas."""
    sink = "t_env.execute_sql(\"CREATE TABLE k (a BIGINT, b STRING) WITH ('connector'='blackhole')\")\n"
    table = "t = t_env.from_elements([(1, 'x')], ['a', 'b'])\n"
    failing(
        programs,
        sink + table + "t.select(col('a')).execute_insert('k')\n",
        "Column types of query result and sink for 'default_catalog.default_database.k' do not match.",
        "Cause: Different number of columns.",
        "Query schema: [a: BIGINT]",
        "Sink schema:  [a: BIGINT, b: STRING]",
    )
    failing(
        programs,
        sink + table + "t.select(col('b'), col('a')).execute_insert('k')\n",
        "Cause: Incompatible types for sink column 'a' at position 0.",
    )


def test_updates_into_an_insert_only_sink(programs: Programs) -> None:
    """Flink's message names the node that updates."""
    code = """
t = t_env.from_elements([(1, 'x')], ['a', 'b'])
t_env.execute_sql("CREATE TABLE k (b STRING, n BIGINT) WITH ('connector'='filesystem','path'='out','format'='csv')")
t.group_by(col('b')).select(col('b'), col('a').count).execute_insert('k')
"""
    failing(
        programs, code, "doesn't support consuming update changes which is produced by node GroupAggregate"
    )


def test_legacy_execute_with_nothing_buffered(programs: Programs) -> None:
    """As in Flink, this is an error."""
    failing(programs, "t_env.execute('job')\n", "No operators defined in streaming topology")


FUNCTION = """
@udf(result_type=DataTypes.STRING())
def province(ip):
    {body}

t = t_env.from_elements([('1.2.3.4',), ('5.6.7.8',)], ['ip'])
t.select(province(col('ip'))).execute().print()
"""


def test_function_that_raises(programs_everywhere: Programs) -> None:
    """The whole traceback, the function's name and the row, in thread and process mode."""
    code = FUNCTION.format(body="return {'1.2.3.4': 'x'}[ip]")
    failing(
        programs_everywhere, code, "province", "'5.6.7.8'", "KeyError: '5.6.7.8'", "Traceback (most recent call last)",
        "in province",
    )  # fmt: skip


def test_function_that_returns_the_wrong_type(programs_everywhere: Programs) -> None:
    """What it returned, and what was declared."""
    failing(programs_everywhere, FUNCTION.format(body="return 7"), "province", "int", "STRING", "'1.2.3.4'")


def test_function_that_prints(programs: Programs) -> None:
    """Printing is no harm; it comes out where the program prints."""
    programs.write(HEAD + FUNCTION.format(body="print('saw', ip); return ip"))
    finished = programs.run(programs.folder / "program.py")
    assert finished.code == 0, finished.stderr
    assert "saw 1.2.3.4" in finished.stdout
    assert re.search(r"\|\s+\+I \|\s+5\.6\.7\.8 \|", finished.stdout), finished.stdout


def test_function_file_that_is_not_there(programs_everywhere: Programs) -> None:
    """It is named at the call."""
    failing(
        programs_everywhere, "t_env.add_python_file('nosuch/udf.py')\n", "nosuch/udf.py", "add_python_file"
    )


def test_function_that_cannot_be_imported(programs: Programs) -> None:
    """A function of SQL that is not there."""
    code = "t_env.execute_sql(\"CREATE TEMPORARY FUNCTION f AS 'nosuchmodule.f' LANGUAGE PYTHON\")\n"
    failing(programs, code + "t_env.sql_query('SELECT f(1)')\n", "nosuchmodule")


def test_definition_of_a_function(programs: Programs) -> None:
    """PyFlink's messages for what is no function and no type."""
    failing(programs, "udf(7, result_type=DataTypes.INT())\n", "TypeError: Invalid function: not a function")
    failing(programs, "udf(lambda i: i)\n", "TypeError: Invalid returnType")
    failing(
        programs, "udf(lambda i: i, input_types=[7], result_type='INT')\n", "TypeError: Invalid input_type"
    )


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("SELECT * FROM v AS x JOIN v AS y ON x.a = y.a", "JOIN"),
        ("SELECT a FROM v ORDER BY a", "ORDER BY"),
        ("SELECT a, ROW_NUMBER() OVER (ORDER BY a) FROM v", "OVER"),
        ("SELECT a FROM v LIMIT 1", "LIMIT"),
    ],
)
def test_sql_that_is_not_there_yet(programs: Programs, statement: str, expected: str) -> None:
    """Each construct is refused by name."""
    view = "t_env.create_temporary_view('v', t_env.from_elements([(1,)], ['a']))\n"
    failing(programs, view + f't_env.execute_sql("""{statement}""")\n', expected, "not supported")


def test_database_that_is_not_there(programs: Programs) -> None:
    """SQLite: a file that does not exist, a missing table, a missing column."""
    sink = "'connector'='jdbc','url'='jdbc:sqlite:{0}','table-name'='{1}'"
    insert = "t_env.from_elements([('x', 1)], ['a', 'b']).execute_insert('s').wait()\n"
    failing(programs, source(sink.format("nosuch.db", "t")) + insert, "nosuch.db")
    with sqlite3.connect(programs.folder / "some.db") as connection:
        connection.execute("CREATE TABLE visits (a TEXT)")
    failing(programs, source(sink.format("some.db", "visit")) + insert, "visit", "visits")
    failing(programs, source(sink.format("some.db", "visits")) + insert, "'b'", "visits")


def test_gateway_that_is_not_there(programs: Programs) -> None:
    """The address is named."""
    programs.environment["NUTKIN_GATEWAY"] = "unix:" + str(programs.folder / "nosuch")
    failing(programs, "", "nosuch")


def test_wrong_token(programs: Programs) -> None:
    """A gateway on TCP asks for its token."""
    from support import serving

    with serving(programs.folder, "tcp") as environment:
        programs.environment.update(environment, NUTKIN_TOKEN="wrong")
        failing(programs, "", "token")


def test_program_that_is_not_there(programs: Programs) -> None:
    """One line, exit code 2."""
    finished = programs.run(programs.folder / "nosuch.py")
    assert finished.code == 2
    assert "nosuch.py" in finished.stderr
    assert len(finished.stderr.splitlines()) == 1
