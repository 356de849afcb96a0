"""Tables from and to Arrow, pandas and Polars keep their values."""

from __future__ import annotations

import datetime
import decimal
from typing import Any

import pytest
from nutkin.table import DataTypes, TableEnvironment
from nutkin.table.expressions import col

pa = pytest.importorskip("pyarrow")

ROWS = {
    "i": [1, None, 3],
    "f": [1.5, None, -2.0],
    "s": ["a", None, "ü"],
    "d": [datetime.date(2020, 2, 29), None, datetime.date(1969, 12, 31)],
    "t": [datetime.datetime(2020, 1, 2, 3, 4, 5, 678901), None, datetime.datetime(1960, 1, 1)],
    "n": [decimal.Decimal("1.23"), None, decimal.Decimal("-0.10")],
    "l": [["x", None], None, []],
}


def arrow() -> Any:
    types = [
        pa.int64(),
        pa.float64(),
        pa.string(),
        pa.date32(),
        pa.timestamp("us"),
        pa.decimal128(10, 2),
        pa.list_(pa.string()),
    ]
    fields = [pa.field(name, one) for name, one in zip(ROWS, types, strict=True)]
    return pa.table(ROWS, schema=pa.schema(fields))


def test_arrow_there_and_back() -> None:
    t_env = TableEnvironment.create()
    table = t_env.from_arrow(arrow())
    assert [str(one) for one in table.get_schema().get_field_data_types()] == [
        "BIGINT",
        "DOUBLE",
        "STRING",
        "DATE",
        "TIMESTAMP(6)",
        "DECIMAL(10, 2)",
        "ARRAY<STRING>",
    ]
    assert table.to_arrow().to_pydict() == ROWS
    assert pa.table(table).to_pydict() == ROWS
    reader = table.filter(col("i") > 1).to_arrow_reader()
    assert [batch.num_rows for batch in reader] == [1]


def test_rows_that_changes_leave_are_what_is_given() -> None:
    t_env = TableEnvironment.create()
    table = t_env.from_elements([("a", 1), ("b", 2), ("a", 3)], ["k", "v"])
    totals = table.group_by(col("k")).select(col("k"), col("v").sum.alias("total"))
    assert sorted(zip(*totals.to_arrow().to_pydict().values(), strict=True)) == [("a", 4), ("b", 2)]
    with pytest.raises(ValueError, match="changes rows that it gave before"):
        list(totals.to_arrow_reader())


def test_an_empty_result_has_its_columns() -> None:
    t_env = TableEnvironment.create()
    empty = t_env.from_elements([(1, "a")], ["i", "s"]).filter(col("i") > 1)
    assert empty.to_arrow().schema.names == ["i", "s"]
    pytest.importorskip("pandas")
    assert list(empty.to_pandas().columns) == ["i", "s"]


def test_pandas_there_and_back() -> None:
    pandas = pytest.importorskip("pandas")
    t_env = TableEnvironment.create()
    frame = pandas.DataFrame({"a": [1, 2, 3], "b": ["x", None, "z"]})
    assert t_env.from_pandas(frame).to_pandas()["a"].tolist() == [1, 2, 3]
    named = t_env.from_pandas(frame, ["c", "d"])
    assert named.get_schema().get_field_names() == ["c", "d"]
    typed = t_env.from_pandas(frame, [DataTypes.INT(), DataTypes.STRING()])
    assert [str(one) for one in typed.get_schema().get_field_data_types()] == ["INT", "STRING"]
    # An empty frame is a ValueError in PyFlink.
    assert t_env.from_pandas(frame[:0]).to_pandas().empty


def test_instants_keep_their_time_in_any_session_zone() -> None:
    pandas = pytest.importorskip("pandas")
    t_env = TableEnvironment.create()
    t_env.get_config().set_local_timezone("Asia/Tokyo")
    frame = pandas.DataFrame({"t": [pandas.Timestamp("2020-01-01T00:00:00Z")]})
    # PyFlink moves the instant by the zone's offset, twice.
    assert t_env.from_pandas(frame).to_pandas()["t"][0] == pandas.Timestamp("2020-01-01T00:00:00Z")


def test_polars_there_and_back() -> None:
    polars = pytest.importorskip("polars")
    t_env = TableEnvironment.create()
    frame = polars.DataFrame({"a": [1, 2], "b": ["x", None]})
    assert t_env.from_polars(frame).to_polars().rows() == [(1, "x"), (2, None)]
    assert polars.DataFrame(t_env.from_polars(frame)).rows() == [(1, "x"), (2, None)]


def test_a_notebook_shows_columns_and_starts_nothing_on_a_stream() -> None:
    t_env = TableEnvironment.create()
    t_env.execute_sql("CREATE TABLE endless (a INT) WITH ('connector' = 'datagen')")
    shown = t_env.from_path("endless")._repr_html_()
    assert "<th>a<br><small>INT</small></th>" in shown
    assert "<td>" not in shown
