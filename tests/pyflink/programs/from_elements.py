"""Tables of Python's values."""

import datetime
import decimal

from pyflink.common import Row
from pyflink.table import DataTypes, EnvironmentSettings, TableEnvironment

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
table = t_env.from_elements([(1, "a", 1.5), (2, "b", -0.5), (3, None, 0.0)], ["i", "s", "d"])
table.print_schema()
print([tuple(row) for row in table.execute().collect()])
schema = DataTypes.ROW(
    [
        DataTypes.FIELD("n", DataTypes.DECIMAL(10, 2)),
        DataTypes.FIELD("day", DataTypes.DATE()),
        DataTypes.FIELD("bytes", DataTypes.BYTES()),
        DataTypes.FIELD("list", DataTypes.ARRAY(DataTypes.BIGINT())),
        DataTypes.FIELD("map", DataTypes.MAP(DataTypes.STRING(), DataTypes.INT())),
        DataTypes.FIELD("row", DataTypes.ROW([DataTypes.FIELD("x", DataTypes.INT())])),
    ]
)
rows = [
    (decimal.Decimal("12.30"), datetime.date(2024, 2, 29), bytearray(b"xyz"), [1, 2], {"k": 7}, Row(5)),
    (None, None, None, None, None, None),
]
for row in t_env.from_elements(rows[:1], schema).execute().collect():
    print(list(row))
