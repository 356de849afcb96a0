"""Schemas and descriptors print as Flink 2.3.0 prints them, and make the tables that they describe."""

from __future__ import annotations

import pytest
from nutkin.table import DataTypes, FormatDescriptor, Schema, TableDescriptor, TableEnvironment
from nutkin.table.expressions import col
from nutkin.util.exceptions import JavaException, ValidationException


def test_a_schema_prints_as_in_flink() -> None:
    schema = (
        Schema.new_builder()
        .column("a", "INT")
        .column("b", DataTypes.ROW([DataTypes.FIELD("x", DataTypes.STRING())]).not_null())
        .column("ts", DataTypes.TIMESTAMP(3))
        .column_by_expression("c", "a + 1")
        .column_by_expression("d", col("a") + 1)
        .column_by_metadata("m", "BIGINT", "key", True)
        .column_by_metadata("n", DataTypes.BIGINT())
        .watermark("ts", "ts - INTERVAL '5' SECOND")
        .primary_key("a", "ts")
        .build()
    )
    # The text is that of Flink 2.3.0.
    assert str(schema) == (
        "(\n  `a` [INT],\n  `b` ROW<`x` STRING> NOT NULL,\n  `ts` TIMESTAMP(3),\n  `c` AS [a + 1],\n"
        "  `d` AS plus(a, 1),\n  `m` [BIGINT] METADATA FROM 'key' VIRTUAL,\n  `n` BIGINT METADATA,\n"
        "  WATERMARK FOR `ts` AS [ts - INTERVAL '5' SECOND],\n"
        "  CONSTRAINT `PK_a_ts` PRIMARY KEY (`a`, `ts`) NOT ENFORCED\n)"
    )
    assert str(Schema.new_builder().primary_key_named("pk`1", "a").build()) == (
        "(\n  CONSTRAINT `pk``1` PRIMARY KEY (`a`) NOT ENFORCED\n)"
    )
    assert Schema.new_builder().from_schema(schema).build() == schema


def test_what_cannot_be_in_a_schema_is_said_at_once() -> None:
    with pytest.raises(JavaException, match="NO_TYPE"):
        Schema.new_builder().column("a", "NO_TYPE")
    with pytest.raises(ValidationException, match="Multiple primary keys are not supported"):
        Schema.new_builder().primary_key("a").primary_key("b")
    with pytest.raises(ValidationException, match="same length"):
        Schema.new_builder().from_fields(["a", "b"], ["INT"])


def test_a_table_descriptor_prints_as_in_flink() -> None:
    descriptor = (
        TableDescriptor.for_connector("datagen")
        .schema(Schema.new_builder().column("a", "INT").build())
        .option("rows-per-second", "10")
        .comment("it's")
        .build()
    )
    assert str(descriptor) == (
        "(\n  `a` [INT]\n)\nCOMMENT 'it's'\nWITH (\n  'connector' = 'datagen',\n  'rows-per-second' = '10'\n)"
    )
    format_descriptor = FormatDescriptor.for_format("json").option("ignore-parse-errors", "true").build()
    kafka = TableDescriptor.for_connector("kafka").format(format_descriptor).partitioned_by("a").build()
    assert kafka.get_options() == {
        "connector": "kafka",
        "format": "json",
        "json.ignore-parse-errors": "true",
    }
    assert kafka.get_partition_keys() == ["a"]
    assert kafka.get_schema() is None
    value = TableDescriptor.for_connector("kafka").format(format_descriptor, "value.format").build()
    assert value.get_options()["value.json.ignore-parse-errors"] == "true"


def test_a_described_table_holds_rows(tmp_path: object) -> None:
    t_env = TableEnvironment.create()
    schema = Schema.new_builder().column("a", DataTypes.BIGINT()).column("b", DataTypes.STRING()).build()
    sink = (
        TableDescriptor.for_connector("filesystem")
        .schema(schema)
        .format("csv")
        .option("path", f"{tmp_path}/t")
    )
    t_env.create_temporary_table("t", sink.build())
    rows = t_env.from_elements([(1, "x"), (2, "y")], ["a", "b"])
    rows.execute_insert("t").wait()
    source = TableDescriptor.for_connector("filesystem").schema(schema).format("csv")
    read = t_env.from_descriptor(source.option("path", f"{tmp_path}/t").build())
    with read.execute().collect() as result:
        assert sorted(tuple(row) for row in result) == [(1, "x"), (2, "y")]
