"""Windows of time and the aggregates that keep their values, in batch mode.

The bids and the sums of TUMBLE and HOP are those of Flink's documentation of window aggregation; sessions,
variances and percentiles are worked out by hand.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from nutkin.table import EnvironmentSettings, TableEnvironment

BIDS = """
    CREATE TEMPORARY VIEW bids AS SELECT * FROM (VALUES
        (1, 'C', TIMESTAMP '2020-04-15 08:05:00', 4.00),
        (2, 'A', TIMESTAMP '2020-04-15 08:07:00', 2.00),
        (3, 'D', TIMESTAMP '2020-04-15 08:09:00', 5.00),
        (4, 'B', TIMESTAMP '2020-04-15 08:11:00', 3.00),
        (5, 'E', TIMESTAMP '2020-04-15 08:13:00', 1.00),
        (6, 'F', TIMESTAMP '2020-04-15 08:17:00', 6.00),
        (7, 'G', CAST(NULL AS TIMESTAMP(3)), 100.00)
    ) AS t(id, item, bidtime, price)
"""


@pytest.fixture
def table_environment() -> TableEnvironment:
    environment = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
    environment.execute_sql(BIDS)
    return environment


def rows(environment: TableEnvironment, query: str) -> list[tuple[Any, ...]]:
    with environment.execute_sql(query).collect() as found:
        return [tuple(row) for row in found]


def at(minute: int) -> datetime.datetime:
    return datetime.datetime(2020, 4, 15, 8, minute)


def test_tumble(table_environment: TableEnvironment) -> None:
    window = "TUMBLE(bidtime, INTERVAL '10' MINUTE)"
    query = f"""
        SELECT TUMBLE_START(bidtime, INTERVAL '10' MINUTE), TUMBLE_END(bidtime, INTERVAL '10' MINUTE),
               SUM(price), COUNT(*)
        FROM bids GROUP BY {window} ORDER BY 1
    """
    assert rows(table_environment, query) == [
        (at(0), at(10), Decimal("11.00"), 3),
        (at(10), at(20), Decimal("10.00"), 3),
    ]


def test_hop(table_environment: TableEnvironment) -> None:
    lengths = "INTERVAL '5' MINUTE, INTERVAL '10' MINUTE"
    query = f"""
        SELECT HOP_START(bidtime, {lengths}), HOP_ROWTIME(bidtime, {lengths}), SUM(price)
        FROM bids GROUP BY HOP(bidtime, {lengths}) ORDER BY 1
    """
    last_milli = datetime.timedelta(milliseconds=1)
    assert rows(table_environment, query) == [
        (at(0), at(10) - last_milli, Decimal("11.00")),
        (at(5), at(15) - last_milli, Decimal("15.00")),
        (at(10), at(20) - last_milli, Decimal("10.00")),
        (at(15), at(25) - last_milli, Decimal("6.00")),
    ]


def test_session(table_environment: TableEnvironment) -> None:
    # The pause from 08:13 to 08:17 is as long as the gap and ends nothing; with three minutes it does.
    def sessions(gap: int) -> list[tuple[Any, ...]]:
        length = f"INTERVAL '{gap}' MINUTE"
        return rows(
            table_environment,
            f"""
            SELECT SESSION_START(bidtime, {length}), SESSION_END(bidtime, {length}), COUNT(*)
            FROM bids GROUP BY SESSION(bidtime, {length}) ORDER BY 1
            """,
        )

    assert sessions(4) == [(at(5), at(21), 6)]
    assert sessions(3) == [(at(5), at(16), 5), (at(17), at(20), 1)]


def test_variances(table_environment: TableEnvironment) -> None:
    query = """
        SELECT VAR_POP(id), VAR_SAMP(id), STDDEV_POP(CAST(id AS DOUBLE)), VAR_SAMP(CAST(id AS DOUBLE))
        FROM bids WHERE id IN (1, 3, 5)
    """
    (found,) = rows(table_environment, query)
    # Of integers they are integers, cut: (35 - 81 / 3) / 3 and the same over 2.
    assert found[:2] == (2, 4)
    assert found[2] == pytest.approx((8 / 3) ** 0.5, rel=1e-15)
    assert found[3] == 4.0
    assert rows(table_environment, "SELECT VAR_SAMP(id), VAR_POP(id) FROM bids WHERE id = 1") == [(None, 0)]


def test_kept_values(table_environment: TableEnvironment) -> None:
    query = """
        SELECT COLLECT(kind), ARRAY_AGG(id), LISTAGG(kind), LISTAGG(kind, '-'), COUNT(DISTINCT kind, parity)
        FROM (SELECT id, CASE WHEN id < 4 THEN 'low' ELSE 'high' END AS kind, MOD(id, 2) AS parity FROM bids)
    """
    ((multiset, array, joined, dashed, distinct),) = rows(table_environment, query)
    assert multiset == {"low": 3, "high": 4}
    assert sorted(array) == [1, 2, 3, 4, 5, 6, 7]
    assert sorted(joined.split(",")) == sorted(dashed.split("-")) == ["high"] * 4 + ["low"] * 3
    assert distinct == 4
    query = "SELECT ARRAY_AGG(id), SUM(id), COUNT(id) FROM bids WHERE id > 9"
    assert rows(table_environment, query) == [(None, None, 0)]


def test_percentiles(table_environment: TableEnvironment) -> None:
    query = "SELECT PERCENTILE(id, 0.5), PERCENTILE(id, ARRAY[0.0, 0.3, 1.0]) FROM bids"
    ((middle, several),) = rows(table_environment, query)
    assert middle == 4.0
    assert several == pytest.approx([1.0, 2.8, 7.0])
