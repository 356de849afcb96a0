"""Runs a module of this package with an interpreter that has no nutkin installed.

``python .../nutkin/_by_path.py nutkin._worker ARGUMENTS`` imports the package that this file lies in, and
nothing else of the folder around it: what is installed beside nutkin stays out of sight.
"""

import importlib.util
import os
import runpy
import sys


def main() -> None:
    """Runs the module that the first argument names."""
    package = os.path.dirname(os.path.abspath(__file__))
    # The folder of this file was put first; its modules are not to be found without their package.
    sys.path[:] = [folder for folder in sys.path if os.path.abspath(folder) != package]
    if "nutkin" not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            "nutkin", os.path.join(package, "__init__.py"), submodule_search_locations=[package]
        )
        if spec is None or spec.loader is None:
            raise ImportError(f"there is no package in {package}")
        module = importlib.util.module_from_spec(spec)
        sys.modules["nutkin"] = module
        spec.loader.exec_module(module)
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
