"""Functions on pandas series and coroutines give what their row functions give."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from nutkin.table import AggregateFunction, AsyncScalarFunction, ScalarFunction, TableEnvironment
from nutkin.table.expressions import call, col
from nutkin.table.udf import udaf, udf, udtf
from nutkin.util.exceptions import JavaException


def values(table: Any) -> list[Any]:
    with table.execute().collect() as rows:
        return [row[0] for row in rows]


def numbers(count: int) -> Any:
    t_env = TableEnvironment.create()
    return t_env, t_env.from_elements([(index, float(index)) for index in range(count)], ["a", "b"])


def test_a_pandas_function_takes_series_and_constants() -> None:
    pandas = pytest.importorskip("pandas")

    @udf(result_type="DOUBLE", func_type="pandas")
    def scaled(left: Any, right: Any, factor: int) -> Any:
        assert isinstance(left, pandas.Series)
        return (left + right) * factor

    _, table = numbers(1000)
    assert sorted(values(table.select(scaled(col("a"), col("b"), 10)))) == [20.0 * i for i in range(1000)]


def test_a_pandas_function_keeps_nulls_and_counts_its_results() -> None:
    pytest.importorskip("pandas")
    upper = udf(lambda s: s.str.upper(), result_type="STRING", func_type="pandas")
    t_env = TableEnvironment.create()
    table = t_env.from_elements([("a",), (None,), ("c",)], ["s"])
    assert values(table.select(upper(col("s")))) == ["A", None, "C"]
    short = udf(lambda s: s[:0], result_type="STRING", func_type="pandas")
    with pytest.raises(JavaException, match="has to return as many values as it got"):
        values(table.select(short(col("s"))))


def test_a_pandas_function_that_is_a_class_is_opened_and_closed() -> None:
    pytest.importorskip("pandas")

    class Shift(ScalarFunction):
        def open(self, function_context: Any) -> None:
            self.offset = 100
            self.seen = function_context.get_metric_group().counter("seen")

        def eval(self, series: Any) -> Any:
            self.seen.inc(len(series))
            return series + self.offset

    _, table = numbers(3)
    assert sorted(values(table.select(udf(Shift(), result_type="BIGINT", func_type="pandas")(col("a"))))) == [
        100,
        101,
        102,
    ]


def test_coroutines_keep_the_order_of_rows() -> None:
    class Late(AsyncScalarFunction):
        async def eval(self, value: int) -> int:
            # Later rows are done first: the order of the results must not be that of the ends.
            await asyncio.sleep(0.002 if value % 2 == 0 else 0)
            return value + 10

    t_env, table = numbers(50)
    rows = table.select(col("a"), udf(Late(), result_type="BIGINT")(col("a")))
    with rows.execute().collect() as result:
        assert sorted(tuple(row) for row in result) == [(i, i + 10) for i in range(50)]

    @udf(result_type="BIGINT")
    async def fails(value: int) -> int:
        raise ValueError(f"no {value}")

    with pytest.raises(JavaException, match="ValueError: no "):
        values(table.select(fails(col("a"))))
    assert t_env.list_user_defined_functions() == []


def test_functions_of_kinds_that_do_not_run_are_registered_and_refused_by_name() -> None:
    class Total(AggregateFunction):
        def create_accumulator(self) -> list[int]:
            return [0]

        def accumulate(self, accumulator: Any, *args: Any) -> None:
            accumulator[0] += args[0]

        def get_value(self, accumulator: Any) -> int:
            return accumulator[0]

    t_env, table = numbers(3)
    total = udaf(Total(), result_type="BIGINT", accumulator_type="ARRAY<BIGINT>")
    t_env.create_temporary_system_function("total", total)
    split = udtf(lambda text: text.split(), result_types=["STRING"])
    t_env.create_temporary_function("split_words", split)
    assert t_env.list_user_defined_functions() == ["split_words", "total"]
    with pytest.raises(JavaException, match="aggregate function 'Total'"):
        table.select(call("total", col("a")))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: udf(3, result_type="INT"), "not a function or callable"),
        (lambda: udf(lambda i: i), "returnType should be DataType or str"),
        (
            lambda: udf(lambda i: i, input_types=[3], result_type="INT"),
            "should be DataType or str but contains 3",
        ),
        (lambda: udaf(lambda i: i, result_type="INT"), "not an object of AggregateFunction"),
        (lambda: udtf(lambda i: i, result_types=[3]), "result_type should be DataType or str"),
    ],
)
def test_what_is_no_function_is_refused(make: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        make()
