"""Warnings for the API of 1.9 to 1.11: each call works, and names its modern form once."""

from __future__ import annotations

import os
import sys
import warnings

from nutkin._progress import QUIET_VARIABLE

_warned: set[str] = set()
_PACKAGE = os.path.dirname(os.path.abspath(__file__)) + os.sep


class LegacyApiWarning(FutureWarning):
    """A call of the API of Flink 1.9 to 1.15 that works, and has a present form."""


def warn_legacy(old: str, new: str) -> None:
    """Warns, the first time, that ``old`` has a present form; names the program's line."""
    if old in _warned or os.environ.get(QUIET_VARIABLE):
        return
    _warned.add(old)
    level = 2
    frame = sys._getframe(1)
    while frame.f_back is not None and os.path.abspath(frame.f_code.co_filename).startswith(_PACKAGE):
        frame = frame.f_back
        level += 1
    warnings.warn(
        f"{old} is of Flink 1.x; its present form is {new}.", LegacyApiWarning, stacklevel=level - 1
    )
