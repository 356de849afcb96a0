"""The examples in the docstrings of the package run, and give what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import warnings

import nutkin
import pytest
from nutkin._legacy import LegacyApiWarning

#: Examples that need a package that users may not have.
NEED_PANDAS = {"nutkin.table.table", "nutkin.table.table_environment"}


def modules() -> list[str]:
    """Every module of the package."""
    found = pkgutil.walk_packages(nutkin.__path__, "nutkin.")
    return [module.name for module in found if not module.name.endswith("._native")]


@pytest.mark.parametrize("name", modules())
def test_examples(name: str) -> None:
    if name in NEED_PANDAS:
        pytest.importorskip("pandas")
        pytest.importorskip("pyarrow")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LegacyApiWarning)
        result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0
