"""The text of expressions."""

from pyflink.table import EnvironmentSettings, TableEnvironment
from pyflink.table.expressions import and_, col, concat, if_then_else, lit, not_, or_

TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
a, b = col("a"), col("b")
for expression in [
    a + b,
    a - 1,
    a * 2.5,
    a / b,
    a % 2,
    a == 1,
    a != "x",
    a > b,
    a >= 1,
    (a < 1) & (b < 2),
    (a < 1) | (b < 2),
    ~(a > 1),
    -a,
    a.is_null,
    a.is_not_null,
    a.between(1, 2),
    a.abs,
    a.round(2),
    a.upper_case,
    a.char_length,
    a.substring(1, 2),
    a.like("x%"),
    a.alias("c"),
    a.sum,
    a.count.distinct,
    lit("x"),
    lit(1),
    lit(True),
    and_(a > 1, b > 1),
    or_(a > 1, b > 1),
    not_(a > 1),
    if_then_else(a > 1, 1, 2),
    concat("x", b),
    a.desc,
    a.asc,
]:
    print(expression)
