"""Data types there and back."""

from pyflink.table import DataTypes, EnvironmentSettings, TableEnvironment
from pyflink.table.types import _from_java_data_type, _to_java_data_type

TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
TYPES = [
    DataTypes.CHAR(5),
    DataTypes.VARCHAR(10),
    DataTypes.STRING(),
    DataTypes.BOOLEAN(),
    DataTypes.BINARY(3),
    DataTypes.VARBINARY(4),
    DataTypes.BYTES(),
    DataTypes.DECIMAL(10, 3),
    DataTypes.TINYINT(),
    DataTypes.SMALLINT(),
    DataTypes.INT(),
    DataTypes.BIGINT(False),
    DataTypes.FLOAT(),
    DataTypes.DOUBLE(),
    DataTypes.DATE(),
    DataTypes.TIME(),
    DataTypes.TIMESTAMP(3),
    DataTypes.ARRAY(DataTypes.INT()),
    DataTypes.MAP(DataTypes.STRING(), DataTypes.INT()),
    DataTypes.MULTISET(DataTypes.STRING()),
    DataTypes.ROW([DataTypes.FIELD("a", DataTypes.INT()), DataTypes.FIELD("b", DataTypes.STRING(False))]),
]
for data_type in TYPES:
    java = _to_java_data_type(data_type)
    print(java.toString(), _from_java_data_type(java) == data_type)
