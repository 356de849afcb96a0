"""Running statements one by one."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from nutkin import _native
from nutkin._commands.sql.output import OUTPUTS, print_result
from nutkin.common.job_client import JobClient
from nutkin.table import EnvironmentSettings, TableEnvironment
from nutkin.table.result_kind import ResultKind
from nutkin.util.exceptions import JavaException

HELP = """\
Statements end with a semicolon. Beside those of Flink SQL there are:
  CLEAR            clears the screen
  HELP             shows this
  QUIT, EXIT       ends the client
  SET              shows all options; SET 'key' = 'value' sets one, RESET 'key' takes it back
  SOURCE 'file'    runs the statements of a file
Options of the client itself:
  'sql-client.execution.result-mode'  table, changelog, tableau, csv or json
  'table.dml-sync'                    whether INSERT waits for the end of its job: true or false"""

#: Statements of the client, which need no semicolon in a terminal.
COMMANDS = ["QUIT", "EXIT", "HELP", "CLEAR"]

RESULT_MODE = "sql-client.execution.result-mode"
DML_SYNC = "table.dml-sync"


class SqlFailure(Exception):
    """A statement of a script failed, and the user was told why."""


class Quit(Exception):
    """The user wants to leave."""


class SqlClient:
    """A session of SQL statements whose results are printed.

    :param output: how rows are printed, one of :data:`nutkin._commands.sql.output.OUTPUTS`.
    :param batch: whether queries run in batch mode.
    """

    def __init__(self, output: str = "table", batch: bool = False) -> None:
        settings = EnvironmentSettings.in_batch_mode() if batch else EnvironmentSettings.in_streaming_mode()
        self.environment = TableEnvironment.create(settings)
        self.output = output
        self.default_output = output
        #: Jobs that would die with the client are waited for, unless the user says otherwise.
        self.waits_for_inserts = True
        self._jobs: list[JobClient] = []

    def add_python_files(self, paths: Iterable[str]) -> None:
        """Lets functions be imported from files, directories and archives.

        :raises FileNotFoundError: if one of them is not there.
        """
        for path in paths:
            path = path.strip()
            if not path:
                continue
            if not Path(path).exists():
                raise FileNotFoundError(f"there is no Python file '{path}'")
            absolute = str(Path(path).resolve())
            # CREATE FUNCTION imports the function here; workers get the file from the environment.
            folder = str(Path(absolute).parent) if absolute.endswith(".py") else absolute
            if folder not in sys.path:
                sys.path.insert(0, folder)
            self.environment.add_python_file(absolute)

    def run_script(self, text: str, echo: bool) -> None:
        """Runs the statements of a text, up to the first that fails.

        :param echo: whether each statement is printed before it is run, as scripts do.
        :raises SqlFailure: if a statement fails; the error has been printed.
        """
        for statement, line, column, _ in _native.split_script(text):
            if echo:
                print(f"nutkin> {statement};", flush=True)
            # Lines and columns in errors are those of the script.
            placed = "\n" * (line - 1) + " " * (column - 1) + statement
            try:
                self.run(placed)
            except Quit:
                return
            except (JavaException, OSError) as error:
                print_error(error)
                raise SqlFailure from error

    def run(self, text: str) -> None:
        """Runs one statement without its semicolon, and prints what it gives.

        :raises nutkin.util.exceptions.JavaException: if it fails.
        :raises Quit: for ``QUIT``.
        """
        if not self._run_own(text):
            self._run_sql(text)

    def _run_own(self, text: str) -> bool:
        """Runs a statement of the client itself; false if it is none."""
        words = text.split()
        first = words[0].upper() if words else ""
        if len(words) == 1 and first in ("QUIT", "EXIT"):
            raise Quit
        if len(words) == 1 and first == "HELP":
            print(HELP, flush=True)
        elif len(words) == 1 and first == "CLEAR":
            print("\x1b[2J\x1b[H" if sys.stdout.isatty() else "", end="", flush=True)
        elif first == "SOURCE":
            path = text.strip()[len("SOURCE") :].strip().strip("'")
            self.run_script(Path(path).read_text(encoding="utf-8"), echo=False)
        elif first in ("SET", "RESET"):
            return self._configure(first, text)
        else:
            return False
        return True

    def _configure(self, verb: str, text: str) -> bool:
        """Takes the options that are the client's own; false for all others."""
        assignment = text.strip()[len(verb) :]
        key, _, value = (part.strip().strip("'") for part in assignment.partition("="))
        if key == RESULT_MODE:
            mode = value.lower() if verb == "SET" else self.default_output
            mode = {"tableau": "changelog"}.get(mode, mode)
            if mode not in OUTPUTS:
                modes = ", ".join([*OUTPUTS, "tableau"])
                raise JavaException(f"The value '{value}' of '{key}' is none of {modes}.")
            self.output = mode
        elif key == DML_SYNC:
            if verb == "SET" and value.lower() not in ("true", "false"):
                raise JavaException(f"The value '{value}' of '{key}' is neither true nor false.")
            self.waits_for_inserts = verb == "RESET" or value.lower() == "true"
        elif key.startswith("sql-client."):
            raise JavaException(f"There is no option '{key}'.", hint=f"the client has '{RESULT_MODE}'")
        else:
            return False
        print("[INFO] Execute statement succeeded.", file=sys.stderr)
        return True

    def _run_sql(self, text: str) -> None:
        result = self.environment.execute_sql(text)
        if result.get_result_kind() == ResultKind.SUCCESS:
            print("[INFO] Execute statement succeeded.", file=sys.stderr, flush=True)
            return
        job = result.get_job_client()
        # Of jobs, a query's rows are its columns; an insert has one count a sink, when it has ended.
        is_insert = job is not None and all(
            str(kind) == "BIGINT" and "." in name
            for name, kind in zip(
                result.get_resolved_schema().get_column_names(),
                result.get_resolved_schema().get_column_data_types(),
                strict=True,
            )
        )
        if job is None or not is_insert:
            print_result(result, self.output)
            return
        if self.waits_for_inserts:
            result.wait()
            print("[INFO] Complete execution of the SQL update statement.", file=sys.stderr, flush=True)
        else:
            self._jobs.append(job)
            print(
                f"[INFO] SQL update statement has been submitted. Job ID: {job.get_job_id()}", file=sys.stderr
            )

    def wait_for_jobs(self) -> None:
        """Waits for inserts that were not waited for: they end with the session."""
        for job in self._jobs:
            job.get_job_execution_result().result()
        self._jobs.clear()


def print_error(error: Exception) -> None:
    """Tells what went wrong: the message, the hint, and what caused it."""
    sys.stdout.flush()
    print(
        f"[ERROR] Could not execute SQL statement. Reason:\n{type(error).__name__}: {error}", file=sys.stderr
    )
    cause = error.__cause__
    while cause is not None:
        print(f"Caused by: {type(cause).__name__}: {cause}", file=sys.stderr)
        cause = cause.__cause__
    sys.stderr.flush()
