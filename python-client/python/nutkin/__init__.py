"""Nutkin: PyFlink programs without a JVM.

``nutkin.table``, ``nutkin.common`` and ``nutkin.datastream`` mirror the packages of the same names in
``pyflink``. Importing this package starts nothing; the first call that needs a gateway does.
"""

from nutkin._native import __version__

__all__ = ["__version__"]
