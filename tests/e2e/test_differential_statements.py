"""Scripts of statements against the answers that Flink gave (``scripts.py`` records them)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent.parent / "differential"
sys.path.insert(0, str(HERE))

from nutkin.table import EnvironmentSettings, TableEnvironment  # noqa: E402
from nutkin.util.exceptions import TableException  # noqa: E402
from scripts import RECORDED, answer, scripts  # noqa: E402

DIFFERENCES: dict[str, str] = json.loads((HERE / "differences_statements.json").read_text())


@pytest.mark.parametrize("name", scripts())
def test_same_as_flink(name: str) -> None:
    """Columns, types and rows of every statement; of an error its classes and messages."""
    is_batch = name.startswith("batch_")
    settings = EnvironmentSettings.in_batch_mode() if is_batch else EnvironmentSettings.in_streaming_mode()
    environment = TableEnvironment.create(settings)
    recorded = json.loads((RECORDED / f"{name}.json").read_text())
    assert [case["statement"] for case in recorded] == scripts()[name]
    faults = []
    for case in recorded:
        statement = case["statement"]
        found = answer(environment.execute_sql, our_error, statement)
        expected = {key: value for key, value in case.items() if key != "statement"}
        if statement in DIFFERENCES:
            if comparable(found) == comparable(expected):
                faults.append(f"{statement}\n  the difference is gone: take it out of the list")
        elif comparable(found) != comparable(expected):
            faults.append(f"{statement}\n  Flink:  {comparable(expected)}\n  Nutkin: {comparable(found)}")
    assert not faults, f"{len(faults)} of {len(recorded)}:\n" + "\n".join(faults)


def test_enough_is_compared() -> None:
    """The differences stay few."""
    statements = [statement for script in scripts().values() for statement in script]
    assert len(statements) >= 250
    assert len(DIFFERENCES) <= len(statements) // 6


def comparable(found: dict[str, Any]) -> Any:
    """What has to be equal: of an error, the message of the first, and class and message of a catalog's."""
    if "error" not in found:
        return found
    chain = found["error"]
    texts = [strip(error["message"]) for error in chain]
    causes = [text for text in texts[1:] if text not in texts[0]]
    return {"error": [texts[0], *causes[:1]]}


def strip(message: str) -> str:
    """A message without the class that Java's ``toString`` puts before it."""
    head, separator, rest = message.partition("Exception: ")
    text = rest if separator and " " not in head else message
    if text.removeprefix("SQL parse failed. ").startswith("Encountered"):
        # What was expected is listed in other words.
        text = text.splitlines()[0]
    return text.removeprefix("SQL validation failed. ").strip()


def our_error(error: Exception) -> dict[str, Any]:
    """The messages of an error and of what caused it."""
    chain = []
    current: BaseException | None = error
    while current is not None:
        chain.append({"class": type(current).__name__, "message": str(getattr(current, "message", current))})
        current = current.__cause__
    return {"error": chain}


def test_errors_are_exceptions_of_python() -> None:
    """The helper above reads the messages that users see."""
    environment = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
    with pytest.raises(TableException) as caught:
        environment.execute_sql("END")
    assert our_error(caught.value)["error"][0]["message"].startswith("No Statement Set to submit.")
