"""Runs all tests, Rust and Python; the last line says how many passed and failed."""

import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CARGO = ["cargo", "test", "--release", "--workspace", "--no-fail-fast"]
PYTEST = [sys.executable, "-m", "pytest", "-q", "-ra"]


def run(command: list[str]) -> tuple[int, str]:
    """Runs a command, showing its output as it comes; the exit code and the output."""
    print("$", " ".join(command), flush=True)
    output: list[str] = []
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        sys.stdout.write(line)
        sys.stdout.flush()
        output.append(line)
    return process.wait(), "".join(output)


def count(pattern: str, text: str) -> int:
    """The sum of the numbers that a pattern finds."""
    return sum(int(number) for number in re.findall(pattern, text))


def main() -> int:
    """Runs everything; returns the exit code."""
    passed = failed = skipped = 0
    cargo_code, output = run(CARGO)
    results = "\n".join(re.findall(r"^test result:.*$", output, re.MULTILINE))
    passed += count(r"(\d+) passed", results)
    failed += count(r"(\d+) failed", results)
    skipped += count(r"(\d+) ignored", results)
    if cargo_code and not failed:
        failed += 1  # something did not compile
    pytest_code, output = run(PYTEST)
    last = output.strip().rsplit("\n", 1)[-1]
    passed += count(r"(\d+) passed", last)
    failed_here = count(r"(\d+) failed", last) + count(r"(\d+) errors?", last)
    skipped += count(r"(\d+) skipped", last)
    if pytest_code and not failed_here:
        failed_here = 1
    failed += failed_here
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
