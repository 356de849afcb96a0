"""Ending jobs: by Ctrl-C, by ``JobClient.cancel``, by closing a result, and with the gateway."""

import time

from support import Programs

ENDLESS = """
import sys, time
from pyflink.table import EnvironmentSettings, TableEnvironment

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
t_env.execute_sql("CREATE TABLE s (a BIGINT) WITH ('connector'='datagen','rows-per-second'='1000')")
t_env.execute_sql("CREATE TABLE k (a BIGINT) WITH ('connector'='blackhole')")
"""


def test_control_c(programs_everywhere: Programs) -> None:
    """A waiting program ends within a second."""
    process = programs_everywhere.start(
        programs_everywhere.write(
            ENDLESS
            + "result = t_env.execute_sql('INSERT INTO k SELECT a FROM s')\n"
            + "print('running', flush=True)\nresult.wait()\n"
        )
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "running\n"
    time.sleep(0.5)
    finished = programs_everywhere.interrupt(process)
    assert finished.seconds < 1.5
    assert finished.code == 130, finished.stderr


def test_control_c_while_printing(programs: Programs) -> None:
    """The same for ``print()`` of an endless query."""
    process = programs.start(programs.write(ENDLESS + "t_env.execute_sql('SELECT a FROM s').print()\n"))
    time.sleep(1.5)
    finished = programs.interrupt(process)
    assert finished.seconds < 1.5
    assert finished.code == 130, finished.stderr
    assert "| +I |" in finished.stdout


def test_job_client_cancel(programs_everywhere: Programs) -> None:
    """``cancel()`` ends the job within a second, also with a function in the middle."""
    code = (
        ENDLESS
        + """
from pyflink.table.udf import udf
from pyflink.table.expressions import col
slow = udf(lambda a: time.sleep(0.01) or a, result_type="BIGINT")
job = t_env.from_path('s').select(slow(col('a'))).execute_insert('k').get_job_client()
time.sleep(1)
print(job.get_job_status().result().name, flush=True)
start = time.monotonic()
job.cancel().result()
print(job.get_job_status().result().name, time.monotonic() - start < 1.0)
"""
    )
    finished = programs_everywhere.run(programs_everywhere.write(code))
    assert finished.code == 0, finished.stderr
    assert finished.stdout.split() == ["RUNNING", "CANCELED", "True"]


def test_closing_a_result_ends_its_job(programs: Programs) -> None:
    """A program that has seen enough rows ends."""
    code = (
        ENDLESS
        + """
result = t_env.execute_sql('SELECT a FROM s')
with result.collect() as rows:
    next(rows)
print(result.get_job_client().get_job_status().result().name)
"""
    )
    finished = programs.run(programs.write(code), timeout=20)
    assert finished.code == 0, finished.stderr
    assert finished.stdout.strip() == "CANCELED"


def test_wait_with_a_timeout(programs: Programs) -> None:
    """A job that goes on longer than asked for is a ``TimeoutError``, and goes on."""
    code = (
        ENDLESS
        + """
result = t_env.execute_sql('INSERT INTO k SELECT a FROM s')
try:
    result.wait(300)
except TimeoutError as error:
    print(error)
print(result.get_job_client().get_job_status().result().name)
"""
    )
    finished = programs.run(programs.write(code), timeout=20)
    assert finished.code == 0, finished.stderr
    assert finished.stdout.splitlines() == ["The job has not ended after 300 ms.", "RUNNING"]
