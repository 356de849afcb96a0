"""Programs of Flink 1.9 to 1.11 run, and each old call warns once with its present form."""

from __future__ import annotations

import pathlib
import warnings
from collections.abc import Iterator

import pytest
from nutkin import _legacy
from nutkin._legacy import LegacyApiWarning
from nutkin.dataset import ExecutionEnvironment
from nutkin.datastream import StreamExecutionEnvironment
from nutkin.table import BatchTableEnvironment, DataTypes, EnvironmentSettings, StreamTableEnvironment
from nutkin.table.descriptors import Csv, FileSystem, Kafka, OldCsv, Rowtime, Schema
from nutkin.table.sinks import CsvTableSink
from nutkin.table.sources import CsvTableSource
from nutkin.util.exceptions import IllegalStateException, UnsupportedOperationException, ValidationException


@pytest.fixture(autouse=True)
def warnings_are_new(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(_legacy, "_warned", set())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LegacyApiWarning)
        yield


def environment() -> StreamTableEnvironment:
    settings = EnvironmentSettings.new_instance().in_streaming_mode().use_blink_planner().build()
    env = StreamExecutionEnvironment.get_execution_environment().set_parallelism(1)
    return StreamTableEnvironment.create(env, environment_settings=settings)


def lines(folder: pathlib.Path) -> list[str]:
    """The rows of all files of a table."""
    files = [folder] if folder.is_file() else sorted(file for file in folder.rglob("*") if file.is_file())
    return sorted(line for file in files for line in file.read_text().splitlines())


def test_connect_with_descriptors(tmp_path: pathlib.Path) -> None:
    (tmp_path / "in.csv").write_text("1;a\n2;b\n3;c\n")
    t_env = environment()
    fields = Schema().field("id", DataTypes.BIGINT()).field("name", "STRING")
    source = t_env.connect(FileSystem().path(str(tmp_path / "in.csv")))
    source.with_format(OldCsv().field_delimiter(";")).with_schema(fields).create_temporary_table("src")
    sink = t_env.connect(FileSystem().path(str(tmp_path / "out"))).with_format(Csv()).with_schema(fields)
    sink.in_append_mode().register_table_sink("dst")
    t_env.scan("src").filter("id > 1").insert_into("dst")
    t_env.execute("job")
    assert lines(tmp_path / "out") == ["2,b", "3,c"]


def test_sources_and_sinks(tmp_path: pathlib.Path) -> None:
    (tmp_path / "in.csv").write_text("1,a\n2,b\n")
    t_env = environment()
    names, types = ["id", "name"], [DataTypes.BIGINT(), DataTypes.STRING()]
    t_env.register_table_source("src", CsvTableSource(str(tmp_path / "in.csv"), names, types))
    t_env.register_table_sink("dst", CsvTableSink(names, types, str(tmp_path / "out"), "|"))
    t_env.insert_into("dst", t_env.from_path("src").select("id + 1, name"))
    t_env.insert_into(t_env.from_path("src"), "dst")  # as in 1.9
    t_env.execute("job")
    assert lines(tmp_path / "out") == ["1|a", "2|a", "2|b", "3|b"]


def test_inserts_wait_for_execute() -> None:
    t_env = environment()
    t_env.sql_update("CREATE TABLE dst (a BIGINT) WITH ('connector' = 'blackhole')")
    with pytest.raises(IllegalStateException, match="No operators defined"):
        t_env.execute("nothing")
    table = t_env.from_elements([(1,)], ["a"])
    with pytest.raises(ValidationException):
        t_env.from_elements([("x",)], ["a"]).insert_into("dst")
    pipeline = table.insert_into("dst")
    pipeline.execute().wait()
    with pytest.raises(IllegalStateException, match="No operators defined"):
        t_env.execute("the pipeline was started already")
    table.insert_into("dst")
    assert t_env.execute("job").get_net_runtime() >= 0


def test_event_time_of_descriptors() -> None:
    fields = (
        Schema()
        .field("rowtime", "SQL_TIMESTAMP")
        .rowtime(Rowtime().timestamps_from_field("ts").watermarks_periodic_bounded(1500))
        .field("id", "LONG")
        .field("now", "TIMESTAMP")
        .proctime()
    )
    kafka = Kafka().version("universal").topic("t").start_from_specific_offsets({0: 42, 1: 300})
    description = environment().connect(kafka).with_format(Csv(ignore_parse_errors=True)).with_schema(fields)
    assert description.statement("t") == (
        "CREATE TEMPORARY TABLE t (`ts` TIMESTAMP(3), `rowtime` AS `ts`, "
        "WATERMARK FOR `rowtime` AS `rowtime` - INTERVAL '1.500' SECOND, `id` BIGINT, `now` AS PROCTIME()) "
        "WITH ('connector.type' = 'kafka', 'connector.property-version' = '1', "
        "'connector.startup-mode' = 'specific-offsets', 'connector.version' = 'universal', "
        "'connector.topic' = 't', "
        "'connector.specific-offsets' = 'partition:0,offset:42;partition:1,offset:300', "
        "'format.type' = 'csv', 'format.property-version' = '1', 'format.ignore-parse-errors' = 'true')"
    )
    custom = Schema().field("r", "SQL_TIMESTAMP").rowtime(Rowtime().timestamps_from_source())
    with pytest.raises(UnsupportedOperationException, match="timestamps_from_source"):
        environment().connect(kafka).with_schema(custom).statement("t")


def test_batch_environments() -> None:
    env = ExecutionEnvironment.get_execution_environment()
    env.set_parallelism(1)
    t_env = BatchTableEnvironment.create(env)
    table = t_env.from_elements([(1, "x"), (2, "y")], ["a", "b"]).group_by("b").select("b, sum(a) as total")
    with table.execute().collect() as rows:
        assert sorted(tuple(row) for row in rows) == [("x", 1), ("y", 2)]
    with pytest.raises(ValueError, match="batch mode"):
        BatchTableEnvironment.create(env, environment_settings=EnvironmentSettings.in_streaming_mode())


def test_every_old_call_warns_once() -> None:
    t_env = environment()
    t_env.sql_update("CREATE TABLE dst (a BIGINT) WITH ('connector' = 'blackhole')")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", LegacyApiWarning)
        for _ in range(2):
            t_env.scan("dst")
    texts = [str(warning.message) for warning in caught]
    assert texts == ["TableEnvironment.scan is of Flink 1.x; its present form is TableEnvironment.from_path."]
