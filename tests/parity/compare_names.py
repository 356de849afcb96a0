"""Compares ``nutkin`` with the recorded names of ``pyflink``, name by name."""

from __future__ import annotations

import enum
import importlib
import inspect
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nutkin._refusals import REFUSALS, Refusal
from record_names import RECORDED, default_text

#: Names of public modules that serve PyFlink itself, with the reason why no program needs them.
INTERNAL = {
    "table.udf.DelegatingScalarFunction": "PyFlink's own wrapper of a plain function",
    "table.udf.DelegatingAsyncScalarFunction": "PyFlink's own wrapper of a plain function",
    "table.udf.DelegationTableFunction": "PyFlink's own wrapper of a plain function",
    "table.udf.DelegatingPandasAggregateFunction": "PyFlink's own wrapper of a plain function",
    "table.udf.PandasAggregateFunctionWrapper": "PyFlink's own wrapper of a function for its workers",
    "table.utils.to_expression_jarray": "makes an array in a JVM, and there is none",
    "table.utils.pickled_bytes_to_python_converter": "reads rows that a JVM pickled, and there is none",
    "util.exceptions.capture_java_exception": "hooks into Py4J, which is not used",
    "util.exceptions.install_exception_handler": "hooks into Py4J, which is not used",
    "util.exceptions.install_py4j_hooks": "hooks into Py4J, which is not used",
    "util.exceptions.convert_py4j_exception": "hooks into Py4J, which is not used",
    "util.exceptions.JavaException.__init__": "is made of a stack trace of a JVM, and there is none",
    "table.udf.FunctionContext.__init__": "is called by the runtime of functions alone",
    "table.udf.UserDefinedFunctionWrapper.__init__": "is called by udf(), udtf(), udaf() and udtaf() alone",
    "table.udf.UserDefinedScalarFunctionWrapper.__init__": "is called by udf() alone",
    "table.udf.UserDefinedAsyncScalarFunctionWrapper.__init__": "is called by udf() alone",
    "table.udf.UserDefinedTableFunctionWrapper.__init__": "is called by udtf() alone",
    "table.udf.UserDefinedAggregateFunctionWrapper.__init__": "is called by udaf() and udtaf() alone",
    "table.table.GroupedTable.__init__": "is called by Table.group_by() alone",
    **{
        f"common.{name}": "serves DataStream programs alone"
        for name in (
            "AssignerWithPeriodicWatermarksWrapper",
            "ByteArraySchema",
            "DeserializationSchema",
            "Encoder",
            "InputDependencyConstraint",
            "SerializationSchema",
            "SimpleStringSchema",
            "TypeSerializer",
            "WatermarkStrategy",
        )
    },
}
_MISSING = object()


@dataclass(frozen=True)
class Compared:
    """One name and how it compares."""

    name: str
    #: What is wrong; None if the name is there as it should be.
    problem: str | None = None
    refusal: Refusal | None = None
    internal: str | None = None


def recorded() -> dict[str, Any]:
    """What ``record_names.py`` recorded."""
    answer: dict[str, Any] = json.loads(RECORDED.read_text())
    return answer


def compare_all() -> Iterator[Compared]:
    """Every recorded name, compared."""
    for module_name, names in recorded()["modules"].items():
        try:
            module: Any = importlib.import_module(f"nutkin.{module_name}")
        except ModuleNotFoundError:
            module = None
        for key, described in names.items():
            yield from _compare(f"{module_name}.{key}", described, getattr(module, key, _MISSING))
    for package, names in recorded()["packages"].items():
        exported = getattr(importlib.import_module(f"nutkin.{package}"), "__all__", [])
        for key in names:
            name = f"{package}.{key}"
            if name in INTERNAL:
                yield Compared(name, internal=INTERNAL[name])
            else:
                yield Compared(name, None if key in exported else "is not exported")


def _compare(name: str, described: dict[str, Any], ours: Any) -> Iterator[Compared]:
    if name in INTERNAL:
        yield Compared(name, internal=INTERNAL[name])
        return
    yield Compared(name, _problem(described, ours), REFUSALS.get(name))
    for key, member in described.get("members", {}).items():
        if inspect.isclass(ours):
            yield from _compare(f"{name}.{key}", member, _attribute(ours, key))
        else:
            yield from _compare(f"{name}.{key}", member, _MISSING)


def _attribute(owner: type, name: str) -> Any:
    """The attribute as its class holds it, so that a property and a static method are seen as such."""
    if name == "__init__":
        return owner.__init__
    return inspect.getattr_static(owner, name, _MISSING)


def _problem(described: dict[str, Any], ours: Any) -> str | None:
    if ours is _MISSING:
        return "is missing"
    kind = described["kind"]
    if kind == "class":
        return None if inspect.isclass(ours) else "is no class"
    if kind == "property":
        return None if not callable(ours) or isinstance(ours, property) else "is no property"
    if kind == "constant":
        value = described.get("value")
        if isinstance(value, list):  # PyFlink's enumerations have a comma too many: `YEAR = 0,`.
            value = value[0]
        same = not isinstance(ours, enum.Enum) or value is None or ours.value == value
        return None if same else f"has the value {ours.value!r} and not {value!r}"
    if isinstance(ours, (staticmethod, classmethod)):
        if kind == "method":
            return f"is a {type(ours).__name__}"
        ours = ours.__func__
    elif kind in ("static method", "class method"):
        return f"is no {kind}"
    if not callable(ours):
        return "cannot be called"
    return _signature_problem(described["parameters"], ours)


def _signature_problem(theirs: list[list[Any]], ours: Any) -> str | None:
    parameters = [
        parameter
        for parameter in inspect.signature(ours).parameters.values()
        if parameter.name not in ("self", "cls")
    ]
    for position, (name, kind, default) in enumerate(theirs):
        if position >= len(parameters):
            return f"has no parameter '{name}'"
        parameter = parameters[position]
        if kind.startswith("VAR_"):
            if parameter.kind.name != kind:
                return f"takes no number of '{name}'"
            continue
        if parameter.name != name:
            return f"has the parameter '{parameter.name}' where '{name}' should be"
        if default is None and parameter.default is not parameter.empty:
            continue  # Asking for less is no difference to a program.
        if default is not None and parameter.default is parameter.empty:
            return f"has no default of '{name}'"
        if default is not None and _normal(default_text(parameter.default)) != _normal(default):
            return f"has the default {parameter.default!r} of '{name}' and not {default}"
    for parameter in parameters[len(theirs) :]:
        needed = parameter.default is parameter.empty
        if needed and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            return f"needs the parameter '{parameter.name}'"
    return None


def _normal(default: str) -> str:
    """Empty collections are one default, whether they can change or not."""
    return "()" if default in ("[]", "{}", "()") else default
