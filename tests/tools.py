"""Says which system tool is missing, one line each; what can be installed without the system is not here."""

import shutil
import sys

TOOLS = {
    "cargo": "cargo is missing: install Rust 1.94 or newer (rustup)",
    "cc": "a C compiler is missing: install gcc or clang",
    "c++": "a C++ compiler is missing: install g++ or clang++",
    "make": "make is missing: librdkafka and OpenSSL are built with it",
    "perl": "perl is missing: OpenSSL's configuration is written in it",
}

missing = [message for tool, message in TOOLS.items() if shutil.which(tool) is None]
if sys.version_info < (3, 10):  # noqa: UP036  # this file is what finds out
    missing.append(f"Python 3.10 or newer is needed, this is {sys.version.split()[0]}: set PYTHON=...")
try:
    import ensurepip  # noqa: F401  # the venv module needs it; Debian packs it apart
    import venv  # noqa: F401
except ImportError:
    missing.append("the Python module venv is missing: install python3-venv")
for line in missing:
    print(line, file=sys.stderr)
sys.exit(1 if missing else 0)
