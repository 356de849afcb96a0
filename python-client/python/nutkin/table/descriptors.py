"""The descriptors of Flink 1.x. Mirrors ``pyflink.table.descriptors``.

PyFlink 2.3 has kept three of them, which lead nowhere there; here all work with
``TableEnvironment.connect``, as in 1.9 to 1.13.
"""

from nutkin.table._descriptors.base import ConnectorDescriptor, Descriptor, FormatDescriptor
from nutkin.table._descriptors.connect import (
    BatchTableDescriptor,
    ConnectTableDescriptor,
    StreamTableDescriptor,
)
from nutkin.table._descriptors.connectors import (
    CustomConnectorDescriptor,
    Elasticsearch,
    FileSystem,
    HBase,
    Kafka,
)
from nutkin.table._descriptors.formats import Avro, Csv, CustomFormatDescriptor, Json, OldCsv
from nutkin.table._descriptors.schema import Rowtime, Schema

__all__ = [
    "Avro",
    "BatchTableDescriptor",
    "ConnectTableDescriptor",
    "ConnectorDescriptor",
    "Csv",
    "CustomConnectorDescriptor",
    "CustomFormatDescriptor",
    "Descriptor",
    "Elasticsearch",
    "FileSystem",
    "FormatDescriptor",
    "HBase",
    "Json",
    "Kafka",
    "OldCsv",
    "Rowtime",
    "Schema",
    "StreamTableDescriptor",
]
