"""Prints ``docs/parity.md``: every public name of PyFlink that table programs touch, and its status here.

``python tests/parity/names_page.py > docs/parity.md`` writes it; a test compares.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from compare_names import Compared, compare_all

INTRODUCTION = """\
# Names of PyFlink

Every public name of PyFlink 2.3.0 that table programs touch: classes with their members, functions and constants, as
they were recorded from the package itself (`tests/parity/record_names.py`). Each is here under the same name, with the
same parameters and defaults, or says why it is not. This page is printed by `tests/parity/names_page.py`.

- **here**: it exists with the same signature. What the engine cannot run yet is refused by name when a query that
  uses it is planned; the message tells what works instead.
- **refused**: it exists, and calling it raises `UnsupportedOperationException` with the reason and with what works
  instead.
- **left out**: it serves PyFlink itself, or DataStream programs alone.
"""


def page() -> str:
    """The page."""
    by_module: dict[str, list[Compared]] = {}
    for compared in compare_all():
        parts = compared.name.split(".")
        module = ".".join(parts[:2]) if len(parts) > 2 else f"{parts[0]} (`__all__`)"
        by_module.setdefault(module, []).append(compared)
    names = [compared for one in by_module.values() for compared in one]
    lines = [INTRODUCTION, summary(names), ""]
    for module, found in by_module.items():
        lines += [f"## {module}", "", summary(found), ""]
        lines += list(details(found))
    return "\n".join(lines)


def status(compared: Compared) -> str:
    """The status of a name in a word or two."""
    if compared.internal is not None:
        return "left out"
    if compared.refusal is not None:
        return "refused"
    return "here" if compared.problem is None else "missing"


def summary(names: Iterable[Compared]) -> str:
    """How many names there are of each status."""
    counts: dict[str, int] = {}
    for compared in names:
        counts[status(compared)] = counts.get(status(compared), 0) + 1
    return ", ".join(f"{count} {word}" for word, count in sorted(counts.items())) + "."


def details(names: list[Compared]) -> Iterable[str]:
    """The names: those that are here in a line for each class, the others one by one."""
    classes: dict[str, list[str]] = {}
    for compared in names:
        parts = compared.name.split(".")
        if status(compared) != "here":
            continue
        owner = ".".join(parts[2:-1]) if len(parts) > 3 else ""
        classes.setdefault(owner, []).append(parts[-1])
    for owner, members in classes.items():
        listed = ", ".join(f"`{member}`" for member in members)
        yield f"- **{owner}**: {listed}" if owner else f"- {listed}"
    others = [compared for compared in names if status(compared) != "here"]
    if others:
        yield ""
        yield "| name | status | why, and what works instead |"
        yield "|---|---|---|"
        for compared in others:
            refusal = compared.refusal
            why = f"{refusal.reason} {refusal.instead}" if refusal else compared.internal or compared.problem
            yield f"| `{compared.name}` | {status(compared)} | {why} |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(page())
