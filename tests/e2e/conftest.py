"""Fixtures of the end-to-end tests: programs, embedded and on a gateway, and servers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent.parent / "examples" / "cdn")]

from servers.kafka_broker import KafkaBroker  # noqa: E402
from servers.mariadb_server import MariaDbServer  # noqa: E402
from servers.postgres_server import PostgresServer  # noqa: E402
from servers.process import ServerUnavailable  # noqa: E402
from support import Programs, serving  # noqa: E402


@pytest.fixture
def programs(tmp_path: Path) -> Programs:
    """Programs on a gateway inside their own process."""
    return Programs(tmp_path)


@pytest.fixture(params=["embedded", "unix", "tcp"])
def programs_everywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Programs]:
    """Programs embedded, and on a gateway in another process by both listeners."""
    if request.param == "embedded":
        yield Programs(tmp_path)
        return
    with serving(tmp_path, request.param) as environment:
        yield Programs(tmp_path, environment)


def _server(make: type) -> Iterator[object]:
    try:
        with make() as server:
            yield server
    except ServerUnavailable as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def kafka() -> Iterator[KafkaBroker]:
    """A broker of the test run; tests make topics of their own."""
    yield from _server(KafkaBroker)


@pytest.fixture(scope="session")
def mariadb() -> Iterator[MariaDbServer]:
    """A database server of the test run; tests make tables of their own."""
    yield from _server(MariaDbServer)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A database server of the test run; tests make tables of their own."""
    yield from _server(PostgresServer)
