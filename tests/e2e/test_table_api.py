"""Programs of the Table API in batch mode, compared with answers worked out by hand or asked of SQL."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from nutkin.table import DataTypes, EnvironmentSettings, Table, TableEnvironment
from nutkin.table.expressions import (
    CURRENT_ROW,
    UNBOUNDED_RANGE,
    UNBOUNDED_ROW,
    call_sql,
    col,
    if_then_else,
    lit,
    range_,
    row_interval,
    with_columns,
    without_columns,
)
from nutkin.table.types import DataType
from nutkin.table.udf import udf
from nutkin.table.window import Over, Session, Slide, Tumble
from nutkin.util.exceptions import ValidationException

ORDERS = [(1, "ann", 10), (2, "bob", 20), (3, "ann", 30), (4, "cid", 5), (5, "bob", None)]
CUSTOMERS = [("ann", "Paris"), ("bob", "Rome"), ("dan", "Oslo")]
MINUTE = datetime.timedelta(minutes=1)
NOON = datetime.datetime(2024, 2, 29, 12, 0)
#: Device, minute after noon, value.
EVENTS = [("a", 0, 1), ("a", 4, 2), ("b", 5, 4), ("a", 12, 8), ("b", 30, 16), ("a", 31, 32)]


@pytest.fixture(scope="module")
def t_env() -> TableEnvironment:
    """An environment with two tables and events."""
    environment = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
    environment.get_config().set("parallelism.default", "1")
    orders = environment.from_elements(ORDERS, row_type(id="INT", name="STRING", amount="INT"))
    environment.create_temporary_view("orders", orders)
    customers = environment.from_elements(CUSTOMERS, row_type(customer="STRING", city="STRING"))
    environment.create_temporary_view("customers", customers)
    events = [(device, NOON + minute * MINUTE, value) for device, minute, value in EVENTS]
    table = environment.from_elements(events, row_type(device="STRING", ts="TIMESTAMP", v="INT"))
    environment.create_temporary_view("events", table)
    return environment


def row_type(**fields: str) -> DataType:
    """A ROW of fields, each with the name of its type in ``DataTypes``."""
    make = {"TIMESTAMP": lambda: DataTypes.TIMESTAMP(3)}
    return DataTypes.ROW(
        [DataTypes.FIELD(name, make.get(kind, getattr(DataTypes, kind))()) for name, kind in fields.items()]
    )


def rows(table: Table) -> list[tuple[Any, ...]]:
    """The rows, sorted where the query says nothing of their order."""
    return sorted((tuple(row) for row in table.execute().collect()), key=lambda row: str(row))


def in_order(*expected: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """Rows worked out by hand, in the order of :func:`rows`."""
    return sorted(expected, key=str)


def at(minute: int) -> datetime.datetime:
    """So many minutes after noon."""
    return NOON + minute * MINUTE


Build = Callable[[Table, Table], Table]

#: The Table API over orders and customers, and the same in SQL.
PAIRS: list[tuple[str, Build, str]] = [
    (
        "inner",
        lambda o, c: o.join(c, col("name") == col("customer")),
        "SELECT * FROM orders JOIN customers ON name = customer",
    ),
    (
        "inner with where",
        lambda o, c: o.join(c).where((col("name") == col("customer")) & (col("amount") > 10)),
        "SELECT * FROM orders, customers WHERE name = customer AND amount > 10",
    ),
    ("cross", lambda o, c: o.join(c), "SELECT * FROM orders CROSS JOIN customers"),
    (
        "left",
        lambda o, c: o.left_outer_join(c, col("name") == col("customer")),
        "SELECT * FROM orders LEFT JOIN customers ON name = customer",
    ),
    (
        "right",
        lambda o, c: o.right_outer_join(c, col("name") == col("customer")),
        "SELECT * FROM orders RIGHT JOIN customers ON name = customer",
    ),
    (
        "full",
        lambda o, c: o.full_outer_join(c, (col("name") == col("customer")) & (col("amount") > 10)),
        "SELECT * FROM orders FULL JOIN customers ON name = customer AND amount > 10",
    ),
    (
        "union",
        lambda o, c: o.select(col("name")).union(c.select(col("customer"))),
        "SELECT name FROM orders UNION SELECT customer FROM customers",
    ),
    (
        "union all",
        lambda o, c: o.select(col("name")).union_all(c.select(col("customer"))),
        "SELECT name FROM orders UNION ALL SELECT customer FROM customers",
    ),
    (
        "intersect",
        lambda o, c: o.select(col("name")).intersect(c.select(col("customer"))),
        "SELECT name FROM orders INTERSECT SELECT customer FROM customers",
    ),
    (
        "minus",
        lambda o, c: o.select(col("name")).minus(c.select(col("customer"))),
        "SELECT name FROM orders EXCEPT SELECT customer FROM customers",
    ),
    (
        "in",
        lambda o, c: o.filter(col("name").in_(c.select(col("customer")))),
        "SELECT * FROM orders WHERE name IN (SELECT customer FROM customers)",
    ),
    (
        "group",
        lambda o, c: o.group_by(col("name")).select(
            col("name"), col("amount").sum.alias("s"), col("id").count, col("amount").max
        ),
        "SELECT name, SUM(amount), COUNT(id), MAX(amount) FROM orders GROUP BY name",
    ),
    (
        "distinct aggregate",
        lambda o, c: o.select(col("name").count.distinct),
        "SELECT COUNT(DISTINCT name) FROM orders",
    ),
    ("distinct", lambda o, c: o.select(col("name")).distinct(), "SELECT DISTINCT name FROM orders"),
    (
        "columns",
        lambda o, c: (
            o.add_columns((col("amount") * 2).alias("twice"))
            .rename_columns(col("id").alias("number"))
            .drop_columns(col("amount"))
        ),
        "SELECT id, name, amount * 2 FROM orders",
    ),
    (
        "replace",
        lambda o, c: o.add_or_replace_columns(col("name").upper_case.alias("name")),
        "SELECT id, UPPER(name), amount FROM orders",
    ),
    (
        "ranges",
        lambda o, c: o.select(with_columns(range_("id", "name")), without_columns(range_(1, 2))),
        "SELECT id, name, amount FROM orders",
    ),
    (
        "conditions",
        lambda o, c: o.select(
            col("id"), if_then_else(col("amount") > 10, lit("big"), lit("small")), col("amount").is_null
        ),
        "SELECT id, CASE WHEN amount > 10 THEN 'big' ELSE 'small' END, amount IS NULL FROM orders",
    ),
]


@pytest.mark.parametrize(("build", "sql"), [case[1:] for case in PAIRS], ids=[case[0] for case in PAIRS])
def test_a_table_program_answers_as_sql(t_env: TableEnvironment, build: Build, sql: str) -> None:
    """Both are planned by different code."""
    table = build(t_env.from_path("orders"), t_env.from_path("customers"))
    expected = rows(t_env.sql_query(sql))
    assert expected
    assert rows(table) == expected


def test_joins_by_hand(t_env: TableEnvironment) -> None:
    """What a left and a full join keep."""
    orders, customers = t_env.from_path("orders"), t_env.from_path("customers")
    joined = orders.left_outer_join(customers, col("name") == col("customer")).select(col("id"), col("city"))
    assert rows(joined) == [(1, "Paris"), (2, "Rome"), (3, "Paris"), (4, None), (5, "Rome")]
    full = orders.full_outer_join(customers, col("name") == col("customer"))
    assert rows(full.filter(col("id").is_null).select(col("city"))) == [("Oslo",)]


def test_bags_by_hand(t_env: TableEnvironment) -> None:
    """``_all`` keeps rows as often as they occur."""
    left = t_env.from_elements([(1,), (1,), (1,), (2,), (None,)], row_type(a="INT"))
    right = t_env.from_elements([(1,), (2,), (2,), (None,)], row_type(a="INT"))
    assert rows(left.intersect_all(right)) == [(1,), (2,), (None,)]
    assert rows(left.intersect(right)) == [(1,), (2,), (None,)]
    assert rows(left.minus_all(right)) == [(1,), (1,)]
    assert rows(left.minus(right)) == []


def test_order_and_limits(t_env: TableEnvironment) -> None:
    """NULL is the smallest value; an offset goes before a fetch."""
    orders = t_env.from_path("orders")
    ids = [row[0] for row in orders.order_by(col("amount").desc, col("id")).execute().collect()]
    assert ids == [3, 2, 1, 4, 5]
    ids = [row[0] for row in orders.order_by(col("amount")).offset(1).fetch(2).execute().collect()]
    assert ids == [4, 1]
    ids = [row[0] for row in orders.order_by(col("id") % 2, col("id").desc).limit(2, 1).execute().collect()]
    assert ids == [2, 5]
    assert len(rows(orders.fetch(3))) == 3


def test_windows_by_hand(t_env: TableEnvironment) -> None:
    """Tumbling, sliding and session windows over six events."""
    events = t_env.from_path("events")
    tumble = Tumble.over(lit(10).minutes).on(col("ts")).alias("w")
    table = (
        events.window(tumble)
        .group_by(col("w"), col("device"))
        .select(col("device"), col("w").start, col("w").end, col("v").sum.alias("s"))
    )
    assert rows(table) == sorted(
        [
            ("a", at(0), at(10), 3),
            ("b", at(0), at(10), 4),
            ("a", at(10), at(20), 8),
            ("b", at(30), at(40), 16),
            ("a", at(30), at(40), 32),
        ],
        key=str,
    )
    assert table.get_resolved_schema().get_column_names() == ["device", "EXPR$0", "EXPR$1", "s"]
    slide = Slide.over(lit(10).minutes).every(lit(5).minutes).on(col("ts")).alias("w")
    table = events.window(slide).group_by(col("w")).select(col("w").start.alias("start"), col("v").sum)
    assert rows(table) == in_order(
        (at(-5), 3),
        (at(0), 7),
        (at(5), 12),
        (at(10), 8),
        (at(25), 48),
        (at(30), 48),
    )
    session = Session.with_gap(lit(10).minutes).on(col("ts")).alias("w")
    table = (
        events.window(session)
        .group_by(col("w"), col("device"))
        .select(col("device"), col("w").start, col("w").end, col("w").rowtime, col("v").sum)
    )
    millisecond = datetime.timedelta(milliseconds=1)
    assert rows(table) == in_order(
        ("a", at(0), at(22), at(22) - millisecond, 11),
        ("a", at(31), at(41), at(41) - millisecond, 32),
        ("b", at(30), at(40), at(40) - millisecond, 16),
        ("b", at(5), at(15), at(15) - millisecond, 4),
    )


def test_over_windows_by_hand(t_env: TableEnvironment) -> None:
    """By rows and by time, with and without partitions."""
    events = t_env.from_path("events")

    def selected(window: Any) -> list[tuple[Any, ...]]:
        return rows(events.over_window(window).select(col("v"), col("v").sum.over(col("w"))))

    running = Over.partition_by(col("device")).order_by(col("ts")).preceding(UNBOUNDED_RANGE).alias("w")
    assert selected(running) == sorted([(1, 1), (2, 3), (8, 11), (32, 43), (4, 4), (16, 20)], key=str)
    two = Over.order_by(col("ts")).preceding(row_interval(1)).following(CURRENT_ROW).alias("w")
    assert selected(two) == sorted([(1, 1), (2, 3), (4, 6), (8, 12), (16, 24), (32, 48)], key=str)
    ten = Over.order_by(col("ts")).preceding(lit(10).minutes).alias("w")
    assert selected(ten) == sorted([(1, 1), (2, 3), (4, 7), (8, 14), (16, 16), (32, 48)], key=str)
    everything = Over.order_by(col("ts")).preceding(UNBOUNDED_ROW).alias("w")
    table = events.over_window(everything).select((col("v").max.over(col("w")) + 1).alias("m"))
    assert rows(table) == sorted([(2,), (3,), (5,), (9,), (17,), (33,)], key=str)


def test_map_over_rows(t_env: TableEnvironment) -> None:
    """A function of a row gives the columns of its result."""
    result = DataTypes.ROW([DataTypes.FIELD("x", DataTypes.INT()), DataTypes.FIELD("y", DataTypes.STRING())])
    swapped = udf(lambda row: (row.id + 1, row["name"] + "!"), result_type=result)
    mapped = t_env.from_path("orders").map(swapped)
    assert mapped.get_resolved_schema().get_column_names() == ["x", "y"]
    assert rows(mapped)[0] == (2, "ann!")


def test_a_table_has_a_name_for_sql(t_env: TableEnvironment) -> None:
    """``str(table)`` can be written into a query."""
    table = t_env.from_path("orders").filter(col("amount") > 15)
    assert str(table) == str(table)
    assert rows(t_env.sql_query(f"SELECT id FROM {table}")) == [(2,), (3,)]


def test_sql_expressions(t_env: TableEnvironment) -> None:
    """``call_sql`` sees the columns of the table."""
    table = t_env.from_path("orders").select(call_sql("id + 1"), call_sql("UPPER(name)").alias("n"))
    assert rows(table)[0] == (2, "ANN")
    assert table.get_resolved_schema().get_column_names() == ["_c0", "n"]
    with pytest.raises(ValidationException, match=r"Invalid SQL expression: nope \+ 1"):
        t_env.from_path("orders").select(call_sql("nope + 1"))
