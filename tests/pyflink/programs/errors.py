"""Errors by Flink's names."""

from py4j.protocol import Py4JJavaError
from pyflink.table import EnvironmentSettings, TableEnvironment
from pyflink.util.exceptions import TableException

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())


def first_line(statement):
    try:
        t_env.execute_sql(statement)
    except Py4JJavaError as error:
        return error.java_exception.getClass().getName()
    except TableException as error:
        return type(error).__name__
    return "no error"


print(first_line("SELECT * FROM nothing"))
print(first_line("SELEC 1"))
print(first_line("SELECT a FROM (VALUES (1)) AS t (b)"))
try:
    t_env.from_path("nothing")
except Py4JJavaError as error:
    print(error.java_exception.getClass().getName())
    print(error.java_exception.getMessage())
