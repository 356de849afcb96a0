"""A Python function that a statement names: the gateway asks for it."""

import os
import sys
import tempfile

folder = tempfile.mkdtemp()
with open(os.path.join(folder, "my_functions.py"), "w") as file:
    file.write(
        "from pyflink.table import DataTypes\n"
        "from pyflink.table.udf import udf\n"
        "double = udf(lambda i: i * 2, result_type=DataTypes.BIGINT())\n"
    )
sys.path.insert(0, folder)

from pyflink.table import EnvironmentSettings, TableEnvironment  # noqa: E402

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
t_env.add_python_file(os.path.join(folder, "my_functions.py"))
t_env.execute_sql("CREATE TEMPORARY SYSTEM FUNCTION twice AS 'my_functions.double' LANGUAGE PYTHON")
result = t_env.sql_query("SELECT twice(id) FROM (VALUES (CAST(1 AS BIGINT)), (CAST(21 AS BIGINT))) AS t (id)")
print(sorted(row[0] for row in result.execute().collect()))
