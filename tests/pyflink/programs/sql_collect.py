"""Rows of a query, with every type that PyFlink can collect."""

from pyflink.table import EnvironmentSettings, TableEnvironment

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
QUERY = """
SELECT CAST(1 AS TINYINT), CAST(2 AS SMALLINT), 3, CAST(9876543210 AS BIGINT), CAST(1.5 AS FLOAT),
       CAST(2.5 AS DOUBLE), CAST(1.23 AS DECIMAL(5, 2)), TRUE, 'text', DATE '2024-02-29', TIME '12:34:56',
       X'0102', CAST(NULL AS INT), ARRAY[1, 2, 3], MAP['a', 1], ROW(1, 'x')
"""
with t_env.execute_sql(QUERY).collect() as rows:
    for row in rows:
        print(row.get_row_kind(), len(row))
        for value in row:
            print(type(value).__name__, value)
