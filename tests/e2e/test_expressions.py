"""Every expression of the Python client prints what Flink prints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from printed_expressions.record import namespace

CASES = json.loads((Path(__file__).parent.parent / "printed_expressions" / "cases.json").read_text())
#: Flink prints a Duration as one where Java made the constant; here every interval counts milliseconds.
DIFFERENT = {"lit(datetime.timedelta(days=1))": "86400000"}


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    """The names that cases use."""
    return namespace("nutkin")


def test_there_are_all_cases() -> None:
    """The inventory has 362, of which three are errors."""
    assert len(CASES) == 362
    assert sum("text" not in case for case in CASES) == 3


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["python"])
def test_prints_as_flink(case: dict[str, Any], names: dict[str, Any]) -> None:
    """The text, or an error where Flink has one."""
    if "text" not in case:
        with pytest.raises(Exception, match=r"constant|cannot be an argument"):
            str(eval(case["python"], dict(names)))
        return
    expected = DIFFERENT.get(case["python"], case["text"])
    assert str(eval(case["python"], dict(names))) == expected
