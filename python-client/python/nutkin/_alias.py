"""Makes the package ``pyflink`` mean this one, so that PyFlink programs run unchanged.

``import pyflink.table`` then gives the very module ``nutkin.table``. The alias is opt-in: ``nutkin run``
installs it, or a program calls :func:`install`.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from types import ModuleType

_ALIAS = "pyflink"
_PACKAGE = "nutkin"


class _AliasLoader(importlib.abc.Loader):
    """Loads ``pyflink.x`` by importing ``nutkin.x`` and giving it out under both names."""

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        module = importlib.import_module(_PACKAGE + spec.name[len(_ALIAS) :])
        # The import system writes the alias's spec into the module; keep what was there.
        spec.loader_state = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        alias_spec = module.__spec__
        original = None if alias_spec is None else alias_spec.loader_state
        if isinstance(original, importlib.machinery.ModuleSpec):
            module.__spec__ = original
            module.__loader__ = original.loader
            module.__package__ = original.parent


class _AliasFinder(importlib.abc.MetaPathFinder):
    """Finds ``pyflink`` and everything in it."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != _ALIAS and not fullname.startswith(_ALIAS + "."):
            return None
        if importlib.util.find_spec(_PACKAGE + fullname[len(_ALIAS) :]) is None:
            return None
        return importlib.machinery.ModuleSpec(fullname, _AliasLoader(), is_package=True)


def install() -> None:
    """Makes ``pyflink`` resolve to ``nutkin`` from now on, also if another one is installed.

    :raises RuntimeError: if another ``pyflink`` has been imported already.
    """
    loaded = sys.modules.get(_ALIAS)
    if loaded is not None and loaded.__name__ != _PACKAGE:
        raise RuntimeError(
            "Another 'pyflink' has been imported already; install the alias before importing it."
        )
    if not any(isinstance(finder, _AliasFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _AliasFinder())
