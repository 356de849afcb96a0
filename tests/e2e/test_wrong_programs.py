"""Wrong programs of the Table API are told what Flink tells them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from nutkin.util.exceptions import JavaException
from wrong_programs.record import namespace

CASES = json.loads((Path(__file__).parent.parent / "wrong_programs" / "cases.json").read_text())
#: Flink's last line says why the last signature does not fit; here the signatures are the last lines.
REASONED = "Invalid function call:"

#: What is said otherwise: the signature of AND has one place less, and that of a cast is left out.
DIFFERENT = {"t.select(col('a') & col('b'))", "t.select(col('a').cast(DataTypes.DATE()))"}


@pytest.fixture(scope="module")
def names() -> dict[str, dict[str, Any]]:
    """The names that cases use, for each mode."""
    return {mode: namespace("nutkin", mode) for mode in ("batch", "streaming")}


def test_there_are_enough() -> None:
    """Every case has an answer of Flink."""
    assert len(CASES) >= 60
    assert all(case["message"] for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['python']}-{case.get('mode', 'batch')}")
def test_says_what_flink_says(case: dict[str, Any], names: dict[str, dict[str, Any]]) -> None:
    """The class and the message."""
    with pytest.raises(JavaException) as raised:
        str(eval(case["python"], dict(names[case.get("mode", "batch")])))
    assert raised.value.java_class.rpartition(".")[2] == case["class"]
    message, recorded = raised.value.message.splitlines(), case["message"].splitlines()
    if case["message"].startswith(REASONED):
        # The call and the signatures, as many as both have.
        lines = 2 if case["python"] in DIFFERENT else 4
        assert message[:lines] == recorded[:lines]
    else:
        assert message[0] == recorded[0]
