"""A PostgreSQL server with its own data directory, port, user and password."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from .process import (
    ServerProcess,
    find_program,
    free_port,
    run_checked,
    server_directory,
    tail,
    unprivileged_user,
)

_INSTALL = "apt-get install postgresql"


def _folders() -> list[str]:
    versions = Path("/usr/lib/postgresql")
    found = versions.glob("*/bin") if versions.is_dir() else []
    return [str(folder) for folder in sorted(found, reverse=True)]


class PostgresServer:
    """A server that lives as long as the `with` block, with one database and one user for it."""

    def __init__(self, database: str = "nutkin", user: str = "nutkin", password: str = "nut kin") -> None:
        """Nothing is started before `start` or `with`. The password has a space, as real ones have."""
        self.host = "127.0.0.1"
        self.port = free_port()
        self.database = database
        self.user = user
        self.password = password
        self._account = unprivileged_user("postgres")
        self._resources = ExitStack()
        self._server: ServerProcess | None = None
        self._folder = Path()
        self._bin = Path()

    @property
    def jdbc_url(self) -> str:
        """The value of the option 'url'."""
        return f"jdbc:postgresql://{self.host}:{self.port}/{self.database}"

    def start(self) -> PostgresServer:
        """Makes the data directory, starts the server and creates the database."""
        # The programs beside `postgres` are used, so that all are of one version.
        self._bin = Path(find_program(("postgres",), _folders(), _INSTALL)).resolve().parent
        find_program((str(self._bin / "initdb"),), (), _INSTALL)
        self._folder = self._resources.enter_context(server_directory("nutkin-postgres-", self._account))
        secret = self._folder / "password"
        secret.write_text(self.password)
        secret.chmod(0o644)
        run_checked(
            [
                str(self._bin / "initdb"),
                f"--pgdata={self._folder}/data",
                f"--username={self.user}",
                f"--pwfile={secret}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-sync",
            ],
            "initdb",
            **self._identity(),
        )
        self.restart()
        self.execute(f'CREATE DATABASE "{self.database}"', database="postgres")
        return self

    def restart(self) -> None:
        """Starts the server on the data that is there, after `stop_server` or `kill_server`."""
        self._server = ServerProcess(
            [
                str(self._bin / "postgres"),
                "-D",
                f"{self._folder}/data",
                "-h",
                self.host,
                "-p",
                str(self.port),
                "-k",
                str(self._folder),
            ],
            self._folder / "server.log",
            **self._identity(),
        )
        self._server.wait_until(self._answers, 60, "the PostgreSQL server")

    def stop_server(self) -> None:
        """Stops the server without waiting for its clients, and keeps its data."""
        if self._server is not None:
            self._server.stop(signal.SIGINT)

    def kill_server(self) -> None:
        """Ends the server as a crash would, and keeps its data."""
        if self._server is not None:
            self._server.stop(signal.SIGQUIT)

    def stop(self) -> None:
        """Ends the server and removes its data."""
        self.kill_server()
        self._resources.close()

    def execute(self, statements: str, database: str | None = None) -> list[list[str]]:
        """Runs statements as the user; returns the rows as texts, NULL as 'NULL'."""
        psql = find_program(
            (str(self._bin / "psql"), "psql"), _folders(), "apt-get install postgresql-client"
        )
        result = subprocess.run(
            [
                psql,
                "--no-psqlrc",
                "--no-align",
                "--tuples-only",
                "--quiet",
                "--field-separator=\t",
                "--pset=null=NULL",
                "--set=ON_ERROR_STOP=1",
                f"--host={self.host}",
                f"--port={self.port}",
                f"--username={self.user}",
                f"--dbname={database or self.database}",
                "--file=-",
            ],
            input=statements,
            env={**os.environ, "PGPASSWORD": self.password},
            capture_output=True,
            encoding="utf-8",
            errors="backslashreplace",
            check=False,
        )
        if result.returncode != 0:
            raise RuntimeError(f"PostgreSQL refused '{statements[:200]}': {tail(result.stderr)}")
        return [line.split("\t") for line in result.stdout.splitlines()]

    def _answers(self) -> bool:
        try:
            self.execute("SELECT 1", database="postgres")
        except RuntimeError:
            return False
        return True

    def _identity(self) -> dict[str, object]:
        # The server refuses to run as root.
        if self._account is None:
            return {}
        return {"user": self._account, "group": self._account, "extra_groups": [], "cwd": str(self._folder)}

    def __enter__(self) -> PostgresServer:
        """Starts the server."""
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stops the server."""
        self.stop()
