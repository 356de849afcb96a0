"""Python functions in jobs, in both modes: what they see, what they may return, how they fail."""

import datetime
import decimal
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nutkin.common.types import Row
from nutkin.table import EnvironmentSettings, TableEnvironment
from nutkin.table.expressions import col, lit
from nutkin.table.types import DataTypes
from nutkin.table.udf import ScalarFunction, udf
from nutkin.util.exceptions import JavaException, JobCancellationException

UTC = datetime.timezone.utc


@pytest.fixture(params=["thread", "process"])
def t_env(request: pytest.FixtureRequest) -> TableEnvironment:
    environment = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
    environment.get_config().set("python.execution-mode", request.param)
    environment.get_config().set("parallelism.default", "1")
    return environment


def apply(
    t_env: TableEnvironment,
    function: Any,
    values: list[Any],
    declared: str,
    result: str,
    *constants: Any,
    name: str | None = None,
) -> list[Any]:
    """The results of a function over a column of values."""
    schema = DataTypes.ROW([DataTypes.FIELD("v", type_of(declared))])
    table = t_env.from_elements([(value,) for value in values], schema)
    wrapped = udf(function, result_type=result, name=name)
    query = table.select(wrapped(col("v"), *[lit(constant) for constant in constants]).alias("r"))
    with query.execute().collect() as rows:
        return [row[0] for row in rows]


def type_of(declared: str) -> Any:
    return {
        "INT": DataTypes.INT(),
        "BIGINT": DataTypes.BIGINT(),
        "STRING": DataTypes.STRING(),
        "DOUBLE": DataTypes.DOUBLE(),
        "BYTES": DataTypes.BYTES(),
        "BOOLEAN": DataTypes.BOOLEAN(),
        "DATE": DataTypes.DATE(),
        "TIMESTAMP(6)": DataTypes.TIMESTAMP(6),
        "TIMESTAMP_LTZ(3)": DataTypes.TIMESTAMP_LTZ(3),
        "DECIMAL(10, 2)": DataTypes.DECIMAL(10, 2),
        "ARRAY<INT>": DataTypes.ARRAY(DataTypes.INT()),
        "MAP<STRING, INT>": DataTypes.MAP(DataTypes.STRING(), DataTypes.INT()),
        "ROW<a INT, b STRING>": DataTypes.ROW(
            [DataTypes.FIELD("a", DataTypes.INT()), DataTypes.FIELD("b", DataTypes.STRING())]
        ),
    }[declared]


def failure(action: Callable[[], Any]) -> str:
    with pytest.raises(JavaException) as caught:
        action()
    return str(caught.value)


@pytest.mark.parametrize(
    ("declared", "value", "printed"),
    [
        ("INT", 5, "5 int"),
        ("STRING", "é", "'é' str"),
        ("STRING", "x", "'x' str"),
        ("STRING", "", "'' str"),
        ("DOUBLE", 0.5, "0.5 float"),
        ("BYTES", b"\x00a", "b'\\x00a' bytes"),
        ("BOOLEAN", True, "True bool"),
        ("DATE", datetime.date(2024, 2, 29), "datetime.date(2024, 2, 29) date"),
        (
            "TIMESTAMP(6)",
            datetime.datetime(2024, 2, 29, 1, 2, 3, 4),
            "datetime.datetime(2024, 2, 29, 1, 2, 3, 4) datetime",
        ),
        ("DECIMAL(10, 2)", decimal.Decimal("1.5"), "Decimal('1.50') Decimal"),
        ("ARRAY<INT>", [1, None], "[1, None] list"),
        ("MAP<STRING, INT>", {"a": 1}, "{'a': 1} dict"),
        ("ROW<a INT, b STRING>", Row(1, "x"), "Row(a=1, b='x') Row"),
        ("INT", None, "None NoneType"),
    ],
)
def test_arguments_are_what_pyflink_passes(
    t_env: TableEnvironment, declared: str, value: Any, printed: str
) -> None:
    def show(argument: Any) -> str:
        return f"{argument!r} {type(argument).__name__}"

    assert apply(t_env, show, [value], declared, "STRING") == [printed]


def test_instants_are_in_the_session_time_zone(t_env: TableEnvironment) -> None:
    t_env.get_config().set("table.local-time-zone", "Asia/Shanghai")
    instant = datetime.datetime(2024, 1, 1, 12, tzinfo=UTC)
    assert apply(t_env, lambda instant: str(instant), [instant], "TIMESTAMP_LTZ(3)", "STRING") == [
        "2024-01-01 20:00:00+08:00"
    ]


def test_constants_reach_functions(t_env: TableEnvironment) -> None:
    def show(*arguments: Any) -> str:
        return repr(arguments)

    results = apply(t_env, show, [1, 2], "INT", "STRING", "k", 2.5)
    assert results == ["(1, 'k', 2.5)", "(2, 'k', 2.5)"]


def test_functions_of_functions(t_env: TableEnvironment) -> None:
    table = t_env.from_elements([(number,) for number in range(1000)], ["n"])
    add = udf(lambda left, right: left + right, result_type="BIGINT")
    twice = udf(lambda value: value * 2, result_type="BIGINT")
    query = table.select(add(twice(col("n")), col("n")).alias("a"), twice(col("n")).alias("b"))
    with query.execute().collect() as rows:
        assert [tuple(row) for row in rows] == [(3 * number, 2 * number) for number in range(1000)]


def test_an_exception_names_function_row_and_line(t_env: TableEnvironment) -> None:
    def to_province(client_ip: str) -> str:
        if client_ip == "bad":
            raise ValueError("no such address")
        return client_ip

    text = failure(lambda: apply(t_env, to_province, ["1.2.3.4", "bad"], "STRING", "STRING"))
    assert "'to_province' failed for row (v='bad'): ValueError: no such address" in text
    assert 'in to_province\n    raise ValueError("no such address")' in text.replace("            ", "    ")
    assert "<nutkin block>" not in text


@pytest.mark.parametrize(
    ("returned", "result", "message"),
    [
        (5, "STRING", "returned int, but its result type is STRING"),
        (1.5, "BIGINT", "returned float, but its result type is BIGINT"),
        (300, "TINYINT", "returned 300, which is out of the range of its result type TINYINT"),
        (None, "INT NOT NULL", "returned None, but its result type is INT NOT NULL"),
        ([1, "z"], "ARRAY<INT>", "has str at [1], but its result type is ARRAY<INT>, with INT there"),
    ],
)
def test_a_wrong_result_is_named(t_env: TableEnvironment, returned: Any, result: str, message: str) -> None:
    text = failure(lambda: apply(t_env, lambda value: returned, [7], "INT", result, name="wrong"))
    assert f"Python function 'wrong' failed for row (v=7): {message}" in text or (
        "Python function 'wrong' failed for row (v=7): returned a value that " in text and message in text
    )


def test_long_arguments_are_cut_in_the_middle(t_env: TableEnvironment) -> None:
    text = failure(lambda: apply(t_env, lambda value: 1 // 0, ["a" * 500 + "z"], "STRING", "BIGINT"))
    assert "aaa... 303 characters ...aaa" in text
    assert "aaaz')" in text


def test_open_and_close_are_called_once(t_env: TableEnvironment, tmp_path: Path) -> None:
    class Recording(ScalarFunction):
        """Writes what happens to it into a file."""

        def __init__(self, path: str) -> None:
            self.path = path

        def note(self, event: str) -> None:
            with open(self.path, "a") as file:
                file.write(event + "\n")

        def open(self, function_context: Any) -> None:
            self.note("open " + function_context.get_job_parameter("who", "nobody"))

        def eval(self, value: int) -> int:
            return value

        def close(self) -> None:
            self.note("close")

    t_env.get_config().set("pipeline.global-job-parameters", "who:me")
    path = tmp_path / "events"
    assert apply(t_env, Recording(str(path)), [1, 2, 3], "INT", "INT") == [1, 2, 3]
    assert path.read_text() == "open me\nclose\n"


def test_thread_locals_last(t_env: TableEnvironment) -> None:
    class Connected(ScalarFunction):
        def open(self, function_context: Any) -> None:
            self.local = threading.local()

        def eval(self, value: int) -> int:
            self.local.calls = getattr(self.local, "calls", 0) + 1
            calls: int = self.local.calls
            return calls

    count = 100_000
    assert apply(t_env, Connected(), list(range(count)), "INT", "INT") == list(range(1, count + 1))


def test_python_files_can_be_imported(t_env: TableEnvironment, tmp_path: Path) -> None:
    module = f"lookup_{t_env.get_config().get('python.execution-mode', '')}"
    (tmp_path / f"{module}.py").write_text("def look_up(value):\n    return value + '!'\n")
    (tmp_path / "neighbour_of_lookup.py").write_text("")
    t_env.add_python_file(str(tmp_path / f"{module}.py"))

    def look_up(value: str) -> str:
        import importlib

        with pytest.raises(ModuleNotFoundError):
            importlib.import_module("neighbour_of_lookup")
        result: str = importlib.import_module(module).look_up(value)
        return result

    before = list(sys.path)
    assert apply(t_env, look_up, ["a"], "STRING", "STRING") == ["a!"]
    deadline = time.monotonic() + 5
    while sys.path != before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert sys.path == before


def test_what_functions_print_is_seen(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import sys\n"
        "from nutkin.table import TableEnvironment\n"
        "from nutkin.table.expressions import col\n"
        "from nutkin.table.udf import udf\n"
        "t_env = TableEnvironment.create()\n"
        "t_env.get_config().set('python.execution-mode', sys.argv[1])\n"
        "show = udf(lambda v: print('saw', v) or v, result_type='BIGINT')\n"
        "t = t_env.from_elements([(1,), (2,)], ['v'])\n"
        "print(sorted(r[0] for r in t.select(show(col('v'))).execute().collect()))\n"
    )
    for mode in ("thread", "process"):
        output = subprocess.run(
            [sys.executable, str(program), mode], capture_output=True, text=True, timeout=60, check=True
        ).stdout
        assert sorted(output.splitlines()) == ["[1, 2]", "saw 1", "saw 2"]


@pytest.mark.parametrize(
    ("end", "message"),
    [
        (lambda value: os.kill(os.getpid(), signal.SIGKILL), "it was killed by signal 9 (SIGKILL)"),
        (lambda value: os._exit(7), "it exited with status 7"),
    ],
    ids=["killed", "exited"],
)
def test_a_worker_that_dies_fails_the_job(end: Any, message: str) -> None:
    t_env = TableEnvironment.create()
    t_env.get_config().set("python.execution-mode", "process")
    text = failure(lambda: apply(t_env, end, [1], "INT", "INT", name="deadly"))
    assert f"of Python function 'deadly' is gone: {message}" in text


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("python.executable", "/nowhere/python", "'/nowhere/python' cannot be started"),
        ("python.requirements", "r.txt", "The option 'python.requirements' is not supported"),
        ("python.execution-mode", "loopback", "'loopback' for key 'python.execution-mode'"),
        ("python.files", "/nowhere/f.py", "The Python file '/nowhere/f.py' cannot be read"),
        ("python.files", "hdfs://h/f.py", "The Python file 'hdfs://h/f.py' is not on this machine"),
        ("table.local-time-zone", "Mars/Base", "Invalid time zone"),
        (
            "pipeline.global-job-parameters",
            "novalue",
            "'pipeline.global-job-parameters' has the entry 'novalue'",
        ),
    ],
)
def test_options_that_cannot_be_followed_are_named(key: str, value: str, message: str) -> None:
    t_env = TableEnvironment.create()

    def run() -> None:
        t_env.get_config().set(key, value)
        apply(t_env, lambda argument: argument, [1], "INT", "INT")

    assert message in failure(run)


def test_a_function_that_cannot_be_loaded_says_what_is_missing(t_env: TableEnvironment) -> None:
    class Missing:
        def __reduce__(self) -> Any:
            return __import__, ("no_such_module_here",)

        def __call__(self, value: int) -> int:
            return value

    text = failure(lambda: apply(t_env, Missing(), [1], "INT", "INT", name="homeless"))
    assert "Python function 'homeless' cannot be loaded: ModuleNotFoundError: No module named" in text
    assert "add_python_file" in text


@pytest.fixture
def endless(t_env: TableEnvironment) -> Any:
    """A job that a function never lets go of."""

    def loop(value: int) -> int:
        while True:
            value += 1

    table = t_env.from_elements([(1,)], ["v"])
    return table.select(udf(loop, result_type="BIGINT")(col("v"))).execute()


def test_a_function_that_never_returns_can_be_cancelled(endless: Any) -> None:
    time.sleep(0.5)
    client = endless.get_job_client()
    started = time.monotonic()
    client.cancel()
    with pytest.raises(JobCancellationException):
        endless.wait()
    assert time.monotonic() - started < 1.5


def test_ctrl_c_ends_waiting(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import time\n"
        "from nutkin.table import TableEnvironment\n"
        "from nutkin.table.expressions import col\n"
        "from nutkin.table.udf import udf\n"
        "t_env = TableEnvironment.create()\n"
        "def loop(v):\n"
        "    print('in', flush=True)\n"
        "    while True: pass\n"
        "t = t_env.from_elements([(1,)], ['v'])\n"
        "t.select(udf(loop, result_type='BIGINT')(col('v'))).execute().wait()\n"
    )
    process = subprocess.Popen(
        [sys.executable, str(program)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "in\n"
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert time.monotonic() - started < 3
    assert "KeyboardInterrupt" in errors
    assert process.returncode != 0


def test_other_threads_run_while_functions_do() -> None:
    t_env = TableEnvironment.create()
    t_env.get_config().set("python.execution-mode", "thread")
    ticks = 0
    stopped = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not stopped.wait(0.001):
            ticks += 1

    thread = threading.Thread(target=tick)
    thread.start()
    started = time.monotonic()
    apply(t_env, str.upper, ["abc"] * 300_000, "STRING", "STRING")
    elapsed = time.monotonic() - started
    stopped.set()
    thread.join()
    # A turn is 5 ms; three of them a tick is far from starving.
    assert ticks > elapsed / 0.015
