"""Functions and files on their way to where functions run."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
import tempfile
from typing import Any

from nutkin._gateway import get_gateway


def dump_function(function: Any) -> bytes:
    """The cloudpickle stream of a function.

    A gateway in this process can import what the program imported. A remote one cannot, so modules
    of the program itself (not those of the interpreter or of installed packages) travel by value.
    """
    import cloudpickle  # type: ignore[import-untyped]  # takes 10 ms to import, needed by functions only

    module = sys.modules.get(getattr(function, "__module__", None) or type(function).__module__)
    by_value = get_gateway().is_remote and module is not None and _belongs_to_program(module)
    if by_value:
        cloudpickle.register_pickle_by_value(module)
    try:
        payload: bytes = cloudpickle.dumps(function)
    finally:
        if by_value:
            cloudpickle.unregister_pickle_by_value(module)
    return payload


def _belongs_to_program(module: Any) -> bool:
    path = getattr(module, "__file__", None)
    if module.__name__ == "__main__" or path is None:
        return False
    installed = {
        os.path.realpath(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")
    }
    real = os.path.realpath(path)
    return not any(real.startswith(prefix + os.sep) for prefix in installed)


def read_python_file(path: str) -> tuple[str, bytes]:
    """The name and content under which a file or directory is sent to a remote gateway.

    A directory is sent as a zip archive of its content, which Python imports from.
    """
    if not os.path.isdir(path):
        with open(path, "rb") as file:
            return os.path.basename(path), file.read()
    with tempfile.TemporaryDirectory() as folder:
        archive = shutil.make_archive(os.path.join(folder, "archive"), "zip", path)
        with open(archive, "rb") as file:
            return os.path.basename(os.path.normpath(path)) + ".zip", file.read()
