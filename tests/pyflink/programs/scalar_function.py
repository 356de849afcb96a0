"""Python functions in the Table API and in SQL."""

from pyflink.table import DataTypes, EnvironmentSettings, ScalarFunction, TableEnvironment
from pyflink.table.expressions import call, col
from pyflink.table.udf import udf

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())


@udf(result_type=DataTypes.BIGINT())
def plus_one(number):
    return None if number is None else number + 1


class Repeat(ScalarFunction):
    def open(self, context):
        self.times = 2

    def eval(self, text):
        return text * self.times


t_env.create_temporary_system_function("repeat_text", udf(Repeat(), result_type=DataTypes.STRING()))
t_env.create_temporary_function("shout", udf(lambda s: s.upper() + "!", result_type="STRING"))
table = t_env.from_elements([(1, "a"), (2, "b")], ["id", "name"])
t_env.create_temporary_view("words", table)
print(
    sorted(
        tuple(r) for r in table.select(plus_one(col("id")), call("shout", col("name"))).execute().collect()
    )
)
print(
    sorted(tuple(r) for r in t_env.sql_query("SELECT id, repeat_text(name) FROM words").execute().collect())
)
print(t_env.list_user_defined_functions())
print(t_env.drop_temporary_system_function("repeat_text"), t_env.drop_temporary_function("shout"))
