"""Records what the programs print with PyFlink on its JVM: ``INTERPRETER record.py [NAME ...]``.

The interpreter is one that has apache-flink 2.3.0; a Java installation is needed.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    for program in sorted((HERE / "programs").glob("*.py")):
        if sys.argv[1:] and program.stem not in sys.argv[1:]:
            continue
        done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, timeout=300)
        print(program.stem, done.returncode, flush=True)
        if done.returncode == 0:
            (HERE / "recorded" / f"{program.stem}.txt").write_text(done.stdout)
        else:
            print(done.stderr[-1500:], flush=True)


if __name__ == "__main__":
    main()
