"""Every public name of ``pyflink`` that table programs touch is here, with its signature, or is refused."""

from __future__ import annotations

import inspect
import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import importlib

import names_page
from compare_names import compare_all
from nutkin._refusals import REFUSALS
from nutkin.util.exceptions import UnsupportedOperationException


def test_every_name_of_pyflink_is_here() -> None:
    problems = {compared.name: compared.problem for compared in compare_all() if compared.problem is not None}
    assert problems == {}


def test_the_page_of_names_is_up_to_date() -> None:
    page = pathlib.Path(__file__).parents[2] / "docs" / "parity.md"
    assert page.read_text() == names_page.page(), "run: python tests/parity/names_page.py > docs/parity.md"


@pytest.mark.parametrize("name", sorted(REFUSALS))
def test_a_refused_name_raises_its_reason(name: str) -> None:
    function, arguments = _callable(name)
    with pytest.raises(UnsupportedOperationException) as raised:
        function(*arguments)
    assert REFUSALS[name].reason in str(raised.value)
    assert REFUSALS[name].instead in str(raised.value)


def _callable(name: str) -> tuple[Any, list[Any]]:
    """What a refused name calls, and arguments that fit its signature."""
    parts = name.split(".")
    owner: Any = importlib.import_module(".".join(["nutkin", *parts[:2]]))
    for part in parts[2:-1]:
        owner = getattr(owner, part)
    function = getattr(owner, parts[-1])
    arguments: list[Any] = []
    if inspect.isclass(owner) and inspect.isfunction(inspect.getattr_static(owner, parts[-1])):
        arguments.append(object.__new__(owner))
    for parameter in inspect.signature(function).parameters.values():
        needed = parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        if needed and parameter.name != "self" and parameter.default is parameter.empty:
            arguments.append(None)
    return function, arguments
