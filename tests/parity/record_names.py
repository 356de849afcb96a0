"""Records the public names of the real ``pyflink``: kinds, parameters, defaults.

Run by an interpreter that has ``apache-flink``: ``make parity-record``. The answer, ``pyflink-2.3.0.json``, is
what ``test_parity.py`` holds this package against. Importing PyFlink starts no JVM, and neither does this.
"""

from __future__ import annotations

import enum
import importlib
import inspect
import json
import pathlib
from typing import Any

RECORDED = pathlib.Path(__file__).parent / "pyflink-2.3.0.json"

#: The modules that table programs import, below ``pyflink``.
MODULES = [
    *(
        f"table.{name}"
        for name in [
            "catalog",
            "changelog_mode",
            "compiled_plan",
            "data_view",
            "descriptors",
            "environment_settings",
            "explain_detail",
            "expression",
            "expressions",
            "model_descriptor",
            "module",
            "plan_reference",
            "resolved_expression",
            "result_kind",
            "schema",
            "sql_dialect",
            "statement_set",
            "table",
            "table_config",
            "table_descriptor",
            "table_environment",
            "table_pipeline",
            "table_result",
            "table_schema",
            "types",
            "udf",
            "utils",
            "window",
        ]
    ),
    *(
        f"common.{name}"
        for name in [
            "completable_future",
            "config_options",
            "configuration",
            "execution_config",
            "job_client",
            "job_execution_result",
            "job_id",
            "job_status",
            "restart_strategy",
            "time",
            "typeinfo",
            "types",
        ]
    ),
    "datastream.stream_execution_environment",
    "metrics.metricbase",
    "util.exceptions",
]
#: Packages whose ``__all__`` is recorded.
PACKAGES = ["table", "common", "metrics"]


def parameters(function: Any) -> list[list[Any]]:
    """Name, kind and default of each parameter; the default as Python writes it, None if there is none."""
    return [
        [
            parameter.name,
            parameter.kind.name,
            None if parameter.default is parameter.empty else default_text(parameter.default),
        ]
        for parameter in inspect.signature(function).parameters.values()
        if parameter.name not in ("self", "cls")
    ]


def default_text(value: Any) -> str:
    """A default as text that does not depend on addresses or on the package's name."""
    if isinstance(value, enum.Enum):
        return f"{type(value).__name__}.{value.name}"
    if callable(value):
        return str(getattr(value, "__name__", type(value).__name__))
    return repr(value)


def describe_member(member: Any) -> dict[str, Any] | None:
    """One member of a class."""
    if isinstance(member, staticmethod):
        return {"kind": "static method", "parameters": parameters(member.__func__)}
    if isinstance(member, classmethod):
        return {"kind": "class method", "parameters": parameters(member.__func__)}
    if isinstance(member, property):
        return {"kind": "property"}
    if inspect.isclass(member):
        return {"kind": "class", **describe_class(member)}
    if inspect.isfunction(member):
        return {"kind": "method", "parameters": parameters(member)}
    if isinstance(member, enum.Enum):
        return {"kind": "constant", "value": member.value}
    if isinstance(member, (str, int, float)) or member is None:
        return {"kind": "constant", "value": member}
    return {"kind": "constant"}


def describe_class(owner: type) -> dict[str, Any]:
    """The public members that a class defines itself, and its constructor if programs call it."""
    members: dict[str, Any] = {}
    constructor = vars(owner).get("__init__")
    if inspect.isfunction(constructor):
        taken = parameters(constructor)
        if not any(name.startswith(("j_", "_j", "java_")) for name, _, _ in taken):
            members["__init__"] = {"kind": "method", "parameters": taken}
    for name, member in vars(owner).items():
        if not name.startswith("_"):
            described = describe_member(member)
            if described is not None:
                members[name] = described
    return {"members": members}


def describe_module(name: str) -> dict[str, Any]:
    """The public classes, functions and constants that a module defines."""
    module = importlib.import_module(f"pyflink.{name}")
    exported = getattr(module, "__all__", [])
    names: dict[str, Any] = {}
    for key, value in vars(module).items():
        if key.startswith("_") or inspect.ismodule(value):
            continue
        own = getattr(value, "__module__", None) == module.__name__
        if inspect.isclass(value) and own:
            names[key] = {"kind": "class", **describe_class(value)}
        elif inspect.isfunction(value) and own:
            names[key] = {"kind": "function", "parameters": parameters(value)}
        elif key in exported and not (inspect.isclass(value) or inspect.isfunction(value)):
            names[key] = {"kind": "constant"}
    return names


def main() -> None:
    """Records everything."""
    answer = {
        "modules": {name: describe_module(name) for name in MODULES},
        "packages": {name: sorted(importlib.import_module(f"pyflink.{name}").__all__) for name in PACKAGES},
    }
    RECORDED.write_text(json.dumps(answer, indent=1) + "\n")
    for name, names in answer["modules"].items():
        print(name, len(names), sum(len(entry.get("members", ())) for entry in names.values()))


if __name__ == "__main__":
    main()
