"""A MariaDB server with its own data directory, port, user and password."""

from __future__ import annotations

import getpass
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

_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/usr/libexec")
_INSTALL = "apt-get install mariadb-server"


class MariaDbServer:
    """A server that lives as long as the `with` block, with one database and one user for it."""

    def __init__(self, database: str = "nutkin", user: str = "nutkin", password: str = "nut kin") -> None:
        """Nothing is started before `start` or `with`. The password has a space, as real ones have."""
        self.host = "127.0.0.1"
        self.port = free_port()
        self.database = database
        self.user = user
        self.password = password
        self._account = unprivileged_user("mysql") or getpass.getuser()
        self._resources = ExitStack()
        self._server: ServerProcess | None = None
        self._folder = Path()
        self._client = ""
        self._daemon = ""

    @property
    def jdbc_url(self) -> str:
        """The value of the option 'url'."""
        return f"jdbc:mysql://{self.host}:{self.port}/{self.database}"

    def start(self) -> MariaDbServer:
        """Makes the data directory, starts the server, creates the database and the user."""
        self._daemon = find_program(("mariadbd", "mysqld"), _FOLDERS, _INSTALL)
        self._client = find_program(("mariadb", "mysql"), _FOLDERS, _INSTALL)
        install = find_program(("mariadb-install-db", "mysql_install_db"), _FOLDERS, _INSTALL)
        self._folder = self._resources.enter_context(
            server_directory("nutkin-mariadb-", unprivileged_user("mysql"))
        )
        run_checked(
            [
                install,
                "--no-defaults",
                f"--datadir={self._folder}/data",
                f"--user={self._account}",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
            ],
            "mariadb-install-db",
        )
        self.restart()
        self._administer(
            f"CREATE DATABASE `{self.database}` CHARACTER SET utf8mb4; "
            f"CREATE USER '{self.user}'@'%' IDENTIFIED BY '{self.password}'; "
            f"GRANT ALL ON `{self.database}`.* TO '{self.user}'@'%';"
        )
        return self

    def restart(self) -> None:
        """Starts the server on the data that is there, after `stop_server` or `kill_server`."""
        self._server = ServerProcess(
            [
                self._daemon,
                "--no-defaults",
                f"--user={self._account}",
                f"--datadir={self._folder}/data",
                f"--socket={self._folder}/socket",
                f"--pid-file={self._folder}/pid",
                f"--port={self.port}",
                f"--bind-address={self.host}",
                "--skip-name-resolve",
            ],
            self._folder / "server.log",
        )
        self._server.wait_until(self._answers, 60, "the MariaDB server")

    def stop_server(self) -> None:
        """Stops the server and keeps its data."""
        if self._server is not None:
            self._server.stop(signal.SIGTERM)

    def kill_server(self) -> None:
        """Ends the server as a crash would, and keeps its data."""
        if self._server is not None:
            self._server.kill()

    def stop(self) -> None:
        """Ends the server and removes its data."""
        self.kill_server()
        self._resources.close()

    def execute(self, statements: str) -> list[list[str]]:
        """Runs statements in the database as its user; returns the rows as texts, NULL as 'NULL'."""
        output = self._run(
            [f"--user={self.user}", f"--password={self.password}", "--protocol=TCP", self.database],
            statements,
        )
        return [line.split("\t") for line in output.splitlines()]

    def _administer(self, statements: str) -> None:
        self._run(["--user=root", f"--socket={self._folder}/socket"], statements)

    def _answers(self) -> bool:
        try:
            self._administer("SELECT 1")
        except RuntimeError:
            return False
        return True

    def _run(self, options: list[str], statements: str) -> str:
        result = subprocess.run(
            [
                self._client,
                "--no-defaults",
                *options[:-1],
                *(["--host=127.0.0.1", f"--port={self.port}"] if "--protocol=TCP" in options else []),
                options[-1],
                "--default-character-set=utf8mb4",
                "--batch",
                "--skip-column-names",
            ],
            input=statements,
            capture_output=True,
            encoding="utf-8",
            errors="backslashreplace",
            check=False,
        )
        if result.returncode != 0:
            raise RuntimeError(f"MariaDB refused '{statements[:200]}': {tail(result.stderr)}")
        return result.stdout

    def __enter__(self) -> MariaDbServer:
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
